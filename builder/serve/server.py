"""The server of the preview: takes what is to be shown, answers browsers of this machine.

An address is looked up among the files of the build and nowhere else, so there is no path to walk out of.
"""

import mimetypes
import os
import re
import secrets
import socketserver
import sys
import threading
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from http import HTTPStatus
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import PurePosixPath
from typing import Any
from urllib.parse import unquote

from builder import urls
from builder.serve.notice import reload_script

ONLY_HERE = "127.0.0.1"
# Another name in the Host header is a page of the web that had its own name lead here (DNS rebinding).
LOCAL_HOST = re.compile(r"(localhost|127\.0\.0\.1|\[::1\])(:\d+)?", re.IGNORECASE)
EVENTS = "/.archive/events"
PORTS = 10
# Seconds between signs of life to a page that listens; without one the server would not notice that it was closed.
PULSE = 15.0

BODY = re.compile(rb"<body[^>]*>", re.IGNORECASE)
HEAD = re.compile(rb"<head[^>]*>", re.IGNORECASE)
# The policy of the published page forbids script and style within it, and both are what the preview adds.
POLICY = re.compile(rb"<meta http-equiv=\"Content-Security-Policy\"[^>]*>\n?", re.IGNORECASE)

# The types that Python brings, and newer ones; not this machine's own, where a script may well be text/plain.
TYPES = mimetypes.MimeTypes()
for _ending, _type in {
    ".atom": "application/atom+xml",
    ".avif": "image/avif",
    ".geojson": "application/geo+json",
    ".js": "text/javascript",
    ".jsonld": "application/ld+json",
    ".md": "text/markdown",
    ".mjs": "text/javascript",
    ".nt": "application/n-triples",
    ".ttl": "text/turtle",
    ".webp": "image/webp",
    ".woff2": "font/woff2",
    ".yaml": "application/yaml",
}.items():
    TYPES.add_type(_type, _ending)


@dataclass(frozen=True)
class Shown:
    """What browsers see: the files by address and what stands above each page; ``good`` unless there is no site yet.

    Without a site the one page at the address "" is the answer to everything. ``version`` is no number: after a
    restart a page that was open before must see that it is old.
    """

    pages: Mapping[str, bytes]
    notice: str
    good: bool
    version: str = field(default_factory=lambda: secrets.token_hex(8))


class Screen:
    """Holds what is shown, between the thread that builds and those that answer."""

    def __init__(self) -> None:
        self.shown: Shown | None = None
        self._changed = threading.Condition()

    def show(self, shown: Shown) -> None:
        """Show something else from now on, and wake whoever waits for it."""
        with self._changed:
            self.shown = shown
            self._changed.notify_all()

    def other_than(self, version: str, timeout: float | None = None) -> Shown | None:
        """Wait until something else than ``version`` is shown and return it, or None when the time is over."""
        with self._changed:
            self._changed.wait_for(lambda: self.shown is not None and self.shown.version != version, timeout)
            return self.shown if self.shown is not None and self.shown.version != version else None


class Server(ThreadingHTTPServer):
    """Answers on this machine only; each request in a thread that does not keep the program alive."""

    # Elsewhere it lets a port be used again at once; on Windows, a port that another program is using.
    allow_reuse_address = os.name != "nt"

    def __init__(self, screen: Screen, port: int) -> None:
        self.screen = screen
        super().__init__((ONLY_HERE, port), Handler)

    def server_bind(self) -> None:
        """Bind without asking for the machine's name, as the original does: slow, and on Windows it fails on 汉字."""
        socketserver.TCPServer.server_bind(self)
        self.server_name, self.server_port = ONLY_HERE, self.socket.getsockname()[1]

    def handle_error(self, request: Any, client_address: Any) -> None:
        """Say nothing of a browser that went away: they do it all the time."""
        if not isinstance(sys.exc_info()[1], ConnectionError):
            super().handle_error(request, client_address)

    @property
    def address(self) -> str:
        """Return the address to open."""
        return f"http://{ONLY_HERE}:{self.server_port}/"


