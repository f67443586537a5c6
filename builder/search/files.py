"""The files of the search: what the browser loads, as classic scripts, so that it works from a disk too.

Takes records; gives ``OutputFile``s below ``search/``. Each calls one function of ``static/js/search-index.js`` with
plain data; nothing in them runs.
"""

import hashlib
import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path

from builder import urls
from builder.authority import Organisations, Regions
from builder.output import OutputFile
from builder.search import facets, spoken, syllables
from builder.search.characters import simplified
from builder.search.records import ORGANISATION, REGION, Record
from builder.search.shards import Source, all_shards
from builder.search.slots import place
from builder.search.tokens import Folded


def index_files(
    records: Sequence[tuple[Record, bytes]], organisations: Organisations, regions: Regions, memory: Path | None
) -> Iterator[OutputFile]:
    """Yield every file of the search, for records and their digests; the manifest comes last.

    ``memory`` is a file in which to keep what makes the next build quicker.
    """
    slots = place(record.key for record, _ in records)
    by_slot = {slots[record.key]: record for record, _ in records}
    sources = {
        record.key: Source(slots[record.key], digest, Folded(record.streams, record.words))
        for record, digest in records
    }
    shards = all_shards(sources, memory)
    ordered = sorted(by_slot)
    said = spoken.shards(spoken.entries(by_slot[slot] for slot in ordered))
    version = hashlib.sha256(b"".join(sorted(digest + b"%d" % slots[record.key] for record, digest in records)))
    for kind, parts in (
        ("pairs", enumerate(shards.texts)),
        ("names", enumerate(said)),
        ("text", ((slot, by_slot[slot].shown) for slot in ordered)),
    ):
        for number, content in parts:
            yield script(f"{kind}/{number}.js", kind, number, content)
    for token, lists in shards.long.items():
        name = long_name(token)
        yield script(f"long/{name}.js", "long", name, _json(lists))
    size = ordered[-1] + 1 if ordered else 0
    yield from _facet_files(by_slot, size, organisations, regions)
    yield script("variants.js", "variants", "", _json(_variants(shards.present)))
    weeks, weekdays = facets.days(by_slot, size)
    yield script("weekdays.js", "facet", "weekday", _json(weekdays))
    manifest = {
        "version": version.hexdigest()[:8],  # of the addresses: no list of another build is ever mixed in
        "records": len(records),
        "shards": len(shards.texts),
        "names": len(said),
        "first": facets.first_day(by_slot.values()) - facets.EPOCH,
        "kinds": facets.kinds(by_slot, size),
        "weeks": weeks,
    }
    yield script("manifest.js", "manifest", "", _json(manifest))


def _facet_files(
    by_slot: Mapping[int, Record], size: int, organisations: Organisations, regions: Regions
) -> Iterator[OutputFile]:
    """Yield what results are counted under: regions and organisations; years are in the manifest."""
    above_region = {key: entity.parent for key, entity in regions.by_id.items()}
    above_organisation = {key: entity.parent for key, entity in organisations.by_id.items()}
    for kind, above in ((REGION, above_region), (ORGANISATION, above_organisation)):
        yield script(f"{kind}s.js", "facet", kind, facets.column(by_slot, size, kind, above))


def _variants(present: Iterable[str]) -> dict[str, object]:
    """Return what helps a search that finds nothing: traditional characters, and how characters are read."""
    present = frozenset(present)
    pairs = sorted((traditional, form) for traditional, form in simplified().items() if form in present)
    return {
        "traditional": "".join(traditional for traditional, _ in pairs),
        "simplified": "".join(form for _, form in pairs),
        "readings": syllables.readings(present | syllables.common()),
    }


def long_name(token: str) -> str:
    """Return the name of the file with a token's long lists; ``search-index.js`` does the same."""
    return "-".join(f"{ord(character):x}" for character in token)


def script(address: str, kind: str, key: object, content: str) -> OutputFile:
    """Return a classic script that hands some JSON to the search."""
    text = f"archiveSearch.receive({json.dumps(kind)},{json.dumps(key)},{content});\n"
    return OutputFile(urls.SEARCH_FILES + address, text.encode("utf-8"))


def _json(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))
