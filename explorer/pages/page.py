"""What a page is: an address, the queries behind it, a template and what that is given.

What lives here: the type that every page module fills in, and one request to it. What does not:
serving it (`app.py`).
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from explorer.language import Words
from explorer.parameters import Parameters
from explorer.queries.query import Query
from explorer.settings import ExplorerSettings
from explorer.warehouse import Reading, Rows

Queries = Mapping[str, Query]


class NotHere(Exception):
    """The address is well formed, and the warehouse holds no such thing.

    `suggestions` are what may be meant: words and addresses.
    """

    def __init__(self, message: str, suggestions: Sequence[tuple[str, str]] = ()) -> None:
        super().__init__(message)
        self.suggestions = tuple(suggestions)


@dataclass(frozen=True, slots=True)
class Page:
    """A page at `path`, whose downloads are at `path`.csv?table=name.

    `queries` reads the parameters (raising BadParameter) and gives the queries by name; every one of
    them can be copied as SQL and downloaded. `context` asks them and gives the template its values.
    """

    name: str
    path: str
    template: str
    queries: Callable[[Parameters], Queries]
    context: Callable[[Asked], dict[str, Any]]
    # Queries with keys that have to be looked up first, such as those of a search.
    looked_up: Callable[[Parameters, Reading], Queries] | None = None
    # Linked at the head of every page, under the word `common.nav_<name>`.
    in_navigation: bool = False
    # Has a form that changes something; it carries `token`.
    has_form: bool = False


@dataclass(frozen=True, slots=True)
class Asked:
    """One request to a page."""

    given: Parameters
    queries: Queries
    reading: Reading
    words: Words
    settings: ExplorerSettings

    def rows(self, name: str) -> Rows:
        """All rows of the query of that name."""
        return self.reading.ask(self.queries[name])

    def portion(self, name: str, size: int) -> Portion:
        """The rows of a query that belong on the page asked for with `page`."""
        page = self.given.page()
        count = self.reading.count(self.queries[name])
        rows = self.reading.ask(self.queries[name], limit=size, offset=(page - 1) * size)
        return Portion(rows, page, size, count)


@dataclass(frozen=True, slots=True)
class Portion:
    """Some rows of a long list: `page` counts from 1, `count` is of the whole list."""

    rows: Rows
    page: int
    size: int
    count: int

    @property
    def pages(self) -> int:
        """How many pages there are, at least one."""
        return max(1, -(-self.count // self.size))

    @property
    def first(self) -> int:
        """Number of the first row shown, from 1; 0 where none is shown."""
        return (self.page - 1) * self.size + 1 if len(self.rows) else 0

    @property
    def last(self) -> int:
        """Number of the last row shown."""
        return (self.page - 1) * self.size + len(self.rows)
