"""A verdict on a finding, as its form sends it: one line more in the file of verdicts."""

from __future__ import annotations

from datetime import UTC, datetime
from urllib.parse import parse_qsl, urlencode

from starlette.concurrency import run_in_threadpool
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import Route

from explorer.pages.page import NotHere
from explorer.parameters import BadParameter
from explorer.queries.findings import VERDICTS, with_operands
from explorer.rendering import words_of
from explorer.security import TOKEN_FIELD, remember_name, require_own_form
from explorer.settings import ExplorerSettings
from explorer.verdicts import Verdict, append_verdict
from explorer.warehouse import Warehouse

_LONGEST_COMMENT, _LONGEST_NAME, _LONGEST_FORM = 1000, 100, 20_000


async def _give(request: Request) -> Response:
    if int(request.headers.get("content-length") or _LONGEST_FORM + 1) > _LONGEST_FORM:
        raise HTTPException(413, words_of(request)("errors.form_too_long"))
    async with request.form(max_files=0, max_fields=12, max_part_size=_LONGEST_FORM) as form:
        fields = {name: value for name, value in form.items() if isinstance(value, str)}
    require_own_form(request, fields.get(TOKEN_FIELD))
    return await run_in_threadpool(_write, request, fields)


def _write(request: Request, fields: dict[str, str]) -> Response:
    verdict = Verdict(
        finding_id=_one_line(fields, "finding_id", 200),
        operands_hash=_one_line(fields, "operands_hash", 200),
        verdict=_one_line(fields, "verdict", 20),
        comment=_one_line(fields, "comment", _LONGEST_COMMENT),
        decided_by=_one_line(fields, "decided_by", _LONGEST_NAME),
        # With the time, so that of two verdicts of one day the later one counts.
        decided_on=datetime.now(UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z"),
    )
    words = words_of(request)
    if verdict.verdict not in VERDICTS:
        raise BadParameter("verdict", verdict.verdict, ", ".join(VERDICTS))
    if verdict.verdict == "comment" and not verdict.comment:
        raise BadParameter("comment", "", words("errors.some_text"))
    if not verdict.decided_by:
        raise BadParameter("decided_by", "", words("errors.some_name"))
    warehouse: Warehouse = request.app.state.warehouse
    with warehouse.reading() as reading:
        if not len(reading.ask(with_operands(verdict.finding_id, verdict.operands_hash))):
            raise NotHere(words("errors.finding_changed"))
    settings: ExplorerSettings = request.app.state.settings
    append_verdict(settings.verdicts_dir, verdict)
    # Only parameters of the page of findings, never an address from outside.
    back = urlencode([(n, v) for n, v in parse_qsl(fields.get("back", "")) if n != "lang"])
    address = "/findings" + (f"?{back}" if back else "")
    response = RedirectResponse(f"{address}#finding-{verdict.finding_id}", status_code=303)
    remember_name(response, verdict.decided_by)
    return response


def _one_line(fields: dict[str, str], name: str, longest: int) -> str:
    """A field without line breaks and control characters: a verdict is one line of a file."""
    value = " ".join(fields.get(name, "").split())
    value = "".join(character for character in value if character.isprintable())
    if len(value) > longest:
        raise BadParameter(name, value[:40] + "…", f"at most {longest} characters")
    return value


GIVE_VERDICT = Route("/findings/verdict", _give, methods=["POST"], name="give_verdict")
