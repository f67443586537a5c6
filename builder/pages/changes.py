"""The log of the archive: all that was added, changed and withdrawn, by months where it is long; that of one person."""

from collections.abc import Iterator, Sequence

from builder import urls
from builder.archive import Archive, Person
from builder.az import OTHER, person_step
from builder.history import ADDED, CHANGED, WITHDRAWN, Entry, document_log, log
from builder.pages.entries import who
from builder.pages.frame import Writer
from builder.pages.listing import Listing, below, part_pages, rows
from builder.shelves import Step
from builder.views import ChangesView, ChangeView, Contents, Link, ShelfView

WORDS = {ADDED: "新收", CHANGED: "更正", WITHDRAWN: "撤下"}
TITLE = "更正与增补记录"
LINE = 55  # what a line of the log weighs beside its words, in bytes after compression
LATEST = 20  # lines that stand on the first page of a long log


def changes_pages(archive: Archive) -> Iterator[ChangesView | ShelfView]:
    """Yield the log, the latest first: all of it, or the latest lines and the way to each month.

    What was withdrawn is named by nothing but the day.
    """
    writer, listing = Writer(archive, urls.CHANGES), _listing(archive)
    shelf = listing.shelf
    shown = shelf.items[:LATEST] if shelf.shelves else shelf.items
    yield ChangesView(
        frame=writer.frame("changes", TITLE, "本站何时新收、更正、撤下了什么，据谁所说。"),
        changes=tuple(_change(writer, entry) for entry in shown),
        shelves=rows(writer, listing, shelf),
    )
    yield from part_pages(archive, listing, shelf)


def _listing(archive: Archive) -> Listing[Entry]:
    """Return the log as a list: by month, day, and person."""

    def step(entry: Entry, depth: int) -> Step:
        day = entry.day
        if depth == 0:
            return Step(f"{day:%Y-%m}", f"{day.year}年{day.month}月")
        if depth == 1:
            return Step(f"{day:%d}", f"{day.year}年{day.month}月{day.day}日")
        document = entry.document
        return OTHER if document is None else person_step(who(archive.people[document.person]), depth - 2)

    def show(writer: Writer, entries: Sequence[Entry]) -> Contents:
        return Contents(changes=tuple(_change(writer, entry) for entry in entries))

    return Listing(
        TITLE, urls.CHANGES, "", (), "项", log(archive), _weigh, step, show, below(urls.CHANGES), has_small=False
    )  # fmt: skip


def _weigh(entry: Entry) -> int:
    title = entry.document.profile.title if entry.document is not None else None
    return LINE + len(title or "") + 2 * len(entry.what)


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
