"""Prints JSON lines of standard input as a Markdown table of the fields that are named."""

import json
import os
import sys


def shown(value):
    if isinstance(value, float):
        return f"{value:,.1f}" if value < 10_000 else f"{value:,.0f}"
    return f"{value:,}" if isinstance(value, int) else os.path.basename(value)


def main():
    names = sys.argv[1:]
    print("| " + " | ".join(names) + " |")
    print("|" + "---|" * len(names))
    for line in sys.stdin:
        row = json.loads(line)
        print("| " + " | ".join(shown(row.get(name, "")) for name in names) + " |", flush=True)


if __name__ == "__main__":
    main()
