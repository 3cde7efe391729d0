"""A range of report years, as a person names one to have it read again.

What lives here: the range and its notation. What does not: which documents are of these years
(`load.py`).
"""

from __future__ import annotations

import re
from dataclasses import dataclass

_NOTATION = re.compile(r"(\d{4})(?:-(\d{4}))?")


@dataclass(frozen=True, slots=True)
class ReportYears:
    """From the year `first` to the year `last`, both among them."""

    first: int
    last: int

    def __post_init__(self) -> None:
        if self.first > self.last:
            raise ValueError(f"The years {self.first}-{self.last} run backwards.")

    @classmethod
    def parse(cls, text: str) -> ReportYears:
        """`2012-2015`, or `2013` for one year. Raises ValueError, with what is expected."""
        match = _NOTATION.fullmatch(text.strip())
        if match is None:
            raise ValueError(f"{text!r} is no range of years: write 2012-2015, or 2013 for one.")
        first = int(match[1])
        return cls(first, int(match[2] or first))

    def __str__(self) -> str:
        return f"{self.first}-{self.last}"
