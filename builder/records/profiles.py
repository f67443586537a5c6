"""A ``Source`` → a profile or its tombstone, and what is wrong with it; None where the file cannot stand for one."""

from collections.abc import Iterator

from builder.dates import DateError, Edtf, parse_edtf
from builder.fields import Reading, one_value_wanted
from builder.front_matter.withheld import without_key
from builder.problems import Problem
from builder.records import (
    BASES,
    CHANGE_KEYS,
    EVENT_KEYS,
    PROFILE_KEYS,
    SCOPES,
    SOURCE_KEYS,
    Change,
    Event,
    Profile,
    Tombstone,
    Unit,
    record_id,
)
from builder.records.forms import date_after_added, day_wanted, empty_event, name_faults
from builder.records.region_paths import read_region_path
from builder.text import Mapping, Node, Source, Text


def read_profile(source: Source) -> tuple[Profile | Tombstone | None, list[Problem]]:
    """Return the profile in a file and what is wrong with it; None where a required value is missing.

    A withdrawn profile gives a ``Tombstone`` whatever else the file still says: the editor may empty it.
    """
    if source.front is None:
        return None, []
    reading = Reading(source.front)
    if reading.text("status") is not None or reading.text("withdrawn") is not None:
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
        public_front=_public_front(source.front_text),
    )
    reading.problems += name_faults(name, is_person=True)
    reading.problems += name_faults(profile.author, *profile.tags, *(unit.name for unit in units))
    reading.problems += _late_dates(reading)
    reading.refuse_unknown(PROFILE_KEYS)
    complete = name is not None and bool(units) and bool(region.names)
    return (profile if complete else None), reading.problems


def _public_front(front: str) -> str:
    """Return the front matter as written, without what is private."""
    # A text without the word, and without a backslash that might spell it, need not be read a second time.
    has_none = "private" not in front and "\\" not in front
    return front if has_none else without_key(front, "private")


def _read_tombstone(source: Source, reading: Reading) -> tuple[Tombstone, list[Problem]]:
    """Return the tombstone of a withdrawn profile, which must say so and the day of its withdrawal.

    Who writes but one of the two, or misspells it, means it all the same: nothing must stay public by mistake.
    """
    if reading.required("status") is not None:
        reading.choice("status", {"withdrawn": "已撤下"})
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


def _late_dates(reading: Reading) -> Iterator[Problem]:
    """Yield a problem for each date of an event that is later than the day on which the document was taken up."""
    added = reading.text("added")
    day = _date(added)
    for node in reading.nodes("dates"):
        text = node.get("date") if isinstance(node, Mapping) else node
        date = _date(text)
        is_late = date and day and date.earliest and day.latest and date.earliest > day.latest
        if is_late and isinstance(text, Text) and added is not None:
            yield date_after_added(text, added)


def _date(node: Node | None) -> Edtf | None:
    """Return the date in a node, or None where there is none; what is wrong with it has been said."""
    try:
        return parse_edtf(str(node)) if isinstance(node, Text) and node.strip() else None
    except DateError:
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
    units = []
    for node in reading.required_nodes("unit"):
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
    return tuple(units)


def read_events(reading: Reading) -> tuple[Event, ...]:
    """Return ``dates``: one value or a list, each a date or a mapping (``EVENT_KEYS``)."""
    events = []
    for node in reading.required_nodes("dates"):
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
