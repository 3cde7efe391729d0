"""The second look: cells of tables whose sums fail, read again on a path of their own.

What lives here: which equations a table must satisfy, which single cell explains that they fail,
and what another reader makes of the untouched bytes. What does not: the first reading (`formats`,
`tables`), the identities themselves (`dbt_project/seeds/identities.csv`), what follows from a
disagreement (`dbt_project`: `int_check_faults`). No number is ever changed here.
"""
