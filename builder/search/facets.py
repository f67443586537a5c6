"""What results are counted under: region, organisation and year, a column each.

Takes heads and their slots; gives the table of each kind (id, name, what it belongs to) and, slot by slot, the places
in the tables. The browser counts whatever it has found; a record counts under everything above what it names, too.
"""

import json
from collections.abc import Iterable, Mapping

from builder.search.lists import number_text
from builder.search.records import DOCUMENT, ORGANISATION, PAGE, PERSON, REGION, Head

KINDS = ("-", ORGANISATION, REGION, PAGE, PERSON, DOCUMENT)  # the first is an empty slot
WEEK = 7
UNDATED = 0  # in the column of weeks, which counts from 1
EPOCH = 719163  # the ordinal of 1 January 1970


def first_day(heads: Iterable[Head]) -> int:
    """Return the earliest day of all records, from which the columns count."""
    return min((head.day for head in heads if head.day), default=EPOCH)


def kinds(by_slot: Mapping[int, Head], size: int) -> str:
    """Return the kinds of all slots, as places in ``KINDS``, two in a sign: so they compress best."""
    places = [KINDS.index(by_slot[slot].kind) if slot in by_slot else 0 for slot in range(size + size % 2)]
    return "".join(
        number_text(first * len(KINDS) + second) for first, second in zip(places[::2], places[1::2], strict=True)
    )


def days(by_slot: Mapping[int, Head], size: int) -> tuple[str, str]:
    """Return the weeks since the first day, and the days of the week, of people and documents, in order of their slots.

    Apart, because each column by itself is small when it is compressed.
    """
    first = first_day(by_slot.values())
    found = [by_slot[slot] for slot in range(size) if slot in by_slot and by_slot[slot].kind in (PERSON, DOCUMENT)]
    weeks = ((head.day - first) // WEEK + 1 if head.day else UNDATED for head in found)
    rest = ((head.day - first) % WEEK if head.day else 0 for head in found)
    return "".join(map(number_text, weeks)), "".join(map(str, rest))


def column(by_slot: Mapping[int, Head], size: int, kind: str) -> str:
    """Return the facet of all records as JSON: its table and the column of places in it, counted from 1."""
    parents = {_id(head): head.parent for head in by_slot.values() if head.kind == kind}
    used = {each for head in by_slot.values() for each in _of(head, kind)}
    for identifier in tuple(used):
        while (identifier := parents.get(identifier, "")) and identifier not in used:
            used.add(identifier)
    names = {_id(head): head.name for head in by_slot.values() if head.kind == kind}
    ordered = sorted(used)
    place = {identifier: number for number, identifier in enumerate(ordered, start=1)}
    table = [[names.get(each, each), place.get(parents.get(each, ""), 0)] for each in ordered]
    cells = (_cell(by_slot.get(slot), kind, place) for slot in range(size))
    return json.dumps({"table": table, "column": "".join(cells)}, ensure_ascii=False, separators=(",", ":"))


def _id(head: Head) -> str:
    return head.key.partition("/")[2]


def _of(head: Head, kind: str) -> tuple[str, ...]:
    return head.regions if kind == REGION else head.organisations


def _cell(head: Head | None, kind: str, place: Mapping[str, int]) -> str:
    """Return the places of a record: how many, then each."""
    found = [place[each] for each in _of(head, kind)] if head is not None else []
    return number_text(len(found)) + "".join(map(number_text, found))
