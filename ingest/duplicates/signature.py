"""The signature of a text: what is left of its sentences, cut into shingles, as MinHash values.

What lives here: sentences → shingles → signature. What does not: undoing what the web did to the
text (`ingest.text`), comparing signatures (`dbt_project`).

Reports of the standard forms share their tables word for word, so cells and headings are left
out: only what ends like a sentence is compared. Digits stay: last year's text with this year's
numbers is another text, the more so the more numbers it holds.
"""

from __future__ import annotations

import re

import numpy as np
import numpy.typing as npt
from rensa import RMinHash

# At least 12 characters, ended as a sentence is, in one line and in no cell: neither a label nor a
# heading. What is neither is passed over as a whole: it was tried from each of its characters.
_SENTENCE = re.compile(r"([^。;!?\n|]{12,}+[。;!?])|[^。;!?\n|]++")
# Punctuation and spaces differ between the copies of a text.
_NOT_COMPARED = re.compile("[^一-鿿0-9]+")

# Five characters are two or three words: shorter ones are shared by all reports, longer ones are
# broken by each single number.
_SHINGLE = 5
# Fewer characters are a formula or two (无其他需要报告的事项), which say nothing of where they are from.
_LEAST_CHARACTERS = 120
# The estimate of a similarity of 0.8 has a standard error of 0.037. `int_text_band` cuts them
# into 24 bands of 5: two texts of similarity 0.7 share a band with probability 0.99, of 0.4 with 0.22.
SIGNATURE_VALUES = 120
SIGNATURE_DIGITS = 4 * SIGNATURE_VALUES  # each value as four hex digits
_SEED = 42  # any number; another one makes signatures that cannot be compared with stored ones
_FACTOR = np.uint64(0x100000001B3)  # the prime of the FNV hash


def sign_text(text: str) -> str | None:
    """The signature of a folded text: SIGNATURE_DIGITS hex digits, None where it is too short.

    The share of equal four-digit values of two signatures estimates the Jaccard similarity of
    the texts' shingles.
    """
    prose = _NOT_COMPARED.sub("", "".join(_SENTENCE.findall(text)))
    if len(prose) < _LEAST_CHARACTERS:
        return None
    shingles = _hash_shingles(prose)
    matrix = RMinHash.digest_matrix_from_flat_token_hashes(
        shingles, [0, len(shingles)], SIGNATURE_VALUES, _SEED
    )
    # 16 of 32 bits: equal by chance once in 65,536 values
    return np.asarray(matrix.to_rows()[0], dtype=np.uint32).astype(">u2").tobytes().hex()


def _hash_shingles(prose: str) -> npt.NDArray[np.uint64]:
    """A number for each shingle, in order; overflow is meant."""
    characters = np.frombuffer(prose.encode("utf-32-le"), dtype=np.uint32).astype(np.uint64)
    count = len(characters) - _SHINGLE + 1
    hashes = characters[:count] * _FACTOR
    for place in range(1, _SHINGLE):
        hashes = (hashes + characters[place : place + count]) * _FACTOR
    return hashes
