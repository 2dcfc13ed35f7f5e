"""Compares `tok train bpe --picky` with the authors' code (github.com/pchizhov/picky_bpe, 038fcb9).

    python training_picky.py PICKY_BPE TOK FILE... [--sizes 1000,4000] [--thresholds 0.6,0.9]
        [--rows training_picky.jsonl]

PICKY_BPE is a checkout of that repository; numpy is needed. Words, events in their order, tokens, ids and
encodings of words that were not trained on must be the same. Prints a line for each comparison, and ends
with 1 if any differs.

Three things are changed in the original, which its subclass here has: of equally frequent pairs that of
the smaller ids comes first, with characters in the order of code points, where the original's order
depends on addresses in memory; a merge that makes a token that is present does not count as one more
token; and pairs beside such a token are counted once. `quirks` says how often the last two came up.
"""

import argparse
import json
import pathlib
import subprocess
import sys
import tempfile
from collections import Counter

from byte_alphabet import unspelled, write_rows

SPECIAL = ["<PAD>", "<UNK>", "<BOS>", "<EOS>"]


def ordered(trainer_module):
    """The original's trainer with the changes above."""

    class Ordered(trainer_module.BPE):
        quirks = 0

        def _filter_characters(self, characters):
            return {c: characters[c] for c in sorted(characters)}

        def _merge_pair(self, pair, pairs):
            merged = pair[0].str + pair[1].str
            if merged in self.str2token and self.str2token[merged].present:
                self.actual_vocab_size -= 1
                self.quirks += 1
            return super()._merge_pair(pair, pairs)

        def _merge_token_in_words(self, token_to_merge, pair_to_merge, pairs):
            # The words' pairs before and after are all that changes, but for the merged pair itself.
            self.lost = Counter()
            for word in pair_to_merge[0].words & pair_to_merge[1].words:
                if pair_to_merge in word.pairs:
                    self.lost.update(word.pairs)
            self.lost.pop(pair_to_merge, None)
            return super()._merge_token_in_words(token_to_merge, pair_to_merge, pairs)

        def _update_pairs_on_merge(self, new_token, pair, pairs_for_update, pairs):
            won = Counter()
            for word in new_token.words:
                won.update(word.pairs)
            # Words that had the token before and were not touched have the same pairs as before.
            for word in self.untouched(new_token, pair):
                won.subtract(word.pairs)
            for changed, sign in ((self.lost, -1), (won, 1)):
                for other, count in changed.items():
                    pairs[other] += sign * count
            for other in [*self.lost, *won]:
                if pairs.get(other, 1) <= 0:
                    pairs.pop(other)

        def untouched(self, new_token, pair):
            return [word for word in new_token.words if word not in self.touched]

        def fit_ordered(self, words):
            self._initialize_vocab(words)
            self._encode_words(words)
            pairs = self._initialize_pairs(words)
            while self.actual_vocab_size < self.desired_vocab_size and pairs:
                pair, count = min(
                    pairs.items(), key=lambda item: (-item[1], item[0][0].id, item[0][1].id))
                if count <= 0:
                    break
                self.touched = {
                    word for word in pair[0].words & pair[1].words if pair in word.pairs}
                self._merge_pair(pair, pairs)
                self.actual_vocab_size += 1

    return Ordered


def theirs(modules, words, size, threshold, path):
    trainer, language = modules
    picky = ordered(trainer)(size, coverage=1, threshold=threshold)
    picky.fit_ordered([language.Word(i, word, n) for i, (word, n) in enumerate(words.items())])
    picky._dump(path)
    events = [
        (event[0].name.lower(),
         [token.str for token in (event[1] if event[0].name == "MERGE" else event[2])])
        for event in picky.events
    ]
    content = json.loads(pathlib.Path(path).read_text())
    names = {str(token["id"]): token["str"] for token in content["tokens"]}
    ids = {names[i]: n for i, n in content["id2int"].items()}
    return events, ids, picky.quirks


