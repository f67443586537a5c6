"""Finds quotations in a text, and cuts out of it what may be shown elsewhere.

Takes paragraphs and words; gives places in the reading text. Words are compared as the received text is
(``folding``): white space does not count, nor whether punctuation is half-width.
"""

import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from builder.body.passages import Paragraph
from builder.folding import fold, fold_with_offsets

WITHHELD = "［略］"  # the source itself has ……, so the cut of an editor must not look like it
SENTENCE_SIGNS = "。！？…!?\n"
SENTENCE_END = re.compile("[。！？…!?]+[”’」』）)]*|\n")
# A stretch is worth naming as the nearest only if it shares this part of its pairs of characters with the quotation.
LIKENESS = 0.4
AROUND = 15  # characters of a sentence that is shown in short on each side of a name, to the next mark
CLAUSE = re.compile("[，、；：。！？]")


@dataclass(frozen=True)
class Passage:
    """A stretch of a paragraph, as offsets in its reading text."""

    paragraph: Paragraph
    start: int
    end: int

    @property
    def text(self) -> str:
        """Its words in the reading text."""
        return self.paragraph.reading[self.start : self.end]

    def overlaps(self, other: "Passage") -> bool:
        """Return whether the two share a character."""
        same = self.paragraph.number == other.paragraph.number
        return same and self.start < other.end and other.start < self.end


def find_quote(paragraphs: Sequence[Paragraph], quote: str) -> Passage | None:
    """Return where a quotation first stands, in the reading text or else in the received text; None where nowhere."""
    return next(_find(paragraphs, quote), None)


def find_all(paragraphs: Sequence[Paragraph], quote: str) -> tuple[Passage, ...]:
    """Return every place where a quotation stands, in either text; each once, in the order of the text."""
    found = {(passage.paragraph.number, passage.start, passage.end): passage for passage in _find(paragraphs, quote)}
    return tuple(found[key] for key in sorted(found))


def _find(paragraphs: Sequence[Paragraph], quote: str) -> Iterator[Passage]:
    """Yield every place of a quotation: first all in the reading texts, then those in the received texts."""
    wanted = fold(quote)
    if not wanted:
        return
    for paragraph in paragraphs:
        if wanted in fold(paragraph.reading):
            for start, end in _occurrences(paragraph.reading, wanted):
                yield Passage(paragraph, start, end)
    for paragraph in paragraphs:
        if paragraph.received != paragraph.reading and wanted in fold(paragraph.received):
            for start, end in _occurrences(paragraph.received, wanted):
                yield Passage(paragraph, _to_reading(paragraph, start), _to_reading(paragraph, end - 1, is_end=True))


def _occurrences(text: str, wanted: str) -> Iterator[tuple[int, int]]:
    """Yield where ``wanted``, which is folded, stands in a text, as offsets in the text as it is."""
    folded, offsets = fold_with_offsets(text)
    at = folded.find(wanted)
    while at >= 0:
        yield offsets[at], offsets[at + len(wanted) - 1] + 1
        at = folded.find(wanted, at + len(wanted))


def _to_reading(paragraph: Paragraph, offset: int, *, is_end: bool = False) -> int:
    """Return the offset in the reading text of a character of the received text; of its end, if ``is_end``.

    A character that was emended away stands for the whole emendation.
    """
    index = bisect_right(paragraph.spots, offset, key=lambda spot: spot.received) - 1
    if index < 0:
        return 0
    reading, received, reading_end, _ = _bounds(paragraph, index)
    if reading_end > reading:
        return reading + offset - received + is_end
    if is_end and index + 1 < len(paragraph.spots):
        _, emended, emended_end, emended_last = _bounds(paragraph, index + 1)
        return emended_end if emended == emended_last else reading
    return reading


def _bounds(paragraph: Paragraph, index: int) -> tuple[int, int, int, int]:
    """Return where a stretch starts in the reading and the received text, and where it ends in both."""
    spot = paragraph.spots[index]
    if index + 1 == len(paragraph.spots):
        return spot.reading, spot.received, len(paragraph.reading), len(paragraph.received)
    return spot.reading, spot.received, paragraph.spots[index + 1].reading, paragraph.spots[index + 1].received


