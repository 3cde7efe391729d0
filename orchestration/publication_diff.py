"""What a candidate changes against what is published: facts, current reports, findings, sizes.

What lives here: the comparison, stored in schema `meta` of the candidate, and its summary. What
does not: publishing (`publishing.py`), whether a change is too large (`validation/suites`), showing
it (`assets/published.py`, `commands/refresh.py`).

The tables are in `meta` and not in `marts`: they tell how this file came after another one, and
are no contents of it, so equal contents stay equal.
"""

from __future__ import annotations

from pathlib import Path

import duckdb

_TABLES = """
CREATE TABLE meta.publication_diff (
    kind VARCHAR, change VARCHAR, agency_key VARCHAR, report_year INTEGER, item VARCHAR,
    before VARCHAR, after VARCHAR
);
CREATE TABLE meta.publication_envelope (
    scope VARCHAR, name VARCHAR, facts_before BIGINT, facts_after BIGINT
);
COMMENT ON TABLE meta.publication_diff IS
    'What this publication changed: kind is fact, current_report or finding; change is added, removed or changed. Empty in a first publication';
COMMENT ON COLUMN meta.publication_diff.item IS 'What changed: indicator and breakdown of a fact, scope of a report, id of a finding';
COMMENT ON COLUMN meta.publication_diff.before IS 'As published before: value, report or finding; null where added';
COMMENT ON COLUMN meta.publication_diff.after IS 'As published now; null where removed';
COMMENT ON TABLE meta.publication_envelope IS
    'How many facts the publication before and this one have: in all, for each year, for each agency';
"""

_FAMILIES = ("disclosures", "requests", "staffing", "proceedings", "fees", "engagement")
_FACTS = " UNION ALL ".join(
    f"""SELECT agency_key, report_year,
        concat_ws(', ', indicator, org_scope, category, category_label, channel, applicant_type,
            outcome, org_group) AS item,
        concat_ws(' ', value, qualifier, share_pct || '%') AS said
    FROM {{schema}}.fct_{family}"""
    for family in _FAMILIES
)
_REPORTS = """SELECT agency_key, report_year, org_scope AS item, report_id AS said
    FROM {schema}.dim_report WHERE is_current"""
_FINDINGS = """SELECT agency_key, report_year, finding_id AS item, message_en AS said
    FROM {schema}.findings"""
_KINDS = {"fact": _FACTS, "current_report": _REPORTS, "finding": _FINDINGS}

# Equal rows meet by a hash: of millions of facts only those that differ are spelled out.
_COMPARE = """
INSERT INTO meta.publication_diff
WITH new AS ({new}), old AS ({old}),
new_only AS (
    SELECT * FROM new WHERE hash(agency_key, report_year, item, said)
        NOT IN (SELECT hash(agency_key, report_year, item, said) FROM old)
),
old_only AS (
    SELECT * FROM old WHERE hash(agency_key, report_year, item, said)
        NOT IN (SELECT hash(agency_key, report_year, item, said) FROM new)
)
SELECT '{kind}',
    CASE WHEN old_only.item IS NULL THEN 'added' WHEN new_only.item IS NULL THEN 'removed'
        ELSE 'changed' END,
    coalesce(new_only.agency_key, old_only.agency_key),
    coalesce(new_only.report_year, old_only.report_year),
    coalesce(new_only.item, old_only.item), old_only.said, new_only.said
FROM new_only FULL JOIN old_only USING (agency_key, report_year, item)
ORDER BY ALL
"""

_ENVELOPE = """
INSERT INTO meta.publication_envelope
WITH new AS ({new}), old AS ({old}),
counted AS (
    SELECT agency_key, report_year, 0 AS before, 1 AS after FROM new
    UNION ALL SELECT agency_key, report_year, 1, 0 FROM old
)
SELECT 'all', '', sum(before), sum(after) FROM counted
UNION ALL SELECT 'year', report_year::VARCHAR, sum(before), sum(after) FROM counted GROUP BY report_year
UNION ALL SELECT 'agency', agency_key, sum(before), sum(after) FROM counted GROUP BY agency_key
ORDER BY ALL
"""


def write_diff(con: duckdb.DuckDBPyConnection, previous: Path | None) -> None:
    """Compare schema `marts` of `con` with the published file and store what differs in `meta`.

    `previous` is None for a first publication: the tables stay empty then. So they do where the
    published file was made by a version whose tables cannot be compared.
    """
    con.execute(_TABLES)
    if previous is None:
        return
    con.execute(f"ATTACH '{str(previous).replace(chr(39), chr(39) * 2)}' AS previous (READ_ONLY)")
    try:
        if _is_comparable(con):
            for kind, query in _KINDS.items():
                sides = {
                    "new": query.format(schema="marts"),
                    "old": query.format(schema="previous.marts"),
                }
                con.execute(_COMPARE.format(kind=kind, **sides))
            con.execute(
                _ENVELOPE.format(
                    new=_FACTS.format(schema="marts"), old=_FACTS.format(schema="previous.marts")
                )
            )
    finally:
        con.execute("DETACH previous")


def read_diff_summary(path: Path) -> dict[str, int]:
    """How many rows of each kind and change the file's diff has, such as `fact changed`.

    Empty where nothing changed, where it is a first publication, and for files of older versions.
    """
    try:
        with duckdb.connect(str(path), read_only=True) as con:
            rows = con.execute(
                "SELECT kind || ' ' || change, count(*) FROM meta.publication_diff "
                "GROUP BY ALL ORDER BY ALL"
            ).fetchall()
    except duckdb.Error:
        return {}
    return dict(rows)


def _is_comparable(con: duckdb.DuckDBPyConnection) -> bool:
    """Whether both files have the columns that are compared."""
    for query in _KINDS.values():
        for schema in ("marts", "previous.marts"):
            try:
                con.execute(f"EXPLAIN {query.format(schema=schema)}")
            except duckdb.Error:
                return False
    return True
