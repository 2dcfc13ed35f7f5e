"""Compares `tok knock-out` with the authors' code (github.com/bauwenst/BPE-knockout, d778860).

    python training_knockout.py BPE_KNOCKOUT TOK FILE... [--sizes 2000,8000] [--rounds 1,3]
        [--golden training_knockout.jsonl]

BPE_KNOCKOUT is a checkout of that repository. A vocabulary is trained on each file; the lexicon is the
file's words of letters, cut before common endings and behind common beginnings of English, so that many
borders lie within tokens. The merges that go, in their order, those that stay, with their parts, and the
encodings of all words must be the same. Prints a line for each comparison, and ends with 1 if any differs.

Words in which something stands three times in a row are left out: there the original does not merge from
the left (its encoder replaces in a text where two merges would share a space; it says so itself).

The original's own merge graph, encoder and blame are run; the libraries beneath it, of which they need a
few base classes, are replaced by the classes below.
"""

import argparse
import importlib.util
import json
import pathlib
import re
import subprocess
import sys
import tempfile
import types
import typing
from collections import Counter

from byte_alphabet import spelled, write_rows

ENDINGS = re.compile(r"^(.{3,}?)(ingly|ing|edly|ed|ness|ment|ation|ly|er|es|s)$")
BEGINNINGS = re.compile(r"^(un|re|in|dis|over|under|non|pre|con)(.{3,})$")


class Base:
    """Stands for any class of the libraries beneath."""

    def __init__(self, *arguments, **named):
        pass

    def __class_getitem__(cls, item):
        return cls

    def __getattr__(self, name):
        return lambda *arguments, **named: None


class Vocab(dict):
    def add(self, token):
        self[token] = len(self)

    def pop(self, token):
        return super().pop(token)

    def settle(self):
        pass


class Marker:
    def isolate(self, pretoken):
        return pretoken.removeprefix("Ġ"), "Ġ"

    def atomise(self, pretoken):
        return list(pretoken)


class Words:
    """The preprocessor: a word stands behind a space, in bytes."""

    def do(self, text):
        return [spelled(" " + text)]


class Replaced(types.ModuleType):
    names = {
        "Vocab": Vocab, "MorphSplit": lambda: lambda entry: entry.morphemes,
        "doPrint": lambda *arguments, **named: lambda *line, **others: None,
        "tqdm": lambda items, **named: items, "Iterable": typing.Iterable,
        "count": lambda items: sum(1 for _ in items), "Tokens": list, "__version__": "",
        "warn": print,
    }
    __all__ = [
        "Vocab", "Preprocessor", "TokeniserWithVocabulary", "Tokens", "Iterable",
        "SegmentationSupervisedVocabulariser", "doPrint", "warn", "pluralise",
    ]
    __path__ = []

    def __getattr__(self, name):
        if name in self.names:
            return self.names[name]
        if name.startswith("__"):
            raise AttributeError(name)
        kind = type(name, (Base,), {})
        setattr(self, name, kind)
        return kind


class Replacement:
    """Finds the libraries beneath."""

    def find_spec(self, name, path=None, target=None):
        if name.split(".")[0] in ("tktkt", "modest", "dacite", "tqdm", "numpy"):
            return importlib.util.spec_from_loader(name, self)
        return None

    def create_module(self, spec):
        return Replaced(spec.name)

    def exec_module(self, module):
        pass


def original(folder):
    sys.meta_path.insert(0, Replacement())
    package = types.ModuleType("bpe_knockout")
    package.__path__ = [f"{folder}/src/bpe_knockout"]
    package.__version__ = ""
    sys.modules["bpe_knockout"] = package
    from bpe_knockout.model import config, tokeniser, vocabulariser

    class Encoder(tokeniser.BTE):
        def __init__(self, vocabulary, merges):
            self.preprocessor, self._boundary_marker = Words(), Marker()
            self.vocab = Vocab(vocabulary)
            self._initialiseGraph(self.vocab, merges)

    class Knockout(vocabulariser.BPEKnockoutVocabulariser):
        def __init__(self):
            knockout = config.KnockoutConfig(reference=config.ReferenceMode.ALL)
            self._config = config.FullBPEKnockoutConfig(knockout=knockout)
            self._holdout = lambda entries, train: entries
            self._print = lambda *line: None
            self._print = type("Silent", (), {"verbose": False, "__call__": lambda *line: None})()
            self._diagnostics = []

        def _diagnosticsAppendTrainEval(self, matrix):
            pass

    return Encoder, Knockout


class Entry:
    def __init__(self, word, morphemes):
        self.word, self.morphemes = word, morphemes


