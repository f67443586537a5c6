"""What of a text may be searched: both layers of it, without what is private.

Takes a paragraph and the private stretches of its reading text; gives pieces: plain words, and where the source was
emended a pair (as read, as received). A private stretch becomes ``［略］`` in both layers, and what was received in it
goes with it; ``lines`` parts the text there, so that no two characters on either side of a gap ever stand together.
"""

from collections.abc import Iterable, Iterator, Sequence

from builder.body.passages import Emendation, Paragraph
from builder.quotes import WITHHELD, merge, withhold

# Marks under which the source has something else; the others (a doubt, a note, a page break) change no word.
CHANGING = ("corr", "supplied", "surplus")

Piece = str | tuple[str, str]


def pieces(paragraph: Paragraph, private: Iterable[tuple[int, int]] = ()) -> tuple[Piece, ...]:
    """Return the pieces of a paragraph in order."""
    hidden = merge(private)
    found: list[Piece] = []
    at = 0
    for mark in sorted(paragraph.emendations, key=lambda mark: (mark.start, mark.end)):
        if mark.kind in CHANGING and mark.start >= at and not _is_hidden(mark, hidden):
            found.append(withhold(paragraph.reading, hidden, at, mark.start))
            found.append((paragraph.reading[mark.start : mark.end], mark.received))
            at = mark.end
    found.append(withhold(paragraph.reading, hidden, at))
    return tuple(piece for piece in found if piece)


def _is_hidden(mark: Emendation, hidden: Iterable[tuple[int, int]]) -> bool:
    """Return whether a mark shares a character with a private stretch.

    A surplus has no character in the reading text: one that touches a private stretch may belong to it.
    """
    if mark.start == mark.end:
        return any(start <= mark.start <= end for start, end in hidden)
    return any(start < mark.end and mark.start < end for start, end in hidden)


def layers(found: Sequence[Piece]) -> Iterator[str]:
    """Yield the reading text of some pieces and, where it differs, the received text."""
    reading = "".join(piece if isinstance(piece, str) else piece[0] for piece in found)
    received = "".join(piece if isinstance(piece, str) else piece[1] for piece in found)
    yield reading
    if received != reading:
        yield received


def lines(texts: Iterable[str]) -> Iterator[str]:
    """Yield the stretches of some texts within which characters stand next to each other."""
    for text in texts:
        yield from text.split(WITHHELD)
