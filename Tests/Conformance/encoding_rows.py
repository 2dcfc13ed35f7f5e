"""Writes encodings.jsonl beside this script: whole encodings of small tokenizers, for `make test`.

Usage: python3 encoding_rows.py .build/release/tok-conformance

Needs the Python package tokenizers==0.23.3. Each line but the first is an object:
    tokenizer   a tokenizer.json
    cases       [request, encodings] as `tok-conformance` takes and gives them; null where the original
                refuses or crashes
The first line says where the rows come from. Of the differences that `lengths.py` lists as the original's
mistakes, ranges and type ids are written as ours; other such cases are left out. `lengths.py` draws the
cases.
"""

import json
import pathlib
import random
import sys
import tempfile

sys.dont_write_bytecode = True

import tokenizers

import lengths
from driver import Driver, kind_of_range

FILE = pathlib.Path(__file__).resolve().parent / "encodings.jsonl"

WORDS = ["the", "a", "cafe", "Cafe\u0301", "caf\u00e9", "un", "unable", "\ufb01ne", "fine", "\u4e2d\u6587", "  ", "don't"]
WORDS += ["\U0001f600", "\u00c5ngstr\u00f6m", "x", "[SEP]", "\t", "\u00a0", "1\u00bd", "a\u0301\u0301", "\u2581"]


def added(*tokens):
    return [
        {"id": id, "content": content, "single_word": False, "lstrip": False, "rstrip": False}
        | {"normalized": False, "special": True}
        for id, content in tokens
    ]


def file(model, **members):
    empty = dict.fromkeys(
        ["truncation", "padding", "normalizer", "pre_tokenizer", "post_processor", "decoder"]
    )
    return {"version": "1.0", "added_tokens": [], "model": model} | empty | members


def template(single, pair, **ids):
    def parts(text):
        found = []
        for part in text.split():
            name, type_id = part.split(":")
            kind = {"$A": "A", "$B": "B"}.get(name)
            inner = {"id": kind or name, "type_id": int(type_id)}
            found.append({"Sequence" if kind else "SpecialToken": inner})
        return found

    special = {name: {"id": name, "ids": [id], "tokens": [name]} for name, id in ids.items()}
    return {
        "type": "TemplateProcessing",
        "single": parts(single),
        "pair": parts(pair),
        "special_tokens": special,
    }


def word_piece():
    tokens = ["[UNK]", "[CLS]", "[SEP]", "the", "a", "cafe", "##able", "un", "fine", "##e", "don", "'"]
    tokens += ["t", "x", "1", "fin", "##s", "中", "angstrom"]
    return file(
        {
            "type": "WordPiece",
            "unk_token": "[UNK]",
            "continuing_subword_prefix": "##",
            "max_input_chars_per_word": 100,
            "vocab": {token: id for id, token in enumerate(tokens)},
        },
        added_tokens=added((0, "[UNK]"), (1, "[CLS]"), (2, "[SEP]")),
        normalizer={
            "type": "BertNormalizer",
            "clean_text": True,
            "handle_chinese_chars": True,
            "strip_accents": None,
            "lowercase": True,
        },
        pre_tokenizer={"type": "BertPreTokenizer"},
        post_processor=template(
            "CLS:0 $A:0 SEP:0", "CLS:0 $A:0 SEP:0 $B:1 SEP:1", CLS=1, SEP=2
        ),
    )


def byte_level():
    alphabet = sorted(tokenizers.pre_tokenizers.ByteLevel.alphabet())
    tokens = ["<s>", "</s>"] + alphabet
    merges = [("t", "h"), ("th", "e"), ("Ġ", "the"), ("c", "a"), ("ca", "f"), ("Ġ", "caf"), ("Ã", "©")]
    merges += [("f", "i"), ("Ġ", "Ġ"), ("n", "e")]
    tokens += [one + other for one, other in merges]
    return file(
        {
            "type": "BPE",
            "dropout": None,
            "unk_token": None,
            "continuing_subword_prefix": None,
            "end_of_word_suffix": None,
            "fuse_unk": False,
            "byte_fallback": False,
            "ignore_merges": False,
            "vocab": {token: id for id, token in enumerate(tokens)},
            "merges": [list(merge) for merge in merges],
        },
        added_tokens=added((0, "<s>"), (1, "</s>")),
        normalizer={"type": "NFKC"},
        pre_tokenizer={
            "type": "ByteLevel",
            "add_prefix_space": True,
            "trim_offsets": True,
            "use_regex": True,
        },
        post_processor={
            "type": "RobertaProcessing",
            "sep": ["</s>", 1],
            "cls": ["<s>", 0],
            "trim_offsets": True,
            "add_prefix_space": True,
        },
    )


