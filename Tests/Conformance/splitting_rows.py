"""Writes splitting.jsonl beside this script: what the steps of `pre_tokenizer` make of texts.

Usage:
    python3 splitting_rows.py             writes the file
    python3 splitting_rows.py N SEED      prints rows for N random steps instead

Needs the Python package tokenizers==0.23.3. Each line is an object:
    pre_tokenizer   as it stands in a tokenizer.json
    cases           [text, pretoken, start, end, pretoken, start, end, ...], places in characters
A first line says where the rows come from.
"""

import json
import pathlib
import random
import sys

import tokenizers

FILE = pathlib.Path(__file__).resolve().parent / "splitting.jsonl"

BEHAVIORS = ["Removed", "Isolated", "MergedWithPrevious", "MergedWithNext", "Contiguous"]
SCHEMES = ["always", "first", "never"]
PATTERNS = [
    r"\s+", r"\d", r"\p{L}+", r"x*", r"\w+|[^\w\s]+", r"(?=[A-Z])", "▁", "Ġ", r"\b", r".{1,3}",
    r"a|$", "^",
]
LITERALS = [" ", "a", "", "-", "▁", "中", "ab", "aa", "  ", "'", "é", "[x]", "aba"]
PARTS = (
    ["  ", "   ", "\n", "\r\n", "\t", "\x0b", "\x85", "\xa0", "\u180e", "\u2003", "\u2028"]
    + ["\u3000", "\u200b", "\ufeff", "\0", "\x1c", "\x7f", "\u0301", "\ufe0f", "a", "Z", "ß"]
    + ["中", "々", "あ", "ア", "ー", "・", "ก็", "ب", "ﬁ", "'s", "'re", "'", "7", "1234567", "½", "٣"]
    + [".", ",", "!", "-", "_", "__", "[x]", "$", "€", "«", "…", "。", "😀", "\u0378", "\ue000"]
    + ["\U0010ffff", "WORD", "don't", "é", "▁", "▁▁", "▁a", "Ġ", "aba", "aaa", "Привет", "\u0589"]
    + ["\u061c", "\u0953", "\U00011de3", "\U00016ff4", "\u166d", "\u2e45", "https://a.b/c?d=1"]
)
PLAIN = ["word", "Hello", "the", "x", "ab", ",", ".", "_", "'", " ", " ", " ", "\n", "é", "12"]


def byte_level(prefix, regex):
    return {
        "type": "ByteLevel", "add_prefix_space": prefix, "trim_offsets": True, "use_regex": regex,
    }


def metaspace(scheme="always", split=True, replacement="▁"):
    return {
        "type": "Metaspace", "replacement": replacement, "prepend_scheme": scheme, "split": split,
    }


def sequence(*steps):
    return {"type": "Sequence", "pretokenizers": list(steps)}


def all_steps():
    """Each step with each of its options, and the sequences that are met most."""
    for kind in ("BertPreTokenizer", "Whitespace", "WhitespaceSplit", "UnicodeScripts"):
        yield {"type": kind}
    for behavior in BEHAVIORS:
        yield {"type": "Punctuation", "behavior": behavior}
        for pattern in ({"String": ""}, {"String": "aba"}, {"Regex": r"x*"}, {"Regex": r"\s+"}):
            for invert in (True, False):
                yield {"type": "Split", "pattern": pattern, "behavior": behavior, "invert": invert}
    for individual in (True, False):
        yield {"type": "Digits", "individual_digits": individual}
    for first in (True, False):
        for second in (True, False):
            yield byte_level(first, second)
    for scheme in SCHEMES:
        for split in (True, False):
            yield metaspace(scheme, split)
            yield sequence({"type": "WhitespaceSplit"}, metaspace(scheme, split))
    yield metaspace(replacement=" ")
    yield {"type": "FixedLength", "length": 2}
    yield {"type": "CharDelimiterSplit", "delimiter": "a"}
    digits = {"type": "Digits", "individual_digits": True}
    yield sequence({"type": "Punctuation", "behavior": "Contiguous"}, digits, byte_level(True, True))
    yield sequence(byte_level(False, False), {"type": "FixedLength", "length": 1}, metaspace("first"))
    yield sequence({"type": "WhitespaceSplit"}, byte_level(True, True), metaspace())


def random_step(source):
    flip = lambda: source.random() < 0.5
    makers = [
        lambda: {"type": source.choice(["BertPreTokenizer", "Whitespace", "WhitespaceSplit"])},
        lambda: {"type": "UnicodeScripts"},
        lambda: byte_level(flip(), flip()),
        lambda: {"type": "CharDelimiterSplit", "delimiter": source.choice(" a-▁中Ġ\n")},
        lambda: metaspace(source.choice(SCHEMES), flip(), source.choice("▁▁▁_ aéĠ")),
        lambda: metaspace(source.choice(SCHEMES)),
        lambda: {
            "type": "Split", "behavior": source.choice(BEHAVIORS), "invert": flip(),
            "pattern": {"String": source.choice(LITERALS)} if flip()
            else {"Regex": source.choice(PATTERNS)},
        },
        lambda: {"type": "Punctuation", "behavior": source.choice(BEHAVIORS)},
        lambda: {"type": "Digits", "individual_digits": flip()},
        lambda: {"type": "FixedLength", "length": source.choice([1, 2, 3, 100])},
    ]
    return source.choice(makers)()


def random_text(source):
    if source.random() < 0.4:
        return "".join(source.choice(PLAIN) for _ in range(source.randrange(30)))
    return "".join(
        source.choice(PARTS) if source.random() < 0.7 else " " for _ in range(source.randrange(12)))


def row(step, texts):
    file = {
        "version": "1.0", "truncation": None, "padding": None, "added_tokens": [],
        "normalizer": None, "pre_tokenizer": step, "post_processor": None, "decoder": None,
        "model": {"type": "WordLevel", "vocab": {"a": 0}, "unk_token": "a"},
    }
    theirs = tokenizers.Tokenizer.from_str(json.dumps(file)).pre_tokenizer
    cases = []
    for text in texts:
        case = [text]
        for pretoken, (start, end) in theirs.pre_tokenize_str(text):
            case += [pretoken, start, end]
        cases.append(case)
    return json.dumps({"pre_tokenizer": step, "cases": cases}, separators=(",", ":"))


def rows(count, seed, each):
    source = random.Random(seed)
    for _ in range(count):
        length = source.choice([1, 1, 2, 2, 3])
        step = (
            random_step(source) if length == 1
            else sequence(*(random_step(source) for _ in range(length)))
        )
        yield row(step, [random_text(source) for _ in range(each)])


def main(arguments):
    assert tokenizers.__version__ == "0.23.3"
    if arguments:
        count, seed = map(int, arguments)
        for line in rows(count, seed, 40):
            print(line)
        return
    source = random.Random(1)
    lines = [json.dumps({"original": f"tokenizers {tokenizers.__version__}"})]
    for step in all_steps():
        texts = ["", " a b", "▁a  b ", "a▁b", random_text(source), random_text(source)]
        lines.append(row(step, texts))
    lines += rows(120, 2, 4)
    FILE.write_text("\n".join(lines) + "\n")


if __name__ == "__main__":
    main(sys.argv[1:])
