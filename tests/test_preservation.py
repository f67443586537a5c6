"""Addresses never die, checksums are right, a bag is a bag to others, and verify tells whatever befell a copy."""

import hashlib
import http.server
import os
import shutil
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import NoReturn

import bagit
import pytest
from hypothesis import given
from hypothesis import strategies as st

import build
from builder.output import ForeignFolderError, OutputFile
from builder.preservation.addresses import NotAListError, address_list, check_addresses, read_address_list
from builder.preservation.bag import write_bag
from builder.preservation.checksums import checksums, manifest, read_list
from builder.preservation.verify import Difference, Kind, verify

ROOT = Path(__file__).resolve().parent.parent
GONE = "---\nname: 甲\nstatus: withdrawn\nwithdrawn: 2026-05-01\naliases: [jia-old]\n---\n甲的事。\n"


def addresses(site: Path) -> list[str]:
    """Return what addresses.txt of a project's site lists."""
    return next(file.content for file in build.make_site(site)[0] if file.address == "addresses.txt").decode().split()


def vanished(site: Path, published: list[str]) -> list[str]:
    """Return the messages about addresses that a project's site has no longer."""
    return [problem.message for problem in build.make_site(site, published)[1] if problem.rule == "address-vanished"]


def bag(project: Path, out: Path, *options: str) -> int:
    """Run the command."""
    return build.main(["bag", "--project", str(project), "--out", str(out), *options])


def contents(folder: Path) -> dict[str, bytes]:
    """Return every file of a folder."""
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


# Addresses


def test_every_page_and_file_is_listed_once_and_in_order(small_site: Path) -> None:
    files, _ = build.make_site(small_site)
    listed = addresses(small_site)
    assert listed == sorted(file.address for file in files if not file.address.startswith(("static/", "search/")))
    assert {"index.html", "people/li-ming.html", "people/shuichi.svg", "addresses.txt", "SHA256SUMS"} <= set(listed)


def test_a_site_has_all_addresses_of_itself(small_site: Path) -> None:
    assert vanished(small_site, addresses(small_site)) == []


def test_a_profile_taken_away_is_one_mistake_and_an_alias_mends_it(small_site: Path) -> None:
    published = addresses(small_site)
    profiles = small_site / "content/profiles"
    shutil.move(profiles / "wang-fang.md", profiles / "wang-fang-2.md")
    assert [message.split("“")[1].split("”")[0] for message in vanished(small_site, published)] == [
        "people/wang-fang.html"
    ]
    text = (profiles / "wang-fang-2.md").read_text(encoding="utf-8")
    (profiles / "wang-fang-2.md").write_text(text.replace("aliases: [", "aliases: [wang-fang, "), encoding="utf-8")
    assert vanished(small_site, published) == []


def test_a_tombstone_stands_for_all_files_of_whoever_is_withdrawn(small_site: Path) -> None:
    profile = small_site / "content/profiles/jia.md"
    shutil.copy(small_site / "content/profiles/li-ming-2.md", profile)
    published = [*addresses(small_site), "people/jia-old.html", "people/jia-old.tei.xml"]
    assert "people/jia.tei.xml" in published
    profile.write_text(GONE, encoding="utf-8")
    files, problems = build.make_site(small_site, published)
    assert problems == []
    assert {file.address for file in files if file.address.startswith("people/jia")} == {
        "people/jia.html",
        "people/jia-old.html",
    }


def test_a_format_no_longer_made_is_missed(small_site: Path) -> None:
    published = addresses(small_site)
    with (small_site / "site.yaml").open("a", encoding="utf-8") as settings:
        settings.write("exports: [tei]\n")
    missed = {message.split("“")[1].split("”")[0] for message in vanished(small_site, published)}
    assert "people/li-ming.bib" in missed
    assert not any(address.endswith((".html", ".tei.xml")) for address in missed)


def test_former_addresses_lead_on_or_are_given_up(small_site: Path) -> None:
    published = ["timeline/2003-06.html", "organisations/x.html", "organisations/x.json", "people/a.jpg", "index.html"]
    assert len(vanished(small_site, published)) == 3
    with (small_site / "site.yaml").open("a", encoding="utf-8") as settings:
        settings.write(
            "former:\n- {address: timeline/2003-06.html, now: timeline.html}\n- {address: organisations/x.html}\n"
            "- {address: people/a.jpg}\n- {address: index.html}\n"
        )
    files, problems = build.make_site(small_site, published)
    assert problems == []
    pages = {file.address: file.content.decode() for file in files if file.address.endswith(".html")}
    assert 'content="0; url=../timeline.html"' in pages["timeline/2003-06.html"]
    assert "应请求撤下" in pages["organisations/x.html"]
    assert "应请求撤下" not in pages["index.html"]
    assert len(files) == len({file.address for file in files})


