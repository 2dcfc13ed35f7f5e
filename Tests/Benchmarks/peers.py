#!/usr/bin/env python3
"""Measures `tok-benchmarks` and other tokenizers side by side, on the same texts in the same run.

    Tests/Benchmarks/peers.py --benchmarks .build/release/tok-benchmarks --corpora FOLDER
        [--vocabularies FOLDER] [--only cl100k_base ...] [--threads 1 2] [--peers NAME ...]
        [--limit BYTES] [--rounds N] [--worst] [--json FILE]

Corpora are files whose documents end with NUL (*.nul). Peers are the packages tiktoken, gigatoken,
fastokens, tokenizers, sentencepiece and nanotoken, as far as this Python has them; the others are
named and left out. So are our own Python package (tok), and the C interface where TOK_LIB names
libtok.so (libtok), which are measured as the peers are. A vocabulary is one name for all its files: NAME.tiktoken, NAME.tokenizer.json,
NAME.model. Ours is measured on each of them, a peer on the first that it reads.

Each measurement is a process of its own, bound to as many processor cores as it has threads, and
ours and theirs take turns for several rounds, so that other work on the machine meets all alike.
One thread is measured in processor time, more by the wall clock. Cold is the first pass over the
corpus, warm the best of the later ones; the table has the best of all rounds. Every peer is called
by what is fastest from Python and still gives all ids: see the classes. Ours runs on the same file
as the peer it is divided by; the ids are compared in number and digest.
"""

import argparse
import importlib.metadata
import importlib.util
import json
import os
import pathlib
import subprocess
import sys
import time
import zlib

ROOT = pathlib.Path(__file__).resolve().parents[2]
sys.dont_write_bytecode = True
os.environ["TIKTOKEN_CACHE_DIR"] = ""  # tiktoken reads our files and keeps no copies

WORST = ["letter", "spaces", "newlines", "pairs", "marks", "accents", "letters", "latin1", "cjk"]
WORST += ["emoji", "digits"]
ENDINGS = {"tiktoken": ".tiktoken", "json": ".tokenizer.json", "model": ".model"}
OPENAI = {"r50k_base", "p50k_base", "cl100k_base", "o200k_base"}


class Tok:
    """Our Python package: one array of ids and the places where the documents begin."""

    reads = ["tiktoken", "json", "model"]

    def __init__(self, name, path, threads):
        import tok

        self.tokenizer = tok.load(path)
        self.threads = threads

    def encode(self, texts):
        return self.tokenizer.encode_batch(texts, threads=self.threads, template=False)

    def flat(self, result):
        return result.ids, result.lengths

    def one(self, text):
        return self.tokenizer.encode(text, "text", False)


class Libtok:
    """The C interface, from bytes to bytes: no `str` and no list is turned into anything."""

    reads = ["tiktoken", "json", "model"]

    def __init__(self, name, path, threads):
        from c_interface import Tokenizer

        self.tokenizer = Tokenizer(path, threads)
        self.kept = None

    def encode(self, texts):
        import numpy

        if self.kept is None or self.kept[0] is not texts:
            parts = [text.encode() for text in texts]
            lengths = numpy.fromiter(map(len, parts), numpy.uint64, len(parts))
            self.kept = texts, b"".join(parts), numpy.cumsum(lengths, dtype=numpy.uint64)
        return self.tokenizer.encode_batch(*self.kept[1:])

    def flat(self, result):
        import numpy

        return result.ids(), numpy.diff(result.ends(), prepend=numpy.uint64(0))


class Tiktoken:
    """Python lists of ids; the whole batch by its own threads when there are several."""

    reads = ["tiktoken"]
    names = OPENAI

    def __init__(self, name, path, threads):
        import tiktoken
        import tiktoken.load
        import tiktoken_ext.openai_public as definitions

        ranks = tiktoken.load.load_tiktoken_bpe(str(path))
        definitions.load_tiktoken_bpe = lambda *_, **__: ranks
        self.encoding = tiktoken.Encoding(**definitions.ENCODING_CONSTRUCTORS[name]())
        self.threads = threads

    def encode(self, texts):
        if self.threads == 1:
            return [self.encoding.encode_ordinary(text) for text in texts]
        return self.encoding.encode_ordinary_batch(texts, num_threads=self.threads)

    def flat(self, result):
        return flattened(result)

    def one(self, text):
        return self.encoding.encode_ordinary(text)


