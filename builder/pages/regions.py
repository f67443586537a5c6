"""The pages of regions: each one's, and the index as a tree of words. There is no map, by decision."""

from collections.abc import Iterator

from builder import names, urls
from builder.archive import Archive, Person, PlacedEvent
from builder.authority import INFERRED, Region, ancestors
from builder.pages.frame import Writer
from builder.views import Branch, Link, PersonLine, Quote, RegionView, TreeView

NO_DIVISION = "非行政区划"
STANDARD = "GB/T 2260"


def region_pages(archive: Archive) -> Iterator[RegionView]:
    """Yield the page of each region that has one."""
    for region in archive.regions.by_id.values():
        if region.tier == "page":
            yield region_page(archive, region)


def region_page(archive: Archive, region: Region) -> RegionView:
    """Return a region's page: its people, what other texts say of it, and what happened to its people."""
    writer = Writer(archive, urls.region(region.id))
    record = region.record
    local = archive.inhabitants.get(region.id, ())
    events = _events(local)
    above = tuple(reversed(ancestors(archive.regions.by_id, region.id)[1:]))
    parents = tuple(writer.region(found, archive.regions.by_id[found].sign) for found in above)
    index = Link("地区", writer.href(urls.REGIONS))
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
        children=tuple(region_branch(writer, child, quotes=False) for child in _children(archive, region)),
        local=tuple(_local(writer, region, person) for person in local),
        mentions=writer.mentions("region", [region.id], without=local),
        organisations=tuple(_organisations(writer, region)),
        events=tuple(writer.event(event) for event in events if event.is_on_axis),
        undated=tuple(writer.event(event) for event in events if not event.is_on_axis),
        html=writer.fragment(archive.notes.get(("region", region.id))),
    )


def _local(writer: Writer, region: Region, person: Person) -> PersonLine:
    """Return a person of the region; one who is there only by inference says so."""
    path = person.profile.region
    by_path = writer.archive.regions.by_path
    written = tuple(map(str, path.names))
    inferred = any(
        by_path[written[:depth]] == region.id and name in path.inferred for depth, name in enumerate(written, start=1)
    )
    return writer.person_line(person, sign=INFERRED if inferred else "")


def _events(people: tuple[Person, ...]) -> list[PlacedEvent]:
    """Return what the texts tell of people, dated first; public time is nobody's act and left out."""
    events = [event for person in people for document in person.documents for event in document.events]
    acts = [event for event in events if event.event.scope != "background"]
    dated = sorted((event for event in acts if event.is_on_axis), key=lambda event: event.sort_key)
    return [*dated, *(event for event in acts if not event.is_on_axis)]


def _within(archive: Archive, identifier: str) -> Iterator[str]:
    """Yield a region and all below it."""
    yield identifier
    for child in archive.subregions.get(identifier, ()):
        yield from _within(archive, child)


def _organisations(writer: Writer, region: Region) -> Iterator[Link]:
    """Yield the organisations that lie in the region, or below it, in alphabetical order."""
    archive = writer.archive
    within = _within(archive, region.id)
    found = [archive.organisations.by_id[seat] for other in within for seat in archive.seated.get(other, ())]
    for organisation in sorted(found, key=lambda each: names.sort_key(each.pinyin, each.name)):
        path = organisation.record.region if organisation.record is not None else None
        inferred = path is not None and any(str(name) == region.name for name in path.inferred)
        yield writer.organisation(organisation.id, INFERRED if inferred else "")


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


def regions_index(archive: Archive) -> TreeView:
    """Return the index of regions, with cross references from romanised and other names."""
    writer = Writer(archive, urls.REGIONS)
    by_id = archive.regions.by_id
    roots = sorted((by_id[identifier] for identifier in archive.subregions.get("", ())), key=_order)
    return TreeView(
        frame=writer.frame("regions", "地区", f"文中所见的{len(by_id)}个地区，自上而下排列。", urls.REGIONS),
        trees=tuple(region_branch(writer, root, quotes=True) for root in roots),
        references=tuple(sorted(_references(writer), key=lambda reference: reference[0].lower())),
        count=len(by_id),
    )


def _references(writer: Writer) -> Iterator[tuple[str, Link]]:
    """Yield each romanised and other name with the region that it means."""
    for region in writer.archive.regions.by_id.values():
        if region.record is not None:
            for name in (region.record.romanised, *map(str, region.record.aliases)):
                if name:
                    yield name, writer.region(region.id)
