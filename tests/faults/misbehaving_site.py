"""A site on 127.0.0.1 that answers as a test says, and remembers what it was asked.

What lives here: the site. What does not: what it answers (the tests).
"""

from __future__ import annotations

import ssl
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

HTML = "text/html; charset=utf-8"


@dataclass(frozen=True)
class Reply:
    """One answer: `seconds` passes before each tenth of the body."""

    body: bytes = b""
    status: int = 200
    headers: dict[str, str] = field(default_factory=lambda: {"Content-Type": HTML})
    seconds: float = 0.0
    declared_length: int | None = None


@dataclass(frozen=True)
class Asked:
    """One request as it came."""

    path: str
    headers: dict[str, str]


Answering = Reply | list[Reply] | Callable[[Asked], Reply]


class Site:
    """Paths and what they answer; of a list one answer after the other, the last for ever."""

    def __init__(self, port: int) -> None:
        self.port = port
        self.base = f"http://127.0.0.1:{port}"
        self.answers: dict[str, Answering] = {}
        self.asked: list[Asked] = []
        self._turn: dict[str, int] = {}
        self._lock = threading.Lock()

    def __setitem__(self, path: str, answering: Answering | str | bytes) -> None:
        if isinstance(answering, str):
            answering = answering.encode()
        with self._lock:
            self._turn.pop(path, None)
            self.answers[path] = Reply(answering) if isinstance(answering, bytes) else answering

    def __delitem__(self, path: str) -> None:
        del self.answers[path]

    def paths(self) -> list[str]:
        """What was asked for, without robots.txt."""
        return [one.path for one in self.asked if one.path != "/robots.txt"]

    def forget(self) -> None:
        """Forget what was asked."""
        self.asked.clear()

    def answer(self, asked: Asked) -> Reply:
        with self._lock:
            self.asked.append(asked)
            answering = self.answers.get(asked.path) or self.answers.get("*")
            if isinstance(answering, list):
                turn = self._turn.get(asked.path, 0)
                self._turn[asked.path] = turn + 1
                answering = answering[min(turn, len(answering) - 1)]
        if answering is None:
            return Reply(b"<p>not here</p>", 404)
        return answering if isinstance(answering, Reply) else answering(asked)


@contextmanager
def running_site(certificate: Path | None = None) -> Iterator[Site]:
    """A site that answers for the length of the block; by https with this certificate and key."""

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_GET(self) -> None:
            reply = site.answer(Asked(self.path, {k.lower(): v for k, v in self.headers.items()}))
            self.send_response(reply.status)
            for name, value in reply.headers.items():
                self.send_header(name, value)
            length = len(reply.body) if reply.declared_length is None else reply.declared_length
            self.send_header("Content-Length", str(length))
            self.end_headers()
            try:
                step = max(1, len(reply.body) // 10)
                for start in range(0, len(reply.body), step):
                    if reply.seconds:
                        time.sleep(reply.seconds)
                    self.wfile.write(reply.body[start : start + step])
            except OSError:
                pass  # whoever asked has gone
            if reply.declared_length is not None:
                self.close_connection = True

        def log_message(self, *_: object) -> None:
            pass

    class Server(ThreadingHTTPServer):
        daemon_threads = True

        def handle_error(self, *_: object) -> None:
            pass  # a client that was killed

    server = Server(("127.0.0.1", 0), Handler)
    site = Site(server.server_address[1])
    if certificate is not None:
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(certificate)
        server.socket = context.wrap_socket(server.socket, server_side=True)
        site.base = f"https://127.0.0.1:{site.port}"
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05})
    thread.start()
    try:
        yield site
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
