"""Records: what can be found, one for each document, organisation, region and page of prose.

Takes names, headings and paragraphs; gives ``Record``, and records as bytes.
"""

import json
import marshal
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from builder import urls
from builder.search.characters import fold, traditional_in
from builder.search.syllables import syllables
from builder.search.texts import Piece, layers, lines
from builder.search.tokens import Folded

PERSON, DOCUMENT, ORGANISATION, REGION, PAGE = "person", "document", "organisation", "region", "page"
WORD = re.compile(r"[0-9]+(?:\.[0-9]+)*|[a-zà-ɏ]+(?:'[a-zà-ɏ]+)*")

Row = tuple[Any, ...]  # a head, as the plain values of its fields
Field = tuple[str, str]  # what it is (单位), and its words
Paragraphs = list[tuple[str, tuple[Piece, ...]]]  # anchor, and pieces


@dataclass(frozen=True)
class Head:
    """What is listed of a record beside its words: who or what it is, and what it is counted under.

    ``day`` is that of the first act (its proleptic ordinal), 0 where none is known. ``parent`` is the id of what an
    organisation or a region belongs to, "" for all else. ``spoken`` are the syllables of every name.
    """

    key: str
    kind: str
    name: str
    href: str
    about: str
    day: int
    regions: tuple[str, ...]
    organisations: tuple[str, ...]
    parent: str
    spoken: tuple[tuple[str, ...], ...]


@dataclass(frozen=True)
class Record:
    """What can be found: ``shown`` is what the browser shows and compares, ``folded`` what the lists are made from."""

    head: Head
    shown: str
    folded: Folded


def to_bytes(records: Iterable[Record]) -> bytes:
    """Return records as bytes that are the same for the same records."""
    rows = [(tuple(vars(each.head).values()), each.shown, each.folded.streams, each.folded.words) for each in records]
    return marshal.dumps(rows, 2)


def rows_of(content: bytes) -> Iterator[tuple[Row, str, Folded]]:
    """Yield the records that ``to_bytes`` made bytes of: head, as a row, what is shown, and what is folded."""
    for head, shown, streams, words in marshal.loads(content):
        yield head, shown, Folded(streams, words)


def make_record(
    key: str,
    kind: str,
    name: str,
    address: str,
    about: str,
    names: tuple[Field, ...],
    heads: tuple[Field, ...],
    paragraphs: Paragraphs,
    *,
    day: int = 0,
    regions: tuple[str, ...] = (),
    organisations: tuple[str, ...] = (),
    parent: str = "",
    spoken: tuple[tuple[str, str], ...] = (),
) -> Record:
    """Return the record of something at an address; ``spoken`` are its names, each with its pinyin or with none."""
    texts = [layer for _, found in paragraphs for layer in layers(found)]
    parts = ([text for _, text in names], [text for _, text in heads], texts)
    href = urls.relative(address, urls.SEARCH)
    shown: dict[str, object] = {
        "kind": kind,
        "name": name,
        "href": href,
        "about": about,
        "names": [list(field) for field in names],
        "heads": [list(field) for field in heads],
        "paragraphs": [[anchor, *_plain(found)] for anchor, found in paragraphs if found],
    }
    traditional = traditional_in("".join(text for part in parts for text in part))
    if traditional:
        shown["fold"] = traditional
    text = json.dumps(shown, ensure_ascii=False, separators=(",", ":"))
    (name_lines, name_words), (head_lines, head_words), (text_lines, text_words) = map(_folded, parts)
    said = tuple(dict.fromkeys(syllables(each, pinyin) for each, pinyin in spoken))
    return Record(
        Head(key, kind, name, href, about, day, regions, organisations, parent, said),
        text,
        Folded((name_lines, head_lines, text_lines), (name_words, head_words, text_words)),
    )


def _folded(part: list[str]) -> tuple[str, str]:
    """Return the folded lines of some texts, and the Latin words and numbers in them as they are searched.

    White space parts words, and in a folded line there is none: so what stands between is folded piece by piece.
    """
    folded, words = [], []
    for line in lines(part):
        chunks = [fold(chunk) for chunk in line.split()]
        folded.append("".join(chunks))
        words += [word for chunk in chunks for word in WORD.findall(chunk)]
    return "\n".join(filter(None, folded)), " ".join(words)


def _plain(found: tuple[Piece, ...]) -> Iterator[object]:
    for piece in found:
        yield piece if isinstance(piece, str) else list(piece)
