"""Every rule has an example: files laid over the small archive, and exactly what is printed for them.

``pytest tests/test_rules.py --bless`` accepts what is now printed; read it as an editor would: does the caret stand
under the right characters, and can it be mended from the message alone?
"""

import ast
import re
import shutil
from collections import Counter
from collections.abc import Callable
from pathlib import Path

import pytest

import build
from builder.preservation.addresses import read_address_list
from builder.problems import Problem, format_problems
from builder.rules import ROOMS, all_rules, problems_page
from builder.source import read_line

TESTS = Path(__file__).resolve().parent
EXAMPLES = TESTS / "problems"
RULES = all_rules()
COMMAND = "If this is as it should be: .venv/bin/python -m pytest tests/test_rules.py --bless, and make docs"

# What is not laid over the small archive because git had better not hold it.
MADE: dict[str, Callable[[Path], object]] = {
    "unreadable": lambda site: (site / "site.yaml").unlink(),
    "too-large": lambda site: (site / "content/profiles/zhang-san.md").write_bytes(b"x" * 2_000_001),
    "front-too-long": lambda site: (site / "content/profiles/zhang-san.md").write_text(
        "---\nname: 张三\n" + "summary: 五月，张三来到西山小学。\n" * 5000 + "---\n张三来了。\n", encoding="utf-8"
    ),
    "conflict-marker": lambda site: (site / "content/profiles/zhang-san.md").write_text(
        f"---\n{'<' * 7} HEAD\nname: 张三\n{'=' * 7}\nname: 张珊\n{'>' * 7} zhang-shan\n---\n", encoding="utf-8"
    ),
    "file-name": lambda site: shutil.copyfile(site / "content/profiles/wang-fang.md", site / "content/profiles/con.md"),
    # A checkout on Windows would keep but one of the two.
    "image-name": lambda site: [
        (site / "content/profiles" / name).write_bytes(b"\x89PNG") for name in ("xiaomen.png", "Xiaomen.png")
    ],
    "received-unreadable": lambda site: (site / "content/sources/zhang-san.txt").write_bytes(b"x" * 2_000_001),
    "image-too-large": lambda site: (site / "content/profiles/xiaomen.png").write_bytes(b"\x89PNG" + bytes(812_000)),
}


def check(site: Path) -> tuple[list[Problem], str]:
    """Return the problems of a site, and what is printed for them."""
    published = site / "addresses.txt"  # of an earlier site, for the rule that no address vanishes
    _, problems = build.make_site(site, read_address_list(published.read_bytes()) if published.exists() else ())
    return problems, format_problems(problems, lambda place: read_line(site, place)) + "\n"


def lay_over(site: Path, rule: str) -> None:
    """Lay the files of a rule's example over a copy of the small archive."""
    for path in sorted((EXAMPLES / rule).rglob("*")):
        target = site / path.relative_to(EXAMPLES / rule)
        if path.is_file() and path.name != "expected.txt":
            target.parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(path, target)
    if rule in MADE:
        MADE[rule](site)


def test_every_rule_has_an_example_and_every_example_a_rule() -> None:
    assert sorted(path.name for path in EXAMPLES.iterdir() if path.is_dir()) == sorted(RULES)


def test_no_two_rules_have_one_name_and_each_says_what_it_demands() -> None:
    names = [rule if isinstance(rule, str) else rule.__name__.replace("_", "-") for _, rules in ROOMS for rule in rules]
    assert [name for name, count in Counter(names).items() if count > 1] == []
    for name, rule in RULES.items():
        assert re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", name)
        assert re.search(r"[.…]$", rule.sentence), name


def test_every_name_of_a_rule_that_stands_in_the_code_is_in_the_table(root: Path) -> None:
    found = set()
    for path in sorted((root / "builder").rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call):
                name = node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")
                at = {"problem": 0, "problem_at": 1, "Problem": 1, "_at": 1}.get(name)
                if at is not None and len(node.args) > at and isinstance(rule := node.args[at], ast.Constant):
                    found.add(rule.value)
    assert len(found) > 40
    assert found - set(RULES) == set()


@pytest.mark.parametrize("rule", RULES)
def test_the_example_of_a_rule_gives_its_message(request: pytest.FixtureRequest, small_site: Path, rule: str) -> None:
    lay_over(small_site, rule)
    problems, printed = check(small_site)
    expected = EXAMPLES / rule / "expected.txt"
    if request.config.getoption("--bless"):
        expected.parent.mkdir(parents=True, exist_ok=True)
        expected.write_text(printed, encoding="utf-8", newline="\n")
    assert expected.exists(), COMMAND
    assert printed == expected.read_text(encoding="utf-8"), COMMAND
    assert {problem.rule for problem in problems} == {rule}
    assert {problem.level for problem in problems} == set(RULES[rule].level.split(" or "))


def test_the_page_of_problems_is_up_to_date(request: pytest.FixtureRequest, root: Path) -> None:
    page = root / "docs/problems.md"
    if request.config.getoption("--bless"):
        page.write_text(problems_page(), encoding="utf-8", newline="\n")
    assert page.read_text(encoding="utf-8") == problems_page(), "make docs"


def test_the_bytes_of_the_examples_are_left_alone_by_git(root: Path) -> None:
    assert "tests/problems/** -text" in (root / ".gitattributes").read_text(encoding="utf-8")
    assert "张三" in (EXAMPLES / "not-utf8/content/profiles/zhang-san.md").read_bytes().decode("gbk")
    assert (EXAMPLES / "byte-order-mark/content/profiles/zhang-san.md").read_bytes().startswith(b"\xef\xbb\xbf")
