from __future__ import annotations

from collections.abc import Iterator

import dagster as dg
import pytest

from orchestration.audit_gate import NotAudited, require_audit

CANDIDATE = dg.AssetKey("candidate")
PASSES = dg.AssetCheckKey(CANDIDATE, "passes")


@dg.asset(key=CANDIDATE)
def candidate() -> None: ...


def check(name: str, *, passed: bool, severity: str = "ERROR") -> dg.AssetChecksDefinition:
    @dg.asset_check(asset=CANDIDATE, name=name)
    def answer() -> dg.AssetCheckResult:
        return dg.AssetCheckResult(
            passed=passed, severity=dg.AssetCheckSeverity(severity), description="it does not add"
        )

    return answer


@pytest.fixture
def instance() -> Iterator[dg.DagsterInstance]:
    with dg.DagsterInstance.ephemeral() as instance:
        yield instance


def materialise(instance: dg.DagsterInstance, *checks: dg.AssetChecksDefinition) -> None:
    dg.materialize([candidate, *checks], instance=instance, raise_on_error=False)


def test_gate_opens_when_every_check_passed(instance: dg.DagsterInstance) -> None:
    materialise(instance, check("passes", passed=True))

    require_audit(instance, CANDIDATE, [PASSES])


def test_gate_opens_when_a_check_only_warns(instance: dg.DagsterInstance) -> None:
    materialise(instance, check("passes", passed=False, severity="WARN"))

    require_audit(instance, CANDIDATE, [PASSES])


def test_gate_stays_shut_when_a_check_failed(instance: dg.DagsterInstance) -> None:
    materialise(instance, check("passes", passed=False))

    with pytest.raises(NotAudited, match="it does not add"):
        require_audit(instance, CANDIDATE, [PASSES])


def test_gate_stays_shut_when_there_is_no_candidate(instance: dg.DagsterInstance) -> None:
    with pytest.raises(NotAudited, match="no candidate"):
        require_audit(instance, CANDIDATE, [PASSES])


def test_gate_stays_shut_when_a_check_was_not_run(instance: dg.DagsterInstance) -> None:
    materialise(instance, check("passes", passed=True))

    with pytest.raises(NotAudited, match="not answered"):
        require_audit(instance, CANDIDATE, [PASSES, dg.AssetCheckKey(CANDIDATE, "other")])


def test_gate_stays_shut_when_the_candidate_was_built_anew(instance: dg.DagsterInstance) -> None:
    materialise(instance, check("passes", passed=True))
    materialise(instance)

    with pytest.raises(NotAudited, match="earlier candidate"):
        require_audit(instance, CANDIDATE, [PASSES])


def test_gate_opens_when_another_run_that_waits_has_planned_the_checks(
    instance: dg.DagsterInstance,
) -> None:
    planned = check("passes", passed=True)
    materialise(instance, planned)
    definitions = dg.Definitions(assets=[candidate], asset_checks=[planned])
    job = definitions.resolve_implicit_global_asset_job_def()

    instance.create_run_for_job(job)

    latest = instance.event_log_storage.get_latest_asset_check_execution_by_key([PASSES])
    assert not isinstance(latest[PASSES].evaluation, dg.AssetCheckEvaluation), "nothing is planned"
    require_audit(instance, CANDIDATE, [PASSES])
