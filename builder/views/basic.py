"""Plain values that all pages share: links, quotations, the frame, dates and events."""

from dataclasses import dataclass
from typing import NamedTuple

# How a thing is known, wherever it is shown: "" as printed or plain fact, "supplied" by the editor and certain (shown
# ［内蒙古自治区］), "inferred" likely, not proved (shown 伊金霍洛旗〔推定〕), "tied" to what stands before it in a
# chain by inference (shown › 〔推定隶属〕爱林工作室).
Sign = str


class Link(NamedTuple):
    """A text that may be a link: ``href`` is empty where the page itself, or no page, is meant."""

    text: str
    href: str = ""
    sign: Sign = ""
    lang: str = ""
    current: bool = False


class Quote(NamedTuple):
    """The source's own words, with the address of the paragraph in which they stand."""

    text: str
    href: str


class RelatedFile(NamedTuple):
    """A file about the same thing as the page, for programmes: its relation, address and media type."""

    rel: str
    href: str
    type: str = ""


@dataclass(frozen=True)
class Frame:
    """What the frame of every page needs (``templates/base.html``).

    ``root`` is the way up to the site's root: empty, ``../`` …, or an absolute path on the 404 page.
    ``canonical`` is the absolute address and ``picture`` that of the preview picture, empty where ``site.yaml`` gives
    none. ``breadcrumbs`` end above this page.
    """

    template: str
    address: str
    title: str
    description: str
    language: str
    root: str
    canonical: str
    picture: str
    navigation: tuple[Link, ...]
    breadcrumbs: tuple[Link, ...]
    foot: tuple[Link, ...]
    site_title: str
    caution: str
    contact: Link | None
    licence: Link | None
    filing_number: str
    citation: tuple[tuple[str, str], ...] = ()  # citation_* for Zotero and its like: name and content
    feed: str = ""  # the Atom feed of the site
    structured_data: str = ""  # JSON-LD, final: it cannot end the element in which it stands
    related: tuple[RelatedFile, ...] = ()
    actions: tuple[Link, ...] = ()  # 编辑此页, 更正, 申请撤下: on the forge, where site.yaml names one
    lead: bool = False  # whether the page is the home page
    search: str = ""  # the page of the search; empty on itself, and where there is none
    unlisted: bool = False  # whether search engines are to leave it out: it says nothing of anybody


class DateView(NamedTuple):
    """A date as it is shown, with no more precision than it has.

    ``text`` holds its own brackets: ［2020年］1月29日. ``detail`` is what follows it: 正月初五, or 推算；或2月5日.
    ``datetime`` is set only for a single certain day; ``edtf`` always. ``shape`` is how it is drawn (``chart``):
    printed, named, counted, set, range, open, or background.
    """

    text: str
    detail: str
    datetime: str
    edtf: str
    shape: str


class EventView(NamedTuple):
    """An event: of whom, when, what, in which words, and how that is known.

    ``number`` is its number on the chart, 0 where it has none. ``bound`` is set for an event without a place on the
    axis but with a bound (不早于［2020年］1月24日). ``actor`` is the person it is told of; ``scope`` is "" for an act
    of the person, "group" for an act of others told in the same article, "background" for public time.
    """

    anchor: str
    number: int
    date: DateView | None
    bound: str
    time: str
    actor: Link
    scope: str
    label: str
    quotes: tuple[Quote, ...]
    basis: str
    note: str
