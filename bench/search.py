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
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import closing
from functools import cache
from pathlib import Path
from random import Random
from statistics import median, quantiles

from playwright.sync_api import Page, Request, sync_playwright
from pypinyin.phrases_dict import phrases_dict

from builder.archive import relate
from builder.content import Content
from builder.pages.search import search_pages
from builder.render import render, template_environment
from builder.search import MadeParts, syllables
from builder.search.index import Index, open_index
from builder.search.records import ORGANISATION, PERSON, REGION, Record, make_record, to_bytes
from builder.search.tokens import Folded
from builder.site import Site

ROOT = Path(__file__).resolve().parent.parent
LENGTH = 1600
WORDS = 8_000
PARAGRAPHS = 8
SHORTEST, LONGEST = 2, 8  # characters of a query
SURNAMES = "王李张刘陈杨赵黄周吴徐孙胡朱高林何郭马罗梁宋郑谢韩唐冯于董萧程曹袁邓许傅沈曾彭吕"
GIVEN = "伟芳娜敏静丽强磊军洋勇艳杰娟涛明超秀霞平刚桂英华建国志远海燕文博思源爱林俊小雨"
LEVEL = 6
SENTENCE = "新近补记一句。"


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
        office.head.name,
        (("姓名", name),),
        (("题名", "".join(random.choices(words, k=4))), ("单位", office.head.name), ("地区", region.head.name)),
        [(f"p{at}", (sentence,)) for at, sentence in enumerate(sentences, start=1)],
        day=737_430 + int(random.expovariate(1 / 40)),
        regions=(region.head.key.partition("/")[2],),
        organisations=(office.head.key.partition("/")[2],),
        spoken=((name, ""),),
    )


def made_up_parts(records: Iterable[Record]) -> dict[str, bytes]:
    """Return the parts of records, one each, by name."""
    return {record.head.key: to_bytes([record]) for record in records}


def write_page(folder: Path) -> None:
    """Write the page of the search and what it loads, but for the index."""
    folder.mkdir(parents=True, exist_ok=True)
    environment = template_environment(ROOT / "templates")
    for view in search_pages(relate(Content(Site("搜索测速")))):
        (folder / view.frame.address).write_text(render(environment, view), encoding="utf-8")
    shutil.copytree(ROOT / "static", folder / "static", dirs_exist_ok=True)


def write_index(folder: Path, index: Index, sums: Mapping[str, str] | None = None) -> None:
    """Write the files of the index whose sums are others than these."""
    for address, total in index.sums.items():
        if sums is None or sums.get(address) != total:
            path = folder / address
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(index.content(address))


def edited(record: Record) -> Record:
    """Return a record with a sentence more in its text."""
    names, heads, text = record.folded.streams
    added = Folded((names, heads, text.replace("。", f"。{SENTENCE}", 1)), record.folded.words)
    return Record(record.head, record.shown.replace("。", f"。{SENTENCE}", 1), added)


def queries(records: Sequence[Record], count: int, seed: int = 2) -> Iterator[str]:
    """Yield random runs of characters of the texts."""
    random = Random(seed)
    people = _people(records)
    for _ in range(count):
        yield _run(random, people, random.randint(SHORTEST, LONGEST))


def _people(records: Sequence[Record]) -> list[Record]:
    return [record for record in records if record.head.kind == PERSON]


def _run(random: Random, people: Sequence[Record], length: int) -> str:
    """Return a run of at most so many characters of some text."""
    line = random.choice(random.choice(people).folded.streams[2].split("\n"))
    start = random.randrange(max(1, len(line) - length + 1))
    return line[start : start + length]


def empty_queries(records: Sequence[Record], count: int, seed: int = 3) -> Iterator[str]:
    """Yield queries of which hardly any finds something: made-up words, names with a mistake, long phrases."""
    random = Random(seed)
    people = _people(records)
    offices = [record for record in records if record.head.kind == ORGANISATION]
    common = sorted(syllables.common())
    for number in range(count):
        head = random.choice(offices if number % 2 else people).head
        at = random.randrange(len(head.name))
        said = "".join(head.spoken[0])
        slip = random.randrange(1, len(said))
        two = sorted(random.sample(range(len(said)), 2))
        yield (
            "".join(random.choices(common, k=random.randint(2, 8))),
            head.name[:at] + random.choice(common) + head.name[at + 1 :],
            said[:slip] + random.choice("abcdefghijklmnopqrstuwxyz") + said[slip + 1 :],
            said[: two[0]] + "q" + said[two[0] : two[1]] + "x" + said[two[1] + 1 :],
            _run(random, people, 12) + random.choice(common) + _run(random, people, random.randint(4, 20)),
            "".join(random.choices(common, k=random.randint(9, 40))),
            f"{head.name} {''.join(random.choices(common, k=3))}",
        )[number % 7]


