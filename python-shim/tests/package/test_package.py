"""What the installed package is made of."""

import re
import subprocess
import sys
from importlib import metadata
from pathlib import Path

import tok

FOLDER = Path(tok.__file__).parent
EXTENSION = FOLDER / "_native.abi3.so"


def test_the_version_is_that_of_the_library() -> None:
    assert metadata.version("tok") == tok.__version__
    header = (Path(__file__).parents[3] / "include" / "tok.h").read_text()
    assert ".".join(re.findall(r"define TOK_VERSION_(?:MAJOR|MINOR|PATCH) (\d+)", header)) == tok.__version__


def test_the_extension_needs_only_what_every_system_has() -> None:
    shown = subprocess.run(["readelf", "-d", EXTENSION], capture_output=True, text=True, check=True)
    needed = set(re.findall(r"NEEDED.*\[(.*?)\.so", shown.stdout))
    assert needed <= {"libc", "libm", "libgcc_s", "libstdc++", "libpthread", "libdl", "ld-linux-x86-64", "ld-linux-aarch64"}


def test_the_extension_uses_the_stable_interface_alone() -> None:
    """So that one wheel serves all versions of Python from 3.11 on."""
    command = [Path(sys.executable).parent / "abi3audit", "--strict"]
    command += ["--assume-minimum-abi3", "3.11", EXTENSION]
    checked = subprocess.run(command, capture_output=True, text=True)
    assert checked.returncode == 0, checked.stdout + checked.stderr


def test_there_is_no_data_of_icu() -> None:
    """ICU's data, 31 MB, begins with a header that names its format, and has tables by these names."""
    data = EXTENSION.read_bytes()
    assert b"Unicode, Inc. and others" not in data and b"brkitr/root.res" not in data


def test_types_are_checked() -> None:
    checked = subprocess.run(
        [sys.executable, "-m", "mypy", "--strict", "-p", "tok"], capture_output=True, text=True,
        cwd=Path(__file__).parents[2],
    )
    assert checked.returncode == 0, checked.stdout


def test_stubs_say_what_the_extension_has() -> None:
    checked = subprocess.run(
        [sys.executable, "-m", "mypy.stubtest", "tok._native", "--ignore-disjoint-bases"],
        capture_output=True, text=True,
    )
    assert checked.returncode == 0, checked.stdout
