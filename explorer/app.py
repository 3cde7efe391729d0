"""The web application: routes, one request from parameters to page, and its errors.

What lives here: serving pages, downloads and static files. What does not: the pages (`pages`),
HTML (`templates`, `rendering.py`), headers against misuse (`security.py`), starting a server
(`command.py`).

Endpoints are plain functions, so each request runs in a thread of its own.
"""

from __future__ import annotations

import threading
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from functools import partial
from pathlib import Path

from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import BaseRoute, Mount, Route
from starlette.staticfiles import StaticFiles

from explorer import searching
from explorer.charts import warm_up
from explorer.downloads import download
from explorer.errors import error_response
from explorer.language import COOKIE, LANGUAGES
from explorer.pages import PAGES, ROUTES
from explorer.pages.page import Asked, NotHere, Page, Queries
from explorer.parameters import BadParameter, Parameters
from explorer.queries.publication import PUBLICATION
from explorer.rendering import Templates, words_of
from explorer.security import ForeignForm, form_token, given_name, middleware, remember_token
from explorer.settings import ExplorerSettings
from explorer.verdicts import VerdictsUnusable
from explorer.warehouse import NotPublished, OtherVersion, TookTooLong, Warehouse

_STATIC_DIR = Path(__file__).parent / "static"
_A_YEAR = 365 * 24 * 3600


def build_app(settings: ExplorerSettings, host: str = "127.0.0.1") -> Starlette:
    """The application over the published warehouse of the home; `host` is where it will listen."""
    warehouse = Warehouse(settings.published_db, settings.explorer_query_seconds)
    templates = Templates(PAGES)

    @asynccontextmanager
    async def lifespan(app: Starlette) -> AsyncIterator[None]:
        # The first chart of a process takes a second: nobody should wait for it.
        threading.Thread(target=warm_up, daemon=True).start()
        threading.Thread(target=searching.warm_up, args=(warehouse,), daemon=True).start()
        yield
        warehouse.close()

    app = Starlette(
        routes=list(_routes()),
        middleware=middleware(host),
        exception_handlers={
            kind: partial(error_response, templates)
            for kind in (
                BadParameter,
                NotHere,
                NotPublished,
                OtherVersion,
                TookTooLong,
                ForeignForm,
                VerdictsUnusable,
                HTTPException,
                Exception,
            )
        },
        lifespan=lifespan,
    )
    app.state.settings = settings
    app.state.warehouse = warehouse
    app.state.templates = templates
    return app


def _routes() -> list[BaseRoute]:
    routes: list[BaseRoute] = [Mount("/static", StaticFiles(directory=_STATIC_DIR))]
    for page in PAGES:
        name = page.name if page.path == "/" else page.path.removeprefix("/")
        # Before the page itself: a key in the address must not swallow the ending.
        routes.append(Route(f"/{name}.csv", _endpoint(page, _csv), name=f"{page.name}.csv"))
        routes.append(Route(page.path, _endpoint(page, _html), name=page.name))
    return [*routes, *ROUTES]


def _endpoint(
    page: Page, answer: Callable[[Request, Page], Response]
) -> Callable[[Request], Response]:
    def endpoint(request: Request) -> Response:
        return answer(request, page)

    return endpoint


def _queries(request: Request, page: Page, given: Parameters) -> Queries:
    queries = page.queries(given)
    if page.looked_up is None:
        return queries
    with request.app.state.warehouse.reading() as reading:
        return {**queries, **page.looked_up(given, reading)}


def _html(request: Request, page: Page) -> Response:
    given = Parameters(request.query_params, request.path_params)
    queries = _queries(request, page, given)
    templates: Templates = request.app.state.templates
    warehouse: Warehouse = request.app.state.warehouse
    words = words_of(request)
    with warehouse.reading() as reading:
        context = page.context(Asked(given, queries, reading, words, request.app.state.settings))
        given.refuse_unknown()
        publication = reading.ask(PUBLICATION).first()
    if page.has_form:
        context["token"] = form_token(request)
        context["name_given"] = given_name(request)
    response = templates.response(
        request, page.template, page=page, queries=queries, publication=publication, **context
    )
    if page.has_form:
        remember_token(response, context["token"])
    return _remember_language(request, response)


def _csv(request: Request, page: Page) -> Response:
    given = Parameters(request.query_params, request.path_params)
    queries = _queries(request, page, given)
    given.page()  # where the reader stood in the list is no part of the download
    given.refuse_unknown()
    chosen = request.query_params.get("table") or next(iter(queries))
    if chosen not in queries:
        raise BadParameter("table", chosen, ", ".join(queries))
    settings: ExplorerSettings = request.app.state.settings
    return download(
        request.app.state.warehouse,
        queries[chosen],
        name=f"{page.name}-{chosen}" if chosen != page.name else page.name,
        seconds=settings.explorer_download_seconds,
    )


def _remember_language(request: Request, response: Response) -> Response:
    asked = request.query_params.get("lang")
    if asked is not None and asked not in LANGUAGES:
        raise BadParameter("lang", asked, ", ".join(LANGUAGES))
    if asked is not None:
        response.set_cookie(COOKIE, asked, max_age=_A_YEAR, httponly=True, samesite="lax")
    return response
