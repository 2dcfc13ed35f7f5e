"""tok.compat.tiktoken and tok.compat.tokenizers, against rows from the originals (tiktoken 0.14.0, tokenizers
0.23.3). The comparison with the originals themselves is in tests/originals.
"""

from __future__ import annotations

import copy
import json
import pickle
import subprocess
import sys
from pathlib import Path

import pytest
from tok.compat import tiktoken, tokenizers
from tok.compat.tokenizers import AddedToken, Encoding, Regex, Tokenizer, decoders, models
from tok.compat.tokenizers import normalizers, pre_tokenizers, processors, trainers


@pytest.fixture
def bert() -> Tokenizer:
    return Tokenizer.from_pretrained("bert-base-uncased")


@pytest.fixture
def words() -> Tokenizer:
    tokenizer = Tokenizer(models.BPE())
    tokenizer.add_tokens(["my", "name", "is", "john", "pair"])
    return tokenizer


def test_all_of_an_encoding(bert: Tokenizer) -> None:
    one = bert.encode("I love HuggingFace", "Do you?")
    assert one.tokens == [
        "[CLS]",
        "i",
        "love",
        "hugging",
        "##face",
        "[SEP]",
        "do",
        "you",
        "?",
        "[SEP]",
    ]
    assert one.type_ids == [0, 0, 0, 0, 0, 0, 1, 1, 1, 1]
    assert one.special_tokens_mask == [1, 0, 0, 0, 0, 1, 0, 0, 0, 1]
    assert one.offsets[1:5] == [(0, 1), (2, 6), (7, 14), (14, 18)]
    assert one.word_ids == [None, 0, 1, 2, 2, None, 0, 1, 2, None]
    assert one.sequence_ids == [None, 0, 0, 0, 0, None, 1, 1, 1, None]
    assert one.n_sequences == 2
    assert one.word_to_tokens(2) == (3, 5)
    assert one.word_to_chars(2) == (7, 18)
    assert one.char_to_token(0, 1) == 6
    assert one.char_to_word(3, 1) == 1
    assert one.token_to_chars(5) is None
    assert pickle.loads(pickle.dumps(one)).tokens == one.tokens


def test_truncation_and_padding(words: Tokenizer) -> None:
    words.enable_truncation(2)
    one = words.encode("my name is john")
    assert [one.tokens, *(part.tokens for part in one.overflowing)] == [
        ["my", "name"],
        ["is", "john"],
    ]
    assert words.encode("my name is john", "pair").tokens == ["my", "pair"]
    words.enable_truncation(2, direction="left")
    assert words.encode("my name is john").tokens == ["is", "john"]
    words.no_truncation()
    words.enable_padding(length=4, direction="left", pad_token="<pad>")
    one = words.encode("my name")
    assert one.tokens == ["<pad>", "<pad>", "my", "name"]
    assert one.attention_mask == [0, 0, 1, 1]
    assert words.padding == {
        "direction": "left",
        "pad_id": 0,
        "pad_type_id": 0,
        "pad_token": "<pad>",
        "length": 4,
        "pad_to_multiple_of": None,
    }


@pytest.mark.parametrize(
    ("length", "stride", "direction", "parts"),
    [
        (2, 0, "right", [[0, 1], [2, 3], [4]]),
        (3, 1, "right", [[0, 1, 2], [2, 3, 4]]),
        (3, 2, "left", [[2, 3, 4], [1, 2, 3], [0, 1, 2]]),
        (4, 0, "left", [[1, 2, 3, 4], [0]]),
        (5, 0, "right", [[0, 1, 2, 3, 4]]),
        (0, 0, "right", [[], [0, 1, 2, 3, 4]]),
    ],
)
def test_an_encoding_is_cut(
    words: Tokenizer, length: int, stride: int, direction: str, parts: list[list[int]]
) -> None:
    one = words.encode("my name is john pair")
    one.truncate(length, stride, direction)
    assert [one.ids, *(part.ids for part in one.overflowing)] == parts


