"""The version of the package, that of the library."""

from . import _native

__version__ = ".".join(
    str(part)
    for part in (_native.version // 10000, _native.version // 100 % 100, _native.version % 100)
)
