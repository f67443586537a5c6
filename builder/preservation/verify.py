"""What has become of a copy: a bag or a site is compared with its own lists of checksums.

Takes a folder, however damaged and whoever made it; gives what is missing, changed, extra or unreadable. Nothing that a
list names is opened for that reason: only what lies in the folder is read, and no link is followed.
"""

import hashlib
import os
import re
import stat
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from builder.output import MARKER
from builder.preservation.checksums import ALGORITHMS, SUMS, Listed, read_list

Kind = Literal["missing", "changed", "extra", "unreadable", "bad-list"]

WORDS: dict[Kind, str] = {
    "missing": "缺少",
    "changed": "内容不同",
    "extra": "多出",
    "unreadable": "读不出",
    "bad-list": "清单有误",
}
BAGIT = "bagit.txt"
PAYLOAD = "data/"
MANIFEST = re.compile(rf"(tag)?manifest-({'|'.join(ALGORITHMS)})\.txt")
DECLARATION = re.compile(rb"BagIt-Version: \d+\.\d+\r?\nTag-File-Character-Encoding: UTF-8\r?\n?")
CONTROL = re.compile("[\x00-\x1f\x7f-\x9f\u2028\u2029\u202a-\u202e\u2066-\u2069\ud800-\udfff]")


@dataclass(frozen=True, order=True)
class Difference:
    """One thing that is not as it should be: which file, in what way, and a remark."""

    path: str
    kind: Kind
    remark: str = ""

    def __str__(self) -> str:
        remark = f"（{self.remark}）" if self.remark else ""
        return CONTROL.sub("\N{REPLACEMENT CHARACTER}", f"{WORDS[self.kind]}：{self.path}{remark}")


@dataclass(frozen=True)
class Report:
    """How many files the lists name, what differs, in order, and the fingerprint of the list that decides."""

    listed: int
    differences: tuple[Difference, ...]
    fingerprint: str = ""


class _Folder:
    """The files that lie in a folder, by path; digests are taken once. No link is followed, no pipe is opened."""

    def __init__(self, base: Path) -> None:
        self.base = base
        self.faults: dict[str, str] = {}
        self.files: dict[str, Path] = {}
        self.closed: set[str] = set()
        self._digests: dict[tuple[str, str], str] = {}
        for directory, folders, names in os.walk(base, onerror=self._note):
            here = Path(directory)
            links = [name for name in folders if (here / name).is_symlink()]
            for name in (*names, *links):
                self._add(here / name)

    def _add(self, path: Path) -> None:
        # Some systems store a name decomposed: it is the same name.
        inner = unicodedata.normalize("NFC", path.relative_to(self.base).as_posix())
        try:
            mode = path.lstat().st_mode
        except OSError:
            mode = 0
        self.files[inner] = path
        if stat.S_ISLNK(mode):
            self.faults[inner] = "符号链接，没有跟进"
        elif not stat.S_ISREG(mode):
            self.faults[inner] = "不是普通文件"

    def _note(self, error: OSError) -> None:
        inner = unicodedata.normalize("NFC", Path(error.filename).relative_to(self.base).as_posix())
        self.closed.add(inner)
        self.faults[inner] = "文件夹打不开"

    def is_closed(self, path: str) -> bool:
        """Return whether a file would lie in a folder that cannot be opened, and so is perhaps not missing at all."""
        return any(closed == "." or path.startswith(f"{closed}/") for closed in self.closed)

    def read(self, path: str) -> bytes | None:
        """Return the bytes of a file; None, and a fault, where there are none to be had."""
        if path not in self.files or path in self.faults:
            return None
        try:
            return self.files[path].read_bytes()
        except OSError:
            self.faults[path] = "没有权限，或磁盘有坏处"
            return None

    def digest(self, path: str, algorithm: str) -> str:
        """Return the digest of a file; empty, and a fault, where it cannot be read."""
        if path in self.faults:
            return ""
        if (path, algorithm) not in self._digests:
            try:
                with self.files[path].open("rb") as stream:
                    found = hashlib.file_digest(stream, lambda: hashlib.new(algorithm, usedforsecurity=False))
            except OSError:
                self.faults[path] = "没有权限，或磁盘有坏处"
                return ""
            self._digests[path, algorithm] = found.hexdigest()
        return self._digests[path, algorithm]


