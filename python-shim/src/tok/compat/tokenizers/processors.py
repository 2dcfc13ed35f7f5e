"""Post-processors: what puts special tokens around texts and trims their ranges."""

from __future__ import annotations

from collections.abc import Sequence as Sequence2
from typing import TYPE_CHECKING, Any

from ._component import Component, Field, Several, objects_of

if TYPE_CHECKING:
    from ._encoding import Encoding


class PostProcessor(Component):
    """The base of all post-processors."""

    def num_special_tokens_to_add(self, is_pair: bool) -> int:
        """How many tokens there are around one text, or two."""
        from ._processing import added_count

        return added_count(self._json, is_pair)

    def process(
        self, encoding: Encoding, pair: Encoding | None = None, add_special_tokens: bool = True
    ) -> Encoding:
        """One or two encodings with the special tokens around them."""
        from ._processing import processed

        return processed(self._json, encoding, pair, add_special_tokens)


Special = tuple[str, int]


class Pair(Field[Special]):
    """A token and its id."""

    def __get__(self, component: Any, owner: type) -> Any:
        return self if component is None else tuple(component._json[self.member])

    def __set__(self, component: Component, value: Special) -> None:
        component._change(**{self.member: list(value)})


class BertProcessing(PostProcessor):
    sep = Pair(("[SEP]", 102))
    cls = Pair(("[CLS]", 101))

    def __init__(self, sep: Special, cls_token: Special) -> None:
        self._set(sep=list(sep), cls=list(cls_token))


class ByteLevel(PostProcessor):
    add_prefix_space = Field(True)
    trim_offsets = Field(True)
    use_regex = Field(True)

    def __init__(
        self,
        add_prefix_space: bool | None = None,
        trim_offsets: bool | None = None,
        use_regex: bool | None = None,
        **_: Any,
    ) -> None:
        self._set(
            add_prefix_space=add_prefix_space is not False,
            trim_offsets=trim_offsets is not False,
            use_regex=use_regex is not False,
        )


class RobertaProcessing(PostProcessor):
    sep = Pair(("</s>", 2))
    cls = Pair(("<s>", 0))
    trim_offsets = Field(True)
    add_prefix_space = Field(True)

    def __init__(
        self,
        sep: Special,
        cls_token: Special,
        trim_offsets: bool = True,
        add_prefix_space: bool = True,
    ) -> None:
        self._set(
            sep=list(sep),
            cls=list(cls_token),
            trim_offsets=trim_offsets,
            add_prefix_space=add_prefix_space,
        )


class Sequence(Several, PostProcessor):
    _list = "processors"
    _processors: Field[list[dict[str, Any]]] = Field([], "processors")

    def __init__(self, processors: list[PostProcessor]) -> None:
        self._set(processors=objects_of(processors))


Template = str | Sequence2[str]


class TemplateProcessing(PostProcessor):
    """Texts and tokens in an order of one's own: "[CLS] $A [SEP] $B:1 [SEP]:1"."""

    _single: Field[list[dict[str, Any]]] = Field([], "single")
    _pair: Field[list[dict[str, Any]]] = Field([], "pair")
    _special_tokens: Field[dict[str, Any]] = Field({}, "special_tokens")

    @classmethod
    def _read(cls, described: dict[str, Any]) -> None:
        described["special_tokens"] = dict(sorted(described["special_tokens"].items()))

    def __init__(
        self,
        single: Template | None = None,
        pair: Template | None = None,
        special_tokens: Sequence2[Special | dict[str, Any]] | None = None,
    ) -> None:
        tokens = dict(sorted(map(_special_token, special_tokens or ())))
        one = _pieces("$0" if single is None else single)
        two = _pieces("$A:0 $B:1" if pair is None else pair)
        texts = {item["Sequence"]["id"] for item in two if "Sequence" in item}
        if texts != {"A", "B"}:
            raise ValueError("Template for `pair` must use both sequences")
        wanted = [item["SpecialToken"]["id"] for item in one + two if "SpecialToken" in item]
        missing = ", ".join(dict.fromkeys(f'"{name}"' for name in wanted if name not in tokens))
        if missing:
            raise ValueError(f"Missing SpecialToken(s) with id(s) `{missing}`")
        self._set(single=one, pair=two, special_tokens=tokens)

    @property
    def single(self) -> str:
        """How the template for one text is printed."""
        rows = []
        for item in self._json["single"]:
            ((kind, members),) = item.items()
            id = members["id"] if kind == "Sequence" else f'"{members["id"]}"'
            rows.append(f"{kind} {{ id: {id}, type_id: {members['type_id']} }}")
        return f"Template([{', '.join(rows)}])"

    @single.setter
    def single(self, template: Template) -> None:
        self._change(single=_pieces(template))


def _special_token(token: Special | dict[str, Any]) -> tuple[str, dict[str, Any]]:
    if not isinstance(token, dict):
        name, id = token
        if isinstance(name, int):
            # The original takes (id, token) too.
            name, id = id, name
        name = str(name)
        return name, {"id": name, "ids": [id], "tokens": [name]}
    if len(token["ids"]) != len(token["tokens"]):
        raise ValueError("SpecialToken: ids and tokens must be of the same length")
    return token["id"], {name: token[name] for name in ("id", "ids", "tokens")}


def _pieces(template: Template) -> list[dict[str, Any]]:
    return [
        _piece(part) for part in (template.split(" ") if isinstance(template, str) else template)
    ]


def _piece(part: str) -> dict[str, Any]:
    """`$A:1` is the first text with type 1, `$` and a number the first text with that type, and all else a
    special token.
    """
    name, *types = part.split(":")
    if len(types) > 1 or (types and not types[0].isdecimal()):
        raise ValueError(f'Cannot build Piece from string "{part}"')
    type_id = int(types[0]) if types else 0
    if not name.startswith("$"):
        return {"SpecialToken": {"id": name, "type_id": type_id}}
    text = name[1:].upper() or "A"
    if text.isdecimal():
        type_id = type_id if types else int(text)
        text = "A"
    if text not in ("A", "B"):
        raise ValueError(f'Cannot build Piece from string "{part}"')
    return {"Sequence": {"id": text, "type_id": type_id}}
