"""What may come next in a query: names of tables, columns, functions, and keywords.

What lives here: telling by the words before the cursor what is wanted, and offering it. What does
not: the names themselves (`names.py`), the keys that ask for them (`prompt.py`).
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from prompt_toolkit.completion import CompleteEvent, Completer, Completion
from prompt_toolkit.document import Document

from ingest.sql_prompt.names import Names
from ingest.sql_prompt.statements import Token, tokens

_BEFORE_A_TABLE = {"from", "join", "describe", "summarize", "table", "into", "update"}
# After these no other name follows: the word behind a table is its alias otherwise.
_NO_ALIAS = {"as", "on", "using", "where", "group", "order", "join", "left", "right", "full", "inner",
             "cross", "semi", "anti", "asof", "natural", "limit", "having", "window", "qualify",
             "union", "except", "intersect", "select", "from", "positional", "lateral", "offset"}  # fmt: skip
_FIRST_WORDS = ("select", "from", "with", "show tables", "describe", "summarize", "explain", "pivot",
                "unpivot", "exit")  # fmt: skip
_WORD = re.compile(r"[^\W\d]\w*$")
# Two thousand functions and keywords would bury the columns before two letters are typed.
_LETTERS_BEFORE_ALL = 2


@dataclass(frozen=True, slots=True)
class Offer:
    """A name that may stand at the cursor, and what it is."""

    name: str
    what: str


class SqlCompleter(Completer):
    """Completes names of the published warehouse for prompt_toolkit."""

    def __init__(self, names: Names) -> None:
        self._names = names

    def get_completions(self, document: Document, event: CompleteEvent) -> Iterable[Completion]:
        """The names that may stand at the cursor of the document."""
        word = word_before(document.text_before_cursor)
        for offer in offers(document.text, document.cursor_position, self._names):
            yield Completion(offer.name, start_position=-len(word), display_meta=offer.what)


def word_before(text: str) -> str:
    """The name that is being typed at the end of `text`; empty where there is none."""
    match = _WORD.search(text)
    return match.group() if match else ""


def offers(text: str, cursor: int, names: Names) -> list[Offer]:
    """What may stand at `cursor` (in characters) of `text`, the likeliest first.

    Names that begin with what is typed come before those that hold it behind an underscore.
    Nothing is offered inside strings and comments.
    """
    before = text[:cursor]
    word = word_before(before)
    words = tokens(before)
    if words and _is_closed_off(words[-1], before):
        return []
    place = cursor - len(word)
    left = [token for token in words if token.start < place]
    statement = _statement_at(tokens(text), cursor)
    wanted = _wanted(left, before[:place], statement, names, word)
    lower = word.lower()
    begins = [one for one in wanted if one.name.startswith(lower)]
    holds = (
        [one for one in wanted if f"_{lower}" in one.name and one not in begins] if lower else []
    )
    return [one for one in (*begins, *holds) if one.name != lower]


def _is_closed_off(last: Token, before: str) -> bool:
    """Whether the cursor stands in a string, a quoted name or a comment."""
    if last.kind == "comment":
        return not (last.text.endswith("*/") or before.endswith("\n"))
    if last.kind == "string_const" or last.text.startswith('"'):
        return len(last.text) < 2 or last.text[-1] not in "'\"$"
    return False


def _statement_at(words: Sequence[Token], cursor: int) -> list[Token]:
    """The tokens of the statement around the cursor."""
    found: list[Token] = []
    for token in words:
        if token.text == ";":
            if token.start >= cursor:
                break
            found = []
        elif token.kind != "comment":
            found.append(token)
    return found


def _wanted(
    left: Sequence[Token], before: str, statement: Sequence[Token], names: Names, word: str
) -> list[Offer]:
    tables = tables_named(statement, names)
    if before.endswith("."):
        alias = word_before(before[:-1]).lower()
        if alias in ("marts", "meta"):
            return [Offer(table, "table") for table in names.tables]
        # an alias that is not said yet may be of any table
        columns = names.columns_of([tables.get(alias, alias)]) or names.columns_of(names.tables)
        return [Offer(column, kind) for column, kind in columns.items()]
    last = left[-1].text.lower() if left else ";"
    if last == ";":
        return [Offer(first, "keyword") for first in _FIRST_WORDS]
    if last in _BEFORE_A_TABLE or (last == "," and _is_in_from(left)):
        return [Offer(table, "table") for table in names.tables]
    columns = names.columns_of(tables.values())
    found = [Offer(column, kind) for column, kind in columns.items()]
    if len(word) >= _LETTERS_BEFORE_ALL or not columns:
        found += [Offer(keyword, "keyword") for keyword in names.keywords]
    if len(word) >= _LETTERS_BEFORE_ALL:
        found += [Offer(function, "function") for function in names.functions]
        found += [Offer(table, "table") for table in names.tables]
    if not columns and len(word) >= _LETTERS_BEFORE_ALL:  # select …, before its from is written
        every = names.columns_of(names.tables)
        found = [Offer(column, kind) for column, kind in every.items()] + found
    return list({one.name: one for one in reversed(found)}.values())[::-1]


def _is_in_from(left: Sequence[Token]) -> bool:
    """Whether the comma at the end of `left` separates tables."""
    for token in reversed(left):
        if token.kind == "keyword" and token.text.lower() in (
            "from",
            "select",
            "where",
            "by",
            "on",
        ):
            return token.text.lower() == "from"
    return False


def tables_named(statement: Sequence[Token], names: Names) -> dict[str, str]:
    """Alias, or the table's own name → table, for the tables that a statement reads."""
    return dict(_tables_named(statement, names))


def _tables_named(statement: Sequence[Token], names: Names) -> Iterator[tuple[str, str]]:
    words = [token.text.lower().strip('"') for token in statement]
    for number, word in enumerate(words):
        is_read = number > 0 and words[number - 1] in (*_BEFORE_A_TABLE, ",", ".")
        if word not in names.tables or not is_read:
            continue
        yield word, word
        behind = words[number + 1 : number + 3]
        alias = behind[1:] if behind[:1] == ["as"] else behind[:1]
        if alias and alias[0].isidentifier() and alias[0] not in _NO_ALIAS:
            yield alias[0], word
