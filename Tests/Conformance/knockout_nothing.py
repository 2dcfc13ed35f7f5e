"""Knocks nothing out of byte-pair vocabularies and compares what they encode before and after.

    python knockout_nothing.py TOK VOCABULARY... --texts FILE... [--bytes 3000000]

With an empty lexicon `tok knock-out` makes a model of events in which merges in their order replace byte
pairs; the ids of all texts must stay. Files that end with .nul hold texts with zeros between them, of
others each line is one. Prints a line for each vocabulary and file, and ends with 1 if any ids differ.
"""

import argparse
import pathlib
import subprocess
import sys
import tempfile


def encode(tok, vocabulary, path, parts):
    command = [tok, "encode", "-v", vocabulary, "--no-template", parts, path]
    return subprocess.run(command, check=True, stdout=subprocess.PIPE).stdout.splitlines()


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("tok")
    parser.add_argument("vocabularies", nargs="+")
    parser.add_argument("--texts", nargs="+", required=True)
    parser.add_argument("--bytes", type=int, default=3_000_000)
    arguments = parser.parse_args()
    different = 0
    with tempfile.TemporaryDirectory() as folder:
        lexicon, text, pruned = (f"{folder}/{name}" for name in ("lexicon", "text", "pruned.json"))
        pathlib.Path(lexicon).write_text("")
        for vocabulary in arguments.vocabularies:
            subprocess.run(
                [arguments.tok, "knock-out", vocabulary, "--lexicon", lexicon, "-o", pruned],
                check=True, stderr=subprocess.DEVNULL)
            for path in arguments.texts:
                parts = "--nul" if path.endswith(".nul") else "--lines"
                with open(path, "rb") as file:
                    pathlib.Path(text).write_bytes(file.read(arguments.bytes))
                before = encode(arguments.tok, vocabulary, text, parts)
                after = encode(arguments.tok, pruned, text, parts)
                wrong = sum(one != two for one, two in zip(before, after))
                wrong += abs(len(before) - len(after))
                different += wrong
                print(
                    f"{vocabulary} {pathlib.Path(path).name}: {len(before)} texts, "
                    f"{sum(len(row.split()) for row in before)} ids, {wrong} texts differ",
                    flush=True)
    sys.exit(different > 0)


if __name__ == "__main__":
    main()
