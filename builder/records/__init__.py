"""Records: the schema of every kind of content file, stated once.

Frozen dataclasses and the keys that their files may have; how they are read is said in ``profiles``, ``authorities``
and ``region_paths``, what their values must be like in ``forms``. A record knows nothing of other records, of addresses
or of HTML.
"""

from dataclasses import dataclass
from typing import NamedTuple

from builder.dates import Edtf
from builder.text import Text

BASES = {"printed": "文中印有", "named-day": "节日换算", "counted": "推算", "ordered": "只知先后"}
SCOPES = {"group": "文中他人或集体所为", "background": "背景时段"}
TIERS = {"page": "单独成页", "section": "附于上级页面", "listed": "只列入索引"}
INFERRED = {"inferred": "推定"}

EVENT_KEYS = (
    "date",
    "event",
    "quote",
    "basis",
    "supplied",
    "time",
    "note",
    "preferred",
    "alternatives",
    "scope",
    "organisation",
)
CHANGE_KEYS = ("date", "what", "by")
SOURCE_KEYS = ("file", "lines", "received", "title", "publication", "date", "url", "rights", "note")
PROFILE_KEYS = (
    "name",
    "unit",
    "region",
    "dates",
    "author",
    "pinyin",
    "post",
    "title",
    "subtitle",
    "summary",
    "person",
    "region_supplied",
    "region_inferred",
    "source",
    "private",
    "tags",
    "aliases",
    "added",
    "changes",
    "status",
    "withdrawn",
)
ORGANISATION_KEYS = (
    "name",
    "aliases",
    "full_name",
    "full_name_basis",
    "parent",
    "parent_basis",
    "region",
    "region_supplied",
    "region_inferred",
    "kind",
    "tier",
    "pinyin",
)
REGION_KEYS = ("name", "aliases", "parent", "code", "code_system", "division", "romanised", "tier", "pinyin")
PAGE_KEYS = ("title", "order", "summary")


@dataclass(frozen=True)
class RegionPath:
    """Where something lies, from the larger to the smaller, and which of the names the editor supplied or inferred."""

    names: tuple[Text, ...] = ()
    supplied: tuple[Text, ...] = ()
    inferred: tuple[Text, ...] = ()


@dataclass(frozen=True)
class Unit:
    """An organisation as the profile writes it, the post held there at the time, and the sentence that says so."""

    name: Text
    post: Text | None
    quote: Text | None


class Event(NamedTuple):
    """Something dated or undated that the text tells: a tuple, since an archive has more of them than of all else.

    ``basis`` is how the date is known (``BASES``); a date of basis ``ordered`` bounds the event and is no place on an
    axis. ``supplied`` says that the year is the editor's. ``scope`` is "" for an act of the person (``SCOPES``).
    """

    date: Edtf | None
    label: Text | None
    quotes: tuple[Text, ...]
    basis: str
    supplied: bool
    time: str
    note: str
    preferred: Edtf | None
    alternatives: tuple[Edtf, ...]
    scope: str
    organisations: tuple[Text, ...]


@dataclass(frozen=True)
class Change:
    """A correction or an addition made after a document was taken up: when, what, and on whose word."""

    date: Edtf
    what: Text
    by: str


@dataclass(frozen=True)
class Profile:
    """One document about a person. ``digest`` is the SHA-256 of the file; ``body`` starts on line ``body_line``.

    ``added`` is the day on which it was taken up. ``public_front`` is the front matter as written, without its
    ``private`` list; empty where that cannot be cut out.
    """

    id: str
    file: str
    name: Text
    units: tuple[Unit, ...]
    region: RegionPath
    events: tuple[Event, ...]
    author: Text | None
    author_pinyin: Text | None
    pinyin: Text | None
    post: Text | None
    title: Text | None
    subtitle: Text | None
    summary: Text | None
    person: Text | None
    source: dict[str, Text]
    private: tuple[Text, ...]
    tags: tuple[Text, ...]
    aliases: tuple[Text, ...]
    body: str
    body_line: int
    digest: str
    added: Edtf | None = None
    changes: tuple[Change, ...] = ()
    public_front: str = ""


@dataclass(frozen=True)
class Tombstone:
    """What is left of a withdrawn profile: its id and the day; ``names`` only for the check that they are gone."""

    id: str
    file: str
    withdrawn: Edtf | None
    names: tuple[Text, ...]
    aliases: tuple[Text, ...]


@dataclass(frozen=True)
class OrganisationRecord:
    """What is known of an organisation beyond its name."""

    id: str
    file: str
    name: Text
    aliases: tuple[Text, ...]
    full_name: Text | None
    full_name_inferred: bool
    parent: Text | None
    parent_inferred: bool
    region: RegionPath
    kind: str
    tier: str
    pinyin: Text | None
    body: str
    body_line: int


@dataclass(frozen=True)
class RegionRecord:
    """What is known of a region beyond its name. ``code`` is of GB/T 2260 unless ``code_system`` says otherwise."""

    id: str
    file: str
    name: Text
    aliases: tuple[Text, ...]
    parent: Text | None
    code: str
    code_system: str
    is_division: bool
    romanised: str
    tier: str
    pinyin: Text | None
    body: str
    body_line: int


@dataclass(frozen=True)
class PageRecord:
    """A page of prose; ``order`` is its place among its like."""

    id: str
    file: str
    title: Text
    summary: str
    order: int
    body: str
    body_line: int


def record_id(file: str) -> str:
    """Return the permanent id of a content file: its name without folder and ending."""
    return file.rsplit("/", 1)[-1].removesuffix(".md")
