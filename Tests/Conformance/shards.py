#!/usr/bin/env python3
"""Kills `tok encode --shards` at random moments, goes on each time, and compares with a run that was not
killed; reads all shards back with numpy, Megatron's as its own reader maps them, and compares the ids
with those of `tok encode --to u32`.

    shards.py TOK CORPUS [--vocabulary NAME] [--kills 20] [--size 200] [--seed 0]

CORPUS are texts that end with a NUL each; they are repeated, each time with a number in front, to so many
megabytes. The vocabulary must have <|endoftext|>. Needs numpy. Stops with status 1 if one byte differs.
"""

import argparse
import filecmp
import json
import pathlib
import random
import signal
import subprocess
import sys
import tempfile
import time

import numpy as np

END = "<|endoftext|>"
SHARD = 4_000_000
ROW = 2048

VARIANTS = {
    "llm.c": ["--to", "llm.c"],
    "bin": ["--to", "bin"],
    "npy": ["--to", "npy"],
    "megatron": ["--to", "megatron"],
    "npy, rows": ["--to", "npy", "--pack", str(ROW), "--padding", "0"],
    "megatron, rows of whole documents": [
        "--to", "megatron", "--pack", str(ROW), "--padding", "0", "--whole-documents"],
    "bin, shuffled": ["--to", "bin", "--shuffle", "7"],
    "megatron, shuffled, from gzip": ["--to", "megatron", "--shuffle", "7"],
}


def make_input(corpus, path, size):
    documents = pathlib.Path(corpus).read_bytes().split(b"\0")[:-1]
    written = number = 0
    with open(path, "wb") as file:
        while written < size:
            for document in documents:
                written += file.write(b"%d %s\0" % (number, document))
                number += 1
                if written >= size:
                    break


def encode(tok, source, vocabulary, folder, options, every):
    return [tok, "encode", "-v", vocabulary, "--nul", "--no-template", "--shards", str(folder),
            "--shard-size", str(SHARD), "--end-of-document", END, "--checkpoint-every", str(every),
            *options, str(source)]


def run(command):
    start = time.monotonic()
    done = subprocess.run(command, stderr=subprocess.PIPE, text=True)
    if done.returncode != 0:
        sys.exit(f"{' '.join(command)}: {done.stderr}")
    return time.monotonic() - start


def kill(command, seconds):
    """Whether the run was still going on after so many seconds."""
    process = subprocess.Popen(command, stderr=subprocess.PIPE, text=True)
    try:
        process.wait(seconds)
    except subprocess.TimeoutExpired:
        process.send_signal(signal.SIGKILL)
        process.wait()
        return True
    if process.returncode != 0:
        sys.exit(f"{' '.join(command)}: {process.stderr.read()}")
    return False


def same(one, other):
    names = sorted(path.name for path in one.iterdir())
    if names != sorted(path.name for path in other.iterdir()):
        return False
    return filecmp.cmpfiles(one, other, names, shallow=False)[0] == names


