"""What an address asks for: its parameters, read and checked.

What lives here: typed reading of query and path parameters, with an error that names the parameter,
what was given and what may be given. What does not: what a page does with them (`pages`).
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field

from starlette.datastructures import QueryParams

# Read by the application and not by a page.
_OF_EVERY_PAGE = frozenset({"lang", "table"})
_LONGEST = 200


class BadParameter(Exception):
    """A parameter cannot be what it is: `name`, `given`, and what would be right (`expected`)."""

    def __init__(self, name: str, given: str, expected: str) -> None:
        super().__init__(f"{name}={given!r}: expected {expected}")
        self.name = name
        self.given = given
        self.expected = expected


@dataclass(slots=True)
class Parameters:
    """The parameters of one address. Empty ones (`?year=`) count as not given."""

    query: QueryParams
    path: Mapping[str, str]
    _known: set[str] = field(default_factory=lambda: set(_OF_EVERY_PAGE))

    def text(self, name: str) -> str | None:
        """One text of at most 200 characters."""
        self._known.add(name)
        value = self.query.get(name, "").strip()
        if len(value) > _LONGEST or "\0" in value:
            raise BadParameter(name, value[:40] + "…", f"at most {_LONGEST} characters")
        return value or None

    def integer(self, name: str, least: int, most: int) -> int | None:
        """A whole number from `least` to `most`."""
        value = self.text(name)
        if value is None:
            return None
        # Digits of ASCII only, and few: int() would take ２０２１ and thousands of digits.
        if not (value.isascii() and value.isdigit() and len(value) <= 9):
            raise BadParameter(name, value, f"a whole number from {least} to {most}")
        if not least <= int(value) <= most:
            raise BadParameter(name, value, f"a whole number from {least} to {most}")
        return int(value)

    def choice(self, name: str, choices: Collection[str]) -> str | None:
        """One of `choices`."""
        value = self.text(name)
        if value is not None and value not in choices:
            raise BadParameter(name, value, ", ".join(choices))
        return value

    def many(self, name: str, most: int) -> list[str]:
        """All texts of that name, at most `most`, without repeats."""
        self._known.add(name)
        values = list(dict.fromkeys(v.strip() for v in self.query.getlist(name) if v.strip()))
        if len(values) > most:
            raise BadParameter(name, str(len(values)), f"at most {most} of them")
        for value in values:
            if len(value) > _LONGEST or "\0" in value:
                raise BadParameter(name, value[:40] + "…", f"at most {_LONGEST} characters")
        return values

    def page(self) -> int:
        """Which portion of a long list, from 1."""
        return self.integer("page", 1, 1_000_000) or 1

    def refuse_unknown(self) -> None:
        """Raise BadParameter for a parameter that no one has read: a filter must not go unheard."""
        for name, value in self.query.multi_items():
            if name not in self._known:
                raise BadParameter(name, value, "one of " + ", ".join(sorted(self._known)))
