"""The exports of a publication: its tables as files for programs that do not read DuckDB.

What lives here: writing `exports/<publication_id>/` from a warehouse file (Parquet, CSV, the
workbook, the descriptions in the formats of Frictionless and Croissant, licence, citation,
manifest) and copying it elsewhere. What does not: when that is done (`assets/exports.py`), which
publications are kept (`orchestration/kept.py`), the tables themselves (`dbt_project`).
"""
