"""Where a name stands in a report, how far it is trusted, and the candidate that a name is.

What lives here: the order of trust and the value that the finders of names give each other. What
does not: the finders (`agency.py`, `subject.py`, `surroundings.py`), choosing (`naming.py`).

Order of trust, best first: the title; a line of its own beside the title; who compiled the report
(由X编制); whose report is published (现公布X…年度报告); the letterhead (X文件); who is to be
contacted; the title of the agency's own guide (《X政府信息公开指南》); who filled in the annex; the
signature; the unit of an encyclopedia's infobox; who forwards it; whom the body's sentences are
about (2012年,X认真贯彻…), where nothing above tells; the titles of its own rules (《X信息公开实施细则》);
the last organ of the breadcrumb; what the page's metadata says (发布机构, 来源: often the successor
body, so only a hint); the site.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import IntEnum

from ingest.identity.names import clean_name, is_agency_name, strip_contact_office


class Trust(IntEnum):
    """Where a name stands; smaller is trusted more."""

    TITLE = 1
    TITLE_LINE = 2
    COMPILED_BY = 3
    PUBLISHED_FOR = 4
    LETTERHEAD = 5
    CONTACT = 6
    GUIDE = 7
    FORM_FILLER = 8
    SIGNATURE = 9
    INFOBOX = 10
    ISSUER = 11
    SUBJECT = 12
    OWN_RULES = 13
    BREADCRUMB = 14
    METADATA = 15
    SITE = 16


# Names that the report gives of itself, against what the page says around it.
OWN_WORDS = Trust.OWN_RULES


@dataclass(frozen=True, slots=True)
class Candidate:
    """A name found: `name` is cleaned; `start:end` counts in the folded text (None: metadata)."""

    trust: Trust
    name: str
    printed: str
    start: int | None = None
    end: int | None = None


_PUBLISHING = re.compile(r"^.*(?:公布|发布)(?=.{4})")  # 编制并向社会公布X
# An office that only does the writing for its agency.
_OFFICE_WITHIN = re.compile(r"(?:党政(?:综合)?|(?:信息|政务)公开(?:工作)?)办(?:公室)?$")
_PREPOSITION = re.compile(
    r"^(?:由|经|与|向|请|现|本报告|本年度报告|报告|是|系|年度?(?=[一-鿿]{2,}[省市县区州旗镇乡])|[-—]?(?:20\d\d)?学年度?)+"
)


def candidate_from(trust: Trust, printed: str, at: int) -> Candidate | None:
    """The candidate that a printed string is, `at` an offset of the text; None where it is none."""
    bare = printed.strip()
    if "布" in bare:
        bare = _PUBLISHING.sub("", bare)
    if before := _PREPOSITION.match(bare):
        bare = bare[before.end() :]
    name = clean_name(bare)
    if name.endswith("人民"):
        name += "政府"  # 《X市人民政府信息公开指南》: 政府 belongs to the name and to the object
    if trust is Trust.CONTACT or (trust is Trust.COMPILED_BY and _OFFICE_WITHIN.search(name)):
        name = strip_contact_office(name)
    if not is_agency_name(name):
        return None
    return Candidate(trust, name, printed.strip(), at, at + len(printed))
