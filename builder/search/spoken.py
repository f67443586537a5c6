"""Names by ear: who and what is found by pinyin, whole, by initials, or with a slip.

Takes records; gives shards of entries by the initials of two neighbouring syllables: wang yong stands under ``wy``, and
wang ai lin under ``wa`` and, since one may know the given name only, under ``al``. So ``wangyong``, ``wang yong`` and
``wy`` ask for one small shard, and so does ``aillin``, whose slip leaves the initials as they were. A name of one
syllable stands under its initial and a hyphen.
"""

import json
from collections.abc import Iterable, Iterator, Sequence

from builder.search.records import PERSON, Record
from builder.search.tokens import shard_of

ENTRIES = 120  # of a shard, about
Entry = tuple[str, str, str, str, str]  # syllables from where the key stands, name, kind, address, what it belongs to


def entries(records: Iterable[Record]) -> dict[str, list[Entry]]:
    """Return every entry under the initials where it stands, in a settled order."""
    found: dict[str, set[Entry]] = {}
    for record in records:
        for said in record.spoken:
            for start in _starts(record.kind, said):
                key = said[start][:1] + (said[start + 1][:1] if start + 1 < len(said) else "-")
                words = (" ".join(said[start:]), record.name, record.kind, record.href, record.about)
                found.setdefault(key, set()).add(words)
    return {key: sorted(found[key]) for key in sorted(found)}


def _starts(kind: str, said: Sequence[str]) -> Iterator[int]:
    """Yield from which syllables a name may be said: its first and, of a person, that of the given name."""
    if said and said[0]:
        yield 0
        if kind == PERSON and len(said) > 2:
            yield 1


def shards(found: dict[str, list[Entry]]) -> list[str]:
    """Return the shards of all entries as JSON, each by the keys in it."""
    count = 1
    while count * ENTRIES < sum(map(len, found.values())):
        count *= 2
    parts: list[dict[str, list[Entry]]] = [{} for _ in range(count)]
    for key, of_key in found.items():
        parts[shard_of(key, count)][key] = of_key
    return [json.dumps(part, ensure_ascii=False, separators=(",", ":")) for part in parts]
