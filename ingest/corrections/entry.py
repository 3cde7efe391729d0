"""The entries of a correction file, as its YAML must be: the border where they are checked.

What lives here: one model for each kind of correction. What does not: files (`files.py`), whether
the warehouse still says what an entry expects (`dbt_project`, model `corrections`).
"""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field, StringConstraints, model_validator

from ingest.model import OrgScope

ReportId = Annotated[str, StringConstraints(pattern=r"^r[0-9a-f]{16}$")]
RegionCode = Annotated[str, StringConstraints(pattern=r"^[0-9]{6}([0-9]{3})?$")]
Year = Annotated[int, Field(ge=2003, le=2100)]
Said = Annotated[str, StringConstraints(strip_whitespace=True, min_length=3)]
Name = Annotated[str, StringConstraints(strip_whitespace=True, min_length=2)]


class _Strict(BaseModel):
    """No unknown keys: a mistyped one would silently correct nothing."""

    model_config = ConfigDict(extra="forbid", frozen=True, strict=True)


class _Entry(_Strict):
    report: ReportId
    reason: Said
    source: Said


class AgencyExpected(_Strict):
    """What the warehouse says of the agency without the correction; null where it is unresolved."""

    agency_name: Name | None
    region_code: RegionCode | None = None


class AgencyCorrection(_Entry):
    """Whose report it is: the full name, and the place."""

    correct: Literal["agency"]
    agency_name: Name
    region_code: RegionCode | None
    expect: AgencyExpected


class YearExpected(_Strict):
    """The year that the warehouse gives without the correction; null where it gives none."""

    report_year: Year | None


class YearCorrection(_Entry):
    """Which year is reported on."""

    correct: Literal["year"]
    report_year: Year
    expect: YearExpected


class VersionExpected(_Strict):
    """The report that is current without the correction."""

    current_report: ReportId


class VersionCorrection(_Entry):
    """This report is the current version of its agency, year and scope."""

    correct: Literal["version"]
    expect: VersionExpected


class FigureExpected(_Strict):
    """The value without the correction; null where only a share is printed."""

    value: float | None


class FigureCorrection(_Entry):
    """The right value of a figure of the year, or that what was read is no such figure."""

    correct: Literal["figure"]
    indicator: Name
    category: Name | None = None
    category_label: Name | None = None
    channel: Name | None = None
    applicant_type: Name | None = None
    outcome: Name | None = None
    org_group: Name | None = None
    org_scope: Annotated[OrgScope, Field(strict=False)] = OrgScope.OWN
    value: float | None = None
    withdraw: bool = False
    expect: FigureExpected

    @model_validator(mode="after")
    def _is_either_corrected_or_withdrawn(self) -> FigureCorrection:
        if (self.value is None) != self.withdraw:
            raise ValueError("give either the right `value` or `withdraw: true`")
        return self


Entry = Annotated[
    AgencyCorrection | YearCorrection | VersionCorrection | FigureCorrection,
    Field(discriminator="correct"),
]
