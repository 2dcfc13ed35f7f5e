#!/usr/bin/env python3
"""Measures `tok train` beside other trainers, by turns, on the same files in the same run.

    Tests/Benchmarks/training.py --tok .build/release/tok --python VENV/bin/python CORPUS ...
        [--sizes 8000 32000] [--threads 1 2] [--rounds N] [--only bpe unigram ...] [--limit SECONDS]
        [--bounds 200M 100M ...]

Peers are the packages gigabpe, tokenizers and sentencepiece of the Python that is named; those it does
not have are left out. Each training is a process of its own, bound to as many processor cores as it has
threads, and what it took is what the system says of that process: seconds of processor (user and
system), of the clock, and the most memory. Starting Python is part of a peer's row: `python` alone has
a row of its own. The best of all rounds counts. The ratios are the peer's time, of the processor and of the
clock, divided by ours in the same group.

With --bounds `tok` alone is measured, without a bound on its memory and with each of these; the last column
says whether the file is the same as without a bound.
"""

import argparse
import hashlib
import json
import os
import pathlib
import signal
import subprocess
import sys
import tempfile
import time

# Each is run as `python -c PROGRAM corpus size threads output`.
BEGIN = "import sys; corpus, size, threads, output = sys.argv[1:]; size = int(size)\n"
PEERS = {
    "gigabpe": BEGIN
    + """
import gigabpe
gigabpe.train_bpe([corpus], size, pretokenizer="bytelevel", threads=int(threads))
""",
    "tokenizers-bpe": BEGIN
    + """
from tokenizers import Tokenizer, models, pre_tokenizers, trainers
tokenizer = Tokenizer(models.BPE())
tokenizer.pre_tokenizer = pre_tokenizers.ByteLevel(add_prefix_space=False)
tokenizer.train([corpus], trainers.BpeTrainer(vocab_size=size, show_progress=False))
tokenizer.save(output)
""",
    "tokenizers-wordpiece": BEGIN
    + """
from tokenizers import Tokenizer, models, normalizers, pre_tokenizers, trainers
tokenizer = Tokenizer(models.WordPiece(unk_token="[UNK]"))
tokenizer.normalizer = normalizers.BertNormalizer()
tokenizer.pre_tokenizer = pre_tokenizers.BertPreTokenizer()
special = ["[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]"]
trainer = trainers.WordPieceTrainer(vocab_size=size, special_tokens=special, show_progress=False)
tokenizer.train([corpus], trainer)
tokenizer.save(output)
""",
    "tokenizers-unigram": BEGIN
    + """
from tokenizers import Tokenizer, models, normalizers, pre_tokenizers, trainers
tokenizer = Tokenizer(models.Unigram())
tokenizer.normalizer = normalizers.NFKC()
tokenizer.pre_tokenizer = pre_tokenizers.Metaspace()
trainer = trainers.UnigramTrainer(
    vocab_size=size, unk_token="<unk>", special_tokens=["<unk>"], show_progress=False)
tokenizer.train([corpus], trainer)
tokenizer.save(output)
""",
    "sentencepiece-bpe": BEGIN
    + """
import sentencepiece
sentencepiece.SentencePieceTrainer.train(
    input=corpus, model_prefix=output, vocab_size=size, model_type="bpe",
    num_threads=int(threads), hard_vocab_limit=False, minloglevel=2)
""",
    "sentencepiece-unigram": BEGIN
    + """
import sentencepiece
sentencepiece.SentencePieceTrainer.train(
    input=corpus, model_prefix=output, vocab_size=size, model_type="unigram",
    num_threads=int(threads), hard_vocab_limit=False, minloglevel=2)
""",
}

# What is comparable: ours, then the peers.
GROUPS = {
    "bpe": (
        ["bpe", "--compatibility", "huggingface", "--initial-alphabet", "none", "-o", ".json"],
        ["gigabpe", "tokenizers-bpe"],
    ),
    "sentencepiece-bpe": (
        ["bpe", "--compatibility", "sentencepiece", "-o", ".model"],
        ["sentencepiece-bpe"],
    ),
    "wordpiece": (["wordpiece", "-o", ".json"], ["tokenizers-wordpiece"]),
    "unigram": (["unigram", "-o", ".model"], ["sentencepiece-unigram", "tokenizers-unigram"]),
}


def measure(command, threads, limit):
    """Runs a command and returns what it took; None when it failed or took too long."""

    def bind():
        if hasattr(os, "sched_setaffinity"):
            os.sched_setaffinity(0, sorted(os.sched_getaffinity(0))[:threads])

    environment = dict(os.environ, RAYON_NUM_THREADS=str(threads), TOKENIZERS_PARALLELISM="true")
    with tempfile.TemporaryFile() as errors:
        start = time.monotonic()
        process = subprocess.Popen(
            command, preexec_fn=bind, env=environment, stdout=subprocess.DEVNULL, stderr=errors)
        signal.signal(signal.SIGALRM, lambda *_: process.kill())
        signal.alarm(limit)
        # Its own usage; that of all children would know the greatest of them only.
        _, status, usage = os.wait4(process.pid, 0)
        process.returncode = os.waitstatus_to_exitcode(status)
        wall = time.monotonic() - start
        signal.alarm(0)
        if process.returncode != 0:
            errors.seek(0)
            last = errors.read().decode(errors="replace").strip().splitlines()[-1:]
            print(f"{command[0]}: status {process.returncode} {last}", file=sys.stderr)
            return None
    unit = 1 if sys.platform == "darwin" else 1024
    return {
        "cpu": usage.ru_utime + usage.ru_stime,
        "wall": wall,
        "memory": usage.ru_maxrss * unit,
    }


