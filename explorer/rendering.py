"""Templates, and what every one of them can use.

What lives here: the Jinja environment (everything is escaped), its filters, addresses. What does
not: HTML (`templates`), words (`language.py`), charts (`charts`).
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from functools import cache
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from starlette.requests import Request
from starlette.responses import HTMLResponse

from explorer.language import COOKIE, Words, choose_language
from explorer.pages.page import Page

_TEMPLATES_DIR = Path(__file__).parent / "templates"
_STATIC_DIR = Path(__file__).parent / "static"


def words_of(request: Request) -> Words:
    """The words of the request's language."""
    return Words(
        choose_language(
            request.query_params.get("lang"),
            request.cookies.get(COOKIE),
            request.headers.get("accept-language"),
        )
    )


class Templates:
    """The templates of `templates/`. A name that a page does not give is an error."""

    def __init__(self, pages: Sequence[Page]) -> None:
        self._environment = Environment(
            loader=FileSystemLoader(_TEMPLATES_DIR),
            autoescape=True,
            undefined=StrictUndefined,
            trim_blocks=True,
            lstrip_blocks=True,
        )
        self._environment.globals.update(
            static=_static_address,
            navigation=[page for page in pages if page.in_navigation],
        )

    def response(
        self, request: Request, template: str, *, status: int = 200, **context: Any
    ) -> HTMLResponse:
        """The page of a template; `t` are the words, `address` changes parameters of this one."""
        words = words_of(request)
        values: dict[str, Any] = {
            "page": None,
            "queries": {},
            "publication": None,
            **context,
            "t": words,
            "path": request.url.path,
            "address": _Addresses(request),
        }
        text = self._environment.get_template(template).render(values)
        headers = {"Vary": "Cookie, Accept-Language", "Cache-Control": "no-store"}
        return HTMLResponse(text, status_code=status, headers=headers)


class _Addresses:
    """Addresses made from the one that was asked for."""

    def __init__(self, request: Request) -> None:
        self._path = request.url.path
        self._given = [(k, v) for k, v in request.query_params.multi_items() if v and k != "lang"]

    def __call__(self, **changed: object) -> str:
        """This address with some parameters changed; None takes one away, a list gives several."""
        return self._path + _query(self._changed(changed))

    def csv(self, page_name: str, table: str) -> str:
        """Where the rows of a query of this page are downloaded."""
        path = f"/{page_name}" if self._path == "/" else self._path
        return f"{path}.csv" + _query(self._changed({"table": table, "page": None}))

    def given(self) -> list[tuple[str, str]]:
        """The parameters of this address, for hidden fields."""
        return list(self._given)

    def parameters(self) -> str:
        """The parameters of this address, as a form carries them to come back to it."""
        return urlencode(self._given)

    def _changed(self, changed: Mapping[str, object]) -> list[tuple[str, str]]:
        kept = [(name, value) for name, value in self._given if name not in changed]
        for name, value in changed.items():
            for one in value if isinstance(value, list) else [value]:
                if one is not None:
                    kept.append((name, str(one)))
        return kept


def _query(parameters: list[tuple[str, str]]) -> str:
    return f"?{urlencode(parameters)}" if parameters else ""


@cache
def _static_address(name: str) -> str:
    """The address of a static file, which changes with its contents."""
    digest = hashlib.sha256((_STATIC_DIR / name).read_bytes()).hexdigest()[:8]
    return f"/static/{name}?v={digest}"
