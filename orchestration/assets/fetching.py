"""The layer landing: pages of the listed sources, fetched and kept for landing."""

from collections import Counter
from collections.abc import Iterator, Sequence

import dagster as dg

from ingest.fetching.fetch import SourceResult, end_unlisted, fetch
from ingest.fetching.pages import Outcome
from ingest.fetching.sources import read_sources
from ingest.fetching.telling import COUNTED, tell
from ingest.home import Home
from orchestration.assets import OWNERS
from orchestration.metadata import to_table
from orchestration.resources import Fetching

FETCHED_PAGES = dg.AssetKey("fetched_pages")
_CHECK = "every_source_was_gone_through"


@dg.asset(
    key=FETCHED_PAGES,
    group_name="landing",
    kinds={"python", "scrapy"},
    owners=OWNERS,
    code_version="1",
    check_specs=[
        dg.AssetCheckSpec(
            _CHECK,
            asset=FETCHED_PAGES,
            description="Lists, feeds and sitemaps could be read to their end. Only warns.",
        )
    ],
    description=(
        "Pages of the sources in `data/sources.yml` that are new or changed, kept with their "
        "headers as WARC files. Nothing is fetched while no source is listed. `gongkai refresh` "
        "leaves this out unless asked with `--fetch`."
    ),
)
def fetched_pages_asset(
    context: dg.AssetExecutionContext,
    home: dg.ResourceParam[Home],
    fetching: dg.ResourceParam[Fetching],
) -> Iterator[dg.MaterializeResult[None]]:
    """Ask the listed sources for what is new."""
    sources = read_sources(fetching.sources)
    if not sources:
        context.log.info(f"No sources are listed in {fetching.sources}: nothing is fetched.")
    end_unlisted(sources, home.path)
    counts: Counter[str] = Counter()

    def progress(source: str, url: str, outcome: Outcome) -> None:
        counts[source] += 1
        context.log.info(f"{source}: {counts[source]} answers, {outcome.value} {url}")

    results = fetch(sources, home.path, fetching.settings(), progress) if sources else []
    for line in (line for result in results for line in tell(result)):
        context.log.warning(line)
    yield _told(results)


def _told(results: Sequence[SourceResult]) -> dg.MaterializeResult[None]:
    broken = [result.source.name for result in results if not result.is_gone_through]
    counts = {
        name: sum(result.count(outcome) for result in results) for name, outcome in COUNTED.items()
    }
    changes = [
        answer
        for result in results
        for answer in result.answers
        if answer.outcome in (Outcome.NEW, Outcome.CHANGED, Outcome.VANISHED)
    ]
    return dg.MaterializeResult(
        metadata={
            "sources": len(results),
            "pages": dg.MetadataValue.json(counts),
            "changes": to_table(changes[:50], ("outcome", "url")),
            "told": dg.MetadataValue.json([line for result in results for line in tell(result)]),
        },
        check_results=[
            dg.AssetCheckResult(
                passed=not broken,
                check_name=_CHECK,
                severity=dg.AssetCheckSeverity.WARN,
                description=f"Not gone through: {', '.join(broken)}" if broken else None,
            )
        ],
    )
