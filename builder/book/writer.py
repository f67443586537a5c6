"""Links within a book: what the pages of the site link to, at its place in the book.

Takes a volume; gives a ``Writer`` whose links lead to chapters and to the entries of the indexes. What is not in the
volume is linked on the site, where that has an address; else it is no link.
"""

import posixpath
from dataclasses import dataclass, field

from builder import urls
from builder.archive import Archive, Document, Person
from builder.book.leaves import ORGANISATIONS, POLICY, REGIONS, TIMELINE
from builder.book.volumes import Volume
from builder.content import anchor_prefix
from builder.pages.frame import Writer
from builder.prose import Prose

POLICY_PAGE = "editorial-policy"  # the page of content/pages/ that opens the book: 凡例
IMAGES = "images/"
NOT_IN_BOOKS = (".avif",)  # no reading system need know it (EPUB 3.3, core media types): its words stand there


@dataclass(frozen=True)
class BookWriter(Writer):
    """Writes the links of a book: ``places`` gives the anchor in the book of each address of the site that is in it."""

    places: dict[str, str] = field(default_factory=dict)

    def href(self, target: str) -> str:
        """Return the link to a page of the site as it is in the book, else on the site; empty where it is nowhere."""
        if target in self.places:
            return f"#{self.places[target]}"
        path, _, anchor = target.partition("#")
        part = self.places.get(path, "")
        if not part or "." in part:  # an entry of an index has nothing below it
            return urls.absolute(self.archive.site.address, target)
        return f"#{part}.{anchor}" if self._has(path, anchor) else f"#{part}"

    def resolve(self, kind: str, target: str) -> str:
        """Return the link that a symbolic link of a text stands for in the book; empty where there is none."""
        if kind == "image":
            is_shown = target in self.archive.images and not target.lower().endswith(NOT_IN_BOOKS)
            return image(target) if is_shown else ""
        return super().resolve(kind, target)

    def _has(self, path: str, anchor: str) -> bool:
        """Return whether what stands in the book for a page has this anchor too: lists of the site have others."""
        if path == urls.page(POLICY_PAGE):
            policy = find_policy(self.archive)
            return policy is not None and f' id="{anchor}"' in policy[1].html
        person = self.archive.people.get(path.removeprefix("people/").removesuffix(".html"))
        return person is not None and any(
            anchor == urls.section(document.profile.id)
            or f' id="{anchor}"' in document.prose.html
            or any(note.anchor == anchor for note in document.prose.notes)
            for document in person.documents
        )


def book_writer(volume: Volume, entries: frozenset[str] | None = None) -> BookWriter:
    """Return the writer of a volume; ``entries`` are the anchors that the indexes have, None for all that they may."""
    archive = volume.archive
    places = {urls.person(person.id): chapter_anchor(person) for person in volume.people}
    if any(urls.person(placed.person) in places for placed in archive.timeline):
        places[urls.TIMELINE] = TIMELINE
    if find_policy(archive) is not None:
        places[urls.page(POLICY_PAGE)] = POLICY
    site = Writer(archive, "")
    lines = {site.organisation_address(key): f"{ORGANISATIONS}.{key}" for key in archive.organisations.by_id}
    lines |= {site.region_address(key): f"{REGIONS}.{key}" for key in archive.regions.by_id}
    places |= {address: anchor for address, anchor in lines.items() if entries is None or anchor in entries}
    return BookWriter(archive, "", places=places)


def chapter_anchor(person: Person) -> str:
    """Return the anchor of a person's chapter."""
    return f"person-{person.id}"


def mention_anchor(document: Document) -> str:
    """Return what the ids of a document's links to records begin with: a number follows. No id of a text has a dot."""
    return f"person-{document.person}.{anchor_prefix(document.profile)}m."


def image(path: str) -> str:
    """Return where an image lies in the book."""
    return IMAGES + posixpath.normpath(path)


def find_policy(archive: Archive) -> tuple[str, Prose] | None:
    """Return title and text of the editorial policy, where there is such a page."""
    return next(((str(page.title), prose) for page, prose in archive.pages if page.id == POLICY_PAGE), None)
