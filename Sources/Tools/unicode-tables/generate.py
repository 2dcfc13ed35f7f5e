"""Writes Sources/CUnicodeTables/unicode_tables.c: what Unicode 16.0.0 says of each code point.

Usage:
    python3 generate.py             writes the file in its place
    python3 generate.py --print     prints it instead
    python3 generate.py --check     exit 1 if the file in its place is not what would be written

Needs the Python packages unicodedata2==16.0.0 (general category, combining class, decomposition)
and regex==2024.11.6 (scripts, script extensions, blocks, binary properties, simple case folding).
Reads unknown-to-normalizer.txt, which probe_normalizer.py writes.

Tables:
  classes         a byte for each code point, the raw value of the Swift enum ScalarClass, in two
                  stages: 128 code points a block, equal blocks stored once
  normalization   the same with a byte that picks a row of normalization facts, see FACTS
  sets            ranges of code points for each value of a property, and names that lead to them
  case            code points that are equal under simple case folding
"""

import pathlib
import sys

import regex
import unicodedata2
from regex import _regex

HERE = pathlib.Path(__file__).resolve().parent
TABLES = HERE.parent.parent / "CUnicodeTables" / "unicode_tables.c"
UNKNOWN = HERE / "unknown-to-normalizer.txt"

ALL = range(0x110000)
BLOCK = 128
SURROGATES = range(0xD800, 0xE000)
TEXT = "".join(chr(c) for c in ALL if c not in SURROGATES)

# The order of the cases of ScalarClass.
CLASSES = (
    "Lu Ll Lt Lm Lo Mn Mc Me Nd Nl No Pc Pd Ps Pe Pi Pf Po Sm Sc Sk So Zs Zl Zp Cc Cf Cs Co Cn"
).split()
LINE_BREAK_CONTROL = len(CLASSES)
SPACE_CONTROL = LINE_BREAK_CONTROL + 1

# Bits of a row of normalization facts; the combining class stands above them.
#   changes in F    the code point can be altered by form F, alone or by what stands before it
#   starts in F     text may be cut before it: it neither moves back nor joins what is before it
FACTS = {
    ("NFC", "changes"): 1 << 0,
    ("NFD", "changes"): 1 << 1,
    ("NFKC", "changes"): 1 << 2,
    ("NFKD", "changes"): 1 << 3,
    ("NFC", "starts"): 1 << 4,
    ("NFD", "starts"): 1 << 5,
    ("NFKC", "starts"): 1 << 6,
    ("NFKD", "starts"): 1 << 7,
}
INERT = sum(bit for (_, fact), bit in FACTS.items() if fact == "starts")

# Names of the regex package that are not properties of the standard.
NOT_STANDARD = set(
    "ALPHANUMERIC ALNUM ANY BLANK GRAPH HORIZSPACE H POSIXALNUM POSIXDIGIT POSIXPUNCT"
    " POSIXXDIGIT PRINT VERTSPACE V WORD XDIGIT".split()
)
# Long names of the general categories beside the short ones, and the groups of them.
CATEGORY_NAMES = {
    "Lu": "uppercaseletter", "Ll": "lowercaseletter", "Lt": "titlecaseletter",
    "Lm": "modifierletter", "Lo": "otherletter", "Mn": "nonspacingmark", "Mc": "spacingmark",
    "Me": "enclosingmark", "Nd": "decimalnumber digit", "Nl": "letternumber", "No": "othernumber",
    "Pc": "connectorpunctuation", "Pd": "dashpunctuation", "Ps": "openpunctuation",
    "Pe": "closepunctuation", "Pi": "initialpunctuation", "Pf": "finalpunctuation",
    "Po": "otherpunctuation", "Sm": "mathsymbol", "Sc": "currencysymbol", "Sk": "modifiersymbol",
    "So": "othersymbol", "Zs": "spaceseparator", "Zl": "lineseparator", "Zp": "paragraphseparator",
    "Cc": "control cntrl", "Cf": "format", "Cs": "surrogate", "Co": "privateuse", "Cn": "unassigned",
    "LC": "casedletter", "L": "letter", "M": "mark combiningmark", "N": "number",
    "P": "punctuation punct", "S": "symbol", "Z": "separator", "C": "other",
}


def members(name, value="YES"):
    """The code points that have this value of a property of the regex package."""
    pattern = regex.compile(rf"\p{{{name}={value}}}+")
    return [ord(c) for match in pattern.finditer(TEXT) for c in match.group()]


def ranges(scalars):
    result = []
    for scalar in scalars:
        if result and result[-1][1] == scalar - 1:
            result[-1][1] = scalar
        else:
            result.append([scalar, scalar])
    return result


