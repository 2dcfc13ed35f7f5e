"""The names of encodings, and of the models that have them."""

from __future__ import annotations

import functools

from ..._tokenizer import AddedToken, load
from ._encoding import Encoding

_ENCODINGS = (
    "gpt2",
    "r50k_base",
    "p50k_base",
    "p50k_edit",
    "cl100k_base",
    "o200k_base",
    "o200k_harmony",
)

# Which encoding a model has: by its name, otherwise by the beginning of it.
_MODELS = {
    "o1": "o200k_base",
    "o3": "o200k_base",
    "o4-mini": "o200k_base",
    "gpt-5": "o200k_base",
    "gpt-4.1": "o200k_base",
    "gpt-4o": "o200k_base",
    "gpt-4": "cl100k_base",
    "gpt-3.5-turbo": "cl100k_base",
    "gpt-3.5": "cl100k_base",
    "gpt-35-turbo": "cl100k_base",
    "davinci-002": "cl100k_base",
    "babbage-002": "cl100k_base",
    "text-embedding-ada-002": "cl100k_base",
    "text-embedding-3-small": "cl100k_base",
    "text-embedding-3-large": "cl100k_base",
    "text-davinci-003": "p50k_base",
    "text-davinci-002": "p50k_base",
    "text-davinci-001": "r50k_base",
    "text-curie-001": "r50k_base",
    "text-babbage-001": "r50k_base",
    "text-ada-001": "r50k_base",
    "davinci": "r50k_base",
    "curie": "r50k_base",
    "babbage": "r50k_base",
    "ada": "r50k_base",
    "code-davinci-002": "p50k_base",
    "code-davinci-001": "p50k_base",
    "code-cushman-002": "p50k_base",
    "code-cushman-001": "p50k_base",
    "davinci-codex": "p50k_base",
    "cushman-codex": "p50k_base",
    "text-davinci-edit-001": "p50k_edit",
    "code-davinci-edit-001": "p50k_edit",
    "text-similarity-davinci-001": "r50k_base",
    "text-similarity-curie-001": "r50k_base",
    "text-similarity-babbage-001": "r50k_base",
    "text-similarity-ada-001": "r50k_base",
    "text-search-davinci-doc-001": "r50k_base",
    "text-search-curie-doc-001": "r50k_base",
    "text-search-babbage-doc-001": "r50k_base",
    "text-search-ada-doc-001": "r50k_base",
    "code-search-babbage-code-001": "r50k_base",
    "code-search-ada-code-001": "r50k_base",
    "gpt2": "gpt2",
    "gpt-2": "gpt2",
}
_MODEL_BEGINNINGS = {
    "o1-": "o200k_base",
    "o3-": "o200k_base",
    "o4-mini-": "o200k_base",
    "gpt-5": "o200k_base",
    "gpt-4.5-": "o200k_base",
    "gpt-4.1-": "o200k_base",
    "chatgpt-4o-": "o200k_base",
    "gpt-4o-": "o200k_base",
    "gpt-4-": "cl100k_base",
    "gpt-3.5-turbo-": "cl100k_base",
    "gpt-35-turbo-": "cl100k_base",
    "gpt-oss-": "o200k_harmony",
    "ft:gpt-4o": "o200k_base",
    "ft:gpt-4": "cl100k_base",
    "ft:gpt-3.5-turbo": "cl100k_base",
    "ft:davinci-002": "cl100k_base",
    "ft:babbage-002": "cl100k_base",
}

# Special tokens of encodings that have the vocabulary of another one; of o200k_harmony those that are not
# reserved.
_EDIT = {"<|fim_prefix|>": 50281, "<|fim_middle|>": 50282, "<|fim_suffix|>": 50283}
_HARMONY = {
    "<|startoftext|>": 199998,
    "<|return|>": 200002,
    "<|constrain|>": 200003,
    "<|channel|>": 200005,
    "<|start|>": 200006,
    "<|end|>": 200007,
    "<|message|>": 200008,
    "<|call|>": 200012,
}
_HARMONY_RESERVED = range(200000, 201088)


@functools.lru_cache(maxsize=None)
def get_encoding(encoding_name: str) -> Encoding:
    """The encoding of this name: o200k_base is part of the library, others are found where vocabularies are
    installed. ValueError for an unknown name.
    """
    if not isinstance(encoding_name, str):
        raise ValueError(f"a name is wanted, not {encoding_name!r}")
    if encoding_name == "p50k_edit":
        return _with(encoding_name, "p50k_base", _EDIT)
    if encoding_name == "o200k_harmony":
        taken = {*_HARMONY.values(), 200018}
        reserved = {f"<|reserved_{id}|>": id for id in _HARMONY_RESERVED if id not in taken}
        encoding = _with(encoding_name, "o200k_base", {**_HARMONY, **reserved})
        # The id of <|endofprompt|> has a second name.
        encoding._special_tokens["<|reserved_200018|>"] = 200018
        return encoding
    return Encoding._of(encoding_name, load(encoding_name))


def _with(name: str, base: str, special_tokens: dict[str, int]) -> Encoding:
    tokens = [AddedToken(text, id) for text, id in special_tokens.items()]
    return Encoding._of(name, load(base).add_tokens(tokens))


def list_encoding_names() -> list[str]:
    """The names of tiktoken's encodings."""
    return list(_ENCODINGS)


def encoding_name_for_model(model_name: str) -> str:
    """The name of a model's encoding; KeyError for an unknown model."""
    if model_name in _MODELS:
        return _MODELS[model_name]
    for beginning, encoding_name in _MODEL_BEGINNINGS.items():
        if model_name.startswith(beginning):
            return encoding_name
    raise KeyError(f"no encoding is known for {model_name!r}: name one to get_encoding()")


def encoding_for_model(model_name: str) -> Encoding:
    """The encoding of a model; KeyError for an unknown one."""
    return get_encoding(encoding_name_for_model(model_name))
