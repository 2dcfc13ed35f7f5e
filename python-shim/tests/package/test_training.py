from collections.abc import Iterator
from pathlib import Path

import pyarrow as pa
import pytest
import tok

TEXTS = ["low lower lowest newest widest", "the newer the lower", "wide and wider"] * 40


def test_the_kinds_of_trainers(tmp_path: Path) -> None:
    kinds = [
        tok.train_bpe(TEXTS, 300),
        tok.train_wordpiece(TEXTS, 60),
        tok.train_unigram(TEXTS, 40, hard_vocab_limit=False),
        tok.train_sentencepiece_bpe(TEXTS, 40),
        tok.train_superbpe(TEXTS, 300, word_merges=24),
        tok.train_boundless(TEXTS, 300),
        tok.train_lib(TEXTS, vocab_size=300, documents=100),
    ]
    for tokenizer in kinds:
        assert tokenizer.count("the lowest") > 0


def test_any_iterator_is_a_corpus() -> None:
    wanted = tok.train_bpe(TEXTS, 290).to_bytes("tokenizer.json")
    def some() -> Iterator[str]:
        yield from TEXTS

    assert tok.train_bpe(some(), 290).to_bytes("tokenizer.json") == wanted
    array = pa.array(TEXTS)
    batches = [pa.RecordBatch.from_arrays([part], ["text"]) for part in (array[:50], array[50:])]
    assert tok.train_bpe(batches, 290, threads=2).to_bytes("tokenizer.json") == wanted
    assert tok.train_bpe([array], 290).to_bytes("tokenizer.json") == wanted
    assert tok.train_bpe([text.encode() for text in TEXTS], 290).to_bytes("tokenizer.json") == wanted


def test_files_and_counts_are_a_corpus(tmp_path: Path) -> None:
    corpus = tmp_path / "corpus.txt"
    corpus.write_text("\n".join(TEXTS) + "\n")
    wanted = tok.train("bpe", files=[corpus], vocab_size=290).tokenizer.to_bytes()
    for number, part in enumerate((TEXTS[:60], TEXTS[60:])):
        path = tmp_path / f"part{number}.txt"
        path.write_text("\n".join(part) + "\n")
        tok.count_words(tmp_path / f"counts{number}", "bpe", files=[path])
    counts = [tmp_path / "counts0", tmp_path / "counts1"]
    assert tok.train("bpe", word_counts=counts, vocab_size=290).tokenizer.to_bytes() == wanted


@pytest.mark.parametrize("kind", ["unigram", "sentencepiece_bpe"])
def test_counts_leave_out_what_the_trainer_does_not_read(kind: str, tmp_path: Path) -> None:
    texts = [*TEXTS, "zebra quagga " * 1000]
    tok.count_words(tmp_path / "counts", kind, texts, vocab_size=40)
    wanted = tok.train(kind, texts, vocab_size=40, hard_vocab_limit=False).tokenizer
    counted = tok.train(kind, word_counts=[tmp_path / "counts"], vocab_size=40, hard_vocab_limit=False)
    assert counted.tokenizer.to_bytes() == wanted.to_bytes()


def test_why_there_are_fewer_tokens() -> None:
    training = tok.train("bpe", ["a a a"], vocab_size=5000)
    assert training.requested == 5000 and training.shortage
    assert training.tokenizer.token_count < 5000


def test_a_training_can_be_ended_and_interrupted() -> None:
    def stop(phase: str, completed: int, total: int) -> bool:
        return True

    training = tok.train("bpe", TEXTS, vocab_size=400, progress=stop)
    assert training.tokenizer.token_count <= 400

    def broken() -> Iterator[str]:
        yield "a"
        raise KeyError("mine")

    with pytest.raises(KeyError, match="mine"):
        tok.train_bpe(broken())

    def bad(phase: str, completed: int, total: int) -> bool:
        raise RuntimeError("not now")

    with pytest.raises(RuntimeError, match="not now"):
        tok.train_bpe(TEXTS, 400, progress=bad)


def test_what_is_no_corpus() -> None:
    with pytest.raises(TypeError, match="list"):
        tok.train_bpe("one text")
    with pytest.raises(TypeError):
        tok.train_bpe([1, 2])
    with pytest.raises(tok.Error, match="no_such_option"):
        tok.train_bpe(TEXTS, 300, no_such_option=1)
    with pytest.raises(tok.Error):
        tok.train("no such kind", TEXTS)


def test_extending_keeps_ids() -> None:
    base = tok.train_bpe(TEXTS, 290)
    larger = tok.extend(base, ["completely other words"] * 30, vocab_size=300)
    assert larger.token_count > base.token_count
    assert all(larger.bytes_of(id) == base.bytes_of(id) for id in range(base.id_count))
