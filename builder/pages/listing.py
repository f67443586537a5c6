"""Lists that may be too long for one page: on the page that they belong to, on one of their own, or on several.

A list is put on its own page where its page would be too long with it, and is divided where one page does not hold it
(``shelves``). What stands in a list, and by which steps it is divided, its maker says in a ``Listing``.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Generic, TypeVar

from builder import urls
from builder.archive import Archive
from builder.pages.frame import Writer
from builder.shelves import ROOM, Part, Shelf, Step, arrange
from builder.views import Contents, Group, Link, ListSection, ShelfRow, ShelfView

T = TypeVar("T")

PART = 4  # a list that takes more than this part of a page that is too long goes to one of its own


@dataclass(frozen=True)
class Listing(Generic[T]):
    """A list: its title, where its top stands, its items, and how these are weighed, found and shown.

    ``address`` is that of the top, ``way`` the pages above it (words and address, from the larger), ``section`` the
    entry of the navigation. ``measure`` is the measure word of an item. ``place`` gives the address of a part by its
    path; ``remark`` what a part is said to hold, ``count`` how many there are in it.
    ``has_small`` says whether small parts may stand on the page of the whole.
    """

    title: str
    address: str
    section: str
    way: tuple[tuple[str, str], ...]
    measure: str
    items: tuple[T, ...]
    weigh: Callable[[T], int]
    step: Callable[[T, int], Step]
    show: Callable[[Writer, Sequence[T]], Contents]
    place: Callable[[str], str]
    remark: Callable[[Sequence[T]], str] = lambda items: ""
    count: Callable[[Sequence[T]], int] = len
    has_small: bool = True

    @cached_property
    def weight(self) -> int:
        """What all its items weigh together."""
        return sum(map(self.weigh, self.items))

    @cached_property
    def shelf(self) -> Shelf[T]:
        """The list, divided where it must be."""
        return arrange(self.items, self.weigh, self.step, has_small=self.has_small)


def is_apart(listing: Listing[T], whole: int) -> bool:
    """Return whether a list has a page of its own, where its page weighs so much with all its lists."""
    return whole > ROOM and listing.weight > ROOM // PART


def section(writer: Writer, listing: Listing[T], whole: int) -> ListSection:
    """Return a list as it stands on the page that it belongs to, which weighs ``whole`` with all its lists."""
    if not is_apart(listing, whole):
        count = listing.count(listing.items)
        return ListSection(count, listing.measure, listing.show(writer, listing.items))
    return section_apart(writer, listing, listing.shelf)


def section_apart(writer: Writer, listing: Listing[T], shelf: Shelf[T]) -> ListSection:
    """Return what the page that a list belongs to tells of it, where it has a page of its own."""
    count = _count(listing, shelf)
    link = Link(f"全部{count}{listing.measure}", writer.href(listing.address))
    return ListSection(count, listing.measure, Contents(), link, rows(writer, listing, shelf))


def own_pages(archive: Archive, listing: Listing[T], whole: int) -> Iterator[ShelfView]:
    """Yield the pages that a list has of its own, where its page weighs so much with all its lists."""
    if is_apart(listing, whole):
        yield from shelf_pages(archive, listing)


def shelf_pages(archive: Archive, listing: Listing[T]) -> Iterator[ShelfView]:
    """Yield the page of a list and those of its parts."""
    shelf = listing.shelf
    yield page(Writer(archive, listing.address), listing, shelf, (), ())
    yield from part_pages(archive, listing, shelf)


def listing_of(
    title: str,
    address: str,
    measure: str,
    show: Callable[[Writer, Sequence[T]], Contents],
    place: Callable[[str], str],
    section: str = "",
    way: tuple[tuple[str, str], ...] = (),
) -> Listing[T]:
    """Return a list that the archive has divided, of which no more than the items of a page are ever at hand."""
    return Listing(
        title, address, section or address, way, measure, (), lambda _: 0, lambda _, depth: Step("", ""), show, place
    )


def part_page(archive: Archive, listing: Listing[T], part: Part[T]) -> ShelfView:
    """Return the page of a part of a list that the archive has divided."""
    address = listing.place(part.shelf.path) if part.shelf.path else listing.address
    return page(Writer(archive, address), listing, part.shelf, part.way, part.beside)


def part_pages(archive: Archive, listing: Listing[T], shelf: Shelf[T]) -> Iterator[ShelfView]:
    """Yield the pages of the parts of a list."""
    yield from _parts(archive, listing, shelf, ())


def _parts(archive: Archive, listing: Listing[T], above: Shelf[T], way: tuple[Shelf[T], ...]) -> Iterator[ShelfView]:
    for part in above.pages:
        yield page(Writer(archive, listing.place(part.path)), listing, part, way, above.pages)
        yield from _parts(archive, listing, part, (*way, part))


def page(
    writer: Writer, listing: Listing[T], shelf: Shelf[T], way: tuple[Shelf[T], ...], beside: tuple[Shelf[T], ...]
) -> ShelfView:
    """Return the page of a part: ``way`` are the parts above it, ``beside`` all parts of the same whole."""
    title = f"{listing.title} · {shelf.label}" if shelf.label else listing.title
    count = _count(listing, shelf)
    above = [*listing.way, *([(listing.title, listing.address)] if shelf.steps else [])]
    crumbs = [Link(words, writer.href(address)) for words, address in above]
    crumbs += [_link(writer, listing, part) for part in way]
    at = next((place for place, part in enumerate(beside) if part.steps == shelf.steps), 0)
    return ShelfView(
        frame=writer.frame("shelf", title, _description(title, count, listing), listing.section, tuple(crumbs)),
        title=title,
        count=count,
        measure=listing.measure,
        shelves=rows(writer, listing, shelf),
        contents=Contents() if shelf.shelves else listing.show(writer, shelf.items),
        groups=groups(writer, listing, shelf),
        earlier=_link(writer, listing, beside[at - 1]) if at else None,
        later=_link(writer, listing, beside[at + 1]) if at + 1 < len(beside) else None,
    )


def _description(title: str, count: int, listing: Listing[T]) -> str:
    return f"{title}：文中所记的{count}件事。" if listing.measure == "条" else f"{title}，共{count}{listing.measure}。"


def _link(writer: Writer, listing: Listing[T], part: Shelf[T]) -> Link:
    return Link(part.label, writer.href(listing.place(part.path)), lang=_language(part))


def _language(part: Shelf[T]) -> str:
    """Return the language of the name of a part: pinyin, unless it is in characters."""
    return "zh-Latn-pinyin" if part.label.replace(" ", "").isalpha() and part.label.isascii() else ""


def rows(
    writer: Writer, listing: Listing[T], shelf: Shelf[T], anchor: Callable[[Shelf[T]], str] = lambda part: ""
) -> tuple[ShelfRow, ...]:
    """Return the parts of a list, each with its bar; ``anchor`` gives the id of the first part that has it."""
    longest = max((_count(listing, part) for part in shelf.shelves), default=1)
    home = listing.place(shelf.path) if shelf.steps else listing.address
    found, taken = [], {""}
    for part in shelf.shelves:
        address = listing.place(part.path) if part.is_page else f"{home}#{_anchor(part)}"
        link = Link(part.label, writer.href(address), lang=_language(part))
        count = _count(listing, part)
        name = anchor(part)
        known = name in taken
        taken.add(name)
        share = -(-100 * count // longest)
        found.append(ShelfRow(link, count, part.remark or listing.remark(part.items), share, "" if known else name))
    return tuple(found)


def _count(listing: Listing[T], part: Shelf[T]) -> int:
    return listing.count(part.items) if part.count is None else part.count


def groups(writer: Writer, listing: Listing[T], shelf: Shelf[T]) -> tuple[Group, ...]:
    """Return the parts of a list that stand on its own page."""
    small = (part for part in shelf.shelves if not part.is_page)
    return tuple(Group(_anchor(part), part.label, listing.show(writer, part.items)) for part in small)


def _anchor(part: Shelf[T]) -> str:
    return f"part-{part.path.rpartition('/')[2]}"


def below(address: str) -> Callable[[str], str]:
    """Return the function that gives the address of a part of the list at an address."""
    return lambda path: urls.below(address, path)
