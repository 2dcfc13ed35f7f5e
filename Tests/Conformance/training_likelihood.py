"""Compares `tok train wordpiece --score likelihood` with the rule, carried out plainly.

    python training_likelihood.py TOK FILE... [--sizes 500,2000] [--bytes 100000]

The plain trainer counts all symbols and all pairs anew for each merge, and compares scores as fractions.
Of each file the first bytes are taken, up to the end of a line; one that ends with .nul holds texts with
zeros between them, one that ends with .jsonl rows of {"text": ...}. Words are cut and normalised by tokenizers' BertPreTokenizer and BertNormalizer. Prints a
line for each comparison of the two vocabularies, and ends with 1 if any differs.

`--rows FILE` writes small cases instead, with what the plain trainer makes of them, for `swift test`.
"""

import argparse
import collections
import fractions
import json
import random
import subprocess
import sys
import tempfile

SPECIAL = ["[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]"]


def train(words, size, minimum=0, longest=None, special=SPECIAL):
    """The vocabulary, in the order of ids, of words with their counts."""
    tokens = {text: index for index, text in enumerate(special)}

    def insert(text):
        return tokens.setdefault(text, len(tokens))

    for character in sorted({character for word in words for character in word}):
        insert(character)
    for text in sorted({"##" + character for word in words for character in word[1:]}, key=str.encode):
        insert(text)
    split = {
        word: [word[0]] + ["##" + character for character in word[1:]] for word in words if word
    }
    while len(tokens) < size:
        symbols, pairs = collections.Counter(), collections.Counter()
        for word, parts in split.items():
            for part in parts:
                symbols[part] += words[word]
            for pair in zip(parts, parts[1:]):
                pairs[pair] += words[word]
        best = None
        for (left, right), count in pairs.items():
            text = left + right.removeprefix("##")
            length = len(text.removeprefix("##"))
            if count < max(minimum, 1) or longest and length > longest:
                continue
            score = fractions.Fraction(count, symbols[left] * symbols[right])
            key = (-score, tokens[left], tokens[right])
            if best is None or key < best[0]:
                best = (key, left, right, text)
        if best is None:
            break
        _, left, right, text = best
        insert(text)
        for parts in split.values():
            index = 0
            while index + 1 < len(parts):
                if parts[index] == left and parts[index + 1] == right:
                    parts[index : index + 2] = [text]
                index += 1
    return list(tokens)


def trained_by_us(tok, path, arguments):
    with tempfile.TemporaryDirectory() as folder:
        out = f"{folder}/tokenizer.json"
        command = [tok, "train", "wordpiece", "--score", "likelihood", *arguments]
        subprocess.run(
            command + ["--progress", "none", "-o", out, path], check=True, stderr=subprocess.PIPE)
        with open(out) as file:
            vocabulary = json.load(file)["model"]["vocab"]
    return sorted(vocabulary, key=vocabulary.get)


def counted(text):
    """The words of a text with their counts, cut as for BERT."""
    from tokenizers import normalizers, pre_tokenizers

    normalize, cut = normalizers.BertNormalizer(), pre_tokenizers.BertPreTokenizer()
    words = collections.Counter()
    for line in text.splitlines(keepends=True):
        for word, _ in cut.pre_tokenize_str(normalize.normalize_str(line)):
            words[word] += 1
    return words


def sample(path, limit):
    with open(path, "rb") as file:
        data = file.read(limit)
    text = data[: data.rfind(b"\n") + 1].decode(errors="ignore")
    return text.replace("\0", "\n") if path.endswith(".nul") else text


def write_rows(path):
    generator = random.Random(5)
    with open(path, "w") as file:
        for case in range(60):
            letters = "abcd"[: generator.randint(1, 4)] if case % 4 else "abcdefghij"
            words = collections.Counter()
            for _ in range(generator.randint(1, 30)):
                word = "".join(generator.choices(letters, k=generator.randint(1, 9)))
                words[word] += generator.choice([1, 2, 3, 9, 1 << 33, 1 << 50])
            size = generator.randint(5, 80)
            minimum = generator.choice([0, 0, 2, 5])
            longest = generator.choice([None, None, 1, 3, 5])
            row = {
                "words": dict(sorted(words.items())), "size": size, "minimum": minimum,
                "longest": longest, "tokens": train(words, size, minimum, longest, ["[UNK]"]),
            }
            file.write(json.dumps(row) + "\n")


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("tok")
    parser.add_argument("files", nargs="*")
    parser.add_argument("--sizes", default="500,2000")
    parser.add_argument("--bytes", type=int, default=100_000)
    parser.add_argument("--rows")
    arguments = parser.parse_args()
    if arguments.rows:
        return write_rows(arguments.rows)
    different = 0
    for path in arguments.files:
        text = sample(path, arguments.bytes)
        words = counted(text)
        with tempfile.NamedTemporaryFile("w", encoding="utf-8", newline="") as file:
            file.write(text)
            file.flush()
            cases = [(int(size), 0, None) for size in arguments.sizes.split(",")]
            cases += [(cases[0][0], 5, None), (cases[0][0], 3, 6), (cases[-1][0], 10, None)]
            for size, minimum, longest in cases:
                options = ["-n", str(size), "--min-frequency", str(minimum)]
                if longest:
                    options += ["--max-token-length", str(longest)]
                ours = trained_by_us(arguments.tok, file.name, options)
                theirs = train(words, size, minimum, longest)
                same = ours == theirs
                different += not same
                at = next((i for i, (a, b) in enumerate(zip(ours, theirs)) if a != b), None)
                print(
                    "same" if same else f"DIFFERENT at {at}", path, len(text.encode()), "bytes",
                    len(words), "words", *options, len(theirs), "tokens", flush=True)
    sys.exit(different > 0)


if __name__ == "__main__":
    main()
