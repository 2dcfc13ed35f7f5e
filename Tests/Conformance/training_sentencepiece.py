"""Writes training_sentencepiece.jsonl beside this script: what sentencepiece trains, for `make test`.

Usage: python3 training_sentencepiece.py

Needs the Python package sentencepiece==0.2.3. The first line says where the rows come from, the second
is an array of the lines that are trained on. Each other line is an object:
    options     those that are not the defaults, by the original's names
    tokens      text and score of each token, by id
The lines are those of LICENSE and, so many that the text stays small, of `vocabularies/gpt2/golden.jsonl`.
"""

import io
import json
import pathlib

import sentencepiece

FOLDER = pathlib.Path(__file__).resolve().parent
ROOT = FOLDER.parent.parent
BYTE_LIMIT = 30_000
CHARACTER_LIMIT = 400

SYMBOLS = {"user_defined_symbols": ["<sep>", "the", "\u2581of"], "control_symbols": ["<cls>", "<mask>"]}

CASES = [
    {"vocab_size": 800},
    {"vocab_size": 900, "normalization_rule_name": "identity", "remove_extra_whitespaces": False},
    {"vocab_size": 1000, "byte_fallback": True, "split_digits": True} | SYMBOLS,
    {"vocab_size": 900, "character_coverage": 1.0, "normalization_rule_name": "nfkc_cf"},
    {"vocab_size": 800, "split_by_unicode_script": False, "split_by_number": False}
    | {"treat_whitespace_as_suffix": True, "pad_id": 3},
    {"vocab_size": 1000, "split_by_whitespace": False, "max_sentencepiece_length": 6}
    | {"allow_whitespace_only_pieces": True, "remove_extra_whitespaces": False}
    | {"add_dummy_prefix": False},
]


def lines():
    texts = [(ROOT / "LICENSE").read_text(encoding="utf-8")]
    rows = (ROOT / "vocabularies" / "gpt2" / "golden.jsonl").read_text(encoding="utf-8").splitlines()
    texts += [json.loads(row)["text"] for row in rows[1:]]
    chosen, characters, size = [], set(), 0
    for text in texts:
        for line in text.replace("\r", "\n").split("\n"):
            byte_count = len(line.encode())
            fits = byte_count <= 2000 and size + byte_count <= BYTE_LIMIT
            if line and fits and len(characters | set(line)) <= CHARACTER_LIMIT:
                chosen.append(line)
                characters |= set(line)
                size += byte_count
    return chosen


def train(text, options):
    model = io.BytesIO()
    sentencepiece.SentencePieceTrainer.train(
        sentence_iterator=iter(text), model_writer=model, model_type="bpe", minloglevel=2, **options
    )
    processor = sentencepiece.SentencePieceProcessor(model_proto=model.getvalue())
    ids = range(processor.get_piece_size())
    return [[processor.id_to_piece(id), processor.get_score(id)] for id in ids]


def main():
    text = lines()
    source = f"sentencepiece {sentencepiece.__version__}, training_sentencepiece.py"
    rows = [{"source": source}, text]
    rows += [{"options": options, "tokens": train(text, options)} for options in CASES]
    written = [json.dumps(row, separators=(",", ":")) + "\n" for row in rows]
    (FOLDER / "training_sentencepiece.jsonl").write_text("".join(written), encoding="ascii")


if __name__ == "__main__":
    main()
