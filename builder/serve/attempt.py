"""One attempt to make the site: takes the function that makes it, gives what came of it; raises nothing."""

import traceback
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass

from builder.output import OutputFile
from builder.problems import LEVEL_WORDS, Level, Place, Problem, excerpt, format_problems, has_errors

# The files of the site, or its bytes by address, and the problems.
MakeSite = Callable[[], tuple[Iterable[OutputFile] | Mapping[str, bytes], list[Problem]]]
ReadLine = Callable[[Place], str | None]


@dataclass(frozen=True)
class ListedProblem:
    """A problem as it is listed in the browser: its words, and its line in three pieces, the middle one at fault."""

    place: str
    level: Level
    word: str
    rule: str
    message: str
    mend: str
    before: str = ""
    fault: str = ""
    after: str = ""


@dataclass(frozen=True)
class Attempt:
    """What came of it: the pages by address (None where they may not be shown), the problems, and both as text.

    ``failure`` is the traceback of what the builder raised: a fault of the program and not of the content.
    """

    pages: Mapping[str, bytes] | None
    problems: tuple[ListedProblem, ...] = ()
    text: str = ""
    failure: str = ""

    @property
    def errors(self) -> int:
        """Return how many of the problems are errors."""
        return sum(problem.level == "error" for problem in self.problems)


def attempt(make_site: MakeSite, read_line: ReadLine) -> Attempt:
    """Make the site; whatever is raised on the way becomes the ``failure``."""
    try:
        files, problems = make_site()
        pages: Mapping[str, bytes] | None = None
        if not has_errors(problems):
            pages = files if isinstance(files, Mapping) else {file.address: file.content for file in files}
        listed = tuple(_listed(problem, read_line(problem.place)) for problem in sorted(set(problems)))
        return Attempt(pages, listed, format_problems(problems, read_line))
    except Exception:
        failure = traceback.format_exc()
        return Attempt(None, text=failure, failure=failure)


def _listed(problem: Problem, line: str | None) -> ListedProblem:
    """Return a problem with the part of its line that can be shown."""
    before = fault = after = ""
    if line is not None and line.strip():
        shown, column = excerpt(line, problem.place.column, problem.width)
        start, end = column - 1, column - 1 + problem.width
        before, fault, after = shown[:start], shown[start:end], shown[end:]
    return ListedProblem(
        place=str(problem.place),
        level=problem.level,
        word=LEVEL_WORDS[problem.level],
        rule=problem.rule,
        message=problem.message,
        mend=problem.mend,
        before=before,
        fault=fault,
        after=after,
    )
