"""Stands above tokenizers' tests: `import tokenizers` gives the stand-in, and of the files that the tests ask
from a network those are given that are at hand.
"""

import tempfile
from pathlib import Path

import huggingface_hub
import pytest
import tok
import tok.compat.tokenizers
from tok.compat.tokenizers import Tokenizer

tok.compat.tokenizers.install()

_FILES = Path(tempfile.mkdtemp())


def _at_hand(repo_id: str, filename: str, **_: object) -> str:
    path = _FILES / filename
    if filename == "bert-base-uncased-vocab.txt":
        path = _FILES / "vocab.txt"
        tok.load("bert-base-uncased").save(path, lossy=True)
    elif filename in ("small.txt", "big.txt"):
        # Any text to train on.
        path.write_text("The quick brown fox jumps over the lazy dog, 12 times or 345.\n" * 20)
    else:
        pytest.skip(f"{filename} is not at hand")
    return str(path)


huggingface_hub.hf_hub_download = _at_hand

_from_pretrained = Tokenizer.from_pretrained


def _from_hand(identifier: str, revision: str = "main", token: str | None = None) -> Tokenizer:
    # That one is for whether calls agree with each other; any vocabulary does.
    name = "gpt2" if identifier == "hf-internal-testing/gpt-oss-20b" else identifier
    try:
        return _from_pretrained(name)
    except (FileNotFoundError, tok.Error):
        pytest.skip(f"{identifier} is not at hand")


Tokenizer.from_pretrained = staticmethod(_from_hand)
