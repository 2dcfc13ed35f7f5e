"""Writes down what the normalizers of the Python package `tokenizers` know of each character.

Usage:
    python3 observe_characters.py             writes observed-characters.txt beside this script
    python3 observe_characters.py --print     prints it instead

Needs the Python packages tokenizers==0.23.3 and regex==2025.11.3 (Unicode 17.0). Takes a minute.

The package is put together from libraries with tables of several versions of Unicode, so nothing
is taken from the standard where asking tells it. Every code point but the surrogates is asked:

  lowercase       the code point alone: normalizer Lowercase. One makes two characters, U+0130.
  control         between two letters: BertNormalizer with clean_text, and gone
  nonspacing      behind a letter, where NFD leaves it: BertNormalizer with strip_accents, and gone
  mark            behind a letter: normalizer StripAccents, and gone
  grapheme        Precompiled goes by grapheme clusters, and shows where they end only if they are
                  shorter than six bytes. The classes are those of Unicode 17.0; twelve surroundings
                  of every code point confirm them.

A result of another kind, or a cluster that ends elsewhere, makes the script fail.
"""

import pathlib
import struct
import sys

import regex
from tokenizers import normalizers

OUTPUT = pathlib.Path(__file__).resolve().parent / "observed-characters.txt"
SCALARS = [c for c in range(0x110000) if not 0xD800 <= c <= 0xDFFF]
TEXT = "".join(map(chr, SCALARS))
BREAKS = "CR LF Control Extend ZWJ Regional_Indicator Prepend SpacingMark L V T LV LVT".split()
CONJUNCTS = "Consonant Linker Extend".split()
# What stands before and behind the code point.
SURROUNDINGS = [
    ("a", ""), ("", "a"), ("", "\u0301"), ("\u0600", ""), ("\xa9\u200d", ""),
    ("\u0915\u094d", "\u0301"), ("\r", ""), ("", "\n"), ("a", "b\u0301"), ("\u0600a", ""),
    ("\u0915", "\u0915\u0301"), ("\u0915\u094d", "\u0915\u0301"),
]


def bert(**flags):
    names = ("clean_text", "handle_chinese_chars", "strip_accents", "lowercase")
    return normalizers.BertNormalizer(**{name: flags.get(name, False) for name in names})


def lowercase():
    """Triples of first, last and offset; a step of two where every second code point changes."""
    normalize = normalizers.Lowercase().normalize_str
    lines = []
    for scalar in SCALARS:
        found = normalize(chr(scalar))
        if scalar == 0x130:
            assert found == "i\u0307"
            continue
        assert len(found) == 1
        offset = ord(found) - scalar
        if not offset:
            continue
        if lines:
            first, last, step, earlier = lines[-1]
            if offset == earlier and scalar - last in ((1, 2) if first == last else (step,)):
                lines[-1] = (first, scalar, scalar - last, offset)
                continue
        lines.append((scalar, scalar, 1, offset))
    return [
        f"{first:04X}..{last:04X}{'/2' if step == 2 else ''} {offset:+}"
        for first, last, step, offset in lines
    ]


def removed(normalize, before, behind, scalars=SCALARS):
    return [c for c in scalars if normalize(before + chr(c) + behind) == before + behind]


def ranges(scalars):
    found = []
    for scalar in sorted(scalars):
        if found and found[-1][1] == scalar - 1:
            found[-1][1] = scalar
        else:
            found.append([scalar, scalar])
    return [f"{a:04X}" if a == b else f"{a:04X}..{b:04X}" for a, b in found]


def members(name, value):
    pattern = regex.compile(rf"\p{{{name}={value}}}+")
    return [ord(c) for match in pattern.finditer(TEXT) for c in match.group()]


def cluster_counter():
    """Counts clusters shorter than six bytes as one, others by their characters.

    A trie in which every byte is a key: the root at 0, its children at 256 + byte, one value.
    """
    units = [0] * 1024
    units[0] = 256 << 10
    for byte in range(1, 256):
        place = 256 ^ byte
        units[place] = byte | 1 << 8 | (place ^ 512) << 10
    units[512] = 1 << 31
    trie = struct.pack("<1024I", *units)
    normalizer = normalizers.Precompiled(struct.pack("<I", len(trie)) + trie + b"X\0")
    return lambda text: len(normalizer.normalize_str(text))


