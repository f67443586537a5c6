"""Many mistakes in one run: each is told once, at its place, sorted; what follows from one is not told as another.

``pytest tests/test_mistakes.py --bless`` accepts what is now printed for the dreadful profile; read it first.
"""

import json
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

import build
from builder.problems import Problem, format_problems
from builder.source import read_line

TESTS = Path(__file__).resolve().parent
EXAMPLES = TESTS / "problems"
DREADFUL = TESTS / "dreadful"
PROFILE = "content/profiles/zhang-san.md"


def problems_of(site: Path) -> list[Problem]:
    """Return the problems of a site, sorted and each once, as they are printed."""
    return sorted(set(build.make_site(site)[1]))


def spoil(site: Path, file: str, old: str, new: str) -> None:
    """Change the words of a file of the small archive."""
    text = (site / file).read_text(encoding="utf-8")
    assert old in text
    (site / file).write_text(text.replace(old, new), encoding="utf-8")


def run(site: Path, *options: str) -> subprocess.CompletedProcess[str]:
    """Run the check as an editor does."""
    command = [sys.executable, "build.py", "check", "--project", str(site), *options]
    return subprocess.run(command, cwd=TESTS.parent, capture_output=True, encoding="utf-8")


def test_every_mistake_of_a_dreadful_profile_is_told_at_once(request: pytest.FixtureRequest, small_site: Path) -> None:
    shutil.copytree(DREADFUL / "content", small_site / "content", dirs_exist_ok=True)
    problems = problems_of(small_site)
    printed = format_problems(problems, lambda place: read_line(small_site, place)) + "\n"
    expected = DREADFUL / "expected.txt"
    if request.config.getoption("--bless"):
        expected.write_text(printed, encoding="utf-8", newline="\n")
    assert printed == expected.read_text(encoding="utf-8")
    assert len({problem.rule for problem in problems}) >= 15
    assert len({problem.place for problem in problems}) == len(problems)


def test_thirty_broken_files_give_all_their_problems_in_one_run_sorted(small_site: Path, tmp_path: Path) -> None:
    chosen = [
        folder.name
        for folder in sorted(EXAMPLES.iterdir())
        if [path.name for path in folder.rglob("*") if path.is_file()].count("zhang-san.md") == 1
        and len([path for path in folder.rglob("*") if path.is_file()]) == 2
        and folder.name not in ("unknown-organisation", "address-taken", "region-contradicted", "alias-taken")
    ]
    assert len(chosen) >= 30
    alone: list[tuple[str, str, int, int, str]] = []
    for rule in chosen:
        site = Path(shutil.copytree(TESTS / "site", tmp_path / rule))
        (site / PROFILE).write_bytes((EXAMPLES / rule / PROFILE).read_bytes())
        alone += [told(problem, f"content/profiles/{rule}.md") for problem in problems_of(site)]
        (small_site / f"content/profiles/{rule}.md").write_bytes((EXAMPLES / rule / PROFILE).read_bytes())
    together = [told(problem, problem.place.file) for problem in problems_of(small_site)]
    assert together == sorted(alone)


def told(problem: Problem, file: str) -> tuple[str, str, int, int, str]:
    """Return what a problem says, as if it were in ``file``; a suggested id is another in company."""
    message = re.sub(r"-\d(?=\.md)", "", problem.message + problem.mend)
    return file, "", problem.place.line, problem.place.column, f"{problem.rule}: {message}"


