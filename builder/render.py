"""The Jinja environment: a view in, a finished page out. Decides nothing about what is shown."""

import re
from pathlib import Path

from jinja2 import BytecodeCache, Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup, escape

from builder.views import View

BRACKETS = re.compile(r"［[^［］]*］|〔[^〔〕]*〕")


def brackets(text: str) -> Markup:
    """Return a text with every ［…］ and 〔…〕 marked as the editor's words."""
    if "］" not in text and "〕" not in text:
        return escape(text)  # as most are
    marked, end = [], 0
    for match in BRACKETS.finditer(text):
        marked.append(escape(text[end : match.start()]))
        marked.append(Markup('<span class="editor">{}</span>').format(match.group()))
        end = match.end()
    marked.append(escape(text[end:]))
    return Markup("").join(marked)


def template_environment(folder: Path, compiled: BytecodeCache | None = None) -> Environment:
    """Return the environment over the templates in ``folder``: undefined names are errors, values are escaped.

    ``compiled`` keeps what the templates are made into.
    """
    environment = Environment(
        loader=FileSystemLoader(folder, encoding="utf-8"),
        undefined=StrictUndefined,
        autoescape=True,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
        bytecode_cache=compiled,
        auto_reload=False,  # or else each part's file is looked at again for every page
    )
    environment.filters["brackets"] = brackets
    return environment


def render(environment: Environment, view: View) -> str:
    """Return the page that a view describes, as HTML."""
    return environment.get_template(view.frame.template).render(view=view)
