"""How long encodings may be, and have to be."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from typing import Any

from ._encoding import Encoding

_STRATEGIES = {
    "longest_first": "LongestFirst",
    "only_first": "OnlyFirst",
    "only_second": "OnlySecond",
}


def _one_of(name: str, value: str, names: tuple[str, ...]) -> None:
    if value not in names:
        known = ", ".join(f"`{one}`" for one in names[:-1])
        raise ValueError(f"Unknown `{name}`: `{value}`. Use one of {known} or `{names[-1]}`")


@dataclass
class Truncation:
    """To what length texts are cut, and which."""

    max_length: int
    stride: int = 0
    strategy: str = "longest_first"
    direction: str = "right"

    def __post_init__(self) -> None:
        _one_of("strategy", self.strategy, tuple(_STRATEGIES))
        _one_of("direction", self.direction, ("left", "right"))

    @staticmethod
    def of_json(described: dict[str, Any]) -> Truncation:
        names = {written: name for name, written in _STRATEGIES.items()}
        return Truncation(
            described["max_length"],
            described["stride"],
            names[described["strategy"]],
            described.get("direction", "Right").lower(),
        )

    def to_json(self) -> dict[str, Any]:
        return {
            "direction": self.direction.capitalize(),
            "max_length": self.max_length,
            "strategy": _STRATEGIES[self.strategy],
            "stride": self.stride,
        }

    def arguments(self) -> dict[str, Any]:
        """What enable_truncation() takes."""
        return asdict(self)

    def options(self) -> dict[str, Any]:
        """What encode_texts() takes."""
        if not self.max_length:
            raise ValueError("no token is allowed: max_length is 0")
        return {
            "max_length": self.max_length,
            "stride": self.stride,
            "truncation": self.strategy,
            "truncate_left": self.direction == "left",
            "keep_overflow": True,
        }


@dataclass
class Padding:
    """To what length texts are filled, and with what."""

    direction: str = "right"
    pad_id: int = 0
    pad_type_id: int = 0
    pad_token: str = "[PAD]"
    length: int | None = None
    pad_to_multiple_of: int | None = None

    def __post_init__(self) -> None:
        _one_of("direction", self.direction, ("left", "right"))

    @staticmethod
    def of_json(described: dict[str, Any]) -> Padding:
        strategy = described["strategy"]
        return Padding(
            described["direction"].lower(),
            described["pad_id"],
            described["pad_type_id"],
            described["pad_token"],
            strategy["Fixed"] if isinstance(strategy, dict) else None,
            described.get("pad_to_multiple_of"),
        )

    def to_json(self) -> dict[str, Any]:
        return {
            "strategy": "BatchLongest" if self.length is None else {"Fixed": self.length},
            "direction": self.direction.capitalize(),
            "pad_to_multiple_of": self.pad_to_multiple_of,
            "pad_id": self.pad_id,
            "pad_type_id": self.pad_type_id,
            "pad_token": self.pad_token,
        }

    def arguments(self) -> dict[str, Any]:
        """What enable_padding() takes."""
        return asdict(self)

    def pad(self, encodings: list[Encoding]) -> None:
        """Fills the encodings of a batch."""
        length = self.length
        if length is None:
            length = max(map(len, encodings), default=0)
        if self.pad_to_multiple_of:
            length += -length % self.pad_to_multiple_of
        for encoding in encodings:
            encoding.pad(
                length,
                direction=self.direction,
                pad_id=self.pad_id,
                pad_type_id=self.pad_type_id,
                pad_token=self.pad_token,
            )
