"""What a body says, as plain values: paragraphs in two layers, notes, links and images.

``prose`` makes them; ``quotes``, ``received``, the pages and the exports read them. Nothing here knows Markdown.
"""

from bisect import bisect_right
from dataclasses import dataclass
from typing import NamedTuple

from builder.problems import Place


class Spot(NamedTuple):
    """Where a stretch of a paragraph was written: it starts at these offsets of the two layers, at this place.

    A stretch goes on to the next spot. One that stands in one layer only (a mark) has no length in the other.
    """

    reading: int
    received: int
    line: int
    column: int
    is_code: bool = False


@dataclass(frozen=True)
class Emendation:
    """An editorial mark in a paragraph: what exports need to write both layers in their own markup.

    ``kind`` is corr, supplied, surplus, doubt, note or break; ``start`` and ``end`` are offsets in the reading text;
    ``received`` is what the source has there (for doubt and note: nothing of its own); ``note`` counts from 1.
    """

    kind: str
    start: int
    end: int
    received: str
    note: int


@dataclass(frozen=True)
class Paragraph:
    """A block of running text: a paragraph, a list item, a heading, a table or a block of code.

    ``number`` is its place in ``Prose.paragraphs``, from 1; ``anchor`` the id of its element: ``p`` and a number that
    leaves out headings, which have ids of their own words. ``line`` is the line of the file where it starts.
    """

    number: int
    anchor: str
    reading: str
    received: str
    line: int
    spots: tuple[Spot, ...] = ()
    emendations: tuple[Emendation, ...] = ()

    def place_of_reading(self, file: str, offset: int) -> Place:
        """Return where the character at ``offset`` of the reading text was written."""
        return self._place(file, offset, 0)

    def place_of_received(self, file: str, offset: int) -> Place:
        """Return where the character at ``offset`` of the received text was written."""
        return self._place(file, offset, 1)

    def is_code(self, offset: int) -> bool:
        """Return whether the character at ``offset`` of the reading text is code."""
        index = bisect_right(self.spots, offset, key=lambda spot: spot.reading) - 1
        return index >= 0 and self.spots[index].is_code

    def _place(self, file: str, offset: int, layer: int) -> Place:
        index = bisect_right(self.spots, offset, key=lambda spot: int(spot[layer])) - 1
        if index < 0:
            return Place(file, self.line)
        spot = self.spots[index]
        return Place(file, spot.line, spot.column + offset - int(spot[layer]))


@dataclass(frozen=True)
class Note:
    """A note of the apparatus: ``label`` 校1 or 注2, ``anchor`` its id, ``back`` the id of its mark in the text."""

    number: int
    kind: str
    label: str
    anchor: str
    back: str
    html: str
    text: str
    paragraph: int


@dataclass(frozen=True)
class Reference:
    """A link in the running text to a person, an organisation or a region, with its offsets in the reading text."""

    kind: str
    target: str
    text: str
    paragraph: int
    start: int
    end: int
    place: Place


@dataclass(frozen=True)
class Hyperlink:
    """Any link of a body, in the text or in a note, as written: what the rules look up.

    ``kind`` is person, organisation or region (then ``target`` is the bare id or name), anchor (``#…``), relative or
    outside. ``place`` is that of the target.
    """

    kind: str
    target: str
    place: Place


@dataclass(frozen=True)
class Picture:
    """An image: its path as written, what it shows in words, and where its path stands."""

    path: str
    alt: str
    place: Place


@dataclass(frozen=True)
class Prose:
    """A body as read: a finished fragment whose links to other records stay symbolic, and its plain values."""

    html: str = ""
    paragraphs: tuple[Paragraph, ...] = ()
    notes: tuple[Note, ...] = ()
    references: tuple[Reference, ...] = ()
    links: tuple[Hyperlink, ...] = ()
    images: tuple[Picture, ...] = ()
