"""What is shown when a page cannot be: no such address, a wrong parameter, no warehouse yet.

What lives here: which error is which status, and its page. What does not: the words
(`messages/errors.toml`). Anything not named here is a fault of ours: its page says so, and the server
prints it.
"""

from __future__ import annotations

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response

from explorer.pages.page import NotHere
from explorer.parameters import BadParameter
from explorer.rendering import Templates, words_of
from explorer.security import ForeignForm
from explorer.verdicts import VerdictsUnusable
from explorer.warehouse import NotPublished, OtherVersion, TookTooLong


def error_response(templates: Templates, request: Request, error: Exception) -> Response:
    """The page for an error, in the reader's language."""
    words = words_of(request)
    status, title, message = 500, words("errors.fault_title"), words("errors.fault")
    if isinstance(error, BadParameter):
        status, title = 400, words("errors.bad_parameter_title")
        message = words(
            "errors.bad_parameter", name=error.name, given=error.given, expected=error.expected
        )
    elif isinstance(error, NotPublished):
        status, title = 503, words("errors.not_published_title")
        message = words("errors.not_published")
    elif isinstance(error, OtherVersion):
        status, title = 503, words("errors.other_version_title")
        message = words("errors.other_version")
    elif isinstance(error, TookTooLong):
        status, title = 503, words("errors.took_too_long_title")
        message = words("errors.took_too_long")
    elif isinstance(error, NotHere) or (
        isinstance(error, HTTPException) and error.status_code == 404
    ):
        status, title = 404, words("errors.not_here_title")
        message = str(error) if isinstance(error, NotHere) else words("errors.not_here")
    elif isinstance(error, ForeignForm):
        status, title, message = 403, words("errors.refused_title"), words("errors.foreign_form")
    elif isinstance(error, VerdictsUnusable):
        status, title = 503, words("errors.verdicts_title")
        message = words("errors.verdicts")
    elif isinstance(error, HTTPException):
        status, title = error.status_code, words("errors.refused_title")
        message = error.detail
    return templates.response(
        request,
        "error.html",
        status=status,
        title=title,
        message=message,
        suggestions=error.suggestions if isinstance(error, NotHere) else (),
        detail=str(error)
        if isinstance(error, NotPublished | OtherVersion | VerdictsUnusable)
        else None,
    )
