"""Runs the originals' own tests with the stand-ins of tok.compat in their place."""

from __future__ import annotations

import os
import subprocess
import sys
import tarfile
import xml.etree.ElementTree as ElementTree
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import NamedTuple

import pytest

HERE = Path(__file__).parent
PIP = [
    sys.executable,
    "-m",
    "pip",
    "download",
    "--quiet",
    "--disable-pip-version-check",
    "--no-deps",
]


class Outcome(NamedTuple):
    """What became of each test: the names of those that passed, and others with their message."""

    passed: set[str]
    failed: dict[str, str]
    skipped: dict[str, str]

    def check(self, explained: Mapping[str, str], least_passed: int) -> None:
        """Fails where a test fails that is not explained, or one passes that is."""
        print(f"{len(self.passed)} passed, {len(self.failed)} failed, {len(self.skipped)} skipped")
        for name, message in sorted(self.skipped.items()):
            print(f"skipped: {name}: {message}")
        surprises = {name: text for name, text in self.failed.items() if name not in explained}
        assert not surprises, f"fail, and nobody said why: {surprises}"
        passing = explained.keys() - self.failed.keys()
        assert not passing, f"said to fail, and do not: {sorted(passing)}"
        assert len(self.passed) >= least_passed


@pytest.fixture(scope="session")
def source_of(tmp_path_factory: pytest.TempPathFactory) -> Callable[[str], Path]:
    """Gives the unpacked source package of a name and version; skips where there is no index."""

    def fetched(package: str) -> Path:
        folder = tmp_path_factory.mktemp("source")
        # A backend that needs Rust is stood in for.
        paths = [str(HERE / "backend"), *filter(None, [os.environ.get("PYTHONPATH")])]
        environment = {**os.environ, "PYTHONPATH": os.pathsep.join(paths)}
        isolated = [] if not package.startswith("tokenizers=") else ["--no-build-isolation"]
        command = [*PIP, *isolated, "--no-binary", ":all:", "--dest", str(folder), package]
        done = subprocess.run(command, env=environment, capture_output=True, text=True)
        if done.returncode:
            probe = subprocess.run([*PIP, "--dest", str(folder), "pip"], capture_output=True)
            if probe.returncode:
                pytest.skip(f"{package}: there is no index to download its source package from")
            pytest.fail(f"{package}: its source package cannot be downloaded: {done.stderr}")
        (archive,) = folder.glob("*.tar.gz")
        with tarfile.open(archive) as packed:
            packed.extractall(folder, filter="data")
        return folder / archive.name.removesuffix(".tar.gz")

    return fetched


@pytest.fixture
def run_tests(tmp_path: Path) -> Callable[..., Outcome]:
    """Runs a folder of tests in a process of its own, with a conftest.py of ours above it."""

    def run(tests: Path, conftest: str, *options: str) -> Outcome:
        # The tests of tokenizers want to stand in a folder of this name.
        folder = tmp_path / "python"
        folder.mkdir()
        (folder / "tests").symlink_to(tests)
        (folder / "conftest.py").write_text((HERE / conftest).read_text(encoding="utf-8"))
        report = tmp_path / "report.xml"
        command = [sys.executable, "-m", "pytest", "-q", "--tb=line", "-p", "no:cacheprovider"]
        done = subprocess.run(
            [*command, f"--junit-xml={report}", "--rootdir", str(folder), *options, "tests"],
            cwd=folder,
            capture_output=True,
            text=True,
            timeout=600,
        )
        assert report.exists(), done.stdout + done.stderr
        return _outcome(report)

    return run


def _outcome(report: Path) -> Outcome:
    outcome = Outcome(set(), {}, {})
    for case in ElementTree.parse(report).iter("testcase"):
        name = f"{case.get('classname')}.{case.get('name')}".removeprefix("tests.")
        wrong = [case.find(kind) for kind in ("failure", "error")]
        skipped = case.find("skipped")
        problem = next((element for element in wrong if element is not None), None)
        if problem is not None:
            outcome.failed[name] = problem.get("message") or ""
        elif skipped is not None:
            outcome.skipped[name] = skipped.get("message") or ""
        else:
            outcome.passed.add(name)
    return outcome
