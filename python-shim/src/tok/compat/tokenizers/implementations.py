"""Tokenizers that are put together already, as they were before tokenizer.json."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from . import decoders, pre_tokenizers, processors, trainers
from ._added_token import AddedToken
from ._patterns import Regex
from ._tokenizer import Tokenizer
from .models import BPE, Merges, Unigram, WordPiece
from .normalizers import (
    NFKC,
    BertNormalizer,
    Lowercase,
    Nmt,
    Normalizer,
    Replace,
    unicode_normalizer_from_str,
)
from .normalizers import Sequence as NormalizerSequence

Name = str | AddedToken
Names = Sequence[Name]
Vocabulary = Mapping[str, int] | str | None

_PARTS = {"model", "normalizer", "pre_tokenizer", "post_processor", "decoder"}


class BaseTokenizer:
    """A tokenizer with its settings. It has all attributes and methods of Tokenizer."""

    _tokenizer: Tokenizer

    def __init__(self, tokenizer: Tokenizer, parameters: dict[str, Any] | None = None) -> None:
        self._tokenizer = tokenizer
        self._parameters = parameters or {}

    def __getattr__(self, name: str) -> Any:
        if name == "_tokenizer":
            raise AttributeError(name)
        return getattr(self._tokenizer, name)

    def __setattr__(self, name: str, value: Any) -> None:
        if name in _PARTS:
            setattr(self._tokenizer, name, value)
        else:
            object.__setattr__(self, name, value)

    def normalize(self, sequence: str) -> str:
        """The text as it is after normalization."""
        normalizer = self._tokenizer.normalizer
        return sequence if normalizer is None else str(normalizer.normalize_str(sequence))

    def save_model(self, directory: str, prefix: str | None = None) -> list[str]:
        """Writes the files of the model; gives their paths."""
        return list(self._tokenizer.model.save(directory, prefix=prefix))

    def __repr__(self) -> str:
        settings = ", ".join(f"{name}={value}" for name, value in self._parameters.items())
        return f"Tokenizer(vocabulary_size={self._tokenizer.get_vocab_size()}, {settings})"

    def _train(self, files: str | Sequence[str], trainer: trainers.Trainer) -> None:
        self._tokenizer.train([files] if isinstance(files, str) else files, trainer)


class BertWordPieceTokenizer(BaseTokenizer):
    """BERT's."""

    def __init__(
        self,
        vocab: Vocabulary = None,
        unk_token: Name = "[UNK]",
        sep_token: Name = "[SEP]",
        cls_token: Name = "[CLS]",
        pad_token: Name = "[PAD]",
        mask_token: Name = "[MASK]",
        clean_text: bool = True,
        handle_chinese_chars: bool = True,
        strip_accents: bool | None = None,
        lowercase: bool = True,
        wordpieces_prefix: str = "##",
    ) -> None:
        parameters = {**locals(), "model": "BertWordPiece"}
        tokenizer = Tokenizer(WordPiece(vocab, unk_token=str(unk_token)))
        for token in (unk_token, sep_token, cls_token, pad_token, mask_token):
            _make_special(tokenizer, token)
        tokenizer.normalizer = BertNormalizer(
            clean_text, handle_chinese_chars, strip_accents, lowercase
        )
        tokenizer.pre_tokenizer = pre_tokenizers.BertPreTokenizer()
        if vocab is not None:
            sep, cls = (tokenizer.token_to_id(str(token)) for token in (sep_token, cls_token))
            if sep is None:
                raise TypeError("sep_token not found in the vocabulary")
            if cls is None:
                raise TypeError("cls_token not found in the vocabulary")
            tokenizer.post_processor = processors.BertProcessing(
                (str(sep_token), sep), (str(cls_token), cls)
            )
        tokenizer.decoder = decoders.WordPiece(prefix=wordpieces_prefix)
        super().__init__(tokenizer, _settings(parameters))

    @staticmethod
    def from_file(vocab: str, **options: Any) -> BertWordPieceTokenizer:
        return BertWordPieceTokenizer(WordPiece.read_file(vocab), **options)

    def train(self, files: str | Sequence[str], **options: Any) -> None:
        """Trains on files; options as of train_from_iterator()."""
        self._train(files, self._trainer(**options))

    def train_from_iterator(
        self, iterator: Iterable[Any], *, length: int | None = None, **options: Any
    ) -> None:
        """Trains on texts: vocab_size, min_frequency, limit_alphabet, initial_alphabet, special_tokens,
        show_progress, wordpieces_prefix.
        """
        self._tokenizer.train_from_iterator(iterator, self._trainer(**options), length)

    @staticmethod
    def _trainer(
        vocab_size: int = 30000,
        min_frequency: int = 2,
        limit_alphabet: int = 1000,
        initial_alphabet: Sequence[str] = (),
        special_tokens: Names = ("[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]"),
        show_progress: bool = True,
        wordpieces_prefix: str = "##",
    ) -> trainers.Trainer:
        return trainers.WordPieceTrainer(
            vocab_size=vocab_size,
            min_frequency=min_frequency,
            limit_alphabet=limit_alphabet,
            initial_alphabet=initial_alphabet,
            special_tokens=special_tokens,
            show_progress=show_progress,
            continuing_subword_prefix=wordpieces_prefix,
        )


