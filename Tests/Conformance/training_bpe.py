"""Compares `tok train bpe` with huggingface's tokenizers 0.23.3 (and gigabpe 0.1.0 where it is installed).

    python training_bpe.py TOK FILE... [--sizes 8000,32000,64000]

The vocabulary with its ids and the merges must be the same. Prints a line for each comparison, and ends
with 1 if any differs.
"""

import argparse
import json
import pathlib
import subprocess
import sys
import tempfile

from tokenizers import Tokenizer, models, pre_tokenizers, trainers

# Options of ours, and what the original calls them.
CASES = [
    ([], {}),
    (["--special", "<s>", "--special", "the"], {"special_tokens": ["<s>", "the"]}),
    (["--min-frequency", "5"], {"min_frequency": 5}),
    (["--max-token-length", "5"], {"max_token_length": 5}),
    (["--limit-alphabet", "60"], {"limit_alphabet": 60}),
]


def model(path):
    content = json.loads(pathlib.Path(path).read_text())["model"]
    merges = [m if isinstance(m, list) else m.split(" ", 1) for m in content["merges"]]
    return content["vocab"], merges


def original(file, unit, size, options, out):
    tokenizer = Tokenizer(models.BPE())
    tokenizer.pre_tokenizer = pre_tokenizers.ByteLevel(add_prefix_space=False)
    trainer = trainers.BpeTrainer(vocab_size=size, show_progress=False, **options)
    if unit == "line":
        tokenizer.train([file], trainer)
    else:
        with open(file, encoding="utf-8", newline="") as text:
            tokenizer.train_from_iterator([text.read()], trainer)
    tokenizer.save(out)


def gigabpe_original(file, size, out):
    try:
        import gigabpe
    except ImportError:
        return False
    gigabpe.train_tokenizer([file], size, out, special_tokens=[], pretokenizer="bytelevel")
    return True


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("tok")
    parser.add_argument("files", nargs="+")
    parser.add_argument("--sizes", default="8000,32000,64000")
    arguments = parser.parse_args()
    sizes = [int(size) for size in arguments.sizes.split(",")]
    differences = 0
    with tempfile.TemporaryDirectory() as folder:
        ours, theirs = f"{folder}/ours.json", f"{folder}/theirs.json"
        for file in arguments.files:
            cases = [(size, unit, [], {}) for size in sizes for unit in ("line", "document")]
            cases += [(sizes[0], "line", flags, options) for flags, options in CASES[1:]]
            for size, unit, flags, options in cases:
                subprocess.run(
                    [arguments.tok, "train", "bpe", "-n", str(size), "--compatibility",
                     "huggingface", "--pattern", "gpt2", "--unit", unit, *flags, "-o", ours, file],
                    check=True)
                original(file, unit, size, options, theirs)
                results = {"tokenizers": model(ours) == model(theirs)}
                if unit == "line" and not flags and gigabpe_original(file, size, theirs):
                    results["gigabpe"] = model(ours) == model(theirs)
                for name, same in results.items():
                    differences += not same
                    print("same" if same else "DIFFERENT", name, file, size, unit, *flags)
    print(differences, "differences")
    return 1 if differences else 0


sys.exit(main())
