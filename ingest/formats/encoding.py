"""Bytes to characters, by evidence.

What lives here: which encoding the bytes are in, decided by what decodes strictly *and* reads like
Chinese; what the file declares of itself is one voice among these, because declarations are often
wrong. What does not: which format the bytes are (`media.py`), marking single damaged bytes
(`stray_bytes.py`). Nothing is replaced or repaired silently: a few damaged characters are marked
and counted; bytes that no encoding explains, and text that was spoilt by a wrong conversion before
it reached us, raise `UnreadableDocument`.
"""

from __future__ import annotations

import codecs
import re
from dataclasses import dataclass

from ingest.formats.errors import Refusal, UnreadableDocument
from ingest.formats.stray_bytes import MARK, decode_marked
from ingest.model import Issue, Severity

_BOMS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),  # before UTF-16: its mark begins with UTF-16's
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
# Order decides ties: the commoner first. cp950 has some symbols that big5hkscs puts elsewhere.
_CANDIDATES = ("gb18030", "big5hkscs", "cp950", "utf-16-le", "utf-16-be")

_DECLARATION = re.compile(
    rb"""(?:charset\s*=\s*|<\?xml[^>]{0,80}?encoding\s*=\s*)["']?\s*([A-Za-z0-9_.:-]{2,40})""",
    re.IGNORECASE,
)
_ALIASES = {
    "gb2312": "gb18030",
    "gbk": "gb18030",
    "x-gbk": "gb18030",
    "cp936": "gb18030",
    "big5": "big5hkscs",
    "big5-hkscs": "big5hkscs",
    "x-x-big5": "big5hkscs",
    "utf8": "utf-8",
}

# The commonest characters of Chinese official prose, simplified and traditional, with its
# punctuation. Bytes read in a wrong encoding give rare ones: of the 7,000 to 20,000 characters an
# encoding can write, these are under 500, yet they make up half of any report and more.
_COMMON = (
    "的一是在不了有和人这中大为上个国我以要他时来用们生到作地于出就分对成会可主发年动同工也能"
    "下过子说产种面而方后多定行学法所民得经十三之进着等部度家电力里如水化高自二理起小物现实加"
    "量都两体制机当使点从业本去把性好应开它合还因由其些然前外天政四日那社义事平形相全表间样与"
    "关各重新线内数正心反你明看原又么利比或但质气第向道命此变条只没结解问意建月公无系军很情者"
    "最立代想已通并提直题程展五果料象员革位入常文总次品式活设及管特件长求老头基资边流路级少图"
    "山统接知较将组见计别她手角期根论运农指几九区强放决西被干做必战先回则任取据处队南给色光门"
    "即保治北造百规热领七海口东导器压志世金增争济阶油思术极交受联什认六共权收证改清己美再采转"
    "单风切打白教速花带安场身车例真务具万每目至达走积示议声报斗完类八离华名确才科张信马节话米"
    "整空元况今集温传土许步群广石记需段研界拉林律叫且究观越织装影算低持音众书布复容儿须际商非"
    "验连断深难近矿千周委素技备半办青省列习响约支般史感劳便团往酸历市克何除消构府称太准精值号"
    "率族维划选标写存候毛亲快效斯院查江型眼王按格养易置派层片始却专状育厂京识适属圆包火住调满"
    "县局照参红细引听该铁价严首底液官德随病苏失死讲配女申请依申负责开栏网站条例镇乡村街厅通知"
    "這為個國時來們對會發動學過產種後經進電裡實現體機當從業應開還點與關各質線內數結問變條無系"
    "軍長總設級圖統計別導區強決將組見農幾戰則運處隊給領術極聯認權證類離華確張馬節話況傳許記觀"
    "織裝書復際驗連斷難備習響約團歷稱準號維劃選標寫親適屬滿縣參聽該鐵價嚴隨請負責欄網鎮鄉廳報"
    "構機關務導辦員發佈臺灣報告訊檔"
    "，。、；：（）《》“”〔〕【】！？％　０１２３４５６７８９"
)
_COMMON_SET = frozenset(_COMMON)
_COMMON_RE = re.compile("[" + re.escape("".join(sorted(_COMMON_SET))) + "]")
_NON_ASCII_RE = re.compile("[^\x00-\x7f]")
# A text with one of these was read right; to look for them is far cheaper than to score.
_ALWAYS_THERE = ("公开", "公開", "信息", "資訊", "政府")
# Controls that no text holds (tab, LF, VT, FF, CR excepted) and code points nobody assigned to
# Chinese: private use. Latin letters with accents are what mojibake looks like.
_CONTROL_RE = re.compile("[\x00-\x08\x0e-\x1f\x7f]")
_CONTROL_BYTES = bytes([*range(0x09), *range(0x0E, 0x20), 0x7F])
_PRIVATE_RE = re.compile("[\ue000-\uf8ff]")

