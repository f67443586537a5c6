"""Build the archive: ``python build.py`` reads ``content/`` and writes the site to ``_site/``.

``build.py check`` only looks for mistakes; ``build.py serve`` shows the site while it is being written.
Exit code: 0 when there is no error (warnings are allowed), 1 when there is one, 2 when the command is used wrongly.
"""

import argparse
import errno
import io
import os
import sys
import tempfile
import time
from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import cache, partial
from pathlib import Path
from typing import TYPE_CHECKING

from builder import urls
from builder.engine import Options, build_site, is_kept
from builder.engine.progress import Progress
from builder.files import read_line
from builder.output import ForeignFolderError, OutputFile
from builder.problems import Problem, format_github, format_json, format_problems, has_errors

# Each command imports what it alone needs: all of it takes longer than to see that nothing has changed.
if TYPE_CHECKING:
    from jinja2 import Environment

    from builder.archive import Archive

PROGRAM = Path(__file__).resolve().parent
OUT = "_site"
BAG = "_bag"
BOOK = "_book"
BOOK_FORMS = ("pdf", "epub")


def read_archive(project: Path) -> "tuple[Archive, list[Problem]]":
    """Return the archive of a project's content and everything that is wrong with it."""
    from builder.archive import relate
    from builder.checks import check_all
    from builder.content import read_content

    content, problems = read_content(project)
    archive = relate(content)
    return archive, [*problems, *check_all(content, archive)]


def template_environment(folder: Path) -> "Environment":
    """Return the templates in a folder, compiled as they are used."""
    from builder import render

    return render.template_environment(folder)


def site_files(project: Path, archive: "Archive") -> Iterator[OutputFile]:
    """Yield every file of the site: the pages, the images beside profiles, and what lies in ``static/``."""
    from builder.exports import export_files
    from builder.pages import all_views
    from builder.pages.assets import assets
    from builder.render import render
    from builder.search import search_files

    environment = template_environment(PROGRAM / "templates")
    for view in all_views(archive):
        yield OutputFile(view.frame.address, render(environment, view).encode("utf-8"))
    yield from export_files(archive)
    yield from search_files(archive)
    yield from assets(project, archive, PROGRAM / "static")


def make_site(project: Path, published: Iterable[str] = ()) -> tuple[list[OutputFile], list[Problem]]:
    """Return every file of the site and every problem, those of its links included; nothing is written.

    ``published`` are addresses of an earlier site, none of which may vanish.
    """
    archive, problems = read_archive(project)
    files, found = finish_site(project, archive, published)
    return files, [*problems, *found]


def finish_site(
    project: Path, archive: "Archive", published: Iterable[str] = ()
) -> tuple[list[OutputFile], list[Problem]]:
    """Return every file of the site of an archive, and what is wrong with its links and addresses."""
    from builder.linkcheck import check_links, read_page
    from builder.pages.assets import navigation_links, unread_pages, written_links
    from builder.pages.former import former_addresses
    from builder.preservation import complete
    from builder.preservation.addresses import check_addresses

    files = complete(list(site_files(project, archive)))
    root_path = urls.site_path(archive.site.address)
    pages = {file.address: read_page(file.content.decode("utf-8")) for file in files if file.address.endswith(".html")}
    addresses = {file.address for file in files}
    written, navigation, unread = (
        cache(partial(written_links, archive)),
        navigation_links(archive),
        unread_pages(archive),
    )
    return files, [
        *check_links(addresses, pages, written, navigation, unread, root_path=root_path),
        *check_addresses(published, addresses, former_addresses(archive)),
    ]


