import pickle
from pathlib import Path

import numpy as np
import pytest
import tok


def test_encodes_to_an_array(o200k: tok.Tokenizer) -> None:
    ids = o200k.encode("Hello, world")
    assert ids.dtype == np.uint32 and ids.flags.writeable
    assert ids.tolist() == [13225, 11, 2375]
    many = o200k.encode("Hello, world" * 2000)
    # The memory is that which the library wrote to.
    assert not many.flags.owndata and many.flags.writeable
    assert many.tolist() == o200k.encode_list("Hello, world" * 2000)
    assert o200k.encode_list("Hello, world") == [13225, 11, 2375]
    assert o200k.encode("").tolist() == [] and o200k.encode("").dtype == np.uint32


def test_arguments_go_by_name_and_place(o200k: tok.Tokenizer) -> None:
    assert o200k.encode("<|endoftext|>", "parse").tolist() == [199999]
    assert o200k.encode(text="<|endoftext|>", special="parse").tolist() == [199999]
    assert o200k.count("<|endoftext|>", special="text") == 7
    for wrong in (
        lambda: o200k.encode(),
        lambda: o200k.encode("a", "text", True, 1),
        lambda: o200k.encode("a", text="b"),
        lambda: o200k.encode("a", what=1),
        lambda: o200k.encode(1),
    ):
        with pytest.raises(TypeError):
            wrong()
    with pytest.raises(ValueError, match="'plain'"):
        o200k.encode("a", special="plain")


def test_tokenizes_with_ranges_of_bytes(o200k: tok.Tokenizer) -> None:
    text = "héllo wörld 😀"
    tokens = o200k.tokenize(text)
    parts = [text.encode()[a:b] for a, b in zip(tokens.starts, tokens.ends)]
    assert b"".join(parts) == text.encode()
    assert parts == [o200k.bytes_of(id) for id in tokens.ids.tolist()]


def test_decodes_any_kind_of_ids(o200k: tok.Tokenizer) -> None:
    assert o200k.decode([13225, 11, 2375]) == "Hello, world"
    assert o200k.decode(iter([13225, 11, 2375])) == "Hello, world"
    for kind in ("uint8", "int8", "uint16", "int16", "uint32", "int32", "uint64", "int64", ">i4"):
        assert o200k.decode(np.array([72, 101], dtype=kind)) == o200k.decode([72, 101])
    assert o200k.decode(np.array([13225, 0, 11, 0, 2375])[::2]) == "Hello, world"
    assert o200k.decode([]) == ""
    for wrong in ([-1], [2**32], np.array([-1]), np.array([2**32])):
        with pytest.raises(OverflowError, match=r"ids\[0\]"):
            o200k.decode(wrong)
    with pytest.raises(TypeError):
        o200k.decode([1.5])
    with pytest.raises(tok.Error):
        o200k.decode([3_000_000])


def test_what_is_not_utf8_comes_back(o200k: tok.Tokenizer) -> None:
    data = bytes(range(256)) + b"\xf0\x9f\x98"
    ids = o200k.encode(data)
    assert o200k.decode_bytes(ids) == data
    assert "�" in o200k.decode(ids)
    with pytest.raises(tok.Error):
        o200k.decode(ids, errors="strict")
    with pytest.raises(ValueError, match="errors"):
        o200k.decode(ids, errors="bytes")  # type: ignore[arg-type]


def test_long_texts_with_the_lock_released(o200k: tok.Tokenizer) -> None:
    text = "The tests passed. Ein Satz. 文字 " * 20_000
    ids = o200k.encode(text)
    assert o200k.decode(ids) == text
    assert o200k.count(text) == len(ids)
    # More ids than half the bytes: the first memory is too small.
    assert len(o200k.encode("\x01\x02" * 5000)) == o200k.count("\x01\x02" * 5000)


