"""Where each record is to be found on the site, and how it is named from outside.

Takes the archive and ids; gives addresses, and links to them: absolute where the site's address is known, for then they
are names that last; otherwise relative, so that a copy on a disk holds together.
"""

from builder import urls
from builder.archive import Archive


def organisation(archive: Archive, identifier: str) -> str:
    """Return the address of an organisation: its page, its section on its parent's, or its line in the index."""
    entity = archive.organisations.by_id[identifier]
    if entity.tier == "section" and entity.parent:
        return f"{organisation(archive, entity.parent).partition('#')[0]}#{identifier}"
    return urls.organisation(identifier) if entity.tier == "page" else f"{urls.ORGANISATIONS}#{identifier}"


def on_page(archive: Archive, identifier: str) -> list[str]:
    """Return what the page of an organisation shows: itself, and all below it down to the next that has a page."""
    children = archive.branches.get(identifier, ())
    parts = (child for child in children if archive.organisations.by_id[child].tier != "page")
    return [identifier, *(found for part in parts for found in on_page(archive, part))]


def region(archive: Archive, identifier: str) -> str:
    """Return the address of a region: its page, or its line in the index."""
    is_page = archive.regions.by_id[identifier].tier == "page"
    return urls.region(identifier) if is_page else f"{urls.REGIONS}#{identifier}"


def record(archive: Archive, kind: str, identifier: str) -> str:
    """Return the address of a record of any kind: person, organisation or region."""
    if kind == "person":
        return urls.person(identifier)
    return organisation(archive, identifier) if kind == "organisation" else region(archive, identifier)


def document(identifier: str, person: str) -> str:
    """Return the address of a document's section on the page of its person."""
    return f"{urls.person(person)}#{urls.section(identifier)}"


def link(archive: Archive, target: str, base: str) -> str:
    """Return the link to an address from the file at address ``base``."""
    return urls.absolute(archive.site.address, target) or urls.relative(target, base)