def test_a_former_address_that_leads_nowhere_is_said_at_its_line(small_site: Path) -> None:
    with (small_site / "site.yaml").open("a", encoding="utf-8") as settings:
        settings.write("former:\n- {address: a.html, now: timline.html}\n")
    problems = build.make_site(small_site)[1]
    assert [(problem.rule, problem.place.file) for problem in problems] == [("dead-link", "site.yaml")]
    assert "timeline.html" in problems[0].mend


@pytest.mark.parametrize("line", ["<html>", "../x", "/x", "a//b", 'x" y', "x\x00", "\\x"])
def test_what_is_no_list_is_refused(line: str) -> None:
    with pytest.raises(NotAListError) as error:
        read_address_list(f"index.html\n\n{line}\n".encode())
    assert error.value.args == (3,)


def test_a_list_is_read_whatever_its_line_ends() -> None:
    assert read_address_list(b"\xef\xbb\xbfa.html\r\n\r\nb/c.json") == ("a.html", "b/c.json")


def test_check_against_a_list_fails_and_says_what_to_do(
    small_site: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    published = tmp_path / "published.txt"
    published.write_text("index.html\npeople/zhang-san.html\n", encoding="utf-8")
    command = ["check", "--project", str(small_site), "--format", "text", "--against"]
    assert build.main([*command, str(published)]) == 1
    printed = capsys.readouterr().err
    assert "people/zhang-san.html" in printed
    assert "aliases: [zhang-san]" in printed
    published.write_text("index.html\n", encoding="utf-8")
    assert build.main([*command, str(published)]) == 0
    published.write_text("<!DOCTYPE html>\n", encoding="utf-8")
    assert build.main([*command, str(published)]) == 2
    assert build.main([*command, str(tmp_path / "none.txt")]) == 2
    assert "第 1 行" in capsys.readouterr().err


def test_a_file_beside_a_page_that_stays_is_not_excused_by_another_page() -> None:
    addresses = ["people/a.html", "people/b.html"]
    found = check_addresses(["people/a.bib", "people/b.bib"], addresses, former=["people/a.html"])
    assert ["people/b.bib" in problem.message for problem in found] == [True]


# The live site


@contextmanager
def server(status: int, kind: str, body: str) -> Iterator[str]:
    """Serve one answer to everything; give the address."""

    class Answer(http.server.BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            self.send_response(status)
            self.send_header("Content-Type", kind)
            self.end_headers()
            self.wfile.write(body.encode())

        def log_message(self, format: str, *args: object) -> None:
            pass

    web = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Answer)
    threading.Thread(target=web.serve_forever, daemon=True).start()
    try:
        yield f"http://127.0.0.1:{web.server_port}/archive/"
    finally:
        web.shutdown()
        web.server_close()


@pytest.mark.parametrize(
    "status, kind, body, code",
    [
        (200, "text/plain; charset=utf-8", "index.html\npeople.html\n", 0),
        (200, "text/plain", "index.html\npeople/nobody.html\n", 1),
        (200, "text/html; charset=utf-8", "<p>Sign in", 0),
        (404, "text/html", "", 0),
        (403, "text/plain", "", 0),
        (500, "text/plain", "", 1),
    ],
)
def test_the_live_site_is_asked_before_publishing(
    status: int, kind: str, body: str, code: int, without: Callable[[str], NoReturn]
) -> None:
    if shutil.which("curl") is None or shutil.which("bash") is None:
        without("curl")
    with server(status, kind, body) as address:
        environment = {**os.environ, "PUBLISHED_AT": address, "PYTHON": sys.executable, "no_proxy": "127.0.0.1"}
        result = subprocess.run(["bash", ".ci/published"], cwd=ROOT, env=environment, capture_output=True)
    assert result.returncode == code, result.stderr.decode()
    assert (b"people/nobody.html" in result.stdout + result.stderr) == ("nobody" in body)


@pytest.mark.parametrize(
    "repository, asked",
    [
        ("Wang/archive", "https://Wang.github.io/archive/addresses.txt"),
        ("Wang/wang.github.io", "https://Wang.github.io/addresses.txt"),
    ],
)
def test_without_an_address_of_its_own_the_site_is_sought_where_the_forge_puts_it(
    tmp_path: Path, repository: str, asked: str, without: Callable[[str], NoReturn]
) -> None:
    if shutil.which("bash") is None:
        without("bash")
    curl = tmp_path / "curl"
    curl.write_text('#!/bin/sh\nfor word; do :; done\necho "$word" >&2\necho "404 text/html"\n', encoding="utf-8")
    curl.chmod(0o755)
    environment = {**os.environ, "PYTHON": sys.executable, "PATH": f"{tmp_path}{os.pathsep}{os.environ['PATH']}"}
    for name in ("PUBLISHED_AT", "CI_PAGES_URL"):
        environment.pop(name, None)
    environment["GITHUB_REPOSITORY"] = repository
    result = subprocess.run(["bash", ".ci/published"], cwd=ROOT, env=environment, capture_output=True, text=True)
    assert (result.returncode, result.stderr) == (0, f"{asked}\n")


# Checksums


def test_sha256sum_confirms_the_site(built_site: Path, without: Callable[[str], NoReturn]) -> None:
    listed = read_list((built_site / "SHA256SUMS").read_bytes(), "sha256", is_escaped=False)
    assert listed.bad_lines == ()
    assert set(listed.digests) == set(contents(built_site)) - {"SHA256SUMS", ".site"}
    assert list(listed.digests) == sorted(listed.digests)
    if shutil.which("sha256sum") is None:
        without("sha256sum")
    subprocess.run(["sha256sum", "--check", "--strict", "--quiet", "SHA256SUMS"], cwd=built_site, check=True)


def test_checksums_come_last_and_leave_themselves_out(small_site: Path) -> None:
    files, _ = build.make_site(small_site)
    assert files[-1] == checksums(files)
    assert b"  addresses.txt\n" in files[-1].content
    assert address_list(file.address for file in files) in files


@given(st.dictionaries(st.text(st.characters(exclude_characters="\0/", codec="utf-8"), min_size=1), st.binary()))
def test_a_manifest_is_read_back_whatever_the_names(files: dict[str, bytes]) -> None:
    made = manifest([OutputFile(f"data/x{name}", content) for name, content in files.items()], "sha256")
    listed = read_list(made, "sha256", is_escaped=True)
    expected = {f"data/x{name}": hashlib.sha256(content).hexdigest() for name, content in files.items()}
    # A manifest has no sign for the other ends of lines that a pattern's dot stops at: there is only the line feed.
    assert listed.digests == expected or not files
    assert (listed.bad_lines == ()) is bool(files)


# The bag


def test_others_confirm_the_bag(tmp_path: Path, small_site: Path, without: Callable[[str], NoReturn]) -> None:
    for project, options in ((ROOT, ()), (small_site, ("--with-sources", "--date", "2026-05-01"))):
        folder = tmp_path / f"bag{len(options)}"
        assert bag(project, folder, *options) == 0
        read = bagit.Bag(str(folder))
        read.validate()
        assert read.version_info == (1, 0)
        assert read.info.get("Bagging-Date", "") == "".join(options[2:])
        size, count = map(int, read.info["Payload-Oxum"].split("."))
        payload = [path for path in (folder / "data").rglob("*") if path.is_file()]
        assert (sum(path.stat().st_size for path in payload), len(payload)) == (size, count)
        result = subprocess.run([sys.executable, "-m", "bagit", "--validate", str(folder)], capture_output=True)
        assert result.returncode == 0, result.stderr.decode()
        if shutil.which("sha512sum") is None:
            without("sha512sum")
        for name in ("manifest-sha512.txt", "tagmanifest-sha512.txt"):
            subprocess.run(["sha512sum", "--check", "--strict", "--quiet", name], cwd=folder, check=True)


def test_others_see_one_changed_byte(tmp_path: Path, small_site: Path) -> None:
    assert bag(small_site, tmp_path / "bag") == 0
    page = tmp_path / "bag/data/site/index.html"
    page.write_bytes(page.read_bytes()[:-1] + b"x")
    with pytest.raises(bagit.BagValidationError):
        bagit.Bag(str(tmp_path / "bag")).validate()


def test_the_bag_holds_the_site_and_the_public_content(tmp_path: Path, small_site: Path) -> None:
    (small_site / "content/profiles/jia.md").write_text(GONE, encoding="utf-8")
    files, _ = build.make_site(small_site)
    assert bag(small_site, tmp_path / "bag") == 0
    held = contents(tmp_path / "bag/data")
    assert {name: content for name, content in held.items() if name.startswith("site/")} == {
        f"site/{file.address}": file.content for file in files
    }
    assert held["site.yaml"] == (small_site / "site.yaml").read_bytes()
    assert held["content/profiles/jia.md"].decode() == (
        "---\nstatus: withdrawn\nwithdrawn: 2026-05-01\naliases: [jia-old]\n---\n"
    )
    original = contents(small_site / "content")
    kept = {name.removeprefix("content/") for name in held if name.startswith("content/")}
    assert set(original) - kept == {"sources/li-ming.txt"}
    changed = {name for name in kept if held[f"content/{name}"] != original[name]}
    assert changed == {"profiles/li-ming.md", "profiles/jia.md"}
    lines = original["profiles/li-ming.md"].decode().splitlines()
    start = lines.index("private:")
    rest = lines[: start - 1] + lines[start + 3 :]  # with the remark above it, and the one that stands in for an item
    assert held["content/profiles/li-ming.md"].decode().splitlines() == rest


def test_the_public_bag_holds_no_markdown_that_is_no_content(tmp_path: Path, small_site: Path) -> None:
    names = [".draft.md", "~x.md", "README.md"]
    folder = small_site / "content/pages"
    folder.mkdir(exist_ok=True)
    for name in names:
        (folder / name).write_text("不公开", encoding="utf-8")
    assert bag(small_site, tmp_path / "bag") == 0
    assert not {f"content/pages/{name}" for name in names} & set(contents(tmp_path / "bag/data"))


def test_with_sources_it_holds_all_content_as_it_is(
    tmp_path: Path, small_site: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (small_site / "content/profiles/jia.md").write_text(GONE, encoding="utf-8")
    (small_site / "content/sources/原稿 100%.txt").write_bytes(b"\xff\n")
    (small_site / "content/.DS_Store").write_bytes(b"x")
    (small_site / "content/sources/link.txt").symlink_to(tmp_path)
    assert bag(small_site, tmp_path / "bag", "--with-sources") == 0
    assert "不可转交他人" in capsys.readouterr().out
    held = contents(tmp_path / "bag/data/content")
    assert set(contents(small_site / "content")) - set(held) == {".DS_Store"}
    assert held["sources/原稿 100%.txt"] == b"\xff\n"
    assert "不可公开" in (tmp_path / "bag/bag-info.txt").read_text(encoding="utf-8")
    assert verify(tmp_path / "bag").differences == ()


def test_a_bag_gives_way_to_the_next_and_nothing_else_does(
    tmp_path: Path, small_site: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    folder = tmp_path / "bag"
    assert bag(small_site, folder, "--with-sources") == 0
    assert bag(small_site, folder) == 0
    assert verify(folder).differences == ()
    assert not (folder / "data/content/sources").exists()
    (folder / "data/mine.txt").write_text("我的", encoding="utf-8")
    assert bag(small_site, folder) == 1
    assert "data/mine.txt" in capsys.readouterr().err
    assert (folder / "data/mine.txt").exists()
    foreign = tmp_path / "foreign"
    foreign.mkdir()
    (foreign / "bagit.txt").write_text("BagIt-Version: 1.0\n", encoding="utf-8")
    (tmp_path / "file").write_text("x", encoding="utf-8")
    for other in (foreign, tmp_path / "file", small_site):
        before = contents(other)
        assert bag(small_site, other) == 1
        assert contents(other) == before
    assert [path.name for path in tmp_path.iterdir() if path.name.startswith(".")] == []


def test_a_bag_that_cannot_be_finished_leaves_the_old_one(tmp_path: Path) -> None:
    folder = tmp_path / "bag"
    assert bag(ROOT / "tests/site", folder) == 0
    before = contents(folder)
    with pytest.raises(OSError):
        write_bag(folder, [OutputFile("a", b""), OutputFile("a/b", b"")])
    assert contents(folder) == before
    (folder / "bagit.txt").unlink()
    with pytest.raises(ForeignFolderError):  # now nobody can say what in it is somebody's own
        write_bag(folder, [OutputFile("a", b"")])
    assert list(tmp_path.iterdir()) == [folder]


def test_with_a_mistake_in_the_content_there_is_no_bag(tmp_path: Path, small_site: Path) -> None:
    (small_site / "content/profiles/wang-fang.md").write_text("---\nname: 王芳\n---\n", encoding="utf-8")
    assert bag(small_site, tmp_path / "bag") == 1
    assert not (tmp_path / "bag").exists()


@pytest.mark.parametrize(
    "options, epoch, day",
    [
        ((), "", None),
        ((), "1767225599", "2025-12-31"),
        ((), "x", 2),
        ((), "9" * 30, 2),
        (("--date", "2026-02-30"), "", 2),
        (("--date", "2026-05-01"), "0", "2026-05-01"),
    ],
)
def test_the_day_comes_from_outside_or_not_at_all(
    tmp_path: Path,
    small_site: Path,
    monkeypatch: pytest.MonkeyPatch,
    options: tuple[str, ...],
    epoch: str,
    day: str | int | None,
) -> None:
    monkeypatch.setenv("SOURCE_DATE_EPOCH", epoch)
    code = bag(small_site, tmp_path / "bag", *options)
    if isinstance(day, int):
        assert code == day
        assert not (tmp_path / "bag").exists()
    else:
        assert code == 0
        assert bagit.Bag(str(tmp_path / "bag")).info.get("Bagging-Date") == day


# Verify


@pytest.fixture(scope="module")
def copies(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Make a bag and a site of the small archive once."""
    base = tmp_path_factory.mktemp("copies")
    site = ROOT / "tests/site"
    assert bag(site, base / "bag", "--with-sources") == 0
    assert build.main(["--project", str(site), "--out", str(base / "site"), "--cache", str(base / "cache")]) == 0
    return base


@pytest.fixture(params=["bag", "site"])
def copy(request: pytest.FixtureRequest, copies: Path, tmp_path: Path) -> Path:
    """Return a copy of the bag, and of the site, to be damaged."""
    return Path(shutil.copytree(copies / request.param, tmp_path / "copy"))


def differences(folder: Path) -> set[tuple[Kind, str]]:
    """Return what verify tells of a folder, without its remarks."""
    return {(difference.kind, difference.path) for difference in verify(folder).differences}


def page(folder: Path, name: str) -> tuple[Path, str]:
    """Return a file of the site within a bag or a site, and its path there."""
    inner = f"data/site/{name}" if (folder / "data/site").is_dir() else name
    return folder / inner, inner


def test_a_faithful_copy_is_said_to_be_one(copy: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert build.main(["verify", str(copy)]) == 0
    printed = capsys.readouterr().out
    seal = copy / ("tagmanifest-sha512.txt" if (copy / "bagit.txt").exists() else "SHA256SUMS")
    assert hashlib.sha256(seal.read_bytes()).hexdigest() in printed
    assert "完好" in printed


def test_missing_changed_and_extra_files_are_told(copy: Path, capsys: pytest.CaptureFixture[str]) -> None:
    gone, gone_name = page(copy, "people/li-ming.html")
    changed, changed_name = page(copy, "index.html")
    extra, extra_name = page(copy, "people/多\x1b[31m.txt")
    gone.unlink()
    changed.write_bytes(b"")
    extra.write_bytes(b"")
    expected: set[tuple[Kind, str]] = {("missing", gone_name), ("changed", changed_name), ("extra", extra_name)}
    assert differences(copy) == expected
    assert build.main(["verify", str(copy)]) == 1
    printed = capsys.readouterr().out
    assert f"缺少：{gone_name}\n" in printed
    assert f"内容不同：{changed_name}\n" in printed
    assert "多出：" in printed
    assert "\x1b" not in printed
    assert "共 3 处不同。" in printed


def test_links_pipes_and_folders_in_the_place_of_files_are_not_followed(copy: Path, tmp_path: Path) -> None:
    link, link_name = page(copy, "index.html")
    pipe, pipe_name = page(copy, "people.html")
    folder, folder_name = page(copy, "regions.html")
    outside, outside_name = page(copy, "outside")
    true = link.read_bytes()
    (tmp_path / "true").write_bytes(true)
    for path in (link, pipe, folder):
        path.unlink()
    link.symlink_to(tmp_path / "true")
    os.mkfifo(pipe)
    folder.mkdir()
    outside.symlink_to(tmp_path)
    assert differences(copy) == {
        ("unreadable", link_name),
        ("unreadable", pipe_name),
        ("missing", folder_name),
        ("extra", outside_name),
    }


@pytest.mark.parametrize(
    "line",
    [
        b"nonsense",
        b"",
        b"00  index.html",
        b"\xff\xfe\x00",
        b"0" * 64 + b"  ../../../../etc/passwd",
        b"0" * 64 + b"  /etc/passwd",
        b"0" * 64 + b"  data/../x",
        b"0" * 64 + b"  data/\x00",
        b"0" * 64,
    ],
)
def test_bad_lines_of_a_list_are_told(copy: Path, line: bytes) -> None:
    name = "manifest-sha256.txt" if (copy / "bagit.txt").exists() else "SHA256SUMS"
    lines = (copy / name).read_bytes().splitlines()
    (copy / name).write_bytes(b"\n".join([lines[0], line, *lines[1:]]) + b"\n")
    expected: set[tuple[Kind, str]] = {("bad-list", name)}
    found = differences(copy)
    assert expected <= found
    assert found <= {*expected, ("changed", name)}
    assert any("第 2 行" in str(difference) for difference in verify(copy).differences)


def test_a_list_in_other_line_ends_is_still_read(copies: Path, tmp_path: Path) -> None:
    copy = Path(shutil.copytree(copies / "site", tmp_path / "copy"))
    sums = copy / "SHA256SUMS"
    sums.write_bytes(sums.read_bytes().replace(b"\n", b"\r\n"))
    assert differences(copy) == set()


@given(data=st.data())
def test_whatever_a_list_holds_nothing_is_raised(copies: Path, data: st.DataObject) -> None:
    content = data.draw(st.one_of(st.binary(), st.text().map(lambda text: text.encode("utf-8", "replace"))))
    for is_escaped in (True, False):
        listed = read_list(content, "sha256", is_escaped=is_escaped)
        assert all(".." not in path.split("/") for path in listed.digests)


def test_a_bag_without_its_lists_is_no_bag(copies: Path, tmp_path: Path) -> None:
    copy = Path(shutil.copytree(copies / "bag", tmp_path / "copy"))
    for path in copy.glob("manifest-*"):
        path.unlink()
    assert ("missing", "manifest-sha256.txt") in differences(copy)
    (copy / "bagit.txt").write_bytes(b"hello")
    assert ("changed", "bagit.txt") in differences(copy)
    (copy / "bagit.txt").unlink()
    report = verify(copy)
    assert [difference.kind for difference in report.differences] == ["missing"]
    assert "不是存档包，也不是网站" in report.differences[0].remark


def test_a_list_that_names_what_belongs_to_another_is_told(copies: Path, tmp_path: Path) -> None:
    copy = Path(shutil.copytree(copies / "bag", tmp_path / "copy"))
    with (copy / "manifest-sha256.txt").open("ab") as stream:
        stream.write(b"0" * 64 + b"  bag-info.txt\n")
    assert ("bad-list", "manifest-sha256.txt") in differences(copy)


def test_a_folder_that_cannot_be_opened_is_not_called_empty(copy: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    people, people_name = page(copy, "people")
    scandir = os.scandir

    def refuse(path: str) -> object:
        if Path(path) == people:
            raise PermissionError(13, "no", str(people))
        return scandir(path)

    monkeypatch.setattr(os, "scandir", refuse)
    found = differences(copy)
    assert ("unreadable", people_name) in found
    assert ("unreadable", f"{people_name}/li-ming.html") in found
    assert {kind for kind, _ in found} == {"unreadable"}


def test_a_file_that_cannot_be_read_is_told(copy: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    index, name = page(copy, "index.html")
    open_ = Path.open

    def refuse(path: Path, mode: str = "r") -> object:
        if path == index:
            raise OSError(5, "Input/output error")
        return open_(path, mode)

    monkeypatch.setattr(Path, "open", refuse)
    assert differences(copy) == {("unreadable", name)}


def test_what_is_no_folder_is_told(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "file").write_text("x", encoding="utf-8")
    for path in (tmp_path / "file", tmp_path / "none", tmp_path):
        assert build.main(["verify", str(path)]) == 1
    assert capsys.readouterr().out.count("共 1 处不同。") == 3


def test_a_name_that_a_system_stores_decomposed_is_the_same(tmp_path: Path) -> None:
    content = OutputFile("people/caf\u00e9.txt", b"x")
    write_bag(tmp_path / "site", [content, checksums([content])])
    path = tmp_path / "site/people/caf\u00e9.txt"
    path.rename(path.with_name("cafe\u0301.txt"))
    assert differences(tmp_path / "site") == set()


def test_a_difference_is_said_in_one_line() -> None:
    assert str(Difference("甲\n乙\udcff", "extra", "丙")) == "多出：甲\ufffd乙\ufffd（丙）"
