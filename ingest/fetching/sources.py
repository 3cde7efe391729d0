"""The list of sources: where reports are found, as YAML must say it.

What lives here: the model of a source, reading the file, and the message that names a broken entry.
What does not: which file it is (`ingest/settings.py`), asking the sites (`crawl.py`).
"""

from __future__ import annotations

import hashlib
import re
from collections import Counter
from pathlib import Path
from typing import Annotated
from urllib.parse import urlsplit

import yaml
from pydantic import (
    AfterValidator,
    BaseModel,
    ConfigDict,
    Field,
    StringConstraints,
    TypeAdapter,
    ValidationError,
    model_validator,
)

from ingest.limits import GIBIBYTE

_WAY_OUT = "Mend or delete the entry, then fetch again (how: docs/fetching.md)."
_HOUR = 3600.0


class BrokenSources(Exception):
    """The file of sources cannot be understood: the message names file, source, field, way out."""


class UnknownSource(Exception):
    """A source was named that the file does not list."""


def _web_address(value: str) -> str:
    parts = urlsplit(value)
    if parts.scheme not in ("http", "https") or not parts.hostname:
        raise ValueError(f"{value!r} is no http or https address")
    if parts.username or parts.password:
        raise ValueError("an address with a user or a password in it is not fetched")
    return value


def _pattern(value: str) -> str:
    try:
        re.compile(value)
    except re.error as error:
        raise ValueError(f"{value!r} is no regular expression: {error}") from None
    return value


def _selector(value: str) -> str:
    from cssselect import SelectorError
    from parsel.csstranslator import css2xpath

    try:
        css2xpath(value)
    except SelectorError as error:
        raise ValueError(f"{value!r} is no CSS selector: {error}") from None
    return value


_Text = Annotated[str, StringConstraints(strip_whitespace=True, min_length=2)]
_Address = Annotated[str, AfterValidator(_web_address)]
_Pattern = Annotated[str, AfterValidator(_pattern)]
_Selector = Annotated[str, AfterValidator(_selector)]
_Host = Annotated[str, StringConstraints(pattern=r"^[a-z0-9.:-]+$")]


