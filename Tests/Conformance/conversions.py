#!/usr/bin/env python3
"""Converts vocabularies with `tok convert` and asks the originals for the ids of what was written.

    python3 -m venv V
    V/bin/pip install tiktoken==0.14.0 tokenizers==0.23.3 sentencepiece==0.2.3 gguf==0.19.0
    V/bin/python Tests/Conformance/conversions.py --tok .build/release/tok \\
        --vocabularies FOLDER --corpora FOLDER [--only NAME ...] [--bytes N] [--lossy]

Vocabularies are the files directly in the folder: *.tiktoken, *.tokenizer.json, *.model, *.vocab.txt,
*.vocab.json with its *.merges.txt, tekken*.json, and CLIP's text. Corpora are files whose documents
end with NUL (*.nul), of which the first N bytes are taken.

Each vocabulary is converted to every format. What is written is read by tok and by its original:
tokenizers (tokenizer.json, vocab.txt, vocab.json), tiktoken with the pattern that tok names, and
sentencepiece; of a GGUF file the package gguf reads the keys, whose tokens and types are compared. Their
ids, without template, must be those that tok gives with the source file, of which Tests/Conformance/
compare.py shows that they are the original's. Each conversion is made twice and must give the same bytes.

Prints a table of formats, and the reasons of what was refused. With --lossy what is refused for a loss is
converted and compared all the same, which shows how much the losses are; those never fail. Exit status 1
when a document of a conversion without loss differs.
"""

import argparse
import collections
import json
import os
import pathlib
import subprocess
import sys
import tempfile

os.environ["TIKTOKEN_CACHE_DIR"] = ""
FORMATS = {
    "tokenizer.json": "tokenizer.json",
    "tiktoken": "NAME.tiktoken",
    "sentencepiece": "NAME.model",
    "vocab.txt": "vocab.txt",
    "vocab.json": "vocab.json",
    "gguf": "NAME.gguf",
    "compiled": "NAME.tok",
}


def source_format(path):
    name = path.name
    for ending, kind in [
        (".tokenizer.json", "tokenizer.json"), (".tiktoken", "tiktoken"), (".model", "sentencepiece"),
        (".vocab.txt", "vocab.txt"), (".vocab.json", "vocab.json"), (".gguf", "gguf"),
        (".tok", "compiled"),
    ]:
        if name.endswith(ending):
            return kind
    if name.startswith("tekken") and name.endswith(".json"):
        return "tekken.json"
    return "clip" if "bpe_simple_vocab" in name else None


class Tok:
    def __init__(self, program):
        self.program = program

    def convert(self, source, target, kind, lossy):
        flags = ["--lossy"] if lossy else []
        return subprocess.run(
            [self.program, "convert", str(source), str(target), "--to", kind, *flags],
            capture_output=True, text=True)

    def encode(self, vocabulary, corpus):
        result = subprocess.run(
            [self.program, "encode", "-v", str(vocabulary), "--nul", "--no-template", str(corpus)],
            capture_output=True)
        if result.returncode:
            raise RuntimeError(result.stderr.decode())
        return [[int(number) for number in line.split()] for line in result.stdout.splitlines()]

    def pattern(self, vocabulary):
        """The pattern by which a .tiktoken file's texts are cut, in Rust's dialect."""
        result = subprocess.run(
            [self.program, "inspect", "--json", "-v", str(vocabulary)], capture_output=True, check=True)
        steps = json.loads(result.stdout)["pipeline"]["pre_tokenizer"]["pretokenizers"]
        return steps[0]["pattern"]["Regex"]


def original_ids(kind, path, texts, tok):
    """The ids by the format's original; None where there is none."""
    if kind == "tokenizer.json":
        from tokenizers import Tokenizer

        tokenizer = Tokenizer.from_file(str(path))
    elif kind == "vocab.txt":
        from tokenizers import BertWordPieceTokenizer

        lines = path.read_text(encoding="utf-8").split("\n")
        lowercase = not any(
            c.isascii() and c.isupper() for line in lines
            if not (line.startswith("[") and line.endswith("]")) for c in line)
        tokenizer = BertWordPieceTokenizer(str(path), lowercase=lowercase)._tokenizer
    elif kind == "vocab.json":
        from tokenizers import ByteLevelBPETokenizer

        tokenizer = ByteLevelBPETokenizer(
            str(path), str(path.with_name("merges.txt")), add_prefix_space=False)._tokenizer
    elif kind == "tiktoken":
        import tiktoken
        import tiktoken.load

        ranks = tiktoken.load.load_tiktoken_bpe(str(path))
        encoding = tiktoken.Encoding(
            path.stem, pat_str=tok.pattern(path), mergeable_ranks=ranks, special_tokens={})
        return [encoding.encode_ordinary(text) for text in texts]
    elif kind == "sentencepiece":
        import sentencepiece

        processor = sentencepiece.SentencePieceProcessor(model_file=str(path))
        return processor.encode(texts)
    else:
        return None
    tokenizer.no_truncation()
    tokenizer.no_padding()
    tokenizer.encode_special_tokens = True
    return [e.ids for e in tokenizer.encode_batch_fast(texts, add_special_tokens=False)]


