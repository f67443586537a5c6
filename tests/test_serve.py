"""The preview, run as an editor runs it: in a process of its own, over a folder that the tests write to."""

import http.client
import os
import queue
import re
import signal
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from builder.problems import Place, Problem
from builder.serve.attempt import attempt
from builder.serve.notice import SHOWN, notice
from builder.serve.watch import changes, next_snapshot, settled, snapshot

TIMEOUT = 5.0

# A site of one page a file. A file may ask for a problem, for a bug, or for a change while it is being built.
PROGRAM = """
import sys
from pathlib import Path
from builder.output import OutputFile
from builder.problems import Place, Problem
from builder.serve import serve

CONTENT = Path(sys.argv[1])

def make_site():
    files, problems = [OutputFile("people/图.png", b"png"), OutputFile("static/a.js", b"js")], []
    for path in sorted(CONTENT.glob("*.txt")):
        text = path.read_text(encoding="utf-8")
        if "BUG" in text:
            raise ZeroDivisionError("a bug <b>")
        if "SAVE" in text:
            path.write_text(text.replace("SAVE", "saved meanwhile"), encoding="utf-8")
        if "WRONG" in text or "LOOK" in text:
            level = "error" if "WRONG" in text else "warning"
            place = Place(f"content/{path.name}", 1, text.find("W") + 1)
            problems.append(Problem(place, "bad-word", "这里有<错>。", "改成“对”。", level, width=5))
        page = f"<!DOCTYPE html><html><head><title>t</title></head><body class='p'><main>{text}</main></body></html>"
        files.append(OutputFile(f"{path.stem}.html", page.encode()))
    return files, problems

def read_line(place):
    return (CONTENT / Path(place.file).name).read_text(encoding="utf-8")

serve(make_site, read_line, watched=[CONTENT, CONTENT / "program"], port=int(sys.argv[2]))
"""


class Preview:
    """A running preview: its folder, its port, and what it printed."""

    def __init__(self, root: Path, content: Path, port: int = 0) -> None:
        self.content = content
        self.process = subprocess.Popen(
            [sys.executable, "-X", "utf8", "-c", PROGRAM, str(content), str(port)],
            cwd=root,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            encoding="utf-8",
        )
        self.printed: list[str] = []
        self._lines: queue.Queue[str] = queue.Queue()
        threading.Thread(target=self._listen, daemon=True).start()
        self.port = int(re.findall(r":(\d+)/", self.until("请用浏览器打开"))[0])
        self.until("用时")

    def _listen(self) -> None:
        assert self.process.stdout is not None
        for line in self.process.stdout:
            self._lines.put(line)

    def until(self, words: str) -> str:
        """Return the next line printed that holds these words."""
        while words not in (line := self._lines.get(timeout=TIMEOUT)):
            self.printed.append(line)
        self.printed.append(line)
        return line

    def write(self, name: str, text: str) -> str:
        """Put a file into the content, in one step, and return the line that says what came of it."""
        path = self.content / name
        path.with_suffix(".tmp").write_text(text, encoding="utf-8")
        path.with_suffix(".tmp").replace(path)
        return self.until("用时")

    def ask(self, path: str, method: str = "GET", host: str | None = "") -> tuple[http.client.HTTPResponse, str]:
        """Return the answer to a request, its path sent as it is, and its text."""
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=TIMEOUT)
        connection.putrequest(method, path, skip_host=host != "")
        if host:
            connection.putheader("Host", host)
        connection.endheaders()
        answer = connection.getresponse()
        text = answer.read().decode()
        connection.close()
        return answer, text

    def raw(self, request: bytes) -> bytes:
        """Return what is answered to a request that no client library would send."""
        with socket.create_connection(("127.0.0.1", self.port), timeout=TIMEOUT) as connection:
            connection.sendall(request)
            connection.shutdown(socket.SHUT_WR)
            return b"".join(iter(lambda: connection.recv(65536), b""))

    def stop(self) -> None:
        """End the process, however it is."""
        self.process.kill()
        self.process.wait()


