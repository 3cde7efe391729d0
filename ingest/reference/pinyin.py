"""Place names in pinyin, as the addresses of government sites spell them.

What lives here: pinyin (letters only) → places. What does not: finding the address in a report
(`ingest/identity/place.py`). The map is made on first use: most reports never ask for it.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from itertools import chain

from pypinyin import Style, pinyin

from ingest.reference.regions import Region, gazetteer

# What an address may add to the stem: manzhouli, manzhoulishi, feixian.
_KINDS = {
    "省": "sheng",
    "市": "shi",
    "县": "xian",
    "区": "qu",
    "旗": "qi",
    "州": "zhou",
    "盟": "meng",
}
# Local readings that the dictionary does not know.
_LOCAL_READINGS = {
    "漯河": "luohe", "浚县": "xunxian", "单县": "shanxian", "涡阳": "guoyang",
    "洪洞": "hongtong", "繁峙": "fanshi", "朝阳": "chaoyang", "长治": "changzhi",
    "筠连": "junlian", "荥经": "yingjing", "什邡": "shifang", "闵行": "minhang",
    "都匀": "duyun",
}  # fmt: skip


def _spell(name: str) -> str:
    if name in _LOCAL_READINGS:
        return _LOCAL_READINGS[name]
    return "".join(chain.from_iterable(pinyin(name, style=Style.NORMAL, v_to_u=False)))


@cache
def _spelled() -> Mapping[str, tuple[Region, ...]]:
    spelled: dict[str, list[Region]] = {}
    for stem, places in gazetteer().stems.items():
        word = _spell(stem)
        for spelling in {word, word.replace("v", "u")}:  # both lvliang and luliang are in use
            for place in places:
                spelled.setdefault(spelling, []).append(place)
                if kind := _KINDS.get(place.name[-1]):
                    spelled.setdefault(spelling + kind, []).append(place)
    for place in gazetteer().short_counties:  # 费县 has no stem; its site says feixian
        spelled.setdefault(_spell(place.name), []).append(place)
    return {word: tuple(places) for word, places in spelled.items()}


def places_spelled(word: str) -> tuple[Region, ...]:
    """Provinces, prefectures and counties that `word` (lower-case letters) spells."""
    return _spelled().get(word, ())
