"""A ``Source`` → an organisation, a region or a page of prose, and what is wrong with it."""

from builder.fields import Reading
from builder.problems import Problem
from builder.records import (
    INFERRED,
    ORGANISATION_KEYS,
    PAGE_KEYS,
    REGION_KEYS,
    TIERS,
    OrganisationRecord,
    PageRecord,
    RegionRecord,
    record_id,
)
from builder.records.forms import NUMBER, name_faults, number_wanted, region_code
from builder.records.region_paths import read_region_path
from builder.text import Source, Text


def read_organisation(source: Source) -> tuple[OrganisationRecord | None, list[Problem]]:
    """Return the organisation in a file and what is wrong with it; None where it has no name."""
    if source.front is None:
        return None, []
    reading = Reading(source.front)
    name = reading.required("name")
    record = OrganisationRecord(
        id=record_id(source.file),
        file=source.file,
        name=name or Text("", source.front.place),
        aliases=reading.texts("aliases"),
        full_name=reading.text("full_name"),
        full_name_inferred=reading.choice("full_name_basis", INFERRED) == "inferred",
        parent=reading.text("parent"),
        parent_inferred=reading.choice("parent_basis", INFERRED) == "inferred",
        region=read_region_path(reading, required=False),
        kind=str(reading.text("kind") or ""),
        tier=reading.choice("tier", TIERS) or "page",
        pinyin=reading.text("pinyin"),
        body=source.body,
        body_line=source.body_line,
    )
    reading.problems += name_faults(name, *record.aliases, record.full_name, record.parent)
    reading.refuse_unknown(ORGANISATION_KEYS)
    return (record if name is not None else None), reading.problems


def read_region(source: Source) -> tuple[RegionRecord | None, list[Problem]]:
    """Return the region in a file and what is wrong with it; None where it has no name."""
    if source.front is None:
        return None, []
    reading = Reading(source.front)
    name = reading.required("name")
    record = RegionRecord(
        id=record_id(source.file),
        file=source.file,
        name=name or Text("", source.front.place),
        aliases=reading.texts("aliases"),
        parent=reading.text("parent"),
        code=_read_code(reading),
        code_system=str(reading.text("code_system") or ""),
        is_division=reading.choice("division", {"no": "不是行政区划"}) != "no",
        romanised=str(reading.text("romanised") or ""),
        tier=reading.choice("tier", {"page": TIERS["page"], "listed": TIERS["listed"]}) or "page",
        pinyin=reading.text("pinyin"),
        body=source.body,
        body_line=source.body_line,
    )
    reading.problems += name_faults(name, *record.aliases, record.parent)
    reading.refuse_unknown(REGION_KEYS)
    return (record if name is not None else None), reading.problems


def _read_code(reading: Reading) -> str:
    """Return ``code``; GB/T 2260 codes have six digits, and another system must be named."""
    code = reading.text("code")
    if code is None:
        return ""
    if reading.text("code_system") is None and not (len(code) == 6 and code.isascii() and code.isdigit()):
        reading.problems.append(region_code(code))
        return ""
    return str(code)


def read_page(source: Source) -> tuple[PageRecord | None, list[Problem]]:
    """Return the page of prose in a file and what is wrong with it; None where it has no title."""
    if source.front is None:
        return None, []
    reading = Reading(source.front)
    title = reading.required("title")
    order = reading.text("order")
    if order is not None and not NUMBER.fullmatch(order):
        reading.problems.append(number_wanted(order, "order"))
        order = None
    record = PageRecord(
        id=record_id(source.file),
        file=source.file,
        title=title or Text("", source.front.place),
        summary=str(reading.text("summary") or ""),
        order=int(order) if order is not None else 0,
        body=source.body,
        body_line=source.body_line,
    )
    reading.refuse_unknown(PAGE_KEYS)
    return (record if title is not None else None), reading.problems
