"""What makes the text of a report comparable with every other: a signature of its sentences.

What lives here: which of a text is compared, and its MinHash signature. What does not: finding the
pairs among all reports and saying what kind of copy they are (`dbt_project`, `int_text_pair`).
"""

from ingest.duplicates.signature import sign_text

__all__ = ["sign_text"]
