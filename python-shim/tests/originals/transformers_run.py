"""Calls tokenizers of transformers, and writes what they gave: with the stand-in in the place of tokenizers,
or with tokenizers itself.

    transformers_run.py ours|theirs FOLDER OUTPUT
"""

from __future__ import annotations

import json
import pickle
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

if sys.argv[1] == "ours":
    from tok.compat import tokenizers

    tokenizers.install()

from transformers import AutoTokenizer

TEXTS = ["Hello world, how are you?", "It's 12 o'clock \u2014 na\u00efve caf\u00e9 \U0001f917", "a"]
CHAT = [{"role": "user", "content": "Hi"}, {"role": "assistant", "content": "Hello!"}]


def calls(tokenizer: Any) -> dict[str, Callable[[], Any]]:
    ids = tokenizer(TEXTS)["input_ids"]
    first = tokenizer(TEXTS[0])
    return {
        "truncated": lambda: tokenizer(
            TEXTS,
            padding=True,
            truncation=True,
            max_length=12,
            return_offsets_mapping=True,
            return_special_tokens_mask=True,
        ),
        "overflowing": lambda: tokenizer(
            TEXTS,
            ["x y z"] * 3,
            padding="max_length",
            max_length=14,
            truncation="only_first",
            stride=2,
            return_overflowing_tokens=True,
            return_offsets_mapping=True,
        ),
        "left": lambda: tokenizer(TEXTS, padding=True, padding_side="left", pad_to_multiple_of=8),
        "split": lambda: tokenizer(
            [["one", "two"], ["three"]], is_split_into_words=True, padding=True
        ),
        "words": lambda: [first.word_ids(), first.tokens(), first.sequence_ids()],
        "places": lambda: [first.char_to_token(6), first.word_to_chars(0), first.token_to_chars(2)],
        "decoded": lambda: tokenizer.batch_decode(ids),
        "without special tokens": lambda: tokenizer.batch_decode(ids, skip_special_tokens=True),
        "tokens": lambda: tokenizer.tokenize(TEXTS[1]),
        "joined": lambda: tokenizer.convert_tokens_to_string(tokenizer.tokenize(TEXTS[1])),
        "names": lambda: tokenizer.convert_ids_to_tokens(ids[0]),
        "size": lambda: [len(tokenizer), tokenizer.vocab_size],
        "vocabulary": tokenizer.get_vocab,
        "added": lambda: [
            tokenizer.add_tokens(["newtoken"]),
            tokenizer.add_special_tokens({"additional_special_tokens": ["<|new|>"]}),
            tokenizer("one newtoken <|new|> two")["input_ids"],
        ],
        "special": lambda: [
            tokenizer.all_special_tokens,
            tokenizer.num_special_tokens_to_add(True),
        ],
        "chat": lambda: tokenizer.apply_chat_template(
            CHAT, tokenize=True, add_generation_prompt=True, return_dict=True
        ),
        "saved": lambda: saved(tokenizer),
        "pickled": lambda: pickle.loads(pickle.dumps(tokenizer))(TEXTS)["input_ids"],
    }


def saved(tokenizer: Any) -> list[Any]:
    folder = tempfile.mkdtemp()
    tokenizer.save_pretrained(folder)
    written = json.loads((Path(folder) / "tokenizer.json").read_text(encoding="utf-8"))
    return [written, AutoTokenizer.from_pretrained(folder)(TEXTS)["input_ids"]]


def main() -> None:
    tokenizer = AutoTokenizer.from_pretrained(sys.argv[2])
    given = {name: call() for name, call in calls(tokenizer).items()}
    given["type"] = [type(tokenizer).__name__, type(tokenizer.backend_tokenizer).__module__]
    Path(sys.argv[3]).write_text(json.dumps(given, default=dict), encoding="utf-8")


main()
