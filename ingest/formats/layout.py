"""Tables of figures and tables that only place things on a page.

What lives here: the one rule that tells them apart, for web pages and Word files alike. What does
not: which official form a table is (`ingest.tables`).
"""

from __future__ import annotations

from collections.abc import Sequence

from ingest.formats.rendering import GridCell

# A cell of an official table has at most 60 characters, with a filling note 200. A cell with more
# is a column of a page laid out as a table, or the whole article.
PROSE_CELL = 300
# Tables whose text is mostly in prose cells are layout, unless they have so many other cells that
# the prose is a note under a real table.
PROSE_SHARE = 0.5
REAL_TABLE_CELLS = 40


def are_figures(rows: Sequence[Sequence[GridCell]]) -> bool:
    """Tell rows of figures from columns of a page: these have one cell a row, or hold prose."""
    if all(len(row) < 2 for row in rows):
        return False
    lengths = [len(cell.text) for row in rows for cell in row]
    prose = sum(length for length in lengths if length > PROSE_CELL)
    return prose <= sum(lengths) * PROSE_SHARE or len(lengths) >= REAL_TABLE_CELLS


def is_real_table(own_cells: int, own_length: int, inner_length: int) -> bool:
    """Tell whether a table that holds other tables is one of figures itself.

    In: its cells that are not of the inner tables, the characters of all, and of the inner ones.
    A real table may have a small one in a cell (a split header); a page layout has few cells, and
    most of its text is further in.
    """
    return own_cells >= REAL_TABLE_CELLS and inner_length <= own_length * PROSE_SHARE
