"""The two languages of the pages: which one, and the words.

What lives here: choosing a language, looking up messages, numbers as people write them. What does
not: the messages (`messages/*.toml`, a file a page and `common.toml`).

A message has a key `file.name`, and both languages; a missing one is an error, not a blank.
"""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Literal, cast

Language = Literal["en", "zh"]
LANGUAGES: tuple[Language, ...] = ("en", "zh")
COOKIE = "gongkai_language"
_MESSAGES_DIR = Path(__file__).parent / "messages"


def choose_language(asked: str | None, remembered: str | None, accepted: str | None) -> Language:
    """The language of a page: asked for in the address, remembered, or the browser's first."""
    for given in (asked, remembered):
        if given in LANGUAGES:
            return cast(Language, given)
    return "zh" if (accepted or "").strip().lower().startswith("zh") else "en"


@cache
def messages() -> Mapping[str, Mapping[Language, str]]:
    """Key → text in each language. Raises ValueError for a message that lacks one."""
    found: dict[str, Mapping[Language, str]] = {}
    for path in sorted(_MESSAGES_DIR.glob("*.toml")):
        for name, texts in tomllib.loads(path.read_text(encoding="utf-8")).items():
            if set(texts) != set(LANGUAGES):
                raise ValueError(f"{path.name}: {name} needs exactly the languages {LANGUAGES}")
            found[f"{path.stem}.{name}"] = texts
    return found


@dataclass(frozen=True, slots=True)
class Words:
    """The words of one language."""

    language: Language

    @property
    def is_chinese(self) -> bool:
        """Whether this is Chinese."""
        return self.language == "zh"

    @property
    def tag(self) -> str:
        """The tag for the `lang` of a page."""
        return "zh-Hans" if self.is_chinese else "en"

    def __call__(self, key: str, /, **values: object) -> str:
        """The message of a key, `{name}` filled in; numbers with separators."""
        text = messages()[key][self.language]
        return text.format(**{n: self.number(v) for n, v in values.items()}) if values else text

    def code(self, family: str, code: str | None) -> str:
        """The word for a code of the warehouse (`codes.<family>_<code>`); the code where none is."""
        if code is None:
            return ""
        texts = messages().get(f"codes.{family}_{code}")
        return texts[self.language] if texts else code

    def number(self, value: object) -> str:
        """A number with thousands separators and no needless decimals; text as it is."""
        if isinstance(value, bool) or not isinstance(value, int | float):
            return str(value)
        return f"{value:,.12g}"

    def signed(self, value: float) -> str:
        """A difference with its sign, to two decimals."""
        rounded = round(value, 2)
        return f"{rounded:+,.12g}".replace("-", "−") if rounded else "0"