class Gigatoken:
    """One array of ids with the lengths of the documents."""

    reads = ["tiktoken", "json"]

    def __init__(self, name, path, threads):
        import gigatoken

        self.parallel = threads > 1
        if name not in OPENAI:
            self.tokenizer = gigatoken.Tokenizer(str(path))
            return
        # Naming the pattern keeps special tokens out: those spelled in the text stay plain text.
        pattern = {"p50k_base": "r50k"}.get(name, name.removesuffix("_base"))
        self.tokenizer = gigatoken.Tokenizer.from_tiktoken(path, pretokenizer=pattern)

    def encode(self, texts):
        return self.tokenizer.encode_batch(texts, parallel=self.parallel)

    def flat(self, result):
        import awkward
        import numpy

        return numpy.asarray(awkward.flatten(result)), numpy.asarray(awkward.num(result))

    def one(self, text):
        return self.tokenizer.encode(text)


class Fastokens:
    """One buffer of ids with the places where the documents begin."""

    reads = ["json"]

    def __init__(self, name, path, threads):
        import fastokens

        self.tokenizer = fastokens.Tokenizer.from_file(str(path))

    def encode(self, texts):
        return self.tokenizer.encode_batch_flat(texts)

    def flat(self, result):
        import numpy

        starts = numpy.frombuffer(result[1], numpy.uint64)
        return numpy.frombuffer(result[0], numpy.uint32), numpy.diff(starts)

    def one(self, text):
        return self.tokenizer.encode(text)


class Tokenizers:
    """Python lists of ids, without the offsets it can also compute."""

    reads = ["json"]

    def __init__(self, name, path, threads):
        from tokenizers import Tokenizer

        self.tokenizer = Tokenizer.from_file(str(path))
        self.tokenizer.no_truncation()
        self.tokenizer.no_padding()

    def encode(self, texts):
        encodings = self.tokenizer.encode_batch_fast(texts, add_special_tokens=False)
        return [encoding.ids for encoding in encodings]

    def flat(self, result):
        return flattened(result)

    def one(self, text):
        return self.tokenizer.encode(text, add_special_tokens=False).ids


class SentencePiece:
    """Python lists of ids; the whole batch by its own threads when there are several."""

    reads = ["model"]

    def __init__(self, name, path, threads):
        import sentencepiece

        self.tokenizer = sentencepiece.SentencePieceProcessor(model_file=str(path))
        self.threads = threads

    def encode(self, texts):
        return self.tokenizer.encode(texts, num_threads=self.threads)

    def flat(self, result):
        return flattened(result)


class Nanotoken:
    """One array of ids with the lengths of the documents. Knows BERT's models."""

    reads = ["json"]
    names = {"bert_uncased", "bert_base_cased"}

    def __init__(self, name, path, threads):
        import nanotoken

        self.tokenizer = nanotoken.Tokenizer(str(path))
        self.parallel = threads > 1

    def encode(self, texts):
        return self.tokenizer.encode_batch(
            texts, add_special_tokens=False, parallel=self.parallel
        )

    def flat(self, result):
        import numpy

        return numpy.asarray(result.ids), numpy.asarray(result.lengths)


PEERS = {
    "tok": Tok,
    "libtok": Libtok,
    "gigatoken": Gigatoken,
    "fastokens": Fastokens,
    "tiktoken": Tiktoken,
    "tokenizers": Tokenizers,
    "sentencepiece": SentencePiece,
    "nanotoken": Nanotoken,
}


def installed(peer):
    """Which version of a peer there is, if any."""
    if peer == "libtok":
        return os.environ.get("TOK_LIB")
    try:
        return importlib.metadata.version(peer)
    except importlib.metadata.PackageNotFoundError:
        return None


