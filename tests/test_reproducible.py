"""The same commit gives the same bytes: two builds in surroundings as unlike as can be made, compared file by file."""

import os
import shutil
import stat
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import NoReturn

import pytest

from install_tools import can_print

ROOT = Path(__file__).resolve().parent.parent
PROGRAM = ("build.py", "builder", "templates", "static")

# Python reads this before anything else: folders are listed backwards, and the clock is years ahead.
SHIM = """
import os, time
_scandir, _listdir, _time, _time_ns = os.scandir, os.listdir, time.time, time.time_ns


class Backwards:
    def __init__(self, path):
        self._entries = _scandir(path)
        self._turned = iter(sorted(self._entries, key=lambda entry: entry.name, reverse=True))

    def __iter__(self):
        return self._turned

    def __next__(self):
        return next(self._turned)

    def __enter__(self):
        return self

    def __exit__(self, *what):
        self.close()

    def close(self):
        self._entries.close()


os.scandir = lambda path=".": Backwards(path)
os.listdir = lambda path=".": sorted(_listdir(path), reverse=True)
time.time = lambda: _time() + 4e8
time.time_ns = lambda: _time_ns() + 400_000_000_000_000_000
"""
HERE = {"TZ": "UTC", "LC_ALL": "C.UTF-8", "PYTHONHASHSEED": "0", "COLUMNS": "80"}
THERE = {
    "TZ": "Asia/Kolkata",
    "LC_ALL": "C",
    "LANGUAGE": "de",
    "PYTHONUTF8": "0",
    "PYTHONCOERCECLOCALE": "0",
    "PYTHONHASHSEED": "4711",
    "PYTHONDONTWRITEBYTECODE": "1",
    "COLUMNS": "30",
    "HOME": "",
    "USER": "nobody",
}
CLEARED = ("GITHUB_ACTIONS", "SOURCE_DATE_EPOCH", "PYTHONPATH", "LANG")


def copy_program(folder: Path) -> Path:
    """Copy the builder into a folder, without what Python has made of it."""
    folder.mkdir(parents=True)
    for name in PROGRAM:
        if (ROOT / name).is_dir():
            shutil.copytree(ROOT / name, folder / name, ignore=shutil.ignore_patterns("__pycache__"))
        else:
            shutil.copy(ROOT / name, folder / name)
    return folder


def copy_content(project: Path, folder: Path) -> Path:
    """Copy the content and the settings of a project."""
    folder.mkdir(parents=True, exist_ok=True)
    shutil.copytree(project / "content", folder / "content")
    shutil.copy(project / "site.yaml", folder / "site.yaml")
    return folder


def run(program: Path, *words: str, umask: int, **environment: str) -> None:
    """Run build.py in its own folder; its file names go in and out as bytes, whatever the locale."""
    kept = {name: value for name, value in os.environ.items() if name not in (*CLEARED, "LC_ALL")}
    result = subprocess.run(
        [sys.executable, "build.py", *words], cwd=program, env=kept | environment, umask=umask, capture_output=True
    )
    assert result.returncode == 0, result.stderr.decode("utf-8", "replace")


def state(folder: Path) -> dict[str, tuple[int, bytes]]:
    """Return the mode of everything in a folder, and the bytes of each file."""
    found = {}
    for path in (folder, *folder.rglob("*")):
        content = path.read_bytes() if path.is_file() else b""
        found[path.relative_to(folder).as_posix()] = (stat.S_IMODE(path.stat().st_mode), content)
    return found


@pytest.fixture(scope="module")
def programs(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path]:
    """Copy the builder twice, the second time to an awkward place, with other times and modes."""
    here = copy_program(tmp_path_factory.mktemp("here") / "a")
    there = copy_program(tmp_path_factory.mktemp("there") / "第 二 份 '&%" / "b")
    for path in there.rglob("*.*"):
        os.utime(path, (0, 946_684_800 + len(path.name) * 86_400))
    return here, there


@pytest.fixture(scope="module")
def shim(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a folder for PYTHONPATH that turns listings around."""
    folder = tmp_path_factory.mktemp("shim")
    (folder / "sitecustomize.py").write_text(SHIM, encoding="utf-8")
    return folder


def both(programs: tuple[Path, Path], project: Path, shim: Path, *words: str) -> Iterator[dict[str, tuple[int, bytes]]]:
    """Run a command in both surroundings on copies of a project; yield what each wrote."""
    for program, umask, environment in (
        (programs[0], 0o022, HERE),
        (programs[1], 0o077, {**THERE, "PYTHONPATH": str(shim)}),
    ):
        copied = copy_content(project, program.parent / f"{project.name}{len(words)} x")
        if program is programs[1]:
            for path in copied.rglob("*"):
                os.utime(path, (0, 1_000_000_000 + len(path.name) * 7777))
                path.chmod(0o700 if path.is_dir() else 0o600)
        out = copied / "out"
        run(program, *words, "--project", str(copied), "--out", str(out), umask=umask, **environment)
        yield state(out)
        shutil.rmtree(copied)


@pytest.mark.parametrize("words", [(), ("bag",), ("bag", "--with-sources", "--date", "2026-05-01")], ids=" ".join)
@pytest.mark.parametrize("project", [ROOT, ROOT / "tests/site"], ids=["the archive", "the small archive"])
def test_unlike_surroundings_give_the_same_bytes(
    programs: tuple[Path, Path], shim: Path, project: Path, words: tuple[str, ...]
) -> None:
    here, there = both(programs, project, shim, *words)
    assert sorted(here) == sorted(there)
    assert [name for name in here if here[name][1] != there[name][1]] == []
    assert [name for name in here if here[name][0] != there[name][0]] == []
    assert {mode for mode, _ in here.values()} == {0o644, 0o755}
    assert len(here) > 50


def test_the_book_is_the_same_bytes_everywhere(
    programs: tuple[Path, Path], shim: Path, without: Callable[[str], NoReturn]
) -> None:
    if not can_print():
        without("Pango")
    here, there = both(programs, ROOT, shim, "book")
    assert sorted(here) == [".", ".site", "book.epub", "book.pdf"]
    assert [name for name in here if here[name] != there[name]] == []
    year = f"D:{time.localtime().tm_year + 12}".encode()
    assert year not in there["book.pdf"][1]


def test_nothing_says_where_or_when_it_was_built(programs: tuple[Path, Path], shim: Path) -> None:
    _, there = both(programs, ROOT / "tests/site", shim, "bag")
    words = ("第 二 份", programs[0].parent.name, f"{time.localtime().tm_year + 12}-")
    written = [name for name, (_, content) in there.items() if any(word.encode() in content for word in words)]
    assert written == []


def test_the_surroundings_are_as_unlike_as_they_say(tmp_path: Path, shim: Path) -> None:
    for name in ("b", "a", "c"):
        (tmp_path / name).touch()
    program = (
        "import os, pathlib, sys, time; p = pathlib.Path(sys.argv[1]);"
        "print([x.name for x in p.iterdir()], [x.name for x in p.glob('*')], next(os.walk(p))[2],"
        "time.tzname[0], sys.getfilesystemencoding(), time.gmtime(time.time()).tm_year)"
    )
    environment = os.environ | THERE | {"PYTHONPATH": str(shim)}
    command = [sys.executable, "-c", program, str(tmp_path)]
    result = subprocess.run(command, env=environment, capture_output=True, encoding="utf-8", check=True)
    names = "['c', 'b', 'a']"
    year = time.gmtime().tm_year
    assert result.stdout.startswith(f"{names} {names} {names} IST ascii "), result.stdout
    assert int(result.stdout.split()[-1]) >= year + 12
