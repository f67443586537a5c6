"""What lies in folders and what the disk says of it; also run as a process of its own, beside a build.

Takes a folder; gives names and numbers as bytes. Uses nothing but the standard library, so that a process that runs
this file has begun in an instant.
"""

import marshal
import os
import stat
import sys
from array import array

Mark = tuple[int, int, int, int]  # size, times of change of contents and of anything, number on the disk
UNKNOWN: Mark = (-1, 0, 0, 0)  # there is something, but a mark would not say what
EMPTY: Mark = (-2, 0, 0, 0)  # of a folder without anything, whose name ends in "/"
POSITIVE = 2**63 - 1
NAMES = ("utf-8", "surrogateescape")  # the name of a file need not be Unicode


def walk(root: str, start: str = "", without: str | None = None) -> dict[str, tuple[bytes, bytes]]:
    """Return names and marks of the files in each folder below one, by its path from there.

    Only what lies below ``start``, and not what lies below ``without``: paths that are "" or end in ``/``.
    """
    found = {}
    todo = [start]
    while todo:
        prefix = todo.pop()
        if prefix == without:
            continue
        inner, names, numbers = _look(f"{root}/{prefix}")
        if not names and not inner and prefix and prefix != start:
            names, numbers = [""], [*EMPTY]
        if names:
            found[prefix] = ("\0".join(names).encode(*NAMES), array("q", numbers).tobytes())
        todo += [f"{prefix}{name}/" for name in inner]
    return found


def _look(path: str) -> tuple[list[str], list[str], list[int]]:
    """Return the names of the folders in a folder, and names and marks of its files."""
    inner: list[str] = []
    names: list[str] = []
    numbers: list[int] = []
    try:
        with os.scandir(path) as entries:
            for entry in entries:
                if entry.is_dir(follow_symlinks=False):
                    inner.append(entry.name)
                else:
                    names.append(entry.name)
                    numbers += _mark(entry)
    except OSError:
        pass  # it went while it was looked at, or may not be read: who reads its files says so
    return inner, names, numbers


def _mark(entry: os.DirEntry[str]) -> Mark:
    try:
        status = entry.stat()
    except OSError:
        return UNKNOWN
    if stat.S_ISDIR(status.st_mode):
        return UNKNOWN  # a link to a folder: its mark would not say what lies there
    return numbers_of(status)


def numbers_of(status: os.stat_result) -> Mark:
    """Return the mark of a file."""
    number = status.st_ino & POSITIVE if os.name != "nt" else 0  # there, os.scandir does not tell it
    return (status.st_size, status.st_mtime_ns, status.st_ctime_ns, number)


if __name__ == "__main__":
    sys.stdout.buffer.write(marshal.dumps(walk(sys.argv[1], sys.argv[2]), 2))
