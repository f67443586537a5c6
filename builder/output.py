"""The only writer of the site: each file whole, what changed only, what is no longer made removed.

Takes the finished files; gives counts. A file is written beside its place and moved there in one step, so that a
reader, a crash or a full disk never meets half of one. Nothing is touched unless it is called: after bad content it
is not, and the last good site stays.
"""

import errno
import os
import tempfile
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

# The folder's mark: written with the first build, so that no folder of somebody's own is ever cleaned out.
MARKER = ".site"
MARKER_TEXT = "This folder is made by build.py; files that it did not make are removed from it.\n"
WAITING = ".new"  # where files wait in the folder of the site, if they must wait on its disk
MODE, FOLDER_MODE = 0o644, 0o755  # whatever the umask: a web server must be able to read them


@dataclass(frozen=True)
class OutputFile:
    """A finished file of the site: its address from the site's root, and its bytes."""

    address: str
    content: bytes


@dataclass(frozen=True)
class Written:
    """How many files were written, left as they were, and removed."""

    written: int
    unchanged: int
    removed: int


class ForeignFolderError(Exception):
    """The folder holds files and was not made by this builder; ``args[0]`` says so to the editor."""


def refuse_foreign(folder: Path) -> None:
    """Make sure that ``folder`` is ours to write: new, empty, or made by this builder; touches nothing."""
    if folder.exists() and not folder.is_dir():
        raise ForeignFolderError(f"“{folder}”是文件，不是文件夹。请用 --out 另指一个文件夹。")
    if folder.is_dir() and not (folder / MARKER).exists() and _has_files(folder):
        raise ForeignFolderError(f"文件夹“{folder}”里有不是本程序生成的文件，没有写入。请用 --out 另指一个新文件夹。")


def _has_files(folder: Path) -> bool:
    """Return whether anything lies in a folder but what a first build that was killed had put aside."""
    return any(path.name != WAITING for path in folder.iterdir())


def make_marker(folder: Path) -> None:
    """Make ``folder``, where it is not there, and the mark that it is ours. Raises ``OSError``."""
    _make_folder(folder)
    _write_if_changed(folder / MARKER, MARKER_TEXT.encode())


def move_into(folder: Path, address: str, staged: Path) -> None:
    """Move a whole file to its place in one step, whatever of an older site stands in the way. Raises ``OSError``."""
    try:
        os.replace(staged, os.path.join(folder, address))  # noqa: PTH105, PTH118  # of each file of the site
    except OSError:
        path = folder / address
        _make_room(path)
        _make_folder(path.parent)
        try:
            staged.replace(path)
        except OSError as error:
            if error.errno != errno.EXDEV:
                raise
            _write_if_changed(path, staged.read_bytes())  # one disk, mounted at two places


def remove_files(folder: Path, addresses: Iterable[str]) -> int:
    """Remove files, and the folders left empty; return how many files went. A name that ends in / is such a folder."""
    removed = 0
    for address in sorted(addresses, reverse=True):
        path = folder / address
        if not address.endswith("/"):
            try:
                path.unlink()
            except (FileNotFoundError, NotADirectoryError):
                continue  # it stood in the way of a file, and went
            removed += 1
        for parent in (path, *path.parents):
            if parent == folder:
                break
            if parent.is_dir() and not parent.is_symlink():
                try:
                    parent.rmdir()
                except OSError:
                    break
    return removed


def write_site(folder: Path, files: Iterable[OutputFile]) -> Written:
    """Write the files into ``folder``, replace each in one step, and remove what is no longer made.

    Raises ``ForeignFolderError`` before anything is touched, and ``OSError`` where the disk refuses.
    """
    _claim(folder)
    kept = {MARKER}
    written = unchanged = 0
    for file in files:
        kept.add(file.address)
        if _write_if_changed(folder / file.address, file.content):
            written += 1
        else:
            unchanged += 1
    return Written(written, unchanged, _remove_others(folder, kept))


def _claim(folder: Path) -> None:
    """Make sure that ``folder`` is ours to write, and mark it."""
    refuse_foreign(folder)
    make_marker(folder)


def _write_if_changed(path: Path, content: bytes) -> bool:
    """Write a file unless it holds these bytes already; return whether it was written."""
    try:
        if path.read_bytes() == content:
            return False
    except (FileNotFoundError, NotADirectoryError, IsADirectoryError):
        _make_room(path)
    _make_folder(path.parent)
    handle, temporary = tempfile.mkstemp(dir=path.parent, prefix=".new-")
    try:
        with os.fdopen(handle, "wb") as stream:
            stream.write(content)
        Path(temporary).chmod(MODE)
        Path(temporary).replace(path)
    except BaseException:
        Path(temporary).unlink(missing_ok=True)
        raise
    return True


def _make_folder(folder: Path) -> None:
    """Make a folder and those above it, where they are not there."""
    if not folder.is_dir():
        _make_folder(folder.parent)
        folder.mkdir(exist_ok=True)
        folder.chmod(FOLDER_MODE)


def _make_room(path: Path) -> None:
    """Remove what of an older site stands in the way: a file where a folder must be, or a folder for a file."""
    for parent in path.parents:
        if parent.is_file():
            parent.unlink()
    if path.is_dir():
        _remove_others(path, set())
        path.rmdir()


def _remove_others(folder: Path, kept: set[str]) -> int:
    """Remove every file below ``folder`` that is not kept, and the folders left empty; return how many files went."""
    removed = 0
    for directory, names, files in os.walk(folder, topdown=False):
        here = Path(directory)
        for name in files:
            path = here / name
            if path.relative_to(folder).as_posix() not in kept:
                path.unlink()
                removed += 1
        for name in names:
            path = here / name
            if path.is_symlink():
                path.unlink()
            elif not any(path.iterdir()):
                path.rmdir()
    return removed
