"""Which publication a page shows."""

from __future__ import annotations

from explorer.queries.query import build

PUBLICATION = build(
    "select publication_id, created_at, reader_version, model_version from publication order by created_at"
)
