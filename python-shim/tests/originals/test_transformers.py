"""transformers with tok.compat.tokenizers in the place of tokenizers gives what it gives with the original."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
import tok

HERE = Path(__file__).parent
CHAT = (
    "{% for message in messages %}{{ message['role'] + ': ' + message['content'] + '\\n' }}{% endfor %}"
    "{% if add_generation_prompt %}assistant:{% endif %}"
)
MODELS = {
    "gpt2": {
        "tokenizer_class": "GPT2TokenizerFast",
        "eos_token": "<|endoftext|>",
        "pad_token": "<|endoftext|>",
    },
    "bert-base-uncased": {
        "tokenizer_class": "BertTokenizerFast",
        "unk_token": "[UNK]",
        "sep_token": "[SEP]",
        "pad_token": "[PAD]",
        "cls_token": "[CLS]",
        "mask_token": "[MASK]",
    },
    "mistral-7b-v0.1": {
        "tokenizer_class": "PreTrainedTokenizerFast",
        "bos_token": "<s>",
        "eos_token": "</s>",
        "unk_token": "<unk>",
        "pad_token": "</s>",
    },
}


@pytest.mark.parametrize("name", MODELS)
def test_same_as_with_tokenizers(name: str, tmp_path: Path) -> None:
    folder = tmp_path / "model"
    folder.mkdir()
    (folder / "tokenizer.json").write_bytes(tok.load(name).to_bytes("tokenizer.json"))
    settings = {**MODELS[name], "chat_template": CHAT}
    (folder / "tokenizer_config.json").write_text(json.dumps(settings), encoding="utf-8")
    theirs, ours = (_given(which, folder, tmp_path / which) for which in ("theirs", "ours"))
    assert theirs.pop("type")[1] == "tokenizers"
    assert ours.pop("type")[1].startswith("tok.compat.tokenizers")
    for call, given in theirs.items():
        assert ours[call] == given, call


def _given(which: str, folder: Path, output: Path) -> dict[str, Any]:
    command = [sys.executable, str(HERE / "transformers_run.py"), which, str(folder), str(output)]
    subprocess.run(command, check=True, capture_output=True, text=True)
    given: dict[str, Any] = json.loads(output.read_text(encoding="utf-8"))
    return given