def nearest_passage(paragraphs: Sequence[Paragraph], quote: str) -> str:
    """Return the stretch of the reading text that is most like a quotation, for a message; "" where none is."""
    wanted = fold(quote)[:400]
    pairs = {wanted[index : index + 2] for index in range(len(wanted) - 1)}
    best, best_score = "", 0.0
    for paragraph in paragraphs:
        folded, offsets = fold_with_offsets(paragraph.reading)
        found = _best_window(folded, pairs, len(wanted))
        if found and found[0] > best_score:
            best_score, start, end = found
            best = paragraph.reading[offsets[start] : offsets[end - 1] + 1]
    return best.replace("\n", "") if pairs and best_score >= LIKENESS * len(pairs) else ""


def _best_window(text: str, pairs: set[str], width: int) -> tuple[float, int, int] | None:
    """Return score, start and end of the stretch of about ``width`` characters that holds most of the pairs.

    Its ends are moved in to the first and the last of them. One pass over the text, whatever it holds.
    """
    hits = [text[index : index + 2] in pairs for index in range(len(text) - 1)]
    score = best = sum(hits[: width - 1])
    start = 0
    for index in range(width - 1, len(hits)):
        score += hits[index] - hits[index - width + 1]
        if score > best:
            best, start = score, index - width + 2
    inside = [index for index in range(start, min(start + width - 1, len(hits))) if hits[index]]
    return (float(best), inside[0], inside[-1] + 2) if inside else None


def sentence_around(
    reading: str, start: int, end: int, private: Iterable[tuple[int, int]] = ()
) -> tuple[str, str, str] | None:
    """Return the sentence that holds a stretch of a text, in three parts: before, the words, after.

    Private stretches in it come out as ``［略］``. None where the words themselves touch one.
    """
    hidden = merge(private)
    if any(first < end and start < last for first, last in hidden):
        return None
    first = _sentence_start(reading, start)
    closing = SENTENCE_END.search(reading, max(start, end - 1))
    last = max(end, closing.end()) if closing else len(reading)
    before = withhold(reading, hidden, first, start).lstrip()
    after = withhold(reading, hidden, end, last).rstrip()
    return before, reading[start:end], after


def clip(before: str, words: str, after: str) -> str:
    """Return a sentence cut, at its own marks only, to the clauses around some words."""
    starts = [match.end() for match in CLAUSE.finditer(before) if len(before) - match.end() <= AROUND]
    ends = [match.end() for match in CLAUSE.finditer(after) if match.end() <= AROUND]
    first = 0 if len(before) <= AROUND else starts[0] if starts else _last(before)
    last = len(after) if len(after) <= AROUND else ends[-1] if ends else _next(after)
    return (WITHHELD if first else "") + before[first:] + words + after[:last] + (WITHHELD if last < len(after) else "")


def _last(text: str) -> int:
    """Return where the last clause of a text begins."""
    return max((match.end() for match in CLAUSE.finditer(text)), default=0)


def _next(text: str) -> int:
    """Return where the first clause of a text ends."""
    match = CLAUSE.search(text)
    return match.end() if match else len(text)


def _sentence_start(reading: str, start: int) -> int:
    """Return where the last sentence begins that begins at ``start`` or before: sought backwards, for speed."""
    at = start
    while (at := max(reading.rfind(sign, 0, at) for sign in SENTENCE_SIGNS)) >= 0:
        end = SENTENCE_END.match(reading, at)
        if end is not None and end.end() <= start:
            return end.end()
    return 0


def withhold(reading: str, private: Iterable[tuple[int, int]], start: int = 0, end: int | None = None) -> str:
    """Return a text, or what stands between two offsets of it, with ``［略］`` for every private stretch."""
    end = len(reading) if end is None else end
    parts = []
    at = start
    for first, last in merge(private):
        if last <= start or first >= end:
            continue
        parts.append(reading[at : max(at, first)])
        parts.append(WITHHELD)
        at = min(max(at, last), end)
    parts.append(reading[at:end])
    return "".join(parts)


def merge(stretches: Iterable[tuple[int, int]]) -> list[tuple[int, int]]:
    """Return stretches in order, those that touch or overlap as one."""
    merged: list[tuple[int, int]] = []
    for start, end in sorted(stretches):
        if merged and start <= merged[-1][1]:
            merged[-1] = (merged[-1][0], max(end, merged[-1][1]))
        elif start < end:
            merged.append((start, end))
    return merged
