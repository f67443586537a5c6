"""Pages at addresses that the site had once: each leads on, or says that what was there is withdrawn."""

from collections.abc import Iterator
from dataclasses import replace

from builder import urls
from builder.archive import Archive
from builder.content import GOOD_ID
from builder.pages.frame import Writer
from builder.views import Link, RedirectView, WithdrawnView


def former_pages(archive: Archive) -> Iterator[RedirectView | WithdrawnView]:
    """Yield a page for each page that ``former`` in ``site.yaml`` names; other files are only given up there."""
    for entry in archive.site.former:
        address = str(entry.address)
        if not address.endswith(".html"):
            continue
        writer = Writer(archive, address)
        if entry.now is None:
            yield withdrawn_page(writer)
        else:
            frame = writer.frame("redirect", "地址已更改", "", urls.HOME)
            yield RedirectView(frame=frame, target=Link(str(entry.now), writer.href(str(entry.now))))


def former_addresses(archive: Archive) -> tuple[str, ...]:
    """Return every address that the site had once and whose contents are elsewhere now, or nowhere."""
    views: tuple[RedirectView | WithdrawnView, ...] = (*redirect_pages(archive), *withdrawn_pages(archive))
    return (*(view.frame.address for view in views), *(str(entry.address) for entry in archive.site.former))


def redirect_pages(archive: Archive) -> Iterator[RedirectView]:
    """Yield a page for each former id of a document, which leads to where the document is now."""
    for alias, document in archive.former_ids.items():
        writer = Writer(archive, urls.person(alias))
        person = archive.people[document.person]
        is_first = document is person.documents[0]
        target = urls.person(person.id) + ("" if is_first else f"#{urls.section(document.profile.id)}")
        frame = writer.frame("redirect", f"{person.name}（地址已更改）", "", urls.PEOPLE)
        yield RedirectView(frame=frame, target=Link(person.name, writer.href(target)))


def withdrawn_pages(archive: Archive) -> Iterator[WithdrawnView]:
    """Yield the page that stands where a withdrawn one was, and at its former addresses: it names nobody."""
    taken = set(archive.people)
    for tombstone in archive.tombstones:
        date = tombstone.withdrawn.earliest if tombstone.withdrawn is not None else None
        day = f"{date.year}年{date.month}月{date.day}日" if date is not None else ""
        for identifier in (tombstone.id, *filter(GOOD_ID.fullmatch, map(str, tombstone.aliases))):
            if identifier in taken:
                continue
            taken.add(identifier)
            yield withdrawn_page(Writer(archive, urls.person(identifier)), day)


def withdrawn_page(writer: Writer, day: str = "") -> WithdrawnView:
    """Return the page of a withdrawn item: it repeats nowhere its own address, which may be somebody's name."""
    frame = writer.frame("withdrawn", "已撤下", "此件已应请求撤下。")
    return WithdrawnView(frame=replace(frame, canonical="", unlisted=True), day=day)
