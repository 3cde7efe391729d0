"""Where statements end in a text, as DuckDB's own lexer sees it.

What lives here: tokens with their places in characters, and cutting a text into statements. What
does not: running them (`prompt.py`, `piped.py`), what a token may be completed to
(`completion.py`).
"""

from __future__ import annotations

from dataclasses import dataclass

import duckdb


@dataclass(frozen=True, slots=True)
class Token:
    """A piece of SQL: `kind` is DuckDB's name of it (keyword, identifier, operator, …)."""

    kind: str
    text: str
    start: int  # in characters


def tokens(text: str) -> list[Token]:
    """The tokens of `text`, comments among them; `text` of a token has no space at its end."""
    as_bytes = text.encode()
    places = [(place, kind.name) for place, kind in duckdb.tokenize(text)]
    ends = [place for place, _ in places[1:]] + [len(as_bytes)]
    return [
        Token(kind, as_bytes[place:end].decode().rstrip(), len(as_bytes[:place].decode()))
        for (place, kind), end in zip(places, ends, strict=False)
    ]


def split(text: str) -> tuple[list[str], str]:
    """The statements of `text` that a semicolon ends, without it, and what is left behind them.

    A semicolon in a string, a quoted name or a comment ends nothing. Statements of nothing but
    space and comments are left out; so is such a rest, which is then empty.
    """
    found: list[str] = []
    start = 0
    has_words = False
    for token in tokens(text):
        if token.text == ";":
            if has_words:
                found.append(text[start : token.start].strip())
            start, has_words = token.start + 1, False
        elif token.kind != "comment":
            has_words = True
    return found, text[start:].strip() if has_words else ""


def is_complete(text: str) -> bool:
    """Whether the last word of `text` is a semicolon, so that nothing more is waited for."""
    words = [token for token in tokens(text) if token.kind != "comment"]
    return bool(words) and words[-1].text == ";"
