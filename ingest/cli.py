"""The command `gongkai`.

What lives here: the group of commands and how it finds them. What does not: the commands, one
module each: in `ingest/commands`, and those that need Dagster in `orchestration/commands`, found
through the entry point group `gongkai.commands`, so that this package never imports that one.
"""

from __future__ import annotations

import atexit
import sys
from importlib import import_module
from importlib.metadata import EntryPoint, entry_points
from pkgutil import iter_modules

import click

from ingest import commands
from ingest.garbage import look_seldom, never_at_exit

_ENTRY_POINTS = "gongkai.commands"


class LazyGroup(click.Group):
    """A group that imports the module of a command when it is needed, and no other."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """The names of all commands, sorted."""
        return sorted({*_own_names(), *(point.name for point in _points())})

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """The command of that name; None where there is none."""
        if cmd_name in _own_names():
            module = import_module(f"{commands.__name__}.{cmd_name}")
            return _as_command(getattr(module, cmd_name))
        for point in _points():
            if point.name == cmd_name:
                return _as_command(point.load())
        return None


@click.group(cls=LazyGroup, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(package_name="gongkai")
def main() -> None:
    """Annual reports on government information disclosure (政府信息公开工作年度报告) as data."""
    # A terminal that cannot show Chinese shows question marks; it is no reason to stop.
    for stream in (sys.stdout, sys.stderr):
        reconfigure = getattr(stream, "reconfigure", None)
        if reconfigure is not None:
            reconfigure(errors="replace")
    look_seldom()
    atexit.register(never_at_exit)  # the last look takes more than a second after a refresh


def _own_names() -> list[str]:
    """Each module of `ingest.commands` is a command of its name."""
    return [module.name for module in iter_modules(commands.__path__)]


def _points() -> list[EntryPoint]:
    return list(entry_points(group=_ENTRY_POINTS))


def _as_command(loaded: object) -> click.Command:
    if not isinstance(loaded, click.Command):
        raise TypeError(f"{loaded!r} is no click command")
    return loaded


if __name__ == "__main__":
    main()