@pytest.fixture(scope="module")
def preview(root: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Preview]:
    content = tmp_path_factory.mktemp("project") / "content"
    content.mkdir()
    (content.parent / "secret.html").write_text("secret")
    (content / "index.txt").write_text("first", encoding="utf-8")
    (content / "404.txt").write_text("no such page", encoding="utf-8")
    preview = Preview(root, content)
    yield preview
    preview.stop()


@pytest.fixture
def start(root: Path) -> Iterator[Callable[..., Preview]]:
    """Return the function that starts a preview of a test's own."""
    started: list[Preview] = []

    def start(content: Path, port: int = 0) -> Preview:
        started.append(Preview(root, content, port))
        return started[-1]

    yield start
    for preview in started:
        preview.stop()


def version(page: str) -> str:
    return str(re.findall(r'version = "([0-9a-f]+)"', page)[0])


def test_a_page_is_served_fresh_with_the_script_in_its_body(preview: Preview) -> None:
    answer, text = preview.ask("/")
    assert (answer.status, answer.headers["Cache-Control"]) == (200, "no-store")
    assert re.search(r"<body class='p'><script>.*</script>\s*<main>first</main>", text, re.DOTALL)
    assert "preview-notice" not in text
    assert preview.ask("/index.html?x=1")[1] == text


@pytest.mark.parametrize(
    ("path", "kind", "content"),
    [
        ("/index.html", "text/html; charset=utf-8", None),
        ("/people/%E5%9B%BE.png", "image/png", "png"),
        ("/static/a.js", "text/javascript; charset=utf-8", "js"),
    ],
)
def test_a_file_has_its_type_and_its_own_bytes(preview: Preview, path: str, kind: str, content: str | None) -> None:
    answer, text = preview.ask(path)
    assert answer.status == 200
    assert answer.headers["Content-Type"] == kind
    assert content is None or text == content


@pytest.mark.parametrize(
    "path",
    [
        "/nowhere.html",
        "/people/",
        "/../secret.html",
        "/%2e%2e/secret.html",
        "/people/%2e%2e/index.html",
        "/..%2fsecret.html",
        "/%2e%2e%5csecret.html",
        "/..\\secret.html",
        "//secret.html",
        "///etc/passwd",
        "/index.html%00",
        "/%ff",
        "/%",
        "/C:/secret.html",
        "secret.html",
        "http://127.0.0.1/index.html",
        "/.archive/",
    ],
)
def test_whatever_is_no_file_of_the_site_is_not_found(preview: Preview, path: str) -> None:
    answer, text = preview.ask(path)
    assert answer.status == 404
    assert "no such page" in text
    assert '<base href="/">' in text
    assert "secret" not in text


def test_a_request_that_cannot_be_read_does_no_harm(preview: Preview) -> None:
    host = b" HTTP/1.1\r\nHost: localhost\r\n\r\n"
    assert b" 404 " in preview.raw(b"GET /\x00../secret.html" + host).split(b"\r\n")[0]
    assert b" 404 " in preview.raw(b"GET /\xff\xfe" + host).split(b"\r\n")[0]
    assert b" 501 " in preview.raw(b"POST /index.html" + host).split(b"\r\n")[0]
    assert b" 400 " in preview.raw(b"GET / x y" + host).split(b"\r\n")[0]
    assert preview.ask("/")[0].status == 200


def test_head_gives_the_head_only(preview: Preview) -> None:
    answer, text = preview.ask("/", "HEAD")
    full, content = preview.ask("/")
    assert (answer.status, text) == (200, "")
    assert int(answer.headers["Content-Length"]) == len(content.encode())
    assert answer.headers["Content-Type"] == full.headers["Content-Type"]
    assert preview.ask("/nowhere", "HEAD")[0].status == 404
    assert preview.ask("/.archive/events?x", "HEAD")[0].headers["Content-Type"] == "text/event-stream; charset=utf-8"


@pytest.mark.parametrize(
    "host", ["evil.example", "localhost.evil.example", "127.0.0.1.evil.example:80", "0.0.0.0", None]
)
def test_another_name_than_this_machine_is_refused(preview: Preview, host: str | None) -> None:
    for path in ("/", "/.archive/events?x"):
        answer, text = preview.ask(path, host=host)
        assert answer.status == 403
        assert "first" not in text