def test_encodings_are_joined(words: Tokenizer) -> None:
    first, second = words.encode("my name"), words.encode("is")
    assert Encoding.merge([first, second]).offsets == [(0, 2), (3, 7), (7, 9)]
    assert Encoding.merge([first, second], growing_offsets=False).offsets == [
        (0, 2),
        (3, 7),
        (0, 2),
    ]


def test_a_change_of_a_part_is_one_of_the_tokenizer(bert: Tokenizer) -> None:
    assert bert.encode("HELLO", add_special_tokens=False).tokens == ["hello"]
    bert.normalizer.lowercase = False
    assert bert.encode("HELLO", add_special_tokens=False).tokens == ["[UNK]"]
    bert.normalizer = normalizers.Sequence([normalizers.Lowercase()])
    assert bert.encode("HELLO", add_special_tokens=False).tokens == ["hello"]
    assert json.loads(bert.to_str())["normalizer"]["normalizers"] == [{"type": "Lowercase"}]


def test_parts_alone() -> None:
    assert (
        normalizers.BertNormalizer(strip_accents=True).normalize_str("H\u00e9ll\u00f2") == "hello"
    )
    assert normalizers.Replace(Regex(" {2,}"), " ").normalize_str("a   b") == "a b"
    split = pre_tokenizers.Sequence(
        [pre_tokenizers.WhitespaceSplit(), pre_tokenizers.Punctuation()]
    )
    assert split.pre_tokenize_str("Hey friend!") == [
        ("Hey", (0, 3)),
        ("friend", (4, 10)),
        ("!", (10, 11)),
    ]
    assert pre_tokenizers.ByteLevel(add_prefix_space=False).pre_tokenize_str("\u00e9 a") == [
        ("\u00c3\u00a9", (0, 1)),
        ("\u0120a", (1, 3)),
    ]
    assert decoders.WordPiece().decode(["I", "'m", "Jo", "##hn"]) == "I'm John"
    assert models.BPE({"a": 0, "b": 1, "ab": 2}, [("a", "b")]).tokenize("ab") == [(2, "ab", (0, 2))]
    assert len(set(pre_tokenizers.ByteLevel.alphabet())) == 256


def test_a_template(words: Tokenizer) -> None:
    words.add_special_tokens(["<s>", "</s>"])
    words.post_processor = processors.TemplateProcessing(
        single="<s> $0 </s>",
        pair="<s> $A </s> $B:1 </s>:1",
        special_tokens=[("<s>", 5), ("</s>", 6)],
    )
    one = words.encode("my name", "pair")
    assert (one.ids, one.type_ids) == ([5, 0, 1, 6, 4, 6], [0, 0, 0, 0, 1, 1])
    assert words.num_special_tokens_to_add(True) == 3
    whole = words.post_process(
        words.encode("my name", add_special_tokens=False),
        words.encode("pair", add_special_tokens=False),
    )
    assert (whole.ids, whole.type_ids, whole.offsets) == (one.ids, one.type_ids, one.offsets)
    with pytest.raises(ValueError, match="Missing SpecialToken"):
        processors.TemplateProcessing(single="<s> $0")


def test_added_tokens(words: Tokenizer) -> None:
    assert words.add_tokens(["my", AddedToken("new", lstrip=True), AddedToken("")]) == 1
    assert words.encode("my  new").tokens == ["my", "  new"]
    assert words.token_to_id("new") == 5
    assert words.get_vocab_size() == 6
    assert words.get_added_tokens_decoder()[5] == AddedToken("new", lstrip=True)


def test_a_stream_gives_whole_characters() -> None:
    tokenizer = Tokenizer.from_pretrained("gpt2")
    stream = decoders.DecodeStream()
    # Thai, whose characters are cut by tokens.
    assert [stream.step(tokenizer, [id]) for id in (19567, 255, 19567)] == [None, "\u0e2d", None]
    other = copy.copy(stream)
    assert stream.step(tokenizer, 109) == other.step(tokenizer, [109]) == "\u0e31"


