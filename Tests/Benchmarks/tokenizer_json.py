"""A tokenizer.json out of a .tiktoken file, for peers that read nothing else.

A .tiktoken file has no merges: those of a token are found by merging its bytes with the tokens of
lower rank until two parts are left. Patterns are those that published conversions have; cl100k's
differs from tiktoken's own in white space at the end of a text.
"""

import base64
import json

WORDS = r"(?i:'s|'t|'re|'ve|'m|'ll|'d)|[^\r\n\p{L}\p{N}]?\p{L}+|\p{N}{1,3}"
REST = r" ?[^\s\p{L}\p{N}]+[\r\n]*|\s*[\r\n]+|\s+(?!\S)|\s+"
UPPER = r"[\p{Lu}\p{Lt}\p{Lm}\p{Lo}\p{M}]"
LOWER = r"[\p{Ll}\p{Lm}\p{Lo}\p{M}]"
ENDING = r"(?i:'s|'t|'re|'ve|'m|'ll|'d)?"
GPT2 = r"'(?:[sdmt]|ll|ve|re)| ?\p{L}+| ?\p{N}+| ?[^\s\p{L}\p{N}]+|\s+(?!\S)|\s+"

PATTERNS = {
    "r50k_base": GPT2,
    "p50k_base": GPT2,
    "cl100k_base": f"{WORDS}|{REST}",
    "o200k_base": "|".join(
        [
            rf"[^\r\n\p{{L}}\p{{N}}]?{UPPER}*{LOWER}+{ENDING}",
            rf"[^\r\n\p{{L}}\p{{N}}]?{UPPER}+{LOWER}*{ENDING}",
            r"\p{N}{1,3}",
            REST.replace(r"[\r\n]*", r"[\r\n/]*", 1),
        ]
    ),
}


def byte_alphabet():
    """The printable character that stands for each byte, as GPT-2 has it."""
    kept = [*range(33, 127), *range(161, 173), *range(174, 256)]
    alphabet = {byte: chr(byte) for byte in kept}
    others = (byte for byte in range(256) if byte not in alphabet)
    return alphabet | {byte: chr(256 + place) for place, byte in enumerate(others)}


def merge_of(token, ranks):
    """The two tokens that make up `token`."""
    parts = [token[i : i + 1] for i in range(len(token))]
    while len(parts) > 2:
        pairs = [a + b for a, b in zip(parts, parts[1:])]
        found = [(ranks.get(pair, len(ranks)), i) for i, pair in enumerate(pairs)]
        rank, at = min(found)
        if rank >= ranks[token]:
            return None
        parts[at : at + 2] = [pairs[at]]
    return parts


def write_tokenizer_json(name, source, destination):
    lines = source.read_bytes().splitlines()
    ranks = {base64.b64decode(line.split()[0]): int(line.split()[1]) for line in lines if line}
    alphabet = byte_alphabet()

    def spelled(token):
        return "".join(alphabet[byte] for byte in token)

    merges = []
    for token in sorted(ranks, key=ranks.get):
        parts = merge_of(token, ranks) if len(token) > 1 else None
        if parts:
            merges.append([spelled(part) for part in parts])
    split = {"type": "Split", "pattern": {"Regex": PATTERNS[name]}}
    split |= {"behavior": "Isolated", "invert": False}
    level = {"type": "ByteLevel", "add_prefix_space": False, "trim_offsets": True}
    level["use_regex"] = False
    model = {"type": "BPE", "dropout": None, "unk_token": None, "continuing_subword_prefix": None}
    model |= {"end_of_word_suffix": None, "fuse_unk": False, "byte_fallback": False}
    model |= {"ignore_merges": True, "vocab": {spelled(t): ranks[t] for t in ranks}}
    model["merges"] = merges
    document = {"version": "1.0", "truncation": None, "padding": None, "added_tokens": []}
    document |= {"normalizer": None, "post_processor": None, "decoder": level, "model": model}
    document["pre_tokenizer"] = {"type": "Sequence", "pretokenizers": [split, level]}
    part = destination.with_suffix(".part")
    part.write_text(json.dumps(document))
    part.rename(destination)
