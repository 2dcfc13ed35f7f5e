"""Chat templates."""

from __future__ import annotations

import json
import os
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

from . import _native

if TYPE_CHECKING:
    from ._encodings import Ids
    from ._tokenizer import Special, Tokenizer


class ChatTemplate:
    """A model's chat template: messages to the one text that the model was trained on."""

    def __init__(self, source: str, special_tokens: Mapping[str, str] | None = None) -> None:
        """Takes a template in Jinja, and special tokens by the names that it has for them, as `bos_token`."""
        tokens = None if special_tokens is None else json.dumps(dict(special_tokens))
        self._template = _native.make_template(source, tokens)

    @classmethod
    def load(cls, path: str | os.PathLike[str], name: str | None = None) -> ChatTemplate:
        """Loads that of a model's folder, its tokenizer_config.json, a GGUF file, or a file of its own."""
        template = cls.__new__(cls)
        template._template = _native.load_template(os.fspath(path), name)
        return template

    def render(
        self,
        messages: Sequence[Mapping[str, Any]],
        *,
        tools: Sequence[Mapping[str, Any]] | None = None,
        documents: Sequence[Mapping[str, Any]] | None = None,
        add_generation_prompt: bool = False,
        date: str | None = None,
        **variables: Any,
    ) -> str:
        """The text of a conversation."""
        conversation = _conversation(messages, tools, documents, variables)
        text: str = self._template.render(conversation, add_generation_prompt, date, None, "text")
        return text

    def encode(
        self,
        tokenizer: Tokenizer,
        messages: Sequence[Mapping[str, Any]],
        *,
        tools: Sequence[Mapping[str, Any]] | None = None,
        documents: Sequence[Mapping[str, Any]] | None = None,
        add_generation_prompt: bool = False,
        date: str | None = None,
        users: Special = "text",
        **variables: Any,
    ) -> Ids:
        """The ids of a conversation. What the template writes may be special tokens; what users wrote is
        plain text, unless `users` says otherwise.
        """
        conversation = _conversation(messages, tools, documents, variables)
        ids: Ids = self._template.render(
            conversation, add_generation_prompt, date, tokenizer, users
        )
        return ids


def _conversation(
    messages: Sequence[Mapping[str, Any]],
    tools: Sequence[Mapping[str, Any]] | None,
    documents: Sequence[Mapping[str, Any]] | None,
    variables: Mapping[str, Any],
) -> str:
    return json.dumps(
        {**variables, "messages": list(messages), "tools": tools, "documents": documents},
        ensure_ascii=False,
    )
