"""What the search costs at 10,000 documents: ``make bench-search`` prints time, memory, bytes and latency.

The texts are words of pypinyin's dictionary, about as unevenly frequent as words are, 1,600 characters a document: so
there are about as many different pairs as in prose, and more than in ``bench.corpus``, whose sentences recur. Only the
search is built from them, and its page. Bytes are those of a server that compresses (gzip, level 6).
"""

import argparse
import gzip
import itertools
import resource
import shutil
import tempfile
import time
import zlib
from collections.abc import Iterable, Iterator, Sequence
from functools import cache
from pathlib import Path
from random import Random
from statistics import median, quantiles

from playwright.sync_api import Page, Request, sync_playwright
from pypinyin.phrases_dict import phrases_dict

from builder.archive import Archive, relate
from builder.authority import Organisations, Regions
from builder.content import Content
from builder.pages.search import search_pages
from builder.render import render, template_environment
from builder.search.files import index_files
from builder.search.records import ORGANISATION, PERSON, REGION, Record, make_record, to_bytes
from builder.site import Site

ROOT = Path(__file__).resolve().parent.parent
LENGTH = 1600
WORDS = 8_000
PARAGRAPHS = 8
SHORTEST, LONGEST = 2, 8  # characters of a query
SURNAMES = "王李张刘陈杨赵黄周吴徐孙胡朱高林何郭马罗梁宋郑谢韩唐冯于董萧程曹袁邓许傅沈曾彭吕"
GIVEN = "伟芳娜敏静丽强磊军洋勇艳杰娟涛明超秀霞平刚桂英华建国志远海燕文博思源爱林俊小雨"
LEVEL = 6


@cache
def vocabulary() -> tuple[list[str], list[float]]:
    """Return words, and the sum of the weights of all up to each: how frequent a word is goes by its rank."""
    words = sorted(word for word in phrases_dict if 2 <= len(word) <= 4)
    Random(0).shuffle(words)
    return words[:WORDS], list(itertools.accumulate(1 / (rank + 5) for rank in range(WORDS)))


