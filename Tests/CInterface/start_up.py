#!/usr/bin/env python3
"""Measures how long a program of C with libtok takes from start to end, beside an empty one.

    Tests/CInterface/start_up.py PREFIX [RUNS]

The programs run by turns. Wall-clock time is from the call that starts them until they have ended;
processor time is what the system counted for them.
"""
import os
import statistics
import subprocess
import sys
import tempfile
import time

EMPTY = "int main(void) { return 0; }"
CALLS = "#include <tok.h>\nint main(void) { return tok_version() != TOK_VERSION; }"
ENCODES = """#include <tok.h>
int main(void) {
  tok_tokenizer *tokenizer;
  size_t count;
  if (tok_tokenizer_load_name("o200k_base", &tokenizer, NULL) != TOK_OK) return 1;
  return tok_count(tokenizer, "Hello, world", 12, NULL, NULL, &count, NULL) != TOK_OK;
}
"""


def main():
    prefix = os.path.abspath(sys.argv[1])
    runs = int(sys.argv[2]) if len(sys.argv) > 2 else 500
    shared = [f"-L{prefix}/lib", "-ltok"]
    static = [f"{prefix}/lib/libtok.a", "-lutf8proc", "-lpcre2-8", "-lstdc++", "-lm"]
    programs = [
        ("an empty program", EMPTY, []),
        ("calls libtok.so", CALLS, shared),
        ("calls libtok.a", CALLS, static),
        ("loads o200k_base and counts, libtok.so", ENCODES, shared),
    ]
    environment = dict(os.environ, LD_LIBRARY_PATH=f"{prefix}/lib")
    with tempfile.TemporaryDirectory() as folder:
        for index, (_, text, libraries) in enumerate(programs):
            with open(f"{folder}/{index}.c", "w") as file:
                file.write(text)
            subprocess.run(
                ["cc", "-O2", f"-I{prefix}/include", f"{folder}/{index}.c", "-o", f"{folder}/{index}"]
                + libraries, check=True)
        wall = [[] for _ in programs]
        processor = [[] for _ in programs]
        for _ in range(runs):
            for index in range(len(programs)):
                path = f"{folder}/{index}"
                start = time.perf_counter()
                child = os.posix_spawn(path, [path], environment)
                _, status, usage = os.wait4(child, 0)
                wall[index].append((time.perf_counter() - start) * 1e3)
                processor[index].append((usage.ru_utime + usage.ru_stime) * 1e3)
                if status != 0:
                    sys.exit(f"{programs[index][0]}: status {status}")
    print("| program, start to end, ms | wall, least | wall, median | processor, median |")
    print("|---|--:|--:|--:|")
    for (name, _, _), walls, processors in zip(programs, wall, processor):
        print(f"| {name} | {min(walls):.2f} | {statistics.median(walls):.2f} "
              f"| {statistics.median(processors):.2f} |")


main()
