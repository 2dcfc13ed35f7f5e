#!/usr/bin/env python3
"""libtok as one more tokenizer for a harness that measures tokenizers from Python: all documents go through
the C interface in one call, and so do the ids.

TOK_LIB names the library (libtok.so). The harness is one that calls `load`, `batch`, `unpack`, `one` and
`count` of a class; run as a program, this file measures by itself:

    TOK_LIB=/usr/local/lib/libtok.so.0 Tests/Benchmarks/c_interface.py --vocabulary FILE --corpus FILE.nul

prints one line of JSON with the fields of `tok-benchmarks throughput`, with which it is compared.
"""

import ctypes
import os
import sys


class EncodeOptions(ctypes.Structure):
    _fields_ = [
        ("size", ctypes.c_size_t),
        ("special", ctypes.c_int32),
        ("no_template", ctypes.c_int32),
    ]


def library(path):
    """The functions that are used here, with their types."""
    lib = ctypes.CDLL(path)
    pointer, size, status = ctypes.c_void_p, ctypes.c_size_t, ctypes.c_int32
    signatures = {
        "tok_tokenizer_load": (status, [ctypes.c_char_p, pointer, pointer, pointer]),
        "tok_tokenizer_free": (status, [pointer]),
        "tok_context_create": (status, [size, pointer]),
        "tok_context_free": (status, [pointer]),
        "tok_encode": (status, [pointer, ctypes.c_char_p, size] + [pointer] * 3 + [size] + [pointer] * 2),
        "tok_count": (status, [pointer, ctypes.c_char_p, size] + [pointer] * 4),
        "tok_encode_batch": (
            status,
            [pointer, ctypes.c_char_p, size, pointer, size, pointer, ctypes.c_int32, pointer, pointer],
        ),
        "tok_batch_ids": (pointer, [pointer, pointer]),
        "tok_batch_ends": (pointer, [pointer, pointer]),
        "tok_batch_free": (status, [pointer]),
        "tok_error_message": (ctypes.c_char_p, [pointer]),
        "tok_error_free": (status, [pointer]),
    }
    for name, (result, arguments) in signatures.items():
        function = getattr(lib, name)
        function.restype, function.argtypes = result, arguments
    return lib


class Tokenizer:
    """A vocabulary of libtok, without the file's template, special tokens as plain text."""

    def __init__(self, path, threads=1):
        import numpy

        self.numpy = numpy
        self.lib = library(os.environ["TOK_LIB"])
        self.threads = threads
        self.handle, self.context = ctypes.c_void_p(), ctypes.c_void_p()
        self.options = EncodeOptions(ctypes.sizeof(EncodeOptions), 0, 1)
        self.check("tok_tokenizer_load", os.fsencode(path), None, ctypes.byref(self.handle))
        if self.lib.tok_context_create(0, ctypes.byref(self.context)):
            raise MemoryError("no context")
        self.room = numpy.empty(1 << 16, numpy.uint32)

    def check(self, name, *arguments):
        error = ctypes.c_void_p()
        status = getattr(self.lib, name)(*arguments, ctypes.byref(error))
        if status:
            message = self.lib.tok_error_message(error)
            self.lib.tok_error_free(error)
            raise ValueError(f"{name}: status {status}: {message.decode()}")

    def encode_batch(self, text, ends):
        """The ids of all documents: a `Batch`."""
        batch = ctypes.c_void_p()
        self.check(
            "tok_encode_batch", self.handle, text, len(text), ends.ctypes.data, len(ends),
            ctypes.byref(self.options), self.threads, ctypes.byref(batch),
        )
        return Batch(self, batch)

    def encode(self, text):
        if len(text) + 16 > len(self.room):
            self.room = self.numpy.empty(len(text) + 16, self.numpy.uint32)
        count = ctypes.c_size_t()
        self.check(
            "tok_encode", self.handle, text, len(text), ctypes.byref(self.options), self.context,
            self.room.ctypes.data, len(self.room), ctypes.byref(count),
        )
        return self.room[: count.value]

    def count(self, text):
        count = ctypes.c_size_t()
        self.check(
            "tok_count", self.handle, text, len(text), ctypes.byref(self.options), self.context,
            ctypes.byref(count),
        )
        return count.value