def made_up_records(documents: int, seed: int = 1) -> list[Record]:
    """Return records of so many documents, half as many organisations, and a region for every hundred."""
    random = Random(seed)
    words, weights = vocabulary()
    regions = [_entity(REGION, number, f"{random.choice(words)}县") for number in range(max(1, documents // 100))]
    offices = [random.choice(words) + random.choice(("医院", "法院", "小学")) for _ in range(documents // 2 + 1)]
    organisations = [_entity(ORGANISATION, number, name) for number, name in enumerate(offices)]
    people = [_document(number, random, organisations, regions, words, weights) for number in range(documents)]
    return [*people, *organisations, *regions]


def _entity(kind: str, number: int, name: str) -> Record:
    identifier = f"{kind}-{number}"
    address = f"{kind}s/{identifier}.html"
    return make_record(
        f"{kind}/{identifier}",
        kind,
        name,
        address,
        "",
        (("名称", name),),
        (),
        [],
        regions=(identifier,) if kind == REGION else (),
        organisations=(identifier,) if kind == ORGANISATION else (),
        spoken=((name, ""),),
    )


def _document(
    number: int,
    random: Random,
    organisations: Sequence[Record],
    regions: Sequence[Record],
    words: Sequence[str],
    weights: Sequence[float],
) -> Record:
    name = random.choice(SURNAMES) + "".join(random.choices(GIVEN, k=random.choice((1, 2, 2))))
    office, region = random.choice(organisations), random.choice(regions)
    text = "".join(random.choices(words, cum_weights=weights, k=LENGTH // 2))[:LENGTH]
    size = LENGTH // PARAGRAPHS
    sentences = [f"{text[at : at + 30]}，{text[at + 30 : at + size]}。" for at in range(0, LENGTH, size)]
    return make_record(
        f"person/{number}",
        PERSON,
        name,
        f"people/{number}.html",
        office.name,
        (("姓名", name),),
        (("题名", "".join(random.choices(words, k=4))), ("单位", office.name), ("地区", region.name)),
        [(f"p{at}", (sentence,)) for at, sentence in enumerate(sentences, start=1)],
        day=737_430 + int(random.expovariate(1 / 40)),
        regions=(region.key.partition("/")[2],),
        organisations=(office.key.partition("/")[2],),
        spoken=((name, ""),),
    )


def write_search(folder: Path, records: Sequence[Record], memory: Path | None = None) -> float:
    """Write the page of the search, what it loads, and the index; return the CPU seconds that it took."""
    folder.mkdir(parents=True, exist_ok=True)
    archive = _empty_archive()
    environment = template_environment(ROOT / "templates")
    for view in search_pages(archive):
        (folder / view.frame.address).write_text(render(environment, view), encoding="utf-8")
    shutil.copytree(ROOT / "static", folder / "static", dirs_exist_ok=True)
    known = with_digests(records)
    started = time.process_time()
    files = list(index_files(known, Organisations({}, {}, ()), Regions({}, {}, {}, {}, ()), memory))
    took = time.process_time() - started
    for file in files:
        path = folder / file.address
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(file.content)
    return took


def with_digests(records: Iterable[Record]) -> list[tuple[Record, bytes]]:
    """Return each record with something that differs when it does."""
    return [(record, hash_of(record)) for record in records]


def hash_of(record: Record) -> bytes:
    """Return the digest of a record."""
    return zlib.crc32(to_bytes((record,))).to_bytes(4, "big")


def _empty_archive() -> Archive:
    return relate(Content(Site("搜索测速")))


def queries(records: Sequence[Record], count: int, seed: int = 2) -> Iterator[str]:
    """Yield random runs of characters of the texts."""
    random = Random(seed)
    texts = [line for record in records if record.kind == PERSON for line in record.streams[2].split("\n")]
    for _ in range(count):
        line = random.choice(texts)
        length = random.randint(SHORTEST, min(LONGEST, len(line)))
        start = random.randrange(len(line) - length + 1)
        yield line[start : start + length]


class Meter:
    """Counts the bytes of what a page asks for, as a server sends them and as they lie on the disk."""

    def __init__(self, folder: Path, page: Page) -> None:
        self.folder = folder
        self.sent = self.raw = 0
        page.on("request", self.note)

    def note(self, request: Request) -> None:
        """Count the answer to a request; a page and its styles are those of every page and are not counted."""
        name = request.url.partition("?")[0].partition("#")[0].removeprefix(self.folder.as_uri() + "/")
        if name.endswith(".js"):
            content = (self.folder / name).read_bytes()
            self.sent += len(gzip.compress(content, LEVEL))
            self.raw += len(content)

    def take(self) -> tuple[int, int]:
        """Return what has been counted since the last time: sent, and raw."""
        counted = self.sent, self.raw
        self.sent = self.raw = 0
        return counted


ASK = """async (query) => {
  const started = performance.now();
  const field = document.querySelector('[data-search=field]');
  const shown = new Promise((resolve) => {
    new MutationObserver((_, observer) => { observer.disconnect(); resolve(); })
      .observe(document.querySelector('[data-search=status]'), {childList: true});
  });
  field.value = query;
  field.dispatchEvent(new Event('input'));
  await shown;
  return performance.now() - started;
}"""
CLEAR = "document.querySelector('[data-search=status]').textContent = ''"


def run(documents: int, asked: int) -> None:
    """Build the search of so many documents, ask it, and print what that cost."""
    records = made_up_records(documents)
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        memory = folder / "memory"
        print(f"{documents} documents, {len(records)} records")
        print(f"build: {write_search(folder, records, memory):.1f} s of the processor from nothing")
        peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
        edited = [*made_up_records(1, seed=3)[:1], *records[1:]]
        print(f"build: {write_search(folder, edited, memory):.1f} s after an edit; peak of memory {peak:.0f} MB")
        _print_sizes(folder)
        _ask(folder, list(queries(edited, asked)))


def _print_sizes(folder: Path) -> None:
    for part in ("pairs", "long", "text", "names"):
        files = [path.read_bytes() for path in (folder / "search" / part).iterdir()]
        sent = sorted(len(gzip.compress(content, LEVEL)) for content in files)
        whole = sum(map(len, files)) / 1e6
        print(f"{part}: {len(files)} files, {whole:.1f} MB; sent {median(sent):.0f} B (median), {sent[-1]} B (most)")


def _ask(folder: Path, asked: Sequence[str]) -> None:
    from install_tools import find_browser

    costs, first, again = [], [], []
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=find_browser(), chromium_sandbox=False)
        page = browser.new_page()
        meter = Meter(folder, page)
        for query in asked:
            page.goto("about:blank")
            page.goto(f"{folder.as_uri()}/search.html")
            load = meter.take()
            first.append(page.evaluate(ASK, query))
            page.wait_for_load_state("networkidle")
            costs.append(meter.take())
            page.evaluate(CLEAR)
            again.append(page.evaluate(ASK, query))
            meter.take()
        browser.close()
    print(f"first load: {load[0]} B sent, {load[1]} B raw")
    sent = [float(cost[0]) for cost in costs]
    for words, values in (("a query, B sent", sent), ("ms, first", first), ("ms, once loaded", again)):
        cuts = quantiles(values, n=20)
        print(f"{words}: p50 {median(values):.0f}, p95 {cuts[18]:.0f}, most {max(values):.0f}")


def main() -> None:
    """Read the command line and run."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("documents", type=int, nargs="?", default=10_000)
    parser.add_argument("--queries", type=int, default=500)
    options = parser.parse_args()
    run(options.documents, options.queries)


if __name__ == "__main__":
    main()
