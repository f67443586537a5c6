"""The links of the finished site: every link and anchor leads somewhere, or is reported where it was written.

Takes the finished files and where each link of a text was written; gives problems. Reads only, writes nothing.
"""

import difflib
import posixpath
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from html.parser import HTMLParser
from urllib.parse import unquote, urlsplit

from builder.output import OutputFile
from builder.problems import Place, Problem
from builder.text import Text

HOW_TO_LINK = "站内网页写成从网站首页起的路径，如 about.html；人物写 person: 和文件名，如 person:wang-yong。"
HOW_TO_ANCHOR = "# 后面写那一页上标题的编号，或段落的编号，如 #p3（第 3 段）；不要位置的，连 # 一起删去。"
NOT_YOURS = "这不是内容写错了，是生成网页的程序有错：请转告维护程序的人。"


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
    files: Iterable[OutputFile],
    written: Mapping[tuple[str, str], tuple[Text, ...]],
    navigation: Iterable[Text] = (),
    unread: Collection[str] = (),
    *,
    root_path: str = "",
) -> Iterator[Problem]:
    """Yield a problem for each link of a page that leads nowhere.

    ``written`` tells how and where the link ``(address of the page, link)`` was written, ``navigation`` what links
    every page has; for any other, the page is named: then the fault is the builder's. ``unread`` are the addresses of
    pages that are missing only because their files cannot be read: while there are any, no anchor on another page is
    judged. ``root_path`` is the path of the site on its host, for links that start from there.
    """
    files = tuple(files)
    addresses = {file.address for file in files}
    pages = {file.address: Page(file.content.decode("utf-8")) for file in files if file.address.endswith(".html")}
    site = _Site(addresses | set(unread), pages, bool(unread))
    reported: set[tuple[str, str]] = set()
    for text in navigation:
        target = _target(text, "", root_path)
        if target is not None and (fault := site.fault(target, "")):
            reported.add(target)
            yield dead_link(text, *fault)
    for address, page in pages.items():
        for link in dict.fromkeys(page.links):
            target = _target(link, address, root_path)
            fault = site.fault(target, address) if target is not None else None
            if fault is None:
                continue
            for text in written.get((address, link), ()):
                yield dead_link(text, *fault)
            if (address, link) not in written and target not in reported:
                yield dead_link(Text(unquote(link), Place(address)), fault[0], mend=NOT_YOURS)


@dataclass(frozen=True)
class _Site:
    """What links can lead to."""

    addresses: set[str]
    pages: Mapping[str, Page]
    is_incomplete: bool

    def fault(self, target: tuple[str, str], base: str) -> tuple[str, str] | None:
        """Return what is wrong with the file and the anchor that a link of ``base`` leads to, and what may be meant."""
        path, anchor = target
        if path not in self.addresses:
            known = sorted(address for address in self.addresses if address.endswith(".html"))
            near = difflib.get_close_matches(path, known, n=1, cutoff=0.8)
            guess = f"是不是“{near[0]}”？" if near else "请核对。"
            return "没有这一页或这个文件", f"{guess}{HOW_TO_LINK}"
        page = self.pages.get(path)
        if page is None or not anchor or anchor in page.ids or (self.is_incomplete and path != base):
            return None
        near = difflib.get_close_matches(anchor, sorted(page.ids), n=1, cutoff=0.7)
        guess = f"是不是“#{near[0]}”？" if near else "请核对。"
        return "那一页上没有这个位置", f"{guess}{HOW_TO_ANCHOR}"


def dead_link(text: Text, fault: str, mend: str) -> Problem:
    """Let every link lead to a page, a place on it, or a file that is there."""
    return text.problem("dead-link", f"链接“{text}”打不开：{fault}。", mend)


def _target(link: str, address: str, root_path: str) -> tuple[str, str] | None:
    """Return the file and the anchor that a link of a page leads to, or None where it leads out of the site."""
    try:
        parts = urlsplit(link)
    except ValueError:  # brackets that hold no address
        return link, ""
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


RULES = (dead_link,)
