"""A window of the browser as the tests open it, and what went wrong in it."""

from contextlib import AbstractContextManager
from dataclasses import dataclass, field
from typing import Protocol

import pytest
from playwright.sync_api import ConsoleMessage, Error, Page, Request


@dataclass
class Visit:
    """A page of the browser and what went wrong in it: requests to elsewhere or without answer, errors of scripts."""

    page: Page
    origin: str
    faults: list[str] = field(default_factory=list)

    def open(self, address: str) -> None:
        """Open a page of the site by its address relative to the root of the site."""
        self.page.goto(self.origin + address, wait_until="load")

    def note_request(self, request: Request) -> None:
        """Note a request that leaves the site."""
        if not request.url.startswith((self.origin, "data:", "about:")):
            self.faults.append(f"{self.page.url} asks {request.url}")

    def note_failure(self, request: Request) -> None:
        """Note a request without answer, unless the page was left before the answer came."""
        if request.failure != "net::ERR_ABORTED":
            self.faults.append(f"{self.page.url} gets no answer from {request.url}: {request.failure}")

    def note_message(self, message: ConsoleMessage) -> None:
        """Note an error or a warning on the console."""
        if message.type in ("error", "warning"):
            self.faults.append(f"{self.page.url} says on the console: {message.text}")

    def note_error(self, error: Error) -> None:
        """Note an exception of a script."""
        self.faults.append(f"{self.page.url} throws: {error}")


class OpenWindow(Protocol):
    """Opens a window for a while: its size, whether scripts run, and the site's address, "" for the web server's."""

    def __call__(
        self, width: int = 390, height: int = 844, *, script: bool = True, origin: str = ""
    ) -> AbstractContextManager[Visit]:
        """Open the window."""


def fail_for(found: list[str]) -> None:
    """Fail with all that was found, a line each, where anything was."""
    if found:
        pytest.fail("\n".join(dict.fromkeys(found)), pytrace=False)
