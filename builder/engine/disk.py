"""Which files there are and whether they have changed, by what the disk says of them.

Takes a folder; gives a mark for each file below it: size, times and number. A mark that is the same says that the file
is, unless it was made within the moment in which the disk's clock stands still (``RACY``): then only its bytes tell.
"""

import os
import stat
from collections.abc import Iterator
from pathlib import Path

Mark = tuple[int, int, int, int]  # size, times of change of contents and of anything, number on the disk
RACY = 2_500_000_000  # nanoseconds; a FAT disk counts in steps of two seconds


def marks_below(folder: Path) -> dict[str, Mark]:
    """Return the mark of every file below a folder by its path from there; an empty folder's path ends in ``/``."""
    return dict(_walk(str(folder), ""))


def _walk(folder: str, prefix: str) -> Iterator[tuple[str, Mark]]:
    inner = []
    is_empty = True
    try:
        with os.scandir(folder) as entries:
            for entry in entries:
                is_empty = False
                if entry.is_dir(follow_symlinks=False):
                    inner.append(entry.name)
                else:
                    yield prefix + entry.name, _mark(entry)
    except OSError:
        return  # it went while it was looked at, or may not be read: who reads its files says so
    if is_empty and prefix:
        yield prefix, (-2, 0, 0, 0)
    for name in inner:
        yield from _walk(f"{folder}/{name}", f"{prefix}{name}/")


def _mark(entry: os.DirEntry[str]) -> Mark:
    try:
        status = entry.stat()
    except OSError:
        return (-1, 0, 0, 0)
    if stat.S_ISDIR(status.st_mode):
        return (-1, 0, 0, 0)  # a link to a folder: its mark would not say what lies there
    return (status.st_size, status.st_mtime_ns, status.st_ctime_ns, status.st_ino)


def mark_of(path: Path) -> Mark:
    """Return the mark of one file; raises ``OSError`` where there is none."""
    status = path.stat()
    return (status.st_size, status.st_mtime_ns, status.st_ctime_ns, status.st_ino)


def is_settled(mark: Mark, moment: int) -> bool:
    """Return whether a file with this mark had last been touched well before a moment of the disk's clock."""
    return max(mark[1], mark[2]) < moment - RACY
