"""Rules as data: what reports say, in files that a reader of Chinese can mend without Python.

What belongs here: phrases, labels, synonyms, thresholds of the readers, as TOML. What does not: the
code that applies them (`narrative`, `identity`, `tables`, `text`), codes and places
(`data/reference`).
"""