def check_keys(path, tok):
    """Reads a GGUF file with the package gguf: the number of tokens, and a type for each."""
    from gguf import GGUFReader

    fields = GGUFReader(str(path)).fields
    tokens = fields["tokenizer.ggml.tokens"].contents()
    types = fields["tokenizer.ggml.token_type"].contents()
    inspected = subprocess.run(
        [tok.program, "inspect", "--json", "-v", str(path)], capture_output=True, check=True)
    if len(tokens) != len(types) or len(tokens) != json.loads(inspected.stdout)["ids"]:
        raise RuntimeError(f"{path}: {len(tokens)} tokens, {len(types)} types")
    if "tokenizer.ggml.scores" in fields:
        if len(fields["tokenizer.ggml.scores"].contents()) != len(tokens):
            raise RuntimeError(f"{path}: not a score for each token")


def difference(expected, found):
    return sum(a != b for a, b in zip(expected, found)) + abs(len(expected) - len(found))


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--tok", required=True)
    parser.add_argument("--vocabularies", required=True, type=pathlib.Path)
    parser.add_argument("--corpora", required=True, type=pathlib.Path)
    parser.add_argument("--only", nargs="*")
    parser.add_argument("--to", nargs="*", default=list(FORMATS))
    parser.add_argument("--bytes", type=int, default=1_000_000)
    parser.add_argument("--lossy", action="store_true")
    options = parser.parse_args()
    tok = Tok(options.tok)
    counts = collections.Counter()
    cells = collections.defaultdict(collections.Counter)
    reasons = collections.defaultdict(list)
    failed = False
    with tempfile.TemporaryDirectory() as scratch:
        scratch = pathlib.Path(scratch)
        documents = []
        for path in sorted(options.corpora.glob("*.nul")):
            data = path.read_bytes()[: options.bytes]
            parts = data.split(b"\0")
            parts = parts[:-1] if len(parts) > 1 else parts
            documents += [p for p in parts if p and p.decode("utf-8", "ignore").encode() == p]
        corpus = scratch / "corpus.nul"
        corpus.write_bytes(b"".join(document + b"\0" for document in documents))
        texts = [document.decode() for document in documents]
        for source in sorted(options.vocabularies.iterdir()):
            kind = source_format(source)
            if kind is None or options.only and not any(o in source.name for o in options.only):
                continue
            expected = tok.encode(source, corpus)
            for target in options.to:
                name = source.name.split(".")[0]
                folder = scratch / "out"
                subprocess.run(["rm", "-rf", str(folder)], check=True)
                folder.mkdir()
                path = folder / FORMATS[target].replace("NAME", name)
                result = tok.convert(source, path, target, lossy=False)
                lossy = result.returncode == 1 and "would lose" in result.stderr
                if result.returncode:
                    reason = result.stderr.strip().replace(f"tok: {source}: ", "")
                    if "which the format" not in reason or "does not have" not in reason:
                        reasons[reason].append(f"{source.name} to {target}")
                    cells[kind, target]["refused"] += 1
                    if not (lossy and options.lossy):
                        continue
                    result = tok.convert(source, path, target, lossy=True)
                    if result.returncode:
                        print(f"{source.name} to {target}, lossy: {result.stderr}", file=sys.stderr)
                        continue
                else:
                    again = folder / "again" / path.name
                    again.parent.mkdir()
                    tok.convert(source, again, target, lossy=False)
                    for file in path.parent.glob("*.*"):
                        if file.read_bytes() != (again.parent / file.name).read_bytes():
                            print(f"{source.name} to {target}: other bytes the second time")
                            failed = True
                ours = difference(expected, tok.encode(path, corpus))
                found = original_ids(target, path, texts, tok)
                theirs = None if found is None else difference(expected, found)
                if target == "gguf":
                    check_keys(path, tok)
                label = "lossy" if lossy else "written"
                cells[kind, target][label] += 1
                counts[label, "tok"] += len(texts)
                counts[label, "tok differs"] += ours
                if theirs is not None:
                    counts[label, "original"] += len(texts)
                    counts[label, "original differs"] += theirs
                if ours or theirs:
                    print(
                        f"{source.name} to {target} ({label}): {ours} of {len(texts)} differ in tok, "
                        f"{theirs} in the original", file=sys.stderr)
                    failed = failed or not lossy
            print(f"{source.name} done", file=sys.stderr)
    kinds = sorted({kind for kind, _ in cells})
    print("| from \\ to | " + " | ".join(options.to) + " |")
    print("|---|" + "---|" * len(options.to))
    for kind in kinds:
        row = [cells[kind, target] for target in options.to]
        text = [f"{c['written']} of {c['written'] + c['refused']}" for c in row]
        print(f"| {kind} | " + " | ".join(text) + " |")
    for key, count in sorted(counts.items()):
        print(f"{' '.join(key)}: {count:,}")
    for reason, places in sorted(reasons.items(), key=lambda item: -len(item[1])):
        print(f"refused: {', '.join(places)}: {reason}")
    sys.exit(1 if failed or not counts else 0)


if __name__ == "__main__":
    main()
