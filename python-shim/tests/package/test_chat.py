import json
from pathlib import Path

import pytest
import tok

TEMPLATE = (
    "{% for m in messages %}<|endoftext|>{{ m.role }}: {{ m.content }}\n{% endfor %}"
    "{% if add_generation_prompt %}<|endoftext|>assistant:{% endif %}"
)
MESSAGES = [{"role": "user", "content": "say <|endoftext|>"}]


def test_only_the_template_writes_special_tokens(o200k: tok.Tokenizer) -> None:
    template = tok.ChatTemplate(TEMPLATE)
    text = template.render(MESSAGES, add_generation_prompt=True)
    assert text == "<|endoftext|>user: say <|endoftext|>\n<|endoftext|>assistant:"
    ids = o200k.apply_chat_template(MESSAGES, template=template, add_generation_prompt=True)
    assert ids.tolist().count(199999) == 2
    assert o200k.decode(ids, special=True) == text
    assert o200k.apply_chat_template(MESSAGES, template=TEMPLATE, users="parse").tolist().count(199999) == 2


def test_a_models_folder_brings_its_template(tmp_path: Path, o200k: tok.Tokenizer) -> None:
    o200k.save(tmp_path / "tokenizer.json")
    (tmp_path / "tokenizer_config.json").write_text(json.dumps({"chat_template": TEMPLATE}))
    tokenizer = tok.load(tmp_path)
    assert tokenizer.apply_chat_template(MESSAGES).tolist() == o200k.apply_chat_template(
        MESSAGES, template=TEMPLATE
    ).tolist()


def test_without_a_template(o200k: tok.Tokenizer) -> None:
    with pytest.raises(ValueError, match="no chat template"):
        o200k.apply_chat_template(MESSAGES)
    with pytest.raises(tok.Error):
        tok.ChatTemplate("{% for %}")
