"""The search in a real browser, from a disk and from a strict server: complete, exact, forgiving, private.

The archive is made up (``bench.corpus``); what has to be found is looked for in the files by Python.
"""

from collections.abc import Iterator
from contextlib import closing
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from itertools import islice
from pathlib import Path
from random import Random
from threading import Thread

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page

from bench.corpus import write_corpus
from bench.search import (
    Meter,
    dear_queries,
    empty_queries,
    made_up_parts,
    made_up_records,
    queries,
    write_index,
    write_page,
)
from browser.test_access import SCHEMES, SIDEWAYS, find_violations
from browser.window import OpenWindow, Visit, fail_for
from builder import urls
from builder.archive import Archive, relate
from builder.content import read_content
from builder.search import MadeParts, part_names, search_files, search_part
from builder.search.characters import fold, simplified
from builder.search.files import CHARACTER_FILES
from builder.search.index import open_index
from builder.search.records import DOCUMENT, Row, rows_of
from builder.search.slots import place
from builder.search.tokens import Folded

ROOT = Path(__file__).resolve().parent.parent.parent
DOCUMENTS = 300
ASKED = 500
LARGE, LARGE_ASKED = 10_000, 21
FIRST_LOAD, A_QUERY = 30_000, 50_000  # bytes, as a server sends them
POLICY = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; form-action 'self'; base-uri 'none'"

# Everything that a search lists, all pages of it turned.
LIST_ALL = """async (query) => {
  const search = await archiveSearch.search(query);
  const found = [];
  for (const group of search.groups) {
    while (group.next < group.queue.length) {
      await search.more(group);
    }
    found.push(...group.matches.map((match) => match.slot));
  }
  return [...new Set(found)].sort((a, b) => a - b);
}"""
FOLD_ALL = "(text) => [...text].map((character) => archiveSearch.fold(character).folded).join('\\u0001')"
# All traditional characters that the search knows, once it has loaded their simplified forms.
LEARN_ALL = """async () => {
  await archiveSearch.script("search-near");
  const files = await Promise.all([...Array(COUNT).keys()].map((number) => archiveSearch.file("characters", number)));
  files.forEach(({ simplified }) => archiveSearch.learn(simplified));
  return files.flatMap(({ simplified }) => [...simplified].filter((_, at) => at % 2 === 0));
}""".replace("COUNT", str(CHARACTER_FILES))


class StrictHandler(SimpleHTTPRequestHandler):
    """A file server that allows scripts and styles of its own alone."""

    protocol_version = "HTTP/1.1"

    def end_headers(self) -> None:
        """Send the policy with every answer."""
        self.send_header("Content-Security-Policy", POLICY)
        super().end_headers()

    def log_message(self, format: str, *args: object) -> None:
        """Say nothing."""


@pytest.fixture(scope="module")
def made_up(tmp_path_factory: pytest.TempPathFactory) -> tuple[Archive, Path]:
    """Return a made-up archive and the folder with its search."""
    folder = tmp_path_factory.mktemp("search")
    write_corpus(folder / "project", DOCUMENTS)
    archive = relate(read_content(folder / "project")[0])
    return archive, write_site(archive, folder / "site")


def write_site(archive: Archive, folder: Path) -> Path:
    """Write the page of the search and what it loads."""
    write_page(folder)
    for file in search_files(archive):
        (folder / file.address).parent.mkdir(parents=True, exist_ok=True)
        (folder / file.address).write_bytes(file.content)
    return folder


@pytest.fixture(scope="module")
def strict(made_up: tuple[Archive, Path]) -> Iterator[str]:
    """Serve the made-up search under a strict policy."""
    with ThreadingHTTPServer(("127.0.0.1", 0), partial(StrictHandler, directory=str(made_up[1]))) as server:
        Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}/"
        server.shutdown()


@pytest.fixture(scope="module")
def texts(made_up: tuple[Archive, Path]) -> dict[str, tuple[str, ...]]:
    """Return, by key, every line in which a record is found: what may be asked for, in words as they are compared.

    What stands above a further document of somebody is found at that person's first, on the same page.
    """
    archive, _ = made_up
    return {
        key: tuple(line for stream in texts.streams[2 if kind == DOCUMENT else 0 :] for line in stream.split("\n"))
        for (key, kind, *_), _, texts in records(archive)
    }


