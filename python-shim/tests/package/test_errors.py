import pickle
from pathlib import Path

import pytest
import tok


def test_an_error_says_where_and_what(tmp_path: Path) -> None:
    path = tmp_path / "tokenizer.json"
    path.write_text('{"model": {"type": "BPE", "vocab": {"a": 0, }}}')
    with pytest.raises(tok.Error) as caught:
        tok.load(path)
    error = caught.value
    assert error.place and "tokenizer.json" in error.place
    assert error.offset > 0 and error.status != 0 and error.message in str(error)
    again = pickle.loads(pickle.dumps(error))
    assert (again.status, again.place, again.offset) == (error.status, error.place, error.offset)


def test_unknown_names_and_files(tmp_path: Path) -> None:
    with pytest.raises(tok.Error, match="no-such-vocabulary"):
        tok.load("no-such-vocabulary")
    with pytest.raises(tok.Error):
        tok.load(tmp_path / "absent.json")
    with pytest.raises(tok.Error):
        tok.load_bytes(b"\x00\x01")


def test_special_tokens_may_be_refused(o200k: tok.Tokenizer) -> None:
    with pytest.raises(tok.Error) as caught:
        o200k.encode("abc<|endoftext|>", special="error")
    assert caught.value.offset == 3
    with pytest.raises(tok.Error) as caught:
        o200k.encode_batch(["a", "<|endoftext|>"], special="error")
    assert "1" in caught.value.place


def test_nothing_is_made_without_a_file() -> None:
    with pytest.raises(TypeError):
        tok._native.Tokenizer()  # type: ignore[attr-defined]
