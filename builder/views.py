"""Views: the plain values that each template is given, and nothing else.

A page is a pure function of (template, view). Every class is frozen and holds only text, numbers, booleans, None,
tuples and other views, so that a digest of the view says whether the page can have changed. Every ``href`` is final:
relative to the page it stands on, naming a file. Templates decide markup and words, never what is shown.
"""

from dataclasses import dataclass

# How a thing is known, wherever it is shown: "" as printed or plain fact, "supplied" by the editor and certain (shown
# ［内蒙古自治区］), "inferred" likely, not proved (shown 伊金霍洛旗〔推定〕), "tied" to what stands before it in a
# chain by inference (shown › 〔推定隶属〕爱林工作室).
Sign = str


@dataclass(frozen=True)
class Link:
    """A text that may be a link: ``href`` is empty where the page itself, or no page, is meant."""

    text: str
    href: str = ""
    sign: Sign = ""
    lang: str = ""
    current: bool = False


@dataclass(frozen=True)
class Quote:
    """The source's own words, with the address of the paragraph in which they stand."""

    text: str
    href: str


@dataclass(frozen=True)
class RelatedFile:
    """A file about the same thing as the page, for programmes: its relation, address and media type."""

    rel: str
    href: str
    type: str = ""


@dataclass(frozen=True)
class Frame:
    """What the frame of every page needs (``templates/base.html``).

    ``root`` is the way up to the site's root: empty, ``../`` …, or an absolute path on the 404 page.
    ``canonical`` is the absolute address, empty where ``site.yaml`` gives none. ``breadcrumbs`` end above this page.
    """

    template: str
    address: str
    title: str
    description: str
    root: str
    canonical: str
    navigation: tuple[Link, ...]
    breadcrumbs: tuple[Link, ...]
    foot: tuple[Link, ...]
    site_title: str
    caution: str
    contact: Link | None
    licence: Link | None
    filing_number: str
    citation: tuple[tuple[str, str], ...] = ()  # citation_* for Zotero and its like: name and content
    feed: str = ""  # the Atom feed of the site
    structured_data: str = ""  # JSON-LD, final: it cannot end the element in which it stands
    related: tuple[RelatedFile, ...] = ()
    actions: tuple[Link, ...] = ()  # 编辑此页, 更正或申请撤下: on the forge, where site.yaml names one
    lead: bool = False  # whether the page is the home page


@dataclass(frozen=True)
class DateView:
    """A date as it is shown, with no more precision than it has.

    ``text`` holds its own brackets: ［2020年］1月29日. ``detail`` is what follows it: 正月初五, or 推算；或2月5日.
    ``datetime`` is set only for a single certain day; ``edtf`` always. ``shape`` is how it is drawn (``chart``):
    printed, named, counted, set, range, open, or background.
    """

    text: str
    detail: str
    datetime: str
    edtf: str
    shape: str


@dataclass(frozen=True)
class EventView:
    """An event: of whom, when, what, in which words, and how that is known.

    ``number`` is its number on the chart, 0 where it has none. ``bound`` is set for an event without a place on the
    axis but with a bound (不早于［2020年］1月24日). ``actor`` is the person it is told of; ``scope`` is "" for an act
    of the person, "group" for an act of others told in the same article, "background" for public time.
    """

    anchor: str
    number: int
    date: DateView | None
    bound: str
    time: str
    actor: Link
    scope: str
    label: str
    quotes: tuple[Quote, ...]
    basis: str
    note: str


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
    """How a document is cited, in one form: ``text`` in three parts, the middle one for the reader to fill in."""

    form: str
    before: str
    blank: str
    after: str


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

    ``html`` is a finished fragment. ``title_lines`` are the halves of a title that was set in two lines.
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
    files: tuple[Link, ...] = ()


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


@dataclass(frozen=True)
class PersonLine:
    """A person in a list: who, of where, in which post at the time of the document; a remark such as 作者."""

    person: Link
    pinyin: str
    qualifier: str
    posts: tuple[str, ...] = ()
    period: str = ""
    remark: str = ""
    sign: Sign = ""


@dataclass(frozen=True)
class Mention:
    """A sentence that names something: the document it stands in, the sentence in three parts, its address."""

    source: Link
    before: str
    words: str
    after: str
    href: str


@dataclass(frozen=True)
class Branch:
    """A node of a tree of organisations or regions.

    ``sign`` says how the tie to the parent is known; ``remark`` is a gloss (非行政区划, 150104).
    ``anchor`` is the node's id on the page where a listed one has its line; empty elsewhere. ``here`` marks the page's
    own node. ``html`` is the editor's note, a finished fragment, where the node has its line.
    """

    link: Link
    sign: Sign
    anchor: str
    remark: str
    people: int
    quotes: tuple[Quote, ...]
    branches: tuple["Branch", ...]
    here: bool = False
    html: str = ""


@dataclass(frozen=True)
class OrganisationView:
    """An organisation's page."""

    frame: Frame
    name: str
    full_name: str
    full_name_sign: Sign
    aliases: tuple[str, ...]
    kind: str
    region: tuple[Link, ...]
    tree: Branch
    people: tuple[PersonLine, ...]
    events: tuple[EventView, ...]
    undated: tuple[EventView, ...]
    mentions: tuple[Mention, ...]
    html: str


@dataclass(frozen=True)
class RegionView:
    """A region's page. ``local`` are people whose unit lies here; ``mentions`` are sentences of others."""

    frame: Frame
    name: str
    sign: Sign
    romanised: str
    code: str
    code_remark: str
    parents: tuple[Link, ...]
    children: tuple[Branch, ...]
    local: tuple[PersonLine, ...]
    mentions: tuple[Mention, ...]
    organisations: tuple[Link, ...]
    events: tuple[EventView, ...]
    undated: tuple[EventView, ...]
    html: str


