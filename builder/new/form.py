"""The text of a new file: what is known filled in, every key explained in one line, what is optional left as a remark.

Takes plain values; gives the whole file. Nothing in it can be published by accident: a key is either filled with what
the editor gave or empty, there are no sample values, and the body is empty, which the check refuses.
"""

import re
from dataclasses import dataclass

import yaml

from builder import names
from builder.front_matter.mistakes import quoted
from builder.records import BASES

# What may stand without quotes besides letters and digits; what begins with a sign or a digit never does.
BARE_SIGNS = "“”‘’《》〈〉（）·—…、，。；：！？/.- "
BARE = re.compile(rf"[^\W\d_][\w{re.escape(BARE_SIGNS)}]*")


@dataclass(frozen=True)
class Wanted:
    """What the editor asks for. ``region`` is a path; of an organisation ``units`` holds what is above it.

    ``added`` is the day on which the document is taken up, as ``2026-05-01``; "" leaves it to the editor.
    """

    name: str
    units: tuple[str, ...] = ()
    region: str = ""
    identifier: str = ""
    date: str = ""
    title: str = ""
    author: str = ""
    person: str = ""
    is_organisation: bool = False
    added: str = ""


def scalar(text: str) -> str:
    """Return a text of one line as YAML that is read back as exactly this text, by us and by any other reader."""
    if not text:
        return ""
    if BARE.fullmatch(text) and not text.endswith(" ") and yaml.safe_load(text) == text:
        return text
    return quoted(text)


def line(key: str, value: str, remark: str) -> str:
    """Return a key with its value and the remark that explains it."""
    return f"{key}: {scalar(value)}".rstrip() + f"  # {remark}"


def profile_text(wanted: Wanted, identifier: str) -> str:
    """Return the text of a new profile; an empty ``date`` or ``added`` leaves its key empty, to be filled in."""
    lines = [
        "---",
        *([] if wanted.name else [f"# 先改文件名：姓名的拼音，如 {identifier}.md，小写，用短横隔开；发布以后不再改。"]),
        "# “#”之后是写给编者的说明，网页上不显示，但会随这个文件公开：私事不要写在“#”后面。看过可以删去。",
        "# 行首有“# ”的各项是选填的：要用，就删去行首的“# ”，在冒号后面填好；不用，就不必管它。",
        line("name", wanted.name, "姓名，照原文"),
        "# " + line("pinyin", names.person_pinyin(wanted.name), "机器注的音，未必对：核对多音字和声调之后启用"),
        *_optional_text("title", wanted.title, "标题，照原文"),
        "# subtitle:  # 副题，照原文，前面的破折号不写",
        "# summary:  # 编者写的一句话：他做了什么；不加赞语，不写私事",
        line("author", wanted.author, "作者；原文没有署名的，这里空着"),
    ]
    if wanted.person:
        lines.append(line("person", wanted.person, "与这个文件写的是同一人"))
    lines += _unit_lines(wanted.units)
    lines += [
        line("region", wanted.region, "单位在哪里：从大到小，用 / 隔开"),
        "# region_supplied:  # 原文没有印出、但确定无疑的地名，须在 region 之中；几个写成 [甲, 乙]",
        "# region_inferred:  # 原文没有印出、由编者推定的地名，写法同上",
        line("added", wanted.added, "本站收入这一篇的日期，如 2026-05-01；以后不改"),
        *_date_lines(wanted.date),
        "# source:  # 文章从哪里来",
        f"#   received:  # 底本：原样存进 content/sources 的文件，如 sources/{identifier}.txt",
        "#   publication:  # 原载报刊、网站",
        "#   date:  # 原载日期",
        "#   url:  # 原载网址",
        "#   rights:  # 权利状况，知道多少写多少",
        "# private:  # 只留在正文、不进别处的原句（家庭、健康、住址、孩子等），一字不差，一句一行",
        "#   - ",
        "# tags:  # 主题词；几个写成 [甲, 乙]",
        "---",
        "",
    ]
    return "\n".join(lines)


def _optional_text(key: str, value: str, remark: str) -> list[str]:
    """Return an optional key: filled where there is a value, else as a remark."""
    return [line(key, value, remark)] if value else [f"# {key}:  # {remark}"]


def _unit_lines(units: tuple[str, ...]) -> list[str]:
    """Return ``unit``, each organisation with what may be added."""
    lines = ["unit:  # 当时的单位；不止一个就再写一项，从“- name”写起"]
    for unit in units:
        lines += [
            line("  - name", unit, "单位名称，照原文"),
            "    # post:  # 当时在这个单位的职务，照原文，不写“现任”",
            "    # quote:  # 正文里说到这个单位、职务的原句，一字不差",
        ]
    return lines


def _date_lines(date: str) -> list[str]:
    """Return ``dates`` with one item, which is a remark where no date is given."""
    lead = "  - " if date else "  # - "
    rest = "    # " if date else "  #   "
    bases = "，".join(f"{basis} {meaning}" for basis, meaning in BASES.items())
    ask = "" if date else "：删去下面要用的各行的“# ”"
    return [
        f"dates:  # 何时何事，一件一项{ask}；不知道日期的事只写 event",
        line(f"{lead}date", date, "日期，如 2020-01-29 或 2020-01；不写得比原文更细"),
        f"{rest}event:  # 何事，编者的几个字，不写私事",
        f"{rest}quote:  # 正文里说到这件事的原句，一字不差",
        f"{rest}basis:  # 日期怎么知道的：{bases}；不写就是 printed",
        f"{rest}supplied: year  # 年份是编者补的，才要这一行",
    ]


def organisation_text(wanted: Wanted) -> str:
    """Return the text of a new organisation's record."""
    lines = [
        "---",
        "# “#”之后是写给编者的说明，网页上不显示，但会随这个文件公开：私事不要写在“#”后面。",
        "# 行首有“# ”的各项是选填的：要用就删去行首的“# ”并填好。",
        line("name", wanted.name, "名称，照原文"),
        "# " + line("pinyin", names.common_pinyin(wanted.name), "机器注的音，核对之后启用"),
        "# aliases:  # 别的写法；几个写成 [甲, 乙]，人物文件里写哪一个都行",
        "# full_name:  # 全称，与名称不同才写",
        "# full_name_basis: inferred  # 全称是编者推定的，才要这一行",
        *_optional_text("parent", "".join(wanted.units[:1]), "上级机构的名称"),
        "# parent_basis: inferred  # 上级是编者推定的，才要这一行",
        *_optional_text("region", wanted.region, "在哪里：从大到小，用 / 隔开"),
        "# kind:  # 是什么机构，如 人民法院；确定才写",
        "---",
        "",
    ]
    return "\n".join(lines)
