"""``site.yaml`` → ``Site``: title, address, navigation and what the frame of every page says.

Takes the settings as read by ``source.read_yaml``; gives a frozen value and problems.
"""

import difflib
import re
from dataclasses import dataclass

from builder.fields import WEB_ADDRESS, Reading, unknown_choice, web_address
from builder.forge import FORGES, Forge, guess_software
from builder.problems import Problem
from builder.text import Mapping, Text

LANGUAGE = re.compile(r"[A-Za-z]{2,8}(-[A-Za-z0-9]{1,8})*")
ADDRESS = re.compile(r"https?://[\w.-]+(:[0-9]+)?(/[^\s\[\]?#]*)?")

# A page of the site, from its root, and a place on it.
INNER = re.compile(r"(?![./])[\w./-]+(?:#[^\s#<>\"]+)?")

# Parts parted by slashes, none of which begins with a dot.
FORMER = re.compile(r"(?:[^\s<>\"\\?#:%./][^\s<>\"\\?#:%/]*/)*[^\s<>\"\\?#:%./][^\s<>\"\\?#:%/]*")

# What can be made besides the pages (``builder/exports``), and what it is.
EXPORTS = {
    "tei": "TEI P5：全文与校注",
    "eac": "EAC-CPF 2.0：人物与机构的规范记录",
    "jsonld": "JSON-LD：schema.org 的结构化数据，也写入网页",
    "bibtex": "BibTeX：文献管理软件用",
    "ris": "RIS：文献管理软件用",
    "csl": "CSL-JSON：文献管理软件用",
    "markdown": "Markdown：各篇的源文件，不含 private",
    "tables": "CSV：人物、文献、职务、机构、地区、记事各表",
    "archive": "JSON：全部公开数据合为一个文件",
    "calendar": "iCalendar：日期确定的记事",
    "atom": "Atom：新收、更正与撤下的订阅",
    "sitemap": "sitemap.xml：供搜索引擎，须有网址",
    "robots": "robots.txt：允许收录",
}

SEARCH = {"yes": "有站内搜索", "no": "没有站内搜索"}

SITE_KEYS = (
    "title",
    "tagline",
    "language",
    "address",
    "caution",
    "navigation",
    "contact",
    "licence",
    "filing_number",
    "repository",
    "exports",
    "search",
    "former",
)


@dataclass(frozen=True)
class NavigationItem:
    """An entry of the site's navigation: its words and the file it leads to, from the site's root."""

    text: str
    href: Text


@dataclass(frozen=True)
class Former:
    """An address that the site had once, from its root; where its contents are now, or None for what is withdrawn."""

    address: Text
    now: Text | None


@dataclass(frozen=True)
class Site:
    """The settings of the site. ``address`` ends in ``/``, or is empty: then no page says an absolute address."""

    title: str
    tagline: str = ""
    language: str = "zh-Hans-CN"
    address: str = ""
    caution: str = ""
    navigation: tuple[NavigationItem, ...] = ()
    contact: str = ""
    licence: str = ""
    licence_url: str = ""
    filing_number: str = ""
    forge: Forge | None = None
    exports: tuple[str, ...] = tuple(EXPORTS)
    search: bool = True
    former: tuple[Former, ...] = ()


def read_site(settings: Mapping) -> tuple[Site, list[Problem]]:
    """Return the settings and what is wrong with them; a wrong value is left out, so that a site always comes back."""
    reading = Reading(settings)
    title = reading.required("title")
    address = reading.text("address")
    if address and not ADDRESS.fullmatch(address):
        reading.problems.append(site_address(address, "https://example.org/"))
        address = None
    licence = reading.mapping_or_text("licence", ("text", "url"))
    reading.web(licence, "url", "请写成 https://creativecommons.org/licenses/by/4.0/ 的样子，或删去 url。")
    contact = reading.text("contact")
    if contact is not None and contact.startswith("http") and not WEB_ADDRESS.fullmatch(contact):
        mend = "请写成 https://example.org/contact 或 mailto:editor@example.org 的样子。"
        reading.problems.append(web_address(contact, mend))
        contact = None
    site = Site(
        title=str(title or ""),
        tagline=str(reading.text("tagline") or ""),
        language=_language(reading),
        address=str(address).rstrip("/") + "/" if address else "",
        caution=str(reading.text("caution") or ""),
        navigation=_navigation(reading),
        contact=str(contact or ""),
        licence=str(licence.get("text") or ""),
        licence_url=str(licence.get("url") or ""),
        filing_number=str(reading.text("filing_number") or ""),
        forge=_forge(reading),
        exports=_exports(reading),
        search=reading.choice("search", SEARCH) != "no",
        former=_former(reading),
    )
    reading.refuse_unknown(SITE_KEYS)
    return site, reading.problems