@pytest.mark.parametrize("host", ["localhost", "LOCALHOST:9", "127.0.0.1:80", "[::1]:8000"])
def test_this_machine_is_served_under_each_of_its_names(preview: Preview, host: str) -> None:
    assert preview.ask("/", host=host)[0].status == 200


def test_two_names_are_refused(preview: Preview) -> None:
    assert b" 403 " in preview.raw(b"GET / HTTP/1.1\r\nHost: localhost\r\nHost: evil.example\r\n\r\n")


def test_no_other_machine_is_served(preview: Preview) -> None:
    listening = socket.socket()
    try:
        # Only a server at 127.0.0.1 leaves 127.0.0.2 free.
        listening.bind(("127.0.0.2", preview.port))
    except OSError as error:
        pytest.skip(f"this system has no 127.0.0.2: {error}") if sys.platform == "darwin" else pytest.fail(str(error))
    finally:
        listening.close()


def test_a_page_that_listens_hears_of_a_change(preview: Preview) -> None:
    old = version(preview.ask("/")[1])
    heard: list[str] = []
    listener = threading.Thread(target=lambda: heard.append(preview.ask(f"/.archive/events?{old}")[1]))
    listener.start()
    assert "没有发现问题" in preview.write("index.txt", "second")
    assert "content/index.txt" in preview.printed[-2]
    listener.join(TIMEOUT)
    page = preview.ask("/")[1]
    assert "second" in page
    assert version(page) != old
    assert heard == [f"data: {version(page)}\n\n"]


def test_a_page_that_is_old_already_hears_at_once(preview: Preview) -> None:
    assert preview.ask("/.archive/events?of-another-run")[1].startswith("data: ")


def test_bad_content_leaves_the_last_good_site_with_the_problems_above(preview: Preview) -> None:
    preview.write("index.txt", "a good page")
    assert "1 处错误，0 处提醒；浏览器里仍是上一次没有错误的网站" in preview.write("index.txt", "a & WRONG page")
    assert any("content/index.txt:1:5: 错误 bad-word  这里有<错>。" in line for line in preview.printed)
    answer, text = preview.ask("/")
    assert answer.status == 200
    assert "<main>a good page</main>" in text
    above = text[: text.index("<main>")]
    assert '<details role="alert" open>' in above
    assert "<code>content/index.txt:1:5</code> <strong>错误</strong> <code>bad-word</code>" in above
    assert "<p>这里有&lt;错&gt;。</p>\n<pre>a &amp; <mark>WRONG</mark> page</pre>\n<p>改法：改成“对”。</p>" in above
    assert "preview-notice" in preview.ask("/nowhere")[1]
    assert preview.ask("/static/a.js")[1] == "js"
    preview.write("index.txt", "mended")
    text = preview.ask("/")[1]
    assert "mended" in text
    assert "preview-notice" not in text


def test_a_warning_is_shown_above_the_new_page(preview: Preview) -> None:
    assert "0 处错误，1 处提醒；共 4 个文件" in preview.write("index.txt", "LOOK here")
    text = preview.ask("/")[1]
    assert "<main>LOOK here</main>" in text
    assert '<details role="status">' in text
    preview.write("index.txt", "well")


def test_a_bug_of_the_builder_is_shown_and_survived(preview: Preview) -> None:
    preview.write("index.txt", "before the bug")
    assert "程序出错" in preview.write("index.txt", "BUG")
    assert any("ZeroDivisionError: a bug <b>" in line for line in preview.printed)
    text = preview.ask("/")[1]
    assert "before the bug" in text
    assert "ZeroDivisionError: a bug &lt;b&gt;" in text
    assert "没有发现问题" in preview.write("index.txt", "after the bug")
    assert "after the bug" in preview.ask("/")[1]


def test_files_come_and_go(preview: Preview) -> None:
    preview.write("new.txt", "new here")
    assert "new here" in preview.ask("/new.html")[1]
    (preview.content / "new.txt").unlink()
    preview.until("用时")
    assert preview.ask("/new.html")[0].status == 404


def test_a_change_during_a_build_begins_it_again(preview: Preview) -> None:
    before = len(preview.printed)
    preview.write("index.txt", "SAVE")
    assert any("重新生成" in line for line in preview.printed[before:])
    assert "<main>saved meanwhile</main>" in preview.ask("/")[1]


