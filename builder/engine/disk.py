"""Which files there are and whether they have changed, by what the disk says of them.

Takes a folder; gives a mark for each file below it: size, times and number. A mark that is the same says that the file
is, unless it was made within the moment in which the disk's clock stands still (``RACY``): then only its bytes tell.
The marks of a folder are held as one row of numbers, for an archive has a hundred thousand files.
"""

import marshal
import os
import subprocess
import sys
from array import array
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from builder.cache.rows import digest, pack, unpack
from builder.engine import walk
from builder.engine.walk import NAMES, UNKNOWN, Mark, numbers_of

RACY = 2_500_000_000  # nanoseconds; a FAT disk counts in steps of two seconds
NUMBERS = 4  # in a mark
LARGE = 20_000  # files in a folder that are worth another process


@dataclass(frozen=True)
class Folder:
    """The files that lie in one folder, in the order in which the disk names them, and their marks end to end."""

    names: tuple[str, ...]
    numbers: "array[int]"

    def code(self) -> bytes:
        """Return it as a row of the store."""
        return pack(["\0".join(self.names).encode(*NAMES), self.numbers.tobytes()])

    def digest(self) -> bytes:
        """Return a digest that is the same only where names, marks and order are."""
        return digest(self.code())

    def marks(self) -> dict[str, Mark]:
        """Return the mark of each file by its name."""
        each = iter(self.numbers)
        return dict(zip(self.names, zip(each, each, each, each, strict=True), strict=True))

    def is_whole(self) -> bool:
        """Return whether there is a mark for everything."""
        return UNKNOWN[0] not in self.numbers[::NUMBERS]

    def is_settled(self, moment: int) -> bool:
        """Return whether all files had last been touched well before a moment of the disk's clock."""
        latest = max(max(self.numbers[at::NUMBERS], default=0) for at in (1, 2))
        return latest < moment - RACY


NOTHING = Folder((), array("q"))


def folder_of(marks: Mapping[str, Mark]) -> Folder:
    """Return a folder whose files have these marks, in this order."""
    return Folder(tuple(marks), array("q", [number for mark in marks.values() for number in mark]))


def folder_from(code: bytes) -> Folder:
    """Return the folder that a row of the store holds."""
    return _folder(*unpack(code))


def _folder(names: bytes, numbers: bytes) -> Folder:
    found = array("q")
    found.frombytes(numbers)
    return Folder(tuple(names.decode(*NAMES).split("\0")) if found else (), found)


def folders_below(root: Path) -> dict[str, Folder]:
    """Return every folder below one that holds files, by its path from there: "" or one that ends in ``/``."""
    return _folders(walk.walk(str(root)))


def _folders(found: Mapping[str, tuple[bytes, bytes]]) -> dict[str, Folder]:
    return {prefix: _folder(*codes) for prefix, codes in found.items()}


class Sight:
    """The folders of a site, looked through when they are first asked for; a large one by another process, at once."""

    def __init__(self, root: Path, large: str = "") -> None:
        """Look below ``root``; ``large`` is a folder that another process looks through, "" for none."""
        self._root, self._large = str(root), large
        self._scout: subprocess.Popen[bytes] | None = None
        if large:
            words = (sys.executable, "-I", "-S", walk.__file__, self._root, large)
            self._scout = subprocess.Popen(words, stdout=subprocess.PIPE)

    @cached_property
    def folders(self) -> dict[str, Folder]:
        """Every folder that holds files."""
        if self._scout is None:
            return _folders(walk.walk(self._root))
        found = walk.walk(self._root, without=self._large)
        data = self._scout.communicate()[0]
        found |= marshal.loads(data) if self._scout.returncode == 0 else walk.walk(self._root, self._large)
        return _folders(found)

    def close(self) -> None:
        """End the other process, where nobody wanted to know."""
        if self._scout is not None and self._scout.poll() is None:
            self._scout.kill()
            self._scout.communicate()


def large_folder(folders: Mapping[str, Folder]) -> str:
    """Return the folder that is worth another process, "" where there is none."""
    prefix = max(folders, key=lambda prefix: len(folders[prefix].names), default="")
    return prefix if prefix and len(folders[prefix].names) >= LARGE else ""


def mark_of(path: str) -> Mark:
    """Return the mark of one file; raises ``OSError`` where there is none."""
    return numbers_of(os.stat(path))  # noqa: PTH116  # of each file of the site


def paths(folders: Mapping[str, Folder]) -> Iterator[str]:
    """Yield the path of every file in some folders."""
    for prefix, folder in folders.items():
        for name in folder.names:
            yield prefix + name


def is_settled(mark: Mark, moment: int) -> bool:
    """Return whether a file with this mark had last been touched well before a moment of the disk's clock."""
    return max(mark[1], mark[2]) < moment - RACY
