"""Writes Tests/TokenizationTests/Normalizing/NormalizingSamples.swift: results of the originals.

Usage:
    python3 normalizing_samples.py             writes the file in its place
    python3 normalizing_samples.py --print     prints it instead

Needs the Python packages tokenizers==0.23.3, sentencepiece==0.2.2 and protobuf.
"""

import pathlib
import struct
import sys

import sentencepiece
import tokenizers
from sentencepiece import sentencepiece_model_pb2
from tokenizers import Regex, normalizers

HERE = pathlib.Path(__file__).resolve().parent
PLACE = HERE.parent / "TokenizationTests" / "Normalizing" / "NormalizingSamples.swift"
MASK = 0xFFFFFFFFFFFFFFFF
START = 0xCBF29CE484222325

# The rules of a small charsmap: results of all lengths, keys that begin others, spaces.
RULES = {
    "\n": " ", "\t": " ", "\r\n": "N", "\u3000": " ", "\uFF21": "a", "\uFB01": "fi", "\u00AD": "",
    "e\u0301": "\u00E9", "\u00E9": "E", "\u00BD": " 1\u20442 ", "\u0308": "", "u\u0308": "\u00FC",
    "ab": "X", "ab cd": "Y Z", "\u3041": "  ", "\U0001F600": ":-)", "\uAC00": "\u1100\u1161",
}
SYMBOLS = ["<s>", "a\u0301", " b", "\uFB01\uFB01", "\u2581\u2581", "  ", "\uAC00b"]

TEXTS = [
    "", "a", " ", "Plain Text\r\n", " \tspaces\u00A0\u2003 \u3000", "\u0130I\u0131i \u03A3\u03C3\u03C2 \u1E9E\u00DF",
    "\u00C9te\u0301 A\u030A\u0323 \u1EAD", "\u4E2D\u6587a\u8C48\uF900b", "a\0b\u0001c\u007Fd\u0085e\u00ADf\u200Bg\uFEFFh\uFFFDi",
    "\uFB01 \uFB01\u0301 \uFB01\u20D7", "e\u0301e\u0301\u0308 u\u0308", "\uFF21\uFF22\u3000\uFF23", "\uAC00\u1100\u1161\u11A8",
    "\U0001F600 \U0001F469\u200D\U0001F680", "\u00A9\u200D\u00AE", "\u0915\u094D\u0937\u093F", "`` '' ab abc ab cd",
    "\u2581a\u2581\u2581 b\u2581", "<s> a\u0301 b  c  ", "\u00BD\u3041\u3041x\u3041", "\u0600\u0301\u0600\uFB01",
    "\u1734\u1714\u1CF2\u0897\u0E38\u20DD", "\U00010D50\uA7DA\u1C89\U00010400", "\r\n\n\r",
]

# What random text is made of.
ALPHABET = [ord(c) for c in dict.fromkeys("".join(TEXTS) + "\u0323\u0327\u0338\u20E3\u0903\u11A7\U0001F1E9\u06DD")]


def bert(clean, separate, strip, lower):
    return normalizers.BertNormalizer(
        clean_text=clean, handle_chinese_chars=separate, strip_accents=strip, lowercase=lower)


def units(rules):
    """A Darts double array of the rules, and their results."""
    results, values = b"", {}
    for key, result in rules.items():
        values[key.encode()] = len(results)
        results += result.encode() + b"\0"
    array, used = [0] * 4096, {0}

    def place(node, prefix):
        nexts = sorted({key[len(prefix)] for key in values if key.startswith(prefix) and key != prefix})
        labels = ([0] if prefix in values else []) + nexts
        offset = 256
        while any(node ^ offset ^ label in used for label in labels):
            offset += 1
        used.update(node ^ offset ^ label for label in labels)
        array[node] |= offset << 10
        if prefix in values:
            array[node] |= 1 << 8
            array[node ^ offset] = values[prefix] | 1 << 31
        for label in nexts:
            array[node ^ offset ^ label] = label
            place(node ^ offset ^ label, prefix + bytes([label]))

    place(0, b"")
    trie = struct.pack(f"<{len(array)}I", *array)
    return struct.pack("<I", len(trie)) + trie + results


