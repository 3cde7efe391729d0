"""The findings: where reports contradict themselves, with the words on both sides."""

from __future__ import annotations

import json
from typing import Any

from explorer.pages.findings_chart import findings_chart
from explorer.pages.page import Asked, Page, Queries
from explorer.parameters import BadParameter, Parameters
from explorer.queries import findings
from explorer.queries.findings import FAULTS, NO_VERDICT, SEVERITIES, VERDICTS, Chosen
from explorer.verdicts import VerdictsUnusable, read_verdicts
from explorer.warehouse import Rows

_ROWS = 25


def _chosen(given: Parameters) -> Chosen:
    chosen = Chosen(
        severity=given.choice("severity", SEVERITIES),
        fault=given.choice("fault", FAULTS),
        check=given.text("check"),
        province=given.text("province"),
        prefecture=given.text("prefecture"),
        year=given.integer("year", 1949, 2100),
        verdict=given.choice("verdict", (*VERDICTS, NO_VERDICT)),
        agency=given.text("agency"),
        finding=given.text("finding"),
    )
    if chosen.prefecture is not None and chosen.province is None:
        raise BadParameter("prefecture", chosen.prefecture, "given together with its province")
    return chosen


def _queries(given: Parameters) -> Queries:
    chosen = _chosen(given)
    return {
        "findings": findings.findings(chosen),
        "checks": findings.checks(chosen),
        "years": findings.years(chosen),
    }


def _context(asked: Asked) -> dict[str, Any]:
    chosen, words = _chosen(asked.given), asked.words
    portion = asked.portion("findings", _ROWS)
    years, checks = asked.rows("years"), asked.rows("checks")
    prefectures = (
        asked.reading.ask(findings.prefectures(chosen.province)) if chosen.province else Rows((), ())
    )  # fmt: skip
    # What can be chosen is what there is without the check that is chosen.
    every_check = asked.reading.ask(findings.checks(Chosen()))
    pending, complaint = _pending(asked)
    return {
        "chosen": chosen,
        "is_chosen": chosen != Chosen(),
        "portion": portion,
        "shown": [
            {**row, "sides": _sides(row), "pending": _news(row, pending)} for row in portion.rows
        ],
        "complaint": complaint,
        "checks": [{**row, "title": _title(row, asked)} for row in checks],
        "years": years,
        "chart": findings_chart(years, words) if portion.count and chosen.year is None else None,
        "severities": [(code, words.code("severity", code)) for code in SEVERITIES],
        "faults": [(code, words.code("fault", code)) for code in FAULTS],
        "every_check": [(row["check_id"], _title(row, asked)) for row in every_check],
        "provinces": [(r["province"], r["province"]) for r in asked.reading.ask(findings.PROVINCES)],
        "prefectures": [(row["prefecture"], row["prefecture"]) for row in prefectures],
        "all_years": [(row["report_year"], str(row["report_year"])) for row in years],
        "verdicts": [(code, words.code("verdict", code)) for code in VERDICTS],
        "no_verdict": (NO_VERDICT, words("findings.no_verdict")),
    }  # fmt: skip


def _title(row: dict[str, Any], asked: Asked) -> str:
    """The check in words; a printed share is no identity and has words of its own."""
    if row["title_en"] is None:
        return asked.words("findings.printed_share")
    return str(row["title_zh"] if asked.words.is_chinese else row["title_en"])


def _sides(row: dict[str, Any]) -> dict[str, list[dict[str, Any]]]:
    """What is printed (lhs) and what it is held against (rhs): numbers, quotes, their places."""
    sides: dict[str, list[dict[str, Any]]] = {"lhs": [], "rhs": []}
    for operand in json.loads(row["evidence"]):
        observation = operand.get("observation_id")
        report, _, number = (observation or "").rpartition("-")
        href = f"/report/{report}#at-{number}" if observation else None
        sides[operand["side"]].append({**operand, "href": href})
    return sides


def _pending(asked: Asked) -> tuple[dict[tuple[str, str], Any], str | None]:
    """The verdicts in the files, or why they cannot be read."""
    try:
        return dict(read_verdicts(asked.settings.verdicts_dir)), None
    except VerdictsUnusable as error:
        return {}, str(error)


def _news(row: dict[str, Any], pending: dict[tuple[str, str], Any]) -> Any | None:
    """The verdict in the files, where the publication does not show it yet."""
    verdict = pending.get((row["finding_id"], row["operands_hash"]))
    if verdict is None:
        return None
    shown = (row["verdict"], row["verdict_comment"] or "", row["verdict_by"] or "")
    return None if shown == (verdict.verdict, verdict.comment, verdict.decided_by) else verdict


FINDINGS = Page(
    name="findings",
    path="/findings",
    template="findings.html",
    queries=_queries,
    context=_context,
    in_navigation=True,
    has_form=True,
)
