"""The static site of a home: pages on what is published, that open from any folder.

What lives here: making the pages and putting them in place. What does not: the audit's pages
(`validation`, written by each refresh), the texts themselves (`docs/`), the command
(`commands/site.py`).
"""
