"""Looks in real text for tokens that `tok inspect` calls unreachable: there must be none.

    python3 Tests/Conformance/unreachable.py TOK "VOCABULARY ..." CORPUS.nul ...

Corpora are documents with NULs between them. Needs nothing but the standard library.
"""
import array
import json
import subprocess
import sys

tok, vocabularies, corpora = sys.argv[1], sys.argv[2].split(), sys.argv[3:]
wrong = 0
for vocabulary in vocabularies:
    inspected = json.loads(subprocess.run(
        [tok, "inspect", "--json", "-v", vocabulary], stdout=subprocess.PIPE, check=True).stdout)
    reasons = {token["id"]: token["reason"] for token in inspected["unreachable"]}
    seen = set()
    for corpus in corpora:
        ids = array.array("I", subprocess.run(
            [tok, "encode", "--nul", "--no-template", "--to", "u32", "-v", vocabulary, corpus],
            stdout=subprocess.PIPE, check=True).stdout)
        seen.update(ids)
    found = sorted(seen & reasons.keys())
    wrong += len(found)
    print(f"{vocabulary}: {len(reasons)} called unreachable, {len(seen)} ids seen, "
          f"{len(found)} of the first: {[(id, reasons[id]) for id in found[:8]]}", flush=True)
sys.exit(1 if wrong else 0)