CONSEQUENCES = {
    "a region that cannot be read, though others lie in it": (
        "content/regions/nanjiang.md", "---\nname", "---\nnmae", "unknown-key",
    ),
    "a region without a name, by which links call it": (
        "content/regions/donghe.md", "name: 东河县", "name:", "empty-value",
    ),
    "a bracket left open, so that a name becomes a list": (
        "content/organisations/donghe-shuiwen.md", "name: 东河县水文站", "name: [东河县水文站", "unclosed-bracket",
    ),
    "an organisation that cannot be read, whose name is a unit": (
        "content/organisations/donghe-shuiwen.md", "name: 东河县水文站\n", "", "missing-key",
    ),
    "an organisation without front matter, to which a text links": (
        "content/organisations/donghe-shuiwen.md", "---\nname: 东河县水文站\n", "东河县水文站\n", "no-front-matter",
    ),
    "a profile that cannot be read, to which others link": (
        "content/profiles/li-ming-2.md", "name: 李明", "name：李明", "full-width-colon",
    ),
    "a profile without a unit, to which another belongs": (
        "content/profiles/li-ming-2.md", "unit: {name: 西山小学, post: 教师}\n", "", "missing-key",
    ),
    "a page that cannot be read, to which the navigation leads": (
        "content/pages/about.md", "title: 关于本站", "title:", "empty-value",
    ),
    "settings that cannot be read": ("site.yaml", "title: 测试档案", "title：测试档案", "full-width-colon"),
    "settings without a title": ("site.yaml", "title: 测试档案", "tite: 测试档案", "unknown-key"),
    "a link of the navigation": ("site.yaml", "href: about.html", "href: abuot.html", "dead-link"),
    "a mark left open in a text that is compared and quoted": (
        "content/profiles/li-ming.md", "已经~~}测", "已经测", "unclosed-mark",
    ),
    "a mark left open in a quotation": (
        "content/profiles/li-ming.md", "他守了一夜，[", "他{~~守了~>一夜，[", "unclosed-mark",
    ),
    "HTML in a text that is compared": ("content/profiles/li-ming.md", "不肯走", "<b>不肯走</b>", "raw-html"),
    "a link half written in a text that is compared": (
        "content/profiles/li-ming.md", "(person:wang-fang)", "（person:wang-fang）", "malformed-link",
    ),
    "a control character in a quotation": (
        "content/profiles/li-ming.md", "他守了一夜，[", "他守了\x07一夜，[", "control-character",
    ),
    "a key misspelled whose value is compared": ("content/profiles/li-ming.md", "\ntitle:", "\ntitel:", "unknown-key"),
    "pinyin under a misspelled key": ("content/profiles/li-ming.md", "pinyin: Lǐ", "pinyn: Lǐ", "unknown-key"),
    "a unit misspelled so that it sounds the same": (
        "content/profiles/wang-fang.md", "[东河县水文站,", "[东河县水文占,", "unknown-organisation",
    ),
    "a parent that there is not, of a region in many paths": (
        "content/regions/donghe.md", "parent: nanjiang", "parent: 南江", "unknown-region",
    ),
    "a region that is its own parent": (
        "content/regions/donghe.md", "parent: nanjiang", "parent: donghe", "parent-circle",
    ),
    "a gap in a path": ("content/profiles/li-ming-2.md", "南江省/西山市/", "南江省//", "region-path"),
    "a quotation of something private": (
        "content/profiles/li-ming.md", "quote: 报告了水位", "quote: 他的母亲住在医院里", "quote-is-private",
    ),
    "a withdrawal misspelled": (
        "content/profiles/chen-zhiyuan.md", "status: withdrawn", "status: withdrwan", "unknown-choice",
    ),
    "a withdrawal without its status": ("content/profiles/chen-zhiyuan.md", "status: withdrawn\n", "", "missing-key"),
    "a region whose parent stands on a line that cannot be read": (
        "content/regions/donghe.md", "parent: nanjiang", "parent nanjiang", "missing-colon",
    ),
    "a person who is a further document of the same": (
        "content/profiles/li-ming.md", "name: 李明\n", "name: 李明\nperson: li-ming\n", "unknown-person",
    ),
    "a quote left open, so that a code is none": (
        "content/regions/nanjiang.md", 'code: "990000"', 'code: "99000', "unclosed-quote",
    ),
    "pinyin on a line without its colon": (
        "content/profiles/wang-fang.md", "pinyin: Wáng Fāng", "pinyin Wáng Fāng", "missing-colon",
    ),
    "a character lost in a name that has its pinyin": (
        "content/profiles/wang-fang.md", "name: 王芳", "name: 王�", "damaged-character",
    ),
    "a character lost in a name that has none": (
        "content/profiles/wang-fang.md", "name: 王芳\npinyin: Wáng Fāng\n", "name: 王�\n", "damaged-character",
    ),
    "a letter lost in pinyin": (
        "content/profiles/wang-fang.md", "pinyin: Wáng Fāng", "pinyin: Wáng F�ng", "damaged-character",
    ),
    "a page that takes the address of an index": ("content/pages/about.md", "", "", "address-taken"),
    "a file whose name is no id, to which others link": ("content/profiles/wang-fang.md", "", "", "file-name"),
}  # fmt: skip
RENAMED = {"address-taken": "content/pages/people.md", "file-name": "content/profiles/Wang_Fang.md"}


@pytest.mark.parametrize("mistake", CONSEQUENCES)
def test_one_mistake_gives_one_problem(small_site: Path, mistake: str) -> None:
    file, old, new, rule = CONSEQUENCES[mistake]
    if rule in RENAMED:
        shutil.copyfile(small_site / file, small_site / RENAMED[rule])
        if rule == "file-name":
            (small_site / file).unlink()
        file = RENAMED[rule]
    spoil(small_site, file, old, new)
    assert [(problem.rule, problem.place.file) for problem in problems_of(small_site)] == [(rule, file)]


# By its rule, what is wrong beside a lost character: that is a warning, which keeps nothing back.
BESIDE_A_WARNING = {
    "date": [("dates: 2004-05", "dates: {date: 2004-02-30, event: 住在学�里}")],
    "private-not-found": [("author:", "author:\nprivate: 住在学校里")],
    "quote-not-found": [("dates: 2004-05", "dates: {date: 2004-05, quote: 住在学校里}")],
    "received-differs": [
        ("author:", "author:\nsource: {received: sources/zhang-san.txt}"),
        ("住在学�里", "住在学{~~�~>校~~}里"),
    ],
}


