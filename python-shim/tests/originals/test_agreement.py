"""The stand-ins give what the originals give, over vocabularies and texts of the repository."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import tok

REPOSITORY = Path(__file__).parents[3]
SCRIPT = REPOSITORY / "Tests" / "Conformance" / "python_drop_ins.py"
NAMES = ("bert-base-cased", "gpt2", "mistral-7b-v0.1", "xlnet-base-cased")


def test_no_case_differs(tmp_path: Path) -> None:
    texts = set()
    for golden in sorted((REPOSITORY / "vocabularies").glob("*/golden.jsonl")):
        rows = map(json.loads, golden.read_text(encoding="utf-8").splitlines())
        texts |= {row["text"] for row in rows if isinstance(row.get("text"), str)}
    found = sorted(text for text in texts if text and "\0" not in text)
    assert found
    (tmp_path / "texts.nul").write_bytes(b"".join(text.encode() + b"\0" for text in found))
    for name in NAMES:
        # Of a SentencePiece model this is not the same tokenizer, but one for both.
        tok.load(name).save(tmp_path / f"{name}.tokenizer.json", lossy=True)
    for path in (REPOSITORY / "vocabularies").glob("*/*.tiktoken"):
        (tmp_path / path.name).symlink_to(path)
    command = [sys.executable, str(SCRIPT), "--vocabularies", str(tmp_path)]
    options = ["--texts", str(tmp_path / "texts.nul"), "--documents", "40", "--cases", "150"]
    only = ["--only", *NAMES, "training", "r50k_base.tiktoken", "p50k_edit.tiktoken"]
    done = subprocess.run([*command, *options, *only], capture_output=True, text=True)
    print(done.stdout)
    assert done.returncode == 0, done.stderr[-4000:]
