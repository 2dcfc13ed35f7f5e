#!/usr/bin/env python3
"""Documents a second through Spark, Ray and datasets on this machine, beside one process and `tok
encode`.

    V/bin/pip install ./python-shim -r python-shim/tests/clusters/requirements.txt
    V/bin/python Tests/Benchmarks/clusters.py --tok .build/release/tok english.nul multilingual.nul
 Texts come from the given files, whose documents end with NUL, over and over until there are
--megabytes of them, and are written into Parquet files first. Each way reads these and writes
Parquet, but for `tok encode`, which reads the same documents between NULs and writes ids, and
encode_batch, which has the texts in memory already. The first run of each engine and the best of
the others are printed; an engine's start is by itself. Ids are checked by their number. Leave the
machine alone meanwhile: every way is measured by the wall clock.
"""

import argparse
import json
import os
import random
import shutil
import subprocess
import sys
import tempfile
import time
from pathlib import Path


PARTS = ["commands", "one_process", "counting", "spark", "ray", "datasets", "memory", "words"]

MEMORY = """
import sys, json, pickle
import pyarrow as pa

def private():
    with open("/proc/self/smaps_rollup") as file:
        return sum(int(line.split()[1]) for line in file if line.startswith("Private_Dirty")) / 1000

from tok._columns import EncodingOptions, encode_column
vocabulary = pickle.load(sys.stdin.buffer)
before = private()
tokenizer = vocabulary.tokenizer
opened = private()
texts = pa.array(open(sys.argv[1], "rb").read(20_000_000).split(b"\\0")[:-1], pa.binary())
began = private()
for first in range(0, len(texts), 1000):
    encode_column(tokenizer, texts.slice(first, 1000), EncodingOptions())
print(json.dumps([round(part, 1) for part in (before, opened - before, private() - began)]))
"""


def size_of(path):
    """Bytes of a file, or of all files in a folder and its folders; None for nothing."""
    if path.is_dir():
        return sum(file.stat().st_size for file in path.rglob("*.*") if file.is_file())
    return path.stat().st_size if path.exists() else None


def ids_in(folder):
    """How many ids the files of Parquet in a folder have; None where there are none."""
    import pyarrow.parquet as pq

    total = None
    for path in folder.glob("*.parquet"):
        if "input_ids" in pq.read_schema(path).names:
            column = pq.read_table(path, columns=["input_ids"])["input_ids"]
            total = (total or 0) + sum(len(chunk.flatten()) for chunk in column.chunks)
    return total