def _language(reading: Reading) -> str:
    """Return the language tag of every page; that of simplified Chinese where none is written."""
    language = reading.text("language")
    if language is not None and not LANGUAGE.fullmatch(language):
        reading.problems.append(site_language(language))
        language = None
    return str(language or "zh-Hans-CN")


def _forge(reading: Reading) -> Forge | None:
    """Return the forge of ``repository``: an address, or a mapping of url, branch and software; None where absent."""
    values = reading.mapping_or_text("repository", ("url", "branch", "software"))
    url = values.get("url")
    if url is None:
        return None
    if not ADDRESS.fullmatch(url) or url.count("/") < 4:
        reading.problems.append(site_address(url, "https://github.com/某某/某某"))
        return None
    software = values.get("software")
    if software is not None and software not in FORGES:
        reading.problems.append(unknown_choice(software, "software", FORGES))
        software = None
    address = str(url).rstrip("/").removesuffix(".git")
    return Forge(address, str(values.get("branch") or "main"), str(software or guess_software(address)))


def _exports(reading: Reading) -> tuple[str, ...]:
    """Return the formats to be made, in the order of ``EXPORTS``: all where nothing is said, none for an empty list."""
    node = reading.mapping.get("exports")
    names = reading.texts("exports")
    if node is None or (isinstance(node, Text) and not names):
        return tuple(EXPORTS)
    reading.problems.extend(unknown_export(name) for name in names if name not in EXPORTS)
    return tuple(name for name in EXPORTS if name in names)


def _navigation(reading: Reading) -> tuple[NavigationItem, ...]:
    """Return the entries of ``navigation``; each needs ``text`` and ``href``."""
    items = []
    for entry in reading.mappings("navigation"):
        text, href = entry.required("text"), entry.required("href")
        entry.refuse_unknown(("text", "href"))
        reading.problems.extend(entry.problems)
        if href is not None and not (INNER.fullmatch(href) or WEB_ADDRESS.fullmatch(href)):
            mend = "本站的网页从网站首页起写，如 people.html；别的网站写全，如 https://example.org/"
            reading.problems.append(web_address(href, mend))
        elif text is not None and href is not None:
            items.append(NavigationItem(str(text), href))
    return tuple(items)


def _former(reading: Reading) -> tuple[Former, ...]:
    """Return the entries of ``former``, each address once; only a page can lead on."""
    entries: dict[str, Former] = {}
    for entry in reading.mappings("former"):
        address, now = entry.required("address"), entry.text("now")
        entry.refuse_unknown(("address", "now"))
        reading.problems.extend(entry.problems)
        if address is None:
            continue
        is_page = address.endswith(".html")
        if not FORMER.fullmatch(address) or address in entries or (now is not None and not is_page):
            reading.problems.append(former_address(address, is_twice=address in entries))
        else:
            entries[str(address)] = Former(address, now)
    return tuple(entries.values())


def former_address(address: Text, *, is_twice: bool = False) -> Problem:
    """Name a former address once, from the site's root; only from a page (``.html``) can one be led on."""
    if is_twice:
        return address.problem("former-address", f"从前的网址“{address}”写了两次。", "请删去一处。")
    message = f"“{address}”不能作从前的网址。"
    mend = "从网站首页起写，不写域名，如：people/zhang-san.html；网页以外的文件不能转到别处，不写 now。"
    return address.problem("former-address", message, mend)


def site_address(address: Text, example: str) -> Problem:
    """Write the address of the site, and of its repository, in full."""
    message, mend = f"“{address}”不是完整的网址。", f"请写成 {example} 的样子，或留空。"
    return address.problem("site-address", message, mend)


def site_language(language: Text) -> Problem:
    """Write the language of the site as a tag (BCP 47)."""
    mend = "请写成 zh-Hans-CN（简体中文，中国大陆）的样子，或整行删去。"
    return language.problem("site-language", f"“{language}”不是语言标记。", mend)


def unknown_export(name: Text) -> Problem:
    """Name under ``exports`` only formats that can be made."""
    near = difflib.get_close_matches(str(name).lower().replace("-", ""), EXPORTS, n=1, cutoff=0.5)
    guess = f"是不是“{near[0]}”？" if near else ""
    known = "、".join(f"{word}（{meaning}）" for word, meaning in EXPORTS.items())
    return name.problem("unknown-export", f"没有叫“{name}”的格式。", f"{guess}可以写：{known}；整行不写则全部生成。")


RULES = (site_address, site_language, unknown_export, former_address)