@pytest.mark.parametrize("rule", BESIDE_A_WARNING)
def test_a_warning_hides_no_error(small_site: Path, rule: str) -> None:
    shutil.copyfile(EXAMPLES / "damaged-character" / PROFILE, small_site / PROFILE)
    received = "五月,张三来到西山小雪,住在学�里。\n"
    (small_site / "content/sources/zhang-san.txt").write_text(received, encoding="utf-8")
    for old, new in BESIDE_A_WARNING[rule]:
        spoil(small_site, PROFILE, old, new)
    found = {(problem.rule, problem.level) for problem in problems_of(small_site)}
    assert found == {("damaged-character", "warning"), (rule, "error")}


def test_a_mistake_in_two_files_is_told_in_both(small_site: Path) -> None:
    for name in ("li-ming-2", "li-ming-yexiao"):
        spoil(small_site, f"content/profiles/{name}.md", "南江省/西山市/城关区", "东河县/西山市/城关区")
    spoil(small_site, "content/regions/donghe.md", "parent: nanjiang", "parent: xishan")
    (small_site / "content/regions/xishan.md").write_text(
        "---\nname: 西山市\nparent: nanjiang\n---\n", encoding="utf-8"
    )
    found = [(problem.rule, problem.place.file) for problem in problems_of(small_site)]
    assert found.count(("region-contradicted", "content/profiles/li-ming-2.md")) == 1
    assert found.count(("region-contradicted", "content/profiles/li-ming-yexiao.md")) == 1


def test_regions_of_one_name_in_two_cities_can_be_told_apart(small_site: Path) -> None:
    spoil(small_site, "content/profiles/wang-fang.md", "region: 南江省/东河县", "region: 南江省/东河县/城关区")
    for city, name in (("donghe", "城关区"), ("xishan", "城关区")):
        file = small_site / f"content/regions/chengguan-{city}.md"
        file.write_text(f"---\nname: {name}\nparent: {city}\n---\n", encoding="utf-8")
    (small_site / "content/regions/xishan.md").write_text(
        "---\nname: 西山市\nparent: nanjiang\n---\n", encoding="utf-8"
    )
    assert problems_of(small_site) == []


@pytest.mark.parametrize(
    ("unit", "is_told"),
    [
        ("东河县水文占", True),
        ("东河水文站", True),
        ("东河县水文站站", True),
        ("东县河水文站", True),
        ("东河县气象站", False),
        ("西河县水文站", False),
        ("东河县水文站测流队", False),
        ("东河县人民医院", False),
    ],
)
def test_only_a_slip_of_the_pen_is_taken_for_a_known_organisation(small_site: Path, unit: str, is_told: bool) -> None:
    spoil(small_site, "content/profiles/li-ming-2.md", "unit: {name: 西山小学, post: 教师}", f"unit: {unit}")
    found = [problem.rule for problem in problems_of(small_site)]
    assert found == (["unknown-organisation"] if is_told else [])


def test_a_warning_does_not_fail_and_an_error_does(small_site: Path) -> None:
    assert run(small_site).returncode == 0
    spoil(small_site, "content/profiles/wang-fang.md", "pinyin: Wáng Fāng\n", "")
    warned = run(small_site)
    assert (warned.returncode, warned.stderr.count("提醒 pinyin-missing")) == (0, 1)
    assert warned.stderr.endswith("共 0 处错误，1 处提醒。\n")
    spoil(small_site, "content/profiles/wang-fang.md", "name: 王芳", "name：王芳")
    failed = run(small_site)
    assert failed.returncode == 1
    assert "错误 full-width-colon" in failed.stderr


def test_every_form_says_the_same_problems_in_the_same_order(small_site: Path) -> None:
    shutil.copytree(DREADFUL / "content", small_site / "content", dirs_exist_ok=True)
    listed = json.loads(run(small_site, "--format", "json").stdout)
    annotated = run(small_site, "--format", "github")
    lines = annotated.stdout.splitlines()
    places = [(each["file"], each["line"], each["column"], each["rule"]) for each in listed]
    assert places == [
        (problem.place.file, problem.place.line, problem.place.column, problem.rule)
        for problem in problems_of(small_site)
    ]
    form = re.compile(
        r"::(error|warning) file=([^,]+),line=(\d+),col=(\d+),endColumn=\d+,title=\S+ (\S+)::.+%0A改法：.+"
    )
    found = [match for line in lines if (match := form.fullmatch(line))]
    assert [(match[2], int(match[3]), int(match[4]), match[5]) for match in found] == places
    assert len(found) == len(lines)
    assert annotated.stderr == run(small_site).stderr


def test_one_wrong_character_is_found_among_several_names_alike(small_site: Path) -> None:
    """东河县水文占 is 东河县水文站 with a slip, however many other names are like it."""
    (small_site / "content/organisations/ban.md").write_text(
        "---\nname: 资料组\naliases: [东河县水文站组]\nparent: donghe-shuiwen\ntier: listed\n---\n", encoding="utf-8"
    )
    profile = small_site / "content/profiles/wang-fang.md"
    profile.write_text(
        profile.read_text(encoding="utf-8").replace("[东河县水文站, ", "[东河县水文占, "), encoding="utf-8"
    )
    (problem,) = build.make_site(small_site)[1]
    assert problem.rule == "unknown-organisation"
    assert "“东河县水文站”" in problem.mend
