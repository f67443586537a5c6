"""The whole index at once, by sorting numbers: from the folded lines of all records to the lists of every token.

Takes (slot, lines, words) of names, headings and text; gives each token with its lists. Every pair of neighbouring
characters becomes one 64-bit number: first character, second, slot; sorted, the numbers that belong together stand
together. Sixteen million pairs take seconds this way, and minutes with a dictionary of lists.
"""

from collections.abc import Iterator, Sequence

import numpy as np
import numpy.typing as npt

from builder.search import lists
from builder.search.tokens import CLASSES, PLACES, STREAMS, Folded

Points = npt.NDArray[np.uint32]
Numbers = npt.NDArray[np.uint64]
Places = npt.NDArray[np.int64]
Bytes = npt.NDArray[np.uint8]
Stream = tuple[Points, Points, Points]  # characters, and the slot and the place of each

CHUNKS = 8

BREAK = ord("\n")
POINT_BITS, SLOT_BITS = 21, 22  # the second: of a place, eight times as many as slots
SLOT_MASK = np.uint64((1 << SLOT_BITS) - 1)
SIGNS = np.frombuffer(lists.SIGNS.encode("ascii"), np.uint8)


def merge(records: Sequence[tuple[int, Folded]]) -> Iterator[tuple[str, str]]:
    """Yield each token and its lists, in no order; the records come in that of their slots."""
    streams = [_codes(records, stream) for stream in range(len(STREAMS))]
    for chunk in range(CHUNKS):
        yield from _merge_chunk(streams, chunk)
    yield from _word_tokens(records)


def _merge_chunk(streams: Sequence[Stream], chunk: int) -> Iterator[tuple[str, str]]:
    """Yield the tokens whose first character falls to one of ``CHUNKS``: so the numbers at hand stay few."""
    found: dict[int, list[str]] = {}
    for (codes, slots, places), kind in zip(streams, STREAMS, strict=True):
        starts = np.flatnonzero((codes % CHUNKS == chunk) & (codes != BREAK))
        _collect(found, kind, _unique(_pairs(codes, places, starts)))
        _collect(found, kind, _unique(_keys(codes[starts], np.uint64(0), slots[starts])))
    for code, texts in found.items():
        second = code & ((1 << POINT_BITS) - 1)
        yield chr(code >> POINT_BITS) + (chr(second) if second else ""), lists.PART.join(texts).rstrip(lists.PART)


def _codes(records: Sequence[tuple[int, Folded]], stream: int) -> Stream:
    """Return the characters of a stream of all records, a break after each line, with the slot and place of each."""
    texts = [folded.streams[stream] for _, folded in records]
    codes = np.frombuffer("\n".join([*texts, ""]).encode("utf-32-le"), np.uint32)
    lengths = np.fromiter((len(text) + 1 for text in texts), np.int64, len(texts))
    slots = np.repeat(np.fromiter((slot for slot, _ in records), np.uint32, len(records)), lengths)
    breaks = np.cumsum(codes == BREAK, dtype=np.uint32)
    before = np.concatenate((np.zeros(1, np.uint32), breaks[np.cumsum(lengths) - 1]))[: len(texts)]
    lines = breaks - np.repeat(before, lengths)
    return codes, slots, slots * np.uint32(PLACES) + lines % np.uint32(PLACES)


def _pairs(codes: Points, places: Points, starts: Places) -> Numbers:
    """Return the number of each pair that starts at one of some places and does not reach over a break."""
    seconds = codes[starts + 1]
    held = seconds != BREAK
    return _keys(codes[starts[held]], seconds[held], places[starts[held]])


def _keys(first: Points, second: Points | np.uint64, slots: Points) -> Numbers:
    keys = first.astype(np.uint64)
    keys <<= np.uint64(POINT_BITS)
    keys |= second
    keys <<= np.uint64(SLOT_BITS)
    keys |= slots
    return keys


def _unique(keys: Numbers) -> Numbers:
    """Return each number once, in order."""
    keys.sort()
    return keys[_changes(keys)]


def _changes(values: Numbers) -> Places:
    """Return where a value differs from the one before it."""
    return np.flatnonzero(np.concatenate((np.ones(min(1, len(values)), bool), values[1:] != values[:-1])))


def _collect(found: dict[int, list[str]], kind: int, keys: Numbers) -> None:
    """Add to the lists of each token, as those of ``kind``, the slots of sorted numbers."""
    if len(keys):
        tokens, texts = _encode(keys)
        for token, text in zip(tokens.tolist(), texts, strict=True):
            found.setdefault(token, [""] * CLASSES)[kind] = text


def _encode(keys: Numbers) -> tuple[Numbers, list[str]]:
    """Return the tokens of sorted numbers and, for each, the text of its slots (``lists``)."""
    tokens = keys >> np.uint64(SLOT_BITS)
    gaps = (keys & SLOT_MASK).astype(np.int64)
    starts = _changes(tokens)
    before = np.empty_like(gaps)
    before[1:] = gaps[:-1]
    before[starts] = -1
    gaps -= before + 1
    text, offsets = _signs(gaps)
    ends = np.append(offsets[starts[1:]], len(text))
    whole = text.tobytes().decode("ascii")
    bounds = zip(offsets[starts].tolist(), ends.tolist(), strict=True)
    return tokens[starts], [whole[start:end] for start, end in bounds]


def _signs(numbers: Places) -> tuple[Bytes, Places]:
    """Return the signs of some numbers one after the other, and where each number starts."""
    thresholds = (lists.FROM_PAIRS, lists.FROM_TRIPLES, lists.FROM_FOURS)
    lengths = np.ones(len(numbers), np.int64)
    for threshold in thresholds:
        lengths += numbers >= threshold
    ends = np.cumsum(lengths)
    offsets = ends - lengths
    text = np.empty(int(ends[-1]), np.uint8)
    leads = (0, lists.ALONE, lists.ALONE + lists.PAIRS, lists.ALONE + lists.PAIRS + lists.TRIPLES)
    for length, (first, lead) in enumerate(zip((0, *thresholds), leads, strict=True), start=1):
        held = np.flatnonzero(lengths == length)
        rest = numbers[held] - first
        for place in range(length - 1, 0, -1):
            text[offsets[held] + place] = SIGNS[rest % lists.BASE]
            rest //= lists.BASE
        text[offsets[held]] = SIGNS[rest + lead]
    return text, offsets


def _word_tokens(records: Sequence[tuple[int, Folded]]) -> Iterator[tuple[str, str]]:
    """Yield the tokens of whole words, of which there are few."""
    found: dict[str, list[set[int]]] = {}
    for slot, folded in records:
        for word, kind, number in folded.words_standing(slot):
            found.setdefault(word, [set() for _ in range(CLASSES)])[kind].add(number)
    for word, slots in found.items():
        yield word, lists.PART.join(lists.slots_text(sorted(each)) for each in slots).rstrip(lists.PART)
