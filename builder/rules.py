"""All rules: everything that can be reported of content, with one sentence that says what is demanded.

Takes what each room says of its own rules; gives one table, and the page ``docs/problems.md``, which shows for each
rule the message that an editor sees. ``python -m builder.rules > docs/problems.md`` (``make docs``) writes it.
"""

import sys
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any, NamedTuple

from builder import checks, content, fields, files, images, linkcheck, prose, site, source
from builder.front_matter import nodes
from builder.preservation import addresses
from builder.problems import LEVEL_WORDS
from builder.records import forms

EXAMPLES = Path(__file__).resolve().parent.parent / "tests" / "problems"

# A rule is a function, whose docstring says it, or a name with its sentence where there is no function of its own.
ROOMS: tuple[tuple[str, Iterable[Callable[..., Any]] | dict[str, str]], ...] = (
    ("The file", files.RULES),
    ("The front matter as a whole", (*source.RULES, nodes.not_a_mapping)),
    ("Keys and values (YAML)", tuple(rule for rule in nodes.RULES if rule is not nodes.not_a_mapping)),
    ("What keys and values say", (*fields.RULES, *forms.RULES, *site.RULES)),
    ("The body", prose.RULES),
    ("Files and folders", (*content.RULES, *images.RULES)),
    ("Texts, people, places", checks.CHECKS),
    ("The finished site", (*linkcheck.RULES, *addresses.RULES)),
)

# These ask a person to look; everything else is an error, and what has an error is not published.
WARNINGS = (
    "byte-order-mark",
    "damaged-character",
    "image-unused",
    "joined-lines",
    "half-width-punctuation",
    "pinyin-missing",
)
# A warning where it may be right all the same: the rule says when.
SOMETIMES_WARNINGS = ("pinyin-impossible", "name-form")


class Rule(NamedTuple):
    """What a rule demands, and whether breaking it is an ``error``, a ``warning``, or one or the other."""

    sentence: str
    level: str


def all_rules() -> dict[str, Rule]:
    """Return every rule by its name, in the order in which a file is read."""
    return {name: rule for _, rules in ROOMS for name, rule in _in_room(rules).items()}


def _in_room(rules: Iterable[Callable[..., Any]] | dict[str, str]) -> dict[str, Rule]:
    """Return the rules of one room by their names."""
    sentences = rules if isinstance(rules, dict) else {_name(rule): _sentence(rule) for rule in rules}
    return {name: Rule(sentence, _level(name)) for name, sentence in sentences.items()}


def _name(rule: Callable[..., Any]) -> str:
    """Return the name of the rule that a function stands for."""
    return str(rule.__name__).replace("_", "-")


def _sentence(rule: Callable[..., Any]) -> str:
    """Return what a function's docstring says, in one line."""
    return " ".join((rule.__doc__ or "").split())


def _level(name: str) -> str:
    """Return the level of a rule."""
    if name in SOMETIMES_WARNINGS:
        return "error or warning"
    return "warning" if name in WARNINGS else "error"


def problems_page() -> str:
    """Return the Markdown of ``docs/problems.md``."""
    words = {"error": LEVEL_WORDS["error"], "warning": LEVEL_WORDS["warning"]}
    parts = [
        "# Problems",
        "<!-- Made by: python -m builder.rules > docs/problems.md -->",
        "Everything that `build.py check` can report, in the order in which a file is read: the rule's name, what it\n"
        "demands, and the message for each example in `tests/problems/<rule>/`, which is laid over the small archive\n"
        f"`tests/site/`. An error (`{words['error']}`) keeps the site from being published; a warning\n"
        f"(`{words['warning']}`) asks a person to look. One mistake gives one problem.",
    ]
    for title, rules in ROOMS:
        parts.append(f"## {title}")
        for name, rule in _in_room(rules).items():
            parts.append(f"### {name}")
            parts.append(f"{rule.level.capitalize()}. {rule.sentence}")
            parts.append(f"```\n{_example(name)}\n```")
    return "\n\n".join(parts) + "\n"


def _example(name: str) -> str:
    """Return what is printed for the example of a rule, without the count."""
    return (EXAMPLES / name / "expected.txt").read_text(encoding="utf-8").rsplit("\n\n", 1)[0]


if __name__ == "__main__":
    sys.stdout.reconfigure(encoding="utf-8", newline="\n")  # type: ignore[union-attr]
    sys.stdout.write(problems_page())
