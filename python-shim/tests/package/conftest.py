import numpy as np
import pytest
import tok


@pytest.fixture(scope="session")
def o200k() -> tok.Tokenizer:
    return tok.load("o200k_base")


def pytest_assertrepr_compare(op: str, left: object, right: object) -> list[str] | None:
    """Arrays are compared as lists, so that what differs is shown."""
    if op == "==" and isinstance(left, np.ndarray) and isinstance(right, list):
        return [f"{left.tolist()} == {right}"]
    return None
