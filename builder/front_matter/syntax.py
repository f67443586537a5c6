"""Rules of YAML's own signs: special characters, quotes and brackets without an end, remarks.

The last rule takes whatever the others leave, so that no failure goes unsaid.
"""

import re

from builder.front_matter.events import NOT_ALLOWED, Attempt
from builder.front_matter.mistakes import (
    BEFORE_KEY,
    IDENT,
    NOT_A_KEY,
    Edit,
    Mistake,
    edited,
    indent,
    quote_rest,
    quoted,
    said,
    shown,
    write_as,
)

SPECIAL = "@`%*&!|>[]{},"
SPECIAL_WORDS = {
    "*": "别名",
    "&": "锚点",
    "!": "标签",
    "|": "多行文字",
    ">": "折行文字",
    "[": "列表",
    "{": "一组键值",
    "%": "指令",
}
CLOSERS = {"[": "]", "{": "}"}
WIDE_CLOSERS = {"[": "］】〕", "{": "｝】〕"}
NO_REMARK = re.compile(r"\s+#(?=[^\s#])")
TRANSLATED = (
    ("mapping values are not allowed", "这里不该有冒号"),
    ("block sequence entries are not allowed", "这里不该有列表"),
    ("sequence entries are not allowed", "这里不该有列表"),
    ("could not find expected ':'", "这一行缺少冒号"),
    ("did not find expected key", "这里应当是一个键"),
    ("expected <block end>", "这里应当是一个键"),
    ("did not find expected ',' or", "括号里的这一处读不懂：缺少逗号或右括号"),
    ("expected ',' or", "括号里的这一处读不懂：缺少逗号或右括号"),
    ("cannot start any token", "这个字符不能放在这里"),
    ("node content", "这里应当有一个值"),
    ("end of stream", "文件在这里意外结束"),
    ("document", "文档的开头或结尾有问题"),
)


def special_character(attempt: Attempt) -> Mistake | None:
    """Put a value that begins with a character that YAML reads as a sign between quotes."""
    failure = attempt.failure
    if failure is None or failure.context == "document":
        return None
    line = attempt.lines[failure.line]
    column = len(key_part(line))
    if failure.words == NOT_ALLOWED:
        column = failure.column
    character = line[column : column + 1]
    sign = character if character in [*SPECIAL] else "- " if line.startswith("- ", column) else ""
    brackets = sign in [*"[{"] and not text_after_bracket(attempt, column)
    if not sign or failure.column < column or brackets or (sign == "- " and not said(failure, "entries are not")):
        return None
    token = re.compile(r"[^,\[\]{}]+").match(line, column) if column > len(key_part(line)) else None
    edits = quote_rest(attempt, failure.line, column)
    if token:
        edits = (Edit(failure.line, column, len(token[0].rstrip(" \t")), quoted(token[0].rstrip(" \t"))),)
    words = f"（表示{SPECIAL_WORDS[sign]}）" if sign in SPECIAL_WORDS else ""
    message = f"值以“{sign.strip()}”开头，它在这里有特殊含义{words}。"
    mend = "给整个值加引号，" + write_as(line, edits)
    if sign == "- ":
        mend = "列表从下一行写起，每项一行；如果是文字，加引号，" + write_as(line, edits)
    return Mistake(failure.line, column, message, mend, edits)


def extra_bracket(attempt: Attempt) -> Mistake | None:
    """Close a bracket once."""
    failure = attempt.failure
    if failure is None or not said(failure, *NOT_A_KEY):
        return None
    line = attempt.lines[failure.line]
    start = len(key_part(line))
    bracket = line[failure.column : failure.column + 1]
    opened = line[start : start + 1] in CLOSERS and line[start : failure.column].rstrip().endswith((*CLOSERS.values(),))
    if bracket not in CLOSERS.values() or not opened:
        return None
    edits = (Edit(failure.line, failure.column, 1, ""),)
    return Mistake(failure.line, failure.column, f"右括号“{bracket}”多了一个。", write_as(line, edits), edits)


def key_part(line: str) -> str:
    """Return what stands before the value of a line: indentation, dashes, the key and its colon."""
    found = re.match(rf"{BEFORE_KEY}(?:[^\s#'\"\[\]{{}}:]+:(?: +|$))?", line)
    return found[0] if found else ""


def text_after_bracket(attempt: Attempt, column: int) -> bool:
    """Return whether the value that begins with a bracket at ``column`` ends before the failure and text follows."""
    failure = attempt.failure
    if failure is None or not said(failure, *NOT_A_KEY):
        return False
    between = attempt.lines[failure.line][column : failure.column]
    return between.rstrip(" \t").endswith(CLOSERS[between[0]]) if between else False


def unclosed_quote(attempt: Attempt) -> Mistake | None:
    """Close a quote that opens a value on the same line, or on a line indented further than the key."""
    begun = None
    failure = attempt.failure
    if failure is not None and failure.context.endswith(("quoted scalar", "double-quoted scalar")):
        begun = failure.begun if said(failure, "end of stream", "document") else None
    for scalar in attempt.scalars if begun is None else ():
        if scalar.style in ("'", '"') and any(
            re.match(rf" *(?:- +)*{IDENT} *[:：]", line) and indent(line) <= indent(attempt.lines[scalar.line])
            for line in attempt.lines[scalar.line + 1 : scalar.end_line + 1]
        ):
            begun = (scalar.line, scalar.column)
            break
    if begun is None:
        return None
    line = attempt.lines[begun[0]]
    end = len(line.rstrip(" \t"))
    in_brackets = re.search(r"[\]},]$", line.rstrip(" \t")) or any(bracket in line[: begun[1]] for bracket in CLOSERS)
    edits = () if in_brackets else (Edit(begun[0], end, 0, line[begun[1]]),)
    mend = write_as(line, edits) if edits else "在这一项的末尾补上同样的引号。"
    return Mistake(begun[0], begun[1], f"引号“{line[begun[1]]}”没有结束。", mend, edits)


