"""Pages are rendered by a Jinja that leaves out what they do not need: the bytes are those of Jinja as it comes."""

from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from jinja2.utils import _PassArg

from builder.archive import relate
from builder.content import read_content
from builder.pages import all_views
from builder.render import brackets, render, template_environment

ROOT = Path(__file__).parent.parent


def test_pages_are_those_of_plain_jinja() -> None:
    """Render every page of the project both ways."""
    ours = template_environment(ROOT / "templates")
    plain = Environment(
        loader=FileSystemLoader(ROOT / "templates"),
        undefined=StrictUndefined,
        autoescape=True,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )
    plain.filters["brackets"] = brackets
    content, _ = read_content(ROOT)
    views = tuple(all_views(relate(content)))
    assert views
    for view in views:
        assert render(ours, view) == render(plain, view)


def test_no_function_of_a_template_wants_the_context() -> None:
    """Find no function that Jinja would hand the context to: ours does not."""
    functions: dict[str, Any] = dict(template_environment(ROOT / "templates").globals)
    assert functions
    assert not [name for name, function in functions.items() if _PassArg.from_obj(function) is not None]
