"""Problems: what an editor's mistake is, and how it is printed.

Takes a place in a file and words; gives values that are collected, sorted and printed once.
A programmer's mistake is an exception; an editor's mistake is a ``Problem``; there is nothing in between.
"""

import json
import unicodedata
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Literal, NamedTuple

Level = Literal["error", "warning"]

# In columns: what still fits beside the line's number; in characters: how much is kept on each side of a place.
EXCERPT_COLUMNS = 110
EXCERPT_BEFORE = 24

LEVEL_WORDS: dict[Level, str] = {"error": "错误", "warning": "提醒"}


class Place(NamedTuple):
    """A spot in a file: path from the project's root with ``/``, line and column counted from 1, in characters.

    A tuple, since it is made in a third of the time of a frozen dataclass, and every value of every file has one.
    """

    file: str
    line: int = 1
    column: int = 1

    def __str__(self) -> str:
        return f"{self.file}:{self.line}:{self.column}"


@dataclass(frozen=True, order=True)
class Problem:
    """One mistake of an editor: where, which rule, what is wrong, and how to mend it.

    ``rule`` is an English word (``unknown-key``); ``message`` and ``mend`` are Chinese, for the editor.
    ``width`` is how many characters from the place on are at fault.
    """

    place: Place
    rule: str
    message: str
    mend: str
    level: Level = "error"
    width: int = 1


def columns(text: str) -> int:
    """Return the width of a text on a terminal: Han characters and full-width marks are two columns, accents none."""
    return sum(character_columns(character) for character in text)


def character_columns(character: str) -> int:
    """Return the width of one character on a terminal."""
    if unicodedata.category(character) in ("Mn", "Me", "Cf"):
        return 0
    return 2 if unicodedata.east_asian_width(character) in "WF" else 1


def excerpt(line_text: str, column: int, width: int) -> tuple[str, int]:
    """Return a line as it can be shown, and where ``column`` (from 1) is in it.

    Of a long line, and a paragraph is one line, only what is around the place is kept: a caret below a line that the
    terminal wraps points nowhere. A control character would command the terminal: U+FFFD stands for it.
    """
    shown = "".join(
        "\N{REPLACEMENT CHARACTER}"
        if unicodedata.category(character) in ("Cc", "Cs") and character != "\t"
        else character
        for character in line_text
    )
    start, end = 0, len(shown)
    if columns(shown) > EXCERPT_COLUMNS:
        start = max(0, min(column - 1, end) - EXCERPT_BEFORE)
        end = min(end, max(column - 1 + min(width, EXCERPT_BEFORE), start) + EXCERPT_BEFORE)
    before, after = "……" if start else "", "……" if end < len(shown) else ""
    return before + shown[start:end] + after, column - start + len(before)


def format_problem(problem: Problem, line_text: str | None) -> str:
    """Return one problem as text; ``line_text`` is the line it stands on, or None where there is no line to show."""
    place = problem.place
    lines = [f"{place}: {LEVEL_WORDS[problem.level]} {problem.rule}  {problem.message}"]
    if line_text is None or not line_text.strip():
        return "\n".join([*lines, f"      改法：{problem.mend}"])
    number = f"{place.line:5d} │ "
    margin = " " * (len(number) - 2) + "│ "
    shown, column = excerpt(line_text, place.column, problem.width)
    indent = "".join("\t" if character == "\t" else " " * columns(character) for character in shown[: column - 1])
    carets = "^" * max(1, columns(shown[column - 1 : column - 1 + problem.width]))
    return "\n".join([*lines, number + shown, margin + indent + carets, f"{margin}改法：{problem.mend}"])


def format_problems(problems: Iterable[Problem], read_line: Callable[[Place], str | None]) -> str:
    """Return all problems of a run, sorted by place and each once, and a count; empty when there are none."""
    ordered = sorted(set(problems))
    if not ordered:
        return ""
    errors = sum(problem.level == "error" for problem in ordered)
    warnings = len(ordered) - errors
    blocks = [format_problem(problem, read_line(problem.place)) for problem in ordered]
    return printable("\n\n".join(blocks) + f"\n\n共 {errors} 处错误，{warnings} 处提醒。")


def format_github(problems: Iterable[Problem]) -> str:
    """Return the problems as workflow commands, a line each: GitHub shows them beside the lines of a pull request."""
    return printable("\n".join(format_annotation(problem) for problem in sorted(set(problems))))


def format_annotation(problem: Problem) -> str:
    """Return one problem as a workflow command, escaped as GitHub's toolkit (``@actions/core``) does it."""
    place = problem.place
    properties = {
        "file": place.file,
        "line": str(place.line),
        "col": str(place.column),
        "endColumn": str(place.column + problem.width),
        "title": f"{LEVEL_WORDS[problem.level]} {problem.rule}",
    }
    listed = ",".join(f"{name}={escape_property(value)}" for name, value in properties.items())
    return f"::{problem.level} {listed}::" + escape_data(f"{problem.message}\n改法：{problem.mend}")


def escape_data(text: str) -> str:
    """Return a workflow command's message in one line; ``%`` goes first, or the escapes would be escaped."""
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def escape_property(text: str) -> str:
    """Return a workflow command's property, in which ``,`` and ``:`` are signs."""
    return escape_data(text).replace(":", "%3A").replace(",", "%2C")


def format_json(problems: Iterable[Problem]) -> str:
    """Return the problems as a JSON list of objects for tools, sorted by place and each once."""
    listed = [
        {
            "file": problem.place.file,
            "line": problem.place.line,
            "column": problem.place.column,
            "width": problem.width,
            "level": problem.level,
            "rule": problem.rule,
            "message": problem.message,
            "mend": problem.mend,
        }
        for problem in sorted(set(problems))
    ]
    return printable(json.dumps(listed, ensure_ascii=False, indent=2))


def printable(text: str) -> str:
    """Return text that can be printed: a file's name need not be Unicode, and half a character cannot be written."""
    return text.encode("utf-8", "backslashreplace").decode("utf-8")


def has_errors(problems: Iterable[Problem]) -> bool:
    """Return whether any of the problems is an error: then nothing is published."""
    return any(problem.level == "error" for problem in problems)
