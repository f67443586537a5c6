"""The log of the archive: all that was added, changed and withdrawn, by months where it is long; that of one person."""

from collections.abc import Iterator, Sequence

from builder import urls
from builder.archive import Archive, Person
from builder.history import ADDED, CHANGED, WITHDRAWN, Entry, document_log
from builder.pages.frame import Writer
from builder.pages.listing import Listing, below, listing_of, part_page, rows
from builder.shelves import Shelf
from builder.views import ChangesView, ChangeView, Contents, Link, ShelfView

WORDS = {ADDED: "新收", CHANGED: "更正", WITHDRAWN: "撤下"}
TITLE = "更正与增补记录"
LATEST = 20  # lines that stand on the first page of a long log


def changes_pages(archive: Archive) -> Iterator[ChangesView | ShelfView]:
    """Yield the log, the latest first: all of it, or the latest lines and the way to each month.

    What was withdrawn is named by nothing but the day.
    """
    listing = listing_of(TITLE, urls.CHANGES, "项", _show, below(urls.CHANGES))
    for path, part in archive.log_parts.items():
        yield part_page(archive, listing, part) if path else _changes_page(archive, listing, part.shelf)


def _changes_page(archive: Archive, listing: Listing[Entry], shelf: Shelf[Entry]) -> ChangesView:
    writer = Writer(archive, urls.CHANGES)
    shown = archive.latest[:LATEST] if shelf.shelves else shelf.items
    return ChangesView(
        frame=writer.frame("changes", TITLE, "本站何时新收、更正、撤下了什么，据谁所说。"),
        changes=_show(writer, shown).changes,
        shelves=rows(writer, listing, shelf),
    )


def _show(writer: Writer, entries: Sequence[Entry]) -> Contents:
    return Contents(changes=tuple(_change(writer, entry) for entry in entries))


def person_changes(writer: Writer, person: Person) -> tuple[ChangeView, ...]:
    """Return the log of a person's documents, the earliest first; which document is said where there are several."""
    entries = [entry for document in person.documents for entry in document_log(document)]
    several = len(person.documents) > 1
    return tuple(_change(writer, entry, several) for entry in sorted(entries, key=lambda entry: entry.day))


def _change(writer: Writer, entry: Entry, is_named: bool = True) -> ChangeView:
    day = f"{entry.day.year}年{entry.day.month}月{entry.day.day}日"
    subject = None
    if entry.document is not None and is_named:
        profile = entry.document.profile
        person = writer.archive.people[entry.document.person]
        words = f"{person.name}《{profile.title}》" if profile.title is not None else person.name
        address = f"{urls.person(person.id)}#{urls.section(profile.id)}"
        subject = Link(words, writer.href(address))
    return ChangeView(day, entry.day.isoformat(), WORDS[entry.kind], subject, entry.what, entry.by)
