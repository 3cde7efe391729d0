"""Rules for sentences, a file a family; `docs/mending-a-rule.md` explains the fields."""
