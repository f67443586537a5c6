"""The whole index at once, by sorting numbers: from the folded lines of all records to the lists of every token.

Takes the texts of records, one after the other; gives shard after shard. Every pair of neighbouring characters becomes
one 64-bit number: first character, second, which list, place; sorted, the numbers that belong together stand together.
Sixteen million pairs take seconds this way, and minutes with a dictionary of lists. The shards are made in ``CHUNKS``,
so that the numbers at hand stay few, and characters are counted from 1 in the order of their code points, so that they
need few bits.
"""

from array import array
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import islice

import numpy as np
import numpy.typing as npt

from builder.search import lists
from builder.search.tokens import CLASSES, KNUTH, PLACES, STREAMS, Folded, shard_of

Points = npt.NDArray[np.uint32]
Numbers = npt.NDArray[np.uint64]
Letters = npt.NDArray[np.uint16] | Points  # characters, by their place among all that occur
Places = npt.NDArray[np.int32]
Where = npt.NDArray[np.int64]
Bytes = npt.NDArray[np.uint8]

CHUNKS = 16
CHARACTER_BITS, LIST_BITS, PLACE_BITS = 18, 2, 26  # of each number, from the left, the first twice
STANDING_BITS = LIST_BITS + PLACE_BITS
LIST_MASK, PLACE_MASK = (1 << LIST_BITS) - 1, (1 << PLACE_BITS) - 1
BLOCK = 1 << 20  # characters that are looked up at a time: where they are looked up takes eight bytes each
STREAMS_AT_ONCE = 1 << 10  # of which the characters are counted once: their numbers and these fit into 32 bits
BREAK = ord("\n")
SIGNS = np.frombuffer(lists.SIGNS.encode("ascii"), np.uint8)


@dataclass
class Texts:
    """The folded texts of all records, before it is known at which slots these stand."""

    codes: bytearray = field(default_factory=bytearray)  # UTF-32, a break after each line
    lengths: "array[int]" = field(default_factory=lambda: array("I"))  # of lines, their breaks included
    lines: "array[int]" = field(default_factory=lambda: array("I"))  # of each stream of each record
    streams: "array[int]" = field(default_factory=lambda: array("I"))  # the lengths of all streams
    words: list[tuple[int, Folded]] = field(default_factory=list)  # the records with Latin words, by number
    count: int = 0  # of records
    characters: int = 0

    def add(self, folded: Folded) -> None:
        """Add the texts of the next record."""
        for stream in folded.streams:
            parts = stream.split("\n")
            self.codes += f"{stream}\n".encode("utf-32-le")
            self.lengths.extend([len(part) + 1 for part in parts])
            self.lines.append(len(parts))
            self.streams.append(len(stream) + 1)
        if any(folded.words):
            self.words.append((self.count, folded))
        self.count += 1
        self.characters += folded.characters

    def present(self) -> set[str]:
        """Return every character that occurs."""
        return set(map(chr, _distinct(np.frombuffer(self.codes, np.uint32)).tolist())) - {"\n"}


