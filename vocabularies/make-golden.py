#!/usr/bin/env python3
"""Writes vocabularies/NAME/golden.jsonl: texts and the ids that the original implementation gives.

    python3 -m venv V && V/bin/pip install tiktoken==0.14.0 tokenizers==0.23.3 sentencepiece==0.2.3
    V/bin/python vocabularies/make-golden.py [NAME ...]

The first line of each file says which implementation made it. The others are objects of a text
and its ids, and of the text that the ids are decoded to where it is another (special tokens are
kept in it); what is not ASCII is escaped, so that no reader is misled by a line separator within
a text. Spellings of special tokens are plain text. Nothing is downloaded: the originals read the
files that stand here. Two runs write the same bytes. SHA256SUMS gets the new digests.
"""

import importlib.metadata
import json
import os
import pathlib
import sys

from digests import record_digest
from golden_texts import all_texts

HERE = pathlib.Path(__file__).resolve().parent
VERSIONS = {"tiktoken": "0.14.0", "tokenizers": "0.23.3", "sentencepiece": "0.2.3"}


def tiktoken_encoder(name):
    """tiktoken with its own pattern and its own check of the file's digest, reading our file."""
    os.environ["TIKTOKEN_CACHE_DIR"] = ""  # reads the file itself, keeps no copy elsewhere
    import tiktoken
    import tiktoken_ext.openai_public as definitions

    load = tiktoken.load.load_tiktoken_bpe
    definitions.load_tiktoken_bpe = lambda address, expected_hash=None: load(
        str(HERE / name / address.rsplit("/", 1)[1]), expected_hash
    )
    encoding = tiktoken.Encoding(**getattr(definitions, name)())
    return encoding.encode_ordinary, encoding.decode


def word_list_encoder(name):
    """huggingface's tokenizers on vocab.json and merges.txt."""
    from tokenizers import ByteLevelBPETokenizer

    folder = HERE / name
    tokenizer = ByteLevelBPETokenizer(
        str(folder / "vocab.json"), str(folder / "merges.txt"), add_prefix_space=False
    )
    return functions_of(tokenizer._tokenizer)


def json_encoder(name):
    """huggingface's tokenizers on tokenizer.json."""
    from tokenizers import Tokenizer

    return functions_of(Tokenizer.from_file(str(HERE / name / "tokenizer.json")))


def clip_encoder(name):
    """huggingface's tokenizers, put together as in the tokenizer.json of CLIP's models."""
    from tokenizers import Regex, Tokenizer, decoders, models, normalizers, pre_tokenizers

    lines = (HERE / name / "bpe_simple_vocab_16e6.txt").read_text(encoding="utf-8").splitlines()
    merges = [tuple(line.split(" ")) for line in lines[1:]]
    letters = sorted(pre_tokenizers.ByteLevel.alphabet())
    tokens = letters + [letter + "</w>" for letter in letters]
    tokens += ["".join(merge) for merge in merges] + ["<|startoftext|>", "<|endoftext|>"]
    tokenizer = Tokenizer(
        models.BPE(
            vocab={token: index for index, token in enumerate(tokens)}, merges=merges,
            unk_token="<|endoftext|>", continuing_subword_prefix="", end_of_word_suffix="</w>",
        )
    )
    tokenizer.normalizer = normalizers.Sequence(
        [normalizers.NFC(), normalizers.Replace(Regex(r"\s+"), " "), normalizers.Lowercase()]
    )
    pattern = Regex(
        r"<\|startoftext\|>|<\|endoftext\|>|'s|'t|'re|'ve|'m|'ll|'d|[\p{L}]+|[\p{N}]"
        r"|[^\s\p{L}\p{N}]+"
    )
    tokenizer.pre_tokenizer = pre_tokenizers.Sequence(
        [
            pre_tokenizers.Split(pattern, "removed", invert=True),
            pre_tokenizers.ByteLevel(add_prefix_space=False),
        ]
    )
    tokenizer.decoder = decoders.ByteLevel()
    tokenizer.add_special_tokens(["<|startoftext|>", "<|endoftext|>"])
    return functions_of(tokenizer)


def functions_of(tokenizer):
    """Encoding without template, special tokens as plain text, nothing cut or padded; decoding."""
    tokenizer.no_truncation()
    tokenizer.no_padding()
    tokenizer.encode_special_tokens = True
    return (
        lambda text: tokenizer.encode(text, add_special_tokens=False).ids,
        lambda ids: tokenizer.decode(ids, skip_special_tokens=False),
    )


def sentencepiece_encoder(name):
    """sentencepiece on tokenizer.model."""
    import sentencepiece

    model = str(HERE / name / "tokenizer.model")
    processor = sentencepiece.SentencePieceProcessor(model_file=model)
    return processor.encode, processor.decode


ORIGINALS = {
    "gpt2": ("tokenizers", word_list_encoder),
    "r50k_base": ("tiktoken", tiktoken_encoder),
    "p50k_base": ("tiktoken", tiktoken_encoder),
    "cl100k_base": ("tiktoken", tiktoken_encoder),
    "o200k_base": ("tiktoken", tiktoken_encoder),
    "bert-base-uncased": ("tokenizers", json_encoder),
    "bert-base-cased": ("tokenizers", json_encoder),
    "xlnet-base-cased": ("sentencepiece", sentencepiece_encoder),
    "mistral-7b-v0.1": ("sentencepiece", sentencepiece_encoder),
    "clip": ("tokenizers", clip_encoder),
    "tok-bpe-32k": ("tokenizers", json_encoder),
    "tok-wordpiece-32k": ("tokenizers", json_encoder),
    "tok-unigram-32k": ("sentencepiece", sentencepiece_encoder),
}


def main():
    names = sys.argv[1:] or list(ORIGINALS)
    unknown = [name for name in names if name not in ORIGINALS]
    if unknown:
        sys.exit(f"unknown: {' '.join(unknown)}; known: {' '.join(ORIGINALS)}")
    texts = all_texts()
    for name in names:
        package, make = ORIGINALS[name]
        found = importlib.metadata.version(package)
        if found != VERSIONS[package]:
            sys.exit(f"{package} is {found}, expected {VERSIONS[package]}")
        encode, decode = make(name)
        path = HERE / name / "golden.jsonl"
        with open(path, "w", encoding="ascii", newline="\n") as file:
            head = {"original": f"{package} {found}", "vocabulary": name, "texts": len(texts)}
            file.write(json.dumps(head) + "\n")
            for text in texts:
                row = {"text": text, "ids": list(encode(text))}
                decoded = decode(row["ids"])
                if decoded != text:
                    row["decoded"] = decoded
                file.write(json.dumps(row) + "\n")
        record_digest(path)
        print(f"{path.relative_to(HERE.parent)}: {len(texts)} texts by {package} {found}")


if __name__ == "__main__":
    main()
