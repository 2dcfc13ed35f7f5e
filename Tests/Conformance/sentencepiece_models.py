#!/usr/bin/env python3
"""Compares `tok` with sentencepiece on models that it trains here, and on changed ones.

    python3 -m venv V && V/bin/pip install sentencepiece==0.2.3 protobuf
    V/bin/python Tests/Conformance/sentencepiece_models.py --tok .build/release/tok \\
        --text TEXT.txt --corpora FOLDER

Models of words, characters and byte pairs with symbols of the user; the same with tokens for bytes,
with unused tokens, without a space in front; and byte pairs of four letters in which every string may
be a token, unused or not. TEXT is what is trained on. Corpora are files whose documents end with NUL;
of each the first 400,000 bytes are taken. Prints a row for each model, and the first difference.
Exit status 1 if a document differs.
"""

import argparse
import io
import itertools
import pathlib
import random
import subprocess
import sys
import tempfile

import sentencepiece
from sentencepiece import sentencepiece_model_pb2 as proto

SYMBOLS = ["<sep>", "the", "ab", "▁of", "é", "<x y>", "日本"]
NORMAL, UNUSED, BYTE = 1, 5, 6


def train(text, **options):
    model = io.BytesIO()
    sentencepiece.SentencePieceTrainer.train(
        input=str(text), model_writer=model, minloglevel=2, hard_vocab_limit=False, **options
    )
    return model.getvalue()


def edited(source, *changes):
    model = proto.ModelProto()
    model.ParseFromString(source)
    for change in changes:
        change(model)
    return model.SerializeToString()


def unused(rate, generator):
    def change(model):
        for piece in model.pieces:
            if piece.type == NORMAL and generator.random() < rate:
                piece.type = UNUSED

    return change


def with_bytes(model):
    model.trainer_spec.byte_fallback = True
    for byte in range(256):
        model.pieces.add(piece=f"<0x{byte:02X}>", type=BYTE)


def without_space(model):
    model.normalizer_spec.add_dummy_prefix = False
    model.normalizer_spec.remove_extra_whitespaces = False


def of_four_letters(generator):
    def change(model):
        del model.pieces[:]
        model.pieces.add(piece="<unk>", type=2)
        for letter in "▁abc":
            model.pieces.add(piece=letter, score=-1, type=NORMAL)
        for length in (2, 3, 4):
            for letters in itertools.product("abc▁", repeat=length):
                if generator.random() < 0.6:
                    score = generator.choice([-2.0, -3.0, -4.0, -generator.random() * 9])
                    kind = UNUSED if generator.random() < 0.5 else NORMAL
                    model.pieces.add(piece="".join(letters), score=score, type=kind)

    return change


def models(text, generator):
    word = train(text, model_type="word", vocab_size=2000, user_defined_symbols=SYMBOLS)
    suffix = train(text, model_type="word", vocab_size=2000, treat_whitespace_as_suffix=True)
    char = train(text, model_type="char", vocab_size=80, user_defined_symbols=SYMBOLS)
    pairs = train(text, model_type="bpe", vocab_size=1500, user_defined_symbols=SYMBOLS)
    fallback = train(text, model_type="bpe", vocab_size=1500, byte_fallback=True)
    yield "word", word
    yield "word, spaces behind", suffix
    yield "char", char
    yield "bpe", pairs
    for name, model in (("word", word), ("char", char)):
        yield f"{name}, bytes", edited(model, with_bytes)
        yield f"{name}, unused", edited(model, unused(0.3, generator))
        yield f"{name}, bytes, unused", edited(model, with_bytes, unused(0.3, generator))
        yield f"{name}, no space", edited(model, without_space)
    for rate in (0.1, 0.5):
        yield f"bpe, {rate} unused", edited(pairs, unused(rate, generator))
    yield "bpe, bytes, unused", edited(fallback, unused(0.3, generator))
    yield "bpe, unused, no space", edited(pairs, unused(0.3, generator), without_space)
    for number in range(12):
        yield f"four letters {number}", edited(pairs, of_four_letters(generator))


def mixtures(parts, count, generator):
    return [
        "".join(generator.choice(parts) for _ in range(generator.randint(1, 40)))
        for _ in range(count)
    ]


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--tok", required=True)
    parser.add_argument("--text", required=True, type=pathlib.Path)
    parser.add_argument("--corpora", required=True, type=pathlib.Path)
    options = parser.parse_args()
    generator = random.Random(7)
    texts = []
    for corpus in sorted(options.corpora.glob("*.nul")):
        texts += corpus.read_bytes()[:400_000].decode("utf-8", "ignore").split("\0")
    more = [" ", "a", "b", "c", "▁", "q", "\n", "<s>", "</s>", "<unk>", "of", "ﬁ", "\u0301"]
    texts += mixtures(SYMBOLS + more, 1500, generator)
    letters = mixtures(list("abcabcabc ▁"), 3000, generator)
    compared = differing = 0
    with tempfile.TemporaryDirectory() as folder:
        path = pathlib.Path(folder) / "tokenizer.model"
        for name, model in models(options.text, generator):
            path.write_bytes(model)
            original = sentencepiece.SentencePieceProcessor(model_proto=model)
            documents = [text for text in (letters if "letters" in name else texts) if text]
            command = [options.tok, "encode", "-v", str(path), "--nul", "--no-template"]
            document_bytes = "".join(text + "\0" for text in documents).encode()
            run = subprocess.run(command, input=document_bytes, capture_output=True, check=True)
            lines = run.stdout.decode().split("\n")[:-1]
            assert len(lines) == len(documents)
            wrong = 0
            for text, line in zip(documents, lines):
                ids, expected = [int(id) for id in line.split()], original.encode(text)
                if ids != expected:
                    wrong += 1
                    if wrong == 1:
                        print(f"{name}: {text[:60]!r}: {ids[:20]}, not {expected[:20]}", file=sys.stderr)
            print(f"| {name} | {len(documents):,} | {wrong} |", flush=True)
            compared += len(documents)
            differing += wrong
    print(f"{compared:,} documents, {differing} differ")
    return 1 if differing or not compared else 0


if __name__ == "__main__":
    sys.exit(main())
