"""The command: what it writes, what it leaves alone, and its exit code."""

import errno
import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

import build
from builder.output import WAITING, ForeignFolderError, OutputFile, move_into, refuse_foreign, write_site

ROOT = Path(__file__).resolve().parent.parent


def run(*words: str) -> "subprocess.CompletedProcess[str]":
    """Run the command as an editor would."""
    environment = {name: value for name, value in os.environ.items() if name != "GITHUB_ACTIONS"}
    command = [sys.executable, str(ROOT / "build.py"), *words]
    return subprocess.run(command, capture_output=True, encoding="utf-8", env=environment)


def contents(folder: Path) -> dict[str, tuple[bytes, int]]:
    """Return every file below a folder with its bytes and its time."""
    files = (path for path in sorted(folder.rglob("*")) if path.is_file())
    return {path.relative_to(folder).as_posix(): (path.read_bytes(), path.stat().st_mtime_ns) for path in files}


def spoil(site: Path) -> None:
    (site / "content/profiles/zhang-san.md").write_text("---\nname: 张三\n---\n文\n", encoding="utf-8")


def test_a_build_says_which_file_to_open(small_site: Path, tmp_path: Path) -> None:
    result = run("--project", str(small_site), "--out", str(tmp_path / "out"))
    assert result.returncode == 0, result.stderr
    assert f"请打开：{tmp_path / 'out' / 'index.html'}" in result.stdout
    assert (tmp_path / "out/people/li-ming.html").is_file()


def test_bad_content_leaves_the_last_good_site_untouched(small_site: Path, tmp_path: Path) -> None:
    out = tmp_path / "out"
    assert build.main(["--project", str(small_site), "--out", str(out)]) == 0
    before = contents(out)
    spoil(small_site)
    result = run("--project", str(small_site), "--out", str(out))
    assert result.returncode == 1
    assert "missing-key" in result.stderr
    assert "没有写入" in result.stderr
    assert contents(out) == before


def test_keep_going_builds_what_can_be_built_and_still_fails(small_site: Path, tmp_path: Path) -> None:
    spoil(small_site)
    assert build.main(["--project", str(small_site), "--out", str(tmp_path / "out"), "--keep-going"]) == 1
    assert (tmp_path / "out/people/li-ming.html").is_file()
    assert not (tmp_path / "out/people/zhang-san.html").exists()


def test_a_second_build_writes_nothing_and_a_page_that_is_no_more_goes(small_site: Path, tmp_path: Path) -> None:
    out = tmp_path / "out"
    build.main(["--project", str(small_site), "--out", str(out)])
    before = contents(out)
    build.main(["--project", str(small_site), "--out", str(out)])
    assert contents(out) == before
    (small_site / "content/regions/kaifaqu.md").unlink()
    (small_site / "content/organisations/celiu-ban.md").unlink()
    (small_site / "content/profiles/li-ming-yexiao.md").unlink()
    build.main(["--project", str(small_site), "--out", str(out)])
    assert not (out / "people/li-ming-yexiao.bib").exists()
    assert (out / "people/li-ming-2.html").is_file()


@pytest.mark.parametrize(("text", "code"), [("pinyin: Wáng Fāng\n", 0), ("dates: [2003-07-13", 1)])
def test_warnings_do_not_fail_and_errors_do(small_site: Path, text: str, code: int) -> None:
    profile = small_site / "content/profiles/wang-fang.md"
    words = profile.read_text(encoding="utf-8")
    assert text in words
    profile.write_text(words.replace(text, "" if code == 0 else "dates: [2003-02-30"), encoding="utf-8")
    assert run("check", "--project", str(small_site)).returncode == code


def test_a_folder_of_somebody_elses_is_not_cleaned_out(tmp_path: Path) -> None:
    (tmp_path / "letter.txt").write_text("mine", encoding="utf-8")
    with pytest.raises(ForeignFolderError):
        write_site(tmp_path, [OutputFile("index.html", b"x")])
    assert [path.name for path in tmp_path.iterdir()] == ["letter.txt"]
    result = run("--project", str(ROOT / "tests/site"), "--out", str(tmp_path))
    assert result.returncode == 1
    assert "Traceback" not in result.stderr


def test_a_file_that_cannot_be_written_is_not_left_in_halves(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    out = tmp_path / "out"
    write_site(out, [OutputFile("a.html", b"old")])

    def refuse(self: Path, target: Path) -> Path:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(Path, "replace", refuse)
    with pytest.raises(OSError, match="No space left"):
        write_site(out, [OutputFile("a.html", b"new")])
    assert {path.name for path in out.iterdir()} == {".site", "a.html"}
    assert (out / "a.html").read_bytes() == b"old"


def test_what_a_first_build_that_was_killed_has_put_aside_does_not_make_a_folder_foreign(tmp_path: Path) -> None:
    (tmp_path / WAITING).mkdir()
    (tmp_path / WAITING / "1").write_text("x", encoding="utf-8")
    refuse_foreign(tmp_path)


def test_a_file_is_copied_where_one_disk_is_mounted_twice(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    replace = os.replace

    def refuse(old: str | Path, new: str | Path) -> None:
        if Path(old).parent != Path(new).parent:
            raise OSError(errno.EXDEV, "Invalid cross-device link")
        replace(old, new)

    (tmp_path / "staged").write_bytes(b"new")
    (tmp_path / "site").mkdir()
    monkeypatch.setattr(os, "replace", refuse)
    monkeypatch.setattr(Path, "replace", refuse)
    move_into(tmp_path / "site", "people/a.html", tmp_path / "staged")
    assert (tmp_path / "site/people/a.html").read_bytes() == b"new"


def test_a_file_gives_way_to_a_folder_and_a_folder_to_a_file(tmp_path: Path) -> None:
    out = tmp_path / "out"
    write_site(out, [OutputFile("a", b"file"), OutputFile("b/c", b"below")])
    written = write_site(out, [OutputFile("a/d", b"below"), OutputFile("b", b"file")])
    assert (out / "a/d").read_bytes() == b"below"
    assert (out / "b").read_bytes() == b"file"
    assert written.written == 2


def test_every_page_is_in_the_language_of_the_settings(small_site: Path) -> None:
    settings = small_site / "site.yaml"
    settings.write_text(settings.read_text(encoding="utf-8").replace("zh-Hans-CN", "zh-Hant-TW"), encoding="utf-8")
    files, problems = build.make_site(small_site)
    pages = [file.content.decode() for file in files if file.address.endswith(".html")]
    assert problems == []
    assert [page.count('<html lang="zh-Hant-TW">') for page in pages] == [1] * len(pages)


def test_tools_get_the_problems_alone_on_the_output(small_site: Path, tmp_path: Path) -> None:
    made = run("--project", str(small_site), "--out", str(tmp_path / "out"), "--format", "json")
    assert (made.returncode, json.loads(made.stdout)) == (0, [])
    assert "请打开：" in made.stderr


def test_a_python_without_the_packages_is_told_what_to_do(small_site: Path) -> None:
    command = (sys.executable, "-S", "build.py", "check", "--project", str(small_site))  # -S: no packages
    made = subprocess.run(command, cwd=ROOT, capture_output=True, text=True)
    assert (made.returncode, made.stdout) == (2, "")
    assert "请先在本文件夹里运行 make" in made.stderr
    assert "Traceback" not in made.stderr


def test_without_a_command_line_that_makes_sense_the_exit_code_is_2() -> None:
    assert run("--nonsense").returncode == 2
