#!/usr/bin/env python3
"""Writes vocabularies/NAME/golden.jsonl: texts and the ids that the original implementation gives.

    python3 -m venv V && V/bin/pip install tiktoken==0.14.0 tokenizers==0.23.3
    V/bin/python vocabularies/make-golden.py [NAME ...]

The first line of each file says which implementation made it. The others are objects of a text
and its ids; what is not ASCII is escaped, so that no reader is misled by a line separator within
a text. Spellings of special tokens are plain text. Nothing is downloaded: the originals read the
files that stand here. Two runs write the same bytes. SHA256SUMS gets the new digests.
"""

import hashlib
import importlib.metadata
import json
import os
import pathlib
import sys

from golden_texts import all_texts

HERE = pathlib.Path(__file__).resolve().parent
VERSIONS = {"tiktoken": "0.14.0", "tokenizers": "0.23.3"}


def tiktoken_encoder(name):
    """tiktoken with its own pattern and its own check of the file's digest, reading our file."""
    os.environ["TIKTOKEN_CACHE_DIR"] = ""  # reads the file itself, keeps no copy elsewhere
    import tiktoken
    import tiktoken_ext.openai_public as definitions

    load = tiktoken.load.load_tiktoken_bpe
    definitions.load_tiktoken_bpe = lambda address, expected_hash=None: load(
        str(HERE / name / address.rsplit("/", 1)[1]), expected_hash
    )
    encoding = tiktoken.Encoding(**getattr(definitions, name)())
    return encoding.encode_ordinary


def tokenizers_encoder(name):
    """huggingface's tokenizers on vocab.json and merges.txt."""
    from tokenizers import ByteLevelBPETokenizer

    folder = HERE / name
    tokenizer = ByteLevelBPETokenizer(
        str(folder / "vocab.json"), str(folder / "merges.txt"), add_prefix_space=False
    )
    tokenizer._tokenizer.encode_special_tokens = True
    return lambda text: tokenizer.encode(text, add_special_tokens=False).ids


def record_digest(path):
    """Puts the digest of `path` in SHA256SUMS, in place of the one it had."""
    sums = HERE / "SHA256SUMS"
    name = path.relative_to(HERE).as_posix()
    lines = [line for line in sums.read_text().splitlines() if line[66:] != name]
    lines.append(f"{hashlib.sha256(path.read_bytes()).hexdigest()}  {name}")
    sums.write_text("\n".join(sorted(lines, key=lambda line: line[66:])) + "\n")


ORIGINALS = {
    "gpt2": ("tokenizers", tokenizers_encoder),
    "r50k_base": ("tiktoken", tiktoken_encoder),
    "p50k_base": ("tiktoken", tiktoken_encoder),
    "cl100k_base": ("tiktoken", tiktoken_encoder),
    "o200k_base": ("tiktoken", tiktoken_encoder),
}


def main():
    names = sys.argv[1:] or list(ORIGINALS)
    unknown = [name for name in names if name not in ORIGINALS]
    if unknown:
        sys.exit(f"unknown: {' '.join(unknown)}; known: {' '.join(ORIGINALS)}")
    texts = all_texts()
    for name in names:
        package, make = ORIGINALS[name]
        found = importlib.metadata.version(package)
        if found != VERSIONS[package]:
            sys.exit(f"{package} is {found}, expected {VERSIONS[package]}")
        encode = make(name)
        path = HERE / name / "golden.jsonl"
        with open(path, "w", encoding="ascii", newline="\n") as file:
            head = {"original": f"{package} {found}", "vocabulary": name, "texts": len(texts)}
            file.write(json.dumps(head) + "\n")
            for text in texts:
                file.write(json.dumps({"text": text, "ids": list(encode(text))}) + "\n")
        record_digest(path)
        print(f"{path.relative_to(HERE.parent)}: {len(texts)} texts by {package} {found}")


if __name__ == "__main__":
    main()
