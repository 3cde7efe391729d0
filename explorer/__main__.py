"""`python -m explorer`: the command where the project's entry points are not installed."""

from explorer.command import explore

explore(prog_name="gongkai explore")
