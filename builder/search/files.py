"""The files of the search: what the browser loads, as classic scripts, so that it works from a disk too.

Takes heads by slot, or the characters that are listed; gives data by address below ``search/``. Each file calls one
function of ``static/js/search-index.js`` with plain data; nothing in it runs.
"""

import hashlib
import json
from collections.abc import Collection, Iterator, Mapping

from builder import urls
from builder.search import facets, spoken, syllables
from builder.search.characters import simplified
from builder.search.records import ORGANISATION, REGION, Head

CHARACTER_FILES = 128  # traditional forms and readings: what finds nothing asks for one a character
MANIFEST = f"{urls.SEARCH_FILES}manifest.js"


def address(kind: str, name: object) -> str:
    """Return the address of one of many files of a kind."""
    return f"{urls.SEARCH_FILES}{kind}/{name}.js"


def long_address(token: str) -> str:
    """Return the address of a token's long lists; ``search-index.js`` names it alike."""
    return address("long", "-".join(f"{ord(character):x}" for character in token))


def script(data: str) -> bytes:
    """Return the bytes of a file with some data."""
    return f"archiveSearch.receive({data});\n".encode()


def script_sum(data: str) -> str:
    """Return the SHA-256 of such a file."""
    return hashlib.sha256(script(data)).hexdigest()


def head_files(by_slot: Mapping[int, Head]) -> Iterator[tuple[str, str]]:
    """Yield address and data of all files that follow from the heads: names, facets, kinds and days."""
    size = max(by_slot, default=-1) + 1
    said, begins = spoken.shards(spoken.entries(by_slot[slot] for slot in sorted(by_slot)))
    for number, names in enumerate(said):
        yield address("names", number), names
    yield f"{urls.SEARCH_FILES}names.js", as_json(begins)
    for kind in (REGION, ORGANISATION):
        yield f"{urls.SEARCH_FILES}{kind}s.js", facets.column(by_slot, size, kind)
    weeks, weekdays = facets.days(by_slot, size)
    yield f"{urls.SEARCH_FILES}weekdays.js", as_json(weekdays)
    manifest = {
        "records": len(by_slot),
        "first": facets.first_day(by_slot.values()) - facets.EPOCH,
        "kinds": facets.kinds(by_slot, size),
        "weeks": weeks,
    }
    yield MANIFEST, as_json(manifest)


def character_files(present: Collection[str]) -> Iterator[tuple[str, str]]:
    """Yield address and data of what helps a search that finds nothing: of characters, simplified form and reading.

    ``present`` are those that are listed; the commonest have a reading in any case.
    """
    pairs: list[list[str]] = [[] for _ in range(CHARACTER_FILES)]
    read: list[list[str]] = [[] for _ in range(CHARACTER_FILES)]
    for traditional, form in sorted(simplified().items()):
        if form in present:
            pairs[ord(traditional) % CHARACTER_FILES].append(traditional + form)
    for character in {*present, *syllables.common()}:
        read[ord(character) % CHARACTER_FILES].append(character)
    for number in range(CHARACTER_FILES):
        data = {"simplified": "".join(pairs[number]), "readings": syllables.readings(read[number])}
        yield address("characters", number), as_json(data)


def as_json(value: object) -> str:
    """Return a value as JSON, short."""
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))
