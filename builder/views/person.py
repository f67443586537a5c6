"""The page of a person: facts, documents with their apparatus, the log of a document."""

from dataclasses import dataclass

from builder.views.basic import DateView, EventView, Frame, Link, Quote


@dataclass(frozen=True)
class FactItem:
    """One value of a fact row: a chain from the larger to the smaller, a remark after it, and its sentence."""

    chain: tuple[Link, ...]
    remark: str = ""
    quote: Quote | None = None
    date: DateView | None = None


@dataclass(frozen=True)
class Fact:
    """A row of the fact box."""

    label: str
    items: tuple[FactItem, ...]


@dataclass(frozen=True)
class NoteView:
    """A note of the apparatus: ``label`` is 校1 or 注2, ``anchor`` its id, ``back`` the id of its mark in the text."""

    label: str
    anchor: str
    back: str
    html: str


@dataclass(frozen=True)
class CitationView:
    """How a document is cited, in one form: its text in three parts, the middle one for the reader to fill in.

    ``today`` is how the day is written there: [YYYY-MM-DD] or YYYY年M月D日.
    """

    form: str
    before: str
    blank: str
    after: str
    today: str


@dataclass(frozen=True)
class ChangeView:
    """A line of the log: the day, what was done (新收, 更正, 撤下), to which document, and on whose word."""

    day: str
    datetime: str
    kind: str
    subject: Link | None
    what: str
    by: str


@dataclass(frozen=True)
class DocumentView:
    """A document about a person: its title, its text with the editorial marks, its apparatus and its provenance.

    ``author`` is empty where the source is unsigned. ``html`` is a finished fragment.
    ``title_lines`` are the halves of a title that was set in two lines.
    ``anchor`` is the id of the document's section; ``files`` are the same document in the formats of others.
    """

    anchor: str
    title_lines: tuple[str, ...]
    subtitle: str
    author: str
    html: str
    notes: tuple[NoteView, ...]
    year_supplied: bool
    provenance: tuple[Fact, ...]
    citations: tuple[CitationView, ...] = ()
    bibtex: str = ""  # the entry, where the site has BibTeX
    files: tuple[Link, ...] = ()


@dataclass(frozen=True)
class Neighbour:
    """Who comes before or after in time, with the date of the first act."""

    person: Link
    date: str


@dataclass(frozen=True)
class Saying:
    """The words of the text about one person: ``who`` is the name."""

    who: str
    quote: Quote


@dataclass(frozen=True)
class Tie:
    """Why two people stand by one another: the kind of reason (同日, 同题), what they share, what each text says."""

    kind: str
    words: Link | None
    sayings: tuple[Saying, ...]


@dataclass(frozen=True)
class Relative:
    """A person who stands near, and why."""

    person: Link
    qualifier: str
    ties: tuple[Tie, ...]


@dataclass(frozen=True)
class PersonView:
    """A person's page. ``qualifier`` is the homonym line: always there."""

    frame: Frame
    name: str
    pinyin: str
    qualifier: Link
    namesakes: Link | None
    facts: tuple[Fact, ...]
    documents: tuple[DocumentView, ...]
    events: tuple[EventView, ...]
    undated: tuple[EventView, ...]
    changes: tuple[ChangeView, ...] = ()
    earlier: Neighbour | None = None
    later: Neighbour | None = None
    relatives: tuple[Relative, ...] = ()
