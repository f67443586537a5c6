"""The address of everything: which file a record becomes, and how one page links to another.

Takes ids; gives addresses from the site's root (``people/wang-yong.html``) and relative links that name a file, so that
the site works at ``/``, under any path and from a disk. Nothing here knows content.
"""

import posixpath
from urllib.parse import quote, urlsplit

HOME = "index.html"
PEOPLE = "people.html"
ORGANISATIONS = "organisations.html"
REGIONS = "regions.html"
TIMELINE = "timeline.html"
UNDATED = "timeline.html#undated"
NOT_FOUND = "404.html"
STATIC = "static/"


def person(identifier: str) -> str:
    """Return the address of a person's page."""
    return f"people/{identifier}.html"


def organisation(identifier: str) -> str:
    """Return the address of an organisation's page."""
    return f"organisations/{identifier}.html"


def region(identifier: str) -> str:
    """Return the address of a region's page."""
    return f"regions/{identifier}.html"


def month(year: int, number: int) -> str:
    """Return the address of the page of one month."""
    return f"timeline/{year:04d}-{number:02d}.html"


def namesakes(slug: str, name: str) -> str:
    """Return the address of the page that lists people of one name.

    The characters' code points follow the slug, since 王勇 and 王永 share one; so the address never moves.
    """
    return f"names/{slug}-{'-'.join(f'{ord(character):x}' for character in name)}.html"


def page(identifier: str) -> str:
    """Return the address of a page of prose."""
    return f"{identifier}.html"


def image(path: str) -> str:
    """Return the address of an image that lies beside a profile."""
    return f"people/{path}"


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
        return "#" + quote(anchor)
    link = quote(posixpath.relpath(path, posixpath.dirname(base) or "."))
    return link + (mark + quote(anchor) if mark else "")