def scalar_classes():
    result = [CLASSES.index(unicodedata2.category(chr(c))) for c in ALL]
    for scalar in (0x0A, 0x0D):
        result[scalar] = LINE_BREAK_CONTROL
    for scalar in (0x09, 0x0B, 0x0C, 0x85):
        result[scalar] = SPACE_CONTROL
    return result


def unknown_to_normalizer():
    result = set()
    for line in UNKNOWN.read_text().splitlines():
        if line and not line.startswith("#"):
            first, _, last = line.partition("..")
            result |= set(range(int(first, 16), int(last or first, 16) + 1))
    return result


def normalization_facts():
    """For each code point its facts, with the combining class from bit 8 on."""
    unknown = unknown_to_normalizer()
    seconds = set(range(0x1161, 0x1176)) | set(range(0x11A8, 0x11C3))
    for scalar in ALL:
        parts = unicodedata2.decomposition(chr(scalar)).split()
        if len(parts) == 2 and not parts[0].startswith("<") and scalar not in unknown:
            if unicodedata2.normalize("NFC", chr(scalar)) == chr(scalar):
                seconds.add(int(parts[1], 16))
    result = []
    for scalar in ALL:
        if scalar in unknown or scalar in SURROGATES:
            result.append(INERT)
            continue
        text = chr(scalar)
        row = unicodedata2.combining(text) << 8
        for form in ("NFC", "NFD", "NFKC", "NFKD"):
            first = unicodedata2.normalize("NFKD" if "K" in form else "NFD", text)[0]
            joins = form.endswith("C") and (scalar in seconds or ord(first) in seconds)
            if joins or unicodedata2.normalize(form, text) != text:
                row |= FACTS[form, "changes"]
            if not joins and unicodedata2.combining(first) == 0:
                row |= FACTS[form, "starts"]
        result.append(row)
    return result


def two_stages(values):
    """Equal blocks stored once: the number of the block for every block of code points."""
    index, blocks, known = [], [], {}
    for start in range(0, len(values), BLOCK):
        block = tuple(values[start:start + BLOCK])
        if block not in known:
            known[block] = len(known)
            blocks.extend(block)
        index.append(known[block])
    return index, blocks


def property_sets():
    """Pairs of a name and the code points it stands for; names in order of their bytes.

    Names are in lowercase without spaces, hyphens and underscores. Names of scripts begin with
    `sc=`, of script extensions with `scx=`, of general categories with `gc=`, of blocks with `in`.
    """
    sets = {}
    categories = [unicodedata2.category(chr(c)) for c in ALL]
    for short, longs in CATEGORY_NAMES.items():
        wanted = ("Lu", "Ll", "Lt") if short == "LC" else (short,)
        found = [c for c in ALL if c not in SURROGATES and categories[c].startswith(wanted)]
        for name in [short.lower(), *longs.split()]:
            sets["gc=" + name] = found
    for name, found in (
        ("any", [c for c in ALL if c not in SURROGATES]),
        ("assigned", [c for c in ALL if c not in SURROGATES and categories[c] != "Cn"]),
        ("ascii", list(range(128))),
    ):
        sets["gc=" + name] = found
    for name, (number, values) in _regex.get_properties().items():
        names = {}
        for value, key in values.items():
            names.setdefault(key, []).append(value.lower())
        if name in ("SCRIPT", "SCRIPTEXTENSIONS", "BLOCK"):
            prefix = {"SCRIPT": "sc=", "SCRIPTEXTENSIONS": "scx=", "BLOCK": "in"}[name]
            for key, aliases in names.items():
                found = members(name, aliases[0].upper())
                for alias in aliases:
                    sets[prefix + alias] = found
        elif set(values) == set("NO N F FALSE YES Y T TRUE".split()) and name not in NOT_STANDARD:
            sets[name.lower()] = members(name)
    return sorted(sets.items(), key=lambda pair: pair[0].encode())


def case_groups():
    """Groups of two to four code points with the same simple case folding.

    The package also answers for Turkish (i with U+0130, I with U+0131), which simple case folding
    without the entries of status T does not.
    """
    groups = {}
    for scalar in ALL:
        if scalar in SURROGATES or scalar in (0x130, 0x131):
            continue
        group = tuple(sorted(set(_regex.get_all_cases(regex.U, scalar)) - {0x130, 0x131}))
        if len(group) > 1:
            groups.setdefault(group, []).append(scalar)
    for group, found in groups.items():
        assert list(group) == found and len(group) <= 4, (group, found)
    return sorted(groups)


