#!/usr/bin/env python3
"""Measures how long one call takes that encodes one short text: through Swift, C and Python, and by the
other tokenizers, by turns in one run.

    Tests/Benchmarks/calls.py --vocabulary NAME --prefix FOLDER [--benchmarks FILE] [--vocabularies FOLDER]
        [--rounds N]

`--prefix` is where `make install-lib` put libtok. The text is 100 bytes of English that everyone has met
before; the number is processor time, the least of all rounds. Ours gives arrays of numpy from Python, the
others what they give: lists, or an object with the ids.
"""

import argparse
import json
import os
import pathlib
import subprocess
import sys
import time

sys.dont_write_bytecode = True
sys.path.insert(0, str(pathlib.Path(__file__).parent))

import peers  # noqa: E402

# That of `tok-benchmarks sizes --text english`.
TEXT = (
    "The ferry left before sunrise, and nobody on the pier could say whether it'd come back. "
    '"Two hours," '
)[:100]
CALLS = 50_000


def work(name, vocabulary, path):
    """In a process of its own: nanoseconds a call of one peer, and how many ids."""
    peer = peers.PEERS[name](vocabulary, pathlib.Path(path), 1)
    one, least = peer.one, float("inf")
    for _ in range(5):
        start = time.process_time_ns()
        for _ in range(CALLS):
            one(TEXT)
        least = min(least, (time.process_time_ns() - start) / CALLS)
    ids = one(TEXT)
    print(json.dumps([least, len(getattr(ids, "ids", ids))]))


def measured(output):
    """Nanoseconds and ids, from what a process printed."""
    if not output.startswith("{"):
        taken, count = json.loads(output)
        return taken, count
    lines = map(json.loads, output.splitlines())
    line = next(line for line in lines if line["bytes"] == len(TEXT))
    return line["encode_ns"], line["tokens"]


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--work", nargs=3, help=argparse.SUPPRESS)
    parser.add_argument("--vocabulary", default="o200k_base")
    parser.add_argument("--prefix", type=pathlib.Path)
    parser.add_argument("--benchmarks", type=pathlib.Path, default=peers.ROOT / ".build/release/tok-benchmarks")
    parser.add_argument("--vocabularies", type=pathlib.Path, default=peers.ROOT / "vocabularies")
    parser.add_argument("--scratch", type=pathlib.Path, default=peers.ROOT / ".build/benchmarks")
    parser.add_argument("--rounds", type=int, default=3)
    options = parser.parse_args()
    if options.work:
        return work(*options.work)
    assert len(TEXT.encode()) == 100
    options.scratch.mkdir(parents=True, exist_ok=True)
    files = peers.find_files(options, options.vocabulary, True)
    first = next(iter(files.values()))
    commands = {}
    if options.benchmarks.exists():
        commands["Swift"] = [options.benchmarks, "sizes", "--vocabulary", first, "--text", "english"]
    if options.prefix:
        program = options.scratch / "calls"
        compiler = os.environ.get("CC", "cc").split()
        source = peers.ROOT / "Tests/CInterface/calls.c"
        library = options.prefix / "lib"
        subprocess.run(
            [*compiler, "-O2", "-o", program, source, f"-I{options.prefix}/include", f"-L{library}", "-ltok",
             f"-Wl,-rpath,{library}"], check=True,
        )
        commands["C"] = [program, first, TEXT, str(CALLS)]
    for name in peers.PEERS:
        kind = peers.file_kind(name, options.vocabulary, files)
        if kind and hasattr(peers.PEERS[name], "one") and peers.installed(name):
            label = "Python, tok" if name == "tok" else f"{name} {peers.installed(name)}"
            request = [name, options.vocabulary, str(files[kind])]
            commands[label] = [sys.executable, __file__, "--work", *request]
    results = {}
    for _ in range(options.rounds):
        for label, command in commands.items():
            done = subprocess.run([str(word) for word in command], capture_output=True, text=True)
            if done.returncode:
                results[label] = None
                print(f"{label}: {done.stderr.strip().splitlines()[-1]}", file=sys.stderr)
                continue
            taken, count = measured(done.stdout)
            if not results.get(label) or results[label][0] > taken:
                results[label] = taken, count
    print(f"{options.vocabulary}, 100 bytes of English; load {os.getloadavg()[0]:.1f} at the end.\n")
    print("| through | ns a call | ids |\n|---|--:|--:|")
    for label, result in results.items():
        print(f"| {label} | {result[0]:,.0f} | {result[1]} |" if result else f"| {label} | failed | |")


if __name__ == "__main__":
    main()
