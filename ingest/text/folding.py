"""Undoing what the web did to a text, with the way back to what is printed.

What lives here: `fold`, which gives the readers a clean text, and `Folded`, which maps offsets of
the clean text to the stored one. What does not: numbers and dates (`numerals.py`,
`identity/dates.py`), sentences (`sentences.py`), the character tables (`width.py`).
"""

from __future__ import annotations

import re
from bisect import bisect_right
from dataclasses import dataclass, field

from ingest.model import Script, Span
from ingest.text.spam import SpamSpan, find_spam
from ingest.text.width import fold_width_and_script
from ingest.text.wraps import page_numbers_before_rest, wrapped_line_ends

_CJK = "一-鿿〇"
_TONE = "āáǎàēéěèīíǐìōóǒòūúǔùǖǘǚǜ"
_PINYIN_TONED = re.compile(rf"\((?<=[{_CJK}]\()[a-zɡüê{_TONE}]{{0,6}}[{_TONE}][a-zɡ]{{0,3}}\)")
_PINYIN = re.compile(rf"\((?<=[{_CJK}]\()[a-zɡüê{_TONE}]{{1,7}}\)")
# every digit on a line of its own: 信息\n6\n4\n7\n条; a unit behind tells it from a column of cells
_UNIT = "年|月|日|条|件|篇|期|次|人|份|个|项|起|宗|名|元|万|家|场|处|封|位|户|册|张|台|块|则|例|批|余|多|班|天|%"
_SPLIT_NUMBER = re.compile(
    rf"(?<=[^\s|])\n?\d{{1,7}}(?:(?:\n(?!20\d\d年)\d{{1,4}}){{1,8}}\n?|\n(?!20\d\d年))(?={_UNIT})"
)
# the line end behind the first digits of such a number, which is quickly looked for
_NUMBER_GOES_ON = re.compile(rf"\n(?=\d|{_UNIT})(?:(?<=[^\s|]\d\n)|(?<=[^\s|]\n\d\n))")
# a form's blank that was filled in: 公开信息 _86_ 条
_FILLED_BLANK = re.compile(rf"(?<=[{_CJK},:]) ?_{{1,12}} ?(?=[0-9])|(?<=[0-9]) ?_{{1,12}} ?(?=[{_CJK}%,。])")
# a template's field: 发布信息[284]条
_FIELD = re.compile(r"\[(?=\d{1,9}\][条件篇份次元起宗名场期%])|(?<=\d)\](?=[条件篇份次元起宗名场期%])")
# marks that no charset could hold, left around a number: 发布信息共?1340条?,
_LOST_MARK = re.compile(rf"(?<=[{_CJK})])\?(?=\d)|(?<=[条篇份件次场个人期项则])\?(?=[,。、;)])")
_LOST_MARKS = 4  # fewer are questions
_BLANKS = 4  # fewer are the marks of a name or an address
_PINYIN_MINIMUM = 3  # a single (xiàn) may be an author's gloss; mirrors gloss dozens
_NOISE = re.compile(
    # every branch starts with one of these: the rest is passed over without trying any
    "(?=[\u200b-\u200f\u2028-\u202f\u2060\ufeff\xad\x00-\x20\x7f\x85@,\\s])(?:"
    "[\u200b-\u200f\u2028-\u202f\u2060\ufeff\xad\x00-\x08\x0b-\x1f\x7f]"  # invisible
    "|@@+"
    "|,(?=[,。、;:])|(?<=[。、]),"  # doubled punctuation of traditional mirrors
    # stray spaces beside ideographs; three or more part fields and stay
    rf"|(?<=[{_CJK}“”《》(),:;、。%])(?<![ ]) {{1,2}}(?=[{_CJK}“”《》(),:;、。%0-9])"
    rf"|(?<=[0-9]) {{1,2}}(?=[{_CJK}“《(),;、。%])"
    # thousands set apart: 12 860条
    r"|(?<=[0-9])(?<![0-9]{4}) (?=[0-9]{3} ?(?:[条件篇份次元余多]|人次))"
    # one figure or date cut by a line end
    r"|(?<=[0-9])\s*\n\s*(?=[年月]|日[,。;)\s至起止])|(?<=[0-9][年月])\s*\n\s*(?=[0-9]))"
)


