"""The whole index at once, by sorting numbers: from the folded lines of all records to the lists of every token.

Takes (slot, lines, words) of names, headings and text; gives each token with its lists. Every pair of neighbouring
characters becomes one 64-bit number: first character, second, slot; sorted, the numbers that belong together stand
together. Sixteen million pairs take seconds this way, and minutes with a dictionary of lists.
"""

from collections.abc import Iterator, Sequence

import numpy as np
import numpy.typing as npt

from builder.search import lists
from builder.search.tokens import CLASSES, HEAD, NAME, OFTEN, ONCE, Folded

Numbers = npt.NDArray[np.uint64]
Bytes = npt.NDArray[np.uint8]

BREAK = ord("\n")
POINT_BITS, SLOT_BITS = 21, 22
SLOT_MASK = np.uint64((1 << SLOT_BITS) - 1)
SIGNS = np.frombuffer(lists.SIGNS.encode("ascii"), np.uint8)


def merge(records: Sequence[tuple[int, Folded]]) -> Iterator[tuple[str, str]]:
    """Yield each token and its lists, tokens in order of their characters; words come last."""
    found: dict[int, list[tuple[Numbers, list[str]]]] = {kind: [] for kind in range(CLASSES)}
    for stream, (once, often) in enumerate(((NAME, NAME), (HEAD, HEAD), (ONCE, OFTEN))):
        codes, slots = _codes(records, stream)
        for keys in (_pairs(codes, slots), _singles(codes, slots)):
            keys, counts = _unique(keys)
            if once == often:
                found[once].append(_encode(keys))
            else:
                found[once].append(_encode(keys[counts == 1]))
                found[often].append(_encode(keys[counts > 1]))
    yield from _joined([found[kind] for kind in range(CLASSES)])
    yield from _word_tokens(records)


def _codes(records: Sequence[tuple[int, Folded]], stream: int) -> tuple[npt.NDArray[np.uint32], Numbers]:
    """Return the characters of a stream of all records, with a break after each, and the slot of each character."""
    texts = [folded.streams[stream] for _, folded in records]
    joined = "\n".join([*texts, ""]) if texts else ""
    codes = np.frombuffer(joined.encode("utf-32-le"), np.uint32)
    lengths = np.fromiter((len(text) + 1 for text in texts), np.int64, len(texts))
    slots = np.fromiter((slot for slot, _ in records), np.uint64, len(records))
    return codes, np.repeat(slots, lengths)


def _pairs(codes: npt.NDArray[np.uint32], slots: Numbers) -> Numbers:
    held = np.flatnonzero((codes[:-1] != BREAK) & (codes[1:] != BREAK))
    keys = codes[held].astype(np.uint64)
    keys <<= np.uint64(POINT_BITS)
    keys |= codes[held + 1]
    keys <<= np.uint64(SLOT_BITS)
    keys |= slots[held]
    return keys


def _singles(codes: npt.NDArray[np.uint32], slots: Numbers) -> Numbers:
    held = np.flatnonzero(codes != BREAK)
    keys = codes[held].astype(np.uint64)
    keys <<= np.uint64(POINT_BITS + SLOT_BITS)
    keys |= slots[held]
    return keys


def _unique(keys: Numbers) -> tuple[Numbers, npt.NDArray[np.int64]]:
    """Return each number once, in order, and how often it stood there."""
    keys.sort()
    starts = np.flatnonzero(np.concatenate(([True], keys[1:] != keys[:-1]))) if len(keys) else np.zeros(0, np.int64)
    return keys[starts], np.diff(starts, append=len(keys))


def _encode(keys: Numbers) -> tuple[Numbers, list[str]]:
    """Return the tokens of sorted numbers and, for each, the text of its slots (``lists``)."""
    if not len(keys):
        return keys, []
    tokens = keys >> np.uint64(SLOT_BITS)
    gaps = (keys & SLOT_MASK).astype(np.int64)
    starts = np.flatnonzero(np.concatenate(([True], tokens[1:] != tokens[:-1])))
    before = np.empty_like(gaps)
    before[1:] = gaps[:-1]
    before[starts] = -1
    gaps -= before + 1
    text, offsets = _signs(gaps)
    ends = np.append(offsets[starts[1:]], len(text))
    whole = text.tobytes().decode("ascii")
    bounds = zip(offsets[starts].tolist(), ends.tolist(), strict=True)
    return tokens[starts], [whole[start:end] for start, end in bounds]


def _signs(numbers: npt.NDArray[np.int64]) -> tuple[Bytes, npt.NDArray[np.int64]]:
    """Return the signs of some numbers one after the other, and where each number starts."""
    thresholds = (lists.FROM_PAIRS, lists.FROM_TRIPLES, lists.FROM_FOURS)
    lengths = np.ones(len(numbers), np.int64)
    for threshold in thresholds:
        lengths += numbers >= threshold
    ends = np.cumsum(lengths)
    offsets = ends - lengths
    text = np.empty(int(ends[-1]), np.uint8)
    leads = (0, lists.ALONE, lists.ALONE + lists.PAIRS, lists.BASE - 1)
    for length, (first, lead) in enumerate(zip((0, *thresholds), leads, strict=True), start=1):
        held = np.flatnonzero(lengths == length)
        rest = numbers[held] - first
        for place in range(length - 1, 0, -1):
            text[offsets[held] + place] = SIGNS[rest % lists.BASE]
            rest //= lists.BASE
        text[offsets[held]] = SIGNS[rest + lead]
    return text, offsets


def _joined(found: list[list[tuple[Numbers, list[str]]]]) -> Iterator[tuple[str, str]]:
    """Yield each token with its lists, one for each class."""
    classes = []
    for parts in found:
        codes = np.concatenate([tokens for tokens, _ in parts])
        texts = [text for _, each in parts for text in each]
        order = np.argsort(codes)
        classes.append((codes[order].tolist(), order.tolist(), texts))
    places = [0] * len(classes)
    for code in np.unique(np.concatenate([np.array(codes, np.uint64) for codes, _, _ in classes])).tolist():
        texts = []
        for kind, (codes, order, of_class) in enumerate(classes):
            at = places[kind]
            is_here = at < len(codes) and codes[at] == code
            texts.append(of_class[order[at]] if is_here else "")
            places[kind] = at + is_here
        second = code & ((1 << POINT_BITS) - 1)
        yield chr(code >> POINT_BITS) + (chr(second) if second else ""), lists.PART.join(texts).rstrip(lists.PART)


def _word_tokens(records: Sequence[tuple[int, Folded]]) -> Iterator[tuple[str, str]]:
    """Yield the tokens of whole words, of which there are few."""
    slots: dict[str, list[list[int]]] = {}
    for slot, folded in sorted(records, key=lambda record: record[0]):
        for word, kinds in folded.word_tokens().items():
            of_word = slots.setdefault(word, [[] for _ in range(CLASSES)])
            for kind in kinds:
                of_word[kind].append(slot)
    for word in sorted(slots):
        yield word, lists.PART.join(map(lists.slots_text, slots[word])).rstrip(lists.PART)
