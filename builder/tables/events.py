"""The table of events: every date as it was written, never with more precision than it has."""

from collections.abc import Iterator

from builder import urls
from builder.archive import Archive, PlacedEvent
from builder.date_words import BASIS_WORDS, show_bound, show_date
from builder.records import SCOPES
from builder.tables.table import SEPARATOR, Column, Table


def events(archive: Archive) -> Iterator[PlacedEvent]:
    """Yield every event, person by person in the order of the texts."""
    for document in archive.documents:
        yield from document.events


def event_label(archive: Archive, placed: PlacedEvent) -> str:
    """Return what happened, in the editor's words; where none are written, what the document is called."""
    person = archive.people[placed.person]
    profile = next(found.profile for found in person.documents if found.profile.id == placed.document)
    return str(placed.event.label or profile.summary or profile.title or person.name)


def date_words(placed: PlacedEvent) -> str:
    """Return an event's date as the pages show it, with its remark; a bound for one that has no date of its own."""
    event = placed.event
    if event.date is None:
        return ""
    if not placed.is_on_axis:
        return show_bound(event.date, event.supplied)
    view = show_date(
        event.date,
        basis=event.basis,
        supplied=event.supplied,
        preferred=event.preferred,
        alternatives=event.alternatives,
        time=event.time,
        scope=event.scope,
    )
    return view.text + (f"（{view.detail}）" if view.detail else "")


def _bound(placed: PlacedEvent, *, is_last: bool) -> str:
    """Return the first or the last day that a date can mean; nothing where that side is open."""
    date = placed.event.date
    day = (date.latest if is_last else date.earliest) if date is not None else None
    return day.isoformat() if day is not None else ""


def _organisations(archive: Archive, placed: PlacedEvent) -> str:
    by_name = archive.organisations.by_name
    return SEPARATOR.join(dict.fromkeys(by_name[str(name)] for name in placed.event.organisations))


EVENTS: Table[PlacedEvent] = Table(
    "events",
    "记事",
    "文中所记的事，每件一行，有日期的和没有日期的都在。",
    (
        Column(
            "id",
            "编号",
            "人物页上的位置：people/人物.html#编号（背景时段只在时间线上）。",
            lambda _, it: urls.event(it.document, it.number),
            True,
            term="dcterms:identifier",
        ),
        Column("person", "人物", "记在谁的名下。", lambda _, it: it.person, True, "people"),
        Column("document", "文献", "出处。", lambda _, it: it.document, True, "documents", term="dcterms:source"),
        Column("event", "事件", "编者所写的几个字。", event_label, True, term="dcterms:description"),
        Column(
            "date",
            "日期",
            "EDTF（ISO 8601-2）；空的为未系日。",
            lambda _, it: it.event.date.text if it.event.date is not None else "",
            term="dcterms:temporal",
        ),
        Column(
            "earliest",
            "最早",
            "日期字面上的第一天；“前后”“存疑”的照字面算。",
            lambda _, it: _bound(it, is_last=False),
            kind="date",
        ),
        Column(
            "latest", "最晚", "日期字面上的最后一天；空的不知。", lambda _, it: _bound(it, is_last=True), kind="date"
        ),
        Column("words", "日期写法", "照本站的写法；［］为编者补。", lambda _, it: date_words(it)),
        Column(
            "basis",
            "日期依据",
            "；".join(f"{key}：{words}" for key, words in BASIS_WORDS.items()) + "。空的没有日期。",
            lambda _, it: it.event.basis if it.event.date is not None else "",
            options=tuple(BASIS_WORDS),
        ),
        Column(
            "supplied",
            "编者所补",
            "year：年份原文未载，编者补。",
            lambda _, it: "year" if it.event.supplied else "",
            options=("year",),
        ),
        Column(
            "preferred",
            "较可能",
            "几种可能之中较可能的。",
            lambda _, it: it.event.preferred.text if it.event.preferred is not None else "",
        ),
        Column(
            "alternatives",
            "又一解",
            f"同一句话的别种读法，用 {SEPARATOR} 隔开。",
            lambda _, it: SEPARATOR.join(date.text for date in it.event.alternatives),
            several=True,
        ),
        Column("time", "时刻", "照原文的时刻。", lambda _, it: it.event.time),
        Column(
            "scope",
            "谁的事",
            "；".join(f"{key}：{words}" for key, words in SCOPES.items()) + "；空的为本人所为。",
            lambda _, it: it.event.scope,
            options=tuple(SCOPES),
        ),
        Column(
            "organisations",
            "有关机构",
            f"机构编号，用 {SEPARATOR} 隔开。",
            _organisations,
            refers="organisations",
            several=True,
        ),
        Column(
            "quote",
            "原文",
            f"写明此事的文句，用 {SEPARATOR} 隔开。",
            lambda _, it: SEPARATOR.join(map(str, it.event.quotes)),
            several=True,
        ),
        Column("note", "说明", "编者的说明。", lambda _, it: it.event.note),
    ),
    events,
    lambda archive: archive.totals.events,
)
