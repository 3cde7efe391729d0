"""The pages: one module each, listed here in the order of the navigation.

What lives here: what a page is (`page.py`), and for each its parameters, queries and what its
template is given. What does not: SQL (`queries`), HTML (`templates`), words (`messages`).
"""

from __future__ import annotations

from starlette.routing import BaseRoute

from explorer.pages.agency import AGENCY, PICTURE
from explorer.pages.compare import COMPARE
from explorer.pages.coverage import COVERAGE
from explorer.pages.findings import FINDINGS
from explorer.pages.overview import OVERVIEW
from explorer.pages.page import Page
from explorer.pages.report import REPORT
from explorer.pages.search import SEARCH, SUGGESTIONS
from explorer.pages.verdict import GIVE_VERDICT

# In the order of the addresses' precedence and of the links at the head of a page.
PAGES: tuple[Page, ...] = (OVERVIEW, SEARCH, COMPARE, FINDINGS, COVERAGE, AGENCY, REPORT)

# Addresses that are no pages, such as forms that are sent.
ROUTES: tuple[BaseRoute, ...] = (SUGGESTIONS, PICTURE, GIVE_VERDICT)
