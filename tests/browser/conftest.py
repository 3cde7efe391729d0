"""Fixtures of the browser's tests: the explorer on a port, and Debian's Chromium looking at it."""

from __future__ import annotations

import os
import shutil
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
import uvicorn
from explored import explored
from playwright.sync_api import Browser, BrowserContext, Page, sync_playwright

from explorer.app import build_app
from explorer.settings import ExplorerSettings
from ingest.home import Home

__all__ = ["explored"]

_ARGUMENTS = (
    "--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run",
    "--disable-background-networking", "--disable-component-update", "--disable-sync",
)  # fmt: skip
Open = Callable[..., Page]


@pytest.fixture(scope="session")
def chromium() -> str:
    """Where Chromium is. Without it these tests are skipped, unless GONGKAI_REQUIRE_BROWSER is set."""
    path = shutil.which("chromium") or shutil.which("chromium-browser")
    if path is None:
        reason = "no Chromium: apt-get install chromium fonts-noto-cjk"
        if os.environ.get("GONGKAI_REQUIRE_BROWSER"):
            pytest.fail(reason)
        pytest.skip(reason)
    return path


@pytest.fixture(scope="module")  # its event loop must not outlive it: other tests have their own
def browser(chromium: str) -> Iterator[Browser]:
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium, args=list(_ARGUMENTS))
        yield browser
        browser.close()


@pytest.fixture(scope="session")
def verdicts_dir(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("verdicts")


@pytest.fixture(scope="session")
def site(explored: Home, verdicts_dir: Path) -> Iterator[str]:
    """The address of the explorer over the samples and the crafted report."""
    app = build_app(ExplorerSettings(home=explored.path, verdicts_dir=verdicts_dir))
    server = uvicorn.Server(uvicorn.Config(app, host="127.0.0.1", port=0, log_level="warning"))
    thread = threading.Thread(target=server.run, daemon=True)
    thread.start()
    while not server.started:
        assert thread.is_alive(), "the server did not start"
        time.sleep(0.05)
    port = server.servers[0].sockets[0].getsockname()[1]
    yield f"http://127.0.0.1:{port}"
    server.should_exit = True
    thread.join()


@pytest.fixture
def look(browser: Browser, site: str) -> Iterator[Open]:
    """Open an address in a language and width; what the console says is in `page.complaints`."""
    contexts: list[BrowserContext] = []
    complaints: list[str] = []

    def open_page(address: str, language: str = "en", width: int = 1440) -> Page:
        context = browser.new_context(
            viewport={"width": width, "height": 900},
            locale="zh-CN" if language == "zh" else "en-GB",
        )
        contexts.append(context)
        page = context.new_page()
        page.on("console", lambda message: complaints.append(message.text))
        page.on("pageerror", lambda error: complaints.append(str(error)))
        page.goto(site + address)
        return page

    yield open_page
    for context in contexts:
        context.close()
    assert complaints == []
