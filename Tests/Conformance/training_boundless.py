"""Compares `tok train boundless --compatibility authors` with the authors' code
(github.com/kensho-technologies/boundlessbpe, 9c7ef2e).

    python training_boundless.py BOUNDLESSBPE TOK FILE... [--sizes 600,1500] [--taus 0.5,0.9,1.1]
        [--patterns ultimate,gpt4o] [--bytes 200000] [--rows training_boundless.jsonl]

BOUNDLESSBPE is a checkout of that repository; the module regex is needed. Files are texts, their
documents apart by NUL or by lines without text; the first BYTES of each file are trained on, documents
behind them are encoded. Merges, joins and removals in their order, tokens and ids, and encodings must be
the same. Prints a line for each comparison, and ends with 1 if any differs. Nothing is changed in the
original but that it prints nothing.
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


def byte_alphabet():
    shown = [*range(33, 127), *range(161, 173), *range(174, 256)]
    others = [byte for byte in range(256) if byte not in shown]
    letters = {chr(byte): byte for byte in shown}
    return letters | {chr(256 + place): byte for place, byte in enumerate(others)}


ALPHABET = byte_alphabet()


def token(spelled):
    return bytes(ALPHABET[letter] for letter in spelled)


def documents(file, count):
    """Documents of so many bytes together, and some that follow."""
    text = pathlib.Path(file).read_bytes().decode(errors="ignore")
    all_documents = [d for d in re.split(r"\0|(?<=\n)\n+", text) if d]
    trained, size = [], 0
    while all_documents and size < count:
        trained.append(all_documents.pop(0))
        size += len(trained[-1].encode())
    return trained, all_documents


def theirs(module, pattern, file, count, size, tau, folder):
    module.IndexGenerator._next_index = 0
    trainer = module.FasterHalfDirectRegexTokenizer(tau, pattern)
    with contextlib.redirect_stdout(io.StringIO()) as out:
        trainer.train(file, f"{folder}/part", count, size, 500, True)
        trainer.save(f"{folder}/theirs")
    events = {}
    for place, pair in trainer.words_state.merges.items():
        events[place] = ("merge", *pair)
    for place, removed in trainer.words_state.deletions.items():
        events[place] = ("split", *[bytes([b]) for b in removed])
    for place, pair in trainer.superwords_state.merges.items():
        events[place] = ("join", *pair)
    warnings = sum(line.startswith(("warning", "debug")) for line in out.getvalue().splitlines())
    return [events[place] for place in sorted(events)], trainer.vocab, warnings


def ours(tok, pattern, file, size, tau, folder):
    subprocess.run(
        [tok, "train", "boundless", "--compatibility", "authors", "--jsonl", "text", "--unit",
         "document", "-n", str(size), "--tau", str(tau), "--progress", "none", "-o",
         f"{folder}/ours.json", *(["--pattern", pattern] if pattern else []), file],
        check=True, stderr=subprocess.DEVNULL)
    model = json.loads(pathlib.Path(f"{folder}/ours.json").read_text())["model"]
    events = [(event[0], *map(token, event[1:])) for event in model["events"]]
    return events, {token(text): n for text, n in model["lexicon"]}


def encodings(tok, texts, folder):
    pathlib.Path(f"{folder}/texts").write_bytes(b"".join(t.encode() + b"\0" for t in texts))
    result = subprocess.run(
        [tok, "encode", "-v", f"{folder}/ours.json", "--nul", f"{folder}/texts"],
        check=True, stdout=subprocess.PIPE)
    return [[int(n) for n in line.split()] for line in result.stdout.decode().splitlines()]


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("boundlessbpe")
    parser.add_argument("tok")
    parser.add_argument("files", nargs="+")
    parser.add_argument("--sizes", default="600,1500")
    parser.add_argument("--taus", default="0.5,0.9,1.1")
    parser.add_argument("--patterns", default="ultimate,gpt4o")
    parser.add_argument("--bytes", type=int, default=200_000)
    parser.add_argument("--encoded", type=int, default=40, help="how many documents are encoded")
    parser.add_argument("--rows", help="a file for what is compared, for the tests")
    arguments = parser.parse_args()
    sys.path.insert(0, arguments.boundlessbpe)
    from boundlessbpe import boundlessbpeinference, boundlessbpetrain, regexconstants

    patterns = {
        # The default of both.
        "ultimate": (regexconstants.ULTIMATE_PATTERN, None),
        "gpt4o": (regexconstants.GPT4O_SPLIT_PATTERN, "o200k"),
    }
    differences = 0
    rows = [{"original": "github.com/kensho-technologies/boundlessbpe 9c7ef2e"}]
    with tempfile.TemporaryDirectory() as folder:
        for file in arguments.files:
            trained, others = documents(file, arguments.bytes)
            others = [text[:1000] for text in others[: arguments.encoded]]
            corpus = f"{folder}/corpus.jsonl"
            with open(corpus, "w", encoding="utf-8") as lines:
                for text in trained:
                    lines.write(json.dumps({"text": text}, ensure_ascii=False) + "\n")
            for name in arguments.patterns.split(","):
                for tau in map(float, arguments.taus.split(",")):
                    for size in map(int, arguments.sizes.split(",")):
                        their_pattern, own_pattern = patterns[name]
                        events, ids, warnings = theirs(
                            boundlessbpetrain, their_pattern, corpus, len(trained), size, tau, folder)
                        own_events, own_ids = ours(
                            arguments.tok, own_pattern, corpus, size, tau, folder)
                        model = boundlessbpeinference.FasterRegexInference()
                        with contextlib.redirect_stdout(io.StringIO()):
                            model.load(f"{folder}/theirs.model")
                        expected = [model.encode_ordinary(text) for text in others]
                        found = encodings(arguments.tok, others, folder)
                        wrong = sum(one != two for one, two in zip(expected, found, strict=True))
                        same = events == own_events and ids == own_ids and wrong == 0
                        differences += not same
                        kinds = [event[0] for event in events]
                        print(
                            "same" if same else "DIFFERENT", file, name, tau, size,
                            f"{len(trained)} documents, {kinds.count('merge')} merges,",
                            f"{kinds.count('join')} joins, {kinds.count('split')} removals,",
                            f"{sum(map(len, found))} tokens of {len(others)} other documents,",
                            f"{wrong} differ, {warnings} warnings", flush=True)
                        if events != own_events:
                            place = next(
                                (n for n, (a, b) in enumerate(zip(events, own_events)) if a != b),
                                min(len(events), len(own_events)))
                            print("   at", place, events[place:place + 3], own_events[place:place + 3])
                        rows.append({
                            "pattern": name, "tau": tau, "size": size, "documents": trained,
                            "events": [[e[0], *(part.decode("latin-1") for part in e[1:])]
                                       for e in events],
                            "encodings": list(zip(others, expected)),
                        })
    if arguments.rows:
        lines = [json.dumps(row, ensure_ascii=False, separators=(",", ":")) for row in rows]
        pathlib.Path(arguments.rows).write_text("\n".join(lines) + "\n")
    print(differences, "differences")
    return 1 if differences else 0


sys.exit(main())
