"""Colours of the SQL that is typed.

What lives here: the kinds of DuckDB's tokens as styles of prompt_toolkit. What does not: the tokens
(`statements.py`).
"""

from __future__ import annotations

from collections.abc import Callable

from prompt_toolkit.document import Document
from prompt_toolkit.formatted_text import StyleAndTextTuples
from prompt_toolkit.formatted_text.utils import split_lines
from prompt_toolkit.lexers import Lexer

from ingest.sql_prompt.statements import tokens

# Plain names of the terminal's own palette, so that they fit a light and a dark one.
_STYLES = {
    "keyword": "ansiblue",
    "string_const": "ansigreen",
    "numeric_const": "ansigreen",
    "comment": "italic",
}


class SqlColours(Lexer):
    """Colours keywords, strings, numbers and comments."""

    def lex_document(self, document: Document) -> Callable[[int], StyleAndTextTuples]:
        """The coloured pieces of each line of the document."""
        lines = list(split_lines(_pieces(document.text)))
        return lambda number: lines[number] if number < len(lines) else []


def _pieces(text: str) -> StyleAndTextTuples:
    pieces: StyleAndTextTuples = []
    done = 0
    for token in tokens(text):
        end = token.start + len(token.text)
        pieces += [
            ("", text[done : token.start]),
            (_STYLES.get(token.kind, ""), text[token.start : end]),
        ]
        done = end
    return [*pieces, ("", text[done:])]
