"""Values as an editor wrote them: text that knows its place.

The reader of files (``source``) makes them; the schema (``fields``, ``records``) and the rules (``checks``) read them.
Every scalar stays text: YAML's own guesses would turn ``0471`` into 313 and ``2020-02-30`` into a crash.
"""

from dataclasses import dataclass
from functools import cached_property
from typing import Any

from builder.problems import Place, Problem


class Text(str):
    """A piece of text that knows where it was written; equal to and usable as the plain string."""

    __slots__ = ("place",)
    place: Place

    def __new__(cls, value: str, place: Place) -> "Text":
        """Return the text ``value``, written at ``place``."""
        text = super().__new__(cls, value)
        text.place = place
        return text

    def __reduce__(self) -> tuple[Any, ...]:
        return (Text, (str(self), self.place))

    def problem(self, rule: str, message: str, mend: str, *, warning: bool = False) -> Problem:
        """Return a problem at this text, as wide as its first line."""
        width = max(1, len(self.split("\n", 1)[0]))
        return Problem(self.place, rule, message, mend, "warning" if warning else "error", width)


@dataclass(frozen=True)
class Sequence:
    """A YAML list, with the place of its first character."""

    items: tuple["Node", ...]
    place: Place


@dataclass(frozen=True)
class Mapping:
    """A YAML mapping in the order written, with the place of its first character; keys are unique."""

    entries: tuple[tuple[Text, "Node"], ...]
    place: Place

    def get(self, key: str) -> "Node | None":
        """Return the value under ``key``, or None where the key is absent."""
        found = self._by_name.get(key)
        return found[1] if found is not None else None

    def key(self, key: str) -> Text | None:
        """Return the key itself, with its place, or None where it is absent."""
        found = self._by_name.get(key)
        return found[0] if found is not None else None

    @cached_property
    def _by_name(self) -> dict[str, tuple[Text, "Node"]]:
        return {str(name): (name, value) for name, value in self.entries}


Node = Text | Sequence | Mapping


@dataclass(frozen=True)
class Source:
    """A content file as read: its front matter as nodes, its body as text.

    ``front`` is None where the front matter could not be read: the file still counts as an existing id.
    ``body_line`` is the line of the file on which the body's first line stands; ``digest`` is the SHA-256 of the
    bytes, as hexadecimal digits; ``front_text`` the front matter as written, between its fences.
    """

    file: str
    front: Mapping | None
    body: str
    body_line: int
    digest: str
    front_text: str = ""
