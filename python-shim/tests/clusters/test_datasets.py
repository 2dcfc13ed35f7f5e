import os
import pickle
from pathlib import Path
from typing import Any

import pytest
import tok

os.environ.setdefault("HF_HUB_OFFLINE", "1")
datasets: Any = pytest.importorskip("datasets")
import tok.datasets  # noqa: E402


@pytest.fixture(autouse=True)
def cache(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setattr(datasets.config, "HF_DATASETS_CACHE", tmp_path / "cache")
    return tmp_path / "cache"


@pytest.fixture
def dataset(texts: list[str], tmp_path: Path) -> Any:
    """In a file, so that what was made of it is found again."""
    made = datasets.Dataset.from_dict({"text": [*texts, None]})
    made.save_to_disk(tmp_path / "texts")
    return datasets.load_from_disk(tmp_path / "texts")


@pytest.mark.parametrize("processes", [None, 2])
@pytest.mark.parametrize("form", [None, "arrow"])
def test_ids_are_those_of_one_process(
    dataset: Any, ids: list[list[int]], processes: int | None, form: str | None
) -> None:
    encoder = tok.datasets.Encoder("o200k_base")
    encoded = dataset.with_format(form).map(
        encoder, batched=True, batch_size=100, num_proc=processes
    )
    encoded = encoded.with_format(None)
    assert encoded["input_ids"][:] == [*ids, None]
    assert encoded.column_names == ["text", "input_ids"]
    assert encoded.features["input_ids"].feature.dtype == "int32"


def test_what_was_made_is_found_again(dataset: Any, o200k: tok.Tokenizer, tmp_path: Path) -> None:
    path = tmp_path / "mine.tok"
    o200k.save(path)
    first = dataset.map(tok.datasets.Encoder(path), batched=True)
    second = dataset.map(tok.datasets.Encoder(path), batched=True)
    assert first.cache_files == second.cache_files
    o200k.add_tokens(["<mine>"]).save(path)
    third = dataset.map(tok.datasets.Encoder(path), batched=True)
    assert third.cache_files != first.cache_files


def test_little_is_pickled(
    dataset: Any, o200k: tok.Tokenizer, texts: list[str], cache: Path
) -> None:
    assert len(pickle.dumps(tok.datasets.Encoder("o200k_base"))) < 1000
    mine = o200k.add_tokens(["Straße naïve"])
    encoder = tok.datasets.Encoder(mine, special="parse")
    assert len(pickle.dumps(encoder)) < 1000
    assert [path.suffix for path in (cache / "tok").iterdir()] == [".tok"]
    encoded = dataset.map(encoder, batched=True, num_proc=2)
    assert encoded["input_ids"][:-1] == mine.encode_batch(texts, special="parse").tolist()


def test_another_vocabulary_under_the_same_path_is_found_out(
    o200k: tok.Tokenizer, tmp_path: Path
) -> None:
    path = tmp_path / "mine.tok"
    o200k.add_tokens(["<one>"]).save(path)
    sent = pickle.loads(pickle.dumps(tok.datasets.Encoder(path)))
    o200k.add_tokens(["<another>"]).save(path)
    tok._shared._opened.clear()
    with pytest.raises(ValueError, match="is another vocabulary on this machine"):
        sent({"text": ["a"]})
