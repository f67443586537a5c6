"""The received text: with its marks undone, a document must equal it character by character.

Takes a document's plain values and the text as received; gives at most one problem, at the first character that
differs. Also finds half-width punctuation in Chinese text.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from os.path import commonprefix
from typing import Protocol

from builder.body.passages import Paragraph, Prose
from builder.body.raw import HAN
from builder.folding import DECLARED, fold, fold_with_offsets
from builder.problems import Place, Problem
from builder.prose import read_prose
from builder.text import Text

HEADING_SIGN = re.compile(r"^#{1,6}[ \t\u3000]+", re.MULTILINE)
CONTEXT = 6
# How much of the two texts behind the first difference is looked at to see how long it is.
WINDOW = 60
HALF = "[,;:?!()]"
CHINESE = f"[{HAN}，。、；：？！（）《》]"
HALF_WIDTH = re.compile(f"(?<={CHINESE}){HALF}|{HALF}(?={CHINESE})")
LINK_TARGET = re.compile(r"\]\([^()\s]*\)")


class Titled(Protocol):
    """What a document says of itself outside its body; ``source`` names its received text under ``received``."""

    @property
    def file(self) -> str: ...  # noqa: D102

    @property
    def title(self) -> Text | None: ...  # noqa: D102

    @property
    def subtitle(self) -> Text | None: ...  # noqa: D102

    @property
    def author(self) -> Text | None: ...  # noqa: D102

    @property
    def source(self) -> Mapping[str, Text]: ...  # noqa: D102


@dataclass(frozen=True)
class Part:
    """A stretch of our text: its words in the received layer, and the paragraph or the front matter they stand in."""

    text: str
    origin: Paragraph | Text

    def place(self, file: str, offset: int) -> Place:
        """Return where the character at ``offset`` was written."""
        if isinstance(self.origin, Paragraph):
            return self.origin.place_of_received(file, offset)
        # Signs that the received text has around a value (——, brackets) stand nowhere in the front matter.
        inside = min(max(0, offset - self.text.find(self.origin)), max(0, len(self.origin) - 1))
        return Place(self.origin.place.file, self.origin.place.line, self.origin.place.column + inside)


def check_received(document: Titled, prose: Prose, received: str) -> list[Problem]:
    """Return where a document first differs from its received text: a list of one problem, or of none.

    Compared are title, subtitle (with or without its ——), the paragraphs' received layer and the author in brackets at
    the end. Title and author may be missing from the received text, or the author stand after the title.
    """
    theirs = fold(HEADING_SIGN.sub("", received.removeprefix("\ufeff")))
    nearest: tuple[int, str, list[Part]] = (-1, "", [])
    for parts in _arrangements(document, prose.paragraphs):
        ours = "".join(fold(part.text) for part in parts)
        if ours == theirs:
            return []
        shared = len(commonprefix([ours, theirs]))
        if shared > nearest[0]:
            nearest = (shared, ours, parts)
    return [_difference(document, *nearest, theirs)]


def _arrangements(document: Titled, paragraphs: Sequence[Paragraph]) -> Iterator[list[Part]]:
    """Yield the ways in which a received text may hold a document, the commonest first."""
    body = [Part(paragraph.received, paragraph) for paragraph in paragraphs]
    title = [Part(str(document.title), document.title)] if document.title else []
    subtitle, author = document.subtitle, document.author
    heads = [title + [Part(sign + subtitle, subtitle)] for sign in ("——", "—", "")] if subtitle else [title]
    tails = [[Part(sign.format(author), author)] for sign in ("（{}）", "{}", "作者：{}")] if author else []
    for head in (*heads, []):
        yield from (head + body + tail for tail in tails)
        yield head + body
        yield from (head + tail + body for tail in tails)


def _difference(document: Titled, at: int, ours: str, parts: list[Part], theirs: str) -> Problem:
    """Return the problem of the first difference, which lies at offset ``at`` of both folded texts."""
    lost, gained = _stretches(theirs[at : at + WINDOW], ours[at : at + WINDOW])
    part, place = _locate(document, parts, at)
    name = document.source.get("received", "")
    message = f"与底本 {name} 不同：底本“{_around(theirs, at, lost)}”，正文“{_around(ours, at, gained)}”。"
    mend = _mend(part, theirs[at : at + lost], ours[at : at + gained])
    return Problem(place, "received-differs", message, mend, width=max(1, min(gained, WINDOW)))


def _stretches(theirs: str, ours: str) -> tuple[int, int]:
    """Return how many characters differ at the start of two texts that go on alike: of theirs, and of ours."""
    for block in SequenceMatcher(None, theirs, ours, autojunk=False).get_matching_blocks():
        if block.size > 1:
            return block.a, block.b
    return len(theirs), len(ours)


def _around(text: str, at: int, length: int) -> str:
    """Return a stretch of a text with a little on both sides."""
    end = at + min(length, 2 * CONTEXT)
    before = ("…" if at > CONTEXT else "") + text[max(0, at - CONTEXT) : at]
    if at >= len(text):
        return before + "（到此为止）"
    return before + text[at : end + CONTEXT] + ("…" if end + CONTEXT < len(text) else "")


def _locate(document: Titled, parts: list[Part], at: int) -> tuple[Part | None, Place]:
    """Return the part in which the character at a folded offset stands, and its place; at the end, the last one's."""
    last: tuple[Part, int] | None = None
    for part in parts:
        folded, offsets = fold_with_offsets(part.text)
        if at < len(folded):
            return part, part.place(document.file, offsets[at])
        at -= len(folded)
        if folded:
            last = part, offsets[-1]
    if last is None:
        received = document.source.get("received")
        return None, received.place if received is not None else Place(document.file)
    return last[0], last[0].place(document.file, last[1])


def _mend(part: Part | None, lost: str, gained: str) -> str:
    """Return how to mark what was changed on purpose, or to undo what was not."""
    if part is None or not isinstance(part.origin, Paragraph):
        return "照底本改正；标题、副题和署名里不能校改。"
    if max(len(lost), len(gained)) > WINDOW // 2:
        return "从这里起大段不同：核对是否漏了、多了或换了段落。"
    alone = f"{{++{gained}++}}" if gained else f"{{--{lost}--}}"
    mark = f"{{~~{lost}~>{gained}~~}}" if lost and gained else alone
    return f"照底本改回；若是校改，请写 {mark}{{>>理由<<}}。"


def check_half_width(body: str, file: str, first_line: int) -> list[Problem]:
    """Return a warning for each paragraph of a body that has half-width punctuation beside Chinese, at the first."""
    if not HALF_WIDTH.search(LINK_TARGET.sub("]", body)):
        return []  # so with nearly every body: only the others are read once more
    problems = []
    for paragraph in read_prose(body, file, first_line)[0].paragraphs:
        found = [match for match in HALF_WIDTH.finditer(paragraph.reading) if not paragraph.is_code(match.start())]
        if found:
            sign = found[0][0]
            more = f"，本段共 {len(found)} 处" if len(found) > 1 else ""
            message = f"中文里用了半角标点“{sign}”{more}。"
            place = paragraph.place_of_reading(file, found[0].start())
            problems.append(
                Problem(place, "half-width-punctuation", message, f"改成全角的“{DECLARED[sign]}”。", "warning")
            )
    return problems
