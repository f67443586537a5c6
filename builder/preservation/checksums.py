"""Lists of checksums, as ``sha256sum`` and BagIt write them: a line a file, digest, two spaces, path.

Takes files or bytes; gives lists, and reads them again from whatever is left of them.
"""

import hashlib
import re
from bisect import bisect_left
from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass

from builder.output import OutputFile

SUMS = "SHA256SUMS"
ALGORITHMS = ("md5", "sha1", "sha256", "sha384", "sha512")  # those that BagIt names
SHA256 = 64  # characters of a digest
LINE = re.compile(r"([0-9A-Fa-f]+)[ \t]+\*?(.+)")
NAMES = ("utf-8", "surrogateescape")  # the name of a received file need not be Unicode
ESCAPES = {"%0D": "\r", "%0A": "\n", "%25": "%"}


@dataclass(frozen=True)
class Listed:
    """A list as read: the digest of each path, in small letters, and the number of each line that says nothing."""

    digests: dict[str, str]
    bad_lines: tuple[int, ...]


def checksums(files: Iterable[OutputFile]) -> OutputFile:
    """Return ``SHA256SUMS`` over all files of the site, which ``sha256sum -c`` reads; it cannot list itself."""
    return sums_list((file.address, hashlib.sha256(file.content).hexdigest()) for file in files)


def sums_list(digests: Iterable[tuple[str, str]]) -> OutputFile:
    """Return ``SHA256SUMS`` from the address and the SHA-256 of each file."""
    lines = sorted(line for line in digests if line[0] != SUMS)
    return OutputFile(SUMS, "".join(f"{digest}  {address}\n" for address, digest in lines).encode(*NAMES))


def renewed_sums(old: bytes, gone: Collection[str], digests: Mapping[str, str]) -> OutputFile:
    """Return ``SHA256SUMS`` from an older one: without the files that are gone, with the SHA-256 of those given."""
    lines = {address: f"{digest}  {address}" for address, digest in digests.items() if address != SUMS}
    return OutputFile(SUMS, renewed_lines(old.decode(*NAMES), gone, lines, _address).encode(*NAMES))


def renewed_lines(old: str, gone: Collection[str], new: Mapping[str, str], key: Callable[[str], str]) -> str:
    """Return a list sorted by ``key``, a line each, without the lines of some keys and with new lines of others."""
    lines = old.split("\n")[:-1]
    added = []
    for word, line in new.items():
        at = bisect_left(lines, word, key=key)
        if at < len(lines) and key(lines[at]) == word:
            lines[at] = line
        else:
            added.append(line)
    if added or gone:
        lines = sorted([line for line in lines if key(line) not in gone] + added, key=key)
    return "".join(f"{line}\n" for line in lines)


def _address(line: str) -> str:
    return line[SHA256 + 2 :]


def manifest(files: Iterable[OutputFile], algorithm: str) -> bytes:
    """Return a manifest of a bag, sorted by path; line ends and ``%`` in a path are escaped (RFC 8493, 2.1.3)."""
    lines = sorted((file.address, hashlib.new(algorithm, file.content).hexdigest()) for file in files)
    return "".join(f"{digest}  {_escape(address)}\n" for address, digest in lines).encode(*NAMES)


def read_list(data: bytes, algorithm: str, *, is_escaped: bool) -> Listed:
    """Return what a list of checksums says, whatever has become of it; raises nothing.

    A line is bad that has no digest of the algorithm's length, or a path that leads out of the folder or that another
    line has with another digest. ``is_escaped`` is true for the manifests of a bag.
    """
    width = hashlib.new(algorithm, usedforsecurity=False).digest_size * 2
    digests: dict[str, str] = {}
    bad: list[int] = []
    for number, line in enumerate(data.decode(*NAMES).removesuffix("\n").split("\n"), start=1):
        found = LINE.fullmatch(line.removesuffix("\r"))
        path = found[2] if found else ""
        if is_escaped:
            path = re.sub("%(0[DA]|25)", lambda escape: ESCAPES[escape[0].upper()], path, flags=re.IGNORECASE)
        path = path.removeprefix("./")
        digest = found[1].lower() if found else ""
        if len(digest) != width or not is_inside(path) or digests.setdefault(path, digest) != digest:
            bad.append(number)
    return Listed(digests, tuple(bad))


def is_inside(path: str) -> bool:
    """Return whether a path, parted by ``/``, can only mean a file below the folder that it starts from."""
    return "\0" not in path and not any(part in ("", ".", "..") for part in path.split("/"))


def _escape(path: str) -> str:
    """Return a path as a manifest has it."""
    return path.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")
