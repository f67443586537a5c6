"""Rules about content, one small function a rule: its name is the rule's name, its docstring the rule.

Each takes the content and the archive, changes nothing, and yields a problem for every place where the rule is broken.
``CHECKS`` reads like a table of contents. What the reading of a single file can meet is found where it is read.
"""

from collections.abc import Callable, Iterator

from builder.archive import Archive
from builder.checks import passages, people, places
from builder.content import Content
from builder.problems import Problem

CHECKS: tuple[Callable[[Content, Archive], Iterator[Problem]], ...] = (
    *passages.CHECKS,
    *people.CHECKS,
    *places.CHECKS,
)


def check_all(content: Content, archive: Archive) -> list[Problem]:
    """Return everything that any rule finds."""
    return [problem for check in CHECKS for problem in check(content, archive)]
