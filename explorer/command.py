"""`gongkai explore`: the explorer on a port of this machine.

What lives here: starting the server and saying where it is. What does not: what it serves
(`app.py`).
"""

from __future__ import annotations

import socket
from pathlib import Path

import click

from explorer.security import is_loopback
from explorer.settings import ExplorerSettings


@click.command()
@click.option(
    "--home",
    type=click.Path(path_type=Path),
    help="The home whose published warehouse is shown. Default: GONGKAI_HOME.",
)
@click.option("--port", type=click.IntRange(1, 65535), default=3001, show_default=True)
@click.option("--host", default="127.0.0.1", show_default=True, help="Who may connect.")
def explore(home: Path | None, port: int, host: str) -> None:
    """Look at the published warehouse in a browser; Ctrl-C ends it."""
    import uvicorn

    from explorer.app import build_app

    settings = ExplorerSettings() if home is None else ExplorerSettings(home=home)
    refuse_taken_port(host, port)
    if not is_loopback(host):
        click.echo(f"Anyone who reaches {host}:{port} can read, and can give verdicts.", err=True)
    shown = f"[{host}]" if ":" in host else host
    click.echo(f"http://{shown}:{port} shows {settings.home}; Ctrl-C ends it.")
    uvicorn.run(
        build_app(settings, host),
        host=host,
        port=port,
        log_level="warning",
        server_header=False,
        proxy_headers=False,
        timeout_graceful_shutdown=5,
    )


def refuse_taken_port(host: str, port: int) -> None:
    """Raise ClickException, with the way out, where `host` and `port` cannot be listened on."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    with socket.socket(family) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError as error:
            raise click.ClickException(
                f"Cannot listen on {host}:{port}: {error.strerror}. Choose another one with --port."
            ) from error
