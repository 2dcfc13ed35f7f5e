#!/usr/bin/env python3
"""Kills trainings at random moments, lets them go on from their checkpoints, and compares the files.

    training_resume.py --tok .build/release/tok --kills 20 CORPUS...

For each corpus and each trainer one unbroken training makes the file that all others must equal to the
byte: trainings with 1, 2, 3 and 8 threads, each twice; with a bound on memory; and trainings that are
ended by SIGKILL at a moment drawn by a seeded generator, and started again until they come to their end,
the second start being killed as well. A training that was through before it could be killed is not
counted and done again with another moment. What was going on at each kill is told by the last line of
progress. Exits with 1 where a file differs.
"""

import argparse
import collections
import json
import pathlib
import random
import shutil
import subprocess
import sys
import tempfile
import time

TRAINERS = {
    "bpe": ["bpe", "-n", "16000"],
    "bpe huggingface": ["bpe", "-n", "16000", "--compatibility", "huggingface",
                        "--max-token-length", "12"],
    "bpe sentencepiece": ["bpe", "-n", "8000", "--compatibility", "sentencepiece"],
    "wordpiece": ["wordpiece", "-n", "16000"],
    "likelihood": ["wordpiece", "-n", "16000", "--score", "likelihood", "--min-frequency", "5"],
    "picky": ["bpe", "-n", "8000", "--picky", "0.9"],
    "boundless": ["boundless", "-n", "8000"],
    "unigram": ["unigram", "-n", "8000"],
    "lib": ["lib", "-n", "8000"],
}


class Bench:
    def __init__(self, tok, corpus, folder, every):
        self.tok, self.corpus, self.folder, self.every = tok, corpus, folder, every

    def command(self, trainer, output, *options):
        return [self.tok, "train", *TRAINERS[trainer], *options, "-o", str(output), self.corpus]

    def train(self, trainer, *options):
        """The file that a training makes, and how long it took."""
        output = self.folder / "trained.json"
        start = time.monotonic()
        subprocess.run(self.command(trainer, output, *options), check=True,
                       stderr=subprocess.DEVNULL)
        seconds = time.monotonic() - start
        content = output.read_bytes()
        output.unlink()
        return content, seconds

    def kill(self, trainer, checkpoint, moment, threads):
        """Starts a training and kills it after `moment` seconds; its phase then, or None where it was
        through before."""
        output = self.folder / "killed.json"
        log = self.folder / "progress"
        with open(log, "wb") as errors:
            process = subprocess.Popen(
                self.command(trainer, output, "--checkpoint", str(checkpoint),
                             "--checkpoint-every", str(self.every), "--progress", "json",
                             "-j", str(threads)),
                stderr=errors)
            try:
                process.wait(moment)
            except subprocess.TimeoutExpired:
                process.kill()
            status = process.wait()
        if status == 0:
            return None
        if status != -9:
            raise SystemExit(f"{trainer}: status {status}: {log.read_text()}")
        for line in reversed(log.read_text().splitlines()):
            try:
                return json.loads(line)["phase"]
            except (ValueError, KeyError):
                pass
        return "begin"


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--tok", required=True)
    parser.add_argument("--kills", type=int, default=20)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--every", type=float, default=0.02, help="seconds between two saves")
    parser.add_argument("--memory", default="4M")
    parser.add_argument("--trainers", nargs="*", choices=TRAINERS, default=list(TRAINERS))
    parser.add_argument("corpus", nargs="+")
    arguments = parser.parse_args()

    failures = 0
    for corpus in arguments.corpus:
        for trainer in arguments.trainers:
            generator = random.Random(f"{arguments.seed} {trainer}")
            with tempfile.TemporaryDirectory() as folder:
                folder = pathlib.Path(folder)
                bench = Bench(arguments.tok, corpus, folder, arguments.every)
                expected, _ = bench.train(trainer)

                alike = runs = 0
                variants = [["-j", str(n)] for n in (1, 2, 3, 8)] * 2
                variants.append(["--memory", arguments.memory, "-j", "2"])
                for options in variants:
                    runs += 1
                    alike += bench.train(trainer, *options)[0] == expected

                checkpoint = folder / "checkpoint"
                _, seconds = bench.train(trainer, "--checkpoint", str(checkpoint),
                                         "--checkpoint-every", str(arguments.every))
                kills = resumed = attempts = second = 0
                phases = collections.Counter()
                while kills < arguments.kills and attempts < 20 * arguments.kills:
                    attempts += 1
                    shutil.rmtree(checkpoint, ignore_errors=True)
                    phase = bench.kill(trainer, checkpoint, generator.uniform(0, seconds),
                                       generator.choice([1, 2, 3]))
                    if phase is None:
                        continue
                    kills += 1
                    phases[phase] += 1
                    again = bench.kill(trainer, checkpoint, generator.uniform(0, seconds),
                                       generator.choice([1, 2, 3]))
                    if again is not None:
                        second += 1
                        phases[again] += 1
                    content, _ = bench.train(trainer, "--checkpoint", str(checkpoint))
                    resumed += content == expected
                failures += runs - alike + kills - resumed + (kills < arguments.kills)
                print(f"{pathlib.Path(corpus).name}, {trainer}: {alike} of {runs} runs alike; "
                      f"{kills} killed, {second} of them twice, {resumed} ended alike "
                      f"({', '.join(f'{n} {p}' for p, n in sorted(phases.items()))})", flush=True)
    sys.exit(1 if failures else 0)


if __name__ == "__main__":
    main()
