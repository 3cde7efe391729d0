"""Which columns of a row hold the document, its address and its title.

What lives here: choosing columns by the names in `columns.toml`, and making a document of a row.
What does not: reading rows (`json_lines.py`, `parquet.py`).
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterable, Mapping
from functools import cache
from importlib.resources import files
from urllib.parse import unquote, urlsplit

from ingest.dumps.values import Member, tidy

_ROLES = ("html", "text", "title", "url")
# A title that stands here in the text already is not put before it.
_TITLE_WITHIN = 400


class RowUnusable(Exception):
    """A row that holds no document; the message says why."""


@cache
def _names() -> Mapping[str, tuple[str, ...]]:
    table = tomllib.loads(files("ingest.dumps").joinpath("columns.toml").read_text("utf-8"))
    return {role: tuple(table[role]) for role in _ROLES}


def known_columns() -> str:
    """The names that are looked for, as a message tells them."""
    return ", ".join((*_names()["html"][:3], *_names()["text"][:3])) + " …"


def find_columns(present: Iterable[str]) -> dict[str, tuple[str, ...]]:
    """Role → the columns of that role that are there, the preferred one first."""
    by_name = {_folded(name): name for name in present}
    return {
        role: tuple(by_name[name] for name in names if name in by_name)
        for role, names in _names().items()
    }


def row_member(row: Mapping[str, object], place: str, dump_name: str) -> Member:
    """The document of a row; `place` names it where the row has no address.

    Raises RowUnusable where no column holds a page or a text.
    """
    columns = find_columns(name for name, value in row.items() if value not in (None, "", b""))
    body = [*columns["html"], *columns["text"]]
    if not body:
        held = ", ".join(tidy(str(name)) for name in list(row)[:8]) or "none"
        raise RowUnusable(
            f"holds no page and no text (looked for columns {known_columns()}; it has: {held})"
        )
    value = row[body[0]]
    if not isinstance(value, str | bytes):
        raise RowUnusable(f"has no text in column {tidy(body[0])!r} but {type(value).__name__}")
    if isinstance(value, str):
        if not columns["html"]:
            value = _with_title(value, _first_text(row, columns["title"]))
        value = _encoded(value)
    url = tidy(_first_text(row, columns["url"]))
    file_name = _file_name(url) or f"{dump_name} {place.rpartition('/')[2]}"
    return Member(url or place, file_name, value)


def _encoded(text: str) -> bytes:
    """UTF-8; lone surrogates, which come from broken escapes, become the mark of damage."""
    try:
        return text.encode()
    except UnicodeEncodeError:
        return text.encode("utf-16", "surrogatepass").decode("utf-16", "replace").encode()


def _first_text(row: Mapping[str, object], columns: Iterable[str]) -> str:
    return next((v for c in columns if isinstance(v := row[c], str) and v.strip()), "")


def _with_title(text: str, title: str) -> str:
    title = " ".join(title.split())
    if not title or title in " ".join(text[: _TITLE_WITHIN + len(title)].split()):
        return text
    return f"{title}\n{text}"


def _file_name(url: str) -> str:
    """The last part of an address's path; empty where it has none."""
    try:
        return tidy(unquote(urlsplit(url).path.rpartition("/")[2]))
    except ValueError:
        return ""


def url_file_name(url: str, otherwise: str) -> str:
    """The file name that an address ends with, or `otherwise`."""
    return _file_name(url) or otherwise


def _folded(name: str) -> str:
    return name.strip().lower().replace("-", "_").replace(" ", "_")