def test_training() -> None:
    tokenizer = Tokenizer(models.BPE(unk_token="[UNK]"))
    tokenizer.pre_tokenizer = pre_tokenizers.Whitespace()
    trainer = trainers.BpeTrainer(vocab_size=12, special_tokens=["[UNK]"], show_progress=False)
    tokenizer.train_from_iterator(["low lower", ["lowest low"]], trainer)
    assert tokenizer.encode("low lowest x").tokens == ["low", "lowe", "st", "[UNK]"]
    levels = Tokenizer(models.WordLevel(unk_token="?"))
    levels.pre_tokenizer = pre_tokenizers.Whitespace()
    levels.train_from_iterator(["b a b"], trainers.WordLevelTrainer(special_tokens=["?"]))
    assert levels.get_vocab() == {"?": 0, "b": 1, "a": 2}


def test_a_file_is_written_as_it_was_read(tmp_path: Path, bert: Tokenizer) -> None:
    bert.save(str(tmp_path / "tokenizer.json"))
    again = Tokenizer.from_file(str(tmp_path / "tokenizer.json"))
    assert again.to_str() == bert.to_str()
    assert pickle.loads(pickle.dumps(bert)).to_str() == bert.to_str()


def test_wrong_input(bert: Tokenizer) -> None:
    with pytest.raises(TypeError, match="TextInputSequence must be str"):
        bert.encode(["a"])
    with pytest.raises(TypeError, match="surrogates"):
        bert.encode("\ud83d")
    with pytest.raises(TypeError):
        bert.encode_batch("a")
    with pytest.raises(ValueError, match="stride"):
        bert.enable_truncation(4, stride=3)
    with pytest.raises(ValueError, match="`sideways`"):
        bert.enable_padding(direction="sideways")
    with pytest.raises(ValueError, match=r"Missing \[UNK\] token"):
        Tokenizer(models.WordPiece({"a": 0})).encode("b")


def test_what_is_not_there_says_so() -> None:
    tokenizer = Tokenizer(models.Unigram())
    with pytest.raises(NotImplementedError, match="UnigramTrainer"):
        tokenizer.train_from_iterator(["a"])
    with pytest.raises(NotImplementedError, match="custom"):
        normalizers.Normalizer.custom(object())
    with pytest.raises(NotImplementedError, match="normalize_str"):
        tokenizers.NormalizedString("a")
    with pytest.raises(FileNotFoundError, match="network"):
        Tokenizer.from_pretrained("nobody/nothing")


def test_the_stand_in_is_installed() -> None:
    program = (
        "from tok.compat import tokenizers as ours; ours.install();"
        "import tokenizers, tokenizers.pre_tokenizers as parts; from tokenizers.models import BPE;"
        "assert tokenizers is ours and parts is ours.pre_tokenizers and BPE is ours.models.BPE"
    )
    subprocess.run([sys.executable, "-c", program], check=True)


def test_tiktoken() -> None:
    encoding = tiktoken.get_encoding("cl100k_base")
    assert encoding.encode("hello <|endoftext|>", allowed_special="all") == [15339, 220, 100257]
    assert encoding.encode("\ud83d\udc4d") == [9468, 239, 235]
    assert encoding._encode_bytes(b" \xec\x8b\xa4\xed") == [62085]
    assert encoding.decode_with_offsets([15339, 1917]) == ("hello world", [0, 5])
    with pytest.raises(ValueError, match="disallowed special token"):
        encoding.encode("<|endoftext|>")
    stable, rest = tiktoken.get_encoding("gpt2").encode_with_unstable("hello fanta")
    assert stable == [31373]
    assert [277, 4910] in rest
    assert tiktoken.encoding_for_model("gpt-oss-120b").decode([200006]) == "<|start|>"
    assert pickle.loads(pickle.dumps(encoding)) is encoding