def merge(texts: Texts, slots: Sequence[int], shards: int) -> Iterator[dict[str, str]]:
    """Yield the lists of the tokens of each shard, both in order.

    ``slots`` are those of the records as they were added. The texts are used up: their characters are let go as soon
    as they have become numbers.
    """
    standing = _Standing(texts, np.array(slots, np.uint32), shards)
    words = _words(texts, slots, shards)
    width = max(1, shards // CHUNKS)
    for first in range(0, shards, width):
        for number, found in enumerate(standing.shards(first // width, width), start=first):
            yield dict(sorted({**found, **words[number]}.items())) if number in words else found


class _Standing:
    """Where every character and every pair stands."""

    def __init__(self, texts: Texts, slots: Points, shards: int) -> None:
        codes = np.frombuffer(texts.codes, np.uint32)
        self.points = np.concatenate((np.zeros(1, np.uint32), _distinct(codes)))  # the first stands for none
        self.letters = ["", *map(chr, self.points[1:].tolist())]
        self.end = int(np.searchsorted(self.points, BREAK))
        self.numbers = _numbered(codes, self.points)
        del codes
        texts.codes = bytearray()
        self.standing = _standing(texts, slots)
        self.alone, self.standing_alone = self._once(texts, slots)
        self.once = _mixed(np.zeros(1, np.uint32), self.points)  # the hash of each character alone
        self.mask = np.uint32(shards - 1)
        width = np.uint32(max(1, shards // CHUNKS))
        self.chunks = self._chunks(width)
        self.chunks_alone = ((self.once & self.mask) // width).astype(np.uint8)[self.alone]

    def _chunks(self, width: np.uint32) -> Bytes:
        """Return in which chunk the pair lies that begins with each character; ``CHUNKS`` where none does."""
        found = np.full(len(self.numbers), CHUNKS, np.uint8)
        for at in range(0, len(self.numbers) - 1, BLOCK):
            part = self.numbers[at : at + BLOCK + 1]
            pairs = (part[:-1] != self.end) & (part[1:] != self.end)
            chunks = ((self._hashed(part[:-1], part[1:]) & self.mask) // width).astype(np.uint8)
            found[at : at + len(pairs)][pairs] = chunks[pairs]
        return found

    def _once(self, texts: Texts, slots: Points) -> tuple[Letters, Points]:
        """Return the characters of each stream, each once, and where they stand: in which list, at which slot."""
        kinds = np.tile(np.array(STREAMS, np.uint32), len(slots))
        standing = (kinds << np.uint32(PLACE_BITS)) | np.repeat(slots, len(STREAMS))
        lengths = np.frombuffer(texts.streams, np.uint32)
        ends = np.cumsum(lengths, dtype=np.int64)
        found, stand = [], []
        for at in range(0, len(lengths), STREAMS_AT_ONCE):
            part = lengths[at : at + STREAMS_AT_ONCE]
            end = int(ends[at + len(part) - 1])
            keys = np.repeat(np.arange(len(part), dtype=np.uint32) << np.uint32(CHARACTER_BITS), part)
            keys |= self.numbers[end - int(part.sum()) : end]
            keys.sort()
            keys = keys[_changes(keys)]
            letters = keys & np.uint32((1 << CHARACTER_BITS) - 1)
            held = letters != self.end
            found.append(letters[held].astype(self.numbers.dtype))
            stand.append(standing[at : at + len(part)][keys[held] >> np.uint32(CHARACTER_BITS)])
        return np.concatenate(found), np.concatenate(stand)

    def _hashed(self, first: Numbers | Letters, second: Numbers | Letters) -> Points:
        """Return the hashes of tokens (``tokens.shard_of``), of which the second character may be none."""
        return np.where(second > 0, _mixed(self.once[first], self.points[second]), self.once[first])

    def shards(self, chunk: int, width: int) -> Iterator[dict[str, str]]:
        """Yield the lists of the tokens of each shard of a chunk, in order."""
        tokens, text, offsets = _encoded(self._keys(chunk))
        first = tokens >> np.uint64(CHARACTER_BITS)
        second = tokens & np.uint64((1 << CHARACTER_BITS) - 1)
        shards = self._hashed(first, second) & self.mask
        order = np.argsort(shards, kind="stable")
        ends = np.searchsorted(shards[order], np.arange(chunk * width, (chunk + 1) * width), side="right").tolist()
        columns = (first[order].tolist(), second[order].tolist(), offsets[order].tolist(), offsets[order + 1].tolist())
        rows = zip(*columns, strict=True)
        letters, at = self.letters, 0
        for end in ends:
            yield {letters[a] + letters[b]: text[begin:until] for a, b, begin, until in islice(rows, end - at)}
            at = end

    def _keys(self, chunk: int) -> Numbers:
        """Return the numbers of all pairs and characters of a chunk, each once, in order."""
        pairs = np.flatnonzero(self.chunks == chunk)
        alone = np.flatnonzero(self.chunks_alone == chunk)
        keys = np.concatenate(
            (
                _keys(self.numbers[pairs], self.numbers[pairs + 1], self.standing[pairs]),
                _keys(self.alone[alone], np.uint64(0), self.standing_alone[alone]),
            )
        )
        keys.sort()
        return keys[_changes(keys)]


def _distinct(codes: Points) -> Points:
    """Return every code point that occurs, in order."""
    found = np.zeros(0x110000, bool)
    for at in range(0, len(codes), BLOCK):
        found[codes[at : at + BLOCK]] = True
    return np.flatnonzero(found).astype(np.uint32)


def _numbered(codes: Points, points: Points) -> Letters:
    """Return the place of each code point among all that occur, in as little memory as they need."""
    table = np.zeros(0x110000, np.uint16 if len(points) < 1 << 16 else np.uint32)
    table[points] = np.arange(len(points))
    numbers = np.empty(len(codes), table.dtype)
    for at in range(0, len(codes), BLOCK):
        numbers[at : at + BLOCK] = table[codes[at : at + BLOCK]]
    return numbers


def _standing(texts: Texts, slots: Points) -> Points:
    """Return of each character in which list of its token it stands, and at which place, in one number."""
    lines = np.frombuffer(texts.lines, np.uint32)
    lengths = np.frombuffer(texts.lengths, np.uint32)
    starts = np.cumsum(lines) - lines
    within = (np.arange(len(lengths)) - np.repeat(starts, lines)) % PLACES
    places = np.repeat(np.repeat(slots, len(STREAMS)), lines) * np.uint32(PLACES) + within.astype(np.uint32)
    kinds = np.repeat(np.tile(np.array(STREAMS, np.uint32), len(slots)), lines)
    return np.repeat((kinds << np.uint32(PLACE_BITS)) | places, lengths)


def _mixed(hashes: Points, points: Points) -> Points:
    """Return hashes with one character more (``tokens.shard_of``)."""
    mixed = (hashes ^ points) * np.uint32(KNUTH)
    return mixed ^ (mixed >> np.uint32(15))


def _keys(first: Letters, second: Letters | np.uint64, standing: Points) -> Numbers:
    keys = first.astype(np.uint64)
    keys <<= np.uint64(CHARACTER_BITS)
    keys |= second
    keys <<= np.uint64(STANDING_BITS)
    keys |= standing
    return keys


def _changes(values: Numbers) -> Where:
    """Return where a value differs from the one before it."""
    differs = np.ones(len(values), bool)
    np.not_equal(values[1:], values[:-1], out=differs[1:])
    return np.flatnonzero(differs)


def _encoded(keys: Numbers) -> tuple[Numbers, str, Places]:
    """Return the tokens of sorted numbers, the text of all their lists (``lists``), and where those of each begin.

    The last of the places is the end of the text.
    """
    if not len(keys):
        return keys, "", np.zeros(1, np.int32)
    tokens = keys >> np.uint64(STANDING_BITS)
    of_token = _changes(tokens)
    of_list = _changes(keys >> np.uint64(PLACE_BITS))
    gaps = (keys & np.uint64(PLACE_MASK)).astype(np.int32)
    before = np.empty_like(gaps)
    before[1:] = gaps[:-1]
    before[of_list] = -1
    gaps -= before + 1
    kinds = ((keys[of_list] >> np.uint64(PLACE_BITS)) & np.uint64(LIST_MASK)).astype(np.int32)
    bars = kinds.copy()  # the lists before this one, back to the one of the same token that has something in it
    bars[1:] -= np.where(tokens[of_list[1:]] == tokens[of_list[:-1]], kinds[:-1], 0)
    extra = np.zeros(len(keys), np.int32)
    extra[of_list] = bars
    text, offsets = _signs(gaps, extra)
    starts = offsets[of_token] - extra[of_token]
    return tokens[of_token], text.tobytes().decode("ascii"), np.append(starts, len(text))


def _signs(numbers: Places, extra: Places) -> tuple[Bytes, Places]:
    """Return the signs of some numbers, each after so many bars, and where each number begins."""
    thresholds = (lists.FROM_PAIRS, lists.FROM_TRIPLES, lists.FROM_FOURS)
    lengths = np.ones(len(numbers), np.int32)
    for threshold in thresholds:
        lengths += numbers >= threshold
    ends = np.cumsum(lengths + extra, dtype=np.int32)
    offsets = ends - lengths
    text = np.full(int(ends[-1]), ord(lists.PART), np.uint8)
    leads = (0, lists.ALONE, lists.ALONE + lists.PAIRS, lists.ALONE + lists.PAIRS + lists.TRIPLES)
    for length, (first, lead) in enumerate(zip((0, *thresholds), leads, strict=True), start=1):
        held = np.flatnonzero(lengths == length)
        rest = numbers[held] - first
        for place in range(length - 1, 0, -1):
            text[offsets[held] + place] = SIGNS[rest % lists.BASE]
            rest //= lists.BASE
        text[offsets[held]] = SIGNS[rest + lead]
    return text, offsets


def _words(texts: Texts, slots: Sequence[int], shards: int) -> Mapping[int, dict[str, str]]:
    """Return the lists of whole words, of which there are few, by shard."""
    found: dict[str, list[set[int]]] = {}
    for number, folded in texts.words:
        for word, kind, slot in folded.words_standing(slots[number]):
            found.setdefault(word, [set() for _ in range(CLASSES)])[kind].add(slot)
    parts: dict[int, dict[str, str]] = {}
    for word, slots_of in found.items():
        text = lists.PART.join(lists.slots_text(sorted(each)) for each in slots_of).rstrip(lists.PART)
        parts.setdefault(shard_of(word, shards), {})[word] = text
    return parts
