"""Reports written for the tests of this room: short bodies in the manner of real ones.

What lives here: reading the cases beside this file (*.toml), a body that says nothing of its agency
but 我 + noun, `identity_of` and `check`. What does not: cases and their reasons.
"""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

from ingest.identity import identify
from ingest.model import Identity, Page
from ingest.text.folding import fold

_BODY = re.compile(r"@BODY ([^|@]*)\|([^|@]*)\|([^|@]*)@(?:@SUB ([^|@]*)\|([^|@]*)@)?")


@dataclass(frozen=True)
class Case:
    """A report and what it tells of itself; None where it tells nothing."""

    id: str
    text: str
    year: int
    agency: str | None = None
    region: str | None = None
    published: date | None = None
    signed: date | None = None
    uri: str = "inbox/a.txt"
    hints: dict[str, str] = field(default_factory=dict)


def body(noun: str = "局", year: int | str = 2012, place: str = "县") -> str:
    """A report's body in which only 我 + `noun` speaks."""
    return f"""一、概述
{year}年,我{noun}认真贯彻《中华人民共和国政府信息公开条例》,在{place}委、{place}政府领导下推进政府信息公开工作,成立领导小组,配备兼职人员2名。
二、主动公开政府信息情况
全年共主动公开政府信息86条,其中政策法规类12条,业务工作类74条。
三、依申请公开情况
未收到公开政府信息的申请。
四、收费及复议诉讼情况
没有收取费用,未发生行政复议、行政诉讼。
五、存在的主要问题和改进措施
公开内容还不够全面,今后将加强培训,及时更新。
"""


def cases(name: str) -> list[Case]:
    """The cases of a file beside this one, their bodies filled in."""
    listed = tomllib.loads((Path(__file__).parent / f"{name}.toml").read_text(encoding="utf8"))
    return [Case(**{**case, "text": with_bodies(case["text"])}) for case in listed["case"]]


def with_bodies(text: str) -> str:
    """A text with the bodies that its @BODY marks stand for."""
    return _BODY.sub(_fill, text)


def _fill(match: re.Match[str]) -> str:
    noun, year, place, old, new = match.groups()
    text = body(noun, year, place)
    return text.replace(old, new) if old else text


def identity_of(text: str, hints: dict[str, str] | None = None, uri: str = "a.txt") -> Identity:
    """The identity of a text as a plain page with hints."""
    return identify(Page(text=text, hints=hints or {}), fold(text), uri)


def check(case: Case) -> None:
    """Compare everything that a case tells with what was read."""
    told = identity_of(case.text, case.hints, case.uri)
    assert told.is_report, told.issues
    assert (
        told.agency_name, told.region_code, told.report_year, told.published_on, told.signed_on,
    ) == (case.agency, case.region, case.year, case.published, case.signed)  # fmt: skip
    for evidence in told.agency_evidence:
        if evidence.start is not None:
            assert case.text[evidence.start : evidence.end]
