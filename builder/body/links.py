"""Where a link of a body may lead, and how symbolic links become addresses.

Takes targets as written; gives their kind, or what is wrong with them.
"""

import difflib
import re
from collections.abc import Callable
from html import escape, unescape
from urllib.parse import urlsplit

SYMBOLIC = ("person", "organisation", "region")
OUTSIDE = ("http", "https", "mailto", "tel")
# What else people write for the three kinds of record.
OTHER_WORDS = {
    "人物": "person",
    "人": "person",
    "people": "person",
    "机构": "organisation",
    "单位": "organisation",
    "organization": "organisation",
    "org": "organisation",
    "unit": "organisation",
    "地区": "region",
    "地方": "region",
    "place": "region",
}
WRITTEN_KIND = re.compile(r"([^\W\d_]+) *[:：] *(.*)", re.DOTALL)
SCHEME = re.compile(r"([a-z][a-z0-9+.-]*):")
# Browsers drop these from an address before they read its scheme: “java\tscript:” runs.
UNSEEN = re.compile("[\x00-\x20\x7f-\xa0\u00ad\u200b-\u200f\u2028-\u202f\u2060-\u2064\ufeff]")

LINK = re.compile(r'<a href="(person|organisation|region|relative):([^"]*)">(.*?)</a>', re.DOTALL)
IMAGE = re.compile(r'<img src="image:([^"]*)" alt="([^"]*)"([^>]*)>')


def classify(target: str) -> str:
    """Return what a target is: person, organisation, region, outside, anchor, relative; or unsafe, or empty."""
    bare = UNSEEN.sub("", target)
    if "：" in bare and meant_kind(bare):
        return "unsafe"
    scheme = SCHEME.match(bare.lower())
    if scheme and scheme[1] in SYMBOLIC:
        return scheme[1] if bare[scheme.end() :] else "empty"
    if bare != target or bare.startswith(("//", "\\")) or "\\" in bare:
        return "unsafe"
    if not bare or bare == "#":
        return "empty"
    if scheme:
        return "outside" if scheme[1] in OUTSIDE and _is_address(bare) else "unsafe"
    if ":" in bare.split("/", 1)[0].split("?", 1)[0].split("#", 1)[0]:
        return "unsafe"
    return "anchor" if bare.startswith("#") else "relative"


def meant_kind(target: str) -> str:
    """Return the target as it should be written where it means a record by another word or sign, or ""."""
    found = WRITTEN_KIND.fullmatch(target)
    if found is None:
        return ""
    word = found[1].lower()
    kind = OTHER_WORDS.get(word) or next(iter(difflib.get_close_matches(word, SYMBOLIC, n=1, cutoff=0.8)), "")
    return f"{kind}:{found[2]}" if kind and found[2] else ""


def _is_address(target: str) -> bool:
    """Return whether a target can be taken apart as an address: one with a stray bracket cannot."""
    try:
        return bool(urlsplit(target).path or urlsplit(target).netloc)
    except ValueError:
        return False


def link_fault(kind: str, href: str, *, is_inner: bool, is_empty: bool) -> tuple[str, str, str, int] | None:
    """Return what is wrong with a link (rule, message, mend, width), or None."""
    if kind == "unsafe" and (meant := meant_kind(href)):
        return "unsafe-link", f"没有“{href}”这样的链接。", f"是不是要写“{meant}”？冒号是半角的。", len(href)
    if kind == "unsafe":
        mend = "地址要以 https://、http://、mailto:、tel: 或 # 开头，或是本站里的相对路径。"
        return "unsafe-link", f"不能用这样的链接地址：{href}", mend, len(href)
    faults = ((is_inner, "链接里面又有链接。"), (is_empty, "链接没有文字。"), (kind == "empty", "链接没有地址。"))
    message = next((words for is_so, words in faults if is_so), None)
    return ("malformed-link", message, "写成 [文字](地址)。", 1) if message else None


def image_fault(kind: str, source: str, alt: str) -> tuple[str, str, str, int] | None:
    """Return what is wrong with an image (rule, message, mend, width), or None."""
    if kind == "outside" or source.startswith("//"):
        mend = "把图片下载下来，放在文章旁边，写它的文件名；并确认有权使用。"
        return "remote-image", f"图片在别的网站上：{source}", mend, len(source)
    if kind != "relative":
        return "unsafe-link", f"不能用这样的图片地址：{source}", "写放在文章旁边的图片的文件名。", len(source)
    if not alt:
        return "image-without-alt", f"图片没有文字说明：{source}", f"写成 ![图上是什么]({source})。", 4
    return None


def resolve_links(html: str, resolver: Callable[[str, str], str]) -> str:
    """Return a fragment with every symbolic link and image made final.

    ``resolver`` is given kind (person, organisation, region, relative, image) and target as written; a relative target
    is a path from the site's root. It returns the address, or "" where there is none: then a link becomes a ``span``
    and an image its words. Text of an editor cannot pass for a link here, since its ``<`` and ``"`` are escaped.
    """

    def resolve_link(match: re.Match[str]) -> str:
        address = resolver(match[1], unescape(match[2]))
        return f'<a href="{escape(address)}">{match[3]}</a>' if address else f"<span>{match[3]}</span>"

    def resolve_image(match: re.Match[str]) -> str:
        address = resolver("image", unescape(match[1]))
        if not address:
            return f"<span>{match[2]}</span>"
        return f'<img src="{escape(address)}" alt="{match[2]}"{match[3]}>'

    return IMAGE.sub(resolve_image, LINK.sub(resolve_link, html))