def dear_queries(records: Sequence[Record], count: int, seed: int = 4) -> Iterator[str]:
    """Yield queries of what is commonest, and of much: the dearest that there are."""
    random = Random(seed)
    people = _people(records)
    texts = [record.folded.streams[2] for record in people[:1000]]
    pairs = Counter(text[at : at + 2] for text in texts for at in range(len(text) - 1))
    frequent = [pair for pair, _ in pairs.most_common(400) if "\n" not in pair]
    names = Counter(record.head.name for record in people)
    yield from ("wy", "lj", "zx", "wang", "wangwei", "li wei", "zhangjian", "lw", "王 李 张", "2377", "covid-19", "a")
    yield from frequent[:30]
    yield from (name for name, _ in names.most_common(20))
    yield from (letter for letter, _ in Counter("".join(texts)).most_common(20) if letter != "\n")
    for number in range(count):
        yield (
            "".join(random.sample(frequent, 2)),
            "".join(random.sample(frequent, random.randint(3, 6))),
            " ".join(random.sample(frequent, 2)),
            " ".join(random.sample(frequent, random.randint(3, 6))),
            _run(random, people, random.randint(10, 40)),
            " ".join(_run(random, people, 8) for _ in range(random.randint(2, 5))),
            f"{random.choice(frequent)} {_run(random, people, 4)}",
        )[number % 7]


class Meter:
    """Counts the bytes of what a page asks for, as a server sends them and as they lie on the disk."""

    def __init__(self, folder: Path, page: Page) -> None:
        self.folder = folder
        self.sent = self.raw = 0
        self.kinds: dict[str, int] = {}
        self._known: dict[str, tuple[int, int]] = {}
        page.on("request", self.note)

    def note(self, request: Request) -> None:
        """Count the answer to a request; a page and its styles are those of every page and are not counted."""
        name = request.url.partition("?")[0].partition("#")[0].removeprefix(self.folder.as_uri() + "/")
        if name.endswith(".js"):
            sent, raw = self.sizes(name)
            self.sent += sent
            self.raw += raw
            kind = name.rpartition("/")[0] or name
            self.kinds[kind] = self.kinds.get(kind, 0) + sent

    def sizes(self, name: str) -> tuple[int, int]:
        """Return how large a file is when it is sent, and as it lies on the disk."""
        if name not in self._known:
            content = (self.folder / name).read_bytes()
            self._known[name] = len(gzip.compress(content, LEVEL)), len(content)
        return self._known[name]

    def take(self) -> tuple[int, int]:
        """Return what has been counted since the last time: sent, and raw."""
        counted = self.sent, self.raw
        self.sent = self.raw = 0
        self.kinds = {}
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
    parts = made_up_parts(records)
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        write_page(folder)
        print(f"{documents} documents, {len(records)} records")
        _print_builds(folder, parts, made_up_parts([edited(records[0])]))
        _print_sizes(folder)
        _ask(
            folder,
            {
                "random runs": queries(records, asked),
                "hardly found": empty_queries(records, asked),
                "the dearest": dear_queries(records, asked),
            },
        )


def _print_builds(folder: Path, parts: dict[str, bytes], change: Mapping[str, bytes]) -> None:
    """Build, write, and print what building costs: from nothing, after an edit, with nothing changed."""
    before, sums = parts, None
    for words, changed in (("from nothing", {}), ("after an edit", change), ("with nothing changed", {})):
        now = {**before, **changed}
        started, resting = time.process_time(), _memory()
        with closing(open_index(now, MadeParts(now, before), folder / "memory")) as index:
            took = time.process_time() - started
            more = _memory() - resting
            print(f"{words}: {took:.2f} s of the processor, {more:.0f} MB beside {resting:.0f} of the parts")
            write_index(folder, index, sums)
            index.keep()
            before, sums = now, index.sums


def _memory() -> float:
    """Return the most memory that this process has used so far, in megabytes."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def _print_sizes(folder: Path) -> None:
    for part in ("pairs", "long", "text", "names", "characters"):
        files = [path.read_bytes() for path in (folder / "search" / part).iterdir()]
        sent = sorted(len(gzip.compress(content, LEVEL)) for content in files)
        whole = sum(map(len, files)) / 1e6
        print(f"{part}: {len(files)} files, {whole:.1f} MB; sent {median(sent):.0f} B (median), {sent[-1]} B (most)")


def _ask(folder: Path, kinds: Mapping[str, Iterable[str]]) -> None:
    """Ask every query of some kinds in a page of its own, and once more, and print what that cost."""
    from install_tools import find_browser

    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=find_browser(), chromium_sandbox=False)
        page = browser.new_page()
        meter = Meter(folder, page)
        for kind, asked in kinds.items():
            costs, first, again = [], [], []
            for query in asked:
                page.goto("about:blank")
                page.goto(f"{folder.as_uri()}/search.html")
                load = meter.take()
                first.append(page.evaluate(ASK, query))
                page.wait_for_load_state("networkidle")
                costs.append((meter.take()[0], query))
                page.evaluate(CLEAR)
                again.append(page.evaluate(ASK, query))
                meter.take()
            print(f"{kind}: {len(costs)} queries, the dearest “{max(costs)[1]}”")
            sent = [float(cost) for cost, _ in costs]
            for words, values in (("B sent", sent), ("ms, first", first), ("ms, once loaded", again)):
                cuts = quantiles(values, n=20)
                print(f"  {words}: p50 {median(values):.0f}, p95 {cuts[18]:.0f}, most {max(values):.0f}")
        browser.close()
    print(f"first load: {load[0]} B sent, {load[1]} B raw")


def main() -> None:
    """Read the command line and run."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("documents", type=int, nargs="?", default=10_000)
    parser.add_argument("--queries", type=int, default=500)
    options = parser.parse_args()
    run(options.documents, options.queries)


if __name__ == "__main__":
    main()
