#!/usr/bin/env python3
"""Compares the ranges and words of tokens with those of tokenizers, token by token.

    swift build -c release --product tok-conformance
    python3 -m venv V && V/bin/pip install tokenizers==0.23.3
    V/bin/python Tests/Conformance/ranges.py --driver .build/release/tok-conformance \\
        --vocabularies FOLDER --texts FILE.nul [FILE.nul ...] [--only NAME ...] [--bytes N]

The folder has NAME.tokenizer.json; documents of the files end with NUL. Ranges are compared in
characters, the original's unit, and trimmed where the file asks for it. Prints a table in Markdown, and
the first differences of each kind on standard error. Exit status 1 for one in which the original is
not known to be wrong.
"""

import argparse
import collections
import pathlib
import sys

sys.dont_write_bytecode = True

from driver import RANGES, Driver, kind_of_range, plain


def documents(path, limit):
    found, size = [], 0
    for document in path.read_bytes().split(b"\0"):
        size += len(document)
        if limit and size > limit:
            break
        if document:
            found.append(document.decode())
    return found


def main():
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--driver", required=True)
    parser.add_argument("--vocabularies", required=True, type=pathlib.Path)
    parser.add_argument("--texts", required=True, nargs="+", type=pathlib.Path)
    parser.add_argument("--only", nargs="+")
    parser.add_argument("--bytes", type=int, default=0, help="of each file; 0, the default: all")
    parser.add_argument("--show", type=int, default=5, help="differences shown for each vocabulary")
    options = parser.parse_args()
    from tokenizers import Tokenizer

    texts = [(path.stem, documents(path, options.bytes)) for path in options.texts]
    names = options.only or sorted(
        path.name.removesuffix(".tokenizer.json")
        for path in options.vocabularies.glob("*.tokenizer.json")
    )
    wrong = 0
    print("| vocabulary | texts | documents | tokens | inserted | composed | other ranges | words |")
    print("|---|---|--:|--:|--:|--:|--:|--:|")
    for name in names:
        path = str(options.vocabularies / f"{name}.tokenizer.json")
        tokenizer = Tokenizer.from_file(path)
        tokenizer.no_truncation()
        tokenizer.no_padding()
        driver = Driver(options.driver, path)
        for corpus, list_of_texts in texts:
            count = words = 0
            kinds = collections.Counter()
            for text in list_of_texts:
                theirs = plain(tokenizer.encode(text))
                ours = driver.ask({"inputs": [[text]], "special": True, "trim": True})[0]
                if theirs["ids"] != ours["ids"]:
                    print(f"{name}: other ids for {text[:200]!r}", file=sys.stderr)
                    wrong += 1
                    continue
                count += len(theirs["ids"])
                words += sum(a != b for a, b in zip(theirs["words"], ours["words"]))
                if theirs["starts"] == ours["starts"] and theirs["ends"] == ours["ends"]:
                    continue
                for index, id in enumerate(theirs["ids"]):
                    one = theirs["starts"][index], theirs["ends"][index]
                    other = ours["starts"][index], ours["ends"][index]
                    if one == other:
                        continue
                    kind = kind_of_range(one, other)
                    kinds[kind] += 1
                    if kinds[kind] <= options.show:
                        low, high = max(0, min(one[0], other[0]) - 3), max(one[1], other[1]) + 3
                        print(
                            f"{name}, {corpus}, {kind}: token {tokenizer.id_to_token(id)!r}: {one} "
                            f"{text[one[0]:one[1]]!r}, ours {other} {text[other[0]:other[1]]!r}, in "
                            f"{text[low:high][:80]!r} from {low}",
                            file=sys.stderr,
                        )
            wrong += kinds[None] + words
            print(
                f"| {name} | {corpus} | {len(list_of_texts):,} | {count:,} | {kinds['inserted']:,} "
                f"| {kinds['composed']:,} | {kinds[None]:,} | {words:,} |",
                flush=True,
            )
        driver.close()
    for kind, reason in RANGES.items():
        print(f"\n{kind}: {reason}")
    sys.exit(1 if wrong else 0)


if __name__ == "__main__":
    main()
