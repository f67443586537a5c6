"""What the values of a record must be like, a rule a function: its name is the rule, its docstring says it."""

import re

from builder.problems import Problem
from builder.text import Mapping, Text

NAME_LIMIT = 100
# What else people part the names of a region by; a space only between Chinese.
OTHER_SIGN = re.compile(r"\s*[／＼\\|｜>＞→»、，,;；]+\s*|(?<=[㐀-鿿])[\s\u3000]+(?=[㐀-鿿])")
WIDE_SPACE = re.compile("[\u00a0\u1680\u2000-\u200a\u202f\u205f\u3000\t\n]")
# Besides letters: dots between the parts of a name, initials, and what stands for a name that is withheld. Of a
# character that is lost (U+FFFD) another rule tells.
NO_PART_OF_A_NAME = re.compile(r"[^\w ·・•‧∙⋅.．'’ʼ\-－〇○×\ufffd]|[\d_]")
DIGITS = 9  # of a number at most: far more than anybody needs, and far fewer than Python would read
NUMBER = re.compile(f"[0-9]{{1,{DIGITS}}}")


def region_path(text: Text) -> Problem | None:
    """Write a region as names from the larger to the smaller, parted by ``/`` alone, none of them empty."""
    if OTHER_SIGN.search(text):
        message = f"地区“{text}”的各级没有用半角的 / 隔开。"
        return text.problem("region-path", message, f"请写成：{OTHER_SIGN.sub('/', text)}")
    if all(part.strip() for part in text.split("/")):
        return None
    message, mend = f"地区“{text}”里有空的一段。", "请从大到小写，用 / 隔开，如：内蒙古自治区/呼和浩特市。"
    return text.problem("region-path", message, mend)


def name_form(text: Text, *, is_person: bool = False) -> Problem | None:
    """Write a name as a name: at most 100 characters, and no space but the ordinary one, none before or after.

    A space between the characters of a person's name, a digit, a bracket or a comma in it ask somebody to look.
    """
    if len(text) > NAME_LIMIT:
        message = f"名称有 {len(text)} 字，超过 {NAME_LIMIT} 字。"
        return Problem(text.place, "name-form", message, "看看是不是把别的文字写进来了；这里只写名称。")
    if WIDE_SPACE.search(text) or text != text.strip():
        right = " ".join(text.split())
        message = f"“{right}”的里面或前后有多余的空格（全角空格、不换行空格、制表符）。"
        return text.problem("name-form", message, f"请删去它，写成：{re.sub('(?<=[㐀-鿿]) (?=[㐀-鿿])', '', right)}")
    if not is_person:
        return None
    if re.search("[㐀-鿿] +[㐀-鿿]", text):
        mend = f"请写成：{re.sub('(?<=[㐀-鿿]) +(?=[㐀-鿿])', '', text)}；几个人请各写一个文件。"
        return text.problem("name-form", f"姓名“{text}”中间有空格。", mend, warning=True)
    found = NO_PART_OF_A_NAME.search(text)
    if found is None:
        return None
    mend = "只写姓名：别的写在 post、note 或正文里；几个人请各写一个文件。姓名确是这样的，不必改。"
    return text.problem("name-form", f"姓名“{text}”里有“{found[0]}”。", mend, warning=True)


def name_faults(*names: Text | None, is_person: bool = False) -> list[Problem]:
    """Return what is wrong with the form of some names, those that are absent left out."""
    faults = (name_form(name, is_person=is_person) for name in names if name is not None)
    return [fault for fault in faults if fault is not None]


def not_in_region(name: Text, key: str, names: tuple[Text, ...]) -> Problem:
    """Name under ``region_supplied`` and ``region_inferred`` only what stands in ``region``."""
    message = f"“{key}”里的“{name}”不在地区“{'/'.join(names)}”之中。"
    return name.problem("not-in-region", message, f"只能写：{'、'.join(names)}，一字不差。")


def empty_event(node: Mapping) -> Problem:
    """Say of everything under ``dates`` when it was, or what it was."""
    message, mend = "这一项既没有日期，也没有事件。", "请写“date: …”或“event: …”，或两者都写。"
    return Problem(node.place, "empty-event", message, mend)


def region_code(code: Text) -> Problem:
    """Write codes of GB/T 2260 in six digits; name any other system."""
    mend = "GB/T 2260 的代码是六位数字；若是别的代码，请加“code_system: …”说明是哪一种。"
    return code.problem("region-code", f"行政区划代码“{code}”不是六位数字。", mend)


def number_wanted(text: Text, key: str) -> Problem:
    """Write a number in digits, at most nine, where one is wanted."""
    is_long = text.isascii() and text.isdigit()
    message = f"“{key}”的数字有 {len(text)} 位，超过 {DIGITS} 位。" if is_long else f"“{key}”要写数字，这里是“{text}”。"
    return text.problem("number-wanted", message, f"请写成“{key}: 1”的样子，用半角数字。")


def day_wanted(text: Text, key: str) -> Problem:
    """Write the day on which the archive took something up or changed it: one certain day."""
    return text.problem("day-wanted", f"“{key}”要写到日，这里是“{text}”。", f"请写成“{key}: 2026-05-01”的样子。")


def date_after_added(text: Text, added: Text) -> Problem:
    """Tell of nothing that is later than the day on which the document was taken up: 2202 is a slip for 2020."""
    message = f"日期“{text}”在收入这一篇的日期 {added} 之后。"
    return text.problem("date-after-added", message, "请核对年份；收入的日期写错了的，改 added。")


RULES = (name_form, region_path, not_in_region, empty_event, region_code, number_wanted, day_wanted, date_after_added)
