"""The pages of the site: which there are, and their HTML.

What lives here: which texts of the project become which pages, and filling the templates. What does
not: rendering Markdown (`texts.py`), writing the folder (`build.py`).
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from orchestration.static_site.changelog import Entry
from orchestration.static_site.overview import Overview
from orchestration.static_site.texts import render

_TEMPLATES = Path(__file__).with_name("templates")
# What a text may link to besides other texts; it then comes along under files/.
_LINKABLE = ("LICENSE", "CITATION.cff", "docs/studies/*.py", "data/reference/*.csv")
STYLE = "style.css"


def texts_of(project: Path) -> dict[str, str]:
    """Texts of the project → their places in the site."""
    places = {"README.md": "readme.html"}
    for path in sorted((project / "docs").rglob("*.md")):
        name = path.relative_to(project).as_posix()
        index = name.removesuffix("README.md") + "index.html"
        places[name] = index if name.endswith("/README.md") else name.removesuffix("md") + "html"
    return places


def make_pages(
    project: Path, overview: Overview, publications: Sequence[Entry], *, has_audit: bool
) -> Iterator[tuple[str, bytes]]:
    """(place in the site, content) of every page and file that is made here.

    Raises BrokenLink where a text links to what is not there.
    """
    environment = Environment(
        loader=FileSystemLoader(_TEMPLATES),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )
    environment.filters["grouped"] = lambda number: f"{number:,}"
    environment.globals.update(now=publications[0], has_audit=has_audit)

    def page(place: str, template: str, **values: object) -> tuple[str, bytes]:
        root = "../" * place.count("/")
        text = environment.get_template(template).render(place=place, root=root, **values)
        return place, text.encode()

    yield page("index.html", "start.html", overview=overview, texts=texts_of(project))
    yield page("changelog/index.html", "changelog.html", publications=publications)
    places = texts_of(project)
    linkable = frozenset(
        path.relative_to(project).as_posix() for name in _LINKABLE for path in project.glob(name)
    )
    files: set[str] = set()
    for name, place in places.items():
        source = (project / name).read_text(encoding="utf8")
        text = render(source, name, places, linkable)
        files.update(text.files)
        yield page(place, "text.html", text=text)
    yield STYLE, (_TEMPLATES / STYLE).read_bytes()
    for name in sorted(files):
        yield f"files/{name}", (project / name).read_bytes()
