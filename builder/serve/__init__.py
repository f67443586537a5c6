"""The preview: the site in a browser of this machine, built anew at every change.

Takes a function that makes the site and the paths to watch; gives nothing, and writes nothing to the disk.

::

    watch ─► attempt ─► notice ─► server ─► browser

The site is looked up by address in what was made: a browser never meets half of a file, and no other file of the disk
can be asked for. After bad content the last good site stays, with the problems above each page.
"""

import sys
import threading
import time
from collections.abc import Iterable
from pathlib import Path

from builder.problems import printable
from builder.serve.attempt import Attempt, MakeSite, ReadLine, attempt
from builder.serve.notice import notice, waiting_page
from builder.serve.server import Screen, Shown, open_server
from builder.serve.watch import Snapshot, changes, next_snapshot, settled, snapshot

# How often a build that was overtaken is thrown away: who saves all the time must see something, too.
OVERTAKEN = 2
NAMED = 3


def serve(make_site: MakeSite, read_line: ReadLine, *, watched: Iterable[Path], port: int = 8000) -> None:
    """Show the site at 127.0.0.1 and build it anew at every change below ``watched``, until Ctrl-C.

    ``make_site`` returns the files and the problems; whatever it raises is shown, and the preview goes on.
    ``read_line`` returns the line on which a place lies. Where ``port`` is taken, a later one is used.
    """
    watched = tuple(path.absolute() for path in watched)
    screen = Screen()
    try:
        with open_server(screen, port, say) as server:
            threading.Thread(target=server.serve_forever, args=(0.05,), daemon=True).start()
            try:
                say(f"请用浏览器打开：{server.address}（结束预览：按 Ctrl-C）")
                follow(make_site, read_line, watched, screen)
            finally:
                server.shutdown()
    except KeyboardInterrupt:
        say("\n预览已结束。")


def follow(make_site: MakeSite, read_line: ReadLine, watched: tuple[Path, ...], screen: Screen) -> None:
    """Put the site on the screen, and again after every change, for ever."""
    seen = build(make_site, read_line, watched, snapshot(watched), screen)
    while True:
        now = next_snapshot(watched, seen)
        changed = changes(seen, now)
        seen = now
        if any(path.endswith(".py") for path in changed):
            say("程序（.py）有改动：请按 Ctrl-C 结束，再重新启动预览。")
        if any(not path.endswith(".py") for path in changed):
            say(f"\n改动：{_names(changed, watched)}")
            seen = build(make_site, read_line, watched, seen, screen)


def build(
    make_site: MakeSite, read_line: ReadLine, watched: tuple[Path, ...], seen: Snapshot, screen: Screen
) -> Snapshot:
    """Put the site on the screen as the files stand; return which state of them is shown.

    A build during which a file changed may have read half of a change: it is thrown away and begun again.
    """
    for _ in range(OVERTAKEN):
        began = time.perf_counter()
        made = attempt(make_site, read_line)
        if snapshot(watched) == seen:
            break
        say("生成时文件又有改动，重新生成……")
        seen = settled(watched)
    else:
        began = time.perf_counter()
        made = attempt(make_site, read_line)
    seconds = time.perf_counter() - began
    # First what is seen, then the words about it: who reads them and looks must see what they say.
    show(made, screen)
    _report(made, seconds, kept=screen.shown is not None and screen.shown.good)
    return seen


def show(made: Attempt, screen: Screen) -> None:
    """Put an attempt on the screen: its pages where it is good, else the last good ones, and its problems."""
    last = screen.shown
    if made.pages is not None:
        screen.show(Shown(made.pages, notice(made, kept=True), good=True))
    elif last is not None and last.good:
        screen.show(Shown(last.pages, notice(made, kept=True), good=True))
    else:
        screen.show(Shown({"": waiting_page()}, notice(made, kept=False), good=False))


def say(text: str) -> None:
    """Print at once, so that whoever reads through a pipe sees it, too."""
    print(printable(text), flush=True)


def _report(made: Attempt, seconds: float, *, kept: bool) -> None:
    """Print what came of an attempt: its problems, how many there are, and how long it took."""
    if made.text:
        print(made.text, file=sys.stderr, flush=True)
    if made.failure:
        outcome = "程序出错（不是内容的错），请把上面的文字交给维护者"
    elif made.problems:
        outcome = f"{made.errors} 处错误，{len(made.problems) - made.errors} 处提醒"
    else:
        outcome = "没有发现问题"
    if made.pages is not None:
        state = f"共 {len(made.pages)} 个文件"
    else:
        state = "浏览器里仍是上一次没有错误的网站" if kept else "改好以后，网站会自己出现在浏览器里"
    say(f"用时 {seconds:.2f} 秒：{outcome}；{state}。")


def _names(paths: list[str], watched: tuple[Path, ...]) -> str:
    """Return the first few paths as the editor knows them: from the project's folder on."""
    roots = [root.parent for root in watched]
    shown = [
        next((Path(path).relative_to(root).as_posix() for root in roots if Path(path).is_relative_to(root)), path)
        for path in paths[:NAMED]
    ]
    more = f" 等 {len(paths)} 个文件" if len(paths) > NAMED else ""
    return "、".join(shown) + more