def mapped_megatron(prefix):
    """As Megatron-LM's IndexedDataset maps NAME.idx and NAME.bin."""
    index = np.memmap(f"{prefix}.idx", mode="r", order="C")
    assert bytes(index[:9]) == b"MMIDIDX\x00\x00"
    (version,) = np.frombuffer(index, "<u8", 1, 9)
    assert version == 1
    dtype = {4: np.int32, 8: np.uint16}[int(index[17])]
    sequences, documents = (int(n) for n in np.frombuffer(index, "<u8", 2, 18))
    offset = 34
    lengths = np.frombuffer(index, np.int32, sequences, offset)
    offset += lengths.nbytes
    pointers = np.frombuffer(index, np.int64, sequences, offset)
    offset += pointers.nbytes
    borders = np.frombuffer(index, np.int64, documents, offset)
    assert offset + borders.nbytes == index.size
    assert borders[0] == 0 and borders[-1] == sequences
    data = np.memmap(f"{prefix}.bin", dtype=dtype, mode="r")
    return [data[p // data.itemsize:p // data.itemsize + n] for p, n in zip(pointers, lengths)]


def read_back(folder, options):
    """All ids, and for Megatron's format the sequences."""
    manifest = json.loads((folder / "manifest.json").read_text())
    sequences = []
    arrays = []
    for shard in manifest["shards"]:
        path = folder / shard["name"]
        if "llm.c" in options:
            header = np.fromfile(path, "<i4", 256)
            dtype = {(20240520, 1): "<u2", (20240801, 7): "<u4"}[tuple(header[:2])]
            array = np.fromfile(path, dtype, offset=1024)
            assert header[2] == len(array)
        elif "npy" in options:
            array = np.load(path, mmap_mode="r")
            if "--pack" in options:
                assert array.shape[1] == ROW
            array = array.reshape(-1)
        elif "megatron" in options:
            found = mapped_megatron(str(path)[:-4])
            sequences += found
            array = np.concatenate(found)
        else:
            array = np.fromfile(path, "<u2" if manifest["options"]["ids"] == "uint16" else "<u4")
        assert len(array) == shard["tokens"]
        arrays.append(array.astype(np.uint32))
    ids = np.concatenate(arrays)
    assert len(ids) == manifest["tokens"]
    return ids, sequences


def shuffled(count, seed):
    """The order that docs/pipelines.md describes."""
    mask = (1 << 64) - 1
    order = list(range(count))
    for last in range(count - 1, 0, -1):
        seed = (seed + 0x9E3779B97F4A7C15) & mask
        mixed = seed
        mixed = ((mixed ^ (mixed >> 30)) * 0xBF58476D1CE4E5B9) & mask
        mixed = ((mixed ^ (mixed >> 27)) * 0x94D049BB133111EB) & mask
        place = ((mixed ^ (mixed >> 31)) * (last + 1)) >> 64
        order[place], order[last] = order[last], order[place]
    return order


def expected_ids(documents, options):
    """What the shards should hold, in plain numpy; rows of whole documents are compared otherwise."""
    if "--shuffle" in options:
        seed = int(options[options.index("--shuffle") + 1])
        documents = [documents[i] for i in shuffled(len(documents), seed)]
    ids = np.concatenate(documents)
    if "--pack" in options:
        ids = np.concatenate([ids, np.zeros(-len(ids) % ROW, np.uint32)])
    return ids


def holds_whole(sequences, documents):
    """Whether the rows have each document that fits into one uncut."""
    last = documents[0][-1]
    if any(len(row) != ROW for row in sequences):
        return False
    rest = {}
    for document in documents:
        if len(document) < ROW:
            rest[document.tobytes()] = rest.get(document.tobytes(), 0) + 1
    for row in sequences:
        ends = np.flatnonzero(row == last) + 1
        for start, end in zip([0, *ends], ends):
            key = row[start:end].astype(np.uint32).tobytes()
            if rest.get(key):
                rest[key] -= 1
    return not any(rest.values())


def main():
    parser = argparse.ArgumentParser(description=__doc__,
                                     formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("tok")
    parser.add_argument("corpus")
    parser.add_argument("--vocabulary", default="o200k_base")
    parser.add_argument("--kills", type=int, default=20)
    parser.add_argument("--size", type=int, default=200, help="megabytes")
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--variants", nargs="*", default=list(VARIANTS))
    arguments = parser.parse_args()

    failures = 0
    with tempfile.TemporaryDirectory() as temporary:
        temporary = pathlib.Path(temporary)
        plain = temporary / "input"
        make_input(arguments.corpus, plain, arguments.size * 1_000_000)
        subprocess.run(["gzip", "-1", "-k", str(plain)], check=True)
        subprocess.run(
            [arguments.tok, "encode", "-v", arguments.vocabulary, "--nul", "--no-template", "--to",
             "u32", "--lengths", str(temporary / "lengths"), "-o", str(temporary / "ids"),
             str(plain)], check=True)
        ids = np.fromfile(temporary / "ids", "<u4")
        ends = np.cumsum(np.fromfile(temporary / "lengths", "<u8")).astype(int)
        last = subprocess.run(
            [arguments.tok, "encode", "-v", arguments.vocabulary, "--no-template", "--special",
             "parse"], input=END.encode(), check=True, capture_output=True).stdout
        documents = [np.append(ids[start:end], np.uint32(int(last)))
                     for start, end in zip([0, *ends], ends)]
        for name in arguments.variants:
            options = VARIANTS[name]
            generator = random.Random(f"{arguments.seed} {name}")
            source = temporary / ("input.gz" if "gzip" in name else "input")
            whole = temporary / "whole"
            seconds = run(encode(arguments.tok, source, arguments.vocabulary, whole, options, 5))
            kills = ended = alike = 0
            while kills < arguments.kills or ended == 0:
                folder = temporary / "killed"
                subprocess.run(["rm", "-rf", str(folder)], check=True)
                every = generator.choice([0, 0.1, 0.5])
                command = encode(
                    arguments.tok, source, arguments.vocabulary, folder, options, every)
                while kills < arguments.kills and kill(command, generator.uniform(0, seconds / 3)):
                    kills += 1
                run(command)
                ended += 1
                alike += same(whole, folder)
            found, sequences = read_back(whole, options)
            if "--whole-documents" in options:
                right = holds_whole(sequences, documents)
            else:
                right = np.array_equal(found, expected_ids(documents, options))
                if sequences and "--pack" not in options:
                    right = right and len(sequences) == len(documents)
            verified = subprocess.run(
                [arguments.tok, "verify", str(whole)], stdout=subprocess.DEVNULL).returncode == 0
            failures += (ended - alike) + (not right) + (not verified)
            print(f"{name}: {kills} kills, {alike} of {ended} runs ended alike; "
                  f"{len(found)} ids read back, {'equal' if right else 'DIFFERENT'}; "
                  f"verify: {'whole' if verified else 'BROKEN'}", flush=True)
            subprocess.run(["rm", "-rf", str(whole), str(temporary / "killed")], check=True)
    sys.exit(1 if failures else 0)


if __name__ == "__main__":
    main()
