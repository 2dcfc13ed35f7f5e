#!/usr/bin/env python3
"""Measures the Python package beside `tok encode`: many documents in one call, and in one run of the tool.

    Tests/Benchmarks/batches.py --tok .build/release/tok CORPUS.nul ... [--vocabulary NAME] [--rounds N]

Documents of a corpus end with NUL. Both are measured in processes of their own, by turns, with one thread and
empty caches; the number is processor time, the least of all rounds. What the tool takes to start and to load the
vocabulary is measured on an empty input and taken off; Python has its texts as `str` by then.
"""

import argparse
import os
import pathlib
import resource
import subprocess
import sys
import tempfile

ROOT = pathlib.Path(__file__).resolve().parents[2]
WORK = """
import sys, time, tok
texts = [part.decode() for part in open(sys.argv[1], "rb").read().removesuffix(b"\\0").split(b"\\0")]
tokenizer = tok.load(sys.argv[2])
tokenizer.encode("x")
start = time.process_time()
tokenizer.encode_batch(texts, threads=1)
print(time.process_time() - start)
"""


def processor_time(command):
    """Seconds that a process took, its start included."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("corpora", nargs="+", metavar="CORPUS.nul")
    parser.add_argument("--tok", default=ROOT / ".build/release/tok")
    parser.add_argument("--vocabulary", default="cl100k_base")
    parser.add_argument("--rounds", type=int, default=5)
    options = parser.parse_args()
    os.environ.setdefault("TOK_VOCABULARIES", str(ROOT / "vocabularies"))
    tool = [options.tok, "encode", "-v", options.vocabulary, "--nul", "--to", "u32", "-j", "1", "-o", os.devnull]
    print("| corpus | tok encode, MB/s | Python, MB/s | Python/tool |\n|---|--:|--:|--:|")
    with tempfile.NamedTemporaryFile() as empty:
        for corpus in options.corpora:
            starts, runs, batches = [], [], []
            for _ in range(options.rounds):
                starts.append(processor_time([*tool, empty.name]))
                runs.append(processor_time([*tool, corpus]))
                command = [sys.executable, "-c", WORK, corpus, options.vocabulary]
                done = subprocess.run(command, check=True, capture_output=True, text=True)
                batches.append(float(done.stdout))
            size = os.path.getsize(corpus) / 1e6
            run, batch = min(runs) - min(starts), min(batches)
            name = pathlib.Path(corpus).stem
            print(f"| {name} | {size / run:.1f} | {size / batch:.1f} | {run / batch:.2f} |", flush=True)


if __name__ == "__main__":
    main()
