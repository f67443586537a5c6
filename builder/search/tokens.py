"""Tokens: what the index has lists for, and in which of its lists a record stands.

A token is a pair of neighbouring characters, a character, or a space and a whole Latin word or number. Of each there
are four lists: records that have it once in their text, those that have it often, in a heading, in a name; the best
are found last in a list's text and first by the browser.
"""

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

CLASSES = 4
ONCE, OFTEN, HEAD, NAME = range(CLASSES)
KNUTH = 0x9E3779B1
MASK = 0xFFFFFFFF


@dataclass(frozen=True)
class Folded:
    """What the index is made from: the folded lines, and the words, of the names, the headings and the text."""

    streams: tuple[str, str, str]
    words: tuple[str, str, str]

    def tokens(self) -> dict[str, set[int]]:
        """Return every token of the record and the lists in which it stands."""
        return {**_classes(map(_parts, self.streams)), **self.word_tokens()}

    def word_tokens(self) -> dict[str, set[int]]:
        """Return the tokens of whole words and the lists in which each stands."""
        return _classes([f" {word}" for word in words.split()] for words in self.words)


def _parts(stream: str) -> Iterator[str]:
    for line in stream.split("\n"):
        yield from line
        yield from map("".join, zip(line, line[1:], strict=False))


def _classes(streams: Iterable[Iterable[str]]) -> dict[str, set[int]]:
    found: dict[str, set[int]] = {}
    for stream, (once, often) in zip(streams, ((NAME, NAME), (HEAD, HEAD), (ONCE, OFTEN)), strict=True):
        for token, count in Counter(stream).items():
            found.setdefault(token, set()).add(often if count > 1 else once)
    return found


def shard_of(token: str, shards: int) -> int:
    """Return in which of ``shards`` (a power of two) the lists of a token lie; ``search-index.js`` does the same."""
    mixed = 0
    for character in token:
        mixed = ((mixed ^ ord(character)) * KNUTH) & MASK
        mixed ^= mixed >> 15
    return mixed & (shards - 1)