class Bench:
    def __init__(self, arguments, folder):
        self.vocabulary = arguments.vocabulary
        self.tok = arguments.tok
        self.workers = arguments.workers
        self.repetitions = arguments.repetitions
        self.folder = folder
        self.rows = []
        self.ids = None
        self.prepare(arguments.corpora, arguments.megabytes * 1_000_000)

    def prepare(self, corpora, wanted):
        import pyarrow as pa
        import pyarrow.parquet as pq

        documents = [
            document.decode(errors="replace")
            for path in corpora
            for document in Path(path).read_bytes().split(b"\0")
            if document
        ]
        random.Random(1).shuffle(documents)
        self.distinct = documents
        size = sum(len(document.encode()) for document in documents)
        documents = documents * max(1, round(wanted / size))
        self.documents = len(documents)
        self.bytes = sum(len(document.encode()) for document in documents)
        self.text = self.folder / "corpus.nul"
        self.text.write_bytes(b"".join(document.encode() + b"\0" for document in documents))
        self.parquet = self.folder / "corpus"
        self.parquet.mkdir()
        # As many files as there are tasks worth sending, with their documents in turn.
        files = 4 * self.workers
        for number in range(files):
            part = pa.table({"text": documents[number::files]})
            pq.write_table(part, self.parquet / f"{number:03}.parquet", row_group_size=2000)
        self.texts = pa.array(documents, pa.large_string())

    def measure(self, way, run, start=None):
        """`run` takes the folder to write to, and gives back how many ids there are, or None."""
        seconds, counts = [], set()
        for _ in range(self.repetitions):
            target = self.folder / "out"
            shutil.rmtree(target, ignore_errors=True)
            began = time.perf_counter()
            count = run(str(target))
            seconds.append(time.perf_counter() - began)
            counts.add(ids_in(Path(target)) if count is None else count)
        best = min(seconds[1:] or seconds)
        counts.discard(None)
        if counts:
            self.ids = self.ids or min(counts)
            if counts != {self.ids}:
                sys.exit(f"{way}: {counts} ids where {self.ids} are right")
        self.rows.append(
            {
                "way": way,
                "documents_a_second": round(self.documents / best),
                "mb_s": round(self.bytes / best / 1e6, 1),
                "seconds": round(best, 2),
                "first_seconds": round(seconds[0], 2),
                "start_seconds": None if start is None else round(start, 2),
                "ids": self.ids if counts else None,
                "written_bytes": size_of(self.folder / "out"),
            }
        )
        print(json.dumps(self.rows[-1]), flush=True)

    # ---- One machine -----------------------------------------------------------------------------

    def commands(self):
        for threads in sorted({1, self.workers}):
            command = [
                self.tok,
                "encode",
                "-v",
                self.vocabulary,
                "--nul",
                "-j",
                str(threads),
                "--to",
                "u32",
            ]

            def run(target):
                subprocess.run([*command, "-o", target + ".u32", str(self.text)], check=True)
                return os.path.getsize(target + ".u32") // 4

            self.measure(f"tok encode -j {threads}, to u32", run)

    def one_process(self):
        import tok.parquet

        tokenizer = tok.load(self.vocabulary)
        for threads in sorted({1, self.workers}):
            self.measure(
                f"encode_batch, {threads} threads, texts in memory",
                lambda target: len(tokenizer.encode_batch(self.texts, threads).ids),
            )
        for threads in sorted({1, self.workers}):
            self.measure(
                f"tok.parquet, one process, {threads} threads",
                lambda target: tok.parquet.encode(
                    self.parquet, target, self.vocabulary, threads=threads
                )["tokens"],
            )

    # ---- What scale.md rests on --------------------------------------------------------------------

    def memory(self):
        """Megabytes that a worker has for itself alone: before it opens the vocabulary, for that, and
        for encoding.
        """
        import pickle

        import tok
        from tok._shared import Vocabulary

        compiled = self.folder / "compiled.tok"
        tokenizer = tok.load(self.vocabulary)
        tokenizer.save(compiled)
        for way, source in (
            ("by name", self.vocabulary),
            ("a compiled file, mapped", str(compiled)),
            ("bytes", tokenizer.to_bytes()),
        ):
            sent = pickle.dumps(Vocabulary.of(source))
            command = [sys.executable, "-c", MEMORY, str(self.text)]
            said = subprocess.run(command, input=sent, capture_output=True, check=True).stdout
            before, opening, encoding = json.loads(said)
            row = {"vocabulary": way, "pickled_bytes": len(sent), "process_mb": before}
            print(json.dumps({**row, "opening_mb": opening, "encoding_mb": encoding}), flush=True)

    def words(self):
        """How many different words there are in the first part of the text, and in more of it."""
        data = "\n".join(self.distinct).encode()
        for divisor in (64, 16, 4, 1):
            part, counts = self.folder / "part.txt", self.folder / "part.counts"
            part.write_bytes(data[: len(data) // divisor])
            command = [self.tok, "count-words", "--pattern", "gpt2", "--progress", "none"]
            subprocess.run([*command, "-o", str(counts), str(part)], check=True)
            end = counts.read_bytes().rsplit(b"\t", 1)[1]
            row = {
                "text_bytes": part.stat().st_size,
                "words": int(end),
                "counts_bytes": size_of(counts),
            }
            print(json.dumps(row), flush=True)

    # ---- Engines ---------------------------------------------------------------------------------

    def spark(self):
        os.environ.update(PYSPARK_PYTHON=sys.executable, SPARK_LOCAL_IP="127.0.0.1")
        from pyspark.sql import SparkSession

        import tok.spark

        began = time.perf_counter()
        session = (
            SparkSession.builder.master(f"local[{self.workers}]")
            .config("spark.driver.memory", "3g")
            .config("spark.ui.enabled", "false")
            .config("spark.ui.showConsoleProgress", "false")
            .config("spark.local.dir", str(self.folder))
            .config("spark.sql.execution.arrow.maxRecordsPerBatch", "1000")
            .config("spark.sql.shuffle.partitions", str(2 * self.workers))
            .getOrCreate()
        )
        session.sparkContext.setLogLevel("ERROR")
        start = time.perf_counter() - began
        frame = session.read.parquet(str(self.parquet))

        def passed(batches):
            yield from batches

        def run(target):
            tok.spark.encode(frame, self.vocabulary, keep_columns=[]).write.parquet(target)

        def counted(target):
            return tok.spark.count_tokens(frame, self.vocabulary).collect()[0]["tokens"]

        self.measure(
            "Spark: texts to Python and back, nothing done",
            lambda target: frame.mapInArrow(passed, frame.schema).write.parquet(target),
            start,
        )
        self.measure("Spark: encode", run, start)
        self.measure("Spark: count_tokens", counted, start)
        path = str(self.folder / "spark.counts")
        self.measure(
            "Spark: words counted into a file",
            lambda target: tok.spark.write_word_counts(
                tok.spark.word_counts(frame), path, threads=self.workers
            ),
            start,
        )
        session.stop()

    def counting(self):
        for threads in sorted({1, self.workers}):
            command = [
                self.tok,
                "count-words",
                "--pattern",
                "gpt2",
                "--unit",
                "line",
                "-j",
                str(threads),
                "--jsonl",
            ]
            lines = self.folder / "corpus.jsonl"
            if not lines.exists():
                import tok.parquet

                with open(lines, "wb") as file:
                    tok.parquet.write_text(self.parquet, file)

            def run(target):
                subprocess.run(
                    [*command, "text", "-o", target + ".counts", "--progress", "none", str(lines)],
                    check=True,
                )

            self.measure(f"tok count-words -j {threads}, JSON lines", run)

    def ray(self):
        os.environ["RAY_DATA_DISABLE_PROGRESS_BARS"] = "1"
        import ray

        import tok.ray

        began = time.perf_counter()
        ray.init(
            num_cpus=self.workers,
            object_store_memory=2**30,
            include_dashboard=False,
            log_to_driver=False,
            logging_level="ERROR",
        )
        start = time.perf_counter() - began

        def passed(table):
            return table

        def way(function):
            def run(target):
                texts = ray.data.read_parquet(str(self.parquet))
                texts.map_batches(function, batch_format="pyarrow", batch_size=1000).write_parquet(
                    target
                )

            return run

        self.measure("Ray: texts through a process, nothing done", way(passed), start)
        self.measure("Ray: encode", way(tok.ray.Encoder(self.vocabulary, keep_columns=[])), start)
        ray.shutdown()

    def datasets(self):
        os.environ["HF_HUB_OFFLINE"] = "1"
        os.environ["HF_HOME"] = str(self.folder / "hf")
        import datasets

        import tok.datasets

        datasets.disable_progress_bars()
        texts = datasets.load_dataset(
            "parquet",
            data_files=str(self.parquet / "*.parquet"),
            split="train",
            cache_dir=str(self.folder / "hf"),
        )
        for form in (None, "arrow"):
            for processes in (None, self.workers):

                def run(target):
                    encoder = tok.datasets.Encoder(self.vocabulary)
                    texts.with_format(form).map(
                        encoder, batched=True, num_proc=processes, load_from_cache_file=False
                    )

                self.measure(f"datasets: map, {processes or 1} processes, format {form}", run)


def main():
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--tok", required=True, help="the tool, built for release")
    parser.add_argument("--vocabulary", default="o200k_base")
    parser.add_argument("--workers", type=int, default=2)
    parser.add_argument("--repetitions", type=int, default=3)
    parser.add_argument("--megabytes", type=int, default=250)
    parser.add_argument(
        "--only", action="append", help="commands, one_process, spark, ray, datasets or counting"
    )
    parser.add_argument("corpora", nargs="+", help="documents that end with NUL")
    arguments = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="tok-clusters-") as folder:
        bench = Bench(arguments, Path(folder))
        for part in arguments.only or PARTS:
            getattr(bench, part)()
    print(f"\n{bench.documents} documents, {bench.bytes} bytes, {bench.workers} workers\n")
    print("| way | documents/s | MB/s | first run, s | start, s | ids |\n|---|---|---|---|---|---|")
    for row in bench.rows:
        cells = [
            row[name]
            for name in (
                "way",
                "documents_a_second",
                "mb_s",
                "first_seconds",
                "start_seconds",
                "ids",
            )
        ]
        print("| " + " | ".join("" if cell is None else str(cell) for cell in cells) + " |")


if __name__ == "__main__":
    main()
