"""What Replace and Split look for, and what becomes of it."""

from __future__ import annotations

from typing import Any


class Regex:
    """A regular expression, in Oniguruma's dialect."""

    def __init__(self, s: str) -> None:
        self.pattern = s

    def __repr__(self) -> str:
        return f"Regex({self.pattern!r})"


_BEHAVIORS = {
    "removed": "Removed",
    "isolated": "Isolated",
    "merged_with_previous": "MergedWithPrevious",
    "merged_with_next": "MergedWithNext",
    "contiguous": "Contiguous",
}


def pattern_object(pattern: str | Regex) -> dict[str, str]:
    """A pattern as tokenizer.json has it."""
    return {"Regex": pattern.pattern} if isinstance(pattern, Regex) else {"String": pattern}


class Pattern:
    """The attribute `pattern`, which can be given and not read or changed, as in the original."""

    def __get__(self, component: Any, owner: type) -> None:
        if component is not None:
            raise NotImplementedError(
                "the pattern cannot be read: it is a member of __getstate__()"
            )

    def __set__(self, component: Any, value: Any) -> None:
        raise NotImplementedError("the pattern cannot be changed: make a new one")


class Behavior:
    """The attribute `behavior`: what becomes of what a splitter found."""

    def __get__(self, component: Any, owner: type) -> str:
        if component is None:
            return ""
        names = {written: name for name, written in _BEHAVIORS.items()}
        return names[component._json["behavior"]].replace("_", "")

    def __set__(self, component: Any, value: str) -> None:
        component._change(behavior=behavior_name(value))


def behavior_name(value: str) -> str:
    """A behaviour as tokenizer.json has it."""
    value = getattr(value, "value", value)
    if value not in _BEHAVIORS:
        names = ", ".join(_BEHAVIORS)
        raise ValueError(
            f"Wrong value for SplitDelimiterBehavior: `{value}`, expected one of {names}"
        )
    return _BEHAVIORS[value]
