"""A change of rules: what another version of the reader has read is read again, and told."""

from __future__ import annotations

import duckdb
from refreshing_home import Place


def test_change_is_told_when_reports_are_read_by_another_version(copied: Place) -> None:
    """The home as another version would have left it: two documents, one fact else, one less."""
    with duckdb.connect(str(copied.home.work_db)) as con:
        con.execute(
            """UPDATE staging.documents SET reader_version = 'older'
               WHERE document_id IN (FROM (SELECT document_id FROM staging.reports LIMIT 2))"""
        )
    with duckdb.connect(str(copied.home.published_db)) as con:
        facts = con.execute(
            "SELECT rowid FROM marts.fct_disclosures WHERE value IS NOT NULL LIMIT 2"
        ).fetchall()
        (changed,), (removed,) = facts
        con.execute("UPDATE marts.fct_disclosures SET value = 1234567 WHERE rowid = ?", [changed])
        con.execute("DELETE FROM marts.fct_disclosures WHERE rowid = ?", [removed])
        con.execute("UPDATE meta.publication SET publication_id = 'older'")
    copied.home.refresh_state.unlink()

    told = " ".join(copied.refresh().split())

    assert "documents new │ 0" in told
    assert "documents read │ 2" in told
    assert "documents skipped as seen │ 1" in told
    assert "since the last publication: fact changed │ 1" in told
    assert "since the last publication: fact added │ 1" in told
    assert "fact removed" not in told
    query = "SELECT kind, change, before FROM meta.publication_diff WHERE before LIKE '1234567%'"
    assert "fact,changed" in copied.gongkai("sql", query, "--csv").stdout
