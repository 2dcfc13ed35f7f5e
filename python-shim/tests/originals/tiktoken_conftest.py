"""Stands above tiktoken's tests: `import tiktoken` gives the stand-in."""

import sys

from tok.compat import tiktoken

sys.modules["tiktoken"] = tiktoken
