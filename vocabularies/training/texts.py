"""The texts that the vocabularies are trained on, taken out of source distributions by fixed rules.

`documents(archives)` gives them in three parts, English, other languages and code. Files are taken
in the order of the digests of their paths, so that a limit cuts off no folder, and until the limit
of their rule is reached; messages of a language likewise. Nothing depends on the machine.
"""

import ast
import gzip
import hashlib
import json
import re
import shutil
import tarfile
import tempfile

# package, files, bytes at most
ENGLISH = [
    ("Django", r"docs/.*\.txt", 6_000_000),
    ("SQLAlchemy", r"doc/build/.*\.rst", 4_500_000),
    ("salt", r"doc/.*\.rst", 5_500_000),
    ("fastapi", r"docs/en/docs/.*\.md", 1_200_000),
]
CODE = [
    ("Python", "Django", r"django/.*\.py", 1_200_000),
    ("Python", "homeassistant", r"homeassistant/.*\.py", 1_200_000),
    ("Python", "SQLAlchemy", r"(lib|test)/.*\.py", 1_000_000),
    ("C", "zstandard", r".*\.[ch]", 2_000_000),
    ("C", "jep", r"src/main/c/.*\.[ch]", 500_000),
    ("C++", "duckdb", r"duckdb_build/(src|extension/(parquet|json|tpch|core_functions))/.*\.(cpp|hpp)", 2_000_000),
    ("C++", "JPype1", r"native/.*\.(cpp|h)", 500_000),
    ("C#", "pythonnet", r".*\.cs", 1_500_000),
    ("Java", "JPype1", r".*\.java", 1_000_000),
    ("Java", "jep", r".*\.java", 1_000_000),
    ("JavaScript", "Django", r".*\.js", 1_300_000),
    ("JavaScript", "salt", r".*\.js", 500_000),
    ("TypeScript", "bokeh", r".*\.ts", 1_500_000),
    ("TypeScript", "apache-airflow", r"airflow/www/.*\.tsx?", 800_000),
    ("Go", "wandb", r"core/(?!vendor/).*\.go", 1_000_000),
    ("Go", "wandb", r"core/vendor/.*\.go", 1_200_000),
    ("Rust", "ruff", r".*\.rs", 2_200_000),
    ("Swift", "wandb", r".*\.swift", 300_000),
    ("SQL", "sqlglot", r"tests/.*\.sql", 600_000),
    ("shell", "salt", r".*\.sh", 400_000),
    ("shell", "wandb", r".*\.sh", 100_000),
    ("HTML", "Django", r"django/.*\.html", 300_000),
    ("HTML", "Weblate", r"weblate/.*\.html", 500_000),
    ("CSS", "Django", r".*\.css", 150_000),
    ("YAML", "homeassistant", r".*\.yaml", 300_000),
    ("YAML", "apache-airflow", r".*\.ya?ml", 300_000),
    ("JSON", "sqlglot", r".*\.json", 100_000),
    ("TOML", "ruff", r".*\.toml", 50_000),
    ("490 others", "Pygments", r"tests/examplefiles/(?!.*\.output$).*", 3_500_000),
]
# Bytes of each language. What has less is counted up to so many times.
LANGUAGE_LIMIT, COPIES = 400_000, 4
# A document of messages has so many, and one of verses so many lines.
MESSAGES, LINES = 48, 24
LONGEST_DOCUMENT, LONGEST_LINE = 200_000, 500


def digest(text):
    return hashlib.sha256(text.encode()).digest()


class Archive:
    """A source distribution; paths are below its one folder."""

    def __init__(self, path):
        self.members = {}
        # Unpacked first: files are read in another order than they stand there.
        unpacked = tempfile.TemporaryFile()
        with gzip.open(path) as packed:
            shutil.copyfileobj(packed, unpacked, 1 << 20)
        unpacked.seek(0)
        self.tar = tarfile.open(fileobj=unpacked)
        for member in self.tar:
            if member.isfile() and "/" in member.name:
                self.members[member.name.split("/", 1)[1]] = member

    def paths(self, pattern):
        """Paths that match, in the order of their digests."""
        whole = re.compile(pattern)
        return sorted((path for path in self.members if whole.fullmatch(path)), key=digest)

    def text(self, path):
        """The file's text with LF for line ends, or None where it is not UTF-8 or too long."""
        if self.members[path].size > LONGEST_DOCUMENT:
            return None
        return self.long_text(path)

    def long_text(self, path):
        data = self.tar.extractfile(self.members[path]).read()
        try:
            text = data.decode("utf-8").removeprefix("\ufeff").replace("\r\n", "\n")
        except UnicodeDecodeError:
            return None
        return None if "\0" in text else text


def files(archive, pattern, limit, is_code):
    """Texts of files, each once, `limit` bytes in all."""
    total, seen = 0, set()
    for path in archive.paths(pattern):
        text = archive.text(path)
        if not text or digest(text) in seen:
            continue
        if is_code and max(map(len, text.split("\n"))) > LONGEST_LINE:
            continue  # made by a program, or packed
        seen.add(digest(text))
        total += len(text.encode())
        if total > limit:
            return
        yield path, text