def ours(tok, words, size, threshold, folder):
    counts = sorted((word.encode(), n) for word, n in words.items())
    with open(f"{folder}/counts", "wb") as file:
        file.write(b"tok word counts 1\n")
        for word, n in counts:
            word = word.replace(b"\\", b"\\\\")
            file.write(b"%d\t%b\n" % (n, word))
        file.write(b"end\t%d\n" % len(counts))
    special = [argument for name in SPECIAL for argument in ("--special", name)]
    subprocess.run(
        [tok, "train", "bpe", "--characters", "--pattern", "none", "--counts", "-n", str(size),
         "--picky", str(threshold), *special, "--unknown", "<UNK>", "--progress", "none", "-o",
         f"{folder}/ours.json", f"{folder}/counts"],
        check=True, stderr=subprocess.DEVNULL)
    model = json.loads(pathlib.Path(f"{folder}/ours.json").read_text())["model"]
    events = [(event[0], [unspelled(part) for part in event[1:]]) for event in model["events"]]
    ids = {unspelled(token): n for token, n in model["lexicon"]}
    return events, ids | {name: n for n, name in enumerate(SPECIAL)}


def encodings(tok, words, folder):
    with open(f"{folder}/words", "wb") as file:
        for word in words:
            file.write(word.encode() + b"\0")
    result = subprocess.run(
        [tok, "encode", "-v", f"{folder}/ours.json", "--nul", f"{folder}/words"],
        check=True, stdout=subprocess.PIPE)
    return [[int(n) for n in line.split()] for line in result.stdout.decode().splitlines()]


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("picky_bpe")
    parser.add_argument("tok")
    parser.add_argument("files", nargs="+")
    parser.add_argument("--sizes", default="1000,4000")
    parser.add_argument("--thresholds", default="0.6,0.9")
    parser.add_argument("--rows", help="a file for what is compared, for the tests")
    arguments = parser.parse_args()
    sys.path.insert(0, arguments.picky_bpe)
    import bpe_trainer
    import language
    import logging
    import picky_tokenize

    picky_tokenize.logger = logging.getLogger("picky")
    differences = 0
    rows = [{"original": "github.com/pchizhov/picky_bpe 038fcb9, ties by smaller ids"}]
    with tempfile.TemporaryDirectory() as folder:
        for file in arguments.files:
            lines = pathlib.Path(file).read_bytes().decode(errors="ignore").replace("\0", " ")
            found = [bpe_trainer.WHITESPACE + word for word in lines.split()]
            trained = Counter(found[: len(found) * 3 // 4])
            others = sorted(set(found[len(found) * 3 // 4:]))
            for size in map(int, arguments.sizes.split(",")):
                for threshold in map(float, arguments.thresholds.split(",")):
                    path = f"{folder}/theirs.json"
                    events, ids, quirks = theirs(
                        (bpe_trainer, language), trained, size, threshold, path)
                    own_events, own_ids = ours(arguments.tok, trained, size, threshold, folder)
                    model = picky_tokenize.BPEModel(path)
                    expected = [
                        [model.id2int[str(token.id)] for token in model._encode_word_by_events(word)]
                        for word in others
                    ]
                    rows.append({
                        "size": size, "threshold": threshold, "words": list(trained.items()),
                        "events": [[kind, *parts] for kind, parts in events],
                        "encodings": list(zip(others, expected)),
                    })
                    wrong = sum(
                        one != two
                        for one, two in zip(expected, encodings(arguments.tok, others, folder)))
                    same = events == own_events and ids == own_ids and wrong == 0
                    differences += not same
                    print(
                        "same" if same else "DIFFERENT", file, size, threshold,
                        f"{len(events)} events, {sum(kind == 'split' for kind, _ in events)} splits,",
                        f"{len(others)} other words, {wrong} differ, {quirks} quirks", flush=True)
    write_rows(arguments.rows, rows)
    print(differences, "differences")
    return 1 if differences else 0


sys.exit(main())