def test_streams_give_what_the_whole_gives(o200k: tok.Tokenizer) -> None:
    text = "Grüße, 世界! 😀 don't stop"
    encoder = o200k.stream_encoder()
    ids: list[int] = []
    for byte in text.encode():
        ids += encoder.append(bytes([byte])).tolist()
    ids += encoder.finish().tolist()
    assert ids == o200k.encode_list(text)
    decoder = o200k.stream_decoder()
    assert "".join(map(decoder.append, ids)) + decoder.finish() == text
    with pytest.raises(OverflowError):
        decoder.append(-1)


def test_texts_as_a_model_takes_them() -> None:
    bert = tok.load("bert-base-uncased")
    first, second = bert.encode_texts(
        ["the small cat sleeps", "yes"], ["on a mat", "no"], max_length=8, padding="longest",
        keep_overflow=True,
    )
    assert len(first) == len(second) == 8
    assert first.type_ids.tolist()[0] == 0 and 1 in first.type_ids.tolist()
    assert second.attention_mask.tolist()[-1] == 0
    assert first.overflow and first.starts is not None
    (words,) = bert.encode_texts([["un", "happy"]])
    assert words.words is not None and set(words.words.tolist()) >= {0, 1}
    (bare,) = bert.encode_texts(["yes"], ranges=False, template=False)
    assert bare.starts is None and bare.ids.tolist() == [2748]


def test_added_tokens_make_another_tokenizer(o200k: tok.Tokenizer) -> None:
    more = o200k.add_tokens(["<|user|>", tok.AddedToken("<think>", special=False)])
    assert more.token_count == o200k.token_count + 2
    assert more.decode(more.encode("a<|user|>", special="parse"), special=True) == "a<|user|>"
    assert o200k.id_of("<|user|>") is None


def test_a_vocabulary_is_a_value(tmp_path: Path, o200k: tok.Tokenizer) -> None:
    again = pickle.loads(pickle.dumps(o200k))
    assert again.encode("same").tolist() == o200k.encode("same").tolist()
    o200k.save(tmp_path / "copy.tok")
    assert tok.load(tmp_path / "copy.tok").encode_list("déjà vu") == o200k.encode_list("déjà vu")
    assert tok.load_bytes(o200k.to_bytes("tokenizer.json")).encode_list("x y") == o200k.encode_list("x y")
    assert o200k.id_count == len(o200k) and o200k.token_count <= o200k.id_count
    assert o200k.bytes_of(13225) == b"Hello" and o200k.id_of("Hello") == 13225
    assert o200k.bytes_of(2**31) is None and o200k.is_special(199999)
    assert o200k.inspect()["model"]
    assert "tokens" in repr(o200k)


def test_smaller_vocabularies_say_where_ids_went() -> None:
    gpt2 = tok.load("gpt2")
    uses = np.zeros(gpt2.id_count, np.uint64)
    ids = gpt2.encode("the cat sat on the mat")
    np.add.at(uses, ids, 1)
    smaller, new_ids = gpt2.trim(uses)
    assert smaller.token_count < gpt2.token_count
    assert smaller.encode("the cat sat").tolist() == new_ids[gpt2.encode("the cat sat")].tolist()


def test_drawings_repeat_with_their_seed() -> None:
    unigram = tok.load("tok-unigram-32k")
    text = "tokenization is undecided"
    one = unigram.draw(text, inverse_temperature=0.2, seed=7)
    assert one.tolist() == unigram.draw(text, inverse_temperature=0.2, seed=7).tolist()
    assert unigram.decode(one) == text
    best = unigram.best_encodings(text, 5)
    assert len(best) == 5 and best.scores.tolist() == sorted(best.scores.tolist(), reverse=True)
    with pytest.raises(ValueError, match="either"):
        unigram.draw(text)


def test_notebooks_show_tokens_in_colours(o200k: tok.Tokenizer) -> None:
    shown = o200k.show("Hello, <b> world\n")
    assert repr(shown) == "Hello|,| <|b|>| world|\\n"
    page = shown._repr_html_()
    assert "·&lt;</span>" in page and "<b>" not in page and "7 tokens" in page


def test_the_vocabularies_of_the_package_are_found() -> None:
    names = tok.vocabularies()
    assert names["o200k_base"] is None
    assert {"gpt2", "cl100k_base", "bert-base-uncased", "tok-lib-32k"} <= set(names)
