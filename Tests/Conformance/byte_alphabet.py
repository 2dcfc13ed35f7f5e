"""The byte alphabet of GPT-2, and rows for tests: what the scripts that train share."""

import json
import pathlib


def byte_alphabet():
    """The printable character that stands for each byte."""
    shown = [*range(33, 127), *range(161, 173), *range(174, 256)]
    others = [byte for byte in range(256) if byte not in shown]
    letters = {byte: chr(byte) for byte in shown}
    return letters | {byte: chr(256 + place) for place, byte in enumerate(others)}


LETTERS = byte_alphabet()
BYTES = {letter: byte for byte, letter in LETTERS.items()}


def spelled(text):
    """A text in the byte alphabet."""
    return "".join(LETTERS[byte] for byte in text.encode())


def unspelled(letters):
    """The text that was spelled in the byte alphabet."""
    return bytes(BYTES[letter] for letter in letters).decode()


def write_rows(path, rows):
    """Writes rows of JSON, if there is a path."""
    if path:
        lines = [json.dumps(row, ensure_ascii=False, separators=(",", ":")) for row in rows]
        pathlib.Path(path).write_text("\n".join(lines) + "\n")
