"""How a list that is too long for one page is put on several: by what its items are, never by counting.

Takes items in their order, what each weighs on a page, and by which steps each is found (W, Wang, Wang Wei …); gives
a tree of shelves. A shelf is divided where what stands on it weighs more than a page holds, and then by the next step
of its items; its small parts stay on it, the large ones get pages. So an address (``w/wang/wei``) says what stands
there: it never comes to mean other items, and when the archive grows shelves are divided and pages added, but none
goes. docs/decisions/lists.md says why.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Generic, TypeVar

T = TypeVar("T")
U = TypeVar("U")

# What a page holds, in bytes as they weigh after compression: of the budget of 14,000 the style sheets and the frame
# take the rest (tests/test_lists.py measures it).
ROOM = 6_000
ROW = 40  # what the row of a part weighs
DEEPEST = 30  # steps; below them a list is left as long as it is


@dataclass(frozen=True)
class Step:
    """One step down: the part of the address, in ASCII, and what the shelf is called."""

    slug: str
    label: str


@dataclass(frozen=True)
class Shelf(Generic[T]):
    """A list, or a part of one: its steps from the top, and all its items in order.

    ``shelves`` are the parts into which it is divided, empty where its items stand on it themselves. A part that is no
    page (``is_page``) is small and stands on the page of the whole.

    A shelf of which others are told without its items knows how many there were, and what it is said to hold.
    """

    steps: tuple[Step, ...]
    items: tuple[T, ...]
    shelves: tuple["Shelf[T]", ...] = ()
    is_page: bool = True
    count: int | None = None
    remark: str = ""

    @property
    def path(self) -> str:
        """The part of the address that is its own: ``w/wang``."""
        return "/".join(step.slug for step in self.steps)

    @property
    def label(self) -> str:
        """What it is called; the top has no name."""
        return self.steps[-1].label if self.steps else ""

    @property
    def pages(self) -> tuple["Shelf[T]", ...]:
        """The parts that are pages."""
        return tuple(shelf for shelf in self.shelves if shelf.is_page)

    def homes(self) -> Iterator[tuple[str, T]]:
        """Yield each item with the path of the page on which it stands."""
        for shelf in self.shelves:
            if shelf.is_page:
                yield from shelf.homes()
            else:
                yield from ((self.path, item) for item in shelf.items)
        if not self.shelves:
            yield from ((self.path, item) for item in self.items)


@dataclass(frozen=True)
class Part(Generic[T]):
    """One page of a divided list by itself: the steps of a shelf are told in one, that of its path.

    ``way`` are the names of the parts above it, ``beside`` those of itself and of the parts before and after it.
    """

    shelf: Shelf[T]
    way: tuple[Shelf[T], ...] = ()
    beside: tuple[Shelf[T], ...] = ()


def parts_of(
    whole: Shelf[T], of: Callable[[T], U], remark: Callable[[Sequence[T]], str] = lambda items: ""
) -> dict[str, Part[U]]:
    """Return the pages of a list by their paths, the whole under ""; ``of`` says what is kept of an item."""

    def named(shelf: Shelf[T]) -> Shelf[U]:
        return Shelf((Step(shelf.path, shelf.label),) if shelf.steps else (), ())

    def told(shelf: Shelf[T]) -> Shelf[U]:
        """Return a part as the page of its whole tells of it: with items only where they stand on that page."""
        items = () if shelf.is_page else tuple(map(of, shelf.items))
        return replace(
            named(shelf), items=items, is_page=shelf.is_page, count=len(shelf.items), remark=remark(shelf.items)
        )

    def parts(shelf: Shelf[T], way: tuple[Shelf[U], ...], beside: tuple[Shelf[U], ...]) -> Iterator[Part[U]]:
        items = () if shelf.shelves else tuple(map(of, shelf.items))
        below = tuple(map(told, shelf.shelves))
        yield Part(replace(named(shelf), items=items, shelves=below, count=len(shelf.items)), way, beside)
        found = tuple(map(named, shelf.pages))
        for place, page in enumerate(shelf.pages):
            above = (*way, named(shelf)) if shelf.steps else way
            yield from parts(page, above, found[max(0, place - 1) : place + 2])

    return {part.shelf.path: part for part in parts(whole, (), ())}


def arrange(
    items: Sequence[T],
    weigh: Callable[[T], int],
    step: Callable[[T, int], Step],
    *,
    room: int = ROOM,
    has_small: bool = True,
) -> Shelf[T]:
    """Return a list divided as far as it must be; ``step`` gives an item's step at a depth, from 0, without end.

    ``has_small`` says whether small parts stay on the page of the whole list; those below always may.
    """
    return _divide((), [(weigh(item), item) for item in items], step, room, has_small=has_small)


Weighed = list[tuple[int, T]]


def _divide(
    steps: tuple[Step, ...],
    items: Weighed[T],
    step: Callable[[T, int], Step],
    room: int,
    *,
    has_small: bool = True,
) -> Shelf[T]:
    """Return the shelf of some items that share their first steps.

    A step that all of them share parts nothing, and makes no page between.
    """
    bare = tuple(item for _, item in items)
    if sum(weight for weight, _ in items) <= room:
        return Shelf(steps, bare)
    shared = steps
    groups = _group(items, step, len(shared))
    while len(groups) == 1 and len(shared) < DEEPEST:
        shared = (*shared, *groups)
        groups = _group(items, step, len(shared))
    if len(groups) == 1:
        return Shelf(steps, bare)
    level = _level([sum(weight for weight, _ in some) for some in groups.values()], room) if has_small else 0
    parts = []
    for found, some in groups.items():
        below = (*shared, found)
        if sum(weight for weight, _ in some) > level:
            parts.append(_divide(below, some, step, room))
        else:
            parts.append(Shelf(below, tuple(item for _, item in some), is_page=False))
    return Shelf(steps, bare, tuple(parts))


def _level(weights: Sequence[int], room: int) -> int:
    """Return up to which weight parts stay on the page of the whole, so that it holds a row for each part, and them.

    If all parts were cut off at this weight they would just fill the page. It falls when a part grows or is added, and
    never rises: a part that has a page keeps it.
    """
    left, count = room - ROW * len(weights), len(weights)
    for weight in sorted(weights):
        if weight * count > left:
            return max(0, left // count)
        left -= weight
        count -= 1
    return max(weights)


def _group(items: Weighed[T], step: Callable[[T, int], Step], depth: int) -> dict[Step, Weighed[T]]:
    """Return the items by their step at a depth, in the order in which each step first comes."""
    groups: dict[Step, Weighed[T]] = {}
    for weight, item in items:
        groups.setdefault(step(item, depth), []).append((weight, item))
    return groups