def unigram():
    tokens = [["<unk>", 0.0], ["<sep>", 0.0], ["<cls>", 0.0], ["\u2581", -2.0], ["\u2581the", -3.0]]
    tokens += [["\u2581caf", -4.0], ["\u00e9", -5.0], ["e", -3.0], ["a", -3.0], ["\u2581un", -4.0], ["able", -4.0]]
    tokens += [["fi", -4.5], ["ne", -4.5], ["x", -6.0], ["t", -6.0], ["\u2581a", -3.5]]
    return file(
        {"type": "Unigram", "unk_id": 0, "vocab": tokens, "byte_fallback": False},
        added_tokens=added((0, "<unk>"), (1, "<sep>"), (2, "<cls>")),
        normalizer={
            "type": "Sequence",
            "normalizers": [
                {"type": "NFKC"},
                {"type": "Replace", "pattern": {"Regex": " {2,}"}, "content": " "},
            ],
        },
        pre_tokenizer={
            "type": "Sequence",
            "pretokenizers": [
                {"type": "WhitespaceSplit"},
                {
                    "type": "Metaspace",
                    "replacement": "\u2581",
                    "prepend_scheme": "always",
                    "split": True,
                },
            ],
        },
        post_processor=template(
            "$A:0 SEP:0 CLS:2", "$A:0 SEP:0 $B:1 SEP:1 CLS:2", CLS=2, SEP=1
        ),
    )


def mend(theirs, ours):
    """The original's encoding, with ours where the original is known to be wrong."""
    pairs = list(zip(zip(theirs["starts"], theirs["ends"]), zip(ours["starts"], ours["ends"])))
    ranges = [other if kind_of_range(one, other) else one for one, other in pairs]
    theirs["starts"] = [start for start, _ in ranges]
    theirs["ends"] = [end for _, end in ranges]
    for one, other in zip(theirs["overflow"], ours["overflow"], strict=True):
        one["types"], one["overflow"] = other["types"], []
        mend(one, other)
    return theirs


def main():
    generator = random.Random(1)
    documents = [
        " ".join(generator.choice(WORDS) for _ in range(generator.randrange(1, 30)))
        for _ in range(40)
    ]
    lines = [{"original": f"tokenizers {tokenizers.__version__}"}]
    for definition in (word_piece(), byte_level(), unigram()):
        tokenizer = tokenizers.Tokenizer.from_str(json.dumps(definition))
        with tempfile.NamedTemporaryFile("w", suffix=".tokenizer.json") as path:
            json.dump(definition, path)
            path.flush()
            driver = Driver(sys.argv[1], path.name)
            driver.ask({"inputs": [["a"]]})
        cases = []
        while len(cases) < 40:
            case = lengths.random_case(documents, generator)
            truncation = case.get("truncation", {"length": 9, "stride": 0})
            if truncation["length"] < 5 or truncation["stride"] > truncation["length"] // 2 - 3:
                continue
            answer = lengths.original(tokenizer, case)
            request = {key: value for key, value in case.items() if key != "words"}
            request |= {"special": True, "trim": True, "overflow": True}
            ours = driver.ask(request)
            if found := lengths.compare(answer, ours, case, 2):
                if found[0] not in ("inserted", "composed", "types"):
                    print(found, file=sys.stderr)
                    continue
            if answer is not None:
                answer = [mend(one, other) for one, other in zip(answer, ours, strict=True)]
            cases.append([request, answer])
        driver.close()
        lines.append({"tokenizer": definition, "cases": cases})
    text = "".join(json.dumps(line, separators=(",", ":")) + "\n" for line in lines)
    FILE.write_text(text)


if __name__ == "__main__":
    main()
