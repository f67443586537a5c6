"""A content file → its front matter as text that knows its place, and its body.

Takes the project's root and a path; gives a ``Source`` and problems. What a field means is not its business. Whatever
the file holds, nothing is raised: an editor's mistake is a ``Problem`` with the line and column to mend.
"""

import re
from dataclasses import dataclass
from pathlib import Path

from builder.characters import INVISIBLE
from builder.files import first_of, read_line, read_text
from builder.front_matter.layout import DELETE_UNSEEN, unseen
from builder.front_matter.nodes import read_nodes
from builder.problems import Place, Problem
from builder.text import Mapping, Source

__all__ = ["read_line", "read_source", "read_text", "read_yaml"]

FRONT_LIMIT = 100_000

# What input methods and word processors make of three hyphens.
NEARLY_FENCE = re.compile(r"\s*(?:[-－—–―‐‑−─]{1,8}|\.\.\.)\s*")
KEY_LINE = re.compile(r"[A-Za-z_][\w-]* *[:：]")


@dataclass(frozen=True)
class Parts:
    """The parts of a file by line numbers from 0: ``front`` or None, and where ``body`` begins."""

    front: tuple[int, int] | None
    body: int


def read_source(root: Path, file: str) -> tuple[Source, list[Problem]]:
    """Return the content file ``root/file`` and what is wrong with it as a file."""
    text, digest, problems = read_text(root, file)
    if text is None:
        return Source(file, None, "", 1, digest), problems
    lines = text.split("\n")
    parts, found = split_front(lines, file)
    problems += found
    front, written = None, ""
    if parts.front is not None:
        first, end = parts.front
        written = "\n".join(lines[first:end])
        front, found = read_front(lines[first:end], file, first + 1)
        problems += found
    body = "\n".join(lines[parts.body :])
    problems += unseen_in_body(body, file, parts.body + 1)
    return Source(file, front, body, parts.body + 1, digest, written), sorted(set(problems))


def read_yaml(root: Path, file: str) -> tuple[Mapping | None, list[Problem]]:
    """Return the YAML file ``root/file``, or None where it cannot be read, and what is wrong with it."""
    text, _, problems = read_text(root, file)
    if text is None:
        return None, problems
    mapping, found = read_front(text.rstrip("\n").split("\n"), file, 1)
    return mapping, sorted({*problems, *found})


def read_front(lines: list[str], file: str, first_line: int) -> tuple[Mapping | None, list[Problem]]:
    """Return the mapping that the lines hold, unless they are too many to be meant as keys and values."""
    size = sum(map(len, lines))
    if size > FRONT_LIMIT:
        return None, [front_too_long(file, first_line, size)]
    return read_nodes(lines, file, first_line)


def split_front(lines: list[str], file: str) -> tuple[Parts, list[Problem]]:
    """Return where the front matter and the body lie, read past a fence that is only badly written."""
    problems = []
    start = 1
    if lines[0].rstrip() != "---":
        opening = misplaced_opening(lines)
        problems = [no_front_matter(file, lines, opening)]
        if opening is None:
            return Parts(None, 0), problems
        start = opening
    end = next((number for number in range(start, len(lines)) if lines[number].rstrip() == "---"), None)
    if end is not None:
        return Parts((start, end), end + 1), problems
    end = misplaced_closing(lines, start)
    if not problems:
        problems = [unclosed_front_matter(file, lines, end)]
    if end is None:
        return Parts(None, len(lines)), problems
    return Parts((start, end), end + 1), problems


def misplaced_opening(lines: list[str]) -> int | None:
    """Return the line after the opening fence where it is badly written, late or missing, or None."""
    first = next((number for number, line in enumerate(lines) if line.strip()), None)
    if first is None:
        return None
    if NEARLY_FENCE.fullmatch(lines[first]):
        return first + 1
    closed = any(line.rstrip() == "---" for line in lines[first:])
    return first if closed and KEY_LINE.match(lines[first]) else None


def misplaced_closing(lines: list[str], start: int) -> int | None:
    """Return the line that was evidently meant to close the front matter, or None."""
    return next((number for number in range(start, len(lines)) if NEARLY_FENCE.fullmatch(lines[number])), None)


def unseen_in_body(body: str, file: str, first_line: int) -> list[Problem]:
    """Return the problem of the first character of a body that cannot be seen (``layout.invisible_character``)."""
    place, count = first_of(INVISIBLE, body, file)
    found = INVISIBLE.search(body)
    if place is None or found is None:
        return []
    place = Place(file, place.line + first_line - 1, place.column)
    return [Problem(place, "invisible-character", unseen(found[0], count), DELETE_UNSEEN)]


def no_front_matter(file: str, lines: list[str], opening: int | None) -> Problem:
    """Begin a file with its front matter: the first line is ``---``."""
    message = "文件要以“---”开头：第 1 行正好是三个半角减号。"
    if opening is None:
        return Problem(
            Place(file), "no-front-matter", message, "在最前面加上“---”、各个键、再一行“---”，然后才是正文。"
        )
    number = max(opening - 1, 0)
    if NEARLY_FENCE.fullmatch(lines[number]) is None:
        return Problem(Place(file, opening + 1), "no-front-matter", message, "在这一行前面加一行“---”。")
    if lines[number].rstrip() == "---":
        return Problem(Place(file), "no-front-matter", message, "删去“---”前面的空行。")
    width = len(lines[number])
    return Problem(Place(file, number + 1), "no-front-matter", message, "把这一行改成“---”。", "error", width)


def unclosed_front_matter(file: str, lines: list[str], end: int | None) -> Problem:
    """End the front matter with a line ``---``."""
    message = "开头的这一段没有结束：各个键后面要有一行正好是三个半角减号的“---”。"
    if end is not None:
        width = max(1, len(lines[end]))
        return Problem(Place(file, end + 1), "unclosed-front-matter", message, "把这一行改成“---”。", "error", width)
    keys = [number for number, line in enumerate(lines) if KEY_LINE.match(line)]
    after = f"（看来是第 {keys[-1] + 1} 行）" if keys else ""
    mend = f"在最后一个键{after}后面另起一行写“---”，再接正文。"
    return Problem(Place(file), "unclosed-front-matter", message, mend, "error", 3)


def front_too_long(file: str, first_line: int, size: int) -> Problem:
    """Keep the front matter within 100,000 characters."""
    message = f"开头的键值有 {size} 字，超过 {FRONT_LIMIT} 字，没有读。"
    mend = "正文写在第二个“---”后面：看看这一行是不是放错了地方。"
    return Problem(Place(file, first_line), "front-too-long", message, mend)


RULES = (no_front_matter, unclosed_front_matter, front_too_long)