def command_build(options: argparse.Namespace) -> int:
    """Build the site; after bad content the last good one stays, unless ``--keep-going``."""
    began = time.perf_counter()
    progress = Progress()
    how = Options(options.clean, options.keep_going, options.jobs, cache=options.cache, progress=progress, say=tell)
    try:
        made = build_site(PROGRAM, options.project, options.out, how)
    except (ForeignFolderError, OSError) as error:
        print(f"没有写成：{failure(error)}", file=sys.stderr)
        return 1
    report(list(made.problems), options)
    says = sys.stderr if options.format == "json" else sys.stdout  # the output is the list of problems alone
    if options.profile:
        print(progress.table(), file=sys.stderr)
    if not made.is_published:
        kept = f"{options.out} 里仍是上一次的网站。" if (options.out / urls.HOME).exists() else ""
        print(f"有错误，没有写入。{kept}", file=sys.stderr)
        return 1
    errors = sum(problem.level == "error" for problem in set(made.problems))
    counts = f"更新 {made.written} 个文件，未变 {made.unchanged} 个，删去 {made.removed} 个"
    wrong = f"{errors} 处错误，{len(set(made.problems)) - errors} 处提醒"
    print(f"网站已生成：{counts}；{wrong}；用时 {time.perf_counter() - began:.1f} 秒。", file=says)
    print(f"请打开：{(options.out / urls.HOME).resolve()}", file=says)
    return 1 if errors else 0


def tell(sentence: str) -> None:
    """Say something that somebody waits for."""
    print(sentence, file=sys.stderr, flush=True)


def failure(error: Exception) -> str:
    """Return why nothing, or not all, was written, in words of an editor."""
    if isinstance(error, OSError) and error.errno == errno.ENOSPC:
        return "磁盘满了。请腾出空间再生成一次；网站里没有写了一半的文件。"
    return str(error)


def command_check(options: argparse.Namespace) -> int:
    """Look for mistakes, write no site; compare the addresses with those of an earlier site where one is given."""
    from builder.preservation import published_addresses

    published = published_addresses(options.against)
    if published is None:
        return 2
    problems = find_problems(options.project, published)
    report(problems, options)
    if not problems and options.format == "text":
        print("没有发现问题。")
    return 1 if has_errors(problems) else 0


def find_problems(project: Path, published: tuple[str, ...]) -> list[Problem]:
    """Return what is wrong with a project: only what has changed is looked at where a build has left what it knows.

    Where none has, nothing is written: a project that is only looked at stays as it is.
    """
    if is_kept(project, PROGRAM / OUT):
        how = Options(is_written=False, published=published, progress=Progress(), say=tell)
        try:
            return list(build_site(PROGRAM, project, PROGRAM / OUT, how).problems)
        except OSError:  # the disk is full, or nothing may be written there
            pass
    return make_site(project, published)[1]


def command_serve(options: argparse.Namespace) -> int:
    """Show the site in a browser and build it anew at every change, until Ctrl-C."""
    from builder.serve import serve

    project: Path = options.project
    watched = [project / "content", project / "site.yaml"]
    watched += [PROGRAM / name for name in ("templates", "static", "builder", "build.py")]
    with tempfile.TemporaryDirectory(prefix="preview-") as folder:
        make = partial(preview, project, Path(folder) / "site")
        serve(make, partial(read_line, project), watched=watched, port=options.port)
    return 0


def preview(project: Path, out: Path) -> tuple[Mapping[str, bytes], list[Problem]]:
    """Build what has changed into a folder of the preview's own; return its files and all problems."""
    from builder.engine.site import FilesInFolder

    how = Options(cache=out.parent / "cache", progress=Progress(), say=tell)
    made = build_site(PROGRAM, project, out, how)
    return FilesInFolder(out), list(made.problems)


def command_new(options: argparse.Namespace) -> int:
    """Write the file of a new person or organisation; on a terminal, ask for whatever is missing."""
    from builder.new import Wanted, new_file
    from builder.new.today import today

    try:
        added = options.added if options.added is not None else today(os.environ)
    except ValueError as error:
        print(f"SOURCE_DATE_EPOCH 要写秒数，这里是“{error}”。", file=sys.stderr)
        return 2
    wanted = Wanted(
        name=options.name,
        units=tuple(options.unit),
        region=options.region,
        identifier=options.id,
        date=options.date,
        title=options.title,
        author=options.author,
        person=options.person,
        is_organisation=options.organisation,
        added=added,
    )
    return new_file(options.project, wanted, input if sys.stdin.isatty() else None)


