"""What is wrong with a query, in a sentence, with what may have been meant.

What lives here: DuckDB's messages told for people who know the tables and not DuckDB. What does
not: what is refused and why (`ingest/commands/sql.py`).
"""

from __future__ import annotations

import re

from ingest.sql_prompt.names import Names, alike

_NO_TABLE = re.compile(r"Table with name (?P<name>\S+) does not exist")
_NO_COLUMN = re.compile(r'Referenced column "(?P<name>.+?)" not found')
_NO_COLUMN_OF = re.compile(r'Table "(?P<table>.+?)" does not have a column named "(?P<name>.+?)"')
_NO_FUNCTION = re.compile(r"Function with name (?P<name>\S+) does not exist")
_NO_SUCH_CALL = re.compile(r"argument types '(?P<name>\w+)\((?P<types>.*?)\)'\. You might")
_SYNTAX = re.compile(r'syntax error at or near "(?P<name>.+?)"')
_NOT_GROUPED = re.compile(r'column "(?P<name>.+?)" must appear in the GROUP BY clause')
_CANDIDATES = re.compile(r"Candidate bindings: :?(?P<names>.+)")
# "LINE 1: select …" and the line of carets below it
_POINTER = re.compile(r"\n+(?P<pointer>LINE \d+: .*(?:\n *\^+)?)\s*$")


def tell(message: str, names: Names) -> str:
    """The sentence for what DuckDB says of a query; where it points at a place, the place below."""
    pointer = _POINTER.search(message)
    said = message[: pointer.start()] if pointer else message
    is_at_end = pointer is not None and _is_at_end(pointer["pointer"])
    sentence = _sentence(said, names, is_at_end)
    return f"{sentence}\n{pointer['pointer']}" if pointer else sentence


def _is_at_end(pointer: str) -> bool:
    """Whether the carets stand below the last characters of the line."""
    line, _, carets = pointer.partition("\n")
    return bool(carets) and len(carets.rstrip()) >= len(line.rstrip())


def _sentence(said: str, names: Names, is_at_end: bool) -> str:
    if match := _NO_TABLE.search(said):
        name = match["name"]
        meant = alike(name.split(".")[-1], names.tables)
        return f"There is no table {name}. {_meant(meant) or 'show tables; lists them.'}"
    if match := _NO_COLUMN_OF.search(said):
        start = f"{match['table']} has no column {match['name']}."
        return f"{start} {_meant(_candidates(said, match['name'], names))}".rstrip()
    if match := _NO_COLUMN.search(said):
        return _no_column(match["name"], said, names)
    if match := _NO_FUNCTION.search(said):
        meant = alike(match["name"], names.functions)
        return f"There is no function {match['name']}. {_meant(meant)}".rstrip()
    if match := _NO_SUCH_CALL.search(said):
        return f"{match['name']} takes no {match['types']}. A cast may help, such as x::double."
    if match := _SYNTAX.search(said):
        if is_at_end and match["name"].lower() in names.keywords:
            return f"Something is missing behind {match['name']}."
        meant = [word for word in alike(match["name"], names.keywords) if word != match["name"]]
        start = f"There is a syntax error at {match['name']}."
        return f"{start} {_meant(meant)}".rstrip()
    if match := _NOT_GROUPED.search(said):
        return (
            f"{match['name']} stands beside an aggregate without being grouped. Add "
            "`group by all`, or aggregate it too."
        )
    # "Binder Error: …": the kind of an error says nothing to who typed it
    return re.sub(r"^\w[\w ]* Error: ", "", said).strip()


def _no_column(name: str, said: str, names: Names) -> str:
    elsewhere = names.tables_with(name)
    if elsewhere:
        return f"No table of this query has a column {name}. It is a column of {_list(elsewhere)}."
    if not re.fullmatch(r"[A-Za-z_]\w*", name, re.ASCII):
        return f"\"{name}\" is no column. Text stands in single quotes: '{name}'."
    meant = _meant(_candidates(said, name, names))
    return f"No table of this query has a column {name}. {meant}".rstrip()


def _candidates(said: str, name: str, names: Names) -> list[str]:
    """The columns that DuckDB thinks of and that resemble the name; else any that do."""
    match = _CANDIDATES.search(said)
    near = re.findall(r'"([^"]+)"', match["names"]) if match else []
    every = names.columns_of(names.tables)
    return alike(name, (one.split(".")[-1] for one in near)) or alike(name, every)


def _meant(names: list[str]) -> str:
    return f"Did you mean {_list(names, last='or')}?" if names else ""


def _list(names: list[str], *, most: int = 4, last: str = "and") -> str:
    shown = names[:most]
    if len(names) > most:
        return f"{', '.join(shown)} and {len(names) - most} more"
    return f" {last} ".join([", ".join(shown[:-1]), shown[-1]] if len(shown) > 1 else shown)