def bible(archive):
    """The King James Version: lines of the one long string in a module."""
    text = archive.long_text("pythonbible/bible/kjv/plain_text.py").split('"""')[1]
    lines = [line for line in text.split("\n") if line.strip()]
    for start in range(0, len(lines), LINES):
        yield f"kjv {start}", "\n".join(lines[start : start + LINES]) + "\n"


def po_messages(text):
    """Pairs of a message and a translation, of a gettext file; none that is fuzzy or obsolete."""
    for block in text.split("\n\n"):
        if "#, fuzzy" in block or "#~" in block:
            continue
        parts, key = {}, None
        for line in block.split("\n"):
            if match := re.match(r'(msg\w+(?:\[\d+\])?) (".*")$', line):
                key = match[1]
                parts[key] = ast.literal_eval(match[2])
            elif key and re.fullmatch(r'".*"', line):
                parts[key] += ast.literal_eval(line)
        if parts.get("msgid"):
            for key, value in parts.items():
                if key.startswith("msgstr"):
                    yield parts["msgid"], value


def json_messages(value):
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for member in value.values():
            yield from json_messages(member)


def language(name):
    """The language of a folder or file; Chinese and Serbian by their scripts."""
    name = name.replace("_", "-").lower()
    if name in ("zh-tw", "zh-hk"):
        return "zh-hant"
    if name.startswith(("zh-hant", "sr-latn", "be-latn", "pa-pk")):
        return "-".join(name.split("-")[:2])
    return re.split("[-@]", name)[0]


def translations(archives):
    """For each language its documents: guides first, then messages; all of them once more, or several
    times, where there are few."""
    texts, messages = {}, {}
    fastapi = archives["fastapi"]
    for path in fastapi.paths(r"docs/[a-z-]+/docs/.*\.md"):
        name = language(path.split("/")[1])
        if name not in ("en", "em") and (text := fastapi.text(path)):
            texts.setdefault(name, []).append((path, text))

    english = set()
    found = []
    home = archives["homeassistant"]
    for path in home.paths(r"homeassistant/.*/translations/(?!sensor\.)[\w-]+\.json"):
        name = language(path.rsplit("/", 1)[1].removesuffix(".json"))
        for message in json_messages(json.loads(home.text(path))):
            if name == "en":
                english.add(message)
            elif "[%key:" not in message:
                found.append((name, message))
    for package, pattern in [
        ("Weblate", r"weblate/locale/.*/LC_MESSAGES/django\.po"),
        ("Django", r"django/.*/LC_MESSAGES/django(js)?\.po"),
    ]:
        archive = archives[package]
        for path in archive.paths(pattern):
            name = language(path.split("/LC_MESSAGES")[0].rsplit("/", 1)[1])
            if name == "en":
                continue
            for message, translation in po_messages(archive.long_text(path) or ""):
                if translation and translation != message:
                    found.append((name, translation))
    for name, message in found:
        if message not in english and message.strip():
            messages.setdefault(name, {})[message] = None
    for name in sorted(texts.keys() | messages.keys()):
        documents = sorted(texts.get(name, []), key=lambda document: digest(document[0]))
        ordered = sorted(messages.get(name, {}), key=digest)
        for start in range(0, len(ordered), MESSAGES):
            text = "\n".join(ordered[start : start + MESSAGES]) + "\n"
            documents.append((f"{name} {start}", text))
        total, kept = 0, []
        for path, text in documents:
            total += len(text.encode())
            if total > LANGUAGE_LIMIT:
                break
            kept.append((path, text))
        for copy in range(max(1, min(COPIES, LANGUAGE_LIMIT // total))):
            for path, text in kept:
                yield name, path, text, copy


def documents(paths):
    """(part, label, name, text, copy) of every document, in no order that means anything.

    `paths` has the archive of each package. The order is that of the digests of the names, so that
    parts are mixed evenly.
    """
    archives = {package: Archive(path) for package, path in paths.items()}
    found = []
    for package, pattern, limit in ENGLISH:
        for path, text in files(archives[package], pattern, limit, is_code=False):
            found.append(("english", package, f"{package} {path}", text, 0))
    for name, text in bible(archives["pythonbible"]):
        found.append(("english", "pythonbible", name, text, 0))
    for name, path, text, copy in translations(archives):
        found.append(("other", name, f"{name} {path}", text, copy))
    for label, package, pattern, limit in CODE:
        for path, text in files(archives[package], pattern, limit, is_code=True):
            found.append(("code", label, f"{package} {path}", text, 0))
    return sorted(found, key=lambda document: digest(f"{document[2]} {document[4]}"))


def is_held_out(name):
    """Whether a document is kept from training, to measure with: 1 in 64."""
    return hashlib.sha256(b"held out " + name.encode()).digest()[0] < 4
