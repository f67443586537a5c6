"""Rules of space and lines: tabs, spaces that are none, indentation, one key a line."""

import re

import yaml

from builder.characters import INVISIBLE
from builder.front_matter.events import DEPTH_LIMIT, TOO_DEEP, Attempt
from builder.front_matter.mistakes import (
    BEFORE_KEY,
    IDENT,
    NOT_A_KEY,
    Edit,
    Mistake,
    continuations,
    indent,
    said,
    suspects,
    write_as,
)

WIDE_SPACES = "\u3000\u00a0\u2002\u2003\u2009\u202f"
WIDE_DASHES = tuple(f"-{space}" for space in WIDE_SPACES)
DELETE_UNSEEN = "把光标放在这里，用退格键删去它；或把这一行重新打一遍。"


def too_deep(attempt: Attempt) -> Mistake | None:
    """Put lists and groups no more than twelve deep into one another."""
    failure = attempt.failure
    if failure is None or failure.words != TOO_DEEP:
        return None
    message = f"一层套一层，超过了 {DEPTH_LIMIT} 层。"
    return Mistake(failure.line, failure.column, message, "看看是不是多打了括号或短横；本站的字段最多三四层。")


def tab(attempt: Attempt) -> Mistake | None:
    """Indent lines by spaces, never by a tab."""
    failure = attempt.failure
    if failure is None:
        return None
    # An empty line may hold tabs, unless that is where the parser stopped.
    blank = not attempt.lines[failure.line].strip()
    inside = {
        line
        for scalar in attempt.scalars
        if scalar.style
        for line in range(scalar.line + 1, scalar.end_line + (scalar.end_column > 0))
    }
    found = [
        (number, line)
        for number, line in enumerate(attempt.lines)
        if number not in inside and "\t" in line[: len(line) - len(line.lstrip(" \t"))] and (line.strip() or blank)
    ]
    if not found or found[0][0] > failure.line:
        if attempt.lines[failure.line].startswith("\t", failure.column):
            edits: tuple[Edit, ...] = (Edit(failure.line, failure.column, 1, " "),)
            return Mistake(failure.line, failure.column, "这里用了制表符（Tab）。", "换成空格。", edits)
        return None
    edits = tuple(
        Edit(number, column, 1, "  ")
        for number, line in found
        for column in range(len(line) - len(line.lstrip(" \t")))
        if line[column] == "\t"
    )
    more = f"（这样的行共 {len(found)} 行）" if len(found) > 1 else ""
    message = f"行首的缩进用了制表符（Tab）{more}，只能用空格。"
    return Mistake(edits[0].line, edits[0].column, message, "删去制表符，每一级按两次空格键。", edits)


def full_width_space(attempt: Attempt) -> Mistake | None:
    """Write the ordinary space before a key, after a dash and after a colon, not a full-width or unbreakable one."""
    lines = {scalar.line for scalar in attempt.plain if scalar.value[:1] in WIDE_SPACES and scalar.role == "key"}
    lines |= {scalar.line for scalar in attempt.plain if scalar.value.startswith(WIDE_DASHES)}
    pattern = rf"{BEFORE_KEY}(?:([{WIDE_SPACES}][ {WIDE_SPACES}]*)|-([{WIDE_SPACES}]+)|{IDENT}:([{WIDE_SPACES}]+))"
    for line in sorted(lines | set(suspects(attempt))):
        found = re.match(pattern, attempt.lines[line])
        if found:
            start, end = next(found.span(group) for group in (1, 2, 3) if found[group])
            # One full-width space is as wide as two; after a dash or a colon one is enough.
            spaces = "".join("  " if space == "\u3000" else " " for space in found[1]) if found[1] else " "
            edits = (Edit(line, start, end - start, spaces),)
            return Mistake(
                line,
                start,
                "这里的空格是全角空格或不换行空格，不是普通空格。",
                "删去它，切到英文输入法，按空格键。",
                edits,
                end - start,
            )
    return None


def invisible_character(attempt: Attempt) -> Mistake | None:
    """Leave no invisible character in a file: zero-width space, direction mark, soft hyphen."""
    for number, line in enumerate(attempt.lines):
        found = [match.start() for match in INVISIBLE.finditer(line)]
        if found:
            edits = tuple(Edit(number, column, 1, "") for column in found)
            return Mistake(number, found[0], unseen(line[found[0]]), DELETE_UNSEEN, edits)
    return None