def runs(texts: dict[str, tuple[str, ...]], count: int) -> Iterator[str]:
    """Yield random runs of two to eight characters, of any text, evenly over the records."""
    random = Random(7)
    keys = sorted(texts)
    for _ in range(count):
        line = random.choice([line for line in texts[random.choice(keys)] if len(line) > 1])
        length = random.randint(2, min(8, len(line)))
        start = random.randrange(len(line) - length + 1)
        yield line[start : start + length]


@pytest.mark.parametrize("way", ["disk", "server"])
def test_any_run_finds_all_that_hold_it_and_nothing_else(
    open_window: OpenWindow, made_up: tuple[Archive, Path], strict: str, texts: dict[str, tuple[str, ...]], way: str
) -> None:
    slots = place(texts)
    origin = made_up[1].as_uri() + "/" if way == "disk" else strict
    faults = []
    with open_window(origin=origin) as visit:
        visit.open(urls.SEARCH)
        for run in runs(texts, ASKED):
            listed = visit.page.evaluate(LIST_ALL, run)
            expected = sorted(slots[key] for key, lines in texts.items() if any(run in line for line in lines))
            if listed != expected:
                faults.append(f"“{run}”: {len(listed)} listed, {len(expected)} hold it")
        fail_for([*faults, *visit.faults])


def test_both_sides_compare_characters_alike(open_window: OpenWindow, made_up: tuple[Archive, Path]) -> None:
    points = (*range(0x20, 0xD800), *range(0xE000, 0xFFFE), *range(0x10000, 0x10100), *range(0x1D400, 0x1D500))
    with open_window(origin=made_up[1].as_uri() + "/") as visit:
        visit.open(urls.SEARCH)
        learnt = set(visit.page.evaluate(LEARN_ALL))
        text = "".join(map(chr, points))
        there = visit.page.evaluate(FOLD_ALL, text).split("\x01")
    here = [fold(character) for character in text]
    differ = [
        f"U+{point:04X}"
        for point, a, b in zip(points, here, there, strict=True)
        if a != b and (chr(point) in learnt or chr(point) not in simplified())
    ]
    assert not differ, differ[:40]


@pytest.fixture
def search(open_window: OpenWindow, disk: str) -> Iterator[Visit]:
    """Open the search of the real archive from the disk."""
    with open_window(origin=disk) as visit:
        visit.open(urls.SEARCH)
        yield visit
        fail_for(visit.faults)


def ask(page: Page, query: str) -> list[str]:
    """Type a query; return the names of what is found."""
    page.evaluate("document.querySelector('[data-search=status]').textContent = ''")
    page.locator("[data-search=field]").fill("")
    page.locator("[data-search=field]").fill(query)
    page.wait_for_function("() => document.querySelector('[data-search=status]').textContent")
    return page.locator(".hit__name a").all_text_contents()


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("王愛林", "王爱林"),
        ("王　爱·林", "王爱林"),
        ("wangyong", "王勇"),
        ("wang yong", "王勇"),
        ("Wáng Yǒng", "王勇"),
        ("wy", "王勇"),
        ("WANGAILIN", "王爱林"),
        ("aillin", "王爱林"),
        ("wangyomg", "王勇"),
        ("wnagyong", "王勇"),
        ("huhehaote", "呼和浩特市"),
        ("hohhot", "呼和浩特市"),
        ("呼市", "呼和浩特市"),
        ("核酸", "李俊杰，第3段"),
        ("核算", "李俊杰，第3段"),
        ("核算检测", "李俊杰，第3段"),
        ("核酸检测", "李俊杰，第3段"),
        ("２３７７", "王勇，第3段"),
        ("王勇 网格", "王勇"),
        ("除夕 通知", "王勇，第2段"),
    ],
)
def test_a_searcher_is_forgiven(search: Visit, query: str, found: str) -> None:
    assert found in ask(search.page, query)


def test_private_words_find_nothing(search: Visit, archive_of_root: Archive) -> None:
    public = {
        fold(line) for _, _, texts in records(archive_of_root) for part in texts.streams for line in part.split("\n")
    }
    asked = 0
    for document in archive_of_root.documents:
        for passage in document.private:
            words = fold(passage.text)[:8]
            if not any(words in line for line in public):
                ask(search.page, words)
                assert not search.page.locator("mark").count(), words
                asked += 1
    assert asked > 5