def verify(base: Path) -> Report:
    """Return how the folder ``base`` differs from its own lists; whatever is in it, nothing is raised."""
    if not base.is_dir():
        return Report(0, (Difference(str(base), "missing", "没有这个文件夹"),))
    folder = _Folder(base)
    if BAGIT in folder.files:
        return _verify_bag(folder)
    if SUMS in folder.files:
        return _verify_site(folder)
    remark = f"里面既没有 {BAGIT}，也没有 {SUMS}：不是存档包，也不是网站"
    return Report(0, (Difference(str(base), "missing", remark),))


def _verify_site(folder: _Folder) -> Report:
    """Compare a site with ``SHA256SUMS``. The builder's own mark of the folder is no part of the site."""
    listed = read_list(folder.read(SUMS) or b"", "sha256", is_escaped=False)
    found = [
        *_bad_lines(SUMS, listed),
        *_compare(folder, listed, "sha256"),
        *_extra(folder, set(map(_normal, listed.digests)) | {SUMS, MARKER}),
        *_unreadable(folder, [SUMS, *folder.closed]),
    ]
    return Report(len(listed.digests), tuple(sorted(set(found))), folder.digest(SUMS, "sha256"))


def _verify_bag(folder: _Folder) -> Report:
    """Compare a bag with its manifests: each must name the whole payload, the tag manifests the files around it."""
    found = [*_declaration(folder), *_unreadable(folder, folder.closed)]
    lists = {path: match.groups() for path in sorted(folder.files) if (match := MANIFEST.fullmatch(path))}
    named: dict[str, set[str]] = {}
    for path, (tag, algorithm) in lists.items():
        listed = read_list(folder.read(path) or b"", algorithm, is_escaped=True)
        named[path] = set(map(_normal, listed.digests))
        astray = [name for name in named[path] if name.startswith(PAYLOAD) == bool(tag)]
        found += [Difference(path, "bad-list", f"不该列出“{name}”") for name in astray]
        found += [*_bad_lines(path, listed), *_compare(folder, listed, algorithm), *_unreadable(folder, [path])]
    payload = set().union(*(names for path, names in named.items() if path.startswith("manifest-")))
    for path in lists:
        gaps = payload - named[path] if path.startswith("manifest-") else ()
        found += [Difference(path, "bad-list", f"没有列出“{name}”") for name in gaps]
    if not any(path.startswith("manifest-") for path in lists):
        found.append(Difference("manifest-sha256.txt", "missing", "没有清单，无从核对"))
    found += _extra(folder, {BAGIT, *lists, *(name for names in named.values() for name in names)})
    seal = next((path for path in reversed(lists) if path.startswith("tagmanifest-")), "")
    return Report(len(payload), tuple(sorted(set(found))), folder.digest(seal, "sha256") if seal else "")


def _declaration(folder: _Folder) -> Iterator[Difference]:
    """Yield what is wrong with ``bagit.txt``."""
    data = folder.read(BAGIT)
    if data is None:
        yield from _unreadable(folder, [BAGIT])
    elif DECLARATION.fullmatch(data) is None:
        yield Difference(BAGIT, "changed", "不是存档包的声明")


def _compare(folder: _Folder, listed: Listed, algorithm: str) -> Iterator[Difference]:
    """Yield what the list names and the folder has not, has otherwise, or does not let us read."""
    for name, digest in listed.digests.items():
        path = _normal(name)
        if path not in folder.files:
            yield Difference(name, "unreadable" if folder.is_closed(path) else "missing")
        elif digest != (found := folder.digest(path, algorithm)):
            yield Difference(name, "changed") if found else Difference(name, "unreadable", folder.faults[path])


def _extra(folder: _Folder, known: Iterable[str]) -> Iterator[Difference]:
    """Yield what lies in the folder and is not known."""
    for path in set(folder.files) - set(known):
        yield Difference(path, "extra", folder.faults.get(path, ""))


def _unreadable(folder: _Folder, paths: Iterable[str]) -> Iterator[Difference]:
    """Yield those of the lists that cannot be read."""
    for path in paths:
        if path in folder.faults:
            yield Difference(path, "unreadable", folder.faults[path])


def _bad_lines(path: str, listed: Listed) -> Iterator[Difference]:
    """Yield the lines of a list that say nothing."""
    for number in listed.bad_lines:
        yield Difference(path, "bad-list", f"第 {number} 行看不懂")


def _normal(path: str) -> str:
    """Return a path in the form in which paths are compared."""
    return unicodedata.normalize("NFC", path)
