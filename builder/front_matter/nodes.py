"""Lines of YAML → nodes that know their places, and problems.

Takes the lines of a front matter or of ``site.yaml`` and where they stand in the file; gives a ``Mapping`` or None. A
mistake whose mend is plain is mended in memory and the lines are read again, so that one run finds all mistakes of a
file; places are always those of the file as the editor wrote it.
"""

from collections.abc import Callable, Iterator

import yaml

from builder.files import CONTROL, REPLACEMENT
from builder.front_matter import layout, punctuation, syntax
from builder.front_matter.events import Attempt, Scalar, attempt, spot
from builder.front_matter.mistakes import Edit, Mistake, Rule, edited, find_mistake
from builder.problems import Place, Problem
from builder.text import Mapping, Node, Sequence, Text

# How many characters may be read in all while mistakes are mended: bounds the time that a hopeless file takes.
EFFORT = 200_000
MISTAKE_LIMIT = 50
EDIT_LIMIT = 200


# In this order: what is certain before what is guessed, the last one for all the rest.
SYNTAX_RULES: tuple[Rule, ...] = (
    layout.too_deep,
    layout.tab,
    layout.invisible_character,
    layout.full_width_space,
    punctuation.full_width_colon,
    punctuation.full_width_quote,
    punctuation.full_width_comma,
    punctuation.missing_space,
    punctuation.colon_in_value,
    syntax.extra_bracket,
    syntax.special_character,
    syntax.unclosed_quote,
    syntax.text_after_quote,
    syntax.backslash,
    syntax.unclosed_bracket,
    syntax.comment_or_text,
    layout.yaml_feature,
    layout.missing_colon,
    layout.wrong_indent,
    syntax.yaml,
)