CHARSMAP = units(RULES)
THEIRS = {
    "lowercase": normalizers.Lowercase(),
    "stripAccents": normalizers.StripAccents(),
    "nmt": normalizers.Nmt(),
    "byteLevel": normalizers.ByteLevel(),
    "bertUncased": bert(True, True, None, True),
    "bertCased": bert(True, True, None, False),
    "bertAccents": bert(False, False, True, False),
    "bertLowercase": bert(True, False, False, True),
    "strip": normalizers.Strip(),
    "stripLeft": normalizers.Strip(left=True, right=False),
    "stripRight": normalizers.Strip(left=False, right=True),
    "prepend": normalizers.Prepend("\u2581"),
    "replaceLiteral": normalizers.Replace("ab", "<>"),
    "replaceSpace": normalizers.Replace(" ", "\u2581"),
    "replaceNothing": normalizers.Replace("", "-"),
    "replaceSpaces": normalizers.Replace(Regex(" {2,}|\\n"), " "),
    "replaceEmpty": normalizers.Replace(Regex("b*"), "-"),
    "precompiled": normalizers.Precompiled(CHARSMAP),
    "sequence": normalizers.Sequence([
        normalizers.Replace("``", '"'), normalizers.NFKD(), normalizers.StripAccents(),
        normalizers.Precompiled(CHARSMAP), normalizers.Lowercase(), normalizers.Prepend("\u2581"),
        normalizers.Replace(Regex("\\s"), "\u2581"),
    ]),
}
# Normalizers that every code point is put through.
BY_CHARACTER = [
    "lowercase", "stripAccents", "nmt", "bertUncased", "bertCased", "bertAccents", "strip", "precompiled",
]


def sentence_piece(flags):
    """Dummy space 1, extra spaces removed 2, spaces escaped 4, space behind 8."""
    model = sentencepiece_model_pb2.ModelProto()
    model.trainer_spec.model_type = 1
    for piece, kind in [("<unk>", 2), ("<s>", 3), ("</s>", 3), *((s, 4) for s in SYMBOLS if s != "<s>"), ("a", 1)]:
        model.pieces.add(piece=piece, score=0, type=kind)
    model.normalizer_spec.precompiled_charsmap = CHARSMAP
    model.normalizer_spec.add_dummy_prefix = bool(flags & 1)
    model.normalizer_spec.remove_extra_whitespaces = bool(flags & 2)
    model.normalizer_spec.escape_whitespaces = bool(flags & 4)
    model.trainer_spec.treat_whitespace_as_suffix = bool(flags & 8)
    processor = sentencepiece.SentencePieceProcessor()
    processor.LoadFromSerializedProto(model.SerializeToString())
    return processor.Normalize


def digest(value, text):
    for byte in text if isinstance(text, bytes) else text.encode():
        value = ((value ^ byte) * 0x100000001B3) & MASK
    return value


def random_numbers(seed):
    """SplitMix64."""
    while True:
        seed = (seed + 0x9E3779B97F4A7C15) & MASK
        mixed = ((seed ^ (seed >> 30)) * 0xBF58476D1CE4E5B9) & MASK
        mixed = ((mixed ^ (mixed >> 27)) * 0x94D049BB133111EB) & MASK
        yield mixed ^ (mixed >> 31)


def random_text(seed):
    numbers = random_numbers(seed)
    return "".join(chr(ALPHABET[next(numbers) % len(ALPHABET)]) for _ in range(next(numbers) % 24))


def random_bytes(seed):
    """A text with bytes taken out."""
    numbers = random_numbers(seed)
    text = random_text(seed ^ MASK).encode()
    return bytes(byte for byte in text if next(numbers) % 8)


