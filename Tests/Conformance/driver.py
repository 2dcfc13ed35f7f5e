"""What the scripts that compare encodings share: `tok-conformance`, and encodings as plain values."""

import json
import subprocess

FIELDS = ("ids", "starts", "ends", "words", "types", "texts", "special", "attention")


class Driver:
    """`tok-conformance` with a vocabulary; answers one request after another."""

    def __init__(self, program, vocabulary):
        self.process = subprocess.Popen(
            [program, vocabulary], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, bufsize=1
        )

    def ask(self, request):
        """A list of encodings, or a string that says what is wrong."""
        self.process.stdin.write(json.dumps(request) + "\n")
        self.process.stdin.flush()
        line = self.process.stdout.readline()
        if not line:
            raise RuntimeError(f"tok-conformance ended at {json.dumps(request)[:2000]}")
        return json.loads(line)

    def close(self):
        self.process.stdin.close()
        self.process.wait()


def plain(encoding):
    """An encoding of tokenizers as the driver writes its own."""
    return {
        "ids": encoding.ids,
        "starts": [start for start, _ in encoding.offsets],
        "ends": [end for _, end in encoding.offsets],
        "words": encoding.word_ids,
        "types": encoding.type_ids,
        "texts": encoding.sequence_ids,
        "special": encoding.special_tokens_mask,
        "attention": encoding.attention_mask,
        "overflow": [plain(part) for part in encoding.overflowing],
    }


def kind_of_range(theirs, ours):
    """The kind of a difference of two ranges in which the original is wrong; None for others."""
    if ours[0] == ours[1] and 0 <= theirs[0] - ours[0] <= 1:
        return "inserted"
    if ours[0] <= theirs[0] and theirs[1] <= ours[1] and ours[1] - ours[0] < 32:
        return "composed"
    return None


RANGES = {
    "inserted": "a token of characters that a normalizer or splitter put there: the original gives it the "
    "character behind, which has its own token; ours is empty",
    "composed": "characters that a normalizer made one: the original leaves out all but the first, or the "
    "last; ours has them all",
}
