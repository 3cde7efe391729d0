"""Reference data, loaded once per process from `data/reference`.

What lives here: the codebook of indicators and breakdowns (`codebook.py`), the gazetteer of places
in time (`regions.py`), telephone area codes and postcodes (`dialling.py`), place names in pinyin
(`pinyin.py`). What does not: anything that reads a report (`ingest/identity`, `ingest/narrative`,
`ingest/tables`).
"""
