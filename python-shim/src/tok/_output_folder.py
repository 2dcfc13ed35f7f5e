"""A folder of files that a run writes one after another, and goes on with after it was killed."""

from __future__ import annotations

import fcntl
import hashlib
import json
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, TextIO

MANIFEST = "manifest.json"
_JOURNAL = "journal.json"
_LOCK = "journal.lock"
#: The format of a manifest, as `tok encode --shards` has it.
_FORMAT = 1


class OutputFolder:
    """What is finished of a run. A file has its name only when it is whole and on the disk; the
    journal, which speaks of finished files alone, is replaced behind that.
    """

    def __init__(self, path: str | os.PathLike[str]) -> None:
        self.path = Path(path)

    @contextmanager
    def locked(self) -> Iterator[None]:
        """Keeps other processes from writing here.

        Raises BlockingIOError where another one does; a process that ends lets go of it, however it
        ends.
        """
        self.path.mkdir(parents=True, exist_ok=True)
        with self._lock() as lock:
            try:
                yield
            finally:
                os.unlink(lock.name)

    def _lock(self) -> TextIO:
        path = self.path / _LOCK
        while True:
            lock = open(path, "w")
            try:
                fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
                # subtle: who held the lock before may have removed the file that we opened.
                if os.path.samestat(os.fstat(lock.fileno()), os.stat(path)):
                    return lock
            except BlockingIOError as error:
                lock.close()
                raise BlockingIOError(
                    error.errno, "another process writes into this folder", str(self.path)
                ) from None
            except FileNotFoundError:
                pass
            lock.close()

    def manifest(self) -> dict[str, Any] | None:
        return self._read(MANIFEST)

    def journal(self) -> dict[str, Any] | None:
        return self._read(_JOURNAL)

    def _read(self, name: str) -> dict[str, Any] | None:
        try:
            read: dict[str, Any] = json.loads((self.path / name).read_bytes())
        except FileNotFoundError:
            return None
        except ValueError as error:
            raise ValueError(f"{self.path / name}: {error}") from None
        return read

    def part(self, name: str) -> Path:
        """Where a file is written before it gets its name."""
        return self.path / f"{name}.part"

    def publish(self, name: str) -> dict[str, Any]:
        """Gives a written file its name. What manifests say of it: name, size and digest."""
        part = self.part(name)
        with open(part, "rb") as file:
            digest = hashlib.file_digest(file, "sha256").hexdigest()
            size = os.fstat(file.fileno()).st_size
            os.fsync(file.fileno())
        os.replace(part, self.path / name)
        self._sync()
        return {"name": name, "bytes": size, "sha256": digest}

    def note(self, journal: dict[str, Any]) -> None:
        self._replace(_JOURNAL, json.dumps(journal, ensure_ascii=False) + "\n")

    def finish(self, manifest: dict[str, Any]) -> dict[str, Any]:
        """Writes the manifest, a line for each member and each shard, and removes the journal."""
        lines = [f'"format":{_FORMAT}']
        for key, value in manifest.items():
            if key == "shards" and value:
                rows = ",\n".join(map(_compact, value))
                lines.append(f'"shards":[\n{rows}\n]')
            else:
                lines.append(f'"{key}":{_compact(value)}')
        self._replace(MANIFEST, "{\n" + ",\n".join(lines) + "\n}\n")
        (self.path / _JOURNAL).unlink(missing_ok=True)
        return {"format": _FORMAT, **manifest}

    def clear(self, name: str) -> None:
        """Removes what there is of runs with this name, the manifest first: without it nobody takes
        the rest for whole.
        """
        for file in (MANIFEST, _JOURNAL):
            (self.path / file).unlink(missing_ok=True)
        for path in self.path.glob(f"{name}_[0-9]*"):
            path.unlink()

    def _replace(self, name: str, text: str) -> None:
        part = self.part(name)
        with open(part, "w", encoding="utf-8") as file:
            file.write(text)
            file.flush()
            os.fsync(file.fileno())
        os.replace(part, self.path / name)
        self._sync()

    def _sync(self) -> None:
        folder = os.open(self.path, os.O_RDONLY)
        try:
            os.fsync(folder)
        finally:
            os.close(folder)


def difference(old: Any, new: Any, path: str = "") -> str | None:
    """The first thing that two runs do not have in common, in words; the vocabulary's name is no
    difference.
    """
    if isinstance(old, dict) and isinstance(new, dict) and old.keys() == new.keys():
        for key in old:
            if path + key != "vocabulary.name":
                found = difference(old[key], new[key], f"{path}{key}.")
                if found:
                    return found
        return None
    if isinstance(old, list) and isinstance(new, list):
        if len(old) != len(new):
            return f"`{path[:-1]}`: {len(old)} there, {len(new)} now"
        for number, (one, other) in enumerate(zip(old, new), 1):
            found = difference(one, other, f"{path}{number}.")
            if found:
                return found
        return None
    if old == new:
        return None
    return f"`{path[:-1]}`: {_compact(old)} there, {_compact(new)} now"


def _compact(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))
