"""Rows stand in the order of the columns that they fill."""

from __future__ import annotations

from ingest import rows, schema


def test_columns_of_an_observation_are_those_of_the_schema_in_their_order() -> None:
    around = ("observation_id", "report_id"), ("quote", "char_start", "char_end", "rule_id", "reader_version")
    assert [*around[0], *rows._COLUMNS_OF_OBSERVATION, *around[1]] == list(schema.OBSERVATIONS)
