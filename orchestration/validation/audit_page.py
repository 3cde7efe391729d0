"""One page on the last audit that needs nothing from the network.

What lives here: `audit.html`, beside the library's own data docs, whose lists are filled by scripts
from the internet and stay empty without it. What does not: evaluating anything (`gx_run.py`).
"""

from __future__ import annotations

import html
import json
from collections.abc import Sequence
from pathlib import Path

from orchestration.validation.results import AuditResult

_STYLE = """
body { font: 15px/1.5 system-ui, "Noto Sans CJK SC", "PingFang SC", "Microsoft YaHei", sans-serif;
       margin: 2rem auto; max-width: 70rem; padding: 0 1rem; color: #1a1a1a; background: #fff; }
table { border-collapse: collapse; width: 100%; }
th, td { text-align: left; vertical-align: top; padding: .4rem .6rem; border-bottom: 1px solid #ddd; }
.holds { color: #0a5c36; } .warn { color: #7a4b00; } .error { color: #a40000; font-weight: 600; }
code { font-size: .9em; overflow-wrap: anywhere; }
.wide { overflow-x: auto; }
"""


def write_audit_page(results: Sequence[AuditResult], folder: Path) -> Path:
    """Write `audit.html` into `folder`: broken expectations first, each with what was observed.

    Everything that comes from a report is escaped: markup in it shows as text.
    """
    ordered = sorted(results, key=lambda r: (r.success, not r.blocks_publication, r.expectation_id))
    broken = sum(not r.success for r in results)
    blocking = sum(r.blocks_publication for r in results)
    rows = "\n".join(_row(result) for result in ordered)
    page = f"""<!doctype html>
<html lang="en"><head><meta charset="utf-8"><title>Audit of the candidate warehouse</title>
<meta name="viewport" content="width=device-width, initial-scale=1"><style>{_STYLE}</style></head>
<body><h1>Audit of the candidate warehouse</h1>
<p>{len(results)} expectations: {len(results) - broken} hold, {broken - blocking} warn,
{blocking} block publication. The library's own pages: <a href="index.html">data docs</a>
(their lists need the internet).</p>
<div class="wide" role="region" aria-label="Expectations" tabindex="0"><table><thead><tr><th>result</th><th>expectation</th><th>table</th><th>what it says</th>
<th>observed</th></tr></thead><tbody>
{rows}
</tbody></table></div></body></html>
"""
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / "audit.html"
    path.write_text(page, encoding="utf8")
    return path


def _row(result: AuditResult) -> str:
    state = "holds" if result.success else "error" if result.blocks_publication else "warn"
    observed = json.dumps(dict(result.observed), ensure_ascii=False, default=str)
    cells = (
        f'<td class="{state}">{state}</td>',
        f"<td><code>{html.escape(result.expectation_id)}</code></td>",
        f"<td><code>{html.escape(result.table)}</code></td>",
        f"<td>{html.escape(result.message)}</td>",
        f"<td><code>{html.escape(observed)}</code></td>",
    )
    return f"<tr>{''.join(cells)}</tr>"