@dataclass(frozen=True)
class Letter:
    """A letter of an A–Z list; letters without entries stay visible as plain text."""

    letter: str
    people: tuple[PersonLine, ...]


@dataclass(frozen=True)
class PeopleView:
    """The index of people, A–Z by pinyin."""

    frame: Frame
    letters: tuple[Letter, ...]
    count: int
    authors: int
    add: Link | None = None  # 新增人物, on the forge


@dataclass(frozen=True)
class TreeView:
    """The index of organisations or of regions, as trees; ``references``: Hohhot 见 呼和浩特市."""

    frame: Frame
    trees: tuple[Branch, ...]
    references: tuple[tuple[str, Link], ...]
    count: int


@dataclass(frozen=True)
class Tick:
    """A tick of the chart's axis, at so many pixels from its start: ``kind`` is week, month or lunar.

    ``side`` says on which side of the tick its label stands where two crowd: before, after, or "" for the middle.
    """

    at: float
    label: str
    kind: str
    side: str = ""


@dataclass(frozen=True)
class Mark:
    """A mark of the chart, between two points along the axis (equal for a day) and in a lane.

    ``shape`` is printed ●, named ◆, counted ○, set [○], range (a bar), open (a bar with an arrow) or background (a
    band). ``at`` is the point itself; None where no day is likelier than another. ``row`` is above 0 for a mark that
    would lie on another of its lane. ``number_at`` is where the number stands; number 0 is none. ``firm`` says that
    both ends of a bar are printed: else they are hollow. ``open_start`` and ``open_end`` say which side is not given.
    """

    number: int
    shape: str
    start: float
    end: float
    at: float | None
    lane: int
    row: int
    number_at: float
    firm: bool
    open_start: bool
    open_end: bool


@dataclass(frozen=True)
class Chart:
    """The picture of the timeline: lengths in pixels along the axis, lanes counted from 0.

    The first ``bands`` lanes are spans of public time, the others people. ``title`` and ``description`` are what
    those who listen get.
    """

    length: float
    lanes: tuple[str, ...]
    bands: int
    ticks: tuple[Tick, ...]
    marks: tuple[Mark, ...]
    title: str
    description: str


@dataclass(frozen=True)
class UndatedBlock:
    """The undated events of one person, in the order of the text."""

    person: Link
    events: tuple[EventView, ...]


@dataclass(frozen=True)
class MonthLink:
    """A month that has a page: 2020年1月, its address, how many events touch it."""

    link: Link
    count: int


@dataclass(frozen=True)
class TimelineView:
    """The timeline: the chart twice (wide and upright), the list, and what has no date."""

    frame: Frame
    wide: Chart | None
    upright: Chart | None
    events: tuple[EventView, ...]
    undated: tuple[UndatedBlock, ...]
    months: tuple[MonthLink, ...]


@dataclass(frozen=True)
class MonthView:
    """The events that touch one month."""

    frame: Frame
    events: tuple[EventView, ...]
    earlier: Link | None
    later: Link | None


@dataclass(frozen=True)
class NamesakesView:
    """People of one name."""

    frame: Frame
    name: str
    people: tuple[PersonLine, ...]


@dataclass(frozen=True)
class TextView:
    """A page of prose: about, editorial policy, corrections."""

    frame: Frame
    html: str


@dataclass(frozen=True)
class Card:
    """A person on the home page, in words of the editor, an act only."""

    person: Link
    place: tuple[Link, ...]
    summary: str


@dataclass(frozen=True)
class HomeView:
    """The home page: counts and span computed, a card a person, the timeline as a thumbnail."""

    frame: Frame
    documents: int
    people: int
    span: str
    cards: tuple[Card, ...]
    more: int
    chart: Chart | None
    timeline: Link | None = None  # where the thumbnail leads
    indexes: tuple[Link, ...] = ()  # 按人物 A–Z, 按机构, 按地区; the first is where ``more`` leads


@dataclass(frozen=True)
class ColumnView:
    """A column of a table, as the page 数据 explains it; ``rule`` says what it must hold."""

    name: str
    title: str
    meaning: str
    rule: str


@dataclass(frozen=True)
class DataTable:
    """A table of the data: its file, what it is about, how many rows it has, its columns."""

    file: Link
    anchor: str
    title: str
    meaning: str
    rows: int
    columns: tuple[ColumnView, ...]


@dataclass(frozen=True)
class DataView:
    """The page 数据: every file for programmes, ``files`` with what each is, and the tables column by column."""

    frame: Frame
    files: tuple[tuple[Link, str], ...]
    tables: tuple[DataTable, ...]


@dataclass(frozen=True)
class ChangesView:
    """The page of all that was added, changed and withdrawn."""

    frame: Frame
    changes: tuple[ChangeView, ...]


@dataclass(frozen=True)
class NotFoundView:
    """The page for an address that is not there."""

    frame: Frame


@dataclass(frozen=True)
class WithdrawnView:
    """The tombstone of a withdrawn item: it names nobody and gives only the day."""

    frame: Frame
    day: str


@dataclass(frozen=True)
class RedirectView:
    """The page at a former address: it leads on to where its contents are now."""

    frame: Frame
    target: Link


View = (
    PersonView
    | OrganisationView
    | RegionView
    | PeopleView
    | TreeView
    | TimelineView
    | MonthView
    | NamesakesView
    | TextView
    | HomeView
    | DataView
    | ChangesView
    | NotFoundView
    | WithdrawnView
    | RedirectView
)
