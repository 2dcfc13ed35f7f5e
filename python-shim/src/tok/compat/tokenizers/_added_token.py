"""Added tokens: what is found in a text before it is split."""

from __future__ import annotations

from typing import Any


class AddedToken:
    """A token that is found in the text before it is split.

    `single_word`: only where it is no part of a word. `lstrip`, `rstrip`: with the white space around it.
    `normalized`: in the normalized text, which if it is not said is whether the token is not special.
    """

    def __init__(
        self,
        content: str | None = None,
        *,
        single_word: bool = False,
        lstrip: bool = False,
        rstrip: bool = False,
        normalized: bool | None = None,
        special: bool = False,
    ) -> None:
        self.content = content or ""
        self.special = special
        self.single_word = single_word
        self.lstrip = lstrip
        self.rstrip = rstrip
        self._normalized = normalized

    @property
    def normalized(self) -> bool:
        return not self.special if self._normalized is None else self._normalized

    def _copy(self, special: bool | None = None) -> AddedToken:
        """The same token, special if that is said."""
        copy = AddedToken(**self.__getstate__())
        copy._normalized = self._normalized
        copy.special = self.special if special is None else special
        return copy

    def __getstate__(self) -> dict[str, Any]:
        return {
            "content": self.content,
            "single_word": self.single_word,
            "lstrip": self.lstrip,
            "rstrip": self.rstrip,
            "normalized": self.normalized,
            "special": self.special,
        }

    def __setstate__(self, state: dict[str, Any]) -> None:
        self.__init__(**state)  # type: ignore[misc]

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, AddedToken):
            return NotImplemented
        return self.__getstate__() == other.__getstate__()

    def __hash__(self) -> int:
        return hash(tuple(self.__getstate__().values()))

    def __str__(self) -> str:
        return self.content

    def __repr__(self) -> str:
        return (
            f'AddedToken("{self.content}", rstrip={self.rstrip}, lstrip={self.lstrip},'
            f" single_word={self.single_word}, normalized={self.normalized}, special={self.special})"
        )
