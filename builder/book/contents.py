"""What a volume holds, in its order: the parts before the chapters, the chapters, and the parts behind them."""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import groupby
from xml.etree.ElementTree import Element

from jinja2 import Environment

from builder.book.fragment import adapt
from builder.book.indexes import entry_anchors, indexes
from builder.book.leaves import COLOPHON, POLICY, TIMELINE, Imprint, Index, Line
from builder.book.sheets import sheet
from builder.book.volumes import Volume, imprint
from builder.book.writer import BookWriter, book_writer, chapter_anchor, find_policy
from builder.views import EventView


@dataclass(frozen=True)
class Plan:
    """A volume with all that it takes to write it, but for the chapters, which are made one at a time.

    ``dates`` are the dated events in their order, those of one date together.
    """

    volume: Volume
    imprint: Imprint
    writer: BookWriter
    indexes: tuple[Index, ...]
    dates: tuple[tuple[EventView, ...], ...]


def plan(volume: Volume) -> Plan:
    """Return the plan of a volume. Its links lead to those entries of the indexes that there are."""
    made = indexes(volume, book_writer(volume))
    writer = book_writer(volume, entry_anchors(made))
    people = {person.id for person in volume.people}
    events = (writer.event(placed) for placed in volume.archive.timeline if placed.person in people)
    dates = groupby(events, key=lambda event: (event.date, event.time, event.basis))
    return Plan(volume, imprint(volume), writer, made, tuple(tuple(group) for _, group in dates))


def policy_sheet(book: Plan, environment: Environment) -> Element | None:
    """Return the editorial policy, where the content has one."""
    policy = find_policy(book.volume.archive)
    if policy is None:
        return None
    title, prose = policy
    return sheet(environment, "policy", title=title, html=adapt(prose.html, POLICY, book.writer.resolve))


def contents(book: Plan) -> Iterator[Line]:
    """Yield the lines of the contents, from the policy to the colophon."""
    policy = find_policy(book.volume.archive)
    if policy is not None:
        yield Line(POLICY, policy[0])
    for person in book.volume.people:
        yield Line(chapter_anchor(person), person.name, book.writer.qualifier(person).name)
    if book.dates:
        yield Line(TIMELINE, "时间线")
    for index in book.indexes:
        yield Line(index.anchor, index.title)
    yield Line(COLOPHON, "版本说明")