def clusters(text, breaks, conjuncts, pictures):
    """Extended grapheme clusters (Unicode 17.0, annex 29), from left to right."""
    found, current = [], ""
    previous, indicators, picture, conjunct = None, 0, 0, 0
    for character in text:
        kind = breaks.get(ord(character))
        cut = not (
            previous == "CR" and kind == "LF"
            or not {previous, kind} & {"CR", "LF", "Control"}
            and (
                previous == "L" and kind in ("L", "V", "LV", "LVT")
                or previous in ("LV", "V") and kind in ("V", "T")
                or previous in ("LVT", "T") and kind == "T"
                or kind in ("Extend", "ZWJ", "SpacingMark")
                or previous == "Prepend"
                or conjunct == 2 and conjuncts.get(ord(character)) == "Consonant"
                or picture == 2 and ord(character) in pictures
                or previous == kind == "Regional_Indicator" and indicators % 2
            )
        )
        if cut and current:
            found.append(current)
            current = ""
        current += character
        indicators = indicators + 1 if kind == "Regional_Indicator" else 0
        if ord(character) in pictures:
            picture = 1
        elif not (picture == 1 and kind == "Extend"):
            picture = 2 if picture == 1 and kind == "ZWJ" else 0
        role = conjuncts.get(ord(character))
        if role == "Consonant":
            conjunct = 1
        elif role == "Linker" and conjunct:
            conjunct = 2
        elif role != "Extend":
            conjunct = 0
        previous = kind
    return found + [current]


def check_clusters(breaks, conjuncts, pictures):
    count = cluster_counter()
    for before, behind in SURROUNDINGS:
        for scalar in SCALARS:
            text = before + chr(scalar) + behind
            parts = clusters(text, breaks, conjuncts, pictures)
            expected = sum(1 if len(p.encode()) < 6 else len(p) for p in parts)
            # A NUL ends the search in the trie and stays: it counts as one too.
            assert count(text) == expected, (text.encode("unicode-escape"), parts)


def observe():
    nfd = normalizers.NFD().normalize_str
    fixed = [c for c in SCALARS if nfd(chr(c)) == chr(c)]
    sections = {
        "lowercase": lowercase(),
        "control": ranges(removed(bert(clean_text=True).normalize_str, "a", "b")),
        "nonspacing": ranges(removed(bert(strip_accents=True).normalize_str, "a", "", fixed)),
        "mark": ranges(removed(normalizers.StripAccents().normalize_str, "a", "")),
    }
    breaks, conjuncts = {}, {}
    for name in BREAKS:
        found = members("GCB", name)
        breaks.update((c, name) for c in found)
        sections["break " + name] = ranges(found)
    for name in CONJUNCTS:
        found = members("InCB", name)
        conjuncts.update((c, name) for c in found)
        sections["conjunct " + name] = ranges(found)
    pictures = set(members("Extended_Pictographic", "Yes"))
    sections["pictographic"] = ranges(pictures)
    check_clusters(breaks, conjuncts, pictures)
    lines = [
        "# Generated by observe_characters.py, from tokenizers 0.23.3 and Unicode 17.0; do not edit.",
        "# Code points in hexadecimal; lowercase has the distance in decimal, /2 for every second.",
    ]
    for name, section in sections.items():
        lines += ["", f"[{name}]", *section]
    return "\n".join(lines) + "\n"


def main(arguments):
    if arguments not in ([], ["--print"]):
        sys.exit(__doc__)
    assert 0x1ACF in members("GCB", "Extend"), "a regex package older than Unicode 17"
    assert 0x5C8 not in members("GCB", "Extend"), "a regex package newer than Unicode 17"
    text = observe()
    if arguments == ["--print"]:
        sys.stdout.write(text)
    else:
        OUTPUT.write_text(text)


if __name__ == "__main__":
    main(sys.argv[1:])
