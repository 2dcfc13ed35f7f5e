#!/usr/bin/env python3
"""Compares the ids of `tok` with those of the original implementations, document by document.

    python3 -m venv V && V/bin/pip install tiktoken==0.14.0 tokenizers==0.23.3
    V/bin/python Tests/Conformance/compare.py --tok .build/release/tok \\
        --vocabularies vocabularies --corpora CORPORA [--only NAME ...] [--bytes N] [--decode]

Vocabularies are files NAME.tiktoken and NAME.tokenizer.json anywhere below the folder, and folders
NAME with vocab.json and merges.txt. Corpora are files whose documents end with NUL (*.nul). Both may
be packed (.xz). The texts of the golden files are compared too, as a corpus `golden`, without those
that hold a NUL.

The original of a .tiktoken file is tiktoken, of the others huggingface's tokenizers. Each document
is encoded without template, once more with it where the file is a tokenizer.json, and with --decode
the original's ids are turned back into text by both. Prints a table in Markdown, as it stands in
docs/conformance.md, and the first difference of each row on standard error. Exit status 1 when a
document differs, a run fails, or nothing was compared.
"""

import argparse
import importlib.metadata
import lzma
import os
import pathlib
import subprocess
import sys
import tempfile

ROOT = pathlib.Path(__file__).resolve().parents[2]
sys.dont_write_bytecode = True
sys.path.insert(0, str(ROOT / "vocabularies"))
os.environ["TIKTOKEN_CACHE_DIR"] = ""  # tiktoken reads our files and keeps no copies

# The patterns of vocabularies that tiktoken reads but does not define: Llama 3's and Qwen's differ
# in how many numerals a pretoken may hold.
WORDS = r"(?i:'s|'t|'re|'ve|'m|'ll|'d)|[^\r\n\p{L}\p{N}]?\p{L}+"
REST = r" ?[^\s\p{L}\p{N}]+[\r\n]*|\s*[\r\n]+|\s+(?!\S)|\s+"
PATTERNS = {
    "llama3": "|".join([WORDS, r"\p{N}{1,3}", REST]),
    "qwen2": "|".join([WORDS, r"\p{N}", REST]),
}


class Skipped(Exception):
    """A vocabulary that no original here reads."""


class TiktokenOriginal:
    """tiktoken over a .tiktoken file; special tokens are plain text and there is no template."""

    package = "tiktoken"
    has_template = False

    def __init__(self, name, path):
        import tiktoken
        import tiktoken_ext.openai_public as definitions

        ranks = tiktoken.load.load_tiktoken_bpe(str(path))
        if name in ("whisper_multilingual", "whisper"):
            pattern = definitions.r50k_pat_str
        elif name in PATTERNS:
            pattern = PATTERNS[name]
        elif name in definitions.ENCODING_CONSTRUCTORS:
            definitions.load_tiktoken_bpe = lambda *_, **__: ranks
            pattern = definitions.ENCODING_CONSTRUCTORS[name]()["pat_str"]
        else:
            raise Skipped("tiktoken has no pattern for it")
        self.encoding = tiktoken.Encoding(
            name, pat_str=pattern, mergeable_ranks=ranks, special_tokens={}
        )

    def encode(self, texts, template):
        return [self.encoding.encode_ordinary(text) for text in texts]

    def decode(self, lists):
        return [self.encoding.decode(ids) for ids in lists]


class TokenizersOriginal:
    """tokenizers over tokenizer.json or vocab.json and merges.txt, nothing cut and nothing padded."""

    package = "tokenizers"

    def __init__(self, name, path):
        from tokenizers import ByteLevelBPETokenizer, Tokenizer

        self.has_template = path.name != "vocab.json"
        if self.has_template:
            self.tokenizer = Tokenizer.from_file(str(path))
        else:
            self.tokenizer = ByteLevelBPETokenizer(
                str(path), str(path.with_name("merges.txt")), add_prefix_space=False
            )._tokenizer
        self.tokenizer.no_truncation()
        self.tokenizer.no_padding()
        self.tokenizer.encode_special_tokens = True

    def encode(self, texts, template):
        encodings = self.tokenizer.encode_batch_fast(texts, add_special_tokens=template)
        return [encoding.ids for encoding in encodings]

    def decode(self, lists):
        return self.tokenizer.decode_batch(lists, skip_special_tokens=True)


def read(path):
    with (lzma.open if path.suffix == ".xz" else open)(path, "rb") as file:
        return file.read()


def vocabularies(folder, scratch):
    """(name, path, class of the original) of each vocabulary, unpacked where it is packed."""
    for path in sorted(folder.rglob("*")):
        plain = path.name.removesuffix(".xz")
        if plain.endswith(".tiktoken"):
            name, original = plain.removesuffix(".tiktoken"), TiktokenOriginal
        elif plain.endswith(".tokenizer.json"):
            name, original = plain.removesuffix(".tokenizer.json"), TokenizersOriginal
        elif plain == "vocab.json" and path.with_name("merges.txt").exists():
            name, original = path.parent.name, TokenizersOriginal
        else:
            continue
        if path.suffix == ".xz":
            unpacked = scratch / plain
            unpacked.write_bytes(read(path))
            path = unpacked
        yield name, path, original


