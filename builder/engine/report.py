"""What came of a build, for whoever asked for it."""

from dataclasses import dataclass

from builder.problems import Problem


@dataclass(frozen=True)
class Report:
    """What came of a build: its problems, and how many files it wrote, left as they were, and removed.

    ``is_published`` is false where errors kept it from being written, or nothing was to be.
    """

    problems: tuple[Problem, ...]
    written: int = 0
    unchanged: int = 0
    removed: int = 0
    is_published: bool = False
