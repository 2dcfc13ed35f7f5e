"""The command `python -m tok.parquet`."""

from __future__ import annotations

import argparse
import json
import os
import sys
import time
from collections.abc import Sequence

from . import parquet


def main(arguments: Sequence[str] | None = None) -> int:
    """The exit status: 0, 1 for bad input, 2 for bad usage."""
    chosen = _parser().parse_args(arguments)
    try:
        if chosen.command == "encode":
            return _encode(chosen)
        if chosen.command == "verify":
            wrong = parquet.verify(chosen.folder)
            print("\n".join(wrong or [f"{chosen.folder}: whole"]))
            return 1 if wrong else 0
        parquet.write_text(
            chosen.inputs,
            sys.stdout.buffer,
            chosen.column,
            field=chosen.field,
            on_error=chosen.on_error,
        )
        sys.stdout.flush()
        return 0
    except BrokenPipeError:
        # Whoever reads has enough.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 1
    except (OSError, ValueError, TypeError) as error:
        print(f"tok.parquet: {error}", file=sys.stderr)
        return 1


def _encode(chosen: argparse.Namespace) -> int:
    end = chosen.end_of_document
    manifest = parquet.encode(
        chosen.inputs,
        chosen.output,
        chosen.vocabulary,
        chosen.column,
        chosen.ids_column,
        chosen.keep,
        to=chosen.to,
        shard_name=chosen.shard_name,
        rows_per_file=chosen.rows_per_file,
        rows_per_group=chosen.rows_per_group,
        compression=chosen.compression,
        special=chosen.special,
        template=not chosen.no_template,
        end_of_document=int(end) if end is not None and end.isdecimal() else end,
        threads=chosen.threads,
        on_error=chosen.on_error,
        bad_documents=chosen.bad_documents,
        restart=chosen.restart,
        progress=_Report(chosen.progress) if chosen.progress != "none" else None,
    )
    print(
        f"tok.parquet: {manifest['documents']} documents, {manifest['tokens']} tokens, "
        f"{manifest['bad_documents']} skipped, {len(manifest['shards'])} files",
        file=sys.stderr,
    )
    return 0


class _Report:
    """Says on standard error how far it is, twice a second at most."""

    def __init__(self, form: str) -> None:
        self.is_json = form == "json"
        self.is_silent = form == "auto" and not sys.stderr.isatty()
        self.start = self.last = time.monotonic()
        self.first_row: int | None = None

    def __call__(self, progress: parquet.Progress) -> None:
        if self.first_row is None:
            self.first_row = progress.rows
        now = time.monotonic()
        is_last = progress.rows == progress.total_rows
        if self.is_silent or (now - self.last < 0.5 and not is_last):
            return
        self.last = now
        seconds = max(now - self.start, 1e-9)
        done = progress.rows - self.first_row
        left = (progress.total_rows - progress.rows) * seconds / done if done else None
        if self.is_json:
            said = {**progress._asdict(), "seconds": round(seconds, 3), "seconds_left": left}
            print(json.dumps(said), file=sys.stderr, flush=True)
        else:
            line = (
                f"{progress.rows} of {progress.total_rows} documents, "
                f"{progress.text_bytes / seconds / 1e6:.1f} MB/s, "
                f"{progress.tokens / seconds:.0f} tokens/s"
                + ("" if left is None else f", {left:.0f} s left")
            )
            print(f"\r{line:78}", end="\n" if is_last else "", file=sys.stderr, flush=True)


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="python -m tok.parquet",
        description="Texts in files of Parquet and Arrow, and their ids.",
    )
    commands = parser.add_subparsers(dest="command", required=True)

    encode = commands.add_parser(
        "encode",
        help="encode a column into files of ids",
        description="Encodes a column into files of ids. A run that was killed goes on when it is "
        "started again, and gives the same bytes.",
    )
    encode.add_argument("-v", "--vocabulary", default="o200k_base", help="a name, file or folder")
    encode.add_argument("-o", "--output", required=True, metavar="FOLDER")
    encode.add_argument("--ids-column", default="input_ids", metavar="NAME")
    encode.add_argument(
        "--keep", action="append", default=[], metavar="NAME", help="a column that stays"
    )
    encode.add_argument("--to", choices=("parquet", "arrow"), default="parquet")
    encode.add_argument("--shard-name", default="tokens", help="what the names of files begin with")
    encode.add_argument("--rows-per-file", type=int, default=1_000_000, metavar="N")
    encode.add_argument("--rows-per-group", type=int, default=10_000, metavar="N")
    encode.add_argument("--compression", default="zstd")
    encode.add_argument("--special", choices=("text", "parse", "error"), default="text")
    encode.add_argument("--no-template", action="store_true")
    encode.add_argument("--end-of-document", metavar="TOKEN", help="an id or a token's text")
    encode.add_argument("-j", "--threads", type=int, metavar="N")
    encode.add_argument("--bad-documents", metavar="FILE", help="skips, and writes here what")
    encode.add_argument("--restart", action="store_true", help="begin anew")
    encode.add_argument("--progress", choices=("auto", "none", "json"), default="auto")

    text = commands.add_parser("text", help="write a column as lines of JSON to standard output")
    text.add_argument("--field", default="text", metavar="NAME", help="the member that is the text")

    for command in (encode, text):
        command.add_argument("inputs", nargs="+", metavar="FILE", help="files, or folders of them")
        command.add_argument("--column", default="text", metavar="NAME")
        command.add_argument(
            "--on-error",
            choices=("stop", "skip"),
            default="stop",
            help="what to do at a null or text that is not UTF-8",
        )

    verify = commands.add_parser("verify", help="check that a folder is whole")
    verify.add_argument("folder")
    return parser
