"""Writes training_sentencepiece.jsonl beside this script: what sentencepiece trains, for `make test`. Or
compares what `tok` trains of a file of lines.

Usage: python3 training_sentencepiece.py
       python3 training_sentencepiece.py --tok TOK [--size N ...] [--options JSON ...] TEXT ...

Needs the Python package sentencepiece==0.2.3. All of the files, sizes and sets of options, which are
named as in the original, are compared; what is printed for each is how many tokens there are on
both sides and how many have another text or score at the same id. The first line says where the rows come from, the second
is an array of the lines that are trained on. Each other line is an object:
    options     those that are not the defaults, by the original's names
    tokens      text and score of each token, by id
The lines are those of LICENSE and, so many that the text stays small, of `vocabularies/gpt2/golden.jsonl`.
"""

import argparse
import io
import json
import pathlib
import subprocess
import tempfile

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
    {"vocab_size": 1400, "byte_fallback": True, "auto_character_coverage": True},
    {"vocab_size": 700, "byte_fallback": True, "auto_character_coverage": True},
    {"vocab_size": 850, "required_chars": "\u20ac\u00a7x", "user_defined_symbols": ["of\u2581the"]},
    {"vocab_size": 800, "pretokenization_delimiter": "er"},
    {"vocab_size": 800, "pretokenization_delimiter": "e\u2581t", "user_defined_symbols": ["\u2581t"]},
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


def tokens_of(processor):
    ids = range(processor.get_piece_size())
    return [(processor.id_to_piece(id), processor.get_score(id)) for id in ids]


def command(options):
    """The options as those of `tok train bpe --compatibility sentencepiece`."""
    names = {
        "character_coverage": "coverage", "max_sentencepiece_length": "max-token-length",
        "normalization_rule_name": "normalization-rule", "required_chars": "initial-alphabet",
        "control_symbols": "special", "user_defined_symbols": "require",
        "hard_vocab_limit": "hard-vocabulary-limit",
    }
    arguments = ["--hard-vocabulary-limit"] if options.get("hard_vocab_limit", True) else []
    for name, value in options.items():
        option = names.get(name, name.replace("_", "-"))
        if name == "hard_vocab_limit":
            continue
        if value is True:
            arguments.append("--" + option)
        elif value is False:
            arguments.append("--no-" + option)
        else:
            for one in value if isinstance(value, list) else [value]:
                arguments += ["--" + option, str(one)]
    return arguments


def compare(tok, path, size, options):
    with tempfile.TemporaryDirectory() as folder:
        sentencepiece.SentencePieceTrainer.train(
            input=path, model_prefix=f"{folder}/theirs", model_type="bpe", vocab_size=size,
            minloglevel=2, **options)
        subprocess.run(
            [tok, "train", "bpe", "--compatibility", "sentencepiece", "-n", str(size)]
            + command(options) + ["--progress", "none", "-o", f"{folder}/ours.model", path],
            check=True, stderr=subprocess.PIPE)
        ours, theirs = (
            tokens_of(sentencepiece.SentencePieceProcessor(model_file=f"{folder}/{name}.model"))
            for name in ("ours", "theirs"))
    differing = [id for id, pair in enumerate(zip(ours, theirs)) if pair[0] != pair[1]]
    first = f", first {differing[0]}: {ours[differing[0]]} {theirs[differing[0]]}" if differing else ""
    print(
        f"{pathlib.Path(path).name} {size} {json.dumps(options)}: {len(ours)} and {len(theirs)} "
        f"tokens, {len(differing)} differ{first}", flush=True)
    return not differing and len(ours) == len(theirs)


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--tok")
    parser.add_argument("--size", nargs="+", type=int, default=[8000])
    parser.add_argument("--options", nargs="+", type=json.loads, default=[{}])
    parser.add_argument("texts", nargs="*")
    arguments = parser.parse_args()
    if arguments.tok:
        results = [
            compare(arguments.tok, text, size, options)
            for text in arguments.texts for size in arguments.size
            for options in arguments.options]
        raise SystemExit(0 if all(results) else 1)
    text = lines()
    source = f"sentencepiece {sentencepiece.__version__}, training_sentencepiece.py"
    rows = [{"source": source}, text]
    rows += [{"options": options, "tokens": train(text, options)} for options in CASES]
    written = [json.dumps(row, separators=(",", ":")) + "\n" for row in rows]
    (FOLDER / "training_sentencepiece.jsonl").write_text("".join(written), encoding="ascii")


if __name__ == "__main__":
    main()
