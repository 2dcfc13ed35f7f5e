"""Builds the extension `tok._native` over libtok.

libtok is taken from the folder that TOK_PREFIX names, where `make install-lib PREFIX=...` put it; without
one it is built here, by the Swift toolchain, from the repository that this folder is a part of.
"""

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import numpy
from setuptools import setup
from setuptools.command.build_ext import build_ext
from setuptools.command.build_py import build_py
from setuptools.extension import Extension

HERE = Path(__file__).parent.resolve()
REPOSITORY = HERE.parent


def version() -> str:
    """The version of the library, as its header says it."""
    header = (REPOSITORY / "include" / "tok.h").read_text(encoding="utf-8")
    parts = re.findall(r"^#define TOK_VERSION_(?:MAJOR|MINOR|PATCH) (\d+)", header, re.MULTILINE)
    return ".".join(parts)


def prefix() -> Path:
    """Where libtok is installed; built before, if nobody said where."""
    given = os.environ.get("TOK_PREFIX")
    if given:
        return Path(given).resolve()
    target = REPOSITORY / ".build" / "installed"
    try:
        subprocess.run(["make", "install-lib", "DESTDIR=", f"PREFIX={target}"], cwd=REPOSITORY, check=True)
    except (OSError, subprocess.CalledProcessError) as error:
        sys.exit(f"tok: libtok could not be built ({error}); TOK_PREFIX may name an installed one")
    return target


class BuildExtension(build_ext):
    """Links the static library, and those it needs where they are there as static ones, so that the
    extension needs nothing that a bare system has not got."""

    def build_extension(self, extension: Extension) -> None:
        installed = prefix()
        extension.include_dirs += [str(installed / "include"), numpy.get_include()]
        library = str(installed / "lib" / "libtok.a")
        extension.extra_objects.append(library)
        # Another library is another extension.
        extension.depends.append(library)
        extension.extra_link_args += [
            *map(self.library, ("utf8proc", "pcre2-8")),
            *("-lstdc++", "-lm", "-ldl", "-lpthread"),
            *("-Wl,--gc-sections", "-Wl,--exclude-libs,ALL", "-Wl,-s"),
        ]
        super().build_extension(extension)

    def library(self, name: str) -> str:
        """The path of a static library of the system, or how to link the dynamic one."""
        compiler = os.environ.get("CC", "cc").split()
        found = subprocess.run(
            [*compiler, f"-print-file-name=lib{name}.a"], capture_output=True, text=True, check=True
        ).stdout.strip()
        return found if os.path.isabs(found) else f"-l{name}"


class BuildPackage(build_py):
    """Puts the vocabularies of the repository beside the extension, which finds them there by name, and the
    licences of the static libraries that it may carry."""

    def run(self) -> None:
        super().run()
        for name in ("libpcre2-dev", "libutf8proc-dev"):
            licence = Path("/usr/share/doc") / name / "copyright"
            if licence.exists():
                target = Path(self.build_lib) / "tok" / "licenses" / f"{name}.txt"
                target.parent.mkdir(parents=True, exist_ok=True)
                shutil.copyfile(licence, target)
        for folder in sorted((REPOSITORY / "vocabularies").iterdir()):
            # o200k_base is a part of the library.
            if not (folder / "LICENSE").exists() or folder.name == "o200k_base":
                continue
            target = Path(self.build_lib) / "tok" / "vocabularies" / folder.name
            shutil.copytree(
                folder, target, ignore=shutil.ignore_patterns("golden.jsonl"), dirs_exist_ok=True
            )


setup(
    version=version(),
    ext_modules=[
        Extension(
            "tok._native",
            sources=sorted(str(path.relative_to(HERE)) for path in (HERE / "native").glob("*.c")),
            depends=["native/shim.h"],
            extra_compile_args=["-std=c11", "-Wall", "-Wextra", "-fvisibility=hidden", "-ffunction-sections"],
            py_limited_api=True,
        )
    ],
    cmdclass={"build_ext": BuildExtension, "build_py": BuildPackage},
    options={"bdist_wheel": {"py_limited_api": "cp311"}},
)
