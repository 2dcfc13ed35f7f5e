"""The ids of the original implementations, from the golden files of the repository."""

import json
from pathlib import Path
from typing import Any

import pytest
import tok

VOCABULARIES = Path(__file__).parents[3] / "vocabularies"
GOLDEN = sorted(path.parent.name for path in VOCABULARIES.glob("*/golden.jsonl"))


def rows(name: str) -> list[dict[str, Any]]:
    lines = (VOCABULARIES / name / "golden.jsonl").read_text(encoding="utf-8").split("\n")
    found = [json.loads(line) for line in lines[1:] if line]
    assert found
    return found


def test_there_are_golden_files() -> None:
    assert len(GOLDEN) >= 13


@pytest.mark.parametrize("name", GOLDEN)
def test_ids_are_those_of_the_original(name: str) -> None:
    tokenizer = tok.load(name)
    golden = rows(name)
    texts = [row["text"] for row in golden]
    wanted = [row["ids"] for row in golden]
    bare = {"template": False}
    assert [tokenizer.encode(text, **bare).tolist() for text in texts] == wanted
    assert [tokenizer.encode_list(text.encode(), **bare) for text in texts] == wanted
    assert [tokenizer.count(text, **bare) for text in texts] == [len(ids) for ids in wanted]
    assert tokenizer.encode_batch(texts, threads=2, **bare).tolist() == wanted
    assert [tokenizer.tokenize(text, **bare).ids.tolist() for text in texts] == wanted
