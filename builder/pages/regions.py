"""The pages of regions: each one's, and the index as a tree of words. There is no map, by decision."""

from collections.abc import Callable, Iterator, Sequence

from builder import names, urls
from builder.archive import Archive, Document, Person, PlacedEvent
from builder.archive.indexes import is_long
from builder.authority import INFERRED, Organisation, Region, ancestors
from builder.pages import branches
from builder.pages.dated import told_step
from builder.pages.drawing import charts, charts_weight, numbers
from builder.pages.entries import (
    LINE,
    Address,
    Entry,
    Sentence,
    Told,
    by_name,
    by_person,
    entry,
    sentences,
    show_events,
    show_links,
    show_people,
    show_references,
    show_sentences,
    surnames,
    told,
    weigh,
)
from builder.pages.frame import Writer
from builder.pages.listing import Listing, below, own_pages, section
from builder.shelves import ROOM
from builder.views import Branch, Charts, Contents, Link, PersonLine, Quote, RegionView, ShelfView, TreeView

NO_DIVISION = "非行政区划"
STANDARD = "GB/T 2260"
CROWD = ROOM // LINE  # people; a region with more lists only those whose place is known no nearer


def region_pages(archive: Archive) -> Iterator[RegionView | ShelfView]:
    """Yield the pages of each region that has one."""
    for region in archive.regions.by_id.values():
        if region.tier == "page":
            yield from region_pages_of(archive, region)


def region_pages_of(archive: Archive, region: Region) -> Iterator[RegionView | ShelfView]:
    """Yield a region's page and those of its lists that are too long for it."""
    lists = _Lists(archive, region)
    yield region_page(archive, region, lists)
    yield from own_pages(archive, lists.people, lists.weight)
    yield from own_pages(archive, lists.mentions, lists.weight)
    yield from own_pages(archive, lists.organisations, lists.weight)
    yield from own_pages(archive, lists.events, lists.weight)


class _Lists:
    """The lists on the page of a region: its people, what other texts say of it, its organisations and events.

    Where its people are many and lie in smaller regions (``is_crowded``), each smaller one lists its own.
    """

    def __init__(self, archive: Archive, region: Region) -> None:
        self.archive, self.region = archive, region
        self.address = urls.region(region.id)
        self.way = (("地区", urls.REGIONS), (region.name, self.address))
        inhabitants = archive.inhabitants.get(region.id, ())
        self.is_crowded = len(inhabitants) > CROWD and bool(archive.subregions.get(region.id, ()))
        documents = tuple(
            (person, document)
            for person in inhabitants
            for document in person.documents
            if not self.is_crowded or self._leaf(document) == region.id
        )
        self.people = self._people(tuple(dict.fromkeys(person.id for person, _ in documents)))
        self.events = self._events(tuple(document for _, document in documents))
        self.mentions = self._mentions({person.id for person in inhabitants})
        self.organisations = self._organisations()
        lists = (self.people, self.events, self.mentions, self.organisations)
        self.weight = sum(each.weight for each in lists)
        self.charts = self._charts()

    def _charts(self) -> Charts | None:
        """Return the picture of what happened here, where it is of several people and the page has room for it."""
        events = tuple(item.placed for item in self.events.items if item.placed.is_on_axis)
        if self.weight > ROOM or len({placed.person for placed in events}) < 2:
            return None
        drawn = charts(self.archive, events)
        return drawn if self.weight + charts_weight(drawn) <= ROOM else None

    def _leaf(self, document: Document) -> str:
        return self.archive.regions.by_path[tuple(map(str, document.profile.region.names))]

    def _people(self, people: tuple[str, ...]) -> Listing[Entry]:
        persons = (self.archive.people[identifier] for identifier in people)
        items = tuple(entry(person, _line(self.region, person)) for person in persons)
        address = urls.below(self.address, "people")
        return Listing(
            "本地人物", address, urls.REGIONS, self.way, "人", items, weigh, by_person, show_people, below(address),
            surnames,
        )  # fmt: skip

    def _events(self, documents: tuple[Document, ...]) -> Listing[Told]:
        items = tuple(told(self.archive, placed) for placed in _acts(documents))
        numbered = numbers(item.placed for item in items if item.placed.is_on_axis)

        def show(writer: Writer, some: Sequence[Told]) -> Contents:
            return show_events(writer, some, numbered if self.charts is not None else {})

        address, step = urls.below(self.address, "events"), told_step(self.archive)
        return Listing("记事", address, urls.REGIONS, self.way, "条", items, weigh, step, show, below(address))

    def _mentions(self, local: set[str]) -> Listing[Sentence]:
        items = sentences(self.archive, "region", [self.region.id], local)
        address = urls.below(self.address, "mentions")
        return Listing(
            "提及", address, urls.REGIONS, self.way, "处", items, weigh, by_person, show_sentences, below(address),
            surnames,
        )  # fmt: skip

    def _organisations(self) -> Listing[Address]:
        within = (self.region.id,) if self.is_crowded else tuple(_within(self.archive, self.region.id))
        by_id = self.archive.organisations.by_id
        found = [by_id[seat] for other in within for seat in self.archive.seated.get(other, ())]
        items = tuple(
            Address(each.pinyin, each.name, _link_to(self.region, each))
            for each in sorted(found, key=lambda each: each.sort_key)
        )
        address = urls.below(self.address, "organisations")
        return Listing("机构", address, urls.REGIONS, self.way, "个", items, weigh, by_name, show_links, below(address))


