"""A small home with a candidate whose marts have what exports have to cope with.

What lives here: making it and going on with it, for the tests of this folder and those of crashes.
"""

from __future__ import annotations

from pathlib import Path

import duckdb

from ingest.home import Home
from orchestration.publishing import build_candidate, read_publication, stamp_models
from orchestration.refresh_state import note_published
from orchestration.releasing import Release, release_candidate

NAMED = "申请人张三丰要求公开拆迁补偿款"
_MARTS = f"""
CREATE SCHEMA marts;
CREATE TABLE marts.agency_year (
    agency_key VARCHAR, agency_name VARCHAR, report_year INTEGER, org_scope VARCHAR,
    report_id VARCHAR, requests_received DOUBLE, page_views DOUBLE, figure_count BIGINT
);
INSERT INTO marts.agency_year VALUES
    ('a2', '=乙局', 2010, 'own', 'r2', 0, NULL, 1),
    ('a1', '甲局', 2011, 'own', 'r1', 23, 1234567.5, 2),
    ('a1', NULL, 2009, 'own', 'r3', NULL, NULL, 0);
COMMENT ON TABLE marts.agency_year IS 'An agency and year,
    wide';
COMMENT ON COLUMN marts.agency_year.agency_name IS 'Name of the agency (机关名称), simplified.';
COMMENT ON COLUMN marts.agency_year.requests_received IS
    'Requests newly received in the year ((新)收到申请数), case.';
CREATE TABLE marts.dim_indicator (indicator VARCHAR, unit VARCHAR, note VARCHAR);
INSERT INTO marts.dim_indicator VALUES ('requests_received', 'case', 'without those carried in');
CREATE TABLE marts.dim_report (
    report_id VARCHAR, is_current BOOLEAN, signed_on DATE, landed_at TIMESTAMP,
    agency_evidence VARCHAR, text VARCHAR
);
INSERT INTO marts.dim_report VALUES
    ('r1', true, '2012-01-31', '2024-05-06 07:08:09.010203',
     '[{{"kind":"title","text":"甲局年度报告。{NAMED}。","value":"甲局"}}]', '{NAMED}。'),
    ('r2', false, NULL, '2024-05-06 07:08:09', '[]', '');
CREATE TABLE marts.observations (
    observation_id VARCHAR, value DOUBLE, value_text VARCHAR, quote VARCHAR
);
INSERT INTO marts.observations VALUES
    ('o1', 23, '23件', '收到申请23件，较上年增加8件。{NAMED}。全部办结'),
    ('o2', 23, '23件', '前言。{NAMED}。收到申请23件'),
    ('o3', 6, '6名', '兼职信息
员6名'),
    ('o4', NULL, NULL, ''), ('o5', NULL, NULL, NULL),
    ('o6', 1, '1', repeat('长', 250));
CREATE TABLE marts.findings (finding_id VARCHAR, evidence VARCHAR);
INSERT INTO marts.findings VALUES
    ('f1', '[{{"side":"lhs","value":23.0,"quote":"收到申请23件。{NAMED}。全部办结"}},'
        || '{{"side":"rhs","value":2,"share_pct":null,"quote":"说\\"二\\""}}]'),
    ('f2', NULL);
CREATE TABLE marts.verdicts (finding_id VARCHAR);
"""


def make_home(path: Path) -> Home:
    """A home with a candidate."""
    home = Home.at(path)
    home.make_dirs()
    change(home, _MARTS)
    stamp_models(home.work_db, reader_version="r1", model_version="m1", is_whole=True)
    candidate(home)
    return home


def change(home: Home, statements: str) -> None:
    with duckdb.connect(str(home.work_db)) as con:
        con.execute(statements)


def candidate(home: Home) -> str:
    """Build the next candidate; its id."""
    published = home.published_db
    return build_candidate(home.work_db, home.candidate_db, published=published).publication_id


def release(home: Home, *, keep: int = 3) -> Release:
    """Publish the candidate as a refresh does."""
    done = release_candidate(home, keep=keep)
    note_published(home, done.result.publication)
    return done


def publish_next(home: Home, number: int, *, keep: int = 3) -> str:
    """Change a mart, build the candidate and publish it; its id."""
    change(home, f"INSERT INTO marts.verdicts VALUES ('v{number}')")
    publication_id = candidate(home)
    release(home, keep=keep)
    return publication_id


def current_id(home: Home) -> str:
    """What a reader finds."""
    publication = read_publication(home.published_db)
    assert publication is not None
    return publication.publication_id