def command_bag(options: argparse.Namespace) -> int:
    """Write the site and its content as a bag, to be kept; not while there is an error."""
    from builder.preservation import keep

    archive, problems = read_archive(options.project)
    files, found = finish_site(options.project, archive)
    if has_reported_errors([*problems, *found], options):
        return 1
    return keep(options.out, options.project, archive, files, is_whole=options.with_sources, date=options.date)


def command_book(options: argparse.Namespace) -> int:
    """Write the archive as PDF and EPUB; not while there is an error."""
    from builder.book import Order, is_equipped, make_books

    order = Order((options.only,) if options.only else BOOK_FORMS, options.region, options.people)
    if not is_equipped(order):
        return 1
    archive, problems = read_archive(options.project)
    _, found = finish_site(options.project, archive)
    if has_reported_errors([*problems, *found], options):
        return 1
    return make_books(options.out, options.project, archive, PROGRAM / "templates", order)


def command_verify(options: argparse.Namespace) -> int:
    """Tell how a bag or a site differs from its own checksums."""
    from builder.preservation import tell_differences

    return tell_differences(options.folder)


def has_reported_errors(problems: list[Problem], options: argparse.Namespace) -> bool:
    """Print all problems; return whether there is an error among them, having said that nothing is written."""
    report(problems, options)
    is_faulty = has_errors(problems)
    if is_faulty:
        print("有错误，没有写入。", file=sys.stderr)
    return is_faulty


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
        "--project", type=Path, default=PROGRAM, metavar="DIR", help="content/ 和 site.yaml 所在的文件夹"
    )
    common.add_argument(
        "--format",
        choices=("text", "github", "json"),
        default="github" if os.environ.get("GITHUB_ACTIONS") == "true" else "text",
        help="问题写成什么样（github：另写一份给 GitHub，显示在出错的行旁）",
    )
    building = argparse.ArgumentParser(add_help=False)
    building.add_argument("--out", type=Path, default=PROGRAM / OUT, metavar="DIR", help=f"网站写到哪里（{OUT}/）")
    building.add_argument("--keep-going", action="store_true", help="有错误也生成，只略去有错的文件")
    building.add_argument("--clean", action="store_true", help="全部重新生成，不用以前留下的结果")
    building.add_argument("--cache", type=Path, metavar="DIR", help="两次生成之间留存结果的文件夹（.cache/）")
    building.add_argument("--jobs", type=int, default=0, metavar="N", help="同时用几个进程（0：每个核心一个）")
    building.add_argument("--profile", action="store_true", help="列出时间用在了哪里")
    parser = argparse.ArgumentParser(
        prog="build.py",
        description="把 content/ 里的文件做成静态网站；先检查，有错误就不写入。",
        parents=[common, building],
    )
    parser.set_defaults(command=command_build)
    commands = parser.add_subparsers(title="其他命令", metavar="")
    check = commands.add_parser("check", parents=[common], help="只检查，不写入")
    check.add_argument(
        "--against", type=Path, metavar="FILE", help="已发布网站的 addresses.txt 的副本：其中的网址一个也不能少"
    )
    check.set_defaults(command=command_check)
    serving = commands.add_parser("serve", parents=[common], help="在浏览器里看网站，改了文件自动更新")
    serving.add_argument("--port", type=int, default=8000, help="本机端口（8000；被占用时用下一个空着的）")
    serving.set_defaults(command=command_serve)
    add_new_command(commands, common)
    add_keeping_commands(commands, common)
    return parser


def positive(word: str) -> int:
    """Return a number above 0; raises ``ValueError`` for anything else."""
    number = int(word)
    if number < 1:
        raise ValueError(word)
    return number


