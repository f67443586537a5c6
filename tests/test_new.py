"""The command ``new``: what it suggests, what it writes, what it refuses."""

import datetime
import re
import stat
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

import build
from builder.archive import relate
from builder.characters import LOOKALIKE
from builder.checks import check_all
from builder.content import read_content
from builder.new import Draft, Wanted, new_draft, new_file, write
from builder.new.form import scalar
from builder.new.mistakes import INVISIBLE
from builder.problems import Problem
from builder.records import Profile
from builder.records.authorities import read_organisation
from builder.records.forms import OTHER_SIGN, WIDE_SPACE
from builder.records.profiles import read_profile
from builder.source import read_source

TEXT = "西山小学教师赵云在五月办了夜校。\n"
ODD = [
    "否",
    "0471",
    "yes",
    "null",
    "~",
    "a: b",
    "a #b",
    "#",
    "- a",
    "[甲]",
    "{甲: 乙}",
    "“甲”",
    '"',
    "'",
    "\\",
    "`",
    "@",
]
ODD += [
    "甲：乙",
    "甲，乙",
    "key：值",
    "key:值",
    "2020-01-24",
    "1_000",
    "|",
    ">",
    "%",
    "&a",
    "*a",
    "!a",
    "?",
    "---",
    "甲:",
    "<<",
]
ONE_LINE = st.one_of(
    st.sampled_from(ODD),
    st.text(max_size=40),
    st.text("：:,，“”\"'#-[]{}|>&*!%@`\\ a甲1", max_size=12),
).map(lambda text: INVISIBLE.sub("", " ".join(text.split())).strip())
ONE_LINE = ONE_LINE.map(lambda text: LOOKALIKE.sub("", text).strip())
LINES = ONE_LINE.filter(bool)
NO_NAME = re.compile(f"/|{OTHER_SIGN.pattern}|{WIDE_SPACE.pattern}")
PLAIN_NAMES = LINES.map(lambda text: NO_NAME.sub("", text)).filter(lambda text: bool(text.strip())).map(str.strip)