def file_kind(peer, name, files):
    """What file of a vocabulary a peer reads; None where it has none or does not know the model."""
    if name not in getattr(PEERS[peer], "names", {name}):
        return None
    return next((kind for kind in PEERS[peer].reads if kind in files), None)


def flattened(lists):
    import numpy

    lengths = numpy.array([len(ids) for ids in lists], numpy.uint64)
    flat = numpy.fromiter((i for ids in lists for i in ids), numpy.uint32, int(lengths.sum()))
    return flat, lengths


def digest(ids, lengths):
    """As in Digest.swift: CRC-32 of the ids and of where each document's end."""
    import numpy

    ends = numpy.cumsum(lengths, dtype="<u8")
    crc = zlib.crc32(numpy.ascontiguousarray(ids, "<u4").tobytes())
    return f"{zlib.crc32(ends.tobytes(), crc):08x}"


def read_documents(path, limit):
    """As in Documents.swift."""
    documents = path.read_bytes().split(b"\0")
    if not documents[-1]:
        documents.pop()
    size, count = 0, 0
    for document in documents:
        if limit and count and size + len(document) > limit:
            break
        size, count = size + len(document), count + 1
    return [document.decode() for document in documents[:count]], size


def measure(peer, texts, threads, repetitions):
    """Cold and warm seconds, the flat ids and the lengths."""
    clock = time.process_time if threads == 1 else time.perf_counter
    times, result = [], None
    for _ in range(1 + repetitions):
        result = None  # the memory of the last pass is given back outside the measured part
        start = clock()
        result = peer.encode(texts)
        times.append(clock() - start)
    return times[0], min(times[1:] or times), *peer.flat(result)


def work(request):
    """In a process of its own: one measurement of one peer, printed as JSON."""
    peer = PEERS[request["peer"]](request["name"], request["path"], request["threads"])
    peer.flat(peer.encode(["Hello", "two documents"]))  # what is made at the first call
    if "corpus" in request:
        texts, size = read_documents(pathlib.Path(request["corpus"]), request["limit"])
    else:
        texts = [sys.stdin.buffer.read().decode()]
        size = len(texts[0].encode())
    cold, warm, ids, lengths = measure(peer, texts, request["threads"], request["repetitions"])
    result = {"mode": "worst", "ms": round(cold * 1e3, 3)}
    if "corpus" in request:
        result = {"mode": "throughput", "cold_mb_s": size / cold / 1e6}
        result["warm_mb_s"] = size / warm / 1e6
    print(json.dumps(result | {"tokens": len(ids), "digest": digest(ids, lengths)}))


class Run:
    """What is measured, with what, and all results so far."""

    def __init__(self, options):
        self.options = options
        self.results = []
        wanted = [name for name in PEERS if not options.peers or name in options.peers]
        self.versions = {}
        for name in wanted:
            version = installed(name)
            if version:
                self.versions[name] = version
            else:
                print(f"{name}: not installed, left out", file=sys.stderr)
        if self.versions and not importlib.util.find_spec("numpy"):
            sys.exit("peers.py: measuring peers needs numpy")
        if hasattr(os, "sched_getaffinity"):
            self.cores = sorted(os.sched_getaffinity(0))
        else:
            self.cores = []

    def process(self, command, threads, text=b"", timeout=600):
        """The last JSON line a process of its own prints, or an object with the field `error`."""
        environment = dict(os.environ, TOKENIZERS_PARALLELISM=str(threads > 1).lower())
        environment["RAYON_NUM_THREADS"] = str(threads)
        cores = set(self.cores[-threads:])
        try:
            done = subprocess.run(
                [str(word) for word in command],
                input=text,
                capture_output=True,
                env=environment,
                timeout=timeout,
                preexec_fn=(lambda: os.sched_setaffinity(0, cores)) if cores else None,
            )
        except subprocess.TimeoutExpired:
            return {"error": f"more than {timeout} s"}
        if done.returncode:
            reason = done.stderr.decode(errors="replace").strip().splitlines()
            return {"error": (reason or [f"exit status {done.returncode}"])[-1][:200]}
        return json.loads(done.stdout.splitlines()[-1])

    def ours(self, path, corpus, threads):
        options = self.options
        command = [options.benchmarks, "throughput", "--vocabulary", path, "--corpus", corpus]
        command += ["--threads", threads, "--repetitions", options.repetitions]
        if options.limit:
            command += ["--limit", options.limit]
        return self.process(command, threads)

    def peer(self, name, vocabulary, path, threads, corpus=None, text=b"", timeout=600):
        request = {"peer": name, "name": vocabulary, "path": str(path), "threads": threads}
        request |= {"repetitions": 0, "limit": self.options.limit}
        if corpus:
            request |= {"corpus": str(corpus), "repetitions": self.options.repetitions}
        command = [sys.executable, __file__, "--work", json.dumps(request)]
        return self.process(command, threads, text, timeout)

    def keep(self, result, **fields):
        self.results.append(result | fields)