def corpora(folder, limit):
    """(name, documents) of each corpus; at most `limit` bytes of it where that is not 0."""
    from golden_texts import all_texts

    found = [("golden", [text for text in all_texts() if text and "\0" not in text])]
    for path in sorted(folder.iterdir()) if folder else []:
        if ".nul" not in path.suffixes:
            continue
        documents, size = [], 0
        for document in read(path).split(b"\0"):
            size += len(document)
            if limit and size > limit and documents:
                break
            documents.append(document.decode())
        if documents and not documents[-1]:
            documents.pop()
        found.append((path.name.split(".")[0], documents))
    return found


def run(tok, verb, path, options, source, result):
    command = [tok, verb, "-v", str(path), "--nul", *options, "-o", str(result), str(source)]
    process = subprocess.run(command, stdin=subprocess.DEVNULL, capture_output=True)
    if process.returncode:
        message = process.stderr.decode(errors="replace").strip()
        raise RuntimeError(f"exit status {process.returncode}: {message[-300:]}")


def batches(values, size=256):
    for start in range(0, len(values), size):
        yield values[start : start + size]


def shown(wanted, got):
    """Where two results part, with a little of both."""
    at = next((i for i, (a, b) in enumerate(zip(wanted, got)) if a != b), min(len(wanted), len(got)))
    return f"at {at}: expected {wanted[at : at + 12]!r}, found {got[at : at + 12]!r}"


def compare_ids(tok, path, original, documents, template, scratch):
    """The number of documents that differ, the number of the original's ids, the first difference."""
    source, result = scratch / "documents", scratch / "ids"
    source.write_bytes(b"".join(text.encode() + b"\0" for text in documents))
    run(tok, "encode", path, [] if template else ["--no-template"], source, result)
    lines = result.read_bytes().split(b"\n")[:-1]
    if len(lines) != len(documents):
        raise RuntimeError(f"{len(lines)} lines for {len(documents)} documents")
    differ, count, first, index = 0, 0, None, 0
    for batch in batches(documents):
        for text, wanted in zip(batch, original.encode(batch, template)):
            got = [int(word) for word in lines[index].split()]
            count += len(wanted)
            if got != list(wanted):
                differ += 1
                first = first or f"document {index} {text[:60]!r} {shown(list(wanted), got)}"
            index += 1
    return differ, count, first


def compare_text(tok, path, original, documents, scratch):
    """The same for decoding: the original's ids, turned into text by both."""
    source, result = scratch / "ids", scratch / "documents"
    wanted, count = [], 0
    with open(source, "w", encoding="ascii") as file:
        for batch in batches(documents):
            lists = original.encode(batch, False)
            wanted += original.decode(lists)
            for ids in lists:
                count += len(ids)
                file.write(" ".join(map(str, ids)) + "\n")
    run(tok, "decode", path, ["--from", "ids"], source, result)
    got = result.read_bytes().split(b"\0")[:-1]
    if len(got) != len(wanted):
        raise RuntimeError(f"{len(got)} texts for {len(wanted)} documents")
    differ, first = 0, None
    for index, (a, b) in enumerate(zip(wanted, got)):
        if a.encode() != b:
            differ += 1
            first = first or f"document {index} {shown(a, b.decode(errors='replace'))}"
    return differ, count, first


def arguments():
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--tok", required=True, help="the command line tool")
    parser.add_argument("--vocabularies", required=True, type=pathlib.Path)
    parser.add_argument("--corpora", type=pathlib.Path)
    parser.add_argument("--only", nargs="+", metavar="NAME", help="these vocabularies alone")
    parser.add_argument("--bytes", type=int, default=0, help="of each corpus; 0, the default: all")
    parser.add_argument("--decode", action="store_true", help="compares decoding as well")
    return parser.parse_args()


def main():
    options = arguments()
    texts = corpora(options.corpora, options.bytes)
    compared = wrong = failed = 0
    print("| vocabulary | original | corpus | what | documents | bytes | ids | differ |")
    print("|---|---|---|---|--:|--:|--:|--:|")
    with tempfile.TemporaryDirectory() as folder:
        scratch = pathlib.Path(folder)
        for name, path, make in vocabularies(options.vocabularies, scratch):
            if options.only and name not in options.only:
                continue
            try:
                original = make(name, path)
            except Skipped as reason:
                print(f"{path.name}: skipped, {reason}", file=sys.stderr)
                continue
            version = f"{original.package} {importlib.metadata.version(original.package)}"
            kinds = ["ids"]
            kinds += ["with template"] if original.has_template else []
            kinds += ["text"] if options.decode else []
            for corpus, documents in texts:
                size = sum(len(text.encode()) for text in documents)
                for kind in kinds:
                    row = f"| {name} ({path.name}) | {version} | {corpus} | {kind} "
                    row += f"| {len(documents):,} | {size:,} "
                    try:
                        if kind == "text":
                            result = compare_text(options.tok, path, original, documents, scratch)
                        else:
                            result = compare_ids(
                                options.tok, path, original, documents, kind != "ids", scratch
                            )
                    except (RuntimeError, ValueError, OSError) as error:
                        failed += 1
                        print(row + "| - | failed |", flush=True)
                        print(f"{path.name}, {corpus}, {kind}: {error}", file=sys.stderr)
                        continue
                    differ, count, first = result
                    compared += len(documents)
                    wrong += differ
                    print(row + f"| {count:,} | {differ:,} |", flush=True)
                    if first:
                        print(f"{path.name}, {corpus}, {kind}: {first}", file=sys.stderr)
    print(f"\n{compared:,} comparisons of documents, {wrong:,} differ, {failed:,} runs failed")
    sys.exit(1 if wrong or failed or not compared else 0)


if __name__ == "__main__":
    main()
