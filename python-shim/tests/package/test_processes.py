"""Threads, forks, and memory that does not grow."""

import multiprocessing
import os
import resource
import sys
import threading

import tok

TEXT = "Threads share one tokenizer; forked processes do, too. "


def test_threads_share_a_tokenizer(o200k: tok.Tokenizer) -> None:
    wanted = o200k.encode_list(TEXT * 200)
    differing: list[int] = []

    def work() -> None:
        for _ in range(50):
            if o200k.encode(TEXT * 200).tolist() != wanted:
                differing.append(1)
            if o200k.encode_batch([TEXT * 200] * 3, threads=2).tolist() != [wanted] * 3:
                differing.append(2)

    threads = [threading.Thread(target=work) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert differing == []


def _count(numbers: tuple[int, int]) -> int:
    tokenizer = tok.load("o200k_base")
    return int(tokenizer.encode_batch([TEXT * numbers[0]] * 4, threads=numbers[1]).offsets[-1])


def test_forks_after_threads(o200k: tok.Tokenizer) -> None:
    """What other libraries warn of: threads were used, then the process is forked."""
    one = _count((50, 2))
    with multiprocessing.get_context("fork").Pool(3) as pool:
        assert pool.map(_count, [(50, 2)] * 12) == [one] * 12


def test_a_fork_within_other_threads_work(o200k: tok.Tokenizer) -> None:
    done = threading.Event()

    def work() -> None:
        while not done.is_set():
            o200k.encode_batch([TEXT * 100] * 8, threads=4)

    worker = threading.Thread(target=work)
    worker.start()
    try:
        for _ in range(20):
            child = os.fork()
            if child == 0:
                status = 1
                try:
                    batch = o200k.encode_batch([TEXT] * 8, threads=2)
                    status = 0 if batch[0].tolist() == batch[7].tolist() else 2
                finally:
                    os._exit(status)
            assert os.waitpid(child, 0)[1] == 0
    finally:
        done.set()
        worker.join()


def test_spawned_processes_get_a_tokenizer_by_pickling(o200k: tok.Tokenizer) -> None:
    with multiprocessing.get_context("spawn").Pool(1) as pool:
        assert pool.apply(o200k.encode_list, (TEXT,)) == o200k.encode_list(TEXT)


def test_texts_are_not_kept_a_second_time(o200k: tok.Tokenizer) -> None:
    """A str remembers the UTF-8 that C asks it for."""
    texts = [f"größer {number}" * 10 for number in range(3)]
    sizes = [sys.getsizeof(text) for text in texts]
    o200k.encode_batch(texts)
    assert [sys.getsizeof(text) for text in texts] == sizes


def test_memory_does_not_grow_while_encoding(o200k: tok.Tokenizer) -> None:
    def encode(first: int, last: int) -> None:
        for number in range(first, last):
            o200k.encode(f"{number:x} öffnet {number * 7919} Türen; " * 8)
            o200k.encode_batch([f"{number} 文字 {index}" for index in range(20)], threads=2)

    encode(0, 4000)
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    encode(4000, 16000)
    grown = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before
    assert grown < 30_000, f"{grown} KiB more"
