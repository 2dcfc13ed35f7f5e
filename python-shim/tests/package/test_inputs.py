"""Texts as people have them: lists, numpy arrays, Arrow arrays."""

import numpy as np
import pyarrow as pa
import pytest
import tok

TEXTS = ["a b c", "", "déjà vu", "文字" * 50, "😀"]


def test_sequences(o200k: tok.Tokenizer) -> None:
    wanted = [o200k.encode_list(text) for text in TEXTS]
    assert o200k.encode_batch(TEXTS).tolist() == wanted
    assert o200k.encode_batch(tuple(TEXTS), threads=3).tolist() == wanted
    assert o200k.encode_batch(iter(TEXTS)).tolist() == wanted
    assert o200k.encode_batch([text.encode() for text in TEXTS]).tolist() == wanted
    assert o200k.encode_batch([memoryview(text.encode()) for text in TEXTS]).tolist() == wanted
    assert o200k.encode_batch([]).tolist() == []
    with pytest.raises(TypeError, match="list"):
        o200k.encode_batch("one text")
    with pytest.raises(TypeError):
        o200k.encode_batch(["a", 1])  # type: ignore[list-item]


def test_numpy_arrays_of_strings(o200k: tok.Tokenizer) -> None:
    wanted = [o200k.encode_list(text) for text in TEXTS]
    assert o200k.encode_batch(np.array(TEXTS)).tolist() == wanted
    assert o200k.encode_batch(np.array(TEXTS, dtype=object)).tolist() == wanted
    assert o200k.encode_batch(np.array(TEXTS, dtype=np.dtypes.StringDType())).tolist() == wanted
    assert o200k.encode_batch(np.array(["a", "b"], dtype="S1")).tolist() == [[64], [65]]


@pytest.mark.parametrize("kind", [pa.string(), pa.large_string(), pa.binary(), pa.large_binary()])
def test_arrow_arrays(o200k: tok.Tokenizer, kind: pa.DataType) -> None:
    array = pa.array(TEXTS).cast(kind)
    wanted = [o200k.encode_list(text) for text in TEXTS]
    assert o200k.encode_batch(array).tolist() == wanted
    assert o200k.encode_batch(array.slice(2, 2)).tolist() == wanted[2:4]
    assert o200k.encode_batch(array.slice(5)).tolist() == []
    assert o200k.encode_batch(pa.chunked_array([array, array.slice(1)])).tolist() == wanted + wanted[1:]
    assert o200k.encode_batch(pa.chunked_array([], type=kind)).tolist() == []


def test_arrow_arrays_of_something_else(o200k: tok.Tokenizer) -> None:
    with pytest.raises(TypeError, match="cast"):
        o200k.encode_batch(pa.array([1, 2]))
    with pytest.raises(ValueError, match="1 of the texts"):
        o200k.encode_batch(pa.array(["a", None]))
    with pytest.raises(TypeError, match="cast"):
        o200k.encode_batch(pa.array(["a"]).dictionary_encode())


def test_a_batch_is_a_sequence(o200k: tok.Tokenizer) -> None:
    batch = o200k.encode_batch(TEXTS)
    assert len(batch) == len(TEXTS)
    assert batch[-1].tolist() == batch[4].tolist()
    assert batch.offsets.tolist() == [0, *np.cumsum(batch.lengths).tolist()]
    assert o200k.decode_batch(batch) == TEXTS
    with pytest.raises(IndexError):
        batch[5]
    ids = batch.ids
    del batch
    assert o200k.decode(ids) == "".join(TEXTS)


def test_text_that_is_no_text(o200k: tok.Tokenizer) -> None:
    with pytest.raises(UnicodeEncodeError):
        o200k.encode("\ud800")
    with pytest.raises(UnicodeEncodeError):
        o200k.encode_batch(["a", "\ud800"])
