"""What a mistake in YAML is, how it is mended in memory, and what the rules share.

Takes an ``Attempt`` at reading; gives the first ``Mistake`` found, or None. The parser reports where it gave up, which
is often a line too late, and much that is wrong it reads without a word. So each rule looks both at where it stopped
and at what it read. A mistake whose mend is plain holds the edits that mend it: the reader makes them and reads on.
"""

from collections.abc import Callable
from dataclasses import dataclass

from builder.front_matter.events import Attempt, Failure, Scalar

IDENT = r"[A-Za-z_][\w-]{0,40}"
BEFORE_KEY = r"^[ \t]*(?:- +)*"
NOT_A_KEY = ("did not find expected key", "did not find expected '-' indicator", "expected <block end>")


@dataclass(frozen=True)
class Edit:
    """At ``column`` of ``line`` (from 0), ``removed`` characters give way to ``inserted``."""

    line: int
    column: int
    removed: int
    inserted: str


@dataclass(frozen=True)
class Mistake:
    """A mistake at a line and column (from 0); ``edits`` mend it, and are empty where only a person can.

    ``vague`` means that it may be no more than an echo of another mistake on the line or the one above.
    """

    line: int
    column: int
    message: str
    mend: str
    edits: tuple[Edit, ...] = ()
    width: int = 1
    vague: bool = False


Rule = Callable[[Attempt], Mistake | None]


def find_mistake(attempt: Attempt, rules: tuple[Rule, ...]) -> tuple[str, Mistake] | None:
    """Return the name of the first rule that is broken, and how; None where the lines are in order."""
    for rule in rules:
        mistake = rule(attempt)
        if mistake is not None:
            return rule.__name__.replace("_", "-"), mistake
    return None


def edited(line: str, edits: tuple[Edit, ...]) -> str:
    """Return a line with the edits made; their columns are those of the line as it was."""
    for edit in sorted(edits, key=lambda each: -each.column):
        line = line[: edit.column] + edit.inserted + line[edit.column + edit.removed :]
    return line


def write_as(line: str, edits: tuple[Edit, ...]) -> str:
    """Return the words “write it like this”, with the mended line."""
    return f"写成：{shown(edited(line, edits))}"


def shown(line: str) -> str:
    """Return a line for a message, shortened where it is long."""
    line = line.strip()
    return line if len(line) <= 80 else f"{line[:80]}……"


def quoted(value: str) -> str:
    """Return a value between quotes that YAML takes as they stand."""
    if '"' not in value and "\\" not in value:
        return f'"{value}"'
    return "'" + value.replace("'", "''") + "'"


def quote_rest(attempt: Attempt, line: int, column: int) -> tuple[Edit, ...]:
    """Return the edit that puts all of a line from ``column`` on between quotes."""
    value = attempt.lines[line][column:].rstrip(" \t")
    return (Edit(line, column, len(value), quoted(value)),)


def starts_line(attempt: Attempt, scalar: Scalar) -> bool:
    """Return whether nothing but list dashes stands before a scalar on its line."""
    # Far to the right nothing starts a line; to look there would take ever longer on a line of many items.
    return scalar.column < 200 and not attempt.lines[scalar.line][: scalar.column].strip(" -")


def suspects(attempt: Attempt) -> list[int]:
    """Return the lines on which the cause of the failure may stand, likeliest first."""
    failure = attempt.failure
    if failure is None:
        return []
    if failure.context.endswith("simple key") and failure.begun:
        return [failure.begun[0]]
    last = attempt.scalars[-1] if attempt.scalars else None
    first = last.line if last is not None and not last.style and last.end_line == failure.line else failure.line
    return list(range(first, failure.line + 1))


def continuations(attempt: Attempt) -> list[tuple[Scalar, int]]:
    """Return the further lines of plain values that run over several, each with its scalar."""
    return [(scalar, line) for scalar in attempt.plain for line in range(scalar.line + 1, scalar.end_line + 1)]


def said(failure: Failure | None, *words: str) -> bool:
    """Return whether the parser (the one in C or the one in Python) said one of these."""
    return failure is not None and any(word in failure.words for word in words)


def indent(line: str) -> int:
    """Return how many spaces a line begins with."""
    return len(line) - len(line.lstrip(" "))