def open_server(screen: Screen, port: int, say: Callable[[str], None]) -> Server:
    """Return a server at ``port``, at one of the next ten where it is taken, or else at any that is free."""
    for candidate in (*range(port, min(port + PORTS, 65536)), 0):
        try:
            server = Server(screen, candidate)
        except (OSError, OverflowError):
            continue
        if port != 0 and server.server_port != port:
            say(f"端口 {port} 不能用（多半已被别的程序占用），改用 {server.server_port}。")
        return server
    raise OSError("no port of this machine can be used")


class Handler(BaseHTTPRequestHandler):
    """Answers one request."""

    server: Server

    def do_GET(self) -> None:
        """Answer with a file of the site, or with the events that a page waits for."""
        if not self._is_from_here():
            return
        path, _, query = self.path.partition("?")
        if path == EVENTS:
            self._send_events(query)
        else:
            self._send_file(path)

    def do_HEAD(self) -> None:
        """Answer as to GET, without the content."""
        self.do_GET()

    def log_message(self, format: str, *args: Any) -> None:
        """Print no line for each request: the terminal is for the editor."""

    def _is_from_here(self) -> bool:
        """Return whether the request names this machine; else refuse it."""
        hosts = self.headers.get_all("Host") or []
        if len(hosts) == 1 and LOCAL_HOST.fullmatch(hosts[0].strip()):
            return True
        self._send(HTTPStatus.FORBIDDEN, "text/plain", "预览只能用 127.0.0.1 或 localhost 打开。\n".encode())
        return False

    def _send_file(self, path: str) -> None:
        """Send the file at a path; where there is none, the page that says so."""
        shown = self.server.screen.other_than("")
        assert shown is not None  # without a time limit it waits for one
        address = unquote(path).removeprefix("/") if path.startswith("/") else path
        if address == "" or address.endswith("/"):
            address += urls.HOME
        status = HTTPStatus.OK
        if not shown.good:
            address, status = "", HTTPStatus.SERVICE_UNAVAILABLE
        elif address not in shown.pages:
            address, status = urls.NOT_FOUND, HTTPStatus.NOT_FOUND
        content, kind = shown.pages.get(address, b"<body>404"), content_type(address)
        if kind == "text/html":
            content = with_notice(content, shown)
        if status == HTTPStatus.NOT_FOUND:
            # The links of this page start from its own place, and it is shown at any.
            content = HEAD.sub(rb'\g<0><base href="/">', content, count=1)
        self._send(status, kind, content)

    def _send(self, status: HTTPStatus, kind: str, content: bytes) -> None:
        """Send a whole answer; of HEAD only its head."""
        self.send_response(status)
        self._send_headers(kind)
        self.send_header("Content-Length", str(len(content)))
        self.end_headers()
        if self.command != "HEAD":
            self.wfile.write(content)

    def _send_headers(self, kind: str) -> None:
        """Send what every answer says: its type, that it is not to be kept, and that it is for its own pages only."""
        text = kind.startswith("text/") or kind.endswith(("json", "xml", "yaml"))
        self.send_header("Content-Type", f"{kind}; charset=utf-8" if text else kind)
        self.send_header("Cache-Control", "no-store")
        self.send_header("X-Content-Type-Options", "nosniff")
        self.send_header("Cross-Origin-Resource-Policy", "same-origin")

    def _send_events(self, version: str) -> None:
        """Tell a page when it is no longer of the version that is shown; it will load itself again."""
        self.send_response(HTTPStatus.OK)
        self._send_headers("text/event-stream")
        self.end_headers()
        if self.command == "HEAD":
            return
        while (shown := self.server.screen.other_than(version, PULSE)) is None:
            self.wfile.write(b":\n\n")
        self.wfile.write(f"data: {shown.version}\n\n".encode())


def content_type(address: str) -> str:
    """Return the media type of a file by its name; of the page without a name, that of a page."""
    if not address:
        return "text/html"
    ending = PurePosixPath(address).suffix.lower()
    return TYPES.types_map[True].get(ending, "application/octet-stream")


def with_notice(page: bytes, shown: Shown) -> bytes:
    """Return a page with the problems above it and the script that loads it again, without the policy against both."""
    page = POLICY.sub(b"", page, count=1)
    added = (shown.notice + reload_script(shown.version)).encode("utf-8")
    match = BODY.search(page)
    at = match.end() if match else 0
    return page[:at] + added + page[at:]
