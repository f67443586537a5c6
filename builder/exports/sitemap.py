"""sitemap.xml, for search engines: every page that is no redirect and no tombstone. Only for a site with an address.

``lastmod`` is the last day that an editor wrote down (``added``, ``changes``), never that of a build.
"""

from collections.abc import Iterator
from xml.etree import ElementTree

from builder import urls
from builder.archive import Archive
from builder.archive.calendar import ALL, WAYS
from builder.output import OutputFile
from builder.pages.people import namesakes_address

NAMESPACE = "http://www.sitemaps.org/schemas/sitemap/0.9"


def sitemap(archive: Archive) -> Iterator[OutputFile]:
    """Yield the sitemap; nothing where the site has no address."""
    if not archive.site.address:
        return
    root = ElementTree.Element("urlset", {"xmlns": NAMESPACE})
    for address, day in site_pages(archive):
        page = ElementTree.SubElement(root, "url")
        ElementTree.SubElement(page, "loc").text = urls.absolute(archive.site.address, address)
        if day:
            ElementTree.SubElement(page, "lastmod").text = day
    ElementTree.indent(root)
    yield OutputFile("sitemap.xml", ElementTree.tostring(root, encoding="UTF-8", xml_declaration=True) + b"\n")


def site_pages(archive: Archive) -> Iterator[tuple[str, str]]:
    """Yield the address of every page with contents of its own, and the day of its last change where it is known.

    The parts of lists that are too long for one page hold nothing but the way to such pages, and are left out.
    """
    latest = archive.latest[0].day.isoformat() if archive.latest else ""
    yield urls.HOME, latest
    for person, day in zip(archive.people, archive.last_days, strict=True):
        yield urls.person(person), day.isoformat() if day is not None else ""
    for organisation in archive.organisations.by_id.values():
        if organisation.tier == "page":
            yield urls.organisation(organisation.id), ""
    for region in archive.regions.by_id.values():
        if region.tier == "page":
            yield urls.region(region.id), ""
    for address in (urls.PEOPLE, urls.ORGANISATIONS, urls.REGIONS, urls.TIMELINE, urls.DATA):
        yield address, ""
    if archive.site.search:
        yield urls.SEARCH, ""
    yield urls.CHANGES, latest
    for way, (year, month) in archive.months:
        if way == ALL:
            yield urls.period(ALL, f"{year:04d}-{month:02d}"), ""
    for way in WAYS:
        if any(slot[0] == way for slot in archive.slots):
            yield urls.period(way, ""), ""
    for name in archive.namesakes:
        yield namesakes_address(archive, name), ""
    for page, _ in archive.pages:
        yield urls.page(page.id), ""
