"""A real browser, and the real site as readers meet it: from a disk, and below some path of a web server."""

from collections import defaultdict
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path, PurePosixPath
from threading import Thread
from typing import NoReturn

import pytest
from playwright.sync_api import Browser, Error, sync_playwright

from browser.window import OpenWindow, Visit
from install_tools import find_browser

# Deep enough that a link from the root of the server, or one level too high, leads nowhere.
SUB_PATH = "/any/path/"

# Of each kind of page that many are opened: the largest and the smallest, where mistakes show first.
PAGES_OF_A_KIND = 6

SWITCHES = [
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-default-apps",
    "--disable-sync",
    "--no-first-run",
]


@pytest.fixture(scope="session")
def browser(without: Callable[[str], NoReturn]) -> Iterator[Browser]:
    """Start one headless Chromium for all tests."""
    with sync_playwright() as playwright:
        try:
            # The sandbox of Chromium does not start in most containers; nothing but this site is opened.
            started = playwright.chromium.launch(
                executable_path=find_browser(), args=SWITCHES, chromium_sandbox=False, timeout=60_000
            )
        except Error as error:
            without(f"A browser that starts ({str(error).splitlines()[0]})")
        yield started
        started.close()


@pytest.fixture(scope="session")
def web(built_site: Path) -> Iterator[str]:
    """Serve the real site below a path of a web server on this machine and return its address."""
    handler = partial(SubPathHandler, directory=str(built_site))
    with ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}{SUB_PATH}"
        server.shutdown()


class SubPathHandler(SimpleHTTPRequestHandler):
    """A plain file server whose folder stands below ``SUB_PATH``; everything else is not there."""

    protocol_version = "HTTP/1.1"

    def translate_path(self, path: str) -> str:
        """Return the file for an address, a file that does not exist for one outside the path."""
        if not path.startswith(SUB_PATH):
            return str(Path(self.directory) / "outside-of-the-site")
        return super().translate_path("/" + path.removeprefix(SUB_PATH))

    def log_message(self, format: str, *args: object) -> None:
        """Say nothing: what fails is told by the test."""


@pytest.fixture(scope="session")
def disk(built_site: Path) -> str:
    """Return the address of the real site as opened from a disk."""
    return built_site.as_uri() + "/"


@pytest.fixture(scope="session")
def open_window(browser: Browser, web: str) -> OpenWindow:
    """Return a function that opens a window for a while: width and height, scripts, origin."""

    @contextmanager
    def opened(width: int = 390, height: int = 844, *, script: bool = True, origin: str = "") -> Iterator[Visit]:
        context = browser.new_context(
            viewport={"width": width, "height": height}, java_script_enabled=script, locale="zh-CN"
        )
        try:
            visit = Visit(context.new_page(), origin or web)
            visit.page.set_default_timeout(15_000)
            visit.page.on("request", visit.note_request)
            visit.page.on("requestfailed", visit.note_failure)
            visit.page.on("console", visit.note_message)
            visit.page.on("pageerror", visit.note_error)
            yield visit
        finally:
            context.close()

    return opened


@pytest.fixture(scope="session")
def sampled_pages(built_site: Path, built_pages: tuple[str, ...]) -> tuple[str, ...]:
    """Return some pages of each kind, the largest and the smallest: a kind is a folder, or a page at the root."""
    kinds = defaultdict(list)
    for page in built_pages:
        folder = PurePosixPath(page).parent.as_posix()
        kinds[folder if folder != "." else page].append(page)
    half = PAGES_OF_A_KIND // 2
    chosen = set()
    for pages in kinds.values():
        by_size = sorted(pages, key=lambda page: ((built_site / page).stat().st_size, page))
        chosen.update(by_size[:half] + by_size[-half:])
    return tuple(sorted(chosen))


@pytest.fixture(scope="session")
def person_pages(built_pages: tuple[str, ...]) -> tuple[str, ...]:
    """Return the pages of the first people: those with an article, marks and notes."""
    pages = tuple(page for page in built_pages if page.startswith("people/"))[:PAGES_OF_A_KIND]
    assert pages, "the site has no page about a person"
    return pages
