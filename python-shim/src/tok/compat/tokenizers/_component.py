"""What the parts of a tokenizer have in common: each is the object that describes it in tokenizer.json.

    Prepend("_")._json == {"type": "Prepend", "prepend": "_"}

A tokenizer and the parts that it hands out share these objects, so that a change of a part is one of the
tokenizer, which looks at `Component.changes` before it encodes.
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from typing import Any, ClassVar, Generic, TypeVar, overload

from ._describe import describe

T = TypeVar("T")
Kind = TypeVar("Kind", bound="Component")


class Field(Generic[T]):
    """An attribute that is a member of the JSON object, where it may have another name."""

    def __init__(self, default: T, member: str = "") -> None:
        self.default = default
        self.member = member

    def __set_name__(self, owner: type, name: str) -> None:
        self.member = self.member or name

    @overload
    def __get__(self, component: None, owner: type) -> Field[T]: ...
    @overload
    def __get__(self, component: Component, owner: type) -> T: ...
    def __get__(self, component: Component | None, owner: type) -> Field[T] | T:
        if component is None:
            return self
        value: T = component._json[self.member]
        return value

    def __set__(self, component: Component, value: T) -> None:
        component._change(**{self.member: value})


class Component:
    """A normalizer, pre-tokenizer, model, post-processor or decoder."""

    changes: ClassVar[int] = 0
    """How often any of them was changed."""

    _types: ClassVar[dict[str, type[Component]]]
    _type: ClassVar[str]
    _defaults: ClassVar[dict[str, Any]]

    _json: dict[str, Any]

    def __init_subclass__(cls) -> None:
        if Component in cls.__bases__:
            cls._types = {}
            return
        cls._type = cls.__dict__.get("_type", cls.__name__)
        fields = [value for value in vars(cls).values() if isinstance(value, Field)]
        cls._defaults = {field.member: field.default for field in fields}
        cls._types[cls._type] = cls

    def _set(self, **members: Any) -> None:
        self._json = {"type": self._type, **self._defaults, **members}

    def _change(self, **members: Any) -> None:
        self._json.update(members)
        Component.changes += 1

    @classmethod
    def _of(cls: type[Kind], described: dict[str, Any]) -> Kind:
        """The part that a JSON object describes, and is from then on: members that are not there get their
        defaults, and all stand in the order in which they are written.
        """
        name = described.get("type") or cls._guess(described)
        if name not in cls._types:
            raise ValueError(f"{cls.__name__}: `{name}` is none of {', '.join(cls._types)}")
        found = cls._types[name]
        part = found.__new__(found)
        assert isinstance(part, cls)
        part._read(described)
        members = {key: described.get(key, default) for key, default in found._defaults.items()}
        described.clear()
        described.update(type=found._type, **members)
        part._json = described
        return part

    @classmethod
    def _guess(cls, described: dict[str, Any]) -> str:
        """The type of an object that does not say it."""
        return ""

    @classmethod
    def _read(cls, described: dict[str, Any]) -> None:
        """Brings an object as earlier versions wrote it into the present form."""

    def __getstate__(self) -> bytes:
        return to_json(self._json).encode()

    def __setstate__(self, state: bytes) -> None:
        self._json = json.loads(state)

    def __repr__(self) -> str:
        return describe(self._json)

    def __str__(self) -> str:
        return describe(self._json, brief=True)


class Several:
    """Parts of one kind, one after another."""

    _list: ClassVar[str]
    _json: dict[str, Any]

    @classmethod
    def _kind(cls) -> type[Component]:
        return next(base for base in cls.__mro__ if Component in base.__bases__)

    def __len__(self) -> int:
        return len(self._json[self._list])

    def __getitem__(self, index: int) -> Any:
        return self._kind()._of(self._json[self._list][index])

    def __setitem__(self, index: int, part: Component) -> None:
        self._json[self._list][index] = part._json
        Component.changes += 1

    @classmethod
    def _read(cls, described: dict[str, Any]) -> None:
        for part in described[cls._list]:
            cls._kind()._of(part)


def objects_of(parts: Iterable[Component]) -> list[dict[str, Any]]:
    """The JSON objects of parts."""
    return [part._json for part in parts]


def to_json(value: Any, pretty: bool = False) -> str:
    """JSON in the form in which the original writes it."""
    if pretty:
        return json.dumps(value, ensure_ascii=False, indent=2)
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))


def one_character(value: str) -> str:
    """The value, which has to be one character."""
    if len(value) != 1:
        raise ValueError("expected a string of length 1")
    return value
