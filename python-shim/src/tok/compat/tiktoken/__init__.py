"""Stands in for tiktoken: `from tok.compat import tiktoken`.

`Encoding` has the methods and defaults of tiktoken's, `get_encoding` and `encoding_for_model` its names.
What differs: an unknown name is looked for among the vocabularies that tok finds, and nothing is ever asked
from a network.
"""

from ._encoding import Encoding
from ._names import (
    encoding_for_model,
    encoding_name_for_model,
    get_encoding,
    list_encoding_names,
)

__version__ = "0.14.0"
"""The version of the package that this stands in for."""

__all__ = [
    "Encoding",
    "encoding_for_model",
    "encoding_name_for_model",
    "get_encoding",
    "list_encoding_names",
]
