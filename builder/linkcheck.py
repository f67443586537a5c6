"""The links of the finished site: every link and anchor leads somewhere, or is reported where it was written.

Takes the finished files and where each link of a text was written; gives problems. Reads only, writes nothing.
"""

import posixpath
from collections.abc import Iterable, Iterator, Mapping
from html.parser import HTMLParser
from urllib.parse import unquote, urlsplit

from builder.output import OutputFile
from builder.problems import Place, Problem


class Page(HTMLParser):
    """The ids and links of one page."""

    def __init__(self, html: str) -> None:
        """Read a finished page."""
        super().__init__(convert_charrefs=True)
        self.ids: set[str] = set()
        self.links: list[str] = []
        self.feed(html)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Collect the ids and the addresses of a tag."""
        for name, value in attrs:
            if name == "id" and value:
                self.ids.add(value)
            elif name in ("href", "src") and value is not None:
                self.links.append(value)


def check_links(
    files: Iterable[OutputFile], written: Mapping[tuple[str, str], Place], *, root_path: str = ""
) -> Iterator[Problem]:
    """Yield a problem for each link of a page that leads nowhere.

    ``written`` tells where the link ``(address of the page, link)`` was written; for any other, the page is named: then
    the fault is the builder's. ``root_path`` is the path of the site on its host, for links that start from there.
    """
    files = tuple(files)
    addresses = {file.address for file in files}
    pages = {file.address: Page(file.content.decode("utf-8")) for file in files if file.address.endswith(".html")}
    for address, page in pages.items():
        for link in dict.fromkeys(page.links):
            target = _target(link, address, root_path)
            if target is None:
                continue
            path, anchor = target
            if path in addresses and (not anchor or path not in pages or anchor in pages[path].ids):
                continue
            bare = written.get((address, link.partition("#")[0]), Place(address))
            yield _dead_link(link, path in addresses, written.get((address, link), bare))


def _dead_link(link: str, page_exists: bool, place: Place) -> Problem:
    """Return the problem of a link that leads nowhere."""
    what = "页上没有这个位置" if page_exists else "没有这一页或这个文件"
    mend = "请核对链接；站内网页写成从网站首页起的路径，如 about.html#privacy。"
    return Problem(place, "dead-link", f"链接“{unquote(link)}”打不开：{what}。", mend, width=len(unquote(link)))


def _target(link: str, address: str, root_path: str) -> tuple[str, str] | None:
    """Return the file and the anchor that a link of a page leads to, or None where it leads out of the site."""
    parts = urlsplit(link)
    if parts.scheme or parts.netloc:
        return None
    path = unquote(parts.path)
    if path.startswith("/"):
        if not root_path or not path.startswith(root_path):
            return None
        path = path.removeprefix(root_path)
    elif path:
        path = posixpath.normpath(posixpath.join(posixpath.dirname(address), path))
    return path or address, unquote(parts.fragment)
