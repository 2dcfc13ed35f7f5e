"""tokenizers' own tests, with tok.compat.tokenizers."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from conftest import Outcome

_PYTHON = "a part written in Python: libtok has its own only"
_UNIGRAM = "libtok trains Unigram as sentencepiece does, which gives other scores than this package's trainer"
_FORK = "wants a forked process to hang where TOKENIZERS_PARALLELISM is on; ours goes on"

EXPLAINED = {
    "bindings.test_normalizers.TestCustomNormalizer.test_instantiate": _PYTHON,
    "bindings.test_normalizers.TestCustomNormalizer.test_normalizer_interface": _PYTHON,
    "bindings.test_pre_tokenizers.TestCustomPreTokenizer.test_camel_case": _PYTHON,
    "bindings.test_pre_tokenizers.TestCustomPreTokenizer.test_instantiate": _PYTHON,
    "bindings.test_trainers.TestUnigram.test_train_parallelism_with_custom_pretokenizer": _PYTHON,
    "bindings.test_trainers.TestUnigram.test_train": _UNIGRAM,
    "bindings.test_trainers.TestUnigram.test_train_with_special_tokens": _UNIGRAM,
    "implementations.test_sentencepiece.TestSentencePieceUnigram.test_train": _UNIGRAM,
    "implementations.test_sentencepiece.TestSentencePieceUnigram.test_train_from_iterator": _UNIGRAM,
    "implementations.test_sentencepiece.TestSentencePieceUnigram"
    ".test_train_from_iterator_with_unk_token": _UNIGRAM,
    "implementations.test_sentencepiece.TestSentencePieceUnigram.test_train_with_unk_token": _UNIGRAM,
    "bindings.test_tokenizer.TestTokenizer.test_multiprocessing_with_parallelism": _FORK,
    "implementations.test_bert_wordpiece.TestBertWordPieceTokenizer"
    ".test_multiprocessing_with_parallelism": _FORK,
}


def test_only_explained_ones_fail(
    source_of: Callable[[str], Path], run_tests: Callable[..., Outcome]
) -> None:
    source = source_of("tokenizers==0.23.3")
    outcome = run_tests(
        source / "bindings" / "python" / "tests",
        "tokenizers_conftest.py",
        # Wants the package datasets, to train Unigram on what it downloads.
        "--ignore=tests/documentation/test_tutorial_train_from_iterators.py",
        # Measures how long thousands of encodings take, and checks nothing.
        "--deselect=tests/bindings/test_tokenizer.py::TestAsyncTokenizer::test_performance_comparison",
    )
    outcome.check(EXPLAINED, least_passed=159)
