"""Which code makes the site: a digest that changes with any of it, and one of the templates.

Takes the program's folder; gives hexadecimal digests. What code of another version has made is never used.
"""

import hashlib
import sys
from collections.abc import Iterable
from functools import cache
from pathlib import Path

CODE = ("build.py", "requirements.txt", "builder")
TEMPLATES = ("templates",)


@cache
def code_version(program: Path) -> str:
    """Return the digest of the builder's own sources, of the lock of what it uses, and of Python itself.

    It is reckoned once: this process goes on with the code that it has begun with.
    """
    return _digest(program, CODE, f"{sys.version} {sys.byteorder}")


def is_still(program: Path, version: str) -> bool:
    """Return whether the sources are still of that version; while somebody works on the program they may not be."""
    return _digest(program, CODE, f"{sys.version} {sys.byteorder}") == version


def templates_version(program: Path) -> str:
    """Return the digest of all templates."""
    return contents_version(program, TEMPLATES)


def contents_version(program: Path, names: Iterable[str]) -> str:
    """Return the digest of all files in folders of the program."""
    return _digest(program, names, "")


def _digest(program: Path, names: Iterable[str], more: str) -> str:
    whole = hashlib.sha256(more.encode())
    for name in names:
        base = program / name
        files = sorted(base.rglob("*")) if base.is_dir() else [base]
        for path in files:
            if path.is_file() and path.suffix != ".pyc":
                content = path.read_bytes()
                whole.update(f"{path.relative_to(program).as_posix()}\0{len(content)}\0".encode())
                whole.update(content)
    return whole.hexdigest()