class ByteLevelBPETokenizer(BaseTokenizer):
    """GPT-2's."""

    def __init__(
        self,
        vocab: Vocabulary = None,
        merges: Merges | str | None = None,
        add_prefix_space: bool = False,
        lowercase: bool = False,
        dropout: float | None = None,
        unicode_normalizer: str | None = None,
        continuing_subword_prefix: str | None = None,
        end_of_word_suffix: str | None = None,
        trim_offsets: bool = False,
    ) -> None:
        parameters = {**locals(), "model": "ByteLevelBPE"}
        model = BPE()
        if vocab is not None and merges is not None:
            model = BPE(
                vocab,
                merges,
                dropout=dropout,
                continuing_subword_prefix=continuing_subword_prefix or "",
                end_of_word_suffix=end_of_word_suffix or "",
            )
        tokenizer = Tokenizer(model)
        tokenizer.normalizer = _normalizer(unicode_normalizer, lowercase)
        tokenizer.pre_tokenizer = pre_tokenizers.ByteLevel(add_prefix_space=add_prefix_space)
        tokenizer.decoder = decoders.ByteLevel()
        tokenizer.post_processor = processors.ByteLevel(trim_offsets=trim_offsets)
        super().__init__(tokenizer, _settings(parameters))

    @staticmethod
    def from_file(
        vocab_filename: str, merges_filename: str, **options: Any
    ) -> ByteLevelBPETokenizer:
        return ByteLevelBPETokenizer(*BPE.read_file(vocab_filename, merges_filename), **options)

    def train(self, files: str | Sequence[str], **options: Any) -> None:
        """Trains on files; options as of train_from_iterator()."""
        self._train(files, self._trainer(**options))

    def train_from_iterator(
        self, iterator: Iterable[Any], *, length: int | None = None, **options: Any
    ) -> None:
        """Trains on texts: vocab_size, min_frequency, show_progress, special_tokens."""
        self._tokenizer.train_from_iterator(iterator, self._trainer(**options), length)

    @staticmethod
    def _trainer(
        vocab_size: int = 30000,
        min_frequency: int = 2,
        show_progress: bool = True,
        special_tokens: Names = (),
    ) -> trainers.Trainer:
        return trainers.BpeTrainer(
            vocab_size=vocab_size,
            min_frequency=min_frequency,
            show_progress=show_progress,
            special_tokens=special_tokens,
            initial_alphabet=pre_tokenizers.ByteLevel.alphabet(),
        )


class CharBPETokenizer(BaseTokenizer):
    """The first GPT's."""

    def __init__(
        self,
        vocab: Vocabulary = None,
        merges: Merges | str | None = None,
        unk_token: Name = "<unk>",
        suffix: str = "</w>",
        dropout: float | None = None,
        lowercase: bool = False,
        unicode_normalizer: str | None = None,
        bert_normalizer: bool = True,
        split_on_whitespace_only: bool = False,
    ) -> None:
        parameters = {**locals(), "model": "BPE"}
        both = vocab is not None and merges is not None
        tokenizer = Tokenizer(
            BPE(
                vocab if both else None,
                merges if both else None,
                dropout=dropout,
                unk_token=str(unk_token),
                end_of_word_suffix=suffix,
            )
        )
        _make_special(tokenizer, unk_token)
        tokenizer.normalizer = _normalizer(unicode_normalizer, lowercase, bert_normalizer)
        tokenizer.pre_tokenizer = (
            pre_tokenizers.WhitespaceSplit()
            if split_on_whitespace_only
            else pre_tokenizers.BertPreTokenizer()
        )
        tokenizer.decoder = decoders.BPEDecoder(suffix=suffix)
        super().__init__(tokenizer, _settings(parameters))

    @staticmethod
    def from_file(vocab_filename: str, merges_filename: str, **options: Any) -> CharBPETokenizer:
        return CharBPETokenizer(*BPE.read_file(vocab_filename, merges_filename), **options)

    def train(self, files: str | Sequence[str], **options: Any) -> None:
        """Trains on files; options as of train_from_iterator()."""
        self._train(files, _character_trainer(**{"suffix": "</w>", **options}))

    def train_from_iterator(
        self, iterator: Iterable[Any], *, length: int | None = None, **options: Any
    ) -> None:
        """Trains on texts: vocab_size, min_frequency, special_tokens, limit_alphabet, initial_alphabet, suffix,
        show_progress.
        """
        trainer = _character_trainer(**{"suffix": "</w>", **options})
        self._tokenizer.train_from_iterator(iterator, trainer, length)