@dataclass(frozen=True, slots=True)
class Folded:
    """A text as stored (`raw`), folded character for character (`aligned`), and clean (`text`).

    `text` is `aligned` with noise taken out or replaced; `raw_span` leads back from its offsets.
    """

    raw: str
    aligned: str
    text: str
    script: Script
    spam: tuple[SpamSpan, ...] = ()
    _starts: tuple[int, ...] = field(default=(0,), repr=False)  # segment starts in `text`
    _origins: tuple[int, ...] = field(default=(0,), repr=False)  # their starts in `raw`
    _lengths: tuple[int, ...] = field(default=(), repr=False)  # raw length where replaced, else -1

    def raw_offset(self, offset: int, *, end: bool = False) -> int:
        """The place in `raw` of a place in `text`; `end` asks for the end of an interval."""
        if not self._lengths:
            return offset
        at = offset - 1 if end else offset
        i = bisect_right(self._starts, at) - 1
        if self._lengths[i] >= 0:  # inside a replaced word: its whole printed form
            return self._origins[i] + (self._lengths[i] if end else 0)
        return self._origins[i] + (at - self._starts[i]) + (1 if end else 0)

    def offset_of(self, raw_offset: int) -> int:
        """The first place in `text` that was made from `raw_offset` or what follows it."""
        if not self._lengths:
            return raw_offset
        i = bisect_right(self._origins, raw_offset) - 1
        if i < 0:
            return 0
        behind = self._starts[i + 1] if i + 1 < len(self._starts) else len(self.text)
        if self._lengths[i] >= 0:
            return self._starts[i] if raw_offset == self._origins[i] else behind
        return min(self._starts[i] + raw_offset - self._origins[i], behind)

    def raw_span(self, start: int, end: int) -> Span:
        """The interval of `raw` that `text[start:end]` was made from; `start < end`."""
        if end <= start:
            raise ValueError(f"empty interval {start}:{end}")
        return Span(self.raw_offset(start), self.raw_offset(end, end=True))


def fold(raw: str) -> Folded:
    """Fold width and script, and take out glosses, spam, stray spaces and hard line ends.

    `raw` is any text; nothing is raised. `len(aligned) == len(raw)` always.
    """
    aligned, script = fold_width_and_script(raw)
    spam = find_spam(aligned)
    edits = [(s.start, s.end, s.replacement) for s in spam]
    edits += [(m.start(), m.end(), "") for m in _NOISE.finditer(aligned)]
    if aligned.count("_") >= _BLANKS:
        edits += [(m.start(), m.end(), "") for m in _FILLED_BLANK.finditer(aligned)]
    if "]" in aligned:
        edits += [(m.start(), m.end(), "") for m in _FIELD.finditer(aligned)]
    if aligned.count("?") >= _LOST_MARKS:
        marks = [(m.start(), m.end(), "") for m in _LOST_MARK.finditer(aligned)]
        edits += marks if len(marks) >= _LOST_MARKS else []
    if len(_PINYIN_TONED.findall(aligned)) >= _PINYIN_MINIMUM:
        edits += [(m.start(), m.end(), "") for m in _PINYIN.finditer(aligned)]
    edits += [(start, end, "") for start, end in wrapped_line_ends(aligned)]
    edits += [(start, end, "") for start, end in page_numbers_before_rest(aligned)]
    split = _SPLIT_NUMBER.finditer(aligned) if _NUMBER_GOES_ON.search(aligned) else ()
    for match in split:
        edits += [
            (match.start() + i, match.start() + i + 1, "")
            for i, char in enumerate(match.group())
            if char == "\n"
        ]
    if not edits:
        return Folded(raw, aligned, aligned, script)
    return _apply(raw, aligned, script, spam, sorted(edits))


def _apply(
    raw: str,
    aligned: str,
    script: Script,
    spam: list[SpamSpan],
    edits: list[tuple[int, int, str]],
) -> Folded:
    pieces: list[str] = []
    starts: list[int] = []
    origins: list[int] = []
    lengths: list[int] = []
    at = length = 0

    def keep(text: str, origin: int, replaced: int) -> None:
        nonlocal length
        if text:
            pieces.append(text)
            starts.append(length)
            origins.append(origin)
            lengths.append(replaced)
            length += len(text)

    for start, end, replacement in edits:
        if start < at:  # overlaps an edit already made
            if end <= at:
                continue
            start, replacement = at, ""
        keep(aligned[at:start], at, -1)
        keep(replacement, start, end - start)
        at = end
    keep(aligned[at:], at, -1)
    return Folded(
        raw, aligned, "".join(pieces), script, tuple(spam), tuple(starts), tuple(origins),
        tuple(lengths) or (-1,),
    )  # fmt: skip
