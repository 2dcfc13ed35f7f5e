"""tiktoken's own tests, with tok.compat.tiktoken."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from conftest import Outcome


def test_all_pass(source_of: Callable[[str], Path], run_tests: Callable[..., Outcome]) -> None:
    source = source_of("tiktoken==0.14.0")
    run_tests(source / "tests", "tiktoken_conftest.py").check({}, least_passed=33)
