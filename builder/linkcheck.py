"""The links of the finished site: every link and anchor leads somewhere, or is reported where it was written.

Takes the finished pages and where each link of a text was written; gives problems. Reads only, writes nothing.
"""

import difflib
import posixpath
import re
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from html import unescape
from urllib.parse import unquote, urlsplit

from builder.problems import Place, Problem
from builder.text import Text

HOW_TO_LINK = "站内网页写成从网站首页起的路径，如 about.html；人物写 person: 和文件名，如 person:wang-yong。"
HOW_TO_ANCHOR = "# 后面写那一页上标题的编号，或段落的编号，如 #p3（第 3 段）；不要位置的，连 # 一起删去。"
ATTRIBUTE = re.compile(r"""\s(id|href|src)="([^"]*)"(?=[^<>]*>)""")  # in a tag: what comes next of < and > is >
NOT_YOURS = "这不是内容写错了，是生成网页的程序有错：请转告维护程序的人。"


SEPARATOR = "\0"  # no page holds it: what may stand in HTML excludes it, written as a number too


@dataclass(frozen=True)
class Page:
    """The ids of a page, and where its links lead, each once in the order of the page.

    Each as one string, with separators before, between and behind: a build holds those of all its pages.
    """

    joined_ids: str
    joined_links: str

    @property
    def ids(self) -> frozenset[str]:
        """Every id."""
        return frozenset(self.joined_ids.split(SEPARATOR)[1:-1])

    @property
    def links(self) -> list[str]:
        """Every link."""
        return self.joined_links.split(SEPARATOR)[1:-1]

    def has(self, identifier: str) -> bool:
        """Return whether something on the page has an id."""
        return f"{SEPARATOR}{identifier}{SEPARATOR}" in self.joined_ids


def read_page(html: str) -> Page:
    """Return the ids and links of a finished page.

    The templates escape ``<``, ``>`` and quotation marks wherever text or values come in, so a tag ends at its ``>``.
    """
    ids: dict[str, None] = {}
    links: dict[str, None] = {}
    for name, value in ATTRIBUTE.findall(html):
        plain = unescape(value) if "&" in value else value
        if name != "id":
            links[plain] = None
        elif plain:
            ids[plain] = None
    return Page(_joined(sorted(ids)), _joined(links))


def _joined(texts: Iterable[str]) -> str:
    return SEPARATOR.join(["", *texts, ""])


def check_links(
    addresses: Collection[str],
    pages: Mapping[str, Page],
    written: Callable[[], Mapping[tuple[str, str], tuple[Text, ...]]],
    navigation: Iterable[Text] = (),
    unread: Collection[str] = (),
    *,
    root_path: str = "",
    only: Iterable[str] | None = None,
) -> Iterator[Problem]:
    """Yield a problem for each link of a page that leads nowhere.

    ``addresses`` are those of all files of the site, ``pages`` what the HTML pages among them hold. ``written`` gives
    how and where the link ``(address of the page, link)`` was written, and is asked once a link is dead; ``navigation``
    is what every page has. For any other link the page is named: then the fault is the builder's. ``unread`` are the
    addresses of pages that are missing only because their files cannot be read: while there are any, no anchor on
    another page is judged. ``root_path`` is the path of the site on its host, for links that start from there.
    ``only`` are the pages to be judged, all where it is None.
    """
    site = _Site(addresses, frozenset(unread), pages)
    reported: set[tuple[str, str]] = set()
    for text in navigation:
        target = _target(text, "", root_path)
        if target is not None and (fault := site.fault(target, "")):
            reported.add(target)
            yield dead_link(text, *fault)
    sound: set[tuple[str, str]] = set()  # links from one folder that have been found to lead somewhere
    for address in pages if only is None else only:
        page = pages[address]
        folder = posixpath.dirname(address)
        for link in page.links:
            if (folder, link) in sound or (link.startswith("#") and page.has(unquote(link[1:]))):
                continue
            target = _target(link, address, root_path)
            fault = site.fault(target, address) if target is not None else None
            if fault is None:
                if target is None or target[0] != address:
                    sound.add((folder, link))
                continue
            texts = written().get((address, link), ())
            for text in texts:
                yield dead_link(text, *fault)
            if not texts and target not in reported:
                yield dead_link(Text(unquote(link), Place(address)), fault[0], mend=NOT_YOURS)


@dataclass(frozen=True)
class _Site:
    """What links can lead to."""

    addresses: Collection[str]
    unread: frozenset[str]
    pages: Mapping[str, Page]

    def fault(self, target: tuple[str, str], base: str) -> tuple[str, str] | None:
        """Return what is wrong with the file and the anchor that a link of ``base`` leads to, and what may be meant."""
        path, anchor = target
        if path not in self.addresses and path not in self.unread:
            known = sorted(address for address in {*self.addresses, *self.unread} if address.endswith(".html"))
            near = difflib.get_close_matches(path, known, n=1, cutoff=0.8)
            guess = f"是不是“{near[0]}”？" if near else "请核对。"
            return "没有这一页或这个文件", f"{guess}{HOW_TO_LINK}"
        page = self.pages.get(path) if anchor else None
        if page is None or page.has(anchor) or (self.unread and path != base):
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
