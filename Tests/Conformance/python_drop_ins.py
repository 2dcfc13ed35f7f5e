#!/usr/bin/env python3
"""Compares tok.compat.tokenizers with tokenizers, and tok.compat.tiktoken with tiktoken, in all that they
give back.

    python3 -m venv V && V/bin/pip install ./python-shim tiktoken==0.14.0 tokenizers==0.23.3
    V/bin/python Tests/Conformance/python_drop_ins.py --vocabularies FOLDER \\
        --texts FILE.nul [FILE.nul ...] [--documents 200] [--cases 1000] [--seed 1] [--only NAME ...]

The folder has NAME.tokenizer.json and NAME.tiktoken. Of each file of texts so many documents are taken,
spread over it, each cut at 4,000 characters. A case is one call: a document alone, with all fields of its
encoding and its way back into text, and random batches of texts, pairs and words, with random lengths.

Prints a table in Markdown, and the first differences on standard error. Exit status 1 when a case differs
that is not of a kind that DIFFERENCES names.
"""

import argparse
import collections
import json
import math
import os
import pathlib
import random
import sys

os.environ["RUST_BACKTRACE"] = "0"  # The original crashes in some cases.
os.environ["TIKTOKEN_CACHE_DIR"] = ""

import tiktoken
import tokenizers

from tok.compat import tiktoken as our_tiktoken
from tok.compat import tokenizers as our_tokenizers

DIFFERENCES = {
    "scores": "the original reads some numbers with an error in the last place; we give back what was read",
    "composed": "a token of characters that became one, or changed places, has them all; the original gives "
    "the first or the last",
    "no room": "the template has more tokens than are allowed: the original's count wraps around and nothing "
    "is cut; we refuse",
    "stride": "the original judges the stride of a pair by the template of a single text; we refuse one that "
    "is longer than what the texts have room for",
    "unwanted template": "the original checks the stride against a length without the template's tokens, "
    "where the template is not wanted, too",
    "types": "parts that overflow: the original leaves the type ids as they were before the template, and "
    "encode_batch_fast() has type 0 for some of them",
    "sequences": "parts of two texts that overflow: without post-processor the original forgets which text "
    "tokens are of",
}

FIELDS = (
    "ids type_ids tokens offsets word_ids attention_mask special_tokens_mask sequence_ids n_sequences"
).split()


class Case:
    """What a call gave, or that it was refused."""

    def __init__(self, call):
        try:
            self.value, self.error = call(), None
        except KeyboardInterrupt:
            raise
        except BaseException as error:  # The original's panics are no Exceptions.
            self.value, self.error = None, error


def kind_of_encoding(theirs, ours, depth=0):
    """None if two encodings are equal, else how they differ."""
    kinds = set()
    for field in FIELDS:
        one, other = getattr(theirs, field), getattr(ours, field)
        if one == other:
            continue
        if field == "offsets" and len(one) == len(other):
            kinds |= {kind_of_range(*pair) for pair in zip(one, other)} - {None}
        elif field == "type_ids" and depth:
            kinds.add("types")
        elif field in ("sequence_ids", "n_sequences") and depth and theirs.n_sequences == 1:
            kinds.add("sequences")
        else:
            kinds.add(field)
    if not kinds:
        kinds |= {kind_of_places(theirs, ours)} - {None}
    if depth == 0:
        if len(theirs.overflowing) != len(ours.overflowing):
            kinds.add("overflowing")
        for pair in zip(theirs.overflowing, ours.overflowing):
            kinds |= kind_of_encoding(*pair, depth + 1)
    return kinds


def near(theirs, ours):
    """Whether two tokenizer.json differ in the last places of scores only."""
    if isinstance(theirs, float) and isinstance(ours, float):
        return math.isclose(theirs, ours, rel_tol=1e-15)
    if isinstance(theirs, dict) and isinstance(ours, dict):
        return list(theirs) == list(ours) and all(near(theirs[key], ours[key]) for key in theirs)
    if isinstance(theirs, list) and isinstance(ours, list):
        return len(theirs) == len(ours) and all(map(near, theirs, ours))
    return theirs == ours


def kind_of_range(theirs, ours):
    if theirs == ours:
        return None
    return "composed" if ours[0] <= theirs[1] and theirs[0] <= ours[1] else "offsets"


