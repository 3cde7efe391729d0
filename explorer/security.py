"""What keeps other pages in the same browser, and texts of reports, from doing harm.

What lives here: headers of every response, which host names are answered, and whether a form was
sent from a page of ours. What does not: escaping, which every template does by itself
(`rendering.py`).
"""

from __future__ import annotations

import hmac
import ipaddress
import secrets
from urllib.parse import parse_qsl, urlencode, urlsplit

from starlette.datastructures import MutableHeaders
from starlette.middleware import Middleware
from starlette.middleware.trustedhost import TrustedHostMiddleware
from starlette.requests import Request
from starlette.responses import Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

TOKEN_COOKIE = "gongkai_form"
TOKEN_FIELD = "token"
NAME_COOKIE = "gongkai_name"

_HEADERS = {
    # Nothing but our own files runs or is loaded, whatever a report's text holds.
    "Content-Security-Policy": (
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; font-src 'self'; "
        "connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
    ),
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
}


class ForeignForm(Exception):
    """A form was not sent from a page of ours in this browser."""


class SecurityHeaders:
    """Adds the headers to every response."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        async def send_with_headers(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                for name, value in _HEADERS.items():
                    headers.setdefault(name, value)
            await send(message)

        await self._app(scope, receive, send_with_headers)


def middleware(host: str) -> list[Middleware]:
    """For an application that listens on `host`.

    On this machine only, names other than its own are refused: a page from elsewhere whose name
    was pointed at 127.0.0.1 would otherwise count as the same site.
    """
    allowed = ["127.0.0.1", "localhost", "[::1]"] if is_loopback(host) else ["*"]
    return [
        Middleware(SecurityHeaders),
        Middleware(TrustedHostMiddleware, allowed_hosts=allowed, www_redirect=False),
    ]


def is_loopback(host: str) -> bool:
    """Whether a host name or address means this machine and nobody else."""
    if host == "localhost":
        return True
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False


def form_token(request: Request) -> str:
    """The token that a form of this browser carries: that of its cookie, or a new one."""
    return request.cookies.get(TOKEN_COOKIE) or secrets.token_urlsafe(24)


def remember_token(response: Response, token: str) -> None:
    """Set the cookie that a form's token is held against."""
    response.set_cookie(TOKEN_COOKIE, token, httponly=True, samesite="strict")


def given_name(request: Request) -> str:
    """The name that was last given with a form of this browser."""
    return dict(parse_qsl(request.cookies.get(NAME_COOKIE, ""))).get("name", "")


def remember_name(response: Response, name: str) -> None:
    """Keep the name for the next form; cookies hold no Chinese as it is."""
    response.set_cookie(NAME_COOKIE, urlencode({"name": name}), httponly=True, samesite="strict")


def require_own_form(request: Request, token: object) -> None:
    """Raise ForeignForm unless a form was sent from a page of ours in this browser."""
    origin = request.headers.get("origin")
    if origin is not None and urlsplit(origin).netloc != request.headers.get("host"):
        raise ForeignForm(f"sent from {origin}")
    if request.headers.get("sec-fetch-site", "same-origin") != "same-origin":
        raise ForeignForm("sent from another site")
    held = request.cookies.get(TOKEN_COOKIE, "")
    if not held or not isinstance(token, str) or not hmac.compare_digest(held, token):
        raise ForeignForm("without the token of this browser")
