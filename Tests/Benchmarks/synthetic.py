#!/usr/bin/env python3
"""Writes a synthetic corpus: the texts of the golden files, repeated in random order.

    Tests/Benchmarks/synthetic.py FILE [BYTES] [SEED]

Documents are ten to two hundred texts, with a line break between them, and end with NUL. There are
only a few hundred different texts: a cache knows them all after the first, so that speeds on this
corpus say little about text at large. The same numbers give the same bytes.
"""

import json
import pathlib
import random
import sys

ROOT = pathlib.Path(__file__).resolve().parents[2]


def golden_texts():
    """Every text of vocabularies/*/golden.jsonl once.

    Without those that hold a NUL, that are long runs, or that spell special tokens: to some peers
    these are special even in text.
    """
    texts = set()
    for path in sorted(ROOT.glob("vocabularies/*/golden.jsonl")):
        for line in path.read_text(encoding="utf-8").splitlines()[1:]:
            texts.add(json.loads(line)["text"])
    wanted = (text for text in texts if text and "\0" not in text and "<|" not in text)
    return sorted(text for text in wanted if len(text) < 2000)


def main():
    destination = pathlib.Path(sys.argv[1])
    size = int(sys.argv[2]) if len(sys.argv) > 2 else 8_000_000
    order = random.Random(int(sys.argv[3]) if len(sys.argv) > 3 else 1)
    texts = golden_texts()
    written = 0
    with open(destination, "wb") as file:
        while written < size:
            document = "\n".join(order.choices(texts, k=order.randint(10, 200)))
            written += file.write(document.encode() + b"\0")


if __name__ == "__main__":
    main()