def lexicon(text):
    entries = []
    for word in sorted(set(re.findall(r"[^\W\d_]+", text))):
        if re.search(r"(.+)\1\1", word):
            continue
        morphemes = [word]
        if match := BEGINNINGS.match(morphemes[0]):
            morphemes = list(match.groups())
        if match := ENDINGS.match(morphemes[-1]):
            morphemes[-1:] = match.groups()
        entries.append(Entry(word, morphemes))
    return entries


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("bpe_knockout")
    parser.add_argument("tok")
    parser.add_argument("files", nargs="+")
    parser.add_argument("--sizes", default="2000,8000")
    parser.add_argument("--rounds", default="1,3")
    parser.add_argument("--golden", help="a file for what is compared, for the tests")
    arguments = parser.parse_args()
    encoder_class, knockout_class = original(arguments.bpe_knockout)
    differences = 0
    golden = [{"original": "github.com/bauwenst/BPE-knockout d778860"}]
    with tempfile.TemporaryDirectory() as folder:
        for file in arguments.files:
            entries = lexicon(pathlib.Path(file).read_bytes().decode(errors="ignore"))
            with open(f"{folder}/lexicon", "w") as lines:
                for entry in entries:
                    lines.write(f"{entry.word}\t{' '.join(entry.morphemes)}\n")
            with open(f"{folder}/words", "w") as words:
                words.write("".join(f" {entry.word}\0" for entry in entries))
            for size in map(int, arguments.sizes.split(",")):
                subprocess.run(
                    [arguments.tok, "train", "bpe", "-n", str(size), "--progress", "none", "-o",
                     f"{folder}/whole.json", file], check=True, stderr=subprocess.DEVNULL)
                model = json.loads(pathlib.Path(f"{folder}/whole.json").read_text())["model"]
                merges = [m if isinstance(m, list) else m.split(" ") for m in model["merges"]]
                for rounds in map(int, arguments.rounds.split(",")):
                    encoder = encoder_class(model["vocab"], merges)
                    knockout = knockout_class()
                    reference = type("Lexicon", (), {"generate": lambda self: iter(entries)})()
                    removed = []
                    for _ in range(rounds):
                        step = [blame.merge.childType() for blame in
                                knockout._knockout(encoder, reference)]
                        if not step:
                            break
                        removed += step
                    subprocess.run(
                        [arguments.tok, "knock-out", f"{folder}/whole.json", "--lexicon",
                         f"{folder}/lexicon", "--rounds", str(rounds), "--map", f"{folder}/map",
                         "-o", f"{folder}/pruned.json"], check=True, stderr=subprocess.DEVNULL)
                    pruned = json.loads(pathlib.Path(f"{folder}/pruned.json").read_text())["model"]
                    own = [event[1:] for event in pruned["events"]]
                    expected = [merge.parts for merge in sorted(encoder.merge_graph.merges)]
                    tokens = {n: token for token, n in pruned["lexicon"]}
                    stays = dict(map(int, line.split()) for line in open(f"{folder}/map"))
                    ids = {n: token for token, n in model["vocab"].items()}
                    gone = {token for n, token in ids.items() if n not in stays}
                    moved = all(tokens[new] == ids[old] for old, new in stays.items())
                    found = subprocess.run(
                        [arguments.tok, "encode", "-v", f"{folder}/pruned.json", "--nul",
                         f"{folder}/words"], check=True, stdout=subprocess.PIPE).stdout.decode()
                    wrong = 0
                    for entry, line in zip(entries, found.splitlines(), strict=True):
                        theirs = encoder._finalTokens(
                            encoder._initialTokens(encoder.preprocessor.do(entry.word)[0]))
                        wrong += [tokens[int(n)] for n in line.split()] != theirs
                    golden.append({
                        "vocab": sorted(model["vocab"], key=model["vocab"].get), "merges": merges,
                        "lexicon": [f"{e.word}\t{' '.join(e.morphemes)}" for e in entries],
                        "rounds": rounds, "removed": removed, "left": expected,
                    })
                    same = own == expected and gone == set(removed) and moved and wrong == 0
                    differences += not same
                    longest = max((len(parts) for parts in own), default=0)
                    print(
                        "same" if same else "DIFFERENT", file, size, f"{rounds} rounds,",
                        f"{len(removed)} merges go, {len(own)} stay, of up to {longest} parts,",
                        f"{len(entries)} words, {wrong} differ", flush=True)
    write_rows(arguments.golden, golden)
    print(differences, "differences")
    return 1 if differences else 0


sys.exit(main())