def best(results):
    """The best of several rounds, or the first error."""
    for result in results:
        if "error" in result:
            return result
    merged = dict(results[0])
    for field, choose in [("cold_mb_s", max), ("warm_mb_s", max), ("ms", min)]:
        if field in merged:
            merged[field] = choose(result[field] for result in results)
    return merged


def agreement(ours, theirs):
    if ours["digest"] == theirs["digest"] and ours["tokens"] == theirs["tokens"]:
        return "equal"
    return f"differ, {theirs['tokens'] - ours['tokens']:+,}"


def throughput(run, name, files):
    """The table of one vocabulary on all corpora."""
    print(f"\n### {name}, MB/s\n")
    print("| corpus | threads | tokenizer | cold | warm | ours/its, cold | warm | ids |")
    print("|---|--:|---|--:|--:|--:|--:|---|", flush=True)
    readers = {peer: file_kind(peer, name, files) for peer in run.versions}
    readers = {peer: kind for peer, kind in readers.items() if kind}
    kinds = [kind for kind in files if kind in readers.values() or kind == list(files)[0]]
    for corpus in sorted(run.options.corpora.glob("*.nul")):
        for threads in run.options.threads:
            rows = {}
            for _ in range(run.options.rounds):
                for kind in kinds:
                    result = run.ours(files[kind], corpus, threads)
                    rows.setdefault(f"tok, .{kind}", []).append(result)
                for peer, kind in readers.items():
                    result = run.peer(peer, name, files[kind], threads, corpus)
                    rows.setdefault(peer, []).append(result)
            for label, results in rows.items():
                result = best(results)
                run.keep(
                    result, vocabulary=name, corpus=corpus.stem, threads=threads, tokenizer=label
                )
                start = f"| {corpus.stem} | {threads} | {label} "
                if "error" in result:
                    print(f"{start}| failed: {result['error']} |||||", flush=True)
                    continue
                row = f"{start}| {result['cold_mb_s']:.1f} | {result['warm_mb_s']:.1f} "
                ours = best(rows[f"tok, .{readers[label]}"]) if label in PEERS else result
                if label not in PEERS or "error" in ours:
                    print(f"{row}| | | {result['tokens']:,} |", flush=True)
                    continue
                cold = ours["cold_mb_s"] / result["cold_mb_s"]
                warm = ours["warm_mb_s"] / result["warm_mb_s"]
                print(f"{row}| {cold:.2f} | {warm:.2f} | {agreement(ours, result)} |", flush=True)


