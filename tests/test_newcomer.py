"""A new editor adds a person in each of the three ways, and gets out of ten mistakes by their messages alone."""

import html
import re
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import pytest

import build
from builder.problems import Problem

FILE = "content/profiles/zhao-yun.md"
BODY = "五月，赵云到东河县水文站测流，住在站里。\n"

SPOILED = """\
---
name：赵云
pinyin: Zhao Yun
title: 守在河口的人
author: 李四
unit: 东河县水文占
region: 南江省／东河县
dates:
  - date: 2004年5月3日
    event: 到站测流
    quote: 五月，赵云到了东河县水文站
    suplied: year
added: 2026-05-01
---
五月，赵云到东河县水文站测流,住在站里。
他说：“核{～～算～＞酸～～}的事，我熟。”
"""
# What a person does who reads the message at that line and nothing else: (rule, what stands there, what is written).
MENDS = {
    2: ("full-width-colon", "name：赵云", "name: 赵云"),
    3: ("pinyin-impossible", "Zhao Yun", "Zhào Yún"),
    6: ("unknown-organisation", "东河县水文占", "东河县水文站"),
    7: ("region-path", "南江省／东河县", "南江省/东河县"),
    9: ("date", "2004年5月3日", "2004-05-03"),
    11: ("quote-not-found", "五月，赵云到了东河县水文站", "五月，赵云到东河县水文站"),
    12: ("unknown-key", "suplied", "supplied"),
    15: ("half-width-punctuation", ",", "，"),
    16: ("full-width-mark", "{～～算～＞酸～～}", "{~~算~>酸~~}"),
}


def told(site: Path) -> list[Problem]:
    """Return the problems of a site, sorted and each once."""
    return sorted(set(build.make_site(site)[1]))


def test_ten_mistakes_in_one_file_are_told_at_once_and_mended_by_their_messages(small_site: Path) -> None:
    (small_site / FILE).write_text(SPOILED, encoding="utf-8")
    found = told(small_site)
    joined = ("joined-lines", 16)
    assert sorted((problem.rule, problem.place.line) for problem in found) == sorted(
        [*((rule, line) for line, (rule, _, _) in MENDS.items()), joined]
    )
    lines = SPOILED.split("\n")
    for problem in found:
        if problem.rule == "joined-lines":
            continue
        _, wrong, right = MENDS[problem.place.line]
        lines[problem.place.line - 1] = lines[problem.place.line - 1].replace(wrong, right)
        if problem.rule not in ("full-width-mark", "half-width-punctuation"):  # there the sign is named, not the words
            assert right in problem.mend, problem
    lines.insert(15, "")
    (small_site / FILE).write_text("\n".join(lines), encoding="utf-8")
    assert told(small_site) == []


def with_values(form: str) -> str:
    """Return a form as a person fills it in who reads its remarks."""
    form = re.sub(r"(?m)^name:", "name: 赵云", form, count=1) if "name: 赵云" not in form else form
    form = re.sub(r"(?m)^# pinyin:.*$", "pinyin: Zhào Yún", form)
    form = re.sub(r"(?m)^  - name:(?=  #)", "  - name: 东河县水文站", form)
    form = re.sub(r"(?m)^region:(?=  #)", "region: 南江省/东河县", form)
    form = re.sub(r"(?m)^added:(?=  #)", "added: 2026-05-01", form)
    form = re.sub(r"(?m)^  # - date:", "  - date: 2004-05", form)
    form = re.sub(r"(?m)^(?:  #  |    #) event:", "    event: 到站测流", form)
    return form + BODY


def by_new(site: Path) -> str:
    """Return the file that the command writes, filled in."""
    words = ["new", "赵云", "--unit", "东河县水文站", "--region", "东河县", "--date", "2004-05"]
    assert build.main([*words, "--project", str(site)]) == 0
    return with_values((site / FILE).read_text(encoding="utf-8"))


def by_copy(site: Path) -> str:
    """Return another person's file with the values replaced."""
    text = (site / "content/profiles/li-ming-2.md").read_text(encoding="utf-8")
    front = text.split("---\n", 2)[1]
    for key, value in {"name": "赵云", "pinyin": "Zhào Yún", "unit": "东河县水文站", "dates": "2004-05"}.items():
        front = re.sub(rf"(?m)^{key}:.*(?:\n[ -].*)*", f"{key}: {value}", front)
    return f"---\n{front}---\n{BODY}"


def by_web(site: Path) -> str:
    """Return the form that the link 新增人物 puts into the forge's editor, filled in."""
    index = next(file.content.decode("utf-8") for file in build.make_site(site)[0] if file.address == "people.html")
    found = re.search(r'href="([^"]+)"[^>]*>新增人物<', index)
    assert found is not None
    return with_values(parse_qs(urlsplit(html.unescape(found[1])).query)["value"][0])


@pytest.mark.parametrize("way", [by_new, by_copy, by_web])
def test_a_person_is_added_in_each_of_the_three_ways(small_site: Path, way: object) -> None:
    assert callable(way)
    text = way(small_site)
    (small_site / FILE).write_text(text, encoding="utf-8")
    files, problems = build.make_site(small_site)
    assert [problem for problem in problems if problem.place.file == FILE] == []
    page = next(file.content.decode("utf-8") for file in files if file.address == "people/zhao-yun.html")
    assert "住在站里" in page
    assert "到站测流" in page or way is by_copy