# Real reports score 0.45 to 0.75, bytes read in a wrong encoding below 0.15, names lists and
# short notes 0.25 and more.
_PLAUSIBLE = 0.22
# A right declaration outweighs small differences between scores, no more.
_DECLARED_BONUS = 0.05
# Judging by a sample keeps long documents cheap; a wrong encoding is wrong everywhere.
_SAMPLE = 8_000
_MAX_CONTROL_SHARE = 0.01
# A text with fewer damaged characters than this is said to be damaged, not unknown.
_MAX_DAMAGE = 0.02
# It is read, damage marked, where this share at most is damaged, or this many characters: a page
# has a stray byte or two from a bad cut by the site's own software. More is a spoilt file.
_READ_DAMAGE_SHARE = 0.002
_READ_DAMAGE_COUNT = 3
# With more than this no mending makes a file readable, and trying takes long.
_MENDED_COUNT = 500
# Encodings that single bytes are damaged in.
_DAMAGEABLE = ("utf-8", "gb18030", "big5hkscs")


@dataclass(frozen=True, slots=True)
class Decoded:
    """Characters and the encoding they were in (Python's name of it); damaged ones are U+FFFD."""

    text: str
    encoding: str

    def issues(self) -> tuple[Issue, ...]:
        """What is to be told of the damage; nothing where there is none."""
        lost = self.text.count(MARK)
        if not lost:
            return ()
        at = self.text.index(MARK)
        message = (
            f"{lost} character(s) of the file are damaged (the first after {at:,} good ones, "
            f"{self.encoding}); they stand as \ufffd, and figures beside them are left out. Fetch "
            "the document again to have them."
        )
        return (Issue("decode", "damaged_characters", Severity.WARNING, message),)


def decode(data: bytes) -> Decoded:
    """Decode the bytes of a text or HTML file.

    Raises `UnreadableDocument` with `empty_file`, `binary_file`, `unknown_encoding` or `mojibake`.
    """
    decoded = _from_mark(data) or _from_evidence(data)
    text = decoded.text
    if not text.strip("\ufeff\u200b\u3000 \t\r\n\f\v\0\u00a0"):
        raise UnreadableDocument(
            Refusal.EMPTY_FILE,
            "The file holds no text. Fetch the document again, or remove it from the inbox.",
        )
    _refuse_binary(text)
    _refuse_mojibake(text)
    return decoded


def declared_encoding(data: bytes) -> str | None:
    """Return what the file says of its own encoding (HTML meta, XML), as Python names it."""
    match = _DECLARATION.search(data, 0, 4096)
    if not match:
        return None
    name = match.group(1).decode("ascii").lower()
    name = _ALIASES.get(name, name)
    try:
        return codecs.lookup(name).name
    except LookupError:
        return None


def _from_mark(data: bytes) -> Decoded | None:
    """Decode by the byte order mark; None where there is none."""
    for mark, encoding in _BOMS:
        if data.startswith(mark):
            try:
                return Decoded(data[len(mark) :].decode(encoding), encoding)
            except UnicodeDecodeError:
                text = data[len(mark) :].decode(encoding, "replace")
                # Else a mark in front of other bytes: let the bytes speak.
                return Decoded(text, encoding) if _is_readable(text) else None
    return None


def _from_evidence(data: bytes) -> Decoded:
    """Decode by strict decoding and plausibility."""
    try:
        text = data.decode("utf-8")
        # NULs in valid UTF-8 are UTF-16 in disguise (ASCII or nearly so), or no text at all.
        if "\0" not in text:
            return Decoded(text, "ascii" if text.isascii() else "utf-8")
        fault_at = None
    except UnicodeDecodeError as error:
        fault_at = error.start
    declared = declared_encoding(data)
    best: Decoded | None = None
    best_score = 0.0
    for encoding in _CANDIDATES:
        if encoding.startswith("utf-16") and len(data) % 2:
            continue
        try:
            text = data.decode(encoding)
        except UnicodeDecodeError:
            continue
        score = plausibility(text) + (_DECLARED_BONUS if encoding == declared else 0.0)
        if score > best_score:
            best, best_score = Decoded(text, encoding), score
    if best is not None and best_score >= _PLAUSIBLE:
        return best
    controls = len(data) - len(data.translate(None, _CONTROL_BYTES))
    if controls > len(data) * _MAX_CONTROL_SHARE:
        raise _binary()
    if fault_at is None:  # UTF-8 with a stray NUL or two, which the text reader drops
        return Decoded(data.decode("utf-8"), "utf-8")
    damaged = _from_damaged(data)
    if damaged is not None and _is_readable(damaged.text):
        return damaged
    raise UnreadableDocument(Refusal.UNKNOWN_ENCODING, _undecodable(damaged, fault_at))