def kind_of_places(theirs, ours):
    """The same for the ways from characters to tokens to words."""
    for sequence in range(theirs.n_sequences):
        for place in range(0, len(theirs) + 2, 3):
            for name in ("token_to_sequence", "token_to_chars", "token_to_word"):
                if getattr(theirs, name)(place) != getattr(ours, name)(place):
                    return name
            for name in ("word_to_tokens", "word_to_chars", "char_to_token", "char_to_word"):
                if getattr(theirs, name)(place, sequence) != getattr(ours, name)(place, sequence):
                    return name
    return None


class Comparison:
    """A vocabulary's counts of cases and differences."""

    def __init__(self, name):
        self.name = name
        self.cases = 0
        self.refused = 0
        self.kinds = collections.Counter()
        self.shown = 0

    def equal(self, what, theirs, ours):
        """Compares what two calls give."""
        one, other = Case(theirs), Case(ours)
        self.cases += 1
        if one.error or other.error:
            if one.error and other.error:
                self.refused += 1
            else:
                self.differs(kind_of_refusal(one.error, other.error), what, one, other)
        elif one.value != other.value:
            kind = what.split()[0]
            if kind == "to_str" and near(json.loads(one.value), json.loads(other.value)):
                kind = "scores"
            self.differs(kind, what, one, other)

    def same_encodings(self, what, theirs, ours):
        one, other = Case(theirs), Case(ours)
        self.cases += 1
        if one.error or other.error:
            if one.error and other.error:
                self.refused += 1
            else:
                self.differs(kind_of_refusal(one.error, other.error), what, one, other)
            return
        if len(one.value) != len(other.value):
            return self.differs("count", what, one, other)
        for pair in zip(one.value, other.value):
            for kind in kind_of_encoding(*pair):
                self.differs(
                    kind, what, Case(lambda: fields(pair[0])), Case(lambda: fields(pair[1]))
                )

    def differs(self, kind, what, theirs, ours):
        self.kinds[kind] += 1
        if kind not in DIFFERENCES and self.shown < 5:
            self.shown += 1
            print(f"{self.name}: {kind} in {what[:600]!r}", file=sys.stderr)
            rows = [repr(case.error or case.value) for case in (theirs, ours)]
            start = max(0, len(os.path.commonprefix(rows)) - 60)
            for name, row in zip(("original", "ours"), rows):
                print(f"  {name}: ...{row[start : start + 200]}", file=sys.stderr)

    @property
    def unknown(self):
        return sum(count for kind, count in self.kinds.items() if kind not in DIFFERENCES)

    def row(self):
        known = [
            f"{kind} {count}" for kind, count in sorted(self.kinds.items()) if kind in DIFFERENCES
        ]
        return f"| {self.name} | {self.cases:,} | {self.refused} | {self.unknown} | {', '.join(known)} |"


def kind_of_refusal(theirs, ours):
    if theirs is None:
        message = str(ours)
        if "stride" in message:
            return "stride"
        return "no room" if "template" in message or "room" in message else "refused by us"
    return "unwanted template" if "stride" in str(theirs) else "refused by the original"


def fields(encoding):
    return {field: getattr(encoding, field) for field in FIELDS} | {
        "overflowing": [part.ids for part in encoding.overflowing]
    }