def has(python, package):
    check = f"import importlib.util, sys; sys.exit(importlib.util.find_spec('{package}') is None)"
    return subprocess.run([python, "-c", check]).returncode == 0


def ours(tok, arguments, corpus, size, threads, folder):
    ending = arguments[-1]
    return [tok, "train", *arguments[:-1], str(folder / f"ours{ending}"), "-n", str(size)] + [
        "-j", str(threads), "--progress", "none", str(corpus)]


def measure_bounds(options):
    """Prints what `tok` takes with each bound on its memory."""
    print("| corpus | tokens | threads | group | bound | MB of memory | CPU s | wall s | file |")
    print("|---|--:|--:|---|--:|--:|--:|--:|---|")
    with tempfile.TemporaryDirectory() as name:
        folder = pathlib.Path(name)
        for corpus in options.corpora:
            for size in options.sizes:
                for threads in options.threads:
                    for group in options.only:
                        arguments = GROUPS[group][0]
                        command = ours(options.tok, arguments, corpus, size, threads, folder)
                        unbounded = None
                        for bound in [None] + options.bounds:
                            best = None
                            for _ in range(options.rounds):
                                extra = ["--memory", bound] if bound else []
                                taken = measure(command + extra, threads, options.limit)
                                if taken is None:
                                    break
                                best = {w: min(taken[w], (best or taken)[w]) for w in taken}
                            if best is None:
                                continue
                            file = folder / f"ours{arguments[-1]}"
                            digest = hashlib.sha256(file.read_bytes()).hexdigest()
                            unbounded = unbounded or digest
                            print(
                                f"| {corpus.name} | {size} | {threads} | {group} | {bound or 'none'} "
                                f"| {best['memory'] / 1e6:.0f} | {best['cpu']:.2f} "
                                f"| {best['wall']:.2f} "
                                f"| {'same' if digest == unbounded else 'ANOTHER'} |", flush=True)


def main():
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("corpora", nargs="+", type=pathlib.Path)
    parser.add_argument("--tok", required=True)
    parser.add_argument("--python", default=sys.executable)
    parser.add_argument("--sizes", nargs="+", type=int, default=[32000])
    parser.add_argument("--threads", nargs="+", type=int, default=[1, 2])
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--only", nargs="+", choices=list(GROUPS), default=list(GROUPS))
    parser.add_argument("--limit", type=int, default=600)
    parser.add_argument("--bounds", nargs="+", metavar="MEMORY")
    parser.add_argument("--json", type=pathlib.Path)
    options = parser.parse_args()
    if options.bounds:
        return measure_bounds(options)

    packages = {name.split("-")[0] for name in PEERS}
    found = {package for package in packages if has(options.python, package)}
    for package in sorted(packages - found):
        print(f"left out: {package}", file=sys.stderr)

    results = {}
    with tempfile.TemporaryDirectory() as name:
        folder = pathlib.Path(name)
        for corpus in options.corpora:
            for size in options.sizes:
                for threads in options.threads:
                    jobs = [("python", "python", [options.python, "-c", "pass"])]
                    for group in options.only:
                        arguments, peers = GROUPS[group]
                        command = ours(options.tok, arguments, corpus, size, threads, folder)
                        jobs.append((group, "tok", command))
                        for peer in peers:
                            if peer.split("-")[0] in found:
                                command = [options.python, "-c", PEERS[peer], str(corpus)]
                                command += [str(size), str(threads), str(folder / peer)]
                                jobs.append((group, peer, command))
                    failed = set()
                    for _ in range(options.rounds):
                        for group, engine, command in jobs:
                            key = (corpus.name, size, threads, group, engine)
                            if key in failed:
                                continue
                            taken = measure(command, threads, options.limit)
                            if taken is None:
                                failed.add(key)
                                continue
                            best = results.setdefault(key, taken)
                            for what in taken:
                                best[what] = min(best[what], taken[what])

    print(
        "| corpus | tokens | threads | group | engine | CPU s | wall s | MB of memory "
        "| times our CPU | times our wall |")
    print("|---|--:|--:|---|---|--:|--:|--:|--:|--:|")
    for key, taken in results.items():
        corpus, size, threads, group, engine = key
        own = results.get(key[:4] + ("tok",))
        is_peer = own and engine != "tok"
        cpu, wall = (
            f"{taken[what] / own[what]:.2f}" if is_peer else "" for what in ("cpu", "wall"))
        print(
            f"| {corpus} | {size} | {threads} | {group} | {engine} | {taken['cpu']:.2f} "
            f"| {taken['wall']:.2f} | {taken['memory'] / 1e6:.0f} | {cpu} | {wall} |")
        if options.json:
            names = ["corpus", "size", "threads", "group", "engine"]
            with options.json.open("a") as file:
                file.write(json.dumps(dict(zip(names, key), **taken)) + "\n")


if __name__ == "__main__":
    main()
