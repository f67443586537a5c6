"""Records: the schema of every kind of content file, stated once.

Takes a ``Source``; gives a frozen record, or None where the file cannot stand for one, and problems.
A record knows nothing of other records, of addresses or of HTML.
"""

from dataclasses import dataclass

from builder.dates import Edtf
from builder.fields import Reading, one_value_wanted
from builder.front_matter.withheld import without_key
from builder.problems import Problem
from builder.text import Mapping, Source, Text

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


@dataclass(frozen=True)
class Event:
    """Something dated or undated that the text tells.

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


def read_profile(source: Source) -> tuple[Profile | Tombstone | None, list[Problem]]:
    """Return the profile in a file and what is wrong with it; None where a required value is missing.

    A withdrawn profile gives a ``Tombstone`` whatever else the file still says: the editor may empty it.
    """
    if source.front is None:
        return None, []
    reading = Reading(source.front)
    if reading.choice("status", {"withdrawn": "已撤下"}) == "withdrawn":
        return _read_tombstone(source, reading)
    name = reading.required("name")
    units = read_units(reading)
    region = read_region_path(reading, required=True)
    events = read_events(reading)
    reading.is_missing("author")
    author = reading.mapping_or_text("author", ("name", "pinyin"))
    profile = Profile(
        id=record_id(source.file),
        file=source.file,
        name=name or Text("", source.front.place),
        units=units,
        region=region,
        events=events,
        author=author.get("name"),
        author_pinyin=author.get("pinyin"),
        pinyin=reading.text("pinyin"),
        post=reading.text("post"),
        title=reading.text("title"),
        subtitle=reading.text("subtitle"),
        summary=reading.text("summary"),
        person=reading.text("person"),
        source=read_provenance(reading),
        private=reading.texts("private"),
        tags=reading.texts("tags"),
        aliases=reading.texts("aliases"),
        body=source.body,
        body_line=source.body_line,
        digest=source.digest,
        added=read_day(reading, "added"),
        changes=read_changes(reading),
        public_front=without_key(source.front_text, "private"),
    )
    reading.refuse_unknown(PROFILE_KEYS)
    complete = name is not None and bool(units) and bool(region.names)
    return (profile if complete else None), reading.problems


def _read_tombstone(source: Source, reading: Reading) -> tuple[Tombstone, list[Problem]]:
    """Return the tombstone of a withdrawn profile, which must say the day of its withdrawal."""
    withdrawn = reading.required("withdrawn")
    names = tuple(text for key in ("name", "title", "subtitle") if (text := reading.text(key)) is not None)
    tombstone = Tombstone(
        id=record_id(source.file),
        file=source.file,
        withdrawn=read_day(reading, "withdrawn") if withdrawn is not None else None,
        names=names,
        aliases=reading.texts("aliases"),
    )
    reading.refuse_unknown(PROFILE_KEYS)
    return tombstone, reading.problems


def read_day(reading: Reading, key: str) -> Edtf | None:
    """Return the day under ``key``; None where it is absent or, with a problem, no certain day."""
    text = reading.text(key)
    date = reading.edtf(text) if text is not None else None
    if text is None or date is None or date.is_day:
        return date
    reading.problems.append(day_wanted(text, key))
    return None


def read_changes(reading: Reading) -> tuple[Change, ...]:
    """Return ``changes``: each ``{date, what, by}``; one without day or words gives a problem and is left out."""
    changes = []
    for entry in reading.mappings("changes"):
        date = None if entry.is_missing("date") else read_day(entry, "date")
        what = entry.required("what")
        if date is not None and what is not None:
            changes.append(Change(date, what, str(entry.text("by") or "")))
        entry.refuse_unknown(CHANGE_KEYS)
        reading.problems.extend(entry.problems)
    return tuple(changes)


def read_provenance(reading: Reading) -> dict[str, Text]:
    """Return ``source``: the name of a file, or a mapping (``SOURCE_KEYS``)."""
    source = reading.mapping_or_text("source", SOURCE_KEYS)
    reading.web(source, "url", "请写成 https://example.org/news.html 的样子；不是网址的，写在 note 里。")
    return source


def read_units(reading: Reading) -> tuple[Unit, ...]:
    """Return ``unit``: one organisation or a list, each a name or ``{name, post, quote}``."""
    if reading.is_missing("unit"):
        return ()
    units = []
    for node in reading.nodes("unit"):
        if isinstance(node, Text):
            units.append(Unit(node, None, None))
        elif isinstance(node, Mapping):
            inner = Reading(node)
            name = inner.required("name")
            if name is not None:
                units.append(Unit(name, inner.text("post"), inner.text("quote")))
            inner.refuse_unknown(("name", "post", "quote"))
            reading.problems.extend(inner.problems)
        else:
            reading.problems.append(one_value_wanted(node, "unit", in_list=True))
    if not units and not reading.problems:
        reading.required("unit")
    return tuple(units)


def read_region_path(reading: Reading, *, required: bool) -> RegionPath:
    """Return ``region`` split at ``/``, with its supplied and inferred names, each of which must be in the path."""
    text = reading.required("region") if required else reading.text("region")
    if text is None:
        return RegionPath()
    names = tuple(_at_offset(text, start, part) for start, part in _split_path(text) if part)
    if len(names) < text.count("/") + 1:
        reading.problems.append(region_path(text))
    signed = {}
    for key in ("region_supplied", "region_inferred"):
        signed[key] = reading.texts(key)
        for name in signed[key]:
            if name not in names:
                reading.problems.append(not_in_region(name, key, names))
    return RegionPath(names, signed["region_supplied"], signed["region_inferred"])


def _split_path(text: str) -> list[tuple[int, str]]:
    """Return the parts of a path with the offset at which each begins, without the space around them."""
    parts, start = [], 0
    for part in text.split("/"):
        parts.append((start + len(part) - len(part.lstrip()), part.strip()))
        start += len(part) + 1
    return parts


def _at_offset(text: Text, offset: int, part: str) -> Text:
    """Return a part of a text, at its own place where the text is written on one line."""
    place = text.place
    return Text(part, type(place)(place.file, place.line, place.column + offset))


def read_events(reading: Reading) -> tuple[Event, ...]:
    """Return ``dates``: one value or a list, each a date or a mapping (``EVENT_KEYS``)."""
    if reading.is_missing("dates"):
        return ()
    if not reading.nodes("dates"):
        reading.required("dates")
    events = []
    for node in reading.nodes("dates"):
        if isinstance(node, Text):
            date = reading.edtf(node)
            if date is not None:
                events.append(Event(date, None, (), "printed", False, "", "", None, (), "", ()))
        elif isinstance(node, Mapping):
            events.append(_read_event(reading, node))
        else:
            reading.problems.append(one_value_wanted(node, "dates", in_list=True))
    return tuple(events)


def _read_event(outer: Reading, node: Mapping) -> Event:
    """Return the event in a mapping; its problems go to the outer reading."""
    reading = Reading(node)
    basis = reading.choice("basis", BASES)
    event = Event(
        date=reading.date("date"),
        label=reading.text("event"),
        quotes=reading.texts("quote"),
        basis=basis or "printed",
        supplied=reading.choice("supplied", {"year": "年份由编者补"}) == "year",
        time=str(reading.text("time") or ""),
        note=str(reading.text("note") or ""),
        preferred=reading.date("preferred"),
        alternatives=reading.dates("alternatives"),
        scope=reading.choice("scope", SCOPES),
        organisations=reading.texts("organisation"),
    )
    if node.key("date") is None and event.label is None:
        reading.problems.append(empty_event(node))
    reading.refuse_unknown(EVENT_KEYS)
    outer.problems.extend(reading.problems)
    return event


def read_organisation(source: Source) -> tuple[OrganisationRecord | None, list[Problem]]:
    """Return the organisation in a file and what is wrong with it; None where it has no name."""
    if source.front is None:
        return None, []
    reading = Reading(source.front)
    name = reading.required("name")
    record = OrganisationRecord(
        id=record_id(source.file),
        file=source.file,
        name=name or Text("", source.front.place),
        aliases=reading.texts("aliases"),
        full_name=reading.text("full_name"),
        full_name_inferred=reading.choice("full_name_basis", INFERRED) == "inferred",
        parent=reading.text("parent"),
        parent_inferred=reading.choice("parent_basis", INFERRED) == "inferred",
        region=read_region_path(reading, required=False),
        kind=str(reading.text("kind") or ""),
        tier=reading.choice("tier", TIERS) or "page",
        pinyin=reading.text("pinyin"),
        body=source.body,
        body_line=source.body_line,
    )
    reading.refuse_unknown(ORGANISATION_KEYS)
    return (record if name is not None else None), reading.problems


def read_region(source: Source) -> tuple[RegionRecord | None, list[Problem]]:
    """Return the region in a file and what is wrong with it; None where it has no name."""
    if source.front is None:
        return None, []
    reading = Reading(source.front)
    name = reading.required("name")
    record = RegionRecord(
        id=record_id(source.file),
        file=source.file,
        name=name or Text("", source.front.place),
        aliases=reading.texts("aliases"),
        parent=reading.text("parent"),
        code=_read_code(reading),
        code_system=str(reading.text("code_system") or ""),
        is_division=reading.choice("division", {"no": "不是行政区划"}) != "no",
        romanised=str(reading.text("romanised") or ""),
        tier=reading.choice("tier", {"page": TIERS["page"], "listed": TIERS["listed"]}) or "page",
        pinyin=reading.text("pinyin"),
        body=source.body,
        body_line=source.body_line,
    )
    reading.refuse_unknown(REGION_KEYS)
    return (record if name is not None else None), reading.problems


def _read_code(reading: Reading) -> str:
    """Return ``code``; GB/T 2260 codes have six digits, and another system must be named."""
    code = reading.text("code")
    if code is None:
        return ""
    if reading.text("code_system") is None and not (len(code) == 6 and code.isascii() and code.isdigit()):
        reading.problems.append(region_code(code))
        return ""
    return str(code)


def read_page(source: Source) -> tuple[PageRecord | None, list[Problem]]:
    """Return the page of prose in a file and what is wrong with it; None where it has no title."""
    if source.front is None:
        return None, []
    reading = Reading(source.front)
    title = reading.required("title")
    order = reading.text("order")
    if order is not None and not (order.isascii() and order.isdigit()):
        reading.problems.append(number_wanted(order, "order"))
        order = None
    record = PageRecord(
        id=record_id(source.file),
        file=source.file,
        title=title or Text("", source.front.place),
        summary=str(reading.text("summary") or ""),
        order=int(order) if order is not None else 0,
        body=source.body,
        body_line=source.body_line,
    )
    reading.refuse_unknown(PAGE_KEYS)
    return (record if title is not None else None), reading.problems


def region_path(text: Text) -> Problem:
    """Write a region as names from the larger to the smaller, parted by ``/``, none of them empty."""
    message, mend = f"地区“{text}”里有空的一段。", "请从大到小写，用 / 隔开，如：内蒙古自治区/呼和浩特市。"
    return text.problem("region-path", message, mend)


def not_in_region(name: Text, key: str, names: tuple[Text, ...]) -> Problem:
    """Name under ``region_supplied`` and ``region_inferred`` only what stands in ``region``."""
    message = f"“{key}”里的“{name}”不在地区“{'/'.join(names)}”之中。"
    return name.problem("not-in-region", message, f"只能写：{'、'.join(names)}，一字不差。")


def empty_event(node: Mapping) -> Problem:
    """Say of everything under ``dates`` when it was, or what it was."""
    message, mend = "这一项既没有日期，也没有事件。", "请写“date: …”或“event: …”，或两者都写。"
    return Problem(node.place, "empty-event", message, mend)


def region_code(code: Text) -> Problem:
    """Write codes of GB/T 2260 in six digits; name any other system."""
    mend = "GB/T 2260 的代码是六位数字；若是别的代码，请加“code_system: …”说明是哪一种。"
    return code.problem("region-code", f"行政区划代码“{code}”不是六位数字。", mend)


def number_wanted(text: Text, key: str) -> Problem:
    """Write a number in digits where one is wanted."""
    return text.problem("number-wanted", f"“{key}”要写数字，这里是“{text}”。", f"请写成“{key}: 1”的样子，用半角数字。")


def day_wanted(text: Text, key: str) -> Problem:
    """Write the day on which the archive took something up or changed it: one certain day."""
    return text.problem("day-wanted", f"“{key}”要写到日，这里是“{text}”。", f"请写成“{key}: 2026-05-01”的样子。")


RULES = (region_path, not_in_region, empty_event, region_code, number_wanted, day_wanted)
