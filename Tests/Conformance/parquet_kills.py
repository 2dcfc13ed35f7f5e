#!/usr/bin/env python3
"""Kills `python -m tok.parquet encode` at random moments, starts it again until it ends, and compares all files
with those of a run that nobody killed.

    V/bin/pip install ./python-shim pyarrow
    V/bin/python Tests/Conformance/parquet_kills.py FILE.parquet [--rows-per-file 1000] [--seed 1]
"""

import argparse
import random
import subprocess
import sys
import tempfile
import time
from pathlib import Path


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("file")
    parser.add_argument("--rows-per-file", default="1000")
    parser.add_argument("--seed", type=int, default=1)
    arguments = parser.parse_args()
    random.seed(arguments.seed)
    run = [sys.executable, "-m", "tok.parquet", "encode", arguments.file]
    run += ["--rows-per-file", arguments.rows_per_file, "--rows-per-group", "250", "-o"]
    with tempfile.TemporaryDirectory() as scratch:
        whole, broken = Path(scratch, "whole"), Path(scratch, "broken")
        began = time.monotonic()
        subprocess.run([*run, whole], check=True)
        seconds = time.monotonic() - began
        files = len(list(whole.glob("*.parquet")))
        kills = 0
        while True:
            process = subprocess.Popen([*run, broken], stderr=subprocess.DEVNULL)
            try:
                # A start takes about a second, and some runs must finish a file.
                status = process.wait(random.uniform(0.8, 2.5 + seconds / files))
            except subprocess.TimeoutExpired:
                process.kill()
                process.wait()
                kills += 1
                continue
            if status != 0:
                sys.exit(f"ended with status {status}")
            break
        # The lock of a killed run is taken over and removed by the next one.
        names = sorted(path.name for path in whole.iterdir())
        differing = [
            name
            for name in sorted({*names, *(path.name for path in broken.iterdir())})
            if name not in names
            or not (broken / name).exists()
            or (broken / name).read_bytes() != (whole / name).read_bytes()
        ]
    print(f"{files} files, killed {kills} times, {len(differing)} differ {differing}")
    sys.exit(1 if differing or not kills else 0)


main()