def documents_of(path, count):
    rows = [row.decode() for row in pathlib.Path(path).read_bytes().split(b"\0") if row]
    step = max(1, len(rows) // count)
    return [row[:4000] for row in rows[::step][:count]]


def compare_tokenizers(path, documents, cases, seed):
    name = path.name.removesuffix(".tokenizer.json")
    comparison = Comparison(name)
    theirs = tokenizers.Tokenizer.from_file(str(path))
    ours = our_tokenizers.Tokenizer.from_file(str(path))
    settings(comparison, theirs, ours)
    for one in (theirs, ours):
        one.no_truncation()
        one.no_padding()
    for document in documents:
        whole_document(comparison, theirs, ours, document)
    chance = random.Random(seed)
    for _ in range(cases):
        random_case(comparison, theirs, ours, documents, chance)
    return comparison


def settings(comparison, theirs, ours):
    """All that does not depend on a text."""
    equal = comparison.equal
    equal("to_str", theirs.to_str, ours.to_str)
    equal("str", lambda: str(theirs), lambda: str(ours))
    for added in (False, True):
        equal("get_vocab", lambda: theirs.get_vocab(added), lambda: ours.get_vocab(added))
        equal(
            "get_vocab_size",
            lambda: theirs.get_vocab_size(added),
            lambda: ours.get_vocab_size(added),
        )
    for pair in (False, True):
        equal(
            "num_special_tokens_to_add",
            lambda: theirs.num_special_tokens_to_add(pair),
            lambda: ours.num_special_tokens_to_add(pair),
        )
    equal("padding", lambda: theirs.padding, lambda: ours.padding)
    equal("truncation", lambda: theirs.truncation, lambda: ours.truncation)
    equal("added", lambda: added_of(theirs), lambda: added_of(ours))
    for id in range(0, theirs.get_vocab_size() + 10, 97):
        equal("id_to_token", lambda: theirs.id_to_token(id), lambda: ours.id_to_token(id))


def added_of(tokenizer):
    tokens = tokenizer.get_added_tokens_decoder()
    return {id: token.__getstate__() for id, token in tokens.items()}


def whole_document(comparison, theirs, ours, document):
    both = (theirs, ours)
    for special in (False, True):
        comparison.same_encodings(
            f"encode {special} {document}",
            *[lambda one=one: [one.encode(document, add_special_tokens=special)] for one in both],
        )
    ids = theirs.encode(document).ids
    for skip in (False, True):
        comparison.equal("decode", *[lambda one=one: one.decode(ids, skip) for one in both])
    part = document[:300]
    if theirs.normalizer:
        comparison.equal(
            f"normalize_str {part}",
            *[lambda one=one: one.normalizer.normalize_str(part) for one in both],
        )
    if theirs.pre_tokenizer:
        comparison.equal(
            f"pre_tokenize_str {part}",
            *[
                lambda one=one: [word for word, _ in one.pre_tokenizer.pre_tokenize_str(part)]
                for one in both
            ],
        )
    tokens = theirs.encode(part).tokens
    if theirs.decoder:
        comparison.equal(
            f"decoder {tokens}", *[lambda one=one: one.decoder.decode(tokens) for one in both]
        )
    comparison.equal(
        f"stream {part}",
        lambda: steps(
            tokenizers.decoders.DecodeStream(skip_special_tokens=True), theirs, ids[:100]
        ),
        lambda: steps(
            our_tokenizers.decoders.DecodeStream(skip_special_tokens=True), ours, ids[:100]
        ),
    )


def steps(stream, tokenizer, ids):
    return [stream.step(tokenizer, id) for id in ids]


def random_case(comparison, theirs, ours, documents, chance):
    is_split = chance.random() < 0.3
    inputs = [random_input(documents, chance, is_split) for _ in range(chance.randrange(1, 5))]
    special = chance.random() < 0.8
    is_literal = chance.random() < 0.1
    truncation = padding = None
    if chance.random() < 0.6:
        truncation = {
            "max_length": chance.choice([3, 5, 8, 16, 64]),
            "stride": chance.choice([0, 0, 1, 2, 7]),
            "strategy": chance.choice(["longest_first", "only_first", "only_second"]),
            "direction": chance.choice(["left", "right"]),
        }
    if chance.random() < 0.5:
        padding = {
            "direction": chance.choice(["left", "right"]),
            "pad_id": chance.randrange(9),
            "pad_type_id": chance.randrange(3),
            "pad_token": "<filled>",
            "length": chance.choice([None, 4, 30]),
            "pad_to_multiple_of": chance.choice([None, 0, 8]),
        }
    method = chance.choice(["encode_batch", "encode_batch", "encode_batch_fast", "encode"])

    def call(one):
        one.no_truncation()
        one.no_padding()
        one.encode_special_tokens = is_literal
        if truncation:
            one.enable_truncation(**truncation)
        if padding:
            one.enable_padding(**padding)
        if method == "encode":
            first, second = inputs[0] if isinstance(inputs[0], tuple) else (inputs[0], None)
            return [one.encode(first, second, is_split, special)]
        return getattr(one, method)(inputs, is_split, special)

    if method == "encode" and chance.random() < 0.5:
        comparison.same_encodings(
            f"post_process {inputs[0]!r} {special} {truncation} {padding}",
            lambda: processed(theirs, inputs[0], is_split, special, truncation, padding),
            lambda: processed(ours, inputs[0], is_split, special, truncation, padding),
        )
    what = f"{method} {inputs!r} {special} {is_literal} {truncation} {padding}"
    comparison.same_encodings(what, lambda: call(theirs), lambda: call(ours))
    for one in (theirs, ours):
        one.encode_special_tokens = False


def processed(tokenizer, texts, is_split, special, truncation, padding):
    """The encodings of the texts, without template and whole, put together."""
    tokenizer.no_truncation()
    tokenizer.no_padding()
    processor = tokenizer.post_processor
    tokenizer.post_processor = None
    texts = texts if isinstance(texts, tuple) else (texts,)
    encodings = [tokenizer.encode(text, is_pretokenized=is_split) for text in texts]
    tokenizer.post_processor = processor
    if truncation:
        tokenizer.enable_truncation(**truncation)
    if padding:
        tokenizer.enable_padding(**padding)
    return [tokenizer.post_process(*encodings, add_special_tokens=special)]


def random_input(documents, chance, is_split):
    first, second = (random_text(documents, chance) for _ in range(2))
    if is_split:
        first, second = words_of(first, chance), words_of(second, chance)
    return (first, second) if chance.random() < 0.5 else first


def random_text(documents, chance):
    if chance.random() < 0.05:
        return ""
    document = chance.choice(documents)
    start = chance.randrange(len(document))
    return document[start : start + chance.randrange(1, chance.choice([4, 11, 41, 151, 401]))]


def words_of(text, chance):
    words = text.split(" ")
    if chance.random() < 0.2:
        words.insert(chance.randrange(len(words) + 1), chance.choice(["", " ", "a b", "\u00e9"]))
    return words


def compare_training(documents):
    """What both learn of the documents. WordPiece, and ids of symbols at words' ends, are left out: the original
    deals them out by chance.
    """
    comparison = Comparison("training")
    for kind in (byte_level, character_level, with_metaspace, whole_words):
        comparison.equal(
            kind.__name__,
            *[
                lambda one=one: kind(one, documents).to_str()
                for one in (tokenizers, our_tokenizers)
            ],
        )
    return comparison


def byte_level(package, documents):
    tokenizer = package.Tokenizer(package.models.BPE())
    tokenizer.normalizer = package.normalizers.NFC()
    tokenizer.pre_tokenizer = package.pre_tokenizers.ByteLevel()
    alphabet = package.pre_tokenizers.ByteLevel.alphabet()
    options = {"vocab_size": 2000, "min_frequency": 2, "initial_alphabet": alphabet}
    return trained(
        tokenizer, package.trainers.BpeTrainer(**options, show_progress=False), documents
    )


def character_level(package, documents):
    tokenizer = package.Tokenizer(package.models.BPE(unk_token="<unk>"))
    tokenizer.normalizer = package.normalizers.BertNormalizer()
    tokenizer.pre_tokenizer = package.pre_tokenizers.BertPreTokenizer()
    options = {"vocab_size": 5000, "special_tokens": ["<unk>", "<s>"]}
    return trained(
        tokenizer, package.trainers.BpeTrainer(**options, show_progress=False), documents
    )


def with_metaspace(package, documents):
    tokenizer = package.Tokenizer(package.models.BPE(unk_token="<unk>"))
    tokenizer.pre_tokenizer = package.pre_tokenizers.Metaspace()
    options = {"vocab_size": 5000, "special_tokens": ["<unk>"], "max_token_length": 6}
    return trained(
        tokenizer, package.trainers.BpeTrainer(**options, show_progress=False), documents
    )


def whole_words(package, documents):
    tokenizer = package.Tokenizer(package.models.WordLevel(unk_token="<unk>"))
    tokenizer.pre_tokenizer = package.pre_tokenizers.Whitespace()
    options = {"vocab_size": 3000, "special_tokens": ["<unk>"]}
    return trained(
        tokenizer, package.trainers.WordLevelTrainer(**options, show_progress=False), documents
    )


def trained(tokenizer, trainer, documents):
    tokenizer.train_from_iterator(documents, trainer)
    return tokenizer


def compare_tiktoken(name, documents, seed):
    comparison = Comparison(f"{name} (tiktoken)")
    encodings = tiktoken.get_encoding(name), our_tiktoken.get_encoding(name)

    def equal(what, call):
        comparison.equal(what, *[lambda one=one: call(one) for one in encodings])

    for attribute in ("name", "max_token_value", "n_vocab", "special_tokens_set", "eot_token"):
        equal(attribute, lambda one: getattr(one, attribute))
    equal("token_byte_values", lambda one: one.token_byte_values())
    equal("_mergeable_ranks", lambda one: one._mergeable_ranks)
    equal("repr", repr)
    chance = random.Random(seed)
    special = sorted(encodings[0].special_tokens_set)
    for document in documents:
        place = chance.randrange(len(document))
        spelled = document[:place] + chance.choice(special) + document[place:]
        for text in (document, spelled):
            equal(f"encode_ordinary {text}", lambda one: one.encode_ordinary(text))
            for allowed in (set(), "all", {chance.choice(special)}):
                for refused in ("all", (), {special[-1]}):
                    options = {"allowed_special": allowed, "disallowed_special": refused}
                    equal(f"encode {options} {text}", lambda one: one.encode(text, **options))
            options = {"allowed_special": "all"}
            equal(
                f"encode_to_numpy {text}", lambda one: one.encode_to_numpy(text, **options).tolist()
            )
        ids = encodings[0].encode_ordinary(document)
        ids = ids[chance.randrange(2) : len(ids) - chance.randrange(2)]
        for method in ("decode", "decode_bytes", "decode_tokens_bytes", "decode_with_offsets"):
            equal(f"{method} {ids}", lambda one: getattr(one, method)(ids))
        raw = document.encode()[chance.randrange(3) :][: chance.randrange(1, 200)]
        equal(f"_encode_bytes {raw}", lambda one: one._encode_bytes(raw))
        if raw:  # The original panics without.
            equal(f"_encode_single_piece {raw}", lambda one: one._encode_single_piece(raw))
        part = document[: chance.randrange(1, 80)]
        equal(f"encode_with_unstable {part}", lambda one: unstable(one, part))
    batch = documents[:50]
    equal("encode_ordinary_batch", lambda one: one.encode_ordinary_batch(batch))
    equal("encode_batch", lambda one: one.encode_batch(batch, disallowed_special=()))
    return comparison


def unstable(encoding, text):
    stable, completions = encoding.encode_with_unstable(text, disallowed_special=())
    return stable, sorted(completions)


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--vocabularies", required=True, type=pathlib.Path)
    parser.add_argument("--texts", required=True, nargs="+")
    parser.add_argument("--documents", type=int, default=200)
    parser.add_argument("--cases", type=int, default=1000)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--only", nargs="+")
    arguments = parser.parse_args()
    documents = [row for path in arguments.texts for row in documents_of(path, arguments.documents)]
    print("| vocabulary | cases | refused by both | differ | known differences |")
    print("|---|--:|--:|--:|---|")
    failed, count = False, 0
    rows = sorted(arguments.vocabularies.rglob("*.tokenizer.json"))
    for path in rows:
        if arguments.only and not any(path.name.startswith(name) for name in arguments.only):
            continue
        comparison = compare_tokenizers(path, documents, arguments.cases, arguments.seed)
        print(comparison.row(), flush=True)
        failed, count = failed or comparison.unknown > 0, count + 1
    if not arguments.only or "training" in arguments.only:
        comparison = compare_training(documents)
        print(comparison.row(), flush=True)
        failed, count = failed or comparison.unknown > 0, count + 1
    for name in (
        "r50k_base",
        "p50k_base",
        "p50k_edit",
        "cl100k_base",
        "o200k_base",
        "o200k_harmony",
    ):
        if arguments.only and f"{name}.tiktoken" not in arguments.only:
            continue
        original_files(arguments.vocabularies)
        comparison = compare_tiktoken(name, documents, arguments.seed)
        print(comparison.row(), flush=True)
        failed, count = failed or comparison.unknown > 0, count + 1
    sys.exit(1 if failed or not count else 0)


def original_files(folder):
    """Lets tiktoken read its vocabularies from the folder."""
    import tiktoken.load

    def read(url, expected_hash=None):
        return (folder / url.rsplit("/", 1)[-1]).read_bytes()

    tiktoken.load.read_file = read
    tiktoken.load.read_file_cached = read


if __name__ == "__main__":
    main()
