"""How the original prints a tokenizer and its parts: `Metaspace(replacement="▁", prepend_scheme=always)`."""

from __future__ import annotations

from typing import Any

# Members whose values are names of something, which stand without quotes.
_NAMES = {"prepend_scheme", "behavior", "strategy", "direction"}
# Members that are pairs, and lists of pairs.
_PAIR, _PAIRS = {"sep", "cls"}, {"vocab", "merges"}
# Of objects with one member, those whose member says which kind they are.
_VARIANTS = {"String", "Regex", "SpecialToken", "Sequence", "Fixed"}


def describe(value: Any, brief: bool = False) -> str:
    """A JSON value as the original prints it: in full up to a hundred elements, or in brief up to six."""
    return _Description(6 if brief else 100, 100 if brief else None).of(value)


class _Description:
    def __init__(self, limit: int, string_limit: int | None) -> None:
        self.limit = limit
        self.string_limit = string_limit

    def of(self, value: Any, name: str = "") -> str:
        if isinstance(value, str):
            return value if name in _NAMES else self.string(value)
        if isinstance(value, float) and value == int(value):
            return str(int(value))
        if isinstance(value, (tuple, list)):
            if name in _PAIR or isinstance(value, tuple):
                return "(" + ", ".join(map(self.of, value)) + ")"
            items = value if name not in _PAIRS else [tuple(item) for item in value[: self.limit]]
            return "[" + self.some([self.of(item) for item in items[: self.limit]]) + "]"
        if not isinstance(value, dict):
            return str(value)
        if "type" in value and name != "vocab":
            rest = {key: item for key, item in value.items() if key != "type"}
            return self.structure(value["type"], rest)
        if len(value) == 1 and next(iter(value)) in _VARIANTS:
            ((variant, item),) = value.items()
            return (
                self.structure(variant, item)
                if isinstance(item, dict)
                else f"{variant}({self.of(item)})"
            )
        if value.keys() == {"id", "ids", "tokens"}:
            return self.structure("SpecialToken", value)
        rows = list(value.items())[: self.limit]
        return (
            "{"
            + self.some([f"{self.string(key)}:{self.of(item, key)}" for key, item in rows])
            + "}"
        )

    def string(self, value: str) -> str:
        cut = self.string_limit
        return f'"{value[:cut]}..."' if cut and len(value) > cut else f'"{value}"'

    def structure(self, name: str, members: dict[str, Any]) -> str:
        rows = []
        for key, item in members.items():
            bare = name == "Sequence" and key == "id"
            rows.append(f"{key}={item if bare else self.of(item, key)}")
        return f"{name}({', '.join(rows)})"

    def some(self, rows: list[str]) -> str:
        return ", ".join(rows if len(rows) < self.limit else [*rows[:-1], "..."])