def swift(text):
    escaped = "".join(c if 0x20 <= ord(c) < 0x7F and c not in '"\\' else f"\\u{{{ord(c):X}}}" for c in text)
    return f'"{escaped}"'


def hexadecimal(value):
    return f"0x{value:016X}"


def generate():
    lines = [
        "// Generated by Tests/Conformance/normalizing_samples.py; do not edit.",
        f"// Results of the Python packages tokenizers {tokenizers.__version__} and sentencepiece {sentencepiece.__version__}.",
        "// swift-format-ignore-file",
        "",
        "/// The rules of a small charsmap.",
        "let sampleRules: [(String, String)] = [",
        *(f"  ({swift(key)}, {swift(result)})," for key, result in RULES.items()),
        "]",
        "",
        "/// Symbols of the user, for SentencePiece.",
        f"let sampleSymbols: [String] = [{', '.join(swift(s) for s in SYMBOLS if s != '<s>')}]",
        "",
        "let sampleTexts: [String] = [",
        *(f"  {swift(text)}," for text in TEXTS),
        "]",
        "",
        "/// What each normalizer makes of the sample texts it changes, and the digest of what it makes of the",
        "/// random texts of seeds 0..<2000.",
        "let sampleResults: [(name: String, changed: [Int: String], digest: UInt64)] = [",
    ]
    for name, normalizer in THEIRS.items():
        changed = [(i, normalizer.normalize_str(t)) for i, t in enumerate(TEXTS)]
        changed = [f"{i}: {swift(result)}" for i, result in changed if result != TEXTS[i]]
        value = START
        for seed in range(2000):
            value = digest(value, normalizer.normalize_str(random_text(seed)))
        lines.append(f'  ("{name}", [{", ".join(changed)}], {hexadecimal(value)}),')
    lines += [
        "]",
        "",
        "/// Digests of what becomes of each code point of a plane, behind `a` and before U+0323 and a line feed.",
        "let sampleCharacterDigests: [(name: String, plane: UInt32, digest: UInt64)] = [",
    ]
    for name, plane in [*((name, 0) for name in BY_CHARACTER), ("bertUncased", 1), ("bertUncased", 14)]:
        value = START
        for first in range(plane << 16, (plane + 1) << 16, 16):
            chars = [chr(c) for c in range(first, first + 16) if not 0xD800 <= c <= 0xDFFF]
            value = digest(value, THEIRS[name].normalize_str("".join(f"a{c}\u0323\n" for c in chars)))
        lines.append(f'  ("{name}", {plane}, {hexadecimal(value)}),')
    lines += [
        "]",
        "",
        "/// SentencePiece with flags 0 to 15: what becomes of the sample texts, and digests for random texts of",
        "/// seeds 0..<2000, and for these with bytes taken out.",
        "let sampleSentencePieces: [(results: [String], digest: UInt64, bytesDigest: UInt64)] = [",
    ]
    for flags in range(16):
        normalize = sentence_piece(flags)
        texts = digests = START
        for seed in range(2000):
            texts = digest(texts, normalize(random_text(seed)))
            digests = digest(digests, normalize(random_bytes(seed)))
        results = ", ".join(swift(normalize(text)) for text in TEXTS)
        lines.append(f"  ([{results}], {hexadecimal(texts)}, {hexadecimal(digests)}),")
    lines += ["]", "", "let sampleAlphabet: [UInt32] = ["]
    for start in range(0, len(ALPHABET), 12):
        lines.append("  " + ", ".join(f"0x{c:X}" for c in ALPHABET[start:start + 12]) + ",")
    return "\n".join(lines + ["]", ""])


if __name__ == "__main__":
    if sys.argv[1:] not in ([], ["--print"]):
        sys.exit(__doc__)
    if sys.argv[1:]:
        sys.stdout.write(generate())
    else:
        PLACE.write_text(generate())
