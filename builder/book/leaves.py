"""The leaves of a book: the plain values that its templates are given, the same for paper and for EPUB.

Every anchor is unique in the whole book: the name of its part, and behind a dot what it names there
(``person-wang-yong.p3``). So a link within the book is ``#`` and the anchor, wherever the two ends come to stand.
"""

import datetime
from dataclasses import dataclass

from markupsafe import Markup

from builder.views import ChangeView, CitationView, EventView, Fact, FactItem, NoteView

TITLE, POLICY, CONTENTS, TIMELINE, COLOPHON = "title", "policy", "contents", "timeline", "colophon"
PEOPLE, ORGANISATIONS, REGIONS = "people", "organisations", "regions"


@dataclass(frozen=True)
class Row:
    """A row of the fact box; each value has an anchor, for the indexes send readers there."""

    label: str
    items: tuple[tuple[str, FactItem], ...]


@dataclass(frozen=True)
class Text:
    """A document in the book; ``html`` is finished XHTML, ``signed`` the anchor of the author's name."""

    anchor: str
    title_lines: tuple[str, ...]
    subtitle: str
    author: str
    signed: str
    html: Markup
    notes: tuple[NoteView, ...]
    provenance: tuple[Fact, ...]
    citations: tuple[CitationView, ...]


@dataclass(frozen=True)
class Chapter:
    """A person. ``foot`` is what the foot of its pages says: the address of the person's page, or the name."""

    anchor: str
    name: str
    pinyin: str
    qualifier: str
    foot: str
    has_namesake: bool
    year_supplied: bool
    facts: tuple[Row, ...]
    texts: tuple[Text, ...]
    events: tuple[EventView, ...]
    undated: tuple[EventView, ...]
    changes: tuple[ChangeView, ...]


@dataclass(frozen=True)
class Locator:
    """Where an index sends the reader: ``words`` stand there until, on paper, there is a page number.

    ``is_main`` is set for the chapter of a person.
    """

    anchor: str
    words: str
    is_main: bool = False


@dataclass(frozen=True)
class Entry:
    """An entry of an index; ``remark`` tells it from others; ``see`` is another name under which it is to be found."""

    anchor: str
    name: str
    remark: str
    letter: str
    sort_key: tuple[object, ...]
    locators: tuple[Locator, ...]
    see: Locator | None = None


@dataclass(frozen=True)
class Index:
    """An index, letter by letter."""

    anchor: str
    title: str
    letters: tuple[tuple[str, tuple[Entry, ...]], ...]


@dataclass(frozen=True)
class Line:
    """A line of the contents: what it leads to, what it says, and, on paper, the page."""

    anchor: str
    title: str
    remark: str = ""
    page: str = ""


@dataclass(frozen=True)
class Imprint:
    """What the title page and the colophon say.

    ``part`` is which volume it is and of what, empty where there is one of the whole. ``day`` is the last day on which
    the archive changed, None where none is written; ``version`` is the same in words.
    """

    title: str
    tagline: str
    part: str
    extent: str
    version: str
    day: datetime.date | None
    language: str
    identifier: str
    address: str
    caution: str
    contact: str
    licence: str
