"""Telephone area codes and postcodes: which places they point to.

What lives here: the two lists of `data/reference` and their look-up. What does not: finding a
telephone number or a postcode in a report (`ingest/identity/place.py`).
"""

from __future__ import annotations

import csv
from collections.abc import Mapping
from functools import cache

from ingest.paths import REFERENCE_DIR


@cache
def _area_codes() -> Mapping[str, tuple[str, ...]]:
    return _load("area_codes.csv")


@cache
def _postcode_prefixes() -> Mapping[str, tuple[str, ...]]:
    return _load("postcode_prefixes.csv")


def _load(name: str) -> Mapping[str, tuple[str, ...]]:
    with (REFERENCE_DIR / name).open(encoding="utf8", newline="") as handle:
        rows = csv.reader(handle)
        next(rows)
        return {key: tuple(codes.split("|")) for key, codes in rows}


def places_of_area_code(number: str) -> tuple[str, ...]:
    """Region codes (prefectures, municipalities) of a telephone number that begins with 0.

    `number` holds digits only. Empty where the area code is not known.
    """
    codes = _area_codes()
    for width in (3, 4):  # 010 and 02x have three digits, all others four
        if (found := codes.get(number[:width])) is not None:
            return found
    return ()


def places_of_postcode(postcode: str) -> tuple[str, ...]:
    """Region codes (prefectures where sure, else the province) of a six-digit postcode."""
    codes = _postcode_prefixes()
    for width in (4, 3, 2):
        if (found := codes.get(postcode[:width])) is not None:
            return found
    return ()
