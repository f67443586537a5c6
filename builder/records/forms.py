"""What the values of a record must be like, a rule a function: its name is the rule, its docstring says it."""

from builder.problems import Problem
from builder.text import Mapping, Text


def region_path(text: Text) -> Problem:
    """Write a region as names from the larger to the smaller, parted by ``/``, none of them empty."""
    message, mend = f"地区“{text}”里有空的一段。", "请从大到小写，用 / 隔开，如：内蒙古自治区/呼和浩特市。"
    return text.problem("region-path", message, mend)


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
    """Write a number in digits where one is wanted."""
    return text.problem("number-wanted", f"“{key}”要写数字，这里是“{text}”。", f"请写成“{key}: 1”的样子，用半角数字。")


def day_wanted(text: Text, key: str) -> Problem:
    """Write the day on which the archive took something up or changed it: one certain day."""
    return text.problem("day-wanted", f"“{key}”要写到日，这里是“{text}”。", f"请写成“{key}: 2026-05-01”的样子。")


RULES = (region_path, not_in_region, empty_event, region_code, number_wanted, day_wanted)