class Batch:
    """Ids where the library has them, until this is gone."""

    def __init__(self, tokenizer, handle):
        self.tokenizer, self.handle = tokenizer, handle

    def __del__(self):
        self.tokenizer.lib.tok_batch_free(self.handle)

    def array(self, function, kind):
        count = ctypes.c_size_t()
        start = getattr(self.tokenizer.lib, function)(self.handle, ctypes.byref(count))
        shown = ctypes.cast(start, ctypes.POINTER(kind))
        return self.tokenizer.numpy.ctypeslib.as_array(shown, (count.value,)).copy()

    def ids(self):
        return self.array("tok_batch_ids", ctypes.c_uint32)

    def ends(self):
        return self.array("tok_batch_ends", ctypes.c_size_t)


class CLib:
    """For a harness: V is a folder of vocabularies, v a name in it, t a number of threads."""

    dist = None

    def load(self, V, v, t):
        endings = (".tiktoken", ".tokenizer.json", ".model")
        paths = [os.path.join(V, v + ending) for ending in endings]
        self.tokenizer = Tokenizer(next(path for path in paths if os.path.exists(path)), t)

    def batch(self, docs):
        import numpy

        parts = [document.encode() for document in docs]
        lengths = numpy.fromiter(map(len, parts), numpy.uint64, len(parts))
        return self.tokenizer.encode_batch(b"".join(parts), numpy.cumsum(lengths, dtype=numpy.uint64))

    def unpack(self, batch):
        ends = batch.ends()
        return batch.ids(), self.tokenizer.numpy.diff(ends, prepend=ends.dtype.type(0))

    def one(self, text):
        return self.tokenizer.encode(text.encode())

    def count(self, docs):
        return [self.tokenizer.count(document.encode()) for document in docs]


def main():
    import argparse
    import json
    import time
    import zlib

    import numpy

    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--vocabulary", required=True)
    parser.add_argument("--corpus", required=True)
    parser.add_argument("--limit", type=int, default=0)
    parser.add_argument("--repetitions", type=int, default=3)
    parser.add_argument("--threads", type=int, default=1)
    arguments = parser.parse_args()
    with open(arguments.corpus, "rb") as file:
        documents = file.read().removesuffix(b"\0").split(b"\0")
    if arguments.limit:
        sizes = numpy.cumsum([len(document) for document in documents])
        documents = documents[: max(1, int((sizes <= arguments.limit).sum()))]
    text = b"".join(documents)
    ends = numpy.cumsum(numpy.fromiter(map(len, documents), numpy.uint64, len(documents)), dtype=numpy.uint64)
    tokenizer = Tokenizer(arguments.vocabulary, arguments.threads)
    clock = time.process_time if arguments.threads == 1 else time.perf_counter
    times, digests = [], set()
    for _ in range(arguments.repetitions):
        start = clock()
        batch = tokenizer.encode_batch(text, ends)
        times.append(clock() - start)
        ids, id_ends = batch.ids(), batch.ends()
        del batch
        digests.add(zlib.crc32(id_ends.astype("<u8").tobytes(), zlib.crc32(ids.tobytes())))
    if len(digests) != 1:
        sys.exit("the passes gave different ids")
    print(json.dumps({
        "corpus": os.path.basename(arguments.corpus), "bytes": len(text), "tokens": len(ids),
        "digest": f"{digests.pop():08x}", "threads": arguments.threads,
        "cold_mb_s": round(len(text) / times[0] / 1e6, 2),
        "warm_mb_s": round(len(text) / min(times[1:] or times) / 1e6, 2),
    }))


if __name__ == "__main__":
    main()
