"""The log of the archive: a page of all that was added, changed and withdrawn, and the lines of one person."""

from builder import urls
from builder.archive import Archive, Person
from builder.history import ADDED, CHANGED, WITHDRAWN, Entry, document_log, log
from builder.pages.frame import Writer
from builder.views import ChangesView, ChangeView, Link

WORDS = {ADDED: "新收", CHANGED: "更正", WITHDRAWN: "撤下"}
TITLE = "更正与增补记录"


def changes_page(archive: Archive) -> ChangesView:
    """Return the page of the whole log, the latest first; what was withdrawn is named by nothing but the day."""
    writer = Writer(archive, urls.CHANGES)
    return ChangesView(
        frame=writer.frame("changes", TITLE, "本站何时新收、更正、撤下了什么，据谁所说。"),
        changes=tuple(_change(writer, entry) for entry in log(archive)),
    )


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
