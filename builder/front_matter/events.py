"""Lines of YAML → what the parser makes of them, with every position, up to where it stopped.

Takes lines; gives an ``Attempt``: the parser's events, the scalars among them with the part each plays, and the failure
if there was one. Lines and columns are counted from 0 here, columns in characters. The events are taken one by one and
the first that goes too deep ends the reading: neither this program nor the parser can be made to exhaust its stack, and
since an alias ends it too, a small file cannot unfold into a huge one.
"""

from dataclasses import dataclass, field
from typing import Any, NamedTuple

import yaml

LOADER: Any = getattr(yaml, "CBaseLoader", yaml.BaseLoader)
DEPTH_LIMIT = 12
TOO_DEEP = "too deep"
NOT_ALLOWED = "not allowed here"


class Scalar(NamedTuple):
    """A value or key as written: ``end`` is where it stops, ``style`` is "" for plain text, else its first character.

    ``role`` is key, value, item (of a list) or root; ``flow`` says whether it stands in [ ] or { }. ``key_line`` and
    ``key_column`` are the place of the key of a value, or of the list of an item.
    """

    value: str
    style: str
    line: int
    column: int
    end_line: int
    end_column: int
    role: str
    flow: bool
    key_line: int
    key_column: int


@dataclass(frozen=True, slots=True)
class Failure:
    """Where the parser stopped and what it said; ``context`` is what it was in the middle of, begun at ``begun``."""

    line: int
    column: int
    words: str
    context: str = ""
    begun: tuple[int, int] | None = None


@dataclass
class Attempt:
    """One reading of ``lines``; ``plain`` are the scalars written without quotes."""

    lines: list[str]
    events: list[yaml.Event] = field(default_factory=list)
    scalars: list[Scalar] = field(default_factory=list)
    plain: list[Scalar] = field(default_factory=list)
    failure: Failure | None = None


@dataclass(slots=True)
class Level:
    """A list or mapping that is not finished yet."""

    mapping: bool
    flow: bool
    line: int
    column: int
    key_next: bool = True


def attempt(lines: list[str]) -> Attempt:
    """Return what the parser makes of the lines; never raises, whatever they hold."""
    result = Attempt(lines)
    try:
        levels: list[Level] = []
        for event in yaml.parse("\n".join(lines) + "\n", Loader=LOADER):
            result.failure = refuse(event, levels, result)
            if result.failure is not None:
                return result
            take(event, levels, result)
    except yaml.MarkedYAMLError as error:
        result.failure = failure_of(error, lines)
    except yaml.YAMLError as error:
        result.failure = Failure(0, 0, str(error))
    return result


def refuse(event: yaml.Event, levels: list[Level], result: Attempt) -> Failure | None:
    """Return the failure for a thing that YAML knows and this archive does not want."""
    words, context = "", ""
    if isinstance(event, yaml.NodeEvent):
        if isinstance(event, yaml.CollectionStartEvent) and len(levels) >= DEPTH_LIMIT:
            words = TOO_DEEP
        elif event.anchor or getattr(event, "tag", None):  # an alias has the anchor that it names
            words, context = NOT_ALLOWED, "value"
    elif isinstance(event, yaml.DocumentStartEvent) and (result.events or event.version or event.tags):
        words, context = NOT_ALLOWED, "document"
    return Failure(*spot(event.start_mark, result.lines), words, context) if words else None


def take(event: yaml.Event, levels: list[Level], result: Attempt) -> None:
    """Add an event to the result, and its scalar with the part it plays."""
    if isinstance(event, yaml.CollectionEndEvent):
        result.events.append(event)
        levels.pop()
    if not isinstance(event, yaml.NodeEvent):
        return
    result.events.append(event)
    mark: Any = event.start_mark
    level = levels[-1] if levels else None
    role = "root" if level is None else "item"
    if level is not None and level.mapping:
        role = "key" if level.key_next else "value"
        if level.key_next:
            level.line, level.column = mark.line, mark.column
        level.key_next = not level.key_next
    if isinstance(event, yaml.ScalarEvent):
        scalar = scalar_of(event, role, level, result.lines)
        result.scalars.append(scalar)
        if not scalar.style:
            result.plain.append(scalar)
    elif isinstance(event, yaml.CollectionStartEvent):
        flow = bool(event.flow_style) or (level is not None and level.flow)
        levels.append(Level(isinstance(event, yaml.MappingStartEvent), flow, mark.line, mark.column))


def scalar_of(event: yaml.ScalarEvent, role: str, level: Level | None, lines: list[str]) -> Scalar:
    """Return the scalar of an event."""
    start = spot(event.start_mark, lines)
    key = start if level is None else (level.line, level.column)
    flow = level is not None and level.flow
    return Scalar(event.value, event.style or "", *start, *spot(event.end_mark, lines), role, flow, *key)


def failure_of(error: yaml.MarkedYAMLError, lines: list[str]) -> Failure:
    """Return what the parser said, with its marks as plain numbers."""
    line, column = spot(error.problem_mark or error.context_mark, lines)
    begun = spot(error.context_mark, lines) if error.context_mark else None
    return Failure(line, column, error.problem or "", error.context or "", begun)


def spot(mark: Any, lines: list[str]) -> tuple[int, int]:
    """Return the line and column of a mark, which the parser may set a line beyond the last."""
    if mark is None or mark.line >= len(lines):
        return len(lines) - 1, len(lines[-1])
    return mark.line, min(mark.column, len(lines[mark.line]))
