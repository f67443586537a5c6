"""``site.yaml`` → ``Site``: title, address, navigation and what the frame of every page says.

Takes the settings as read by ``source.read_yaml``; gives a frozen value and problems.
"""

from dataclasses import dataclass

from builder.fields import Reading
from builder.forge import FORGES, Forge, guess_software
from builder.problems import Problem
from builder.text import Mapping, Text

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
)


@dataclass(frozen=True)
class NavigationItem:
    """An entry of the site's navigation: its words and the file it leads to, from the site's root."""

    text: str
    href: str


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


def read_site(settings: Mapping) -> tuple[Site, list[Problem]]:
    """Return the settings and what is wrong with them; a wrong value is left out, so that a site always comes back."""
    reading = Reading(settings)
    title = reading.required("title")
    address = reading.text("address")
    if address and not address.startswith(("https://", "http://")):
        reading.problems.append(
            address.problem("site-address", f"网址“{address}”不是完整的网址。", "请写成 https://域名/ 的样子，或留空。")
        )
        address = None
    licence = reading.mapping_or_text("licence", ("text", "url"))
    site = Site(
        title=str(title or ""),
        tagline=str(reading.text("tagline") or ""),
        language=str(reading.text("language") or "zh-Hans-CN"),
        address=str(address).rstrip("/") + "/" if address else "",
        caution=str(reading.text("caution") or ""),
        navigation=_navigation(reading),
        contact=str(reading.text("contact") or ""),
        licence=str(licence.get("text") or ""),
        licence_url=str(licence.get("url") or ""),
        filing_number=str(reading.text("filing_number") or ""),
        forge=_forge(reading),
    )
    reading.refuse_unknown(SITE_KEYS)
    return site, reading.problems


def _forge(reading: Reading) -> Forge | None:
    """Return the forge of ``repository``: an address, or a mapping of url, branch and software; None where absent."""
    values = reading.mapping_or_text("repository", ("url", "branch", "software"))
    url = values.get("url")
    if url is None:
        return None
    if not url.startswith(("https://", "http://")) or url.count("/") < 4:
        message = f"代码库的网址“{url}”不完整。"
        reading.problems.append(
            url.problem("site-address", message, "请写成 https://github.com/某某/某某 的样子，或留空。")
        )
        return None
    software = values.get("software")
    if software is not None and software not in FORGES:
        message = f"“software”不能写“{software}”。"
        reading.problems.append(software.problem("unknown-choice", message, f"只能写：{'、'.join(FORGES)}。"))
        software = None
    address = str(url).rstrip("/").removesuffix(".git")
    return Forge(address, str(values.get("branch") or "main"), str(software or guess_software(address)))


def _navigation(reading: Reading) -> tuple[NavigationItem, ...]:
    """Return the entries of ``navigation``; each needs ``text`` and ``href``."""
    items = []
    for entry in reading.mappings("navigation"):
        text, href = entry.required("text"), entry.required("href")
        entry.refuse_unknown(("text", "href"))
        reading.problems.extend(entry.problems)
        if isinstance(text, Text) and isinstance(href, Text):
            items.append(NavigationItem(str(text), str(href)))
    return tuple(items)
