#!/usr/bin/env python3
"""Extends tokenizers with `tok extend`, and encodes lines with huggingface's tokenizers 0.23.3.

    python extending.py TOK TEXT TOKENIZER.json... [--tokens 2000] [--lines 6000]

All tokens must have kept their ids, all merges their order, all scores their values, and `tok encode` must give the ids that the
original gives by the file that was written. Prints a line for each file, and ends with 1 if anything differs.
"""

import argparse
import json
import pathlib
import subprocess
import sys
import tempfile

from tokenizers import Tokenizer


def content(path):
    return json.loads(pathlib.Path(path).read_text(encoding="utf-8"))


def vocabulary(model):
    """Tokens with their ids; those of Unigram with their scores, too, but for the last digits, which the
    original reads inexactly."""
    if isinstance(model["vocab"], list):
        return {(token, round(score, 10)): n for n, (token, score) in enumerate(model["vocab"])}
    return model["vocab"]


def merges(model):
    if isinstance(model["vocab"], list):
        return []
    return [tuple(m) if isinstance(m, list) else tuple(m.split(" ", 1)) for m in model["merges"]]


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("tok")
    parser.add_argument("text")
    parser.add_argument("files", nargs="+")
    parser.add_argument("--tokens", type=int, default=2000)
    parser.add_argument("--lines", type=int, default=6000)
    arguments = parser.parse_args()

    text = pathlib.Path(arguments.text).read_text(encoding="utf-8")
    lines = text.split("\n")[: arguments.lines]
    failed = False
    with tempfile.TemporaryDirectory() as folder:
        sample = f"{folder}/lines"
        pathlib.Path(sample).write_text("\n".join(lines) + "\n", encoding="utf-8")
        for file in arguments.files:
            old = content(file)
            before = vocabulary(old["model"])
            ids = set(before.values()) | {t["id"] for t in old["added_tokens"]}
            path = f"{folder}/extended.json"
            subprocess.run(
                [arguments.tok, "extend", file, "-n", str(len(ids) + arguments.tokens), "-o", path,
                 arguments.text], check=True, stderr=subprocess.DEVNULL)
            new = content(path)
            now = vocabulary(new["model"])
            kept = all(now.get(token) == n for token, n in before.items())
            added = [(t["id"], t["content"]) for t in old["added_tokens"]]
            kept = kept and added == [(t["id"], t["content"]) for t in new["added_tokens"]]
            old_merges, new_merges = merges(old["model"]), merges(new["model"])
            kept = kept and new_merges[: len(old_merges)] == old_merges

            original, base = Tokenizer.from_file(path), Tokenizer.from_file(file)
            encoded = subprocess.run([arguments.tok, "encode", "-v", path, "--lines", sample],
                                     check=True, capture_output=True, text=True).stdout.split("\n")
            differ = count = base_count = 0
            for line, row in zip(lines, encoded):
                expected = original.encode(line).ids
                differ += expected != [int(i) for i in row.split()]
                count += len(expected)
                base_count += len(base.encode(line).ids)
            failed = failed or not kept or differ > 0
            print(f"{pathlib.Path(file).name}: {'all kept' if kept else 'NOT KEPT'}, "
                  f"{len(now) - len(before)} tokens and {len(new_merges) - len(old_merges)} merges "
                  f"more; {len(lines)} lines, {differ} differ; "
                  f"{base_count} tokens before, {count} now", flush=True)
    sys.exit(1 if failed else 0)


if __name__ == "__main__":
    main()
