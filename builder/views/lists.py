"""Lines of lists: people, sentences, trees."""

from dataclasses import dataclass
from typing import NamedTuple

from builder.views.basic import Link, Quote, Sign


class PersonLine(NamedTuple):
    """A person in a list: who, of where, in which post at the time of the document; a remark such as 作者."""

    person: Link
    pinyin: str
    qualifier: str
    posts: tuple[str, ...] = ()
    period: str = ""
    remark: str = ""
    sign: Sign = ""


class Mention(NamedTuple):
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
    own node. ``html`` is the editor's note, a finished fragment, where the node has its line. ``share`` is the length
    of its bar, 100 for the most people, where there are bars.
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
    share: int = 0
