"""The SQL behind the pages: one module a page.

What lives here: plain SQL with named parameters, as it is shown to be copied and as it runs for the
page and its download. What does not: where parameters come from and how rows are shown (`pages`),
running it (`warehouse.py`). No text from outside is ever put into SQL: it goes through parameters.
"""
