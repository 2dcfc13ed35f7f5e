"""The digests of the files of all vocabularies: SHA256SUMS."""

import hashlib
import pathlib

HERE = pathlib.Path(__file__).resolve().parent


def record_digest(path):
    """Puts the digest of `path` in SHA256SUMS, in place of the one it had."""
    sums = HERE / "SHA256SUMS"
    name = path.relative_to(HERE).as_posix()
    lines = [line for line in sums.read_text().splitlines() if line[66:] != name]
    lines.append(f"{hashlib.sha256(path.read_bytes()).hexdigest()}  {name}")
    sums.write_text("\n".join(sorted(lines, key=lambda line: line[66:])) + "\n")
