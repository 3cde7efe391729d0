"""docs/performance.md: its head, and its sections, each of which can be measured anew alone."""

from __future__ import annotations

import re
from collections.abc import Sequence

_HEAD = """# Performance

Written by `make bench`; nothing here is typed by hand. The best of three rounds counts. Absolute
figures mean something on the machine named; the ratios travel: each is the time over that of a
floor run beside it (decoding the same bytes, folding their script with OpenCC, inserting the texts
into DuckDB), which no reader can do without.
"""


def with_section(page: str, title: str, text: str, titles: Sequence[str]) -> str:
    """The page with a section put in the place of the one of that title; others stay as they are."""
    found = dict(re.findall(r"^## (.*)\n\n((?:(?!^## ).*\n)*)", page, re.MULTILINE))
    found[title] = text + "\n"
    parts = [f"## {name}\n\n{found[name].strip()}\n" for name in titles if name in found]
    return "\n".join([_HEAD, *parts])
