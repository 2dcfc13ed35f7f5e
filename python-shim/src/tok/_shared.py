"""A vocabulary for many processes: sent to them as little as can be, and opened once in each."""

from __future__ import annotations

import hashlib
import os
import threading
from typing import Any

from . import _tokenizer
from ._tokenizer import Tokenizer
from ._version import __version__

#: A name or a path, which every machine knows; a tokenizer; a compiled vocabulary's bytes; or a
#: Vocabulary.
Source = Any

_opened: dict[str, Tokenizer] = {}
_lock = threading.Lock()
if hasattr(os, "register_at_fork"):

    def _renew_lock() -> None:
        global _lock
        _lock = threading.Lock()

    os.register_at_fork(after_in_child=_renew_lock)


def digest_of(tokenizer: Tokenizer) -> str:
    """SHA-256 of the compiled vocabulary, in hexadecimal: the same for the same vocabulary, from
    whichever file.
    """
    return hashlib.sha256(tokenizer.to_bytes("compiled")).hexdigest()


class Vocabulary:
    """Where processes take a tokenizer from, and by what they know that it is the right one.

    Pickled it is a name or a path of a few bytes, or what stands for bytes: bytes themselves, or an
    object with the bytes as its `value`, as Spark's broadcasts are.
    """

    def __init__(self, source: Any, digest: str, seal: str | None = None) -> None:
        self.source = source
        self.digest = digest
        self.seal = seal

    @classmethod
    def of(cls, source: Source) -> Vocabulary:
        """Opens it here, so that what is wrong is found out before anything is sent."""
        if isinstance(source, Vocabulary):
            return source
        tokenizer = _open(source)
        data = tokenizer.to_bytes("compiled")
        digest = hashlib.sha256(data).hexdigest()
        with _lock:
            _opened.setdefault(digest, tokenizer)
        if isinstance(source, Tokenizer):
            return cls(data, digest)
        if isinstance(source, bytes):
            return cls(source, digest)
        path = os.fspath(source)
        if os.path.exists(path):
            # A relative path would mean something else in a worker's own folder.
            path = os.path.abspath(path)
        return cls(path, digest, _seal(path))

    @property
    def tokenizer(self) -> Tokenizer:
        """The process' own, opened when it is first asked for.

        Raises ValueError where the name or path means another vocabulary on this machine.
        """
        found = _opened.get(self.digest)
        if found is None:
            with _lock:
                found = _opened.get(self.digest)
                if found is None:
                    found = _open(getattr(self.source, "value", self.source))
                    if isinstance(self.source, str):
                        self._check(found)
                    _opened[self.digest] = found
        return found

    def _check(self, opened: Tokenizer) -> None:
        if self.seal is not None:
            same = _seal(self.source) == self.seal
        else:
            same = digest_of(opened) == self.digest
        if not same:
            raise ValueError(f"{self.source!r} is another vocabulary on this machine")


def _seal(source: str) -> str | None:
    """What tells a name or path from another one without a copy of the vocabulary: the digest of a
    file, or the version of the library that has it; None for a folder.
    """
    known = _tokenizer.vocabularies()
    path = known[source] if source in known and not os.path.isfile(source) else source
    if path is None:
        return f"tok {__version__}"
    if not os.path.isfile(path):
        return None
    with open(path, "rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _open(source: Any) -> Tokenizer:
    if isinstance(source, Tokenizer):
        return source
    if isinstance(source, (bytes, bytearray, memoryview)):
        return _tokenizer.load_bytes(bytes(source))
    return _tokenizer.load(source)
