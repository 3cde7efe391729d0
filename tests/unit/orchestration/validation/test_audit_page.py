"""The audit's own page: what broke comes first, and markup in reports shows as text."""

from __future__ import annotations

from pathlib import Path

from orchestration.validation.audit_page import write_audit_page
from orchestration.validation.expectations import AuditSeverity
from orchestration.validation.results import AuditResult


def _result(name: str, *, success: bool, severity: AuditSeverity, message: str) -> AuditResult:
    return AuditResult(
        name, "counts", "observations", severity, success, True, {"rows": 1}, 0, (), message
    )


def test_broken_expectation_stands_first_and_escaped_when_the_page_is_written(
    tmp_path: Path,
) -> None:
    results = [
        _result("a_holds", success=True, severity=AuditSeverity.ERROR, message="fine"),
        _result(
            "z_broken", success=False, severity=AuditSeverity.ERROR, message="<script>公开</script>"
        ),
    ]
    page = write_audit_page(results, tmp_path / "docs").read_text(encoding="utf8")
    assert page.index("z_broken") < page.index("a_holds")
    assert "<script>" not in page
    assert "&lt;script&gt;公开" in page
    assert "1 hold, 0 warn,\n1 block publication" in page
