"""What is wrong with the words of the command, in Chinese: each function gives a sentence, or "" where all is well."""

import re

from builder import characters
from builder.content import GOOD_ID
from builder.dates import DateError, parse_edtf
from builder.files import CONTROL
from builder.names import SLUG_LIMIT, slug
from builder.problems import Place, Problem
from builder.records.forms import name_form, region_path
from builder.text import Text

TEXT_LIMIT = 100
INVISIBLE = re.compile(f"\ufffd|{characters.INVISIBLE.pattern}|{CONTROL.pattern}")


def text_mistake(what: str, text: str, limit: int = TEXT_LIMIT) -> str:
    """Return what keeps a text from standing in one line of the file."""
    if not text.strip():
        return f"{what}是空的，请写上。"
    shown = INVISIBLE.sub("\N{REPLACEMENT CHARACTER}", " ".join(text.split()))[:20]
    if any(space in text for space in "\n\r\t\v\f\x85\u2028\u2029"):
        return f"{what}“{shown}”里有换行或制表符，请写成一行。"
    if found := characters.LOOKALIKE.search(text):
        wanted = found[0].translate(characters.LOOKALIKES)
        return f"{what}“{shown}”里的“{found[0]}”只是样子像“{wanted}”，请用输入法重新打一遍。"
    if INVISIBLE.search(text):
        return f"{what}“{shown}”里有看不见的字符，请重新打一遍。"
    if text != text.strip():
        return f"{what}“{shown}”的前后有空格，请去掉。"
    return f"{what}有 {len(text)} 字，不能超过 {limit} 字。" if len(text) > limit else ""


def name_mistake(name: str) -> str:
    """Return what keeps a text from being a name."""
    return text_mistake("名称", name) or ("名称里不能有“/”。" if "/" in name else _words(name_form(_text(name))))


def region_mistake(path: str) -> str:
    """Return what is wrong with the path of a region."""
    wrong = text_mistake("地区", path, 2 * TEXT_LIMIT)
    if not wrong and not all(step.strip() for step in path.split("/")):
        return f"地区“{path}”里有空的一段：从大到小写，用 / 隔开，如 内蒙古自治区/呼和浩特市。"
    return wrong or _words(region_path(_text(path)))


def unit_mistake(name: str) -> str:
    """Return what keeps a text from being the name of an organisation."""
    return text_mistake("单位", name) or _words(name_form(_text(name)))


def _text(text: str) -> Text:
    """Return a word of the command as a value, which the rules of values take."""
    return Text(text, Place(""))


def _words(problem: Problem | None) -> str:
    """Return what a rule of values has against a word of the command."""
    return problem.message + problem.mend if problem is not None else ""


def date_mistake(date: str) -> str:
    """Return what is wrong with a date, and how to write it; an empty one is left for later."""
    try:
        if date:
            parse_edtf(date)
    except DateError as error:
        return f"{error.message}{error.mend}"
    return ""


def added_mistake(day: str) -> str:
    """Return what keeps a text from being the day on which a document is taken up; none given is no mistake."""
    wrong = date_mistake(day)
    if day and not wrong and not parse_edtf(day).is_day:
        return f"收入的日期要写到日，如 2026-05-01，这里是“{day}”。"
    return wrong


def identifier_mistake(identifier: str) -> str:
    """Return what keeps a text from being an id."""
    if len(identifier) > SLUG_LIMIT:
        return f"编号太长，不能超过 {SLUG_LIMIT} 个字母。"
    if GOOD_ID.fullmatch(identifier):
        return ""
    return f"编号“{identifier}”不能作网址：只能用小写字母、数字和短横，如 {slug(identifier)}。"
