"""Reading figures out of sentences. Belongs here: everything between a folded text and the
observations its sentences state. Does not: phrases and labels (`ingest/rules/narrative`), official
tables (`ingest/tables`), whose report it is (`ingest/identity`).
"""

from ingest.narrative.read import NarrativeReading, read_narrative

__all__ = ["NarrativeReading", "read_narrative"]
