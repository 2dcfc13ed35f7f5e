#!/usr/bin/env python3
"""Compares truncation, padding, strides, pairs, words and batches with tokenizers, on random cases.

    swift build -c release --product tok-conformance
    python3 -m venv V && V/bin/pip install tokenizers==0.23.3
    V/bin/python Tests/Conformance/lengths.py --driver .build/release/tok-conformance \\
        --vocabularies FOLDER --texts FILE.nul [FILE.nul ...] [--cases 10000] [--seed 1]

The folder has NAME.tokenizer.json. A case is a batch of one to four inputs, each one text or two,
whole or in words, cut from the files' documents, with random lengths. Compared are ids, ranges in
characters, words, type ids, texts, both masks, and the same of all parts that overflow; and that both
refuse a case or both do not.

Exit status 1 when a case differs that is not of a kind that DIFFERENCES names.
"""

import argparse
import collections
import json
import os
import pathlib
import random
import sys

sys.dont_write_bytecode = True
os.environ["RUST_BACKTRACE"] = "0"  # The original crashes often here.

from driver import FIELDS, RANGES, Driver, kind_of_range, plain

VOCABULARIES = ["bert_uncased", "gpt2", "llama2", "xlnet_base_cased", "clip_base"]

# Where we differ on purpose, and why.
DIFFERENCES = RANGES | {
    "no room": "the template has more tokens than are allowed: the original's count wraps around and "
    "nothing is cut; we refuse",
    "stride": "the original judges the stride of a pair by the template of a single text; we refuse one "
    "that is longer than what the texts have room for",
    "unwanted template": "the original checks the stride against a length without the template's tokens, "
    "where the template is not wanted, too",
    "types": "the original leaves the type ids of parts that overflow as they were before the template",
}
# Parts that overflow have such parts in the original, which stand in the outer list as well.


def words_of(text, random):
    """Words as someone may have split them; some are empty or hold spaces."""
    words = text.split(" ")
    if random.random() < 0.2 and words:
        words.insert(random.randrange(len(words) + 1), random.choice(["", " ", "a b", "\u00e9"]))
    return words


def random_text(documents, random):
    if random.random() < 0.05:
        return ""
    document = random.choice(documents)
    start = random.randrange(len(document)) if document else 0
    length = random.choice([3, 10, 40, 150, 400])
    return document[start : start + random.randrange(1, length + 1)]


def random_case(documents, random):
    has_pairs, in_words = random.random() < 0.5, random.random() < 0.25
    inputs = []
    for _ in range(random.choice([1, 1, 2, 3, 4])):
        texts = [random_text(documents, random) for _ in range(2 if has_pairs else 1)]
        inputs.append([words_of(text, random) if in_words else text for text in texts])
    case = {"inputs": inputs, "words": in_words, "template": random.random() < 0.75}
    if random.random() < 0.85:
        length = random.choice([0, 1, 2, 3, 4, 5, 8, 13, 20, 32, 64])
        case["truncation"] = {
            "length": length,
            "strategy": random.choice(["LongestFirst", "LongestFirst", "OnlyFirst", "OnlySecond"]),
            "stride": 0 if random.random() < 0.4 else random.randrange(0, max(1, length)),
            "side": random.choice(["Left", "Right"]),
        }
    if random.random() < 0.6:
        padding = {"side": random.choice(["Left", "Right"]), "id": 7, "type": random.choice([0, 3])}
        if random.random() < 0.4:
            padding["length"] = random.choice([0, 5, 16, 40])
        if random.random() < 0.3:
            padding["multiple"] = random.choice([1, 4, 8])
        case["padding"] = padding
    return case


SNAKE = {"LongestFirst": "longest_first", "OnlyFirst": "only_first", "OnlySecond": "only_second"}


def original(tokenizer, case):
    """The encodings, or None where the original refuses or crashes."""
    try:
        tokenizer.no_truncation()
        tokenizer.no_padding()
        if lengths := case.get("truncation"):
            tokenizer.enable_truncation(
                lengths["length"],
                stride=lengths["stride"],
                strategy=SNAKE[lengths["strategy"]],
                direction=lengths["side"].lower(),
            )
        if lengths := case.get("padding"):
            tokenizer.enable_padding(
                direction=lengths["side"].lower(),
                pad_id=lengths["id"],
                pad_type_id=lengths["type"],
                length=lengths.get("length"),
                pad_to_multiple_of=lengths.get("multiple"),
            )
        inputs = [tuple(texts) if len(texts) == 2 else texts[0] for texts in case["inputs"]]
        encodings = tokenizer.encode_batch(
            inputs, is_pretokenized=case["words"], add_special_tokens=case["template"]
        )
        return [plain(encoding) for encoding in encodings]
    except BaseException as error:  # A crash in Rust is no Exception.
        if isinstance(error, (KeyboardInterrupt, SystemExit)):
            raise
        return None


