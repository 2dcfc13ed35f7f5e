"""Compares encodings by models that the authors of BoundlessBPE released with those of their own code
(github.com/kensho-technologies/boundlessbpe, 9c7ef2e).

    python boundless_models.py BOUNDLESSBPE TOK MODEL FILE... [--documents 60] [--length 800]

BOUNDLESSBPE is a checkout of that repository, MODEL one of its models; the module regex is needed. The
model is written as a tokenizer.json, which `tok` reads. Of each file documents, apart by NUL or by lines
without text, are encoded by both, so many from all over the file and the first LENGTH characters of each.
Prints a line for each file, and ends with 1 if any document differs.
"""

import argparse
import contextlib
import io
import json
import pathlib
import re
import subprocess
import sys
import tempfile

JOINED = r"(?=.+\p{L})(?:\p{L}\p{M}*|[ _'\u2019])+".replace(r"\u2019", "\u2019")


def byte_alphabet():
    shown = [*range(33, 127), *range(161, 173), *range(174, 256)]
    others = [byte for byte in range(256) if byte not in shown]
    letters = {byte: chr(byte) for byte in shown}
    return letters | {byte: chr(256 + place) for place, byte in enumerate(others)}


ALPHABET = byte_alphabet()


def spelled(token):
    return "".join(ALPHABET[byte] for byte in token)


def tokenizer_json(model):
    events = [(place, ["merge", *map(spelled, pair)]) for pair, place in model.merges.items()]
    events += [(place, ["join", *map(spelled, pair)]) for pair, place in model.supermerges.items()]
    events += [
        (place, ["split", *map(ALPHABET.get, token)]) for token, place in model.deletions.items()]
    pattern = {"Regex": model.pattern}
    return {
        "pre_tokenizer": {
            "type": "Sequence", "pretokenizers": [
                {"type": "tok:MatchRuns", "pattern": pattern, "joined": {"Regex": JOINED}},
                {"type": "ByteLevel", "add_prefix_space": False, "trim_offsets": True,
                 "use_regex": False}]},
        "decoder": {"type": "ByteLevel", "add_prefix_space": False, "trim_offsets": True,
                    "use_regex": True},
        "model": {
            "type": "tok:Boundless", "pattern": pattern,
            "lexicon": [[spelled(token), place] for token, place in model.vocab.items()],
            "events": [event for _, event in sorted(events)]},
    }


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("boundlessbpe")
    parser.add_argument("tok")
    parser.add_argument("model")
    parser.add_argument("files", nargs="+")
    parser.add_argument("--documents", type=int, default=60)
    parser.add_argument("--length", type=int, default=800)
    arguments = parser.parse_args()
    sys.path.insert(0, arguments.boundlessbpe)
    from boundlessbpe import boundlessbpeinference

    model = boundlessbpeinference.FasterRegexInference()
    with contextlib.redirect_stdout(io.StringIO()):
        model.load(arguments.model)
    differences = 0
    with tempfile.TemporaryDirectory() as folder:
        path = f"{folder}/model.json"
        pathlib.Path(path).write_text(json.dumps(tokenizer_json(model)))
        for file in arguments.files:
            text = pathlib.Path(file).read_bytes().decode(errors="ignore")
            texts = [d[: arguments.length] for d in re.split(r"\0|(?<=\n)\n+", text) if d]
            texts = texts[:: max(len(texts) // arguments.documents, 1)][: arguments.documents]
            pathlib.Path(f"{folder}/texts").write_bytes(b"".join(t.encode() + b"\0" for t in texts))
            result = subprocess.run(
                [arguments.tok, "encode", "-v", path, "--nul", f"{folder}/texts"], check=True,
                stdout=subprocess.PIPE)
            found = [[int(n) for n in line.split()] for line in result.stdout.splitlines()]
            expected = [model.encode_ordinary(text) for text in texts]
            wrong = [n for n, (a, b) in enumerate(zip(expected, found, strict=True)) if a != b]
            differences += len(wrong)
            print(
                file, f"{len(texts)} documents, {sum(map(len, expected))} tokens, {len(wrong)} differ",
                flush=True)
            for place in wrong[:1]:
                print("  ", repr(texts[place]), expected[place], found[place])
    return 1 if differences else 0


sys.exit(main())
