"""The rules that look at one content file alone, run for that file: what comes of it is kept until it changes.

Takes a file on the shelf with what else decides about it; gives its problems.
"""

from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, cast

from builder.archive import Archive, Document
from builder.cache.shelf import Shelf, unnoted
from builder.checks import ALONE, check_all
from builder.content import Content, faults_among, read_received
from builder.problems import Place, Problem
from builder.records import OrganisationRecord, PageRecord, Profile, RegionRecord, Tombstone
from builder.site import Site
from builder.text import Text


@dataclass(frozen=True)
class ToCheck:
    """A file to be checked: what was wrong with it when it was read, and the names that must not stand in it.

    ``is_shown`` is false for a further document about somebody withdrawn, which no page shows.
    """

    file: str
    key: bytes
    problems: tuple[Problem, ...]
    sought: tuple[str, ...]
    is_shown: bool


@dataclass(frozen=True)
class Checked:
    """What the rules found in a file."""

    file: str
    key: bytes
    problems: tuple[Problem, ...]


@dataclass(frozen=True)
class Alone:
    """The archive of one document: all that a rule about one document may look at."""

    documents: tuple[Document, ...] = field(default=())


def check_file(project: Path, shelf: Shelf, wanted: ToCheck) -> Checked:
    """Return what the rules find in one file by itself."""
    record = shelf.record(wanted.file, unnoted)
    prose = shelf.prose(wanted.file, unnoted)
    problems: list[Problem] = list(wanted.problems)
    content: dict[str, Any] = {}
    documents: tuple[Document, ...] = ()
    if isinstance(record, Profile):
        content = {"profiles": ((record, prose),), "received": read_received(project, [record], problems)}
        if wanted.is_shown:
            documents = (shelf.document(wanted.file, record.id, unnoted, profile=record, prose=prose),)
    for kind, name in ((OrganisationRecord, "organisations"), (RegionRecord, "regions"), (PageRecord, "pages")):
        if isinstance(record, kind):
            content = {name: ((record, prose),)}
    found = problems[len(wanted.problems) :]
    # Of those withdrawn, the rule about their names wants nothing else.
    gone = tuple(Tombstone("", "", None, (Text(name, Place("")),), ()) for name in wanted.sought)
    whole = Content(Site(title=""), **content, tombstones=gone, faults=faults_among(problems))
    found += check_all(whole, cast("Archive", Alone(documents)), ALONE)
    return Checked(wanted.file, wanted.key, tuple(found))
