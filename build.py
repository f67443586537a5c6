"""Build the archive: ``python build.py`` reads ``content/`` and writes the site to ``_site/``.

``build.py check`` only looks for mistakes; ``build.py serve`` shows the site while it is being written.
Exit code: 0 when there is no error (warnings are allowed), 1 when there is one, 2 when the command is used wrongly.
"""

import argparse
import io
import os
import sys
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path

from builder import urls
from builder.archive import Archive, relate
from builder.checks import check_all
from builder.content import read_content
from builder.linkcheck import check_links
from builder.output import ForeignFolderError, OutputFile, write_site
from builder.pages import all_views
from builder.pages.assets import assets, written_links
from builder.problems import Problem, format_github, format_json, format_problems, has_errors
from builder.render import render, template_environment
from builder.serve import serve
from builder.source import read_line

PROGRAM = Path(__file__).resolve().parent
OUT = "_site"


def read_archive(project: Path) -> tuple[Archive, list[Problem]]:
    """Return the archive of a project's content and everything that is wrong with it."""
    content, problems = read_content(project)
    archive = relate(content)
    return archive, [*problems, *check_all(content, archive)]


def site_files(project: Path, archive: Archive) -> Iterator[OutputFile]:
    """Yield every file of the site: the pages, the images beside profiles, and what lies in ``static/``."""
    environment = template_environment(PROGRAM / "templates")
    for view in all_views(archive):
        yield OutputFile(view.frame.address, render(environment, view).encode("utf-8"))
    yield from assets(project, archive, PROGRAM / "static")


def make_site(project: Path) -> tuple[list[OutputFile], list[Problem]]:
    """Return every file of the site and every problem, those of its links included; nothing is written."""
    archive, problems = read_archive(project)
    files = list(site_files(project, archive))
    return files, [
        *problems,
        *check_links(files, written_links(archive), root_path=urls.site_path(archive.site.address)),
    ]


def command_build(options: argparse.Namespace) -> int:
    """Build the site; after bad content the last good one stays, unless ``--keep-going``."""
    files, problems = make_site(options.project)
    report(problems, options)
    if has_errors(problems) and not options.keep_going:
        kept = f"{options.out} 里仍是上一次的网站。" if (options.out / urls.HOME).exists() else ""
        print(f"有错误，没有写入。{kept}", file=sys.stderr)
        return 1
    try:
        written = write_site(options.out, files)
    except (ForeignFolderError, OSError) as error:
        print(f"没有写成：{error}", file=sys.stderr)
        return 1
    print(f"网站已生成：更新 {written.written} 个文件，未变 {written.unchanged} 个，删去 {written.removed} 个。")
    print(f"请打开：{(options.out / urls.HOME).resolve()}")
    return 1 if has_errors(problems) else 0


def command_check(options: argparse.Namespace) -> int:
    """Look for mistakes, write nothing."""
    _, problems = make_site(options.project)
    report(problems, options)
    if not problems and options.format == "text":
        print("没有发现问题。")
    return 1 if has_errors(problems) else 0


def command_serve(options: argparse.Namespace) -> int:
    """Show the site in a browser and build it anew at every change, until Ctrl-C."""
    project: Path = options.project
    watched = [project / "content", project / "site.yaml"]
    watched += [PROGRAM / name for name in ("templates", "static", "builder", "build.py")]
    serve(partial(make_site, project), partial(read_line, project), watched=watched, port=options.port)
    return 0


def report(problems: list[Problem], options: argparse.Namespace) -> None:
    """Print all problems: as text for people on the error stream, for tools on the output."""
    if options.format == "json":
        print(format_json(problems))
        return
    text = format_problems(problems, lambda place: read_line(options.project, place))
    if text:
        print(text, file=sys.stderr)
    if options.format == "github" and problems:
        print(format_github(problems))


def arguments() -> argparse.ArgumentParser:
    """Return the command line: without a command the site is built."""
    common = argparse.ArgumentParser(add_help=False)
    common.add_argument(
        "--project", type=Path, default=PROGRAM, metavar="DIR", help="folder with content/ and site.yaml"
    )
    common.add_argument(
        "--format",
        choices=("text", "github", "json"),
        default="github" if os.environ.get("GITHUB_ACTIONS") == "true" else "text",
        help="how problems are printed (github: as annotations too)",
    )
    building = argparse.ArgumentParser(add_help=False)
    building.add_argument("--out", type=Path, default=PROGRAM / OUT, metavar="DIR", help=f"where to write ({OUT}/)")
    building.add_argument("--keep-going", action="store_true", help="build what can be built in spite of errors")
    parser = argparse.ArgumentParser(
        prog="build.py", description="Build the archive from content/ into a static site.", parents=[common, building]
    )
    parser.set_defaults(command=command_build)
    commands = parser.add_subparsers(title="commands", metavar="")
    check = commands.add_parser("check", parents=[common], help="look for mistakes, write nothing")
    check.set_defaults(command=command_check)
    serving = commands.add_parser("serve", parents=[common], help="show the site in a browser, rebuild at every change")
    serving.add_argument(
        "--port", type=int, default=8000, help="port on this machine (8000; the next free one if taken)"
    )
    serving.set_defaults(command=command_serve)
    return parser


def main(words: list[str] | None = None) -> int:
    """Run the command; return its exit code."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):  # a terminal that cannot show a character must not end the run
            stream.reconfigure(errors="backslashreplace")
    options = arguments().parse_args(words)
    command: Callable[[argparse.Namespace], int] = options.command
    return command(options)


if __name__ == "__main__":
    sys.exit(main())
