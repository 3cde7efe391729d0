"""`gongkai ui`: the Dagster UI of a home, with its daemon, so that schedules and sensors run, and the
explorer beside it.

What lives here: starting `dagster dev` with everything of the home set up and the explorer as a
process of its own, and ending both whole. What does not: what they show
(`orchestration/definitions.py`, `explorer`).
"""

from __future__ import annotations

import errno
import ipaddress
import os
import signal
import socket
import subprocess
import sys
import time
from pathlib import Path

import click

from ingest.home import HomeNotWritable
from ingest.paths import PROJECT_ROOT
from orchestration.settings import OrchestrationSettings

_LOOPBACK = "127.0.0.1"
# dagster dev asks its webserver, daemon and code server to end and waits for each in turn.
_SECONDS_TO_END = 30
# Short: where nothing collects orphans (a container without init), ended ones stay in the group.
_SECONDS_TO_FOLLOW = 5
_SECONDS_BETWEEN_LOOKS = 0.05


@click.command()
@click.option(
    "--home",
    type=click.Path(path_type=Path),
    help="The home whose runs and assets are shown. Default: GONGKAI_HOME.",
)
@click.option("--port", default=3000, show_default=True, help="Port to listen on.")
@click.option(
    "--host",
    default=_LOOPBACK,
    show_default=True,
    help="Address to listen on. The UI has no login: think before you give another.",
)
@click.option(
    "--explorer-port",
    type=int,
    help=f"Port of the explorer, which listens on {_LOOPBACK} alone. Default: the next one.",
)
def ui(home: Path | None, port: int, host: str, explorer_port: int | None) -> None:
    """Open the Dagster UI and the explorer of a home; Ctrl-C ends them and all they started."""
    from orchestration.instance import prepare_dagster_home

    settings = OrchestrationSettings() if home is None else OrchestrationSettings(home=home)
    explorer_port = port + 1 if explorer_port is None else explorer_port
    _require_free(host, port, "--port")
    _require_free(_LOOPBACK, explorer_port, "--explorer-port")
    if not _is_loopback(host):
        click.echo(
            f"Warning: the UI has no login. Whoever reaches {host}:{port} can start and end runs "
            "and read what is shown. Put a server that asks for a password in front of it.",
            err=True,
        )
    try:
        prepare_dagster_home(settings.home_layout())
    except HomeNotWritable as error:
        raise click.ClickException(str(error)) from error
    click.echo(f"http://{host}:{port} shows {settings.home} in some seconds; Ctrl-C ends it.")
    click.echo(f"http://{_LOOPBACK}:{explorer_port} is the explorer of what it published.")
    raise SystemExit(_run_until_ended(settings, host, port, explorer_port))


def _run_until_ended(
    settings: OrchestrationSettings, host: str, port: int, explorer_port: int
) -> int:
    """Run both in sessions of their own, so that all of each can be ended at once."""
    for ending in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        # Set even for Ctrl-C: a shell starts background commands with it ignored.
        signal.signal(ending, _interrupt)
    explorer = subprocess.Popen(
        [sys.executable, "-m", "explorer", "--port", str(explorer_port)],
        env=settings.ui_variables(),
        stdout=subprocess.DEVNULL,  # says where it is, which is said already
        start_new_session=True,
    )
    process = subprocess.Popen(
        [
            # Its only warning is that another command, not installed here, is recommended.
            *(sys.executable, "-W", "ignore", "-m", "dagster", "dev"),
            *("-w", str(PROJECT_ROOT / "workspace.yaml")),
            *("-h", host, "-p", str(port)),
            *("--log-level", "warning", "--code-server-log-level", "warning"),
        ],
        env=settings.ui_variables(),
        start_new_session=True,
    )
    try:
        return process.wait()
    except KeyboardInterrupt:
        click.echo("ending …")
        return 0
    finally:
        _end(process)
        _end(explorer)


def _interrupt(*_: object) -> None:
    raise KeyboardInterrupt


def _end(process: subprocess.Popen[bytes]) -> None:
    """End the process and all it started, first by asking."""
    for asked in (signal.SIGINT, signal.SIGTERM, signal.SIGKILL):
        if not _is_group_alive(process.pid):
            return
        os.killpg(process.pid, asked)
        _wait_for_group(process)


def _wait_for_group(process: subprocess.Popen[bytes]) -> None:
    """Give the process its time, and then those it started that outlive it."""
    try:
        process.wait(_SECONDS_TO_END)
    except subprocess.TimeoutExpired:
        return
    until = time.monotonic() + _SECONDS_TO_FOLLOW
    while _is_group_alive(process.pid) and time.monotonic() < until:
        time.sleep(_SECONDS_BETWEEN_LOOKS)


def _is_group_alive(group: int) -> bool:
    try:
        os.killpg(group, 0)
    except ProcessLookupError:
        return False
    return True


def _require_free(host: str, port: int, option: str) -> None:
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError as error:
            if error.errno == errno.EADDRINUSE:
                way_out = f"Port {port} is in use. Choose another one with {option}."
            else:
                way_out = f"Cannot listen on {host}:{port}: {error.strerror or error}."
            raise click.ClickException(way_out) from error


def _is_loopback(host: str) -> bool:
    try:
        return ipaddress.ip_address(socket.gethostbyname(host)).is_loopback
    except OSError:
        return False
