"""The Jinja environment: a view in, a finished page out. Decides nothing about what is shown."""

import re
from collections.abc import Callable, MutableMapping, Sequence
from functools import lru_cache
from pathlib import Path
from typing import Any

from jinja2 import BytecodeCache, Environment, FileSystemLoader, StrictUndefined, Template
from jinja2.environment import TemplateModule
from jinja2.runtime import Context, Macro
from jinja2.utils import missing
from markupsafe import Markup, escape

from builder.views import View

BRACKETS = re.compile(r"［[^［］]*］|〔[^〔〕]*〕")

# Pieces that stand on many pages alike: they are made of their arguments alone, which are frozen.
REMEMBERED = {"parts/link.html": ("link",), "parts/date.html": ("date",)}
PIECES = 4096
WORDS = 8192  # texts in markup: names, labels and addresses come again and again


escaped = lru_cache(maxsize=WORDS)(escape)


def shown(value: Any) -> Markup:
    """Return a value as markup: what is markup already is not made anew, as Jinja does with what each macro gives."""
    if type(value) is Markup:
        return value
    return escaped(value) if type(value) is str else escape(value)


@lru_cache(maxsize=WORDS)
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


class PlainContext(Context):
    """A context that calls what a template calls, and looks for nothing to hand to it beside the arguments.

    Jinja looks at each function for a mark that it wants the context; none of ours does (``tests/test_render.py``).
    """

    def call(
        self, function: Callable[..., Any], /, *args: Any, _loop_vars: Any = None, _block_vars: Any = None, **named: Any
    ) -> Any:
        """Return what a function gives."""
        return function(*args, **named)


def plain_macro(
    environment: Environment, function: Callable[..., str], name: str, arguments: Sequence[str], *catches: bool
) -> Callable[..., Any]:
    """Return what calls the function of a macro, as Jinja's ``Macro`` does: what is not given is ``missing``.

    ``catches`` says whether it takes arguments without name, by any name, and a block, and whether to escape; ours take
    none of these but blocks, which are left to Jinja.
    """
    if any(catches[:3]):
        return Macro(environment, function, name, list(arguments), *catches)
    count = len(arguments)

    def call(*args: Any, **named: Any) -> Markup:
        if len(args) < count:
            args = (*args, *[named.pop(each, missing) for each in arguments[len(args) :]])
        return str.__new__(Markup, function(*args, **named))  # which takes no name: what is left of them is refused

    return call


class Part(Template):
    """A template whose macros are made once: they know their arguments, and nothing of the page that asks for them."""

    @classmethod
    def _from_namespace(
        cls, environment: Environment, namespace: MutableMapping[str, Any], values: MutableMapping[str, Any]
    ) -> Template:
        namespace.update(escape=shown, Macro=plain_macro)
        return super()._from_namespace(environment, namespace, values)

    def _get_default_module(self, ctx: Context | None = None) -> TemplateModule:
        if self._module is None:
            self._module = self.make_module()
            for name in REMEMBERED.get(self.name or "", ()):
                setattr(self._module, name, lru_cache(maxsize=PIECES)(getattr(self._module, name)))
        return self._module


class Pages(Environment):
    """Jinja as the pages need it: a view has the attributes that a template asks for, or the template is wrong."""

    getattr = staticmethod(getattr)  # type: ignore[assignment]
    template_class = Part
    context_class = PlainContext


def template_environment(folder: Path, compiled: BytecodeCache | None = None) -> Environment:
    """Return the environment over the templates in ``folder``: undefined names are errors, values are escaped.

    ``compiled`` keeps what the templates are made into.
    """
    environment = Pages(
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
