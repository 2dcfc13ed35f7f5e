"""Trains byte pairs over characters, and WordPiece, and has tokenizers 0.23.3 read and use the files.

    python training_characters.py TOK FILE...

Each line of a FILE (texts between zeros where it ends with .nul) is encoded by both; the ids must be the same. Prints a line for each training, and
ends with 1 if any differs.
"""

import subprocess
import sys
import tempfile

from tokenizers import Tokenizer

CASES = [
    ["bpe", "--characters"],
    ["bpe", "--characters", "--prefix", "##", "--pattern", "bert", "--unknown", "[UNK]"],
    ["bpe", "--characters", "--prefix", "##", "--pattern", "bert", "--unknown", "[UNK]",
     "--coverage", "0.99", "--max-token-length", "5"],
    ["bpe", "--characters", "--prefix", "@@", "--pattern", "whitespace", "--require", "@@ing",
     "--require", "th"],
    ["bpe", "--characters", "--suffix", "</w>", "--pattern", "whitespace", "--unknown", "<unk>",
     "--limit-alphabet", "60"],
    ["bpe", "--characters", "--prefix", "##", "--suffix", "</w>", "--pattern", "whitespace"],
    ["bpe", "--characters", "--compatibility", "huggingface", "--prefix", "##", "--pattern", "bert"],
    ["wordpiece"],
    ["wordpiece", "--score", "likelihood", "--min-frequency", "20"],
]


def texts(path):
    with open(path, "rb") as file:
        parts = file.read().split(b"\0" if path.endswith(".nul") else b"\n")
    return [part.decode() for part in parts if part and is_text(part)]


def is_text(part):
    try:
        part.decode()
    except UnicodeDecodeError:
        return False
    return b"\n" not in part and b"\r" not in part


def main():
    tok, *paths = sys.argv[1:]
    different = 0
    with tempfile.TemporaryDirectory() as folder:
        out = f"{folder}/tokenizer.json"
        for path in paths:
            lines = texts(path)
            with open(f"{folder}/text", "w", encoding="utf-8", newline="") as file:
                file.write("".join(line + "\n" for line in lines))
            for case in CASES:
                subprocess.run(
                    [tok, "train", *case, "-n", "3000", "--progress", "none", "-o", out,
                     f"{folder}/text"], check=True, stderr=subprocess.PIPE)
                original = Tokenizer.from_file(out)
                original.encode_special_tokens = True
                theirs = [encoding.ids for encoding in original.encode_batch(
                    lines, add_special_tokens=False)]
                printed = subprocess.run(
                    [tok, "encode", "--no-template", "--lines", "-v", out, f"{folder}/text"],
                    check=True, capture_output=True, text=True).stdout
                ours = [[int(id) for id in line.split()] for line in printed.split("\n")[:-1]]
                wrong = [place for place, pair in enumerate(zip(ours, theirs)) if pair[0] != pair[1]]
                if len(ours) != len(theirs):
                    wrong.append(min(len(ours), len(theirs)))
                different += len(wrong)
                where = f", the first is {lines[wrong[0]]!r}" if wrong else ""
                print(f"{path}: {' '.join(case)}: {len(lines)} texts, {len(wrong)} differ{where}")
    sys.exit(different > 0)


if __name__ == "__main__":
    main()