class Source(BaseModel):
    """One source. No unknown keys: a mistyped one would silently do nothing."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    name: Annotated[str, StringConstraints(pattern=r"^[a-z0-9][a-z0-9_-]{0,63}$")]
    agency: _Text
    # Where to look: single reports, pages that list reports, RSS or Atom feeds, sitemaps.
    pages: tuple[_Address, ...] = ()
    lists: tuple[_Address, ...] = ()
    feeds: tuple[_Address, ...] = ()
    sitemaps: tuple[_Address, ...] = ()
    # Which links lead to reports: all that are given must fit. `link_css` is of list pages only,
    # `link_text` of these and of feeds.
    link_css: _Selector | None = None
    link_url: _Pattern | None = None
    link_text: _Pattern | None = None
    # Which link of a list page leads to its next page.
    next_css: _Selector | None = None
    next_text: _Pattern | None = None
    # Which links of a report's page are fetched with it; null for none.
    attachment_url: _Pattern | None = r"(?i)\.(pdf|docx?)([?#]|$)"
    # Hosts that are followed to; those of the addresses above always are, with their subdomains.
    hosts: tuple[_Host, ...] = ()
    # Pace. One request at a time, three seconds between two, is a person who reads.
    delay_seconds: float = Field(default=3.0, ge=0)
    concurrency: int = Field(default=1, ge=1, le=4)
    timeout_seconds: float = Field(default=60.0, gt=0)
    retries: int = Field(default=3, ge=0, le=10)
    retry_delay_seconds: float = Field(default=5.0, ge=0)  # doubled at each further try
    recheck_days: int = Field(default=0, ge=0)  # a page asked for since then is left in peace
    verify_certificates: bool = True  # of https; a site with a broken one can be let pass
    # Bounds of one fetch. What is left is fetched the next time, the longest unseen first.
    max_pages: int = Field(default=2_000, ge=1)
    max_list_pages: int = Field(default=50, ge=1)  # from a list to its last page
    max_bytes: int = Field(default=2 * GIBIBYTE, ge=1)
    max_seconds: float = Field(default=4 * _HOUR, gt=0)

    @model_validator(mode="after")
    def _says_where_and_which(self) -> Source:
        if not self.starts():
            raise ValueError("give an address under `pages`, `lists`, `feeds` or `sitemaps`")
        is_chosen = self.link_css or self.link_url or self.link_text
        if (self.lists or self.sitemaps) and not is_chosen:
            raise ValueError(
                "say which links are reports (`link_url`, `link_text` or `link_css`): every link "
                "of the site would be fetched"
            )
        if self.sitemaps and not self.link_url:
            raise ValueError("a sitemap has no texts and no markup: give `link_url`")
        return self

    def starts(self) -> tuple[str, ...]:
        """The addresses that are asked for first."""
        return (*self.lists, *self.feeds, *self.sitemaps, *self.pages)

    def all_hosts(self) -> frozenset[str]:
        """The hosts that are followed to, in lower case."""
        own = (urlsplit(address).hostname or "" for address in self.starts())
        return frozenset({*own, *self.hosts})

    def follows(self, url: str) -> bool:
        """Whether a link leads to a host of this source, by http or https."""
        try:
            parts = urlsplit(url)
            host = parts.hostname or ""
        except ValueError:
            return False
        if parts.scheme not in ("http", "https"):
            return False
        return any(host == own or host.endswith(f".{own}") for own in self.all_hosts())

    def rules_version(self) -> str:
        """Twelve hex digits that change when other links of a page might be followed."""
        pace_and_bounds = {"agency", "delay_seconds", "concurrency", "timeout_seconds", "retries"}
        pace_and_bounds |= {name for name in type(self).model_fields if name.startswith("max_")}
        pace_and_bounds |= {"retry_delay_seconds", "recheck_days", "verify_certificates"}
        rules = self.model_dump_json(exclude=pace_and_bounds)
        return hashlib.sha256(rules.encode()).hexdigest()[:12]


_SOURCE: TypeAdapter[Source] = TypeAdapter(Source)


def read_sources(path: Path) -> tuple[Source, ...]:
    """The sources of a file, in its order; a file of comments lists none. Raises BrokenSources."""
    try:
        entries = yaml.safe_load(path.read_text(encoding="utf8"))
    except FileNotFoundError:
        raise BrokenSources(
            f"There is no {path}. Write it, or name another file in GONGKAI_SOURCES "
            "(how: docs/fetching.md)."
        ) from None
    except OSError as error:
        raise BrokenSources(f"{path} cannot be read: {error.strerror}.") from None
    except (yaml.YAMLError, UnicodeDecodeError) as error:
        reason = " ".join(str(error).split())
        raise BrokenSources(f"{path} is no YAML in UTF-8: {reason}. {_WAY_OUT}") from None
    if entries is None:
        return ()
    if not isinstance(entries, list):
        raise BrokenSources(f"{path} is not a list of sources, each begun by '- '. {_WAY_OUT}")
    sources = tuple(_parse(path, number, entry) for number, entry in enumerate(entries, start=1))
    twice = [name for name, count in Counter(s.name for s in sources).items() if count > 1]
    if twice:
        raise BrokenSources(f"{path} has two sources of the name {twice[0]}. {_WAY_OUT}")
    return sources


def choose_sources(sources: tuple[Source, ...], names: tuple[str, ...]) -> tuple[Source, ...]:
    """The sources of these names, in the file's order; all where none is named.

    Raises UnknownSource.
    """
    known = {source.name for source in sources}
    for name in names:
        if name not in known:
            listed = ", ".join(sorted(known)) or "none"
            raise UnknownSource(f"There is no source {name}. Listed: {listed}.")
    return tuple(source for source in sources if not names or source.name in names)


def _parse(path: Path, number: int, entry: object) -> Source:
    try:
        return _SOURCE.validate_python(entry)
    except ValidationError as error:
        name = entry.get("name") if isinstance(entry, dict) else None
        whose = f"source {number}" + (f" ({name})" if name else "")
        faults = "; ".join(
            f"{'.'.join(map(str, fault['loc'])) or 'the source'}: "
            f"{fault['msg'].removeprefix('Value error, ')}"
            for fault in error.errors()
        )
        raise BrokenSources(f"{path}, {whose}: {faults}. {_WAY_OUT}") from None
