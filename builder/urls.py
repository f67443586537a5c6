"""The address of everything: which file a record becomes, and how one page links to another.

Takes ids; gives addresses from the site's root (``people/wang-yong.html``) and relative links that name a file, so that
the site works at ``/``, under any path and from a disk. Nothing here knows content.
"""

import hashlib
import posixpath
from functools import lru_cache
from urllib.parse import quote, urlsplit

HOME = "index.html"
PEOPLE = "people.html"
ORGANISATIONS = "organisations.html"
REGIONS = "regions.html"
TIMELINE = "timeline.html"
UNDATED = "timeline.html#undated"
DATA = "data.html"
SEARCH = "search.html"
SEARCH_FILES = "search/"
CHANGES = "changes.html"
FEED = "feed.xml"
CALENDAR = "timeline.ics"
TABLES = "data/"
NOT_FOUND = "404.html"
STATIC = "static/"
PICTURE = f"{STATIC}img/preview.png"  # shown where a link to any page is sent in a chat
LONGEST = 150  # characters of a file's name that is made from somebody's; disks take 255
# The pages that the site always has: no page of prose can take their addresses.
OWN = (HOME, PEOPLE, ORGANISATIONS, REGIONS, TIMELINE, DATA, CHANGES, SEARCH, NOT_FOUND)


def person(identifier: str) -> str:
    """Return the address of a person's page."""
    return f"people/{identifier}.html"


def organisation(identifier: str) -> str:
    """Return the address of an organisation's page."""
    return f"organisations/{identifier}.html"


def region(identifier: str) -> str:
    """Return the address of a region's page."""
    return f"regions/{identifier}.html"


def people_shelf(path: str) -> str:
    """Return the address of a part of the A–Z index of people: of ``w/wang``, ``az/people/w/wang.html``."""
    return f"az/people/{path}.html"


def organisations_part(path: str) -> str:
    """Return the address of a part of the index of organisations."""
    return f"az/organisations/{path}.html"


def regions_part(path: str) -> str:
    """Return the address of a part of the index of regions."""
    return f"az/regions/{path}.html"


def below(address: str, path: str) -> str:
    """Return the address of a part of the list at an address: ``hubei`` of ``names/x.html``, ``names/x/hubei.html``."""
    return f"{address.removesuffix('.html')}/{path}.html"


def period(way: str, path: str) -> str:
    """Return the address of a part of the timeline, of events dated in one way or, for "", of all.

    ``path`` is a month or a year with what lies below it: ``2020-02``, ``2020-02/03``, ``2020``; "" is the whole.
    """
    if not path:
        return f"timeline/{way}.html" if way else TIMELINE
    return f"timeline/{way}/{path}.html" if way else f"timeline/{path}.html"


def namesakes(slug: str, name: str) -> str:
    """Return the address of the page that lists people of one name.

    The characters' code points follow the slug, since 王勇 and 王永 share one; so the address never moves. A name that
    would be too long for a disk has a digest in their place.
    """
    points = "-".join(f"{ord(character):x}" for character in name)
    if len(slug) + len(points) > LONGEST:
        points = hashlib.sha256(name.encode("utf-8")).hexdigest()[:16]
    return f"names/{slug[: LONGEST - len(points)]}-{points}.html"


def page(identifier: str) -> str:
    """Return the address of a page of prose."""
    return f"{identifier}.html"


def image(path: str) -> str:
    """Return the address of an image that lies beside a profile."""
    return posixpath.normpath(f"people/{path}")


def section(document: str) -> str:
    """Return the id of a document's section on its page."""
    return f"document-{document}"


def event(document: str, number: int) -> str:
    """Return the id of an event on a page: of the document's ``dates``, the one at ``number``, from 0."""
    return f"e-{document}-{number + 1}"


def export(identifier: str, suffix: str) -> str:
    """Return the address of a file beside a person's page: ``people/wang-yong.bib``."""
    return f"people/{identifier}.{suffix}"


def organisation_export(identifier: str, suffix: str) -> str:
    """Return the address of a file beside an organisation's page."""
    return f"organisations/{identifier}.{suffix}"


def absolute(site: str, address: str) -> str:
    """Return the absolute address of a page or file; empty where the site has none."""
    path, mark, anchor = address.partition("#")
    return site + path.removesuffix(HOME) + mark + anchor if site else ""


def root(address: str) -> str:
    """Return the way from a page up to the site's root: ``../`` for each folder it lies in."""
    return "../" * address.count("/")


def site_path(address: str) -> str:
    """Return the path of the site on its host: ``https://example.org/archive/`` → ``/archive/``; "" for no address."""
    return urlsplit(address).path


def relative(target: str, base: str) -> str:
    """Return the link to address ``target`` (with or without ``#anchor``) from the page at address ``base``."""
    path, mark, anchor = target.partition("#")
    if path == base and mark:
        return "#" + _quoted(anchor)
    way = _way(path, base.rpartition("/")[0])
    return f"{way}#{_quoted(anchor)}" if mark else way


_quoted = lru_cache(maxsize=10_000)(quote)  # the same few anchors stand on every page: p1, p2 …


@lru_cache(maxsize=100_000)  # every page leads to the same pages of the menu and the foot
def _way(path: str, folder: str) -> str:
    """Return the link to a file from a folder."""
    here, there = folder.split("/") if folder else [], path.lstrip("/").split("/")
    if not {"", ".", ".."}.isdisjoint(there) or here[: len(there)] == there:  # as only an editor writes it
        return quote(posixpath.relpath(f"/{path.lstrip('/')}", f"/{folder}"))  # asks for no folder of ours
    shared = next((at for at, (one, other) in enumerate(zip(here, there, strict=False)) if one != other), len(here))
    return "../" * (len(here) - shared) + quote("/".join(there[shared:]))
