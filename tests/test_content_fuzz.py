"""Whatever an editor puts into the content: no exception, every problem at a place that is there, nothing lost.

The small archive is spoiled at random and goes through the whole pipeline. ``FUZZ=3000`` tries so many; the few of an
ordinary run are always the same, so that no change of content fails for a reason that is not its own.
"""

import functools
import os
import posixpath
import shutil
import tempfile
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import build
from builder import urls
from builder.content import GOOD_ID
from builder.files import read_text
from builder.output import OutputFile
from builder.problems import Problem, format_github, format_json, format_problems
from builder.render import template_environment
from builder.rules import all_rules
from builder.source import read_line

SITE = Path(__file__).resolve().parent / "site"
FILES = sorted(path.relative_to(SITE).as_posix() for path in SITE.rglob("*") if path.is_file())
RULES = all_rules()
COUNT = int(os.environ.get("FUZZ", "0"))

SIGNS = [
    *("[", "]", "{", "}", ": ", "：", "- ", "，", "“", "”", '"', "'", "#", " #", "|", ">", "&a", "*a", "!!x", "<<: "),
    *("---", "--- ", "...", "%YAML", "? ", "\t", "\n", "\n\n", "\r", "\0", "\7", "\x85", "\u2028", "\ufeff", "\u200b"),
    *("{~~", "~>", "~~}", "{++", "++}", "{--", "--}", "{==", "==}", "{>>", "<<}", "断页", "```\n", "**", "_", "\\"),
    *("](", "![", "[x](person:", "[x](organisation:", "[x](region:东河)", "(#p1)", "<script>", "<!--", "&#0;", "&lt;"),
    *("[x](http://[)", "[x](//a/b)", "[x](javascript:1)", "![x](../../site.yaml)", "![x](.)", "![x](a/../shuichi.svg)"),
    *("[x](../../../x)", "[x](?)", "[x](%)", "[x](/)", "[x](a\\b)", "[x](about.html#)", "[x](tel:)", "<a@b>", "\u202e"),
    *("2004", "0000", "2004-02-30", "[2004..]", "{2004,2005}", "2004/..", "../2004", "9999-12-31", "0001-01/9999-12"),
    *("# ", "## x {#p1}\n", "1. ", "> ", "* ", "| a | b |\n| - | - |\n", "😀", "𠮷", "e\u0301", "李明", "東"),
    *("长" * 300, "x" * 3000),
    *("｛～～", "～＞", "～～｝", "{——", "【x】（person：", "[x] (region:东河)", "[x](机构:x)", "[x](person：li-ming)"),
    *("⻓", "⼀", "\ufa76", "甲\u200d乙", "\u00a0", "\u3000", "<<<<<<< HEAD\n", "=======\n", ">>>>>>> x\n"),
    *("南江省／东河县", "南江省、东河县", "南江省东河县", "donghe-shuiwn", "2204-05-01", "Lǐ Míng", "Lĭ", "Li Ming"),
]  # fmt: skip
VALUES = [
    *("", "[]", "{}", "[[甲]]", "{甲: {乙: 丙}}", "[{甲: 乙}]", "~", "null", "1e999", "2004-05-01", ".", "..", "/"),
    *("../../x", "/etc/passwd", "C:\\x", "li-ming", "li-ming-2", "donghe", "东河县", "县水文站", "南江省/东河县", "a"),
    *("http://[", "https://", "javascript:1", "mailto:", "withdrawn", "page", "section", "listed", "inferred", "#p1"),
    *("sources/li-ming.txt", "sources", "../site.yaml", "张三", "Zhāng", "·", "《》", "😀", "9999-12-31", "0001-01"),
    *("ordered", "长" * 300),
]  # fmt: skip
NAMES = [
    *("A b.md", "张三.md", "index.md", "people.md", "404.md", "con.md", ".md", "a.b.md", "-.md", "a--b.md", "x.MD"),
    *("x.txt", "长" * 60 + ".md", "a" * 200 + ".md", "donghe.md", "li-ming.md", "x\\y.md", "%2e.md", "a&b<c>.md"),
    *("~$x.docx", "x.svg", "nul.md", "com1.md", "姓名的拼音.md", "Li-Ming.md", "Shuichi.svg", "x.png"),
]  # fmt: skip
KEYS = ["person: li-ming", "person: wang-fang", "status: withdrawn", "aliases: [li-ming]", "parent: donghe"]
ENCODINGS = ["gb18030", "utf-16", "utf-8-sig", "utf-16-be", "utf-32"]