def worst(run, name, files):
    """The table of texts that ruin tokenizers: one call each on 1 MB, cold, in ms."""
    peers = ("gigatoken", "tiktoken", "sentencepiece", "nanotoken")
    peers = [peer for peer in peers if peer in run.versions and file_kind(peer, name, files)]
    first = list(files)[0]
    print(f"\n### {name}, worst cases, ms for 1 MB in one call, cold, one thread\n")
    print(f"| text | tok | {' | '.join(peers)} |".replace("|  |", "|"))
    print("|---|--:" + "|--:" * len(peers) + "|", flush=True)
    for kind in WORST:
        command = [run.options.benchmarks, "worst", "--kind", kind]
        ours = run.process([*command, "--vocabulary", files[first]], 1)
        run.keep(ours, vocabulary=name, kind=kind, tokenizer="tok")
        cells = [f"{ours['ms']:.1f}" if "ms" in ours else f"failed: {ours['error']}"]
        text = subprocess.check_output([run.options.benchmarks, "text", "--kind", kind])
        for peer in peers:
            kind_of_file = file_kind(peer, name, files)
            result = run.peer(peer, name, files[kind_of_file], 1, text=text, timeout=60)
            run.keep(result, vocabulary=name, kind=kind, tokenizer=peer)
            if "error" in result:
                cells.append(f"failed: {result['error']}")
                continue
            same = "error" in ours or agreement(ours, result) == "equal"
            cells.append(f"{result['ms']:.1f}" + ("" if same else ", other ids"))
        print(f"| {kind} | {' | '.join(cells)} |", flush=True)


def find_files(options, name, needs_json):
    """The files of a vocabulary. For a .tiktoken file a tokenizer.json is made if there is none."""
    folders = [options.vocabularies, options.vocabularies / name]
    files = {}
    for kind, ending in ENDINGS.items():
        for folder in folders:
            if (folder / (name + ending)).exists():
                files.setdefault(kind, folder / (name + ending))
    if not files:
        sys.exit(f"peers.py: no file of {name} in {options.vocabularies}")
    if needs_json and name in OPENAI and "json" not in files:
        from tokenizer_json import write_tokenizer_json

        files["json"] = options.scratch / f"{name}.tokenizer.json"
        if not files["json"].exists():
            print(f"{name}: making a tokenizer.json", file=sys.stderr)
            write_tokenizer_json(name, files["tiktoken"], files["json"])
    return files


def arguments():
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    folder = pathlib.Path
    parser.add_argument("--work", help=argparse.SUPPRESS)
    parser.add_argument("--benchmarks", type=folder, default=ROOT / ".build/release/tok-benchmarks")
    parser.add_argument("--corpora", type=folder, help="folder with *.nul")
    parser.add_argument("--vocabularies", type=folder, default=ROOT / "vocabularies")
    parser.add_argument("--scratch", type=folder, default=ROOT / ".build/benchmarks")
    parser.add_argument("--only", nargs="+", default=["cl100k_base", "o200k_base"], metavar="NAME")
    parser.add_argument("--threads", nargs="+", type=int, default=[1, 2], metavar="N")
    parser.add_argument("--peers", nargs="+", choices=list(PEERS), help="these alone")
    parser.add_argument("--limit", type=int, default=0, help="bytes of each corpus; 0: all")
    parser.add_argument("--repetitions", type=int, default=2, help="warm passes in each process")
    parser.add_argument("--rounds", type=int, default=2)
    parser.add_argument("--worst", action="store_true", help="the worst cases as well")
    parser.add_argument("--json", type=folder, metavar="FILE", help="all results, for programs")
    return parser.parse_args()


def main():
    options = arguments()
    if options.work:
        work(json.loads(options.work))
        return
    run = Run(options)
    options.scratch.mkdir(parents=True, exist_ok=True)
    peers = ", ".join(f"{name} {version}" for name, version in run.versions.items()) or "no peers"
    load = os.getloadavg()[0]
    print(f"With {peers}. {os.cpu_count()} cores, load {load:.1f} at the start.")
    needs_json = any(PEERS[peer].reads == ["json"] for peer in run.versions)
    for name in options.only:
        files = find_files(options, name, needs_json)
        if options.corpora:
            throughput(run, name, files)
        if options.worst:
            worst(run, name, files)
    if options.json:
        options.json.write_text(json.dumps(run.results, indent=1) + "\n")
    failed = [result for result in run.results if "error" in result]
    sys.exit(1 if any(result["tokenizer"].startswith("tok,") for result in failed) else 0)


if __name__ == "__main__":
    main()