def array(kind, name, values, form=str):
    lines = [f"static const {kind} {name}[{len(values)}] = {{"]
    line = "  "
    for value in values:
        item = form(value) + ","
        if len(line) + len(item) > 98:
            lines.append(line.rstrip())
            line = "  "
        line += item + " "
    if line.strip():
        lines.append(line.rstrip())
    lines.append("};")
    return lines


def generate():
    lines = [
        "// Generated by Sources/Tools/unicode-tables/generate.py; do not edit.",
        f"// Unicode {unicodedata2.unidata_version}.",
        '#include "unicode_tables.h"',
        "",
    ]

    index, blocks = two_stages(scalar_classes())
    lines += ["// The class of each code point, raw values of ScalarClass."]
    lines += array("uint16_t", "class_index", index) + array("uint8_t", "class_blocks", blocks)

    facts = normalization_facts()
    rows = sorted(set(facts), key=lambda row: (row != INERT, row))
    numbers = {row: number for number, row in enumerate(rows)}
    index, blocks = two_stages([numbers[row] for row in facts])
    lines += ["", "// What normalization must know: bits of FACTS in generate.py, combining class << 8."]
    lines += array("uint16_t", "normalization_index", index)
    lines += array("uint8_t", "normalization_blocks", blocks)
    lines += array("uint16_t", "normalization_rows", rows, "0x{:04X}".format)

    flat, offsets, known, names, numbers = [], [0], {}, [], []
    for name, found in property_sets():
        key = tuple(map(tuple, ranges(found)))
        if key not in known:
            known[key] = len(known)
            for first, last in key:
                flat += [first, last]
            offsets.append(len(flat) // 2)
        names.append(name)
        numbers.append(known[key])
    lines += ["", "// First and last code point of each range, sets one after the other."]
    lines += array("uint32_t", "ranges", flat, "0x{:X}".format)
    lines += ["", "// Where in the ranges each set begins, and the end of the last one."]
    lines += array("uint32_t", "set_starts", offsets)
    lines += ["", "// Names in the order of their bytes, and the set of each."]
    lines += array("char *const", "names", names, '"{}"'.format)
    lines += array("uint16_t", "name_sets", numbers)

    groups = case_groups()
    keys = sorted((scalar, number) for number, group in enumerate(groups) for scalar in group)
    lines += ["", "// Code points with equals under simple case folding, in order, and their group."]
    lines += array("uint32_t", "case_scalars", [scalar for scalar, _ in keys], "0x{:X}".format)
    lines += array("uint16_t", "case_scalar_groups", [number for _, number in keys])
    lines += ["", "// Four code points a group, the unused ones 0."]
    padded = [scalar for group in groups for scalar in (*group, 0, 0)[:4]]
    lines += array("uint32_t", "case_groups", padded, "0x{:X}".format)

    lines += [
        "",
        "const uint16_t *unicode_class_index(void) { return class_index; }",
        "const uint8_t *unicode_class_blocks(void) { return class_blocks; }",
        "const uint16_t *unicode_normalization_index(void) { return normalization_index; }",
        "const uint8_t *unicode_normalization_blocks(void) { return normalization_blocks; }",
        "const uint16_t *unicode_normalization_rows(void) { return normalization_rows; }",
        "const uint32_t *unicode_ranges(void) { return ranges; }",
        "const uint32_t *unicode_set_starts(void) { return set_starts; }",
        "size_t unicode_name_count(void) { return sizeof names / sizeof names[0]; }",
        "const char *unicode_name(size_t index) { return names[index]; }",
        "const uint16_t *unicode_name_sets(void) { return name_sets; }",
        "size_t unicode_case_count(void) { return sizeof case_scalars / sizeof case_scalars[0]; }",
        "const uint32_t *unicode_case_scalars(void) { return case_scalars; }",
        "const uint16_t *unicode_case_scalar_groups(void) { return case_scalar_groups; }",
        "const uint32_t *unicode_case_groups(void) { return case_groups; }",
        "",
    ]
    return "\n".join(lines)


def main(arguments):
    if arguments not in ([], ["--print"], ["--check"]):
        sys.exit(__doc__)
    assert unicodedata2.unidata_version == "16.0.0"
    assert 0x10D4A in members("SCRIPT", "GARAY"), "a regex package older than Unicode 16"
    text = generate()
    if arguments == ["--print"]:
        sys.stdout.write(text)
    elif arguments == ["--check"]:
        if TABLES.read_text() != text:
            sys.exit(f"{TABLES.name} is not what generate.py writes")
    else:
        TABLES.write_text(text)


if __name__ == "__main__":
    main(sys.argv[1:])