def unseen(character: str, more: str = "") -> str:
    """Return the words that name a character that cannot be seen."""
    return f"这里有一个看不见的字符 U+{ord(character):04X}，多半是从网页复制来的{more}。"


def yaml_feature(attempt: Attempt) -> Mistake | None:
    """Use of YAML only values, lists and groups of keys: no merge keys, no directives, one document a file."""
    for scalar in attempt.plain:
        if scalar.role == "key" and scalar.value == "<<":
            return Mistake(scalar.line, scalar.column, "本站不用合并键“<<”。", "把要用的键逐个写出来。", (), 2)
    failure = attempt.failure
    if failure is None:
        return None
    number = failure.line
    if said(failure, "document start"):
        number = next((each for each in range(number) if attempt.lines[each].startswith("...")), number)
    line = attempt.lines[number]
    if failure.context != "document" and not line.startswith(("%", "...", "---")):
        return None
    return Mistake(number, 0, "这里用了 YAML 的文档分隔或指令，本站不用。", "删去这一行。", (), len(line) or 1)


def missing_colon(attempt: Attempt) -> Mistake | None:
    """Make every line a key with its value, an item of a list, or a remark."""
    failure = attempt.failure
    first = attempt.scalars[0] if attempt.scalars else None
    number = None
    if failure is not None and failure.context.endswith("simple key") and failure.begun:
        number = failure.begun[0]
    elif first is not None and first.role == "root" and not first.style and len(attempt.scalars) == 1:
        number = first.line
    if number is None:
        return None
    line = attempt.lines[number]
    column = indent(line)
    found = re.match(rf"{BEFORE_KEY}[a-z_][\w-]{{0,40}}(?= +\S)", line)
    if found:
        edits = (Edit(number, found.end(), 0, ":"),)
        return Mistake(number, found.end(), "键后面缺少冒号。", write_as(line, edits), edits, 1, True)
    edits = (Edit(number, column, 0, "# "),)
    mend = "如果是备注，行首加“# ”；如果是上一行的续文，行首多空两格；如果是正文，移到第二个“---”后面。"
    return Mistake(number, column, "这一行不是“键: 值”的样子。", mend, edits, len(line.strip()), True)


def wrong_indent(attempt: Attempt) -> Mistake | None:
    """Begin keys of one level in one column, and indent what belongs to a key further than the key."""
    for scalar, number in continuations(attempt):
        line = attempt.lines[number]
        if re.match(r" *- +\S", line):
            return moved(attempt, number, scalar.key_column if scalar.role == "item" else None)
    failure = attempt.failure
    if failure is None or not attempt.scalars or not isinstance(attempt.events[0], yaml.MappingStartEvent):
        return None
    number = failure.line
    if said(failure, "mapping values are not allowed"):
        last = attempt.scalars[-1]
        return moved(attempt, number, last.key_column if last.line < number else None)
    if said(failure, "document start"):
        return moved(attempt, attempt.scalars[0].line, 0)
    if said(failure, *NOT_A_KEY) and failure.column == indent(attempt.lines[number]):
        dash = attempt.lines[number].lstrip().startswith("- ")
        above = [line for line in attempt.lines[:number] if line.strip() and not line.lstrip().startswith("#")]
        columns = {indent(line) for line in above if line.lstrip().startswith("- ")}
        if not dash:
            columns = {found.end() for line in above if (found := re.match(BEFORE_KEY, line))}
        nearest = min(sorted(columns), key=lambda each: abs(each - failure.column), default=None)
        return moved(attempt, number, nearest)
    return None


def moved(attempt: Attempt, number: int, column: int | None) -> Mistake | None:
    """Return the mistake of a line that should begin at ``column``; None for ``column`` where that is not known."""
    line = attempt.lines[number]
    now = indent(line)
    message = "这一行的缩进与上面对不上。"
    if column is None:
        mend = "上一行的键已经有值：把值移到下一行，与这一行并列；或把这一行并到上一行。"
        return Mistake(number, 0, "上一行已经有值，这一行又缩进写了下一级。", mend, (), now or 1, True)
    if column == now:
        return None
    mend = f"行首现在空 {now} 格，改为空 {column} 格。" if column else f"删去行首的 {now} 个空格。"
    return Mistake(number, 0, message, mend, (Edit(number, 0, now, " " * column),), now or 1, True)
