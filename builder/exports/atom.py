"""feed.xml, an Atom feed (RFC 4287) of what is new, changed and withdrawn, by the days that editors wrote down.

Ids are UUIDs made of the site's title and the record's id, not addresses: they stay when the site moves or gets its
first address. What was withdrawn takes the id of what was added, so that a reader's programme puts the notice in its
place; it has no title of its own and no link, since the address is made of a name.
"""

from collections.abc import Iterator
from xml.etree import ElementTree

from builder import urls
from builder.archive import Archive
from builder.citation import citation
from builder.history import ADDED, WITHDRAWN, ZONE, Entry, identifier
from builder.output import OutputFile

NAMESPACE = "http://www.w3.org/2005/Atom"
WORDS = {ADDED: "新收", "changed": "更正", WITHDRAWN: "撤下"}


def atom(archive: Archive) -> Iterator[OutputFile]:
    """Yield the feed; nothing where no day is known, for a feed must say when it changed.

    What is older than the latest entries is on the page of changes.
    """
    entries = archive.latest
    if not entries:
        return
    site = archive.site
    feed = ElementTree.Element("feed", {"xmlns": NAMESPACE, "xml:lang": site.language})
    _add(feed, "id", identifier(archive, "feed").urn)
    _add(feed, "title", site.title)
    if site.tagline:
        _add(feed, "subtitle", site.tagline)
    _add(feed, "updated", _moment(entries[0]))
    _add(ElementTree.SubElement(feed, "author"), "name", site.title)
    if site.address:
        _link(feed, "self", urls.absolute(site.address, urls.FEED))
    _link(feed, "alternate", urls.absolute(site.address, urls.CHANGES) or urls.CHANGES)
    for entry in entries:
        _entry(feed, archive, entry)
    ElementTree.indent(feed)
    yield OutputFile(urls.FEED, ElementTree.tostring(feed, encoding="UTF-8", xml_declaration=True) + b"\n")


def _entry(feed: ElementTree.Element, archive: Archive, entry: Entry) -> None:
    """Add an entry to the feed."""
    node = ElementTree.SubElement(feed, "entry")
    _add(node, "id", identifier(archive, entry.key).urn)
    document = entry.document
    if document is None:
        _add(node, "title", "一件已撤下")
        _add(node, "updated", _moment(entry))
        _add(node, "content", "此件已应请求撤下。").set("type", "text")
        return
    work = citation(archive, document)
    name = archive.people[document.person].name
    _add(node, "title", f"{WORDS[entry.kind]}：{name}，《{work.title}》")
    _add(node, "updated", _moment(entry))
    section = f"{urls.person(document.person)}#{urls.section(document.profile.id)}"
    _link(node, "alternate", urls.absolute(archive.site.address, section) or section)
    text = str(document.profile.summary or work.full_title)
    if entry.what:
        text = entry.what + (f"（据{entry.by}）" if entry.by else "")
    _add(node, "content", text).set("type", "text")


def _moment(entry: Entry) -> str:
    """Return the first moment of a day in China: the feed must give one, and nothing more is known."""
    return f"{entry.day.isoformat()}T00:00:00{ZONE}"


def _add(parent: ElementTree.Element, name: str, text: str) -> ElementTree.Element:
    node = ElementTree.SubElement(parent, name)
    node.text = text
    return node


def _link(parent: ElementTree.Element, relation: str, address: str) -> None:
    ElementTree.SubElement(parent, "link", {"rel": relation, "href": address})
