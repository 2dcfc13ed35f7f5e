"""Compares what `tok train unigram` makes with what sentencepiece 0.2.3 makes of the same text.

    python training_unigram.py TOK --train FILE --held-out FILE [--sizes 8000,32000]
        [--characters 4000000] [--only NAME ...]

The tokens are not the same, so that both models are read by sentencepiece and held against a text that
neither was trained on: how many tokens a word takes and how likely the text is, with one score for all
that is unknown or a byte. Options are gone through with the first size alone.
Ends with 1 where ours takes a hundredth more tokens or finds the text a hundredth less likely. With
`character_coverage` 1 there must be no unknown character that the original does not have.
"""

import argparse
import pathlib
import subprocess
import sys
import tempfile
import time

import sentencepiece

# Name, arguments of ours, and what the original calls them.
CASES = [
    ("byte_fallback", ["--byte-fallback"], {"byte_fallback": True}),
    ("symbols", ["--require", "<sep>", "--require", "the", "--special", "<cls>"],
     {"user_defined_symbols": ["<sep>", "the"], "control_symbols": ["<cls>"]}),
    ("split_digits", ["--split-digits"], {"split_digits": True}),
    ("coverage 0.99", ["--coverage", "0.99"], {"character_coverage": 0.99}),
    ("coverage 1", ["--coverage", "1", "--max-token-length", "8"],
     {"character_coverage": 1.0, "max_sentencepiece_length": 8}),
    ("identity", ["--normalization-rule", "identity"], {"normalization_rule_name": "identity"}),
    ("nfkc_cf", ["--normalization-rule", "nfkc_cf"], {"normalization_rule_name": "nfkc_cf"}),
    ("required_chars", ["--initial-alphabet", "ÞßⱿ"], {"required_chars": "ÞßⱿ"}),
    ("length 4", ["--max-token-length", "4"], {"max_sentencepiece_length": 4}),
    ("length 30", ["--max-token-length", "30"], {"max_sentencepiece_length": 30}),
    ("shrinking 0.5", ["--shrinking-factor", "0.5"], {"shrinking_factor": 0.5}),
    ("shrinking 0.95", ["--shrinking-factor", "0.95"], {"shrinking_factor": 0.95}),
    ("sub_iterations 1", ["--sub-iterations", "1"], {"num_sub_iterations": 1}),
    ("sub_iterations 5", ["--sub-iterations", "5"], {"num_sub_iterations": 5}),
    ("seeds 20000", ["--seeds", "20000"], {"seed_sentencepiece_size": 20000}),
    ("seeds 1000000", ["--seeds", "1000000"], {"seed_sentencepiece_size": 1000000}),
    ("suffix", ["--treat-whitespace-as-suffix"], {"treat_whitespace_as_suffix": True}),
    ("scripts", ["--no-split-by-unicode-script", "--no-split-by-number"],
     {"split_by_unicode_script": False, "split_by_number": False}),
    ("spaces", ["--allow-whitespace-only-pieces", "--no-remove-extra-whitespaces"],
     {"allow_whitespace_only_pieces": True, "remove_extra_whitespaces": False}),
    ("no prefix", ["--no-add-dummy-prefix"], {"add_dummy_prefix": False}),
    ("across spaces", ["--no-split-by-whitespace"], {"split_by_whitespace": False}),
]

# The score of what has no token, in both models.
UNKNOWN = -30.0


class Scores:
    """What a model makes of a text."""

    def __init__(self, path, lines):
        model = sentencepiece.SentencePieceProcessor(model_file=path)
        ids = range(model.get_piece_size())
        self.tokens = {model.id_to_piece(id) for id in ids}
        ordinary = {
            id: model.get_score(id) for id in ids
            if not (model.is_unknown(id) or model.is_byte(id) or model.is_control(id))
        }
        self.count, self.likelihood, self.unknown = 0, 0.0, 0
        for encoded in model.encode(lines, num_threads=1):
            self.count += len(encoded)
            for id in encoded:
                score = ordinary.get(id)
                self.unknown += score is None
                self.likelihood += UNKNOWN if score is None else score


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("tok")
    parser.add_argument("--train", required=True)
    parser.add_argument("--held-out", required=True)
    parser.add_argument("--sizes", default="8000,32000")
    parser.add_argument("--characters", type=int, default=4_000_000)
    parser.add_argument("--only", nargs="+")
    arguments = parser.parse_args()

    lines, size = [], 0
    text = pathlib.Path(arguments.held_out).read_text(encoding="utf-8", errors="replace")
    for line in text.split("\n"):
        if size >= arguments.characters:
            break
        lines.append(line)
        size += len(line)
    words = sum(len(line.split()) for line in lines)

    sizes = [int(size) for size in arguments.sizes.split(",")]
    cases = [(str(size), size, [], {}) for size in sizes]
    cases += [(name, sizes[0], flags, options) for name, flags, options in CASES]
    failures = 0
    print("| options | tokens a word | of the original | log-likelihood, millions | of the original "
          "| shared | seconds | of the original |")
    print("|---|--:|--:|--:|--:|--:|--:|--:|")
    with tempfile.TemporaryDirectory() as folder:
        for name, size, flags, options in cases:
            if arguments.only and name not in arguments.only:
                continue
            own, other = f"{folder}/ours.model", f"{folder}/theirs"
            start = time.monotonic()
            subprocess.run(
                [arguments.tok, "train", "unigram", "-n", str(size), "--progress", "none", *flags,
                 "-j", "1", "-o", own, arguments.train], check=True, stderr=subprocess.DEVNULL)
            middle = time.monotonic()
            sentencepiece.SentencePieceTrainer.train(
                input=arguments.train, model_prefix=other, vocab_size=size, model_type="unigram",
                num_threads=1, hard_vocab_limit=False, minloglevel=2, **options)
            end = time.monotonic()
            ours, theirs = Scores(own, lines), Scores(f"{other}.model", lines)
            isWorse = (
                ours.count > theirs.count * 1.01 or ours.likelihood < theirs.likelihood * 1.01
                or options.get("character_coverage") == 1 and ours.unknown > theirs.unknown)
            failures += isWorse
            shared = len(ours.tokens & theirs.tokens)
            print(
                f"| {name} | {ours.count / words:.3f} | {theirs.count / words:.3f} "
                f"| {ours.likelihood / 1e6:.3f} | {theirs.likelihood / 1e6:.3f} "
                f"| {shared} of {len(ours.tokens)} and {len(theirs.tokens)} "
                f"| {middle - start:.1f} | {end - middle:.1f} |{' WORSE' if isWorse else ''}",
                flush=True)
    print(f"{size} characters, {words} words; {failures} worse", file=sys.stderr)
    sys.exit(1 if failures else 0)


if __name__ == "__main__":
    main()