def text_after_quote(attempt: Attempt) -> Mistake | None:
    """Let nothing follow the quote that closes a value; use other quotes inside a value than around it."""
    last = attempt.scalars[-1] if attempt.scalars else None
    failure = attempt.failure
    if failure is None or last is None or last.style not in ("'", '"') or failure.line != last.end_line:
        return None
    line = attempt.lines[failure.line]
    if last.line != last.end_line or line[last.end_column : failure.column].strip() or failure.words == NOT_ALLOWED:
        return None
    edits = () if last.flow else quote_rest(attempt, last.line, last.column)
    mend = "整个值外面再加一层引号，" + write_as(line, edits) if edits else "给这一整项加上与里面不同的引号。"
    return Mistake(failure.line, failure.column, "引号到这里已经结束，后面却还有文字。", mend, edits)


def backslash(attempt: Attempt) -> Mistake | None:
    """Write a backslash between single quotes or outside quotes."""
    failure = attempt.failure
    if failure is None or not said(failure, "unknown escape", "hexdecimal", "hexadecimal", "Unicode character"):
        return None
    if failure.begun is None or failure.begun[0] != failure.line:
        return None
    line, start = attempt.lines[failure.line], failure.begun[1]
    found = re.compile(r'"((?:[^"\\]|\\.)*)"').match(line, start)
    edits: tuple[Edit, ...] = ()
    if found:
        edits = (Edit(failure.line, start, len(found[0]), "'" + found[1].replace("'", "''") + "'"),)
    column = max(line.rfind("\\", start, failure.column + 1), start)
    mend = "换成单引号，" + write_as(line, edits) if edits else "双引号换成单引号。"
    return Mistake(failure.line, column, "双引号里的反斜杠“\\”有特殊含义，这里读不懂。", mend, edits)


def unclosed_bracket(attempt: Attempt) -> Mistake | None:
    """Close a bracket that opens a list or a group by the half-width bracket that belongs to it."""
    failure = attempt.failure
    if failure is None or failure.begun is None or "parsing a flow" not in failure.context:
        return None
    number, column = failure.begun
    line = attempt.lines[number]
    opener = line[column : column + 1]
    if opener not in CLOSERS:
        number, column = number, max(line.rfind("[", 0, column), line.rfind("{", 0, column))
        opener = line[column : column + 1] if column >= 0 else ""
    if not opener or CLOSERS[opener] in line[column:]:
        return None
    end = len(line.rstrip(" \t"))
    closer, last = CLOSERS[opener], line.rstrip(" \t")[-1:]
    if last in WIDE_CLOSERS[opener]:
        edits: tuple[Edit, ...] = (Edit(number, end - 1, 1, closer),)
        message = f"右括号是全角的“{last}”，要用半角的“{closer}”。"
        return Mistake(number, end - 1, message, write_as(line, edits), edits)
    # Where the list runs on to the next lines nobody but the editor knows its end.
    edits = () if last in (",", opener) else (Edit(number, end, 0, closer),)
    mend = write_as(line, edits) if edits else f"在最后一项后面补上“{closer}”。"
    return Mistake(number, column, f"括号“{opener}”没有结束。", mend, edits, vague=True)


def comment_or_text(attempt: Attempt) -> Mistake | None:
    """Begin a remark with “# ”; put a value in which “#” follows a space between quotes."""
    for scalar in attempt.plain:
        line = attempt.lines[scalar.end_line]
        found = NO_REMARK.match(line, scalar.end_column)
        if not found or (scalar.value == "" and line[: found.start()].strip() == ""):
            continue
        column = found.end() - 1
        start = scalar.column if scalar.value and scalar.line == scalar.end_line else column
        whole = quote_rest(attempt, scalar.end_line, start)
        if scalar.flow and (item := re.compile(r"[^,\[\]{}]+").match(line, start)):
            whole = (Edit(scalar.end_line, start, len(item[0].rstrip(" \t")), quoted(item[0].rstrip(" \t"))),)
        note = (Edit(scalar.end_line, column + 1, 0, " "),)
        mend = f"如果是文字，加引号，{write_as(line, whole)}；如果是备注，# 后面空一格：{shown(edited(line, note))}"
        edits = note if scalar.value and not scalar.flow else whole
        return Mistake(scalar.end_line, column, "空格后面的“#”是备注的开头，从这里起的字都不会读。", mend, edits)
    return None


def yaml(attempt: Attempt) -> Mistake | None:
    """Write front matter that can be read as YAML."""
    failure = attempt.failure
    if failure is None:
        return None
    words = next((chinese for english, chinese in TRANSLATED if english in failure.words), "这里读不懂")
    mend = "每行写成“键: 值”：半角冒号、空一格、再写值；拿不准的值加半角双引号。"
    return Mistake(failure.line, failure.column, f"{words}。", mend, vague=True)
