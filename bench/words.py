"""The words of the made-up articles, from ``words.txt``: a small grammar of Chinese reports, and the names of people.

``GRAMMAR`` gives, for each symbol, what may stand in its place; ``{…}`` is another symbol, or a word of the person told
of. The hundred commonest surnames come about as often as in China, in parts of 10,000. The sentences are modelled on
the three real articles; none is theirs.
"""

from collections.abc import Iterator
from pathlib import Path


def _sections(text: str) -> Iterator[tuple[str, tuple[str, ...]]]:
    """Yield each heading of the file, in square brackets there, with the words below it."""
    for section in text.split("\n\n[")[1:]:
        heading, _, rest = section.partition("]\n")
        lines = (line for line in rest.split("\n") if not line.startswith("#"))
        yield heading, tuple(word for line in lines for word in line.split(" | ") if word)


GRAMMAR = dict(_sections(Path(__file__).with_name("words.txt").read_text(encoding="utf-8")))

# As often as parents gave them; then the characters of which the other given names are made.
SURNAMES = {name: int(weight) for name, weight in map(str.split, GRAMMAR["SURNAMES"])}
GIVEN, FIRST, SECOND, MONGOL = (GRAMMAR[name] for name in ("GIVEN", "FIRST", "SECOND", "MONGOL"))
# No living person of the made-up archive bears one, so that a withdrawn name stands nowhere else.
WITHDRAWN = GRAMMAR["WITHDRAWN"]
TAGS = GRAMMAR["TAGS"]
# What was meant, and what a copyist wrote: made into marks of the first kind.
SLIPS = tuple((right, wrong) for right, wrong in map(str.split, GRAMMAR["SLIPS"]))
DOUBTS = GRAMMAR["DOUBTS"]
