"""Stands in for the build backend of tokenizers, so that pip downloads its source package: all that pip asks
for is what the package says of itself. The real one needs Rust for that.
"""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import Any


def prepare_metadata_for_build_wheel(folder: str, settings: Any = None) -> str:
    described = Path(folder) / "tokenizers.dist-info"
    described.mkdir()
    shutil.copyfile("PKG-INFO", described / "METADATA")
    return described.name
