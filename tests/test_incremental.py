"""The incremental build: after any edit, the site is byte for byte the one that a build of everything gives."""

import errno
import json
import os
import shutil
import signal
import sqlite3
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Mapping
from contextlib import closing
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from random import Random
from typing import Any, NoReturn

import pytest
from jinja2 import Environment

import build
from bench.corpus import write_corpus
from builder.cache.tracked import KEYS
from builder.engine import CACHE, Options, Report, build_site, kept_folder
from builder.engine.build import SEARCH_MEMORY
from builder.engine.disk import Sight, folders_below
from builder.engine.lock import locked
from builder.engine.reading import Reading
from builder.engine.units import Before, Made, Unit, Workshop, key_of, make_data, make_unit
from builder.engine.version import code_version, templates_version
from builder.output import MARKER
from builder.problems import Problem, has_errors
from builder.render import template_environment
from builder.search.files import script_sum
from builder.search.memory import Memory
from builder.shelves import arrange

ROOT = Path(__file__).resolve().parent.parent
STEPS = 200
SEEDS = (1, 2)


@dataclass
class Bench:
    """An archive that is edited and built, with templates and style sheets of its own."""

    program: Path
    project: Path
    out: Path

    def build(self, **options: object) -> Report:
        """Build what has changed."""
        return build_site(self.program, self.project, self.out, Options(**{"jobs": 1, **options}))  # type: ignore[arg-type]

    def whole(self) -> tuple[dict[str, bytes], list[Problem]]:
        """Return what a build of everything at once gives: by another way through the program, without any cache."""
        files, problems = build.make_site(self.project)
        return {file.address: file.content for file in files}, problems

    def written(self) -> dict[str, bytes]:
        """Return what lies in the folder of the site."""
        return {
            path.relative_to(self.out).as_posix(): path.read_bytes()
            for path in self.out.rglob("*")
            if path.is_file() and path.name != MARKER
        }

    def check(self) -> Report:
        """Build, and compare with a build of everything: problems, and where there is no error the files."""
        before = self.written()
        report = self.build()
        files, problems = self.whole()
        assert sorted(set(report.problems)) == sorted(set(problems))
        assert report.is_published is not has_errors(problems)
        written = self.written()
        assert_same(files if report.is_published else before, written)
        assert [path for path in self.out.rglob("*") if path.is_dir() and not any(path.iterdir())] == []
        again = self.build()
        assert sorted(set(again.problems)) == sorted(set(problems))
        assert (again.written, again.removed, again.is_published) == (0, 0, report.is_published)
        assert again.unchanged == (len(files) if report.is_published else 0)
        return report


def assert_same(expected: dict[str, bytes], written: dict[str, bytes]) -> None:
    """Compare two sites, naming the files that differ."""
    assert sorted(expected) == sorted(written)
    assert [address for address in expected if expected[address] != written[address]] == []


