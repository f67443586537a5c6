"""The incremental build: after any edit, the site is byte for byte the one that a build of everything gives."""

import shutil
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from random import Random

import pytest
from jinja2 import Environment

import build
from builder.engine import CACHE, Options, Report, build_site
from builder.engine.version import templates_version
from builder.output import MARKER
from builder.problems import Problem, has_errors
from builder.render import template_environment

ROOT = Path(__file__).resolve().parent.parent
STEPS = 240
SEEDS = (1, 2)


@dataclass
class Bench:
    """An archive that is edited and built, with templates and style sheets of its own."""

    program: Path
    project: Path
    out: Path

    def build(self, **options: object) -> Report:
        """Build what has changed."""
        return build_site(self.program, self.project, self.out, Options(jobs=1, **options))  # type: ignore[arg-type]

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
    project = Path(shutil.copytree(ROOT / "tests/site", tmp_path / "project"))
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
    before = bench.written()
    bench.build(clean=True)
    assert_same(before, bench.written())


def cache_file(bench: Bench) -> Path:
    return bench.out.parent / CACHE / bench.out.name / "build.sqlite"
