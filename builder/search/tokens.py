"""Tokens: what the index has lists for, and where in its lists a record stands.

A token is a pair of neighbouring characters, a character, or a space and a whole Latin word or number. Of each there
are three lists: of the records that have it in their text, in a heading, in a name. A list of a pair holds not slots
but places, eight to a slot: that of a line is its number in the record, modulo eight. Two pairs of one run stand in one
line, so whatever has them in different places only is no candidate, and its text need not be loaded.
"""

from collections.abc import Iterator
from dataclasses import dataclass

CLASSES = 3
TEXT, HEAD, NAME = range(CLASSES)
STREAMS = (NAME, HEAD, TEXT)  # in the order in which a record has them
PLACES = 8
KNUTH = 0x9E3779B1
MASK = 0xFFFFFFFF


@dataclass(frozen=True)
class Folded:
    """What the index is made from: the folded lines, and the words, of the names, the headings and the text."""

    streams: tuple[str, str, str]
    words: tuple[str, str, str]

    @property
    def characters(self) -> int:
        """Return how many characters there are, line breaks included."""
        return sum(map(len, self.streams))

    def standing(self, slot: int) -> Iterator[tuple[str, int, int]]:
        """Yield each token of the record at a slot with its list and the number that stands for it there."""
        for kind, stream in zip(STREAMS, self.streams, strict=True):
            for place, line in enumerate(stream.split("\n")):
                for character in line:
                    yield character, kind, slot
                for pair in map("".join, zip(line, line[1:], strict=False)):
                    yield pair, kind, slot * PLACES + place % PLACES
        yield from self.words_standing(slot)

    def words_standing(self, slot: int) -> Iterator[tuple[str, int, int]]:
        """Yield the same of its words."""
        for kind, words in zip(STREAMS, self.words, strict=True):
            for word in words.split():
                yield f" {word}", kind, slot


def shard_of(token: str, shards: int) -> int:
    """Return in which of ``shards`` (a power of two) the lists of a token lie; ``search-index.js`` does the same."""
    mixed = 0
    for character in token:
        mixed = ((mixed ^ ord(character)) * KNUTH) & MASK
        mixed ^= mixed >> 15
    return mixed & (shards - 1)
