"""Files that hold something of every record, put together from what each of these gives.

Takes the archive; gives what its records give (their share), and the files. In the focus of one record
(``cache.tracked``) the share is that of this record alone. A build keeps it, so that after an edit few are made anew,
and the files are put together from all without any record being looked into.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from builder.archive import Archive
from builder.output import OutputFile

Share = tuple[Any, ...]  # bytes, text and numbers, and tuples of these: it is kept as it is


@dataclass(frozen=True)
class Gathered:
    """A format: what the records that the archive iterates give to it, and its files from the shares of all.

    ``share`` must come to the same for all records at once as for each by itself, in the order of people, of
    organisations, of regions. ``files`` may read of the archive its settings and what is no record of these kinds.
    """

    share: Callable[[Archive], Share]
    files: Callable[[Archive, Sequence[Share]], Iterator[OutputFile]]

    def __call__(self, archive: Archive) -> Iterator[OutputFile]:
        """Yield the files of an archive, made from nothing."""
        return self.files(archive, [self.share(archive)])
