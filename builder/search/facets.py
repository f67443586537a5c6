"""What results are counted under: region, organisation and year, a column each.

Takes records and their slots; gives the table of each kind (id, name, what it belongs to) and, slot by slot, the places
in the tables. The browser counts whatever it has found; a record counts under everything above what it names, too.
"""

import json
from collections.abc import Iterable, Mapping

from builder.search.lists import number_text
from builder.search.records import DOCUMENT, ORGANISATION, PAGE, PERSON, REGION, Record

KINDS = ("-", ORGANISATION, REGION, PAGE, PERSON, DOCUMENT)  # the first is an empty slot
WEEK = 7
UNDATED = 0  # in the column of weeks, which counts from 1
EPOCH = 719163  # the ordinal of 1 January 1970


def first_day(records: Iterable[Record]) -> int:
    """Return the earliest day of all records, from which the columns count."""
    return min((record.day for record in records if record.day), default=EPOCH)


def kinds(by_slot: Mapping[int, Record], size: int) -> str:
    """Return the kind of each slot as a digit, the place in ``KINDS``."""
    return "".join(str(KINDS.index(by_slot[slot].kind)) if slot in by_slot else "0" for slot in range(size))


def days(by_slot: Mapping[int, Record], size: int) -> tuple[str, str]:
    """Return the weeks since the first day, and the days of the week, of the people's records, in order of their slots.

    Apart, because each column by itself is small when it is compressed.
    """
    first = first_day(by_slot.values())
    found = [by_slot[slot] for slot in range(size) if slot in by_slot and by_slot[slot].kind in (PERSON, DOCUMENT)]
    weeks = ((record.day - first) // WEEK + 1 if record.day else UNDATED for record in found)
    rest = ((record.day - first) % WEEK if record.day else 0 for record in found)
    return "".join(map(number_text, weeks)), "".join(map(str, rest))


def column(by_slot: Mapping[int, Record], size: int, kind: str, parents: Mapping[str, str]) -> str:
    """Return the facet of all records as JSON: its table and the column of places in it, counted from 1."""
    used = {each for record in by_slot.values() for each in _of(record, kind)}
    for identifier in tuple(used):
        while (identifier := parents.get(identifier, "")) and identifier not in used:
            used.add(identifier)
    names = {record.key.partition("/")[2]: record.name for record in by_slot.values() if record.kind == kind}
    ordered = sorted(used)
    place = {identifier: number for number, identifier in enumerate(ordered, start=1)}
    table = [[names.get(each, each), place.get(parents.get(each, ""), 0)] for each in ordered]
    cells = (_cell(by_slot.get(slot), kind, place) for slot in range(size))
    return json.dumps({"table": table, "column": "".join(cells)}, ensure_ascii=False, separators=(",", ":"))


def _of(record: Record, kind: str) -> tuple[str, ...]:
    return record.regions if kind == REGION else record.organisations


def _cell(record: Record | None, kind: str, place: Mapping[str, int]) -> str:
    """Return the places of a record: how many, then each."""
    found = [place[each] for each in _of(record, kind)] if record is not None else []
    return number_text(len(found)) + "".join(map(number_text, found))