@pytest.fixture
def bench(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Bench:
    """Copy the small archive, and the parts of the program that an edit may touch."""
    program = tmp_path / "program"
    for name in ("templates", "static"):
        shutil.copytree(ROOT / name, program / name)
    monkeypatch.setattr(build, "PROGRAM", program)
    environments: dict[str, Environment] = {}  # compiling the templates takes longer than all the rest

    def environment(folder: Path) -> Environment:
        version = templates_version(folder.parent)
        if version not in environments:
            environments[version] = template_environment(folder)
        return environments[version]

    monkeypatch.setattr(build, "template_environment", environment)
    project = tmp_path / "project"
    shutil.copytree(ROOT / "tests/site", project, ignore=shutil.ignore_patterns(CACHE))
    return Bench(program, project, tmp_path / "made" / "site")


# Edits: each changes one thing at random, and may do harm.


def files_in(bench: Bench, *folders: str) -> list[Path]:
    return sorted(path for folder in folders for path in (bench.project / "content" / folder).glob("*.md"))


def change_line(path: Path, random: Random, change: Callable[[str], str]) -> None:
    lines = path.read_text(encoding="utf-8").split("\n")
    at = random.randrange(len(lines))
    lines[at] = change(lines[at])
    path.write_text("\n".join(lines), encoding="utf-8")


def edit_text(bench: Bench, random: Random) -> None:
    path = random.choice(files_in(bench, "profiles", "organisations", "regions", "pages"))
    words = random.choice(
        ("又一句。", "到[那处](organisation:donghe-shuiwen)去。", "见[王芳](person:wang-fang)。", "## 节")
    )
    path.write_text(path.read_text(encoding="utf-8") + f"\n{words}\n", encoding="utf-8")


def edit_line(bench: Bench, random: Random) -> None:
    path = random.choice(files_in(bench, "profiles", "organisations", "regions", "pages"))
    kept = path.read_bytes()
    change_line(path, random, lambda line: random.choice((line + "甲", line.replace("水", "火"), line[1:], "")))
    if random.random() < 0.5:
        bench.check()
        path.write_bytes(kept)


def edit_front(bench: Bench, random: Random) -> None:
    path = random.choice(files_in(bench, "profiles"))
    text = path.read_text(encoding="utf-8")
    key, value = random.choice(
        (
            ("summary", "另有一说。"),
            ("title", "新的题目"),
            ("subtitle", "副题"),
            ("tags", "[测流, 巡堤]"),
            ("added", "2020-05-01"),
            ("pinyin", "Lǐ Míng"),
            ("post", "站长"),
            ("unit", "东河县水文站"),
            ("region", "南江省/东河县"),
            ("dates", "[2003-07-12, 2003-08]"),
            ("aliases", f"[jiu-{random.randrange(4)}]"),
            ("private", "[测流]"),
        )
    )
    lines = text.split("\n")
    end = lines.index("---", 1)
    lines = [line for at, line in enumerate(lines) if at >= end or not line.startswith(f"{key}: ")]
    path.write_text("\n".join([lines[0], f"{key}: {value}", *lines[1:]]), encoding="utf-8")


def add_profile(bench: Bench, random: Random) -> None:
    source = random.choice(files_in(bench, "profiles"))
    shutil.copy(source, source.with_name(f"xin-{random.randrange(6)}.md"))


def remove_record(bench: Bench, random: Random) -> None:
    found = files_in(bench, random.choice(("profiles", "organisations", "regions")))
    if len(found) > 1:
        random.choice(found).unlink()


def restore(bench: Bench, random: Random) -> None:
    """Bring back a file of the small archive, or all of it, as it was."""
    originals = sorted(path for path in (ROOT / "tests/site").rglob("*") if path.is_file())
    for path in originals if random.random() < 0.3 else [random.choice(originals)]:
        target = bench.project / path.relative_to(ROOT / "tests/site")
        target.parent.mkdir(parents=True, exist_ok=True)
        shutil.copy(path, target)
    for path in files_in(bench, "profiles"):
        if path.name.startswith("xin-") and random.random() < 0.5:
            path.unlink()


def rename_record(bench: Bench, random: Random) -> None:
    path = random.choice(files_in(bench, "profiles", "organisations", "pages"))
    path.rename(path.with_name(f"ming-{random.randrange(5)}.md"))


def withdraw(bench: Bench, random: Random) -> None:
    path = random.choice(files_in(bench, "profiles"))
    path.write_text("---\nname: 陈志远\nstatus: withdrawn\nwithdrawn: 2020-06-01\n---\n", encoding="utf-8")


def edit_organisation(bench: Bench, random: Random) -> None:
    found = files_in(bench, "organisations", "regions")
    if found:
        change_line(random.choice(found), random, lambda line: line.replace("name: ", "name: 新"))


def edit_settings(bench: Bench, random: Random) -> None:
    line = random.choice(
        (
            "title: 新的站名",
            "address: https://example.org/a/",
            "address:",
            "exports: [tei, tables]",
            "exports: []",
            "former: [{address: people/old.html, now: about.html}]",
            "caution: 另一句说明。",
        )
    )
    path = bench.project / "site.yaml"
    kept = (ROOT / "tests/site/site.yaml").read_text(encoding="utf-8").split("\n")
    key = line.partition(":")[0]
    path.write_text("\n".join([line, *(each for each in kept if not each.startswith(key))]), encoding="utf-8")


def edit_template(bench: Bench, random: Random) -> None:
    path = random.choice(sorted((bench.program / "templates").rglob("*.html")))
    original = (ROOT / "templates" / path.relative_to(bench.program / "templates")).read_text(encoding="utf-8")
    path.write_text(random.choice((original, original.replace("</h1>", "<!-- x --></h1>"))), encoding="utf-8")


def edit_static(bench: Bench, random: Random) -> None:
    styles = bench.program / "static/css"
    path = styles / f"x{random.randrange(2)}.css"
    if path.exists() and random.random() < 0.5:
        path.unlink()
    else:
        path.write_text(f"p {{ margin: {random.randrange(9)}px }}", encoding="utf-8")


def edit_image(bench: Bench, random: Random) -> None:
    path = bench.project / "content/profiles/shuichi.svg"
    size = random.randrange(1, 50)
    path.write_text(f'<svg xmlns="http://www.w3.org/2000/svg" width="{size}"/>', encoding="utf-8")
    if random.random() < 0.2:
        path.unlink()


def edit_source(bench: Bench, random: Random) -> None:
    path = bench.project / "content/sources/li-ming.txt"
    path.write_text(path.read_text(encoding="utf-8").replace("水", random.choice("水火")), encoding="utf-8")


def spoil_site(bench: Bench, random: Random) -> None:
    """Do to the folder of the site what nobody should."""
    found = sorted(path for path in bench.out.rglob("*") if path.is_file() and path.name != MARKER)
    if not found:
        return
    path = random.choice(found)
    deed = random.randrange(4)
    if deed == 0:
        path.unlink()
    elif deed == 1:
        path.write_bytes(path.read_bytes() + b"x")
    elif deed == 2:
        (path.parent / "stranger.txt").write_text("x")
    else:
        path.unlink()
        path.mkdir()
        (path / "inner").write_text("x")


EDITS: tuple[Callable[[Bench, Random], None], ...] = (
    edit_text,
    edit_text,
    edit_line,
    edit_front,
    edit_front,
    add_profile,
    remove_record,
    restore,
    restore,
    rename_record,
    withdraw,
    edit_organisation,
    edit_settings,
    edit_template,
    edit_static,
    edit_image,
    edit_source,
    spoil_site,
)


@pytest.mark.parametrize("seed", SEEDS)
def test_after_any_edit_the_site_is_that_of_a_build_of_everything(bench: Bench, seed: int) -> None:
    random = Random(seed)
    bench.out.parent.mkdir()
    bench.out.mkdir()
    bench.check()
    published = 0
    for step in range(STEPS // len(SEEDS)):
        edit = random.choice(EDITS)
        edit(bench, random)
        print(f"seed {seed}, step {step}: {edit.__name__}")  # shown where the test fails
        if bench.check().is_published:
            published += 1
        elif random.random() < 0.5:  # errors on errors are of less interest
            shutil.rmtree(bench.project)
            shutil.copytree(ROOT / "tests/site", bench.project)
    assert published > STEPS // len(SEEDS) // 4
    bench.check()  # the last step may have put back all files
    before = bench.written()
    bench.build(clean=True)
    assert_same(before, bench.written())


def test_why_a_received_text_cannot_be_read_is_told_as_it_is_now(bench: Bench) -> None:
    bench.out.mkdir(parents=True)
    path = bench.project / "content/sources/li-ming.txt"
    for size in (2_100_000, 2_900_000):
        path.write_bytes(b"x" * size)
        assert [problem.rule for problem in bench.check().problems] == ["received-unreadable"]
    path.unlink()
    assert [problem.rule for problem in bench.check().problems] == ["received-missing"]


def cache_file(bench: Bench) -> Path:
    return kept_folder(bench.project, bench.out) / "build.sqlite"


# What may happen to a build, and to what it keeps


def command(bench: Bench, *words: str) -> list[str]:
    """Return the command that builds the bench with the whole program, as an editor would."""
    return [sys.executable, str(ROOT / "build.py"), "--project", str(bench.project), "--out", str(bench.out), *words]


def run(bench: Bench, *words: str) -> "subprocess.CompletedProcess[str]":
    return subprocess.run(command(bench, *words), capture_output=True, encoding="utf-8")


@pytest.fixture
def larger(tmp_path: Path) -> Bench:
    """Make up an archive that takes long enough to be disturbed."""
    write_corpus(tmp_path / "project", 40, 3)
    (tmp_path / "made").mkdir()
    return Bench(ROOT, tmp_path / "project", tmp_path / "made" / "site")


class TwoStates:
    """An archive in one of two states, and what the whole site is in each."""

    def __init__(self, bench: Bench) -> None:
        """Build both, each without anything that was kept."""
        self.bench = bench
        self._settings = (bench.project / "site.yaml").read_text(encoding="utf-8")
        self.sites: list[dict[str, bytes]] = []
        for state in (0, 1):
            self.enter(state)
            assert run(bench, "--clean").returncode == 0
            self.sites.append(bench.written())

    def enter(self, state: int) -> None:
        """Change every page, one text, and which people there are."""
        text = self._settings.replace("title: 测速", f"title: 第{state}次测速")
        (self.bench.project / "site.yaml").write_text(text, encoding="utf-8")
        paths = files_in(self.bench, "profiles")
        path = next(path for path in paths if "received:" not in path.read_text(encoding="utf-8"))
        if state:
            shutil.copy(path, path.with_name("you-yi-ge.md"))
        else:
            path.with_name("you-yi-ge.md").unlink(missing_ok=True)

    def strangers(self) -> list[str]:
        """Return the files that are in neither state: half written, or mixed."""
        return [
            address
            for address, content in self.bench.written().items()
            if content not in (self.sites[0].get(address), self.sites[1].get(address))
        ]

    def settle(self, state: int, *words: str) -> None:
        """Build to the end, and compare with the whole site."""
        done = run(self.bench, *words)
        assert done.returncode == 0, done.stderr
        assert_same(self.sites[state], self.bench.written())
        kept = {path.name for path in kept_folder(self.bench.project, self.bench.out).iterdir()}
        assert kept == {"build.sqlite", "lock", "search.sqlite"}


@pytest.fixture
def states(larger: Bench) -> TwoStates:
    return TwoStates(larger)


@pytest.mark.skipif(sys.platform == "win32", reason="there is no SIGKILL on Windows")
def test_a_build_that_is_killed_leaves_no_half_file_and_the_next_mends_all(states: TwoStates) -> None:
    random = Random(5)
    began = time.monotonic()
    states.settle(1)
    longest = time.monotonic() - began
    killed = 0
    for number in range(20):
        state = number % 2
        states.enter(state)
        words = command(states.bench, *(["--clean"] if number % 3 == 0 else []), "--jobs", str(1 + number % 2))
        process = subprocess.Popen(words, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        time.sleep(random.uniform(0.2, 1) * longest)
        process.kill()
        killed += process.wait() == -signal.SIGKILL
        assert states.strangers() == []
        if number % 4 == 3:
            states.settle(state)
    assert killed >= 10


def test_two_builds_at_once_do_not_spoil_each_other(states: TwoStates) -> None:
    states.enter(0)
    both = [
        subprocess.Popen(
            command(states.bench, *words), stdout=subprocess.PIPE, stderr=subprocess.PIPE, encoding="utf-8"
        )
        for words in ((), ("--clean",))
    ]
    said = [process.communicate()[1] for process in both]
    assert [process.returncode for process in both] == [0, 0], said
    assert_same(states.sites[0], states.bench.written())
    states.settle(0)


def test_who_has_to_wait_for_another_build_is_told(bench: Bench) -> None:
    said: list[str] = []
    bench.build()
    lock = kept_folder(bench.project, bench.out) / "lock"
    with locked(lock, said.append):
        waiting = threading.Thread(target=bench.build, kwargs={"say": said.append})
        waiting.start()
        while not said:
            time.sleep(0.01)
    waiting.join()
    assert said == ["另一次生成还没有结束，等它结束……"]


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="a disk of one's own is made as Linux does it")
def test_a_full_disk_is_told_of_and_the_next_build_mends(states: TwoStates, without: Callable[[str], NoReturn]) -> None:
    bench = states.bench
    disk = bench.out.parent
    size = sum(path.stat().st_size for path in disk.rglob("*") if path.is_file())
    shutil.rmtree(disk)
    disk.mkdir()
    mount = ["mount", "-t", "tmpfs", "-o", f"size={size * 3}", "tmpfs", str(disk)]
    if os.geteuid() != 0 or subprocess.run(mount, capture_output=True).returncode != 0:
        without("the right to mount a disk")
    try:
        states.enter(0)
        states.settle(0)
        ballast = disk / "ballast"
        for left, words in (
            (600_000, ("--jobs=2",)),
            (200_000, ("--clean",)),
            (20_000, ("--jobs=2",)),
            (20_000, ("--clean", "--cache", str(disk / "cache"))),  # what is kept has no room either
        ):
            states.enter(1)
            free = shutil.disk_usage(disk).free
            ballast.write_bytes(b"x" * max(0, free - left))
            done = run(bench, *words)
            assert done.returncode == 1
            assert "磁盘满了" in done.stderr
            assert "Traceback" not in done.stderr
            assert states.strangers() == []
            ballast.unlink()
            states.settle(1)
            states.enter(0)
            states.settle(0)
    finally:
        subprocess.run(["umount", str(disk)], check=True)


def cut(data: bytes) -> bytes:
    return data[: len(data) // 2]


def flip(data: bytes) -> bytes:
    """Turn one bit in every page of the file but the first."""
    spoiled = bytearray(data)
    for at in range(5000, len(spoiled), 4096):
        spoiled[at] ^= 4
    return bytes(spoiled)


@pytest.mark.parametrize(
    "spoil",
    [cut, flip, lambda data: b"", lambda data: b"SQLite format 3\0" + b"\xff" * 9000, lambda data: b"garbage" * 999],
    ids=["cut", "flipped", "empty", "hollow", "garbage"],
)
def test_a_damaged_cache_is_never_believed(bench: Bench, spoil: Callable[[bytes], bytes]) -> None:
    bench.check()
    file = kept_folder(bench.project, bench.out) / "build.sqlite"
    file.write_bytes(spoil(file.read_bytes()))
    path = bench.project / "content/profiles/wang-fang.md"
    path.write_text(path.read_text(encoding="utf-8") + "\n又一句。\n", encoding="utf-8")
    assert bench.check().is_published


# Of rows in the cache.
KINDS = (
    *("archive", "bare", "content", "digests", "facts", "folder", "known", "listed", "made", "memory", "page", "part"),
    *("pending", "reads", "share", "site", "table", "text"),
)


def test_a_row_that_was_changed_and_one_of_another_version_are_never_believed(bench: Bench) -> None:
    bench.check()
    file = kept_folder(bench.project, bench.out) / "build.sqlite"
    path = bench.project / "content/profiles/wang-fang.md"
    texts = [path.read_text(encoding="utf-8") + f"\n又{number}句。\n" for number in range(2)]
    sites = []
    for text in texts:
        path.write_text(text, encoding="utf-8")
        sites.append(bench.whole())
    for number, change in enumerate(
        (
            "UPDATE rows SET data = replace(data, '李明', '李朋') WHERE kind IN ('facts', 'text')",
            "UPDATE rows SET data = (SELECT data FROM rows WHERE kind = 'digests') WHERE kind = 'site'",
            *(f"DELETE FROM rows WHERE kind = '{kind}'" for kind in KINDS),
            *(f"DELETE FROM rows WHERE kind = '{kind}' AND key LIKE '%a%'" for kind in KINDS),
            "UPDATE rows SET data = x'00' WHERE kind = 'version'",
            "DROP TABLE rows",
        )
    ):
        connection = sqlite3.connect(file)
        with connection:
            connection.execute(change)
        connection.close()
        path.write_text(texts[number % 2], encoding="utf-8")
        report = bench.build()
        files, problems = sites[number % 2]
        assert sorted(set(report.problems)) == sorted(set(problems)), change
        assert_same(files, bench.written())
        print(f"survived: {change}")
    bench.check()


def test_what_did_not_change_is_neither_made_nor_written(bench: Bench) -> None:
    bench.check()
    times = {path: path.stat().st_mtime_ns for path in bench.out.rglob("*") if path.is_file()}
    report = bench.build()
    assert (report.written, report.removed, report.unchanged) == (0, 0, len(times) - 1)
    path = bench.project / "content/profiles/wang-fang.md"
    path.write_text(path.read_text(encoding="utf-8") + "\n又一句。\n", encoding="utf-8")
    report = bench.check()
    changed = {
        path.relative_to(bench.out).as_posix() for path, time in times.items() if path.stat().st_mtime_ns != time
    }
    assert {"people/wang-fang.html", "people/wang-fang.tei.xml", "people/wang-fang.md", "SHA256SUMS"} <= changed
    assert not [address for address in changed if "li-ming" in address or address.startswith("timeline")]
    assert report.written == len(changed)


TWICE = """---
name: 王贵
pinyin: Wáng Guì
unit: 东河县水文站
region: 南江省/东河县
dates: [2003-07-13, 2003-12]
author:
---
王贵。
"""


@pytest.fixture
def made(monkeypatch: pytest.MonkeyPatch) -> list[Unit]:
    """Take note of the units that are made."""
    found: list[Unit] = []

    def noted(workshop: Workshop, unit: Unit, before: Mapping[str, Before], **how: bool) -> Made:
        found.append(unit)
        return make_unit(workshop, unit, before, **how)

    monkeypatch.setattr("builder.engine.room.make_unit", noted)
    return found


def test_of_divided_lists_only_what_leads_to_a_new_person_is_made_again(
    bench: Bench, made: list[Unit], monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("lists", "indexes"):  # so that even a short list has many pages
        monkeypatch.setattr(f"builder.archive.{name}.arrange", partial(arrange, room=200))
    monkeypatch.setattr("builder.archive.indexes.ROOM", 200)
    bench.check()
    assert all(sum(unit[0] == kind for unit in made) > 2 for kind in ("people-part", "organisations-part", "log-part"))
    made.clear()
    path = bench.project / "content/profiles/wang-gui.md"
    path.write_text(
        "---\nname: 王贵\npinyin: Wáng Guì\nunit: 东河县水文站\nregion: 南江省/东河县\nadded: 2026-04-20\n---\n王贵。\n"
    )
    bench.check()
    assert {key for kind, key in made if kind == "people-part"} == {"", "w"}
    assert {key for kind, key in made if kind == "log-part"} == {"", "2026-04", "2026-04/20"}
    assert {key for kind, key in made if kind == "organisations-part"} == {"", "n"}


def test_only_the_months_and_days_of_new_events_are_made_again(
    bench: Bench, made: list[Unit], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("builder.archive.days.arrange", partial(arrange, room=100))  # so that days have pages
    bench.check()
    assert {("", 2003, 7, 12), ("", 2003, 7, 13), ("", 2003, 7, 0)} <= {key for kind, key in made if kind == "day"}
    made.clear()
    path = bench.project / "content/profiles/wang-gui.md"
    path.write_text(TWICE, encoding="utf-8")
    assert bench.check().is_published
    months = {key[1] for kind, key in made if kind == "month" and not key[0]}
    assert months == {(2003, 7), (2003, 10), (2003, 12), (2004, 5)}, "and those that lead to the new month"
    assert {key for kind, key in made if kind == "day" and not key[0]} == {("", 2003, 7, 13), ("", 0, 0, 0)}


@pytest.mark.parametrize(("room", "size"), [("pages.ways", 3_100), ("archive.days", 750)])
def test_a_timeline_that_becomes_too_long_for_its_page_is_divided(
    room: str, size: int, bench: Bench, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(f"builder.{room}.ROOM", size)  # with its picture, or by its events alone
    path = bench.project / "content/profiles/wang-gui.md"
    bench.check()
    assert not (bench.out / "timeline/vague.html").exists()
    path.write_text(TWICE, encoding="utf-8")
    assert bench.check().is_published
    assert (bench.out / "timeline/vague.html").exists()
    path.unlink()
    bench.check()
    assert not (bench.out / "timeline/vague.html").exists()


def shares(bench: Bench) -> dict[str, bytes]:
    """Return the digest of what each record gives to the exports that hold all."""
    with closing(sqlite3.connect(cache_file(bench))) as base:
        return dict(base.execute("SELECT key, sum FROM rows WHERE kind = 'share'"))


def test_exports_that_hold_all_are_put_together_from_what_each_record_gives(
    bench: Bench, monkeypatch: pytest.MonkeyPatch
) -> None:
    reads: list[int] = []

    def watched(*arguments: Any) -> Made:
        made = make_data(*arguments)
        reads.extend(made.reads)
        return made

    monkeypatch.setattr("builder.engine.build.make_data", watched)
    bench.check()
    assert reads
    before = shares(bench)
    path = bench.project / "content/profiles/wang-fang.md"
    text = path.read_text(encoding="utf-8")
    new = path.with_name("zhao-xin.md")
    lines = text.replace("name: 王芳", "name: 赵新").replace("Wáng Fāng", "Zhào Xīn").split("\n")
    new.write_text("\n".join(line for line in lines if not line.startswith("aliases")), encoding="utf-8")
    reads.clear()
    assert bench.check().is_published  # data/*.csv, archive.json and timeline.ics, too, are as a clean build makes them
    after = shares(bench)
    assert {name for name in before | after if before.get(name) != after.get(name)} == {"person/zhao-xin"}
    assert key_of("people", KEYS) in reads
    for file in ("li-ming.md", "wang-fang.md", "zhao-xin.md"):  # no profile is looked into
        assert {key_of(part, f"content/profiles/{file}") for part in ("facts", "text")}.isdisjoint(reads)
    new.unlink()
    bench.check()
    assert shares(bench) == before
    reads.clear()
    path.write_text(text + "\n又一句。\n", encoding="utf-8")
    bench.check()
    assert shares(bench) == before
    assert not reads  # nothing that they show has changed


def test_a_check_uses_what_a_build_has_left_and_writes_no_site(bench: Bench) -> None:
    site = Bench(bench.program, bench.project, bench.program / build.OUT)
    path = bench.project / "content/profiles/wang-fang.md"
    text = path.read_text(encoding="utf-8")
    path.write_text(text + "\n[无处](person:mei-you)\n", encoding="utf-8")
    assert sorted(set(build.find_problems(bench.project, ()))) == sorted(set(site.whole()[1]))
    assert not (bench.project / CACHE).exists()
    path.write_text(text, encoding="utf-8")
    site.check()
    before = site.written()
    for words in ("[无处](person:mei-you)", "又一句。"):
        path.write_text(f"{text}\n{words}\n", encoding="utf-8")
        for published in ((), ("people/wang-fang.html", "people/mei-you.html")):
            found = build.find_problems(bench.project, published)
            assert sorted(set(found)) == sorted(set(build.make_site(bench.project, published)[1]))
    assert_same(before, site.written())
    assert site.check().is_published


def test_another_process_sees_of_a_large_folder_what_this_one_would(bench: Bench) -> None:
    bench.build()
    for large in ("people/", "search/", "nowhere/"):
        sight = Sight(bench.out, large)
        assert sight.folders == folders_below(bench.out)
        sight.close()
    Sight(bench.out, "people/").close()  # nobody wanted to know


def test_relations_and_what_is_large_are_the_same_where_processes_of_their_own_make_them(
    bench: Bench, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("reading.MANY", "work.MANY", "build.WORTH"):
        monkeypatch.setattr(f"builder.engine.{name}", 1)
    path = bench.project / "content/profiles/wang-fang.md"
    for name in ("王芳", "王方"):
        path.write_text(path.read_text(encoding="utf-8").replace("name: 王芳", f"name: {name}"), encoding="utf-8")
        report = bench.build(jobs=2)
        files, problems = bench.whole()
        assert sorted(set(report.problems)) == sorted(set(problems))
        assert_same(files, bench.written())
    with sqlite3.connect(cache_file(bench)) as base:
        base.execute("UPDATE rows SET data = x'00' WHERE kind = 'digests'")
    path.write_text(path.read_text(encoding="utf-8").replace("name: 王方", "name: 王芳"), encoding="utf-8")
    bench.build(jobs=2)
    assert_same(bench.whole()[0], bench.written())


def test_where_nothing_changed_nothing_that_makes_pages_is_even_imported(bench: Bench) -> None:
    seen = "import sys, build; code = build.main(); print(*sorted(sys.modules)); sys.exit(code)"
    words = [sys.executable, "-c", seen, *command(bench)[2:]]
    imported = []
    for _ in range(2):
        done = subprocess.run(words, capture_output=True, encoding="utf-8", cwd=ROOT)
        assert done.returncode == 0, done.stderr
        imported.append({name for name in done.stdout.split() if name.startswith("builder.")})
    needless = {"builder.pages", "builder.search", "builder.exports", "builder.archive", "builder.content"}
    assert needless < imported[0]
    assert needless.isdisjoint(imported[1])


def test_what_lies_behind_a_link_to_a_folder_is_looked_at_each_time(bench: Bench) -> None:
    behind = bench.project.parent / "behind"
    (bench.project / "content/profiles").rename(behind)
    (bench.project / "content/profiles").symlink_to(behind, target_is_directory=True)
    bench.check()
    path = behind / "wang-fang.md"
    path.write_text(path.read_text(encoding="utf-8") + "\n又一句。\n", encoding="utf-8")
    bench.check()


def test_what_other_packages_have_made_is_not_believed_by_the_search(bench: Bench) -> None:
    bench.check()
    with closing(Memory(cache_file(bench).with_name(SEARCH_MEMORY))) as memory:
        address = next(address for address in memory.sums() if address.startswith("search/characters/"))
        data = json.dumps({"甲": "bing"})
        memory.put_data([(address, data)])
        memory.put_sums([(address, script_sum(data))])
        memory.keep()
    (bench.program / "requirements.txt").write_text("pypinyin==99\n", encoding="utf-8")
    code_version.cache_clear()
    assert bench.check().is_published


@pytest.mark.parametrize(
    "change",
    [
        "UPDATE file SET sum = 'x' WHERE address LIKE 'search/text/%'",
        "DELETE FROM file WHERE address = (SELECT max(address) FROM file WHERE address LIKE 'search/text/%')",
        "UPDATE fact SET value = '甲' WHERE name = 'present'",
        "UPDATE fact SET value = '9' WHERE name = 'characters'",
        "DELETE FROM part WHERE name = (SELECT min(name) FROM part)",
        "DELETE FROM data",
    ],
)
def test_a_damaged_memory_of_the_search_is_never_believed(bench: Bench, change: str) -> None:
    bench.check()
    with closing(sqlite3.connect(cache_file(bench).with_name(SEARCH_MEMORY))) as base, base:
        assert base.execute(change).rowcount > 0
    path = bench.project / "content/profiles/wang-fang.md"
    path.write_text(path.read_text(encoding="utf-8") + "\n又一句。\n", encoding="utf-8")
    assert bench.check().is_published


def test_an_edit_that_is_taken_back_after_a_build_that_did_not_end_leaves_nothing(
    bench: Bench, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = bench.project / "content/profiles/wang-fang.md"
    text = path.read_text(encoding="utf-8")
    bench.check()
    path.write_text(text + "\n又一句。\n", encoding="utf-8")

    def interrupted(self: Reading) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as patched:
        patched.setattr(Reading, "_remember", interrupted)
        with pytest.raises(KeyboardInterrupt):
            bench.build()
    path.write_text(text, encoding="utf-8")
    (bench.out / "people/wang-fang.html").unlink()  # so that it is made of what is kept
    assert bench.check().is_published


@pytest.mark.parametrize("name", ["./sources/li-ming.txt", "sources//li-ming.txt", "../content/sources/li-ming.txt"])
def test_a_received_text_by_another_name_is_looked_at_like_any(bench: Bench, name: str) -> None:
    path, source = bench.project / "content/profiles/li-ming.md", bench.project / "content/sources/li-ming.txt"
    path.write_text(path.read_text(encoding="utf-8").replace("sources/li-ming.txt", name), encoding="utf-8")
    received = source.read_bytes()
    assert bench.check().is_published
    for data in (received + "。".encode(), None, received):
        if data is None:
            source.unlink()
        else:
            source.write_bytes(data)
        assert bench.check().is_published is (data == received)


@pytest.mark.parametrize("name", ["sources/li-mina.txt", f"sources/{'长' * 90}.txt", "../README.md"])
def test_what_may_have_been_meant_by_a_missing_text_is_said_of_what_is_there_now(bench: Bench, name: str) -> None:
    path = bench.project / "content/profiles/li-ming.md"
    path.write_text(path.read_text(encoding="utf-8").replace("sources/li-ming.txt", name), encoding="utf-8")
    (bench.project / "README.md").write_text("甲\n", encoding="utf-8")
    bench.check()
    for file in ("li-minb.txt", f"{'长' * 80}.txt", "README.md"):
        (bench.project / "content/sources" / file).write_text("乙\n", encoding="utf-8")
        bench.check()
    for file in ("li-minb.txt", "li-ming.txt"):
        (bench.project / "content/sources" / file).unlink()
        bench.check()


def test_a_dead_link_of_the_navigation_is_told_where_it_stands_now(bench: Bench) -> None:
    path = bench.project / "site.yaml"
    text = path.read_text(encoding="utf-8").replace("href: people.html", "href: nobody.html")
    for head in ("", "# 一行\n", "# 一行\n# 又一行\n"):
        path.write_text(head + text, encoding="utf-8")
        assert "dead-link" in {problem.rule for problem in bench.check().problems}


def test_no_file_is_moved_through_a_link_that_somebody_has_made_in_the_site(bench: Bench) -> None:
    bench.check()
    foreign = bench.project.parent / "foreign"
    (bench.out / "people").rename(foreign)
    (bench.out / "people").symlink_to(foreign, target_is_directory=True)
    before = {path: path.read_bytes() for path in foreign.rglob("*") if path.is_file()}
    path = bench.project / "content/profiles/wang-fang.md"
    path.write_text(path.read_text(encoding="utf-8") + "\n又一句。\n", encoding="utf-8")
    assert bench.check().is_published
    assert not (bench.out / "people").is_symlink()
    assert {path: path.read_bytes() for path in foreign.rglob("*") if path.is_file()} == before


@pytest.mark.skipif(sys.platform == "win32", reason="Windows locks by another call")
def test_a_disk_that_cannot_lock_is_told_of_and_nobody_waits(bench: Bench, monkeypatch: pytest.MonkeyPatch) -> None:
    def refused(descriptor: int, how: int) -> None:
        raise OSError(errno.ENOLCK, os.strerror(errno.ENOLCK))

    monkeypatch.setattr("fcntl.flock", refused)
    with pytest.raises(OSError, match="--cache"):
        bench.build()
