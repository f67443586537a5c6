"""The files of the search: what the browser loads, as classic scripts, so that it works from a disk too.

Takes records; gives ``OutputFile``s below ``search/``. Each calls one function of ``static/js/search-index.js`` with
plain data; nothing in them runs.
"""

import hashlib
import json
from collections.abc import Iterator, Mapping, Sequence

from builder import urls
from builder.authority import Organisations, Regions
from builder.output import OutputFile
from builder.search import facets, spoken
from builder.search.characters import simplified
from builder.search.merge import merge
from builder.search.records import ORGANISATION, REGION, Record
from builder.search.slots import place
from builder.search.tokens import Folded, shard_of

POSTINGS = 4500  # of a shard, at most on average: below 10 kB as it lies on the disk


def index_files(records: Sequence[Record], organisations: Organisations, regions: Regions) -> Iterator[OutputFile]:
    """Yield every file of the search."""
    slots = place(record.key for record in records)
    by_slot = {slots[record.key]: record for record in records}
    ordered = sorted(by_slot)
    folded = [(slot, Folded(by_slot[slot].streams, by_slot[slot].words)) for slot in ordered]
    tokens = dict(merge(folded))
    parts = shards(tokens)
    said = spoken.shards(spoken.entries(by_slot[slot] for slot in ordered))
    content = [("pairs", number, part) for number, part in enumerate(parts)]
    content += [("names", number, part) for number, part in enumerate(said)]
    content += [("text", slot, _json(by_slot[slot].shown)) for slot in ordered]
    digest = hashlib.sha256()
    for kind, number, part in content:
        file = script(f"{kind}/{number}.js", kind, number, part)
        digest.update(file.content)
        yield file
    size = max(ordered, default=-1) + 1
    parents = (
        (REGION, {key: entity.parent for key, entity in regions.by_id.items()}),
        (ORGANISATION, {key: entity.parent for key, entity in organisations.by_id.items()}),
    )
    for kind, above in parents:
        yield script(f"{kind}s.js", "facet", kind, facets.column(by_slot, size, kind, above))
    yield script("variants.js", "variants", "", _json(_variants(tokens)))
    manifest = {
        "version": digest.hexdigest()[:8],
        "records": len(records),
        "shards": len(parts),
        "names": len(said),
        "first": facets.first_day(records) - facets.EPOCH,
        "days": facets.kinds_and_days(by_slot, size),
    }
    yield script("manifest.js", "manifest", "", _json(manifest))


def shards(tokens: Mapping[str, str]) -> list[str]:
    """Return the lists of all tokens as JSON, parted into shards by the digest of the token."""
    postings = sum(map(len, tokens.values()))
    count = 1
    while count * POSTINGS < postings:
        count *= 2
    parts: list[list[str]] = [[] for _ in range(count)]
    for token, lists in tokens.items():
        parts[shard_of(token, count)].append(f'{json.dumps(token, ensure_ascii=False)}:"{lists}"')
    return ["{" + ",".join(part) + "}" for part in parts]


def _variants(tokens: Mapping[str, str]) -> dict[str, object]:
    """Return what helps a search that finds nothing: traditional characters, and how characters are read."""
    present = {token for token in tokens if len(token) == 1}
    pairs = sorted((traditional, form) for traditional, form in simplified().items() if form in present)
    return {
        "traditional": "".join(traditional for traditional, _ in pairs),
        "simplified": "".join(form for _, form in pairs),
        "readings": spoken.readings(present | spoken.common()),
    }


def script(address: str, kind: str, key: object, content: str) -> OutputFile:
    """Return a classic script that hands some JSON to the search."""
    text = f"archiveSearch.receive({json.dumps(kind)},{json.dumps(key)},{content});\n"
    return OutputFile(urls.SEARCH_FILES + address, text.encode("utf-8"))


def _json(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))
