"""A published warehouse to look at: the samples, and a report whose text would be markup and scripts.

What lives here: making it once for all processes of a test run, and asking the application without
a server. What does not: the tests (`unit/explorer`, `browser`).
"""

from __future__ import annotations

import asyncio
import os
import shutil
import subprocess
import sys
from collections.abc import Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import quote, urlencode, urlsplit

import pytest
from starlette.types import ASGIApp, Message

from ingest.home import Home
from ingest.locking import hold_lock
from ingest.paths import PROJECT_ROOT, SAMPLES_DIR

# What a page would run or show if a text were taken for HTML, in places that pages show: title,
# agency's sentence, quotes of figures, a category's own label, a finding.
MARKUP = '<img src=x onerror="document.title=1">'
SCRIPT = "<script>document.title = 'run'</script>"
CRAFTED = f"""安庆市民政局2015年政府信息公开工作年度报告

一、概述
    {SCRIPT}2015年，安庆市民政局认真贯彻《中华人民共和国政府信息公开条例》。{MARKUP}

二、主动公开政府信息情况
    全年主动公开政府信息1000条，其中{MARKUP}政策法规类400条，占40%；<b>工作动态</b>类600条，占55.9%。

三、依申请公开政府信息情况
    全年共收到政府信息公开申请12件{SCRIPT}，其中网络申请10件，信函申请2件。同意公开8件，不予公开4件。

四、收费及减免情况
    没有收取费用。

五、行政复议和行政诉讼情况
    没有因政府信息公开被申请行政复议、提起行政诉讼。{{{{ 7 * 7 }}}} & &amp; "'`

安庆市民政局
2016年2月20日
"""


@pytest.fixture(scope="session")
def explored(tmp_path_factory: pytest.TempPathFactory) -> Home:
    """The home with the published samples and the crafted report, made by whichever process is first."""
    root = tmp_path_factory.getbasetemp()
    if "PYTEST_XDIST_WORKER" in os.environ:
        root = root.parent  # shared by the processes of one run
    place = root / "explored"
    with hold_lock(root / "explored.lock", wait=True):
        home = Home.at(place / "home")
        if not home.published_db.exists():
            _publish(place, home)
    return home


def _publish(place: Path, home: Home) -> None:
    shutil.copytree(SAMPLES_DIR, place / "inbox", dirs_exist_ok=True)
    (place / "inbox" / "crafted_2015.txt").write_text(CRAFTED, encoding="utf-8")
    result = subprocess.run(
        [sys.executable, "-m", "ingest.cli", "refresh"],
        cwd=PROJECT_ROOT,
        env={
            **os.environ,
            "GONGKAI_HOME": str(home.path),
            "GONGKAI_INBOX": str(place / "inbox"),
            "GONGKAI_CORRECTIONS_DIR": str(place / "corrections"),
            "GONGKAI_VERDICTS_DIR": str(PROJECT_ROOT / "data" / "verdicts"),
        },
        capture_output=True,
        text=True,
        check=False,
    )
    assert result.returncode == 0, result.stdout + result.stderr


@dataclass(frozen=True)
class Answer:
    """What the application answered."""

    status: int
    headers: Mapping[str, str]  # of several with one name the last
    body: bytes

    @property
    def text(self) -> str:
        return self.body.decode()


@dataclass(frozen=True)
class Asker:
    """Asks an application in this process: no port, no server."""

    app: ASGIApp

    def get(self, address: str, **headers: str) -> Answer:
        return self.request("GET", address, headers)

    def post(self, address: str, fields: Mapping[str, str], **headers: str) -> Answer:
        headers = {"content_type": "application/x-www-form-urlencoded", **headers}
        return self.request("POST", address, headers, urlencode(fields).encode())

    def request(
        self, method: str, address: str, headers: Mapping[str, str], body: bytes = b""
    ) -> Answer:
        """`headers` may be written with underscores; the host is 127.0.0.1 unless named."""
        parts = urlsplit(address)
        sent = {"host": "127.0.0.1", "content-length": str(len(body))} | {
            name.replace("_", "-"): value for name, value in headers.items()
        }
        scope = {
            "type": "http",
            "asgi": {"version": "3.0"},
            "http_version": "1.1",
            "method": method,
            "scheme": "http",
            "path": parts.path,
            "raw_path": parts.path.encode(),
            "query_string": quote(parts.query, safe="=&%+/").encode(),
            "root_path": "",
            "headers": [(name.encode(), value.encode()) for name, value in sent.items()],
            "client": ("127.0.0.1", 50_000),
            "server": ("127.0.0.1", 80),
        }
        # In a thread of its own: a browser driven in this one has a loop running.
        with ThreadPoolExecutor(1) as thread:
            return thread.submit(lambda: asyncio.run(self._ask(scope, body))).result()

    async def _ask(self, scope: dict[str, object], body: bytes) -> Answer:
        messages: list[Message] = []
        is_sent = False

        async def receive() -> Message:
            nonlocal is_sent
            if is_sent:
                await asyncio.sleep(3600)  # as a browser that waits for the answer
            is_sent = True
            return {"type": "http.request", "body": body, "more_body": False}

        async def send(message: Message) -> None:
            messages.append(message)

        await self.app(scope, receive, send)
        start = next(m for m in messages if m["type"] == "http.response.start")
        parts = [m.get("body", b"") for m in messages if m["type"] == "http.response.body"]
        headers = {name.decode(): value.decode() for name, value in start["headers"]}
        return Answer(start["status"], headers, b"".join(parts))
