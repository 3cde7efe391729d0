"""Building the site of a home and putting it in place, whole.

What lives here: the order of the work, and the exchange of the old folder for the new one. What
does not: the pages (`pages.py`), dbt's page (`dbt_docs.py`), the command (`commands/site.py`).
"""

from __future__ import annotations

import shutil
from dataclasses import dataclass
from pathlib import Path

from ingest.home import HomeNotWritable
from ingest.paths import PROJECT_ROOT
from orchestration.publishing import read_publication
from orchestration.settings import OrchestrationSettings
from orchestration.static_site.changelog import LIST, gather, write_list
from orchestration.static_site.dbt_docs import make_dbt_docs
from orchestration.static_site.links import broken_links
from orchestration.static_site.overview import read_overview
from orchestration.static_site.pages import make_pages
from orchestration.static_site.texts import BrokenLink

DBT_DOCS = "dbt_docs.html"
DATA_DOCS = "data_docs"
# Everything else in a site's folder was put there by someone else, and stays.
_MADE_HERE = {"index.html", "readme.html", "style.css", DBT_DOCS, "docs", "files", "changelog"}


class SiteNotBuilt(Exception):
    """There is no site to build, or no place for it; the message says what to do."""


@dataclass(frozen=True, slots=True)
class Site:
    """A built site: its folder, how many pages, and how many publications it knows."""

    folder: Path
    page_count: int
    publication_count: int


def build_site(settings: OrchestrationSettings, to: Path | None = None) -> Site:
    """Build the site of the home into `to` (default: `site/` of the home).

    The same published warehouse and texts give the same bytes, but for the audit's pages, which are
    taken as the last refresh wrote them. A folder that was there is replaced whole, and stays as it
    was where anything fails. Raises SiteNotBuilt, NothingPublished, DbtDocsFailed,
    UnreadableChangelog, BrokenLink, HomeNotWritable.
    """
    home = settings.home_layout()
    own = home.path / "site"
    folder = own if to is None else to.expanduser().absolute()
    beside = folder.with_name(f".{folder.name}.new")
    old = folder.with_name(f".{folder.name}.old")
    if old.exists() and not folder.exists():
        old.rename(folder)  # an exchange that was cut off
    if folder != own:
        _require_ours(folder)
    overview = read_overview(home.path)
    publication = read_publication(home.published_db)
    if publication is None:
        raise SiteNotBuilt(f"{home.published_db} says nothing of its publication: refresh first.")
    if not home.work_db.exists():
        raise SiteNotBuilt(f"Nothing is modelled in {home.path}: `gongkai refresh` first.")
    publications = gather(home, folder if (folder / LIST).exists() else own)
    tables = make_dbt_docs(settings, publication.created_at.isoformat(timespec="seconds") + "Z")
    try:
        shutil.rmtree(beside, ignore_errors=True)
        has_audit = (home.data_docs_dir / "audit.html").exists()
        contents = dict(make_pages(PROJECT_ROOT, overview, publications, has_audit=has_audit))
        contents[DBT_DOCS] = tables.encode()
        for place, content in contents.items():
            path = beside / place
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(content)
        write_list(publications, beside)
        if home.data_docs_dir.exists():
            shutil.copytree(home.data_docs_dir, beside / DATA_DOCS)
        pages = [beside / name for name in contents if name.endswith(".html") and name != DBT_DOCS]
        broken = list(broken_links(beside, [page.resolve() for page in pages]))
        if broken:
            raise BrokenLink("Links of the site lead nowhere: " + "; ".join(broken))
        _exchange(folder, beside, old)
    except OSError as error:
        raise HomeNotWritable.because(error, folder) from error
    finally:
        shutil.rmtree(beside, ignore_errors=True)
    return Site(folder, len(pages) + 1, len(publications))


def _require_ours(folder: Path) -> None:
    """Refuse to replace a folder that holds something else than a site."""
    if folder.is_dir() and any(folder.iterdir()) and not (folder / LIST).exists():
        raise SiteNotBuilt(f"{folder} is no site but holds files. Name an empty or a new folder.")
    if folder.exists() and not folder.is_dir():
        raise SiteNotBuilt(f"{folder} is a file. Name a folder.")


def _exchange(folder: Path, new: Path, old: Path) -> None:
    """Put `new` in the place of `folder`, with what others had put there."""
    shutil.rmtree(old, ignore_errors=True)
    if folder.exists():
        for one in folder.iterdir():
            if one.name not in _MADE_HERE and not (new / one.name).exists():
                copy = shutil.copytree if one.is_dir() else shutil.copy2
                copy(one, new / one.name)
        folder.rename(old)
    new.rename(folder)
    shutil.rmtree(old, ignore_errors=True)