def difference(theirs, ours, path=""):
    """The kind of the first difference of two encodings, with its place; None if they are equal."""
    known = None
    ranges = zip(zip(theirs["starts"], theirs["ends"]), zip(ours["starts"], ours["ends"]))
    for one, other in ranges:
        if one != other:
            known = kind_of_range(one, other)
            if not known:
                return "range", f"{path}: {one} {other} in {theirs} {ours}"
    for field in FIELDS:
        if field in ("starts", "ends") and len(theirs[field]) == len(ours[field]):
            continue
        if theirs[field] != ours[field]:
            kind = "types" if field == "types" and path.count("overflow") else field + " wrong"
            return kind, f"{path}{field}: {theirs[field]} != {ours[field]}"
    if "overflow" in path:
        return (known, path) if known else None
    if len(theirs["overflow"]) != len(ours["overflow"]):
        return "overflow", f"{path}overflow: {len(theirs['overflow'])} != {len(ours['overflow'])}"
    for index, (one, other) in enumerate(zip(theirs["overflow"], ours["overflow"])):
        if found := difference(one, other, f"{path}overflow[{index}]."):
            if found[0] not in DIFFERENCES:
                return found
            known = found[0]
    return (known, path) if known else None


def compare(theirs, ours, case, template_count):
    if theirs is None or isinstance(ours, str):
        if theirs is None and isinstance(ours, str):
            return None
        if isinstance(ours, str):
            kind = "no room" if "template alone" in ours else "stride" if "a stride" in ours else "refused"
            return kind, ours
        lengths = case.get("truncation", {"length": 0, "stride": 0})
        unwanted = not case["template"] and lengths["length"] - template_count < lengths["stride"]
        return "unwanted template" if unwanted else "original refuses", ""
    found = None
    for index, (one, other) in enumerate(zip(theirs, ours, strict=True)):
        found = difference(one, other, f"[{index}].") or found
        if found and found[0] not in DIFFERENCES:
            break
    return found


def without_overflow(encodings):
    return [encoding | {"overflow": []} for encoding in encodings]


def main():
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--driver", required=True)
    parser.add_argument("--vocabularies", required=True, type=pathlib.Path)
    parser.add_argument("--texts", required=True, nargs="+", type=pathlib.Path)
    parser.add_argument("--only", nargs="+", default=VOCABULARIES)
    parser.add_argument("--cases", type=int, default=10_000, help="in all")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--show", type=int, default=2, help="examples of each kind of difference")
    options = parser.parse_args()
    from tokenizers import Tokenizer

    documents = []
    for path in options.texts:
        data = path.read_bytes()[: 1 << 22].decode(errors="ignore")
        documents += [text for text in data.split("\0") if text]
    wrong = 0
    print("| vocabulary | cases | refused by both | differ | known differences |")
    print("|---|--:|--:|--:|---|")
    for name in options.only:
        path = str(options.vocabularies / f"{name}.tokenizer.json")
        tokenizer = Tokenizer.from_file(path)
        driver = Driver(options.driver, path)
        generator = random.Random(f"{name} {options.seed}")
        kinds, refused, shown = collections.Counter(), 0, collections.Counter()
        template_count = tokenizer.num_special_tokens_to_add(False)
        count = options.cases // len(options.only)
        for _ in range(count):
            case = random_case(documents, generator)
            theirs = original(tokenizer, case)
            request = {key: value for key, value in case.items() if key != "words"}
            request |= {"special": True, "trim": True, "overflow": True}
            ours = driver.ask(request)
            refused += theirs is None and isinstance(ours, str)
            found = compare(theirs, ours, case, template_count)
            if theirs is not None and (not found or found[0] in DIFFERENCES):
                # The same without overflow, where reading stops early.
                ours = driver.ask(request | {"overflow": False})
                found = found or compare(without_overflow(theirs), ours, case, template_count)
            if found:
                kinds[found[0]] += 1
                shown[found[0]] += 1
                if shown[found[0]] <= options.show:
                    print(f"{name}: {found[1]}\n    {json.dumps(case)[:1500]}", file=sys.stderr)
        driver.close()
        differ = sum(number for kind, number in kinds.items() if kind not in DIFFERENCES)
        wrong += differ
        known = ", ".join(f"{kind} {kinds[kind]}" for kind in DIFFERENCES if kinds[kind])
        print(f"| {name} | {count:,} | {refused:,} | {differ:,} | {known} |", flush=True)
    for kind, reason in DIFFERENCES.items():
        print(f"\n{kind}: {reason}")
    sys.exit(1 if wrong else 0)


if __name__ == "__main__":
    main()