class Reader:
    """Reads the lines of one file: holds the edits made so far, hence the way back to the editor's columns."""

    def __init__(self, lines: list[str], file: str, first_line: int) -> None:
        # A control character would end a line for the parser where none ends for the editor; ``files`` reports it.
        self.lines = [CONTROL.sub(REPLACEMENT, line) for line in lines] or [""]
        self.file = file
        self.first_line = first_line
        self.edits: dict[int, list[Edit]] = {}
        self.problems: list[Problem] = []
        self.blamed: set[int] = set()
        self.scalars: Iterator[Scalar] = iter(())

    def read(self) -> Mapping | None:
        """Return the mapping that the lines hold, or None where they cannot be read."""
        effort = EFFORT
        for _ in range(MISTAKE_LIMIT):
            made = attempt(self.lines)
            found = find_mistake(made, SYNTAX_RULES)
            if found is None:
                return self.build(made)
            helped = self.report(*found)
            effort -= sum(map(len, self.lines))
            if not helped or effort < 0 or not 0 < len(found[1].edits) <= EDIT_LIMIT:
                return None
            self.mend(found[1].edits)
        return None

    def report(self, rule: str, mistake: Mistake) -> bool:
        """Add the problem of a mistake, unless it is but an echo of one on this line or the line before.

        Return whether it is a new one: a mistake that is still there after its mending would be mended for ever.
        """
        echo = mistake.vague and bool(self.blamed & {mistake.line - 1, mistake.line})
        self.blamed |= {mistake.line} | {edit.line for edit in mistake.edits}
        place = self.place(mistake.line, mistake.column)
        new = all((problem.rule, problem.place) != (rule, place) for problem in self.problems)
        if new and not echo:
            self.problems.append(Problem(place, rule, mistake.message, mistake.mend, "error", max(1, mistake.width)))
        return new

    def mend(self, edits: tuple[Edit, ...]) -> None:
        """Make the edits in memory, and remember them."""
        for line in {edit.line for edit in edits}:
            here = tuple(sorted((edit for edit in edits if edit.line == line), key=lambda edit: -edit.column))
            self.lines[line] = edited(self.lines[line], here)
            self.edits.setdefault(line, []).extend(here)

    def place(self, line: int, column: int) -> Place:
        """Return the place, in the file as the editor wrote it, of a line and column counted from 0."""
        for edit in reversed(self.edits.get(line, ())):
            if column >= edit.column + len(edit.inserted):
                column += edit.removed - len(edit.inserted)
            elif column > edit.column:
                column = edit.column + min(column - edit.column, edit.removed)
        return Place(self.file, self.first_line + line, column + 1)

    def build(self, made: Attempt) -> Mapping | None:
        """Return the nodes of an attempt that succeeded; the front matter as a whole must be a mapping."""
        if not made.events:
            return Mapping((), Place(self.file, self.first_line))
        events = iter(made.events)
        self.scalars = iter(made.scalars)
        node = self.node(next(events), events)
        if isinstance(node, Mapping):
            return node
        self.problems.append(not_a_mapping(node.place))
        return None

    def node(self, event: yaml.Event, events: Iterator[yaml.Event]) -> Node:
        """Return the node that begins with ``event``; goes no deeper than ``yaml_events`` lets anything through."""
        if isinstance(event, yaml.ScalarEvent):
            return self.text(next(self.scalars))
        place = self.place(*spot(event.start_mark, self.lines))
        if isinstance(event, yaml.MappingStartEvent):
            return Mapping(tuple(self.entries(events)), place)
        items = []
        while not isinstance(event := next(events), yaml.SequenceEndEvent):
            items.append(self.node(event, events))
        return Sequence(tuple(items), place)

    def entries(self, events: Iterator[yaml.Event]) -> Iterator[tuple[Text, Node]]:
        """Yield the entries of a mapping with the keys that are right; of equal keys the first counts."""
        seen: dict[str, Text] = {}
        while not isinstance(event := next(events), yaml.MappingEndEvent):
            key = self.node(event, events)
            value = self.node(next(events), events)
            if not isinstance(key, Text) or not key:
                self.problems.append(key_not_text(key.place))
            elif key in seen:
                self.problems.append(duplicate_key(key, seen[key]))
            else:
                seen[str(key)] = key
                yield key, value

    def text(self, scalar: Scalar) -> Text:
        """Return a scalar's text at the place of its first character, inside quotes or below ``|``."""
        line, column = scalar.line, scalar.column
        if scalar.style in ("'", '"') and scalar.value and column + 1 < len(self.lines[line]):
            column += 1
        if scalar.style in ("|", ">"):
            below = range(line + 1, scalar.end_line + 1)
            line = next((number for number in below if self.lines[number].strip()), line)
            column = column if line == scalar.line else len(self.lines[line]) - len(self.lines[line].lstrip(" "))
        # What an escape between double quotes stands for may be a control character: "C:\book" has one.
        return Text(CONTROL.sub(REPLACEMENT, scalar.value), self.place(line, column))


def read_nodes(lines: list[str], file: str, first_line: int = 1) -> tuple[Mapping | None, list[Problem]]:
    """Return the mapping that ``lines`` hold and what is wrong in them; never raises, whatever they hold."""
    reader = Reader(lines, file, first_line)
    mapping = reader.read()
    return mapping, sorted(set(reader.problems))


def not_a_mapping(place: Place) -> Problem:
    """Make the front matter of keys with values, not of one text or list."""
    return Problem(place, "not-a-mapping", "这里应当是一行一个“键: 值”。", "例如写成：name: 王勇")


def key_not_text(place: Place) -> Problem:
    """Write a key as one word."""
    return Problem(place, "key-not-text", "这个键不是一个词。", "键写成一个词，例如 name:；文字里的括号要加引号。")


def duplicate_key(key: Text, first: Text) -> Problem:
    """Write no key twice in one group."""
    message = f"键“{key}”重复了，第 {first.place.line} 行已经有一个。"
    return key.problem("duplicate-key", message, "只留一个；有几个值时写成列表，每项一行，前面加“- ”。")


RULES: tuple[Callable[..., Mistake | Problem | None], ...] = (
    *SYNTAX_RULES,
    not_a_mapping,
    key_not_text,
    duplicate_key,
)
