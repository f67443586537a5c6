"""What results are counted under: region, organisation and year, a column each.

Takes records and their slots; gives the table of each kind (id, name, what it belongs to) and, slot by slot, the places
in the tables. The browser counts whatever it has found; a record counts under everything above what it names, too.
"""

import json
from collections.abc import Iterable, Mapping

from builder.search.lists import LIMIT, number_text
from builder.search.records import DOCUMENT, ORGANISATION, PAGE, PERSON, REGION, Record

# What the column of kinds and days says of a slot: empty, a kind, or from here on the day of a document.
KINDS = {ORGANISATION: 1, REGION: 2, PAGE: 3, PERSON: 4, DOCUMENT: 5}
DATED = {PERSON: 6, DOCUMENT: 7}
# The days that the column has numbers for, a thousand years; what is earlier still counts as the first of them.
SPAN = (LIMIT - 1 - max(DATED.values())) // 2
EPOCH = 719163  # the ordinal of 1 January 1970


def first_day(records: Iterable[Record]) -> int:
    """Return the earliest day of all records, from which the column counts: of those within ``SPAN`` of the last."""
    days = [record.day for record in records if record.day]
    return max(min(days), max(days) - SPAN) if days else EPOCH


def kinds_and_days(by_slot: Mapping[int, Record], size: int) -> str:
    """Return the kind of each slot and, for a document, twice the day since the first, plus one for a further one."""
    first = first_day(by_slot.values())
    return "".join(number_text(_kind_and_day(by_slot.get(slot), first)) for slot in range(size))


def _kind_and_day(record: Record | None, first: int) -> int:
    if record is None:
        return 0
    return DATED[record.kind] + 2 * max(0, record.day - first) if record.day else KINDS[record.kind]


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
