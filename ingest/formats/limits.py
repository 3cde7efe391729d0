"""Bounds of every reader of this room, each with its reason.

What lives here: numbers that keep one bad document from eating the memory or the time of a batch.
What does not: limits on archives and dumps (`ingest.limits`).

A document beyond a bound is refused with `too_large` or `too_deep`, never cut short: half a
report would be read as a report with zeros.
"""

from __future__ import annotations

from ingest.formats.errors import Refusal, UnreadableDocument

# The longest reports (aggregates with annexes, Word HTML) stay below 5 MB; scanned PDFs with
# images reach some tens of MB and must still be told from damaged ones.
MAX_BYTES = 64 * 1024 * 1024

# A report has 2,000 to 60,000 characters. Two million is a book, or a bomb.
MAX_CHARACTERS = 2_000_000

# Markup of a page without its pictures; Word HTML reaches 3 MB. Eight million characters can be
# two million elements, which take 400 MB as a tree.
MAX_MARKUP_CHARACTERS = 8_000_000

# Reports have 3 to 40 pages; yearbooks that are sent in by mistake have hundreds.
MAX_PAGES = 300

# Words and ruling lines of one PDF page: a dense table page has about 1,500 characters and 300
# lines; drawings (maps, charts) have far more, and finding tables in them is quadratic.
MAX_PAGE_CHARACTERS = 30_000
MAX_PAGE_RULES = 4_000

# The official tables have 200 cells; reports with town-by-town tables reach some thousands.
MAX_CELLS = 50_000

# HTML caps a colspan at 1,000. Nothing printed on paper has more than 100 columns, while sloppy
# exports write colspan="255" to say "the whole row".
MAX_COLUMN_SPAN = 100
MAX_COLUMNS = 1_000
MAX_ROW_SPAN = 5_000

# libxml2 stops at 256 open elements (and drops the rest); Word tables nest by recursion.
MAX_DEPTH = 200

# A script that carries an article is as long as the article; longer ones are libraries.
MAX_SCRIPT_CHARACTERS = 1_000_000

# Parts of a Word file are XML: 20 MB of it is a thousand pages, and takes ten times as much as a
# tree. A zip bomb unpacks to gigabytes.
MAX_EXPANDED_BYTES = 40 * 1024 * 1024
MAX_ARCHIVE_MEMBERS = 5_000

# A page saved by a browser (.mht) has a few hundred parts: images, styles, frames.
MAX_MIME_PARTS = 2_000


def require_at_most(count: int, limit: int, what: str) -> None:
    """Raise `UnreadableDocument("too_large")` when there are more than `limit` of `what`."""
    if count > limit:
        raise UnreadableDocument(
            Refusal.TOO_LARGE,
            f"The document has {count:,} {what}; at most {limit:,} are read. "
            "If it really is one report, split off its annexes and put the report alone "
            "in the inbox.",
        )