def _from_damaged(data: bytes) -> Decoded | None:
    """Decode with damage marked, in the encoding with the least; None where none is plausible."""
    best: Decoded | None = None
    for encoding in _DAMAGEABLE:
        # A cheap look first: to mend stretch by stretch takes time in a wrong encoding.
        text = data.decode(encoding, "replace")
        if text.count(MARK) > len(text) * _MAX_DAMAGE or plausibility(text) < _PLAUSIBLE:
            continue
        if text.count(MARK) <= _MENDED_COUNT:
            text = decode_marked(data, encoding, plausibility)
        if best is None or text.count(MARK) < best.text.count(MARK):
            best = Decoded(text, encoding)
    return best


def _is_readable(text: str) -> bool:
    """Tell a text with a few damaged characters from a spoilt one."""
    lost = text.count(MARK)
    few = max(_READ_DAMAGE_COUNT, len(text) * _READ_DAMAGE_SHARE)
    return lost <= min(few, len(text) * _MAX_DAMAGE) and plausibility(text) >= _PLAUSIBLE


def _undecodable(damaged: Decoded | None, fault_at: int) -> str:
    """Say what is wrong: some damaged bytes in a known encoding, or no known encoding at all."""
    if damaged is not None:
        return (
            f"The text is in {damaged.encoding}, but {damaged.text.count(MARK)} of its characters "
            f"are damaged (the first after {damaged.text.index(MARK):,} good ones). Fetch it "
            "again; or open it in an editor, mend these places and save it as UTF-8."
        )
    return (
        "The characters are in no encoding that gives readable Chinese (tried UTF-8, UTF-16, "
        f"GB18030, Big5; first byte that is not UTF-8 at position {fault_at:,}). Open the file "
        "in the program it came from and save it as UTF-8 text, or fetch it again."
    )


def plausibility(text: str) -> float:
    """Return how much the text reads like Chinese prose, 0 to 1.

    The share of common characters among all that are not ASCII; control and private-use
    characters count against it. A text that is wholly ASCII gets 0: it says nothing.
    """
    sample = text[:_SAMPLE]
    non_ascii = len(_NON_ASCII_RE.findall(sample))
    if not non_ascii:
        return 0.0
    faults = len(_CONTROL_RE.findall(sample)) + 2 * len(_PRIVATE_RE.findall(sample))
    return (len(_COMMON_RE.findall(sample)) - faults) / non_ascii


def _refuse_binary(text: str) -> None:
    """Raise where a text that decoded is full of control characters."""
    sample = text[:_SAMPLE]
    if not _CONTROL_RE.search(sample):
        return
    if len(_CONTROL_RE.findall(sample)) > len(sample) * _MAX_CONTROL_SHARE:
        raise _binary()


def _binary() -> UnreadableDocument:
    return UnreadableDocument(
        Refusal.BINARY_FILE,
        "The file is not text and no format that is read here. Put the report in the inbox as "
        ".html, .txt, .pdf or .docx.",
    )


def _refuse_mojibake(text: str) -> None:
    """Raise where the text is UTF-8 that someone read as GBK or Latin-1 and saved again.

    It could be turned back, but rarely whole (characters are lost on the way), so it is not done
    silently: the message says how.
    """
    if any(word in text for word in _ALWAYS_THERE):
        return
    sample = text[:_SAMPLE]
    if len(_NON_ASCII_RE.findall(sample)) < 20 or plausibility(sample) >= _PLAUSIBLE:
        return
    for wrong in ("gb18030", "cp1252", "latin-1"):
        # Characters lost on the way leave gaps; what remains must still be plainly Chinese.
        original = sample.encode(wrong, "ignore").decode("utf-8", "ignore")
        if len(original) > len(sample) / 8 and plausibility(original) >= _PLAUSIBLE:
            raise UnreadableDocument(
                Refusal.MOJIBAKE,
                f"The text was UTF-8, was read as {wrong} by mistake and saved again, so its "
                "characters are scrambled (mojibake). Fetch the original page again; the file "
                "cannot be restored without guessing.",
            )