def add_new_command(
    commands: "argparse._SubParsersAction[argparse.ArgumentParser]", common: argparse.ArgumentParser
) -> None:
    """Add the command that begins a file."""
    new = commands.add_parser("new", parents=[common], help="生成一个人物或机构的新文件")
    new.add_argument("name", help="姓名或名称，照原文")
    new.add_argument("--unit", action="append", default=[], metavar="NAME", help="单位；不止一个就再写一次")
    new.add_argument("--region", default="", metavar="PATH", help="单位在哪里：从大到小，用 / 隔开")
    new.add_argument("--id", default="", help="文件名，以后不改；不写就按拼音建议一个")
    new.add_argument("--date", default="", metavar="EDTF", help="所写之事的日期，如 2020-01-24")
    new.add_argument("--added", metavar="YYYY-MM-DD", help="本站收入这一篇的日期（今天，或 SOURCE_DATE_EPOCH）")
    new.add_argument("--title", default="", help="标题")
    new.add_argument("--author", default="", help="作者")
    new.add_argument("--person", default="", metavar="ID", help="这一篇写的是站上已有的哪一位（写他的文件名）")
    new.add_argument("--organisation", action="store_true", help="生成机构的文件；--unit 写它的上级")
    new.set_defaults(command=command_new)


def add_keeping_commands(
    commands: "argparse._SubParsersAction[argparse.ArgumentParser]", common: argparse.ArgumentParser
) -> None:
    """Add the commands that keep the archive and look after its copies."""
    bag = commands.add_parser("bag", parents=[common], help="把网站和内容写成一个存档包（BagIt），用来保存")
    bag.add_argument("--out", type=Path, default=PROGRAM / BAG, metavar="DIR", help=f"写到哪里（{BAG}/）")
    bag.add_argument("--with-sources", action="store_true", help="不公开的也放进去：只供主办者自己保存")
    bag.add_argument("--date", metavar="YYYY-MM-DD", help="包上写的日期（或 SOURCE_DATE_EPOCH；都没有就不写）")
    bag.set_defaults(command=command_bag)
    book = commands.add_parser("book", parents=[common], help="把全部内容排成 PDF 和 EPUB")
    book.add_argument("--out", type=Path, default=PROGRAM / BOOK, metavar="DIR", help=f"写到哪里（{BOOK}/）")
    book.add_argument("--only", choices=BOOK_FORMS, default="", help="只要其中一种；EPUB 不必另装程序")
    book.add_argument("--region", default="", metavar="NAME", help="只收这个地区（连同所属各地）的人物")
    book.add_argument("--people", type=positive, default=0, metavar="N", help="每册至多收多少人")
    book.set_defaults(command=command_book)
    verifying = commands.add_parser("verify", help="把存档包或网站同它自己的校验和比较")
    verifying.add_argument("folder", type=Path, metavar="DIR", help="存档包或网站的文件夹")
    verifying.set_defaults(command=command_verify)


def main(words: list[str] | None = None) -> int:
    """Run the command; return its exit code."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):  # a terminal that cannot show a character must not end the run
            stream.reconfigure(errors="backslashreplace")
    options = arguments().parse_args(words)
    command: Callable[[argparse.Namespace], int] = options.command
    return command(options)


def is_missing_package(error: ModuleNotFoundError) -> bool:
    """Return whether a module is missing that is not our own."""
    return (error.name or "builder").partition(".")[0] != "builder"


if __name__ == "__main__":
    try:
        sys.exit(main())
    except ModuleNotFoundError as error:
        if not is_missing_package(error):
            raise
        print(
            f"运行 build.py 的这个 Python（{sys.executable}）里没有程序包“{error.name}”。请先在本文件夹里运行 make，"
            "再用 .venv/bin/python build.py ……；在 Windows 上是 .venv\\Scripts\\python build.py ……。",
            file=sys.stderr,
        )
        sys.exit(2)
