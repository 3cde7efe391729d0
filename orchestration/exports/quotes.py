"""Quotes in exports: at most the sentence that holds the figure, so that nobody is named beside it.

What lives here: which columns quote a report, and the SQL that bounds them. What does not: the
quotes themselves (`ingest`), which the warehouse has whole, with the text they stand in.

A report may describe its requests and name who made them. A quote is mostly a part of one
sentence; where the reader needs two statements for a figure it runs from one to the other. Here
only the sentence with the printed number is left of it, and never more than `LONGEST_QUOTE`
characters; what was left out is marked by an ellipsis.
"""

from __future__ import annotations

from orchestration.exports.codebook import Table

# Of the labelled reports 99 of 100 quotes are shorter than 40 characters; a run of cells without
# a sentence end may go on for a thousand.
LONGEST_QUOTE = 200

# The whole text is not exported: it would undo what is bounded here. The warehouse has it.
LEFT_OUT = {("dim_report", "text")}

# Column → the column with the number as printed, by which the sentence is told; None: the first.
_QUOTES: dict[str, str | None] = {
    "quote": "value_text",
    "other_quote": None,
    "total_quote": None,
    "evidence": None,
}
# JSON lists of objects → the field that quotes.
_LISTS_OF_QUOTES = {
    "operands": "quote",
    "evidence": "quote",
    "agency_evidence": "text",
    "region_evidence": "text",
    "year_evidence": "text",
}
# `evidence` is a list in one table and a text in the other.
_TABLES_WITH_LISTS = {"check_counts", "findings", "dim_report"}

_END = "。！？!?"
_SENTENCE = f"[^{_END}]*[{_END}]?"
# A third of the time of a pattern, which counts in the longest lists.
_HAS_END = " OR ".join(f"contains(list, '{mark}')" for mark in _END)
_LONG_STRING = f'"[^"]{{{LONGEST_QUOTE + 1}}}'

MACROS = f"""
CREATE OR REPLACE TEMP MACRO shortened(words) AS
    CASE WHEN length(words) <= {LONGEST_QUOTE} THEN words
        ELSE words[:{LONGEST_QUOTE}] || '…' END;
CREATE OR REPLACE TEMP MACRO within_sentence(words, printed) AS
    CASE WHEN NOT regexp_matches(rtrim(words, '{_END} ' || chr(10)), '[{_END}]')
        THEN shortened(words)
    ELSE shortened(coalesce(
        list_filter(
            regexp_extract_all(words, '{_SENTENCE}'), lambda s: contains(s, nullif(printed, ''))
        )[1],
        regexp_extract_all(words, '{_SENTENCE}')[1]
    )) || '…' END;
CREATE OR REPLACE TEMP MACRO within_sentences(list, field) AS
    CASE WHEN NOT ({_HAS_END})
        AND (length(list) <= {LONGEST_QUOTE} OR NOT regexp_matches(list, '{_LONG_STRING}'))
        THEN list
    ELSE to_json(list_transform(
        from_json(list, '["json"]'),
        lambda o: json_merge_patch(
            o, json_object(field, within_sentence(o ->> field, NULL))
        )
    ))::VARCHAR END;
"""


def select(table: Table) -> str:
    """The query of a table's exported rows, in the order of the table; needs `MACROS`."""
    names = {column.name for column in table.columns}
    columns = ", ".join(
        _expression(table.name, column.name, names) for column in exported(table).columns
    )
    return f'SELECT {columns} FROM marts."{table.name}"'


def exported(table: Table) -> Table:
    """The table without the columns that are not exported."""
    kept = tuple(c for c in table.columns if (table.name, c.name) not in LEFT_OUT)
    return Table(table.name, table.description, table.row_count, kept)


def quoting_columns(table: Table) -> tuple[str, ...]:
    """The columns of the table whose quotes are bounded."""
    return tuple(
        column.name
        for column in table.columns
        if column.name in _QUOTES or column.name in _LISTS_OF_QUOTES
    )


def _expression(table: str, column: str, names: set[str]) -> str:
    if table in _TABLES_WITH_LISTS and column in _LISTS_OF_QUOTES:
        return f"within_sentences({column}, '{_LISTS_OF_QUOTES[column]}') AS {column}"
    if column in _QUOTES:
        printed = _QUOTES[column]
        return f"within_sentence({column}, {printed if printed in names else 'NULL'}) AS {column}"
    return f'"{column}"'
