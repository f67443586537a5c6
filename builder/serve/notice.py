"""What the preview adds to a page, and the page shown while there is no site: takes an attempt, gives HTML.

The markup lies beside this file and not in ``templates/``: a mistake in a template must not hide its own message.
"""

from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from builder.problems import printable
from builder.serve.attempt import Attempt

# Beyond this a list helps nobody, and the terminal has them all.
SHOWN = 100

ENVIRONMENT = Environment(
    loader=FileSystemLoader(Path(__file__).parent, encoding="utf-8"),
    undefined=StrictUndefined,
    autoescape=True,
    trim_blocks=True,
    lstrip_blocks=True,
)


def notice(made: Attempt, *, kept: bool) -> str:
    """Return what stands above each page: the problems of an attempt, or nothing where there are none.

    ``kept`` says whether there is a site to show below.
    """
    if not made.problems and not made.failure:
        return ""
    html = ENVIRONMENT.get_template("notice.html").render(
        title=_title(made, kept),
        open=made.pages is None,
        problems=made.problems[:SHOWN],
        more=max(0, len(made.problems) - SHOWN),
        failure=made.failure,
    )
    return printable(html)


def reload_script(version: str) -> str:
    """Return the script that loads the page again once the site is no longer of this version."""
    return ENVIRONMENT.get_template("reload.html").render(version=version)


def waiting_page() -> bytes:
    """Return the page for every address while no attempt has been good."""
    return ENVIRONMENT.get_template("waiting.html").render().encode("utf-8")


def _title(made: Attempt, kept: bool) -> str:
    """Return one sentence: how many problems, and what stands below."""
    warnings = len(made.problems) - made.errors
    if made.pages is not None:
        return f"{warnings} 处提醒（不妨碍发布，请看一看）"
    what = "程序出错，不是内容的错" if made.failure else f"{made.errors} 处错误，{warnings} 处提醒"
    return what + ("：下面仍是上一次没有错误的网站" if kept else "：改好以后，网站会自己出现在这里")