@pytest.fixture(scope="module")
def empty(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a project in which there is nobody yet."""
    project = tmp_path_factory.mktemp("empty")
    (project / "content").mkdir()
    (project / "site.yaml").write_text("title: 某某档案\n", encoding="utf-8")
    return project


def draft(project: Path, name: str, unit: str = "东河县水文站", region: str = "南江省/东河县", **more: str) -> Draft:
    changes: dict[str, Any] = dict(more)
    return new_draft(project, replace(Wanted(name, (unit,), region), **changes))


def problems(project: Path) -> list[Problem]:
    content, found = read_content(project)
    return [*found, *check_all(content, relate(content))]


def answers(*given: str) -> Callable[[str], str]:
    """Return what stands for ``input``: it gives one answer after the other, and then the end of input."""
    left: Iterator[str] = iter(given)

    def ask(_: str) -> str:
        answer = next(left, None)
        if answer is None:
            raise EOFError
        return answer

    return ask


def test_a_new_file_with_its_text_has_no_error(small_site: Path) -> None:
    before = set(problems(small_site))
    assert new_file(small_site, Wanted("单雄信", ("东河县水文站",), "东河县", date="2003-07-12")) == 0
    file = small_site / "content/profiles/shan-xiongxin.md"
    assert [(each.rule, each.level) for each in sorted(set(problems(small_site)) - before)] == [
        ("pinyin-missing", "warning"),
        ("empty-body", "error"),
    ]
    file.write_text(file.read_text(encoding="utf-8") + TEXT, encoding="utf-8")
    assert [each.rule for each in set(problems(small_site)) - before] == ["pinyin-missing"]


def test_nothing_but_what_was_given_is_published(empty: Path, tmp_path: Path) -> None:
    made = draft(empty, "王勇")
    (tmp_path / "a.md").write_text(made.text, encoding="utf-8")
    source, found = read_source(tmp_path, "a.md")
    assert found == []
    assert source.front is not None
    assert [str(key) for key, _ in source.front.entries] == ["name", "author", "unit", "region", "added", "dates"]
    assert source.body.strip() == ""
    assert [each.rule for each in read_profile(source)[1]] == ["empty-value"]


@pytest.mark.parametrize("more", [{}, {"date": "2020-01-24"}])
def test_every_remark_becomes_a_key_when_its_sign_is_deleted(empty: Path, tmp_path: Path, more: dict[str, str]) -> None:
    made = draft(empty, "王勇", **more)
    text = re.sub(r"(?m)^( *)# ( *(?:- )?[a-z_]+:|  - )", r"\1\2", made.text).replace("  # - 甲", "")
    text = text.replace("date:  #", "date: 2020-01  #", 1) if not more else text
    (tmp_path / "a.md").write_text(text + TEXT, encoding="utf-8")
    source, found = read_source(tmp_path, "a.md")
    profile, wrong = read_profile(source)
    assert found == []
    assert wrong == []
    assert isinstance(profile, Profile)
    assert profile.pinyin == "Wáng Yǒng"
    assert profile.events[0].supplied


def test_every_remark_of_an_organisation_becomes_a_key(empty: Path, tmp_path: Path) -> None:
    made = new_draft(empty, Wanted("西山小学", is_organisation=True))
    assert made.file == "content/organisations/xi-shan-xiao-xue.md"
    (tmp_path / "a.md").write_text(re.sub(r"(?m)^# (?=[a-z_]+:)", "", made.text), encoding="utf-8")
    source, found = read_source(tmp_path, "a.md")
    record, wrong = read_organisation(source)
    assert (found, wrong) == ([], [])
    assert record is not None
    assert (record.name, record.pinyin) == ("西山小学", "xī shān xiǎo xué")


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(
    name=PLAIN_NAMES,
    unit=PLAIN_NAMES,
    region=st.lists(PLAIN_NAMES, min_size=1, max_size=3),
    title=ONE_LINE,
    author=ONE_LINE,
)
def test_what_is_written_is_read_back(
    empty: Path, tmp_path: Path, name: str, unit: str, region: list[str], title: str, author: str
) -> None:
    wanted = Wanted(name, (unit, "乙"), "/".join(region), date="2020-01-24", title=title, author=author)
    made = new_draft(empty, wanted)
    assert made.mistakes == ()
    (tmp_path / "a.md").write_text(made.text, encoding="utf-8")
    source, found = read_source(tmp_path, "a.md")
    profile, wrong = read_profile(source)
    assert found == []
    assert {problem.rule for problem in wrong if problem.level == "error"} == set()
    assert isinstance(profile, Profile)
    assert profile.name == name
    assert [each.name for each in profile.units] == [unit, "乙"]
    assert list(profile.region.names) == region
    assert (profile.title or "", profile.author or "") == (title, author)


@pytest.mark.parametrize(
    "text", ["否", "王勇", "勇担使命战疫线 冲锋在前显担当", "额尔敦·巴特尔", "内蒙古自治区/呼和浩特市"]
)
def test_ordinary_text_needs_no_quotes(text: str) -> None:
    assert scalar(text) == text


@pytest.mark.parametrize(
    ("text", "written"),
    [
        ("0471", '"0471"'),
        ("yes", '"yes"'),
        ("a: b", '"a: b"'),
        ("#1", '"#1"'),
        ("“甲”", '"“甲”"'),
        ('"甲"', "'\"甲\"'"),
        ("", ""),
    ],
)
def test_what_yaml_would_mistake_is_quoted(text: str, written: str) -> None:
    assert scalar(text) == written


@given(st.text(), st.text(), st.text(), st.text(), st.text())
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
def test_any_words_give_a_draft_or_sentences(
    empty: Path, name: str, unit: str, region: str, date: str, identifier: str
) -> None:
    made = new_draft(empty, Wanted(name, (unit,), region, identifier, date, person=identifier))
    assert bool(made.file) != bool(made.mistakes)


@pytest.mark.parametrize(
    ("name", "sentence"),
    [
        ("", "名称是空的，请写上。"),
        ("  ", "名称是空的，请写上。"),
        ("王\n勇", "名称“王 勇”里有换行或制表符，请写成一行。"),
        ("王\t勇", "名称“王 勇”里有换行或制表符，请写成一行。"),
        (" 王勇", "名称“王勇”的前后有空格，请去掉。"),
        ("王勇\u3000", "名称“王勇”的前后有空格，请去掉。"),
        ("王\u200b勇", "名称“王\ufffd勇”里有看不见的字符，请重新打一遍。"),
        ("王\udcff", "名称“王\ufffd”里有看不见的字符，请重新打一遍。"),
        ("王/勇", "名称里不能有“/”。"),
        ("王" * 101, "名称有 101 字，不能超过 100 字。"),
    ],
)
def test_a_bad_name_is_refused_in_a_sentence(empty: Path, name: str, sentence: str) -> None:
    assert draft(empty, name).mistakes == (sentence,)


def test_what_the_check_would_refuse_is_refused_at_once(empty: Path) -> None:
    assert draft(empty, "王⼒").mistakes == ("名称“王⼒”里的“⼒”只是样子像“力”，请用输入法重新打一遍。",)
    assert draft(empty, "王勇", region="内蒙古自治区、包头市").mistakes == (
        "地区“内蒙古自治区、包头市”的各级没有用半角的 / 隔开。请写成：内蒙古自治区/包头市",
    )
    assert draft(empty, "王勇", unit="某\u00a0医院").mistakes[0].startswith("“某 医院”的里面或前后有多余的空格")


def test_a_bad_date_or_id_is_refused_with_the_right_form(empty: Path) -> None:
    assert draft(empty, "王勇", date="2020/01/24").mistakes == ("日期“2020/01/24”的写法不对。请写成 2020-01-24。",)
    assert draft(empty, "王勇", identifier="Wang Yong").mistakes == (
        "编号“Wang Yong”不能作网址：只能用小写字母、数字和短横，如 wang-yong。",
    )


def test_what_is_missing_is_named_where_nobody_can_be_asked(empty: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert new_file(empty, Wanted("王勇")) == 2
    said = capsys.readouterr()
    assert said.out == ""
    assert said.err == (
        "还缺单位：请加 --unit 单位名称（照原文；不止一个就写几次）。\n"
        "还缺地区：请加 --region 地区（从大到小，用 / 隔开，如 内蒙古自治区/呼和浩特市）。\n"
    )
    assert not (empty / "content/profiles").exists()


@pytest.mark.parametrize(("name", "identifier"), [("尉迟恭", "yuchi-gong"), ("额尔敦·巴特尔", "eerdun-bateer")])
def test_the_id_comes_from_the_right_reading(empty: Path, name: str, identifier: str) -> None:
    assert draft(empty, name).file == f"content/profiles/{identifier}.md"


@pytest.mark.parametrize(
    ("options", "epoch", "day"),
    [
        (["--added", "2026-05-01"], "0", "2026-05-01"),
        ([], "1767225599", "2025-12-31"),
        ([], "", datetime.date.today().isoformat()),
    ],
)
def test_the_day_on_which_a_file_is_begun_is_written_into_it(
    small_site: Path, monkeypatch: pytest.MonkeyPatch, options: list[str], epoch: str, day: str
) -> None:
    monkeypatch.setenv("SOURCE_DATE_EPOCH", epoch)
    words = ["new", "赵云", "--unit", "东河县水文站", "--region", "东河县", "--date", "2003-07-12"]
    before = datetime.date.today()
    assert build.main([*words, "--project", str(small_site), *options]) == 0
    file = small_site / "content/profiles/zhao-yun.md"
    file.write_text(file.read_text(encoding="utf-8") + TEXT, encoding="utf-8")
    profile = next(each for each, _ in read_content(small_site)[0].profiles if each.id == "zhao-yun")
    if before == datetime.date.today():  # or else midnight fell into the test
        assert profile.added is not None
        assert profile.added.text == day
    assert {each.rule for each in problems(small_site) if each.place.file.endswith("zhao-yun.md")} == {"pinyin-missing"}


def test_an_epoch_that_is_none_is_refused_in_a_sentence(
    small_site: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "昨天")
    assert build.main(["new", "赵云", "--project", str(small_site)]) == 2
    assert capsys.readouterr().err == "SOURCE_DATE_EPOCH 要写秒数，这里是“昨天”。\n"


@pytest.mark.parametrize(
    ("day", "sentence"),
    [
        ("2026-05", "收入的日期要写到日，如 2026-05-01，这里是“2026-05”。"),
        ("2026/5/1", "日期“2026/5/1”的写法不对。请写成 2026-05-01。"),
    ],
)
def test_a_day_of_taking_up_that_is_none_is_refused(empty: Path, day: str, sentence: str) -> None:
    assert draft(empty, "王勇", added=day).mistakes == (sentence,)


def test_a_namesake_is_named_and_gets_an_id_that_tells(small_site: Path) -> None:
    made = draft(small_site, "李明", "南江省水文局")
    assert made.file == "content/profiles/li-ming-shuiwenju.md"
    assert made.messages == (
        "已有同名的人：",
        "  李明：西山小学，南江省/西山市/城关区（content/profiles/li-ming-2.md）",
        "  李明：东河县水文站，南江省/东河县（content/profiles/li-ming.md）",
        "若是同一人，请加 person: li-ming-2 或 person: li-ming。若是另一人，这一篇的编号是 li-ming-shuiwenju。",
    )


def test_an_id_that_is_taken_is_refused_with_free_ones(small_site: Path) -> None:
    for identifier, holder in (
        ("li-ming", "li-ming"),
        ("wang-fang-old", "wang-fang"),
        ("chen-zhiyuan", "chen-zhiyuan"),
    ):
        made = draft(small_site, "李明", "南江省水文局", identifier=identifier)
        assert made.mistakes == (
            f"编号“{identifier}”已经归 content/profiles/{holder}.md，不会覆盖它。"
            "可以用：--id li-ming-shuiwenju 或 --id li-ming-donghe 或 --id li-ming-3。",
        )


def test_a_further_document_names_its_person(small_site: Path) -> None:
    made = draft(small_site, "李明", person="li-ming")
    assert made.file == "content/profiles/li-ming-3.md"
    assert "\nperson: li-ming  # " in made.text
    assert made.messages == ()
    assert draft(small_site, "李明", person="li-ming-yexiao").mistakes == (
        "“li-ming-yexiao”也是后来的一篇，请写 --person li-ming-2。",
    )
    assert draft(small_site, "李明", person="li-min").mistakes == (
        "没有编号为“li-min”的人物，--person 要写 content/profiles 里的文件名（不带 .md）。",
    )


def test_a_known_organisation_is_taken_in_silence_and_a_near_one_offered(root: Path) -> None:
    region = "内蒙古自治区/呼和浩特市"
    for known in ("呼和浩特市政法委", "呼和浩特市政法委基层社会治理科"):
        assert draft(root, "赵云", known, region).messages == ()
    made = draft(root, "赵云", "呼和浩特政法委", region)
    assert "是不是“呼和浩特市政法委”" in made.messages[0]
    assert made.messages[0].endswith("要为它写说明：python build.py new 呼和浩特政法委 --organisation")
    assert "  - name: 呼和浩特政法委  # " in made.text


def test_a_region_is_completed_offered_or_refused(root: Path) -> None:
    unit = "呼和浩特市政法委"
    whole = "内蒙古自治区/通辽市/科尔沁区"
    assert f"\nregion: {whole}  # " in draft(root, "赵云", unit, "科尔沁区").text
    assert f"\nregion: {whole}  # " in draft(root, "赵云", unit, whole.replace("/", " / ")).text
    assert draft(root, "赵云", unit, whole).messages == ()
    assert draft(root, "赵云", unit, "内蒙古自治区/通辽市/科尔沁").messages == (
        f"地区“内蒙古自治区/通辽市/科尔沁”是新的，已照写。是不是“{whole}”？若是，请改过来。",
    )
    assert draft(root, "赵云", unit, "内蒙古自治区/包头市").messages == ()
    for wrong in ("内蒙古自治区/呼和浩特市/科尔沁区", "内蒙/科尔沁区"):
        assert draft(root, "赵云", unit, wrong).mistakes == (
            f"地区“{wrong}”与已有的不合：应是“{whole}”。请照写，或先改地区文件。",
        )


def test_an_organisation_is_not_recorded_twice(small_site: Path) -> None:
    assert new_draft(small_site, Wanted("东河县水文站", is_organisation=True)).mistakes == (
        "机构“东河县水文站”已经有文件：content/organisations/donghe-shuiwen.md，请直接改它。",
    )
    made = new_draft(small_site, Wanted("西山小学", ("南江省水文局",), "东河县", is_organisation=True))
    assert "\nparent: 南江省水文局  # " in made.text
    assert "\nregion: 南江省/东河县  # " in made.text


def test_on_a_terminal_everything_missing_is_asked_for(small_site: Path) -> None:
    asked = answers("", "东河水文站；西山小学", "9", "1", "东河县", "2003/7/12", "2003-07-12", "2")
    made = new_draft(small_site, Wanted("李明"), asked)
    assert made.mistakes == ()
    assert made.wanted == Wanted(
        "李明", ("东河县水文站", "西山小学"), "南江省/东河县", date="2003-07-12", person="li-ming"
    )
    assert made.file == "content/profiles/li-ming-3.md"


def test_whoever_has_enough_leaves_nothing_behind(small_site: Path, capsys: pytest.CaptureFixture[str]) -> None:
    before = sorted(small_site.rglob("*"))
    assert new_file(small_site, Wanted("李明"), answers("西山小学")) == 2
    assert capsys.readouterr().err == "\n已取消，没有写文件。\n"
    assert sorted(small_site.rglob("*")) == before


def test_nothing_is_ever_overwritten(empty: Path, tmp_path: Path) -> None:
    made = draft(empty, "王勇")
    file = tmp_path / made.file
    file.parent.mkdir(parents=True)
    file.write_text("在先", encoding="utf-8")
    assert write(tmp_path, made) == "已经有 content/profiles/wang-yong.md，没有覆盖它。请用 --id 另取一个编号。"
    assert file.read_text(encoding="utf-8") == "在先"
    file.unlink()
    file.symlink_to(tmp_path / "nowhere")
    assert write(tmp_path, made).startswith("已经有")
    assert not (tmp_path / "nowhere").exists()


def test_what_the_disk_refuses_is_said_in_chinese(
    empty: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    made = draft(empty, "王勇")
    assert draft(tmp_path, "王勇").mistakes == ("找不到 content 文件夹：请用 --project 写明档案所在的文件夹。",)
    assert write(tmp_path, made).startswith("写不了 content/profiles/wang-yong.md（ENOENT）")
    (tmp_path / "content").mkdir()
    (tmp_path / "content/profiles").write_text("", encoding="utf-8")
    assert write(tmp_path, made) == "写不了 content/profiles/wang-yong.md：content/profiles 应当是一个文件夹。"
    assert new_file(tmp_path, made.wanted) == 1
    assert capsys.readouterr().err == "写不了 content/profiles/wang-yong.md：content/profiles 应当是一个文件夹。\n"

    def refuse(*_: object, **__: object) -> None:
        raise PermissionError

    monkeypatch.setattr(Path, "open", refuse)
    assert write(empty, made) == "没有权限写 content/profiles/wang-yong.md：请看看文件夹是不是只读。"


def test_the_file_is_plain_utf8_with_line_feeds_and_what_comes_next_is_said(
    small_site: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert new_file(small_site, Wanted("赵云", ("东河县水文站",), "南江省/东河县")) == 0
    file = small_site / "content/profiles/zhao-yun.md"
    assert file.read_bytes().startswith("---\n# “#”之后".encode())
    assert b"\r" not in file.read_bytes()
    assert not file.stat().st_mode & stat.S_IXUSR
    assert capsys.readouterr().out == (
        "已写好：content/profiles/zhao-yun.md\n"
        "接下来：\n"
        "  1. 打开这个文件，照里面的说明填好各项；dates 还空着，必须填。\n"
        "  2. 把文章贴在第二行“---”之后：一段一行，段与段之间空一行。\n"
        "  3. 检查：python build.py check\n"
        "  4. 预览：python build.py serve；满意了就提交（见 CONTRIBUTING.md）。\n"
    )


def test_files_that_cannot_be_read_count_as_taken_and_are_named(small_site: Path) -> None:
    (small_site / "content/profiles/zhao-yun.md").write_text("坏了", encoding="utf-8")
    made = draft(small_site, "赵云")
    assert made.file == "content/profiles/zhao-yun-shuiwenzhan.md"
    assert made.messages == ("有 1 个文件读不了，没有比对其中的人：zhao-yun.md。",)


@pytest.mark.parametrize(
    ("name", "pinyin", "level", "message"),
    [
        ("王勇", "Wáng Lì", "error", "“Wáng Lì”不能是“王勇”的读音：“勇”读 yǒng。"),
        ("王勇", "Wáng Yōng", "warning", "“Wáng Yōng”的声调与“王勇”不合：“勇”读 yǒng。"),
        ("王勇", "Wáng Yǒng Lì", "error", "“Wáng Yǒng Lì”不能是“王勇”的读音。"),
        ("额尔敦·巴特尔", "Erdeni Baatar", "warning", "“Erdeni Baatar”不能是“额尔敦·巴特尔”的读音：“尔”读 ěr。"),
    ],
)
def test_pinyin_that_cannot_be_a_reading(small_site: Path, name: str, pinyin: str, level: str, message: str) -> None:
    made = draft(small_site, name, date="2003-07-12")
    assert write(small_site, made) == ""
    file = small_site / made.file
    text = re.sub(r"(?m)^# pinyin:.*$", f"pinyin: {pinyin}", made.text)
    file.write_text(text + TEXT, encoding="utf-8")
    found = [(each.rule, each.level, each.message) for each in problems(small_site) if each.place.file == made.file]
    assert found == [("pinyin-impossible", level, message)]