def test_a_change_of_the_program_asks_for_a_restart(preview: Preview) -> None:
    before = version(preview.ask("/")[1])
    (preview.content / "program").mkdir()
    (preview.content / "program" / "x.py").write_text("pass")
    preview.until("重新启动")
    assert version(preview.ask("/")[1]) == before


def test_without_a_good_site_every_address_shows_the_problems(tmp_path: Path, start: Callable[..., Preview]) -> None:
    (tmp_path / "index.txt").write_text("WRONG", encoding="utf-8")
    preview = start(tmp_path)
    for path in ("/", "/static/a.js", "/nowhere"):
        answer, text = preview.ask(path)
        assert (answer.status, answer.headers["Content-Type"]) == (503, "text/html; charset=utf-8")
        assert "改法：改成“对”。" in text
        assert "改好以后，网站会自己出现在这里" in text
        assert "<script>" in text
    preview.write("index.txt", "mended")
    assert "<main>mended</main>" in preview.ask("/")[1]


@pytest.mark.skipif(os.name == "nt", reason="there is no SIGINT for one process on Windows")
def test_a_port_in_use_is_named_and_ctrl_c_ends_quietly(tmp_path: Path, start: Callable[..., Preview]) -> None:
    with socket.create_server(("127.0.0.1", 0)) as other:
        port = other.getsockname()[1]
        preview = start(tmp_path, port)
    assert f"端口 {port} 不能用" in preview.printed[0]
    assert preview.port != port
    preview.process.send_signal(signal.SIGINT)
    preview.until("预览已结束")
    assert preview.process.wait(TIMEOUT) == 0
    assert not any("Traceback" in line for line in preview.printed)


def test_a_state_notes_every_kind_of_change_and_no_temporary_file(tmp_path: Path) -> None:
    folder, single, missing = tmp_path / "content", tmp_path / "site.yaml", tmp_path / "missing"
    (folder / "deep").mkdir(parents=True)
    (folder / "deep" / "a.md").write_text("a")
    (folder / "gone.md").write_text("a")
    single.write_text("a")
    watched = (folder, single, missing)
    before = snapshot(watched)
    for name in (".a.md.swp", "a.md~", "#a.md#", "4913", "a.tmp"):
        (folder / name).write_text("x")
    assert snapshot(watched) == before
    (folder / "deep" / "a.md").write_text("changed")
    (folder / "gone.md").unlink()
    (folder / "broken.md").symlink_to(folder / "nowhere")
    (tmp_path / "replaced").write_text("replaced")
    (tmp_path / "replaced").replace(single)
    missing.mkdir()
    (missing / "b.md").write_text("b")
    names = [Path(path).relative_to(tmp_path).as_posix() for path in changes(before, snapshot(watched))]
    assert names == ["content/broken.md", "content/deep/a.md", "content/gone.md", "missing/b.md", "site.yaml"]


def test_many_changes_are_waited_for_until_they_rest(tmp_path: Path) -> None:
    seen = snapshot([tmp_path])

    def write() -> None:
        for number in range(8):
            (tmp_path / f"{number}.md").write_text("x")
            time.sleep(0.02)

    writer = threading.Thread(target=write)
    writer.start()
    now = next_snapshot([tmp_path], seen)
    writer.join()
    assert len(now) == 8
    assert settled([tmp_path]) == now


def test_a_long_list_and_half_a_character_can_be_shown() -> None:
    problems = [Problem(Place(f"content/\udcff{number}.md"), "r", "m", "改。") for number in range(SHOWN + 7)]
    html = notice(attempt(lambda: ([], problems), lambda place: None), kept=False)
    assert html.count("改法") == SHOWN
    assert "还有 7 处" in html
    assert html.encode("utf-8")


def test_what_reading_a_line_raises_is_shown_too() -> None:
    def read_line(place: Place) -> str | None:
        raise OSError("gone")

    made = attempt(lambda: ([], [Problem(Place("a.md"), "r", "m", "n")]), read_line)
    assert "OSError: gone" in made.failure
    assert made.pages is None
