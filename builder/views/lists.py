"""Lists of people, organisations and regions, and the pages that hold them."""

from dataclasses import dataclass

from builder.views.basic import EventView, Frame, Link, Quote, Sign


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
class NamesakesView:
    """People of one name."""

    frame: Frame
    name: str
    people: tuple[PersonLine, ...]
