import hashlib
import json
import os
import random
import signal
import subprocess
import sys
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.feather
import pyarrow.parquet as pq
import pytest
import tok
import tok.parquet


@pytest.fixture(scope="module")
def corpus(texts: list[str], tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The texts in three files of different layouts."""
    folder = tmp_path_factory.mktemp("corpus")
    table = pa.table(
        {
            "number": range(len(texts)),
            "text": texts,
            "tags": [["a"] * (n % 3) for n in range(len(texts))],
        }
    )
    pq.write_table(table[:250], folder / "a.parquet", row_group_size=70)
    pq.write_table(table[250:251], folder / "b.parquet")
    pq.write_table(table[251:], folder / "c.parquet", row_group_size=1000, compression="none")
    return folder


def contents(folder: Path) -> dict[str, str]:
    return {
        path.name: hashlib.sha256(path.read_bytes()).hexdigest()
        for path in sorted(folder.iterdir())
    }


def rows(folder: Path) -> list[dict[str, Any]]:
    read: list[dict[str, Any]] = []
    for path in sorted(folder.glob("*.parquet")):
        read += pq.read_table(path).to_pylist()
    return read


def test_ids_are_those_of_encode_batch(
    corpus: Path, texts: list[str], ids: list[list[int]], tmp_path: Path
) -> None:
    manifest = tok.parquet.encode(
        corpus,
        tmp_path,
        "o200k_base",
        keep_columns=["number", "tags"],
        rows_per_file=200,
        rows_per_group=30,
    )
    read = rows(tmp_path)
    assert [row["input_ids"] for row in read] == ids
    assert [row["number"] for row in read] == list(range(len(texts)))
    assert [row["tags"] for row in read] == [["a"] * (number % 3) for number in range(len(texts))]
    names = [f"tokens_{number:06}.parquet" for number in range(4)]
    assert sorted(os.listdir(tmp_path)) == ["manifest.json", *names]
    assert pq.read_metadata(tmp_path / names[0]).num_row_groups == 7
    assert manifest == json.loads((tmp_path / "manifest.json").read_bytes())
    assert manifest["documents"] == len(texts) and manifest["tokens"] == sum(map(len, ids))
    assert manifest["text_bytes"] == sum(len(text.encode()) for text in texts)
    assert [shard["documents"] for shard in manifest["shards"]] == [200, 200, 200, 3]
    for shard in manifest["shards"]:
        assert contents(tmp_path)[shard["name"]] == shard["sha256"]
    assert (
        manifest["vocabulary"]["sha256"]
        == hashlib.sha256(tok.load("o200k_base").to_bytes()).hexdigest()
    )


def test_options(corpus: Path, o200k: tok.Tokenizer, texts: list[str], tmp_path: Path) -> None:
    tok.parquet.encode(
        corpus,
        tmp_path,
        o200k,
        "text",
        "ids",
        ["text"],
        special="parse",
        end_of_document="<|endoftext|>",
        threads=2,
    )
    end = [o200k.id_of("<|endoftext|>")]
    wanted = [{"text": text, "ids": o200k.encode_list(text, "parse") + end} for text in texts]
    assert rows(tmp_path) == wanted
    for wrong, said in [
        ({"column": "body"}, "a.parquet: there is no column 'body', but 'number', 'text', 'tags'"),
        ({"end_of_document": "<nothing>"}, "no token '<nothing>'"),
        ({"end_of_document": 10**6}, "1000000 is no id"),
        ({"to": "csv"}, "'csv' is neither"),
        ({"rows_per_file": 0}, "at least 1"),
        ({"shard_name": "../x"}, "'../x' is no beginning"),
    ]:
        with pytest.raises(ValueError, match=said):
            tok.parquet.encode(corpus, tmp_path / "wrong", o200k, **wrong)  # type: ignore[arg-type]
    with pytest.raises(TypeError, match="a column of texts is wanted, not of int64"):
        tok.parquet.encode(corpus, tmp_path / "wrong", o200k, "number")


def test_arrow_files(texts: list[str], ids: list[list[int]], tmp_path: Path) -> None:
    table = pa.table({"text": texts})
    pa.feather.write_feather(table[:100], tmp_path / "a.feather", compression="zstd", chunksize=7)
    with pa.ipc.new_stream(tmp_path / "b.arrow", table.schema) as stream:
        stream.write_table(table[100:], max_chunksize=50)
    tok.parquet.encode(
        tmp_path, tmp_path / "out", "o200k_base", to="arrow", rows_per_file=170, rows_per_group=50
    )
    read: list[list[int]] = []
    for path in sorted((tmp_path / "out").glob("tokens_*.arrow")):
        read += pa.ipc.open_file(path).read_all().column("input_ids").to_pylist()
    assert read == ids


def test_kinds_of_columns(o200k: tok.Tokenizer, tmp_path: Path) -> None:
    texts = ["one", "two", "", "one", "Straße"]
    wanted = [o200k.encode_list(text) for text in texts]
    for number, kind in enumerate(
        [
            pa.string(),
            pa.large_string(),
            pa.binary(),
            pa.large_binary(),
            pa.dictionary(pa.int8(), pa.string()),
        ]
    ):
        path = tmp_path / f"{number}.parquet"
        pq.write_table(pa.table({"text": pa.array(texts).cast(kind)}), path)
        tok.parquet.encode(path, tmp_path / str(number), o200k)
        assert [row["input_ids"] for row in rows(tmp_path / str(number))] == wanted
    with pytest.raises(
        ValueError, match="the column 'text' is of binary, in .*0.parquet of string"
    ):
        tok.parquet.encode(
            [tmp_path / "0.parquet", tmp_path / "2.parquet"], tmp_path / "out", o200k
        )


@pytest.fixture
def with_bad_rows(tmp_path: Path) -> Path:
    texts = [b"good", None, b"bad \xff", b"<|endoftext|>", b"", b"fine"]
    path = tmp_path / "bad.parquet"
    pq.write_table(pa.table({"text": pa.array(texts, pa.binary()), "n": range(6)}), path)
    return path


def test_bad_rows_stop_or_are_skipped_and_collected(with_bad_rows: Path, tmp_path: Path) -> None:
    out = tmp_path / "out"
    with pytest.raises(tok.parquet.BadDocument, match="bad.parquet: row 1: null") as caught:
        tok.parquet.encode(with_bad_rows, out, "o200k_base", rows_per_file=1)
    assert caught.value.row == 1 and caught.value.input == str(with_bad_rows)
    # What was good stays, and the run may go on by skipping.
    collected = tmp_path / "bad.jsonl"
    manifest = tok.parquet.encode(
        with_bad_rows, out, "o200k_base", rows_per_file=1, bad_documents=collected
    )
    assert manifest["bad_documents"] == 2 and manifest["documents"] == 4
    said = [json.loads(line) for line in collected.read_text().splitlines()]
    assert [(row["row"], row["reason"]) for row in said] == [(1, "null"), (2, "no UTF-8 at byte 4")]
    assert {row["input"] for row in said} == {str(with_bad_rows)}


def test_what_the_tokenizer_refuses_is_bad(with_bad_rows: Path, tmp_path: Path) -> None:
    manifest = tok.parquet.encode(
        with_bad_rows,
        tmp_path / "out",
        "o200k_base",
        keep_columns=["n"],
        special="error",
        on_error="skip",
    )
    assert manifest["bad_documents"] == 3
    assert [row["n"] for row in rows(tmp_path / "out")] == [0, 4, 5]
    with pytest.raises(tok.parquet.BadDocument, match="bad.parquet: row 1"):
        tok.parquet.encode(with_bad_rows, tmp_path / "stop", "o200k_base", special="error")


KILLED = """
import os, signal, sys
import tok.parquet
from tok._parquet_command import main

left = int(sys.argv[1])

def deadly(call):
    def wrapped(*arguments):
        global left
        left -= 1
        if left == 0:
            os.kill(os.getpid(), signal.SIGKILL)
        return call(*arguments)
    return wrapped

os.replace, os.fsync = deadly(os.replace), deadly(os.fsync)
tok.parquet._Work.encoded = deadly(tok.parquet._Work.encoded)
sys.exit(main(sys.argv[2:]))
"""


def test_a_run_that_was_killed_goes_on_to_the_same_bytes(texts: list[str], tmp_path: Path) -> None:
    """Killed again and again: before a row group, before a file is synced, before it gets its name."""
    corpus = tmp_path / "corpus.parquet"
    rows = [text if number % 50 else None for number, text in enumerate(texts)]
    pq.write_table(pa.table({"text": rows, "number": range(len(rows))}), corpus, row_group_size=90)
    options: dict[str, Any] = {"rows_per_file": 60, "rows_per_group": 25}
    whole, broken = tmp_path / "whole", tmp_path / "broken"
    bad = tmp_path / "bad1.jsonl", tmp_path / "bad2.jsonl"
    tok.parquet.encode(
        corpus, whole, "o200k_base", keep_columns=["number"], bad_documents=bad[0], **options
    )
    arguments = ["encode", str(corpus), "-o", str(broken), "--keep", "number"]
    arguments += ["--rows-per-file", "60", "--rows-per-group", "25", "--bad-documents", str(bad[1])]
    random.seed(11)
    statuses = []
    while 0 not in statuses:
        command = [sys.executable, "-c", KILLED, str(random.randint(8, 30)), *arguments]
        statuses.append(subprocess.run(command, capture_output=True).returncode)
        assert statuses[-1] in (0, -signal.SIGKILL) and len(statuses) < 40
    assert len(statuses) > 5
    assert contents(broken) == contents(whole)
    assert bad[1].read_bytes() == bad[0].read_bytes()
    assert len(bad[0].read_bytes().splitlines()) == 13


def test_finished_files_are_not_made_again(corpus: Path, tmp_path: Path) -> None:
    whole, broken = tmp_path / "whole", tmp_path / "broken"
    options: dict[str, Any] = {"rows_per_file": 100, "rows_per_group": 30}
    tok.parquet.encode(corpus, whole, "o200k_base", **options)

    class Killed(Exception):
        pass

    calls = 0
    for stop in (1, 2, 5, 6, 9):

        def progress(progress: tok.parquet.Progress) -> None:
            nonlocal calls
            calls += 1
            if calls == stop:
                raise Killed

        calls = 0
        made = {path: path.stat().st_mtime_ns for path in broken.glob("*.parquet")}
        with pytest.raises(Killed):
            tok.parquet.encode(corpus, broken, "o200k_base", progress=progress, **options)
        assert all(path.stat().st_mtime_ns == made[path] for path in made)
    assert tok.parquet.verify(broken) == [
        f"{broken}: the run is not finished: there is no manifest.json"
    ]
    tok.parquet.encode(corpus, broken, "o200k_base", **options)
    assert contents(broken) == contents(whole)
    # A finished run is left as it is.
    made = {path: path.stat().st_mtime_ns for path in broken.iterdir()}
    tok.parquet.encode(corpus, broken, "o200k_base", **options)
    assert made == {path: path.stat().st_mtime_ns for path in broken.iterdir()}


def test_another_run_in_the_same_folder_is_an_error(
    corpus: Path, o200k: tok.Tokenizer, tmp_path: Path
) -> None:
    copy = tmp_path / "a.parquet"
    copy.write_bytes((corpus / "a.parquet").read_bytes())
    out = tmp_path / "out"
    tok.parquet.encode(copy, out, "o200k_base")
    for other, said in [
        ({"tokenizer": o200k.add_tokens(["<x>"])}, "`vocabulary.ids`: 200019 there, 200020 now"),
        ({"rows_per_file": 7}, "`options.rows-per-file`: 1000000 there, 7 now"),
        ({"inputs": corpus}, "`inputs`: 1 there, 3 now"),
    ]:
        with pytest.raises(ValueError, match=said):
            given: Any = {"inputs": copy, "folder": out, "tokenizer": o200k, **other}
            tok.parquet.encode(**given)
    os.utime(copy, ns=(0, 5))
    with pytest.raises(ValueError, match='`inputs.1.modified`: .* there, "0.000000005" now'):
        tok.parquet.encode(copy, out, o200k)
    tok.parquet.encode(corpus, out, o200k, rows_per_file=300, restart=True)
    assert len(list(out.glob("*.parquet"))) == 3


def test_files_that_are_none(corpus: Path, tmp_path: Path) -> None:
    whole = (corpus / "a.parquet").read_bytes()
    for name, data in [
        ("no.parquet", b"text"),
        ("empty.parquet", b""),
        ("half.parquet", whole[: len(whole) // 2]),
        ("no.arrow", b"ARROW1 or so"),
        ("empty.arrow", b""),
        ("zeros.parquet", whole[:4] + bytes(len(whole) // 2) + whole[4 + len(whole) // 2 :]),
    ]:
        path = tmp_path / name
        path.write_bytes(data)
        with pytest.raises((ValueError, OSError), match=name):
            tok.parquet.encode(path, tmp_path / "out", "o200k_base")
    with pytest.raises(OSError, match="nowhere"):
        tok.parquet.encode(tmp_path / "nowhere", tmp_path / "out", "o200k_base")
    with pytest.raises(ValueError, match="a folder without files"):
        tok.parquet.encode(tmp_path / "out", tmp_path / "out2", "o200k_base")


def test_two_processes_do_not_write_into_one_folder(corpus: Path, tmp_path: Path) -> None:
    def progress(progress: tok.parquet.Progress) -> None:
        with pytest.raises(BlockingIOError, match="another process writes into this folder"):
            tok.parquet.encode(corpus, tmp_path, "o200k_base")

    tok.parquet.encode(corpus, tmp_path, "o200k_base", progress=progress)


def test_verify_says_what_is_wrong(corpus: Path, tmp_path: Path) -> None:
    tok.parquet.encode(corpus, tmp_path, "o200k_base", rows_per_file=150)
    assert tok.parquet.verify(tmp_path) == []
    files = sorted(tmp_path.glob("*.parquet"))
    files[0].unlink()
    with open(files[1], "r+b") as file:
        file.truncate(100)
    with open(files[2], "r+b") as file:
        file.seek(50)
        byte = file.read(1)
        file.seek(50)
        file.write(bytes([byte[0] ^ 1]))
    wrong = tok.parquet.verify(tmp_path)
    assert len(wrong) == 3
    assert (
        "No such file" in wrong[0] and "100 bytes where" in wrong[1] and "the digest is" in wrong[2]
    )


def test_text_for_other_programs_and_for_training(corpus: Path, texts: list[str]) -> None:
    lines = subprocess.run(
        [sys.executable, "-m", "tok.parquet", "text", str(corpus), "--field", "t"],
        capture_output=True,
        check=True,
    ).stdout.splitlines()
    assert [json.loads(line)["t"] for line in lines] == texts
    assert [text for part in tok.parquet.documents(corpus) for text in part.to_pylist()] == texts
    trained = tok.train_bpe(tok.parquet.documents(corpus), 400)
    assert trained.to_bytes() == tok.train_bpe(texts, 400).to_bytes()


def test_memory_does_not_grow_with_the_inputs(tmp_path: Path) -> None:
    text = " ".join(f"word{number % 997}" for number in range(2000))
    pq.write_table(pa.table({"text": [text] * 2000}), tmp_path / "a.parquet", row_group_size=2000)

    def peak(times: int) -> int:
        code = (
            "import resource, sys, tok.parquet\n"
            "inputs = [sys.argv[1]] * int(sys.argv[2])\n"
            "tok.parquet.encode(inputs, sys.argv[3], 'o200k_base', rows_per_group=200)\n"
            "print(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss)"
        )
        out = str(tmp_path / f"out{times}")
        run = [sys.executable, "-c", code, str(tmp_path / "a.parquet"), str(times), out]
        return int(subprocess.run(run, capture_output=True, check=True).stdout)

    assert peak(8) < peak(1) * 1.5
