"""Rules about content, one small function a rule: its name is the rule's name, its docstring the rule.

Each takes the content and the archive, changes nothing, and yields a problem for every place where the rule is broken.
``CHECKS`` reads like a table of contents. What the reading of a single file can meet is found where it is read.
"""

from collections.abc import Callable, Iterator

from builder.archive import Archive
from builder.checks import passages, people, places
from builder.content import Content
from builder.problems import Problem

Check = Callable[[Content, Archive], Iterator[Problem]]

# What looks at one file by itself, and so can be kept with it: the content may hold that file alone.
ALONE: tuple[Check, ...] = (
    *passages.CHECKS,
    people.pinyin_missing,
    people.pinyin_impossible,
    people.withdrawn_name,
)
TOGETHER: tuple[Check, ...] = (people.unknown_person, people.person_withdrawn, *places.CHECKS)
CHECKS: tuple[Check, ...] = (*ALONE, *TOGETHER)


def check_all(content: Content, archive: Archive, checks: tuple[Check, ...] = CHECKS) -> list[Problem]:
    """Return everything that any rule finds."""
    return [problem for check in checks for problem in check(content, archive)]
