"""The pages: one module each, listed here in the order of the navigation.

What lives here: what a page is (`page.py`), and for each its parameters, queries and what its
template is given. What does not: SQL (`queries`), HTML (`templates`), words (`messages`).
"""

from __future__ import annotations

from starlette.routing import BaseRoute

from explorer.pages.overview import OVERVIEW
from explorer.pages.page import Page
from explorer.pages.search import SEARCH, SUGGESTIONS

# In the order of the addresses' precedence; links at the head of a page: `navigation.py`.
PAGES: tuple[Page, ...] = (OVERVIEW, SEARCH)

# Addresses that are no pages, such as forms that are sent.
ROUTES: tuple[BaseRoute, ...] = (SUGGESTIONS,)