Spoil = Callable[[Path], object]


@st.composite
def spoilings(draw: st.DrawFn) -> Spoil:
    """Return one thing that can happen to a file of the small archive."""
    file = draw(st.sampled_from([*FILES, *["content/profiles/li-ming.md"] * 8]))
    kind = draw(st.sampled_from([*["sign", "value"] * 5, *["line", "bytes"] * 2, "key", "name", "encoding"]))
    at, more = draw(st.integers(0, 1000)), draw(st.integers(0, 30))
    if kind == "sign":
        sign = draw(st.sampled_from(SIGNS))
        return lambda site: edit(site / file, lambda text: with_sign(text, at, sign, more % 4))
    if kind == "value":
        value = draw(st.sampled_from(VALUES))
        return lambda site: edit(site / file, lambda text: with_value(text, at, value))
    if kind == "bytes":
        data = draw(st.binary(max_size=6))
        return lambda site: edit_bytes(site / file, lambda old: with_bytes(old, at, data, more))
    if kind == "line":
        return lambda site: edit(site / file, lambda text: with_line_moved(text, at, more))
    if kind == "encoding":
        encoding = draw(st.sampled_from(ENCODINGS))
        return lambda site: edit_bytes(site / file, lambda old: old.decode("utf-8", "replace").encode(encoding))
    if kind == "name":
        name = draw(st.sampled_from(NAMES))
        return lambda site: move(site / file, name, is_copy=bool(more % 2))
    key = draw(st.sampled_from(KEYS))
    return lambda site: edit(site / file, lambda text: text.replace("---\n", f"---\n{key}\n", 1))


def edit(path: Path, change: Callable[[str], str]) -> None:
    """Change a file as text, with the bytes of its line ends."""
    edit_bytes(path, lambda old: change(old.decode("utf-8", "replace")).encode("utf-8", "replace"))


def edit_bytes(path: Path, change: Callable[[bytes], bytes]) -> None:
    """Change a file, unless it has been renamed before."""
    if path.is_file():
        path.write_bytes(change(path.read_bytes()))


def with_sign(text: str, at: int, sign: str, lost: int) -> str:
    """Return a text with a sign in it, in the place of some characters, so many thousandths from its start."""
    start = at * len(text) // 1000
    return text[:start] + sign + text[start + lost :]


def with_bytes(old: bytes, at: int, data: bytes, lost: int) -> bytes:
    """Return bytes with others in them, so many thousandths from their start."""
    start = at * len(old) // 1000
    return old[:start] + data + old[start + lost :]


def with_value(text: str, at: int, value: str) -> str:
    """Return a text with another value after the key on one of its lines that have one."""
    lines = text.split("\n")
    keyed = [number for number, line in enumerate(lines) if ": " in line or line.endswith(":")]
    if keyed:
        number = keyed[at % len(keyed)]
        lines[number] = lines[number].partition(":")[0] + ": " + value
    return "\n".join(lines)


def with_line_moved(text: str, at: int, to: int) -> str:
    """Return a text with one of its lines, or a copy of it, or nothing, at another place."""
    lines = text.split("\n")
    line = lines[at % len(lines)] if at % 3 == 0 else lines.pop(at % len(lines))
    if at % 3 < 2:
        lines.insert(to % (len(lines) + 1), ("  " if to % 5 == 0 else "") + line)
    return "\n".join(lines)