class SentencePieceBPETokenizer(BaseTokenizer):
    """Byte-pair encoding of words that begin with a character for the space before them."""

    def __init__(
        self,
        vocab: Vocabulary = None,
        merges: Merges | str | None = None,
        unk_token: Name = "<unk>",
        replacement: str = "▁",
        add_prefix_space: bool = True,
        dropout: float | None = None,
        fuse_unk: bool = False,
    ) -> None:
        parameters = {**locals(), "model": "SentencePieceBPE"}
        both = vocab is not None and merges is not None
        tokenizer = Tokenizer(
            BPE(
                vocab if both else None,
                merges if both else None,
                dropout=dropout,
                unk_token=str(unk_token),
                fuse_unk=fuse_unk,
            )
        )
        _make_special(tokenizer, unk_token)
        tokenizer.normalizer = NFKC()
        scheme = "always" if add_prefix_space else "never"
        tokenizer.pre_tokenizer = pre_tokenizers.Metaspace(replacement, scheme)
        tokenizer.decoder = decoders.Metaspace(replacement, scheme)
        super().__init__(tokenizer, _settings(parameters))

    @staticmethod
    def from_file(
        vocab_filename: str, merges_filename: str, **options: Any
    ) -> SentencePieceBPETokenizer:
        return SentencePieceBPETokenizer(*BPE.read_file(vocab_filename, merges_filename), **options)

    def train(self, files: str | Sequence[str], **options: Any) -> None:
        """Trains on files; options as of train_from_iterator()."""
        self._train(files, _character_trainer(**options))

    def train_from_iterator(
        self, iterator: Iterable[Any], *, length: int | None = None, **options: Any
    ) -> None:
        """Trains on texts: vocab_size, min_frequency, special_tokens, limit_alphabet, initial_alphabet,
        show_progress.
        """
        self._tokenizer.train_from_iterator(iterator, _character_trainer(**options), length)


class SentencePieceUnigramTokenizer(BaseTokenizer):
    """Unigram with words that begin with a character for the space before them."""

    def __init__(
        self,
        vocab: Sequence[tuple[str, float]] | None = None,
        replacement: str = "▁",
        add_prefix_space: bool = True,
    ) -> None:
        parameters = {**locals(), "model": "SentencePieceUnigram"}
        tokenizer = Tokenizer(Unigram(vocab))
        tokenizer.normalizer = NormalizerSequence([Nmt(), NFKC(), Replace(Regex(" {2,}"), " ")])
        scheme = "always" if add_prefix_space else "never"
        tokenizer.pre_tokenizer = pre_tokenizers.Metaspace(replacement, scheme)
        tokenizer.decoder = decoders.Metaspace(replacement, scheme)
        super().__init__(tokenizer, _settings(parameters))

    def train(self, files: str | Sequence[str], **options: Any) -> None:
        """Not there, see UnigramTrainer."""
        self._train(files, trainers.UnigramTrainer(**options))

    def train_from_iterator(
        self, iterator: Iterable[Any], *, length: int | None = None, **options: Any
    ) -> None:
        """Not there, see UnigramTrainer."""
        self._tokenizer.train_from_iterator(iterator, trainers.UnigramTrainer(**options), length)


def _settings(values: dict[str, Any]) -> dict[str, Any]:
    """The arguments of an __init__(), for its repr."""
    left_out = {"self", "__class__", "vocab", "merges"}
    settings = {"model": values["model"], **values}
    return {name: value for name, value in settings.items() if name not in left_out}


def _make_special(tokenizer: Tokenizer, token: Name) -> None:
    if tokenizer.token_to_id(str(token)) is not None:
        tokenizer.add_special_tokens([str(token)])


def _normalizer(form: str | None, lowercase: bool, bert: bool = False) -> Normalizer | None:
    steps: list[Normalizer] = [unicode_normalizer_from_str(form)] if form else []
    if bert:
        steps.append(BertNormalizer(lowercase=False))
    if lowercase:
        steps.append(Lowercase())
    return NormalizerSequence(steps) if len(steps) > 1 else steps[0] if steps else None


def _character_trainer(
    vocab_size: int = 30000,
    min_frequency: int = 2,
    special_tokens: Names = ("<unk>",),
    limit_alphabet: int = 1000,
    initial_alphabet: Sequence[str] = (),
    suffix: str | None = None,
    show_progress: bool = True,
) -> trainers.Trainer:
    return trainers.BpeTrainer(
        vocab_size=vocab_size,
        min_frequency=min_frequency,
        special_tokens=special_tokens,
        limit_alphabet=limit_alphabet,
        initial_alphabet=initial_alphabet,
        end_of_word_suffix=suffix,
        show_progress=show_progress,
    )
