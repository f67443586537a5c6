"""The pages of regions: each one's, and the index as a tree of words. There is no map, by decision."""

from collections.abc import Callable, Iterator

from builder import names, urls
from builder.archive import Archive
from builder.archive.indexes import is_long
from builder.authority import Region, ancestors
from builder.pages import branches
from builder.pages.entries import (
    Address,
    by_name,
    show_references,
    weigh,
)
from builder.pages.frame import Writer
from builder.pages.listing import Listing, below, own_pages, section
from builder.pages.region_lists import RegionLists, count_people
from builder.shelves import ROOM
from builder.views import Branch, Link, Quote, RegionView, ShelfView, TreeView

NO_DIVISION = "非行政区划"
STANDARD = "GB/T 2260"


def region_pages(archive: Archive) -> Iterator[RegionView | ShelfView]:
    """Yield the pages of each region that has one."""
    for region in archive.regions.by_id.values():
        if region.tier == "page":
            yield from region_pages_of(archive, region)


def region_pages_of(archive: Archive, region: Region) -> Iterator[RegionView | ShelfView]:
    """Yield a region's page and those of its lists that are too long for it."""
    lists = RegionLists(archive, region)
    yield region_page(archive, region, lists)
    yield from own_pages(archive, lists.people, lists.weight)
    yield from own_pages(archive, lists.mentions, lists.weight)
    yield from own_pages(archive, lists.organisations, lists.weight)
    yield from own_pages(archive, lists.events, lists.weight)


def region_page(archive: Archive, region: Region, lists: RegionLists) -> RegionView:
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
        crowd=count_people(archive, region.id) if lists.is_crowded else 0,
        local=section(writer, lists.people, lists.weight),
        mentions=section(writer, lists.mentions, lists.weight),
        organisations=section(writer, lists.organisations, lists.weight),
        events=section(writer, lists.events, lists.weight),
        charts=lists.charts,
        html=writer.fragment(archive.notes.get(("region", region.id))),
    )


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
        people=count_people(archive, region.id),
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
