"""The questions of the overview: how much is held, what it says in all, what changed last."""

from __future__ import annotations

from explorer.queries.query import Query, build

_YEARS = """
select
    years.report_year,
    years.form_in_force,
    reports.form,
    count(reports.report_id) as reports
from dim_year as years
left join dim_report as reports
    on years.report_year = reports.report_year and reports.is_current
group by years.report_year, years.form_in_force, reports.form
order by years.report_year, reports.form
"""


def years() -> Query:
    """Current reports by year and form; a year without reports has one row without a form."""
    return build(_YEARS)
