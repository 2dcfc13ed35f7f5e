"""Tokens in colours, for notebooks."""

from __future__ import annotations

import html
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from ._tokenizer import Special, Text, Tokenizer

_COLOURS = ("#cfe8ff", "#ffe2c4", "#d6f2d0", "#f4d3ea", "#fff3b8", "#dcd6f7")


class TokenRow:
    """The tokens of a text. `ids` and `pieces` are what a notebook shows in colours."""

    def __init__(self, tokenizer: Tokenizer, text: Text, special: Special) -> None:
        self.ids = tokenizer.encode_list(text, special)
        self.pieces = [
            (tokenizer.bytes_of(id) or b"").decode("utf-8", "backslashreplace") for id in self.ids
        ]

    def __repr__(self) -> str:
        return "|".join(piece.replace("\n", "\\n") for piece in self.pieces)

    def _repr_html_(self) -> str:
        spans = []
        for index, (id, piece) in enumerate(zip(self.ids, self.pieces)):
            shown = html.escape(piece).replace(" ", "\u00b7").replace("\n", "\u21b5<br>")
            colour = _COLOURS[index % len(_COLOURS)]
            spans.append(
                f'<span title="{id}" style="background:{colour};color:#111">{shown}</span>'
            )
        count = f"{len(self.ids)} tokens"
        return f'<div style="font-family:monospace">{"".join(spans)}<br><small>{count}</small></div>'