def records(archive: Archive) -> Iterator[tuple[Row, str, Folded]]:
    """Yield every record of an archive, as rows."""
    for name in part_names(archive):
        yield from rows_of(search_part(archive, *name))


@pytest.fixture(scope="module")
def archive_of_root() -> Archive:
    """Return the real archive."""
    return relate(read_content(ROOT)[0])


def test_a_hit_has_its_sentence_its_marks_and_leads_to_the_paragraph(search: Visit) -> None:
    ask(search.page, "特殊通知")
    hit = search.page.locator(".hit:has(.hit__words)").first
    assert hit.locator("mark").all_text_contents() == ["特殊通知"]
    assert "除夕清晨的一则特殊通知拉开了" in (hit.locator(".hit__words").text_content() or "")
    hit.locator("a").click()
    search.page.wait_for_url("**/people/wang-yong.html#p*")
    anchor = search.page.url.partition("#")[2]
    assert "特殊通知" in (search.page.locator(f"[id='{anchor}']").text_content() or "")


def test_nothing_found_says_what_would_be(search: Visit) -> None:
    assert ask(search.page, "王咏敢") == ["王勇"]
    assert "没有找到" in (search.page.locator("[data-search=status]").text_content() or "")
    ask(search.page, "王勇敢死队")
    search.page.get_by_role("link", name="“王勇”").click()
    search.page.wait_for_function("() => document.querySelector('.hit')")
    assert search.page.url.endswith("#q=%E7%8E%8B%E5%8B%87")


def test_a_search_that_has_spent_what_it_may_says_so_and_goes_on(search: Visit) -> None:
    page = search.page
    page.evaluate("archiveSearch.room = () => 0")
    assert ask(page, "疫情") == []
    assert "段落至多" not in (page.locator("[data-search=status]").text_content() or "")  # the list of the pair says
    assert page.get_by_text("还没有看这一组").first.is_visible()
    page.get_by_role("button", name="再看段落").click()
    page.wait_for_function("() => document.querySelector('mark')?.textContent === '疫情'")
    assert not page.locator(".section:has(#found-texts)").get_by_text("还没有看这一组").is_visible()


def test_the_address_holds_the_query(open_window: OpenWindow, disk: str, web: str) -> None:
    for origin in (disk, web):
        with open_window(origin=origin) as visit:
            for address in ("search.html#q=%E6%A0%B8%E9%85%B8", "search.html?q=%E6%A0%B8%E9%85%B8"):
                visit.open("index.html")
                visit.open(address)
                visit.page.wait_for_function("() => document.querySelector('.hit')")
                assert visit.page.locator("[data-search=field]").input_value() == "核酸"
                assert visit.page.url.endswith("search.html#q=%E6%A0%B8%E9%85%B8")
            visit.page.evaluate("location.hash = '#q=%E7%BD%91%E6%A0%BC'")
            visit.page.wait_for_function("() => document.querySelector('mark')?.textContent === '网格'")
            fail_for(visit.faults)


@pytest.mark.parametrize("width", [390, 1280])
def test_the_field_in_the_head_of_a_page_leads_to_the_results(open_window: OpenWindow, width: int) -> None:
    with open_window(width) as visit:
        visit.open("people/wang-yong.html")
        visit.page.locator("header [name=q]").fill("核酸")
        visit.page.keyboard.press("Enter")
        visit.page.wait_for_url("**/search.html#q=*")
        visit.page.wait_for_function("() => document.querySelector('.hit')")
        fail_for(visit.faults)


def test_facets_narrow_what_is_found(search: Visit) -> None:
    page = search.page
    ask(page, "疫情")
    before = page.locator(".hit:has(.hit__words)").count()
    page.locator("summary").click()
    page.locator("[data-value$='/通辽市']").check()
    page.wait_for_function(f"() => document.querySelectorAll('.hit:has(.hit__words)').length < {before}")
    names = page.locator(".hit:has(.hit__words) a").all_text_contents()
    assert names and all(name.startswith("王爱林，") for name in names)
    assert "region=" in page.url
    assert page.evaluate("document.activeElement.dataset.value") is not None, "the focus is lost"
    page.locator("[data-value$='/通辽市']").uncheck()
    page.wait_for_function(f"() => document.querySelectorAll('.hit:has(.hit__words)').length === {before}")