def move(path: Path, name: str, *, is_copy: bool) -> None:
    """Give a file another name, or put a copy of it under that name."""
    if path.is_file() and path.name != name:
        shutil.copyfile(path, path.with_name(name))
        if not is_copy:
            path.unlink()


@pytest.fixture(scope="module", autouse=True)
def templates_are_compiled_once() -> object:
    """Spare every example the time to compile the same templates."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(build, "template_environment", functools.cache(template_environment))
        yield


@settings(max_examples=COUNT or 40, deadline=None, derandomize=not COUNT, database=None)
@given(st.lists(spoilings(), min_size=1, max_size=3))
def test_no_content_breaks_the_build_or_is_lost_in_silence(spoiled: list[Spoil]) -> None:
    with tempfile.TemporaryDirectory() as folder:
        site = Path(shutil.copytree(SITE, Path(folder) / "site"))
        for spoil in spoiled:
            spoil(site)
        files, problems = build.make_site(site)
        assert_problems_can_be_shown(site, problems)
        assert_addresses_are_safe(files)
        assert_nothing_is_lost(site, files, problems)


@settings(max_examples=COUNT or 150, deadline=None, derandomize=not COUNT, database=None)
@given(st.lists(spoilings(), min_size=1, max_size=4))
def test_no_content_breaks_the_reading_or_the_rules(spoiled: list[Spoil]) -> None:
    with tempfile.TemporaryDirectory() as folder:
        site = Path(shutil.copytree(SITE, Path(folder) / "site"))
        for spoil in spoiled:
            spoil(site)
        assert_problems_can_be_shown(site, build.read_archive(site)[1])


def assert_problems_can_be_shown(site: Path, problems: list[Problem]) -> None:
    """Each is of a rule that is known, at a place that is there, and can be printed in every form."""
    for problem in problems:
        place = problem.place
        assert problem.rule in RULES
        assert problem.level in RULES[problem.rule].level
        assert problem.message and problem.mend and problem.width >= 1
        assert (site / place.file).exists() or (place.file, problem.rule) == ("site.yaml", "unreadable"), problem
        text, _, _ = read_text(site, place.file)
        lines = (text or "").split("\n")
        assert 1 <= place.line <= len(lines), problem
        assert 1 <= place.column <= len(lines[place.line - 1]) + 1, problem
    printed = format_problems(problems, functools.partial(read_line, site))
    assert printed.count("改法：") >= len(set(problems))
    format_github(problems).encode("utf-8")
    format_json(problems).encode("utf-8")


def assert_addresses_are_safe(files: list[OutputFile]) -> None:
    """No file is written outside the site's folder, or over another."""
    addresses = [file.address for file in files]
    assert len(addresses) == len(set(addresses))
    for address in addresses:
        assert address == posixpath.normpath(address)
        assert not address.startswith(("/", "..")) and "\\" not in address and address.isprintable()
        assert max(len(part.encode()) for part in address.split("/")) <= 255, address


def assert_nothing_is_lost(site: Path, files: list[OutputFile], problems: list[Problem]) -> None:
    """Every profile and page is on the site, or has an error that says why not."""
    addresses = {file.address for file in files}
    pages = b"".join(file.content for file in files if file.address.startswith("people/"))
    told = {problem.place.file for problem in problems if problem.level == "error"}
    for path in (site / "content").rglob("*"):
        file = path.relative_to(site).as_posix()
        folder = path.parent.name
        if path.is_dir() or file in told or folder == "sources" or path.name.startswith((".", "~")):
            continue
        if path.suffix in (".svg", ".png"):
            continue
        assert path.suffix == ".md" and GOOD_ID.fullmatch(path.stem), file
        if folder == "profiles":
            section = f'id="{urls.section(path.stem)}"'.encode()
            assert urls.person(path.stem) in addresses or section in pages, file
        if folder == "pages":
            assert urls.page(path.stem) in addresses, file
