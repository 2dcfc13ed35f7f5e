"""Compares SuperBPE training with huggingface's trainer, and the written file with its encoder.

    python compare.py PATH_OF_superbpe-check TEXT VOCABULARY_SIZE WORD_MERGES

Needs `tokenizers`; counts below were seen with 0.23.3. The first stage must learn the merges of
`BpeTrainer` behind the same two splits, the second stage is the authors' change of that trainer, which
is not in the library. Tokens that may join words are looked at by the authors' rules.
"""

import json
import subprocess
import sys

from tokenizers import Regex, Tokenizer, models, pre_tokenizers, trainers

check, path, size, word_merges = sys.argv[1], sys.argv[2], int(sys.argv[3]), int(sys.argv[4])
text = open(path, "rb").read()
lines = text.decode().split("\n")
lines = [line + "\n" for line in lines if "\r" not in line]
run = subprocess.run(
    [check, path, str(size), str(word_merges)],
    input="".join(lines).encode(), stdout=subprocess.PIPE, check=True)
file, rows = run.stdout.decode().split("\0")
rows = rows.split("\n")
ours = json.loads(file)
merges = [tuple(merge) for merge in ours["model"]["merges"]]

word = (
    r"[^\r\n\p{L}\p{N}]?[\p{Lu}\p{Lt}\p{Lm}\p{Lo}\p{M}]*[\p{Ll}\p{Lm}\p{Lo}\p{M}]+"
    r"|[^\r\n\p{L}\p{N}]?[\p{Lu}\p{Lt}\p{Lm}\p{Lo}\p{M}]+[\p{Ll}\p{Lm}\p{Lo}\p{M}]*"
    r"|\p{N}{1,3}| ?[^\s\p{L}\p{N}]+[\r\n/]*|\s*[\r\n]+|\s+(?!\S)|\s+"
)
chunk = r"\p{N}{1,3}| ?[^\s\p{L}\p{N}]{2,}[\r\n/]*| +(?!\S)"
pieces = r"[\s\S]{1,1000}(?=\s|\z)|[\s\S]{1,1000}"
steps = [pre_tokenizers.Split(Regex(pattern), "isolated") for pattern in (chunk, pieces, word)]
steps.append(pre_tokenizers.ByteLevel(add_prefix_space=False, use_regex=False))
tokenizer = Tokenizer(models.BPE())
tokenizer.pre_tokenizer = pre_tokenizers.Sequence(steps)
trainer = trainers.BpeTrainer(
    vocab_size=size, initial_alphabet=pre_tokenizers.ByteLevel.alphabet(), show_progress=False)
tokenizer.train([path], trainer)
theirs = [tuple(merge) for merge in json.loads(tokenizer.to_str())["model"]["merges"]]
first = min(word_merges, len(theirs), len(merges))
same = next((i for i in range(first) if merges[i] != theirs[i]), first)
print(f"first stage: {same} of {first} merges are the same before one differs")
differ = len(set(merges[:first]) ^ set(theirs[:first])) // 2
print(f"first stage: {differ} merges are only on one side, in any order")

joining = [left + right for left, right in merges[word_merges:]]
bad = [
    token for token in joining if ":Ġ" in token or len([w for w in token.split("Ġ") if w]) > 4]
over = [token for token in joining if "Ġ" in token[1:]]
print(f"second stage: {len(joining)} merges, {len(over)} over spaces, {len(bad)} against the rules")

reader = Tokenizer.from_str(file)
wrong = sum(
    " ".join(map(str, reader.encode(line).ids)) != row for line, row in zip(lines, rows))
print(f"ids: {len(lines)} lines, {wrong} differ")
count = sum(len(row.split()) for row in rows)
plain = sum(len(tokenizer.encode(line).ids) for line in lines)
print(f"tokens: {count}, ordinary BPE of the same size {plain}")
