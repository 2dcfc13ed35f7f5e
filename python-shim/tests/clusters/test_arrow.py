import pytest

pytest.importorskip("pyarrow")
import pyarrow as pa
import tok
from tok._columns import EncodingOptions, encode_column, texts_of


def test_texts_and_ids_are_not_copied(o200k: tok.Tokenizer) -> None:
    texts = pa.chunked_array([["one two", "three"]])
    assert texts_of(texts).buffers()[2].address == texts.chunk(0).buffers()[2].address
    ids = encode_column(o200k, texts, EncodingOptions())
    values = ids.values.to_numpy(zero_copy_only=True)
    again = pa.array(values)
    assert again.buffers()[1].address == ids.values.buffers()[1].address


def test_slices_chunks_and_nulls(o200k: tok.Tokenizer) -> None:
    texts = ["a", None, "", "Straße", "<|endoftext|>", None, "b c"]
    wanted = [None if text is None else o200k.encode_list(text) for text in texts]
    for column in (
        pa.array(texts),
        pa.chunked_array([texts[:2], [], texts[2:]], pa.string()),
        pa.array(["x", *texts, "y"]).slice(1, len(texts)),
        pa.array(texts).dictionary_encode(),
        pa.array(texts, pa.string_view()),
    ):
        assert encode_column(o200k, column, EncodingOptions()).to_pylist() == wanted
    ended = encode_column(o200k, pa.array(texts), EncodingOptions(end_of_document=7))
    assert ended.to_pylist() == [None if ids is None else [*ids, 7] for ids in wanted]
    assert encode_column(o200k, pa.array([], pa.string()), EncodingOptions()).to_pylist() == []
    assert encode_column(o200k, pa.nulls(2), EncodingOptions()).to_pylist() == [None, None]
    with pytest.raises(TypeError, match="a column of texts is wanted, not of double"):
        encode_column(o200k, pa.array([1.5]), EncodingOptions())


def test_training_takes_arrays_in_parts() -> None:
    texts = ["low lower lowest", "", "newest", "wide wider"] * 20
    wanted = tok.train_bpe(texts, 280).to_bytes()
    parts = [
        pa.array([], pa.string()),
        pa.array(texts[:1]),
        "",
        pa.chunked_array([texts[1:9], [], texts[9:33]]),
    ]
    assert (
        tok.train_bpe([*parts, pa.array(["x", *texts[33:]], pa.large_string())[1:]], 280).to_bytes()
        == wanted
    )
    batches = pa.table({"text": texts}).to_batches(max_chunksize=7)
    assert tok.train_bpe(batches, 280, threads=2).to_bytes() == wanted
    with pytest.raises(ValueError, match="1 of the texts are null"):
        tok.train_bpe([pa.array(["a", None])], 280)
    with pytest.raises(TypeError, match="cast it"):
        tok.train_bpe([pa.array([1, 2])], 280)