def test_by_keyboard_alone(search: Visit) -> None:
    page = search.page
    page.locator("[data-search=field]").focus()
    page.keyboard.type("疫情")
    page.wait_for_function("() => document.querySelector('.hit')")
    page.keyboard.press("ArrowDown")
    first = page.evaluate("document.activeElement.textContent")
    page.keyboard.press("ArrowDown")
    assert page.evaluate("document.activeElement.textContent") != first
    page.keyboard.press("ArrowUp")
    assert page.evaluate("document.activeElement.textContent") == first
    page.keyboard.press("Escape")
    assert page.evaluate("document.activeElement.dataset.search") == "field"
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    page.wait_for_url("**/people/*.html*")


def test_keys_of_an_input_method_are_left_to_it(search: Visit) -> None:
    page = search.page
    ask(page, "疫情")
    for sent in ("isComposing: true", "keyCode: 229"):
        for key in ("ArrowDown", "Escape"):
            link = page.locator("[data-search=results] a").first
            link.focus() if key == "Escape" else page.locator("[data-search=field]").focus()
            left_alone = page.evaluate(f"""() => {{
              const before = document.activeElement;
              const event = new KeyboardEvent("keydown", {{key: "{key}", bubbles: true, cancelable: true, {sent}}});
              return before.dispatchEvent(event) && document.activeElement === before;
            }}""")
            assert left_alone, f"{key} with {sent} moves the focus"


def test_what_is_found_is_announced(search: Visit) -> None:
    status = search.page.get_by_role("status")
    ask(search.page, "疫情")
    assert (status.text_content() or "").startswith("人物")
    ask(search.page, "鬴靐")
    assert "没有找到" in (status.text_content() or "")


def test_without_script_the_page_says_so_and_offers_the_indexes(open_window: OpenWindow) -> None:
    with open_window(script=False) as visit:
        visit.open("search.html?q=%E7%8E%8B")
        assert "JavaScript" in (visit.page.locator("noscript").text_content() or "")
        assert not visit.page.locator("[data-search=field]").is_visible()
        for name in ("人物 A–Z", "机构", "地区", "时间线"):
            assert visit.page.locator("main").get_by_role("link", name=name, exact=True).is_visible()
        fail_for(visit.faults)


@pytest.mark.parametrize("width", [390, 1280])
@pytest.mark.parametrize("query", ["疫情", "王咏敢", "wy"])
def test_axe_finds_nothing_in_what_is_found(open_window: OpenWindow, width: int, query: str) -> None:
    found = []
    with open_window(width) as visit:
        visit.open(urls.SEARCH)
        ask(visit.page, query)
        if visit.page.locator("summary").is_visible():
            visit.page.locator("summary").click()
        visit.page.evaluate(Axe().axe_script)
        for scheme in SCHEMES:
            visit.page.emulate_media(color_scheme=scheme)
            found += [f"{query}, {width} px, {scheme}: {sentence}" for sentence in find_violations(visit.page)]
        assert visit.page.evaluate(SIDEWAYS) <= 0
        fail_for([*found, *visit.faults])


def test_at_ten_thousand_documents_little_is_loaded(open_window: OpenWindow, tmp_path: Path) -> None:
    archive_records = made_up_records(LARGE)
    write_page(tmp_path)
    parts = made_up_parts(archive_records)
    with closing(open_index(parts, MadeParts(parts), None)) as index:
        write_index(tmp_path, index)
    holders = {record.head.href: record.folded.streams for record in archive_records}
    costs = {}
    with open_window(origin=tmp_path.as_uri() + "/") as visit:
        meter = Meter(tmp_path, visit.page)
        for query in queries(archive_records, LARGE_ASKED):
            visit.page.goto("about:blank")
            visit.open(urls.SEARCH)
            assert meter.take()[0] <= FIRST_LOAD
            ask(visit.page, query)
            costs[query] = meter.take()[0]
            listed = visit.page.locator(".hit__name a").evaluate_all("links => links.map(a => a.getAttribute('href'))")
            assert listed, query
            for href in listed:
                assert any(query in stream for stream in holders[href.partition("#")[0]]), (query, href)
        others = (*empty_queries(archive_records, LARGE_ASKED), *islice(dear_queries(archive_records, 14), 0, None, 6))
        for query in others:
            visit.page.goto("about:blank")
            visit.open(urls.SEARCH)
            meter.take()
            ask(visit.page, query)
            costs[query] = meter.take()[0]
        fail_for(visit.faults)
    assert max(costs.values()) <= A_QUERY, costs
