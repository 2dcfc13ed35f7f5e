"""Writes training_unigram.jsonl beside this script: how sentencepiece reads what `tok train unigram` makes.

    python training_unigram_rows.py TOK

Needs the Python package sentencepiece==0.2.3. The text is that of training_sentencepiece.jsonl. The first
line says where the rows come from. Each other line is an object:
    options     those of the training, by sentencepiece's names
    rows        texts, each with the ids that sentencepiece gives it with our model
"""

import json
import pathlib
import subprocess
import sys
import tempfile

import sentencepiece

FOLDER = pathlib.Path(__file__).resolve().parent
CASES = [
    ({"vocab_size": 800}, []),
    ({"vocab_size": 1000, "byte_fallback": True, "user_defined_symbols": ["<sep>", "the"],
      "control_symbols": ["<cls>"]},
     ["--byte-fallback", "--require", "<sep>", "--require", "the", "--special", "<cls>"]),
    ({"vocab_size": 700, "normalization_rule_name": "identity", "split_digits": True},
     ["--normalization-rule", "identity", "--split-digits"]),
]
HOSTILE = ["", " ", "a  b ", "the<sep>the <cls>", "\u0000x", "1234567 ½", "e\u0301\u0301", "👩‍👩‍👧", "𝔘𝔫𝔦"]


def main():
    lines = (FOLDER / "training_sentencepiece.jsonl").read_text(encoding="ascii").splitlines()
    text = json.loads(lines[1])
    texts = text[::12] + HOSTILE
    rows = [{"source": f"sentencepiece {sentencepiece.__version__}, training_unigram_rows.py"}]
    with tempfile.TemporaryDirectory() as folder:
        corpus, model = pathlib.Path(folder) / "text", f"{folder}/trained.model"
        corpus.write_text("".join(line + "\n" for line in text), encoding="utf-8")
        for options, flags in CASES:
            subprocess.run(
                [sys.argv[1], "train", "unigram", "-n", str(options["vocab_size"]), *flags, "-o",
                 model, corpus], check=True, stderr=subprocess.DEVNULL)
            processor = sentencepiece.SentencePieceProcessor(model_file=model)
            ids = [[text, processor.encode(text)] for text in texts]
            rows.append({"options": options, "rows": ids})
    written = [json.dumps(row, separators=(",", ":")) + "\n" for row in rows]
    (FOLDER / "training_unigram.jsonl").write_text("".join(written), encoding="ascii")


if __name__ == "__main__":
    main()