def has_events(archive: Archive, region: Region) -> bool:
    """Return whether the page of a region tells of any event."""
    return bool(_Lists(archive, region).events.items)


def region_page(archive: Archive, region: Region, lists: _Lists) -> RegionView:
    """Return a region's page: its people, what other texts say of it, and what happened to its people."""
    writer = Writer(archive, urls.region(region.id))
    record = region.record
    above = tuple(reversed(ancestors(archive.regions.by_id, region.id)[1:]))
    parents = tuple(writer.region(found, archive.regions.by_id[found].sign) for found in above)
    index = Link("地区", writer.href(urls.REGIONS))
    trees = tuple(region_branch(writer, child, quotes=False) for child in _children(archive, region))
    return RegionView(
        frame=writer.frame(
            "region",
            region.name,
            f"{region.name}：本地人物、文中提及与记事。",
            urls.REGIONS,
            (index, *parents),
            record.file if record is not None else "",
        ),
        name=region.name,
        sign=region.sign,
        romanised=record.romanised if record is not None else "",
        code=record.code if record is not None else "",
        code_remark=(record.code_system or STANDARD) if record is not None and record.code else "",
        parents=parents,
        children=branches.with_bars(branches.fitted(trees, ROOM - min(lists.weight, ROOM // 2))),
        crowd=len(archive.inhabitants.get(region.id, ())) if lists.is_crowded else 0,
        local=section(writer, lists.people, lists.weight),
        mentions=section(writer, lists.mentions, lists.weight),
        organisations=section(writer, lists.organisations, lists.weight),
        events=section(writer, lists.events, lists.weight),
        charts=lists.charts,
        html=writer.fragment(archive.notes.get(("region", region.id))),
    )


def _line(region: Region, person: Person) -> Callable[[Writer], PersonLine]:
    return lambda writer: _local(writer, region, person)


def _local(writer: Writer, region: Region, person: Person) -> PersonLine:
    """Return a person of the region; one who is there only by inference says so."""
    path = person.profile.region
    by_path = writer.archive.regions.by_path
    written = tuple(map(str, path.names))
    inferred = any(
        by_path[written[:depth]] == region.id and name in path.inferred for depth, name in enumerate(written, start=1)
    )
    return writer.person_line(person, sign=INFERRED if inferred else "")


def _acts(documents: Sequence[Document]) -> list[PlacedEvent]:
    """Return what some texts tell, dated first; public time is nobody's act and left out."""
    events = [event for document in documents for event in document.events]
    acts = [event for event in events if event.event.scope != "background"]
    dated = sorted((event for event in acts if event.is_on_axis), key=lambda event: event.sort_key)
    return [*dated, *(event for event in acts if not event.is_on_axis)]


def _within(archive: Archive, identifier: str) -> Iterator[str]:
    """Yield a region and all below it."""
    yield identifier
    for child in archive.subregions.get(identifier, ()):
        yield from _within(archive, child)


def _link_to(region: Region, organisation: Organisation) -> Callable[[Writer], Link]:
    """Return what writes the link to an organisation of a region; one that is there only by inference says so."""
    path = organisation.record.region if organisation.record is not None else None
    inferred = path is not None and any(str(name) == region.name for name in path.inferred)
    return lambda writer: writer.organisation(organisation.id, INFERRED if inferred else "")


def _children(archive: Archive, region: Region) -> list[Region]:
    """Return the regions directly below, by code and then in alphabetical order."""
    return sorted((archive.regions.by_id[child] for child in archive.subregions.get(region.id, ())), key=_order)


def _order(region: Region) -> tuple[object, ...]:
    """Return the key of the official order: by code, those without one last."""
    code = region.record.code if region.record is not None else ""
    return (not code, code, *names.sort_key(region.pinyin, region.name), region.id)


def region_branch(writer: Writer, region: Region, *, quotes: bool) -> Branch:
    """Return a region with all below it as a tree."""
    archive, record = writer.archive, region.record
    address, _, anchor = writer.region_address(region.id).partition("#")
    is_home = bool(anchor) and address == writer.address
    remarks = (record.code, "" if record.is_division else NO_DIVISION) if record is not None else ()
    return Branch(
        link=writer.region(region.id) if not is_home else Link(region.name),
        sign=region.sign,
        anchor=anchor if is_home else "",
        remark=" · ".join(remark for remark in remarks if remark),
        people=len(archive.inhabitants.get(region.id, ())),
        quotes=_quoted(writer, region) if quotes and region.tier == "listed" else (),
        branches=tuple(region_branch(writer, child, quotes=quotes) for child in _children(archive, region)),
        html=writer.fragment(archive.notes.get(("region", region.id))) if is_home else "",
    )


def _quoted(writer: Writer, region: Region) -> tuple[Quote, ...]:
    """Return a sentence that names a region, or else an organisation that lies in it (a village that acts)."""
    seated = writer.archive.seated.get(region.id, ())
    return writer.quotations("region", [region.id]) or writer.quotations("organisation", seated)


def regions_pages(archive: Archive) -> Iterator[TreeView | ShelfView]:
    """Yield the index of regions, with cross references from romanised and other names."""
    writer = Writer(archive, urls.REGIONS)
    by_id = archive.regions.by_id
    roots = sorted((by_id[identifier] for identifier in archive.subregions.get("", ())), key=_order)
    trees = tuple(region_branch(writer, root, quotes=True) for root in roots)
    others = _other_names(archive)
    room = ROOM - min(others.weight, ROOM // 2)
    yield TreeView(
        frame=writer.frame("regions", "地区", f"文中所见的{len(by_id)}个地区，自上而下排列。", urls.REGIONS),
        trees=branches.with_bars(branches.fitted(trees, room) if is_long(archive.regions) else trees),
        references=section(writer, others, 2 * others.weight),
        count=len(by_id),
    )
    yield from own_pages(archive, others, 2 * others.weight)


def _other_names(archive: Archive) -> Listing[Address]:
    """Return each romanised and other name with the region that it means."""
    items = [
        Address(name if name.isascii() else names.common_pinyin(name), name, _link_to_region(region))
        for region in archive.regions.by_id.values()
        if region.record is not None
        for name in (region.record.romanised, *map(str, region.record.aliases))
        if name
    ]
    ordered = tuple(sorted(items, key=lambda item: item.name.lower()))
    address = urls.regions_part("names")
    return Listing(
        "别名与旧称", address, urls.REGIONS, (("地区", urls.REGIONS),), "个", ordered, weigh, by_name,
        show_references, below(address),
    )  # fmt: skip


def _link_to_region(region: Region) -> Callable[[Writer], Link]:
    return lambda writer: writer.region(region.id)
