"""A made-up archive of any size, to be built and timed: ``python -m bench.corpus 10000 DIR --seed 1``.

The same numbers give the same bytes, and a profile does not change when the archive grows: number 17 is the same among
100 and among 50,000. It looks like the real one: articles of about 1,600 characters, names about as often as in China,
a fifth of the people in one organisation, events mostly of the spring of 2020, one mark in every other article. Nobody
in it ever lived. One name comes far too often, so that there are namesakes by the hundred: 王伟, three in two hundred.
"""

import argparse
import json
from collections import Counter
from collections.abc import Sequence
from pathlib import Path
from random import Random

from bench import words
from bench.article import Article
from bench.places import Body, Gazetteer
from builder import names

COMMON, COMMON_SHARE = "王伟", 0.015
AGAIN, WITHDRAWN = 0.04, 0.005  # of the documents: a further one about somebody; one that is gone
AUTHORS = 300

FOLDERS = ("profiles", "organisations", "regions", "pages", "sources")
PAGES = {
    "about": ("关于本站", "全属虚构。\n\n## 日期记号 {#dates}\n\n见[凡例](editorial-policy.html)。"),
    "editorial-policy": ("编辑凡例", "文字由程序写成，不是任何人的经历。"),
    "corrections": ("更正与撤下", "无可更正。"),
}  # fmt: skip
SITE = """title: 测速档案
tagline: 全属虚构
language: zh-Hans-CN
address: https://example.org/archive/
contact: https://example.org/contact
licence: CC BY 4.0
caution: 所收文字全属虚构。
navigation:
  - {text: 人物, href: people.html}
  - {text: 机构, href: organisations.html}
  - {text: 地区, href: regions.html}
  - {text: 时间线, href: timeline.html}
  - {text: 关于, href: about.html}
"""


def write_corpus(folder: Path, documents: int, seed: int = 1, settings: str = "") -> None:
    """Write ``content/`` of so many documents and ``site.yaml`` into ``folder``; ``settings`` is added to that."""
    content = folder / "content"
    for name in FOLDERS:
        (content / name).mkdir(parents=True, exist_ok=True)
    (folder / "site.yaml").write_bytes((SITE + settings).encode())
    for identifier, (title, body) in PAGES.items():
        (content / "pages" / f"{identifier}.md").write_bytes(f"---\ntitle: {title}\n---\n\n{body}\n".encode())
    writer = _Corpus(content, seed)
    for number in range(documents):
        writer.write(number)
    writer.gazetteer.write(content)


class _Corpus:
    """The writing of the documents one after the other: who there is already, and which ids are taken."""

    def __init__(self, content: Path, seed: int) -> None:
        self.content, self.seed = content, seed
        self.gazetteer = Gazetteer()
        self.people: list[tuple[str, str, Body]] = []
        self._taken: Counter[str] = Counter()
        authors = Random(f"{seed}/authors")
        self._authors = [given_name(authors) for _ in range(AUTHORS)]

    def write(self, number: int) -> None:
        """Write the document of a number."""
        random = Random(f"{self.seed}/{number}")
        if random.random() < WITHDRAWN:
            self._withdrawn(number, random)
            return
        is_again = bool(self.people) and random.random() < AGAIN
        first, name, body = random.choice(self.people) if is_again else ("", given_name(random), None)
        body = body or self.gazetteer.draw(random)
        identifier = self._identifier(name)
        others = self.people if random.random() < 0.15 else []
        other = random.choice(others) if others else None
        article = Article(random, name, body, self.gazetteer.reference(body), other)
        front = self._front(random, number, identifier, article)
        if first:
            front["person"] = first
        else:
            self.people.append((identifier, name, body))
        self._save(identifier, front, article)

    def _identifier(self, name: str) -> str:
        """Return a free id for a name: wang-wei, wang-wei-2, and so on."""
        slug = names.person_slug(name)
        self._taken[slug] += 1
        return slug if self._taken[slug] == 1 else f"{slug}-{self._taken[slug]}"

    def _withdrawn(self, number: int, random: Random) -> None:
        """Write what is left of a withdrawn document; every other one still says whose it was."""
        name = f"name: {random.choice(words.WITHDRAWN)}{random.choice(words.GIVEN)}\n" if number % 2 else ""
        text = f"---\n{name}status: withdrawn\nwithdrawn: 2026-0{random.randint(1, 9)}-15\n---\n"
        (self.content / "profiles" / f"che-xia-{number}.md").write_bytes(text.encode())

    def _front(self, random: Random, number: int, identifier: str, article: Article) -> dict[str, object]:
        """Return the front matter of a document, with what editors mostly write and some of what they seldom do."""
        name, body = article.name, article.body
        author = random.choice(self._authors)
        front: dict[str, object] = {
            "name": name,
            "pinyin": names.person_pinyin(name),
            "title": article.title,
            "subtitle": f"记{body.name}{body.post}{name}",
            "author": random.choice(("", author, {"name": author, "pinyin": names.person_pinyin(author)})),
            "summary": article.summary,
            "unit": article.units(self.gazetteer.draw(random) if random.random() < 0.25 else None),
            "region": "/".join(body.place.path),
            "dates": article.dates(body.name),
            "source": {"file": f"{number:06d}.txt", "lines": "1–24", "rights": "虚构，无权利可言", "note": "无原刊。"},
        }
        if random.random() < 0.4:
            front["region_supplied"] = [body.place.path[0]]
        if random.random() < 0.8:
            front["added"] = f"2026-{random.randint(1, 9):02d}-{random.randint(1, 28):02d}"
        if random.random() < 0.03:
            front["changes"] = [{"date": f"2026-10-{random.randint(1, 28):02d}", "what": "改正一字", "by": "读者来信"}]
        if random.random() < 0.01:
            front["aliases"] = [f"jiu-{number}"]
        if random.random() < 0.6:
            front["tags"] = random.sample(words.TAGS, random.randint(1, 3))
        if article.private:
            front["private"] = article.private
        return front

    def _save(self, identifier: str, front: dict[str, object], article: Article) -> None:
        """Write a document, and one in twenty with the text as it was received."""
        if sum(map(ord, identifier)) % 20 == 0:
            front["source"] = {**_mapping(front["source"]), "received": f"sources/{identifier}.txt"}
            parts = [article.title, f"——{front['subtitle']}", *article.received()]
            (self.content / "sources" / f"{identifier}.txt").write_bytes("\n\n".join(parts).encode())
        body = "\n\n".join(article.written())
        text = f"---\n{front_matter(front)}---\n\n{body}\n"
        (self.content / "profiles" / f"{identifier}.md").write_bytes(text.encode())


def given_name(random: Random) -> str:
    """Return the name of a person: Chinese, or, of one in fifty, Mongol."""
    if random.random() < COMMON_SHARE:
        return COMMON
    if random.random() < 0.02:
        return random.choice(words.MONGOL) + (f"·{random.choice(words.MONGOL)}" if random.random() < 0.5 else "")
    surname = random.choices(tuple(words.SURNAMES), weights=tuple(words.SURNAMES.values()))[0]
    if random.random() < 0.2:
        return surname + random.choice(words.GIVEN)
    return surname + random.choice(words.FIRST) + random.choice(words.SECOND)


def front_matter(values: dict[str, object]) -> str:
    """Return front matter as editors write it: lists of mappings in blocks, everything else on one line."""
    lines = []
    for key, value in values.items():
        if isinstance(value, list) and value and isinstance(value[0], dict):
            lines.append(f"{key}:")
            for entry in value:
                inner = [f"{name}: {_inline(each)}" for name, each in entry.items()]
                lines += [f"  - {inner[0]}", *(f"    {line}" for line in inner[1:])]
        elif isinstance(value, list) and key == "private":
            lines += [f"{key}:", *(f"  - {each}" for each in value)]
        elif isinstance(value, dict) and key == "source":
            lines += [f"{key}:", *(f"  {name}: {_inline(each)}" for name, each in value.items())]
        else:
            lines.append(f"{key}: {_inline(value)}".rstrip())
    return "\n".join(lines) + "\n"


def _inline(value: object) -> str:
    """Return a value on one line; what YAML would take for a list stands in quotation marks."""
    if isinstance(value, list):
        return f"[{', '.join(map(_inline, value))}]"
    if isinstance(value, dict):
        return "{" + ", ".join(f"{key}: {_inline(each)}" for key, each in value.items()) + "}"
    text = str(value)
    return json.dumps(text) if text.startswith("[") else text


def _mapping(value: object) -> dict[str, object]:
    assert isinstance(value, dict)
    return value


def main(arguments: Sequence[str] | None = None) -> None:
    """Write a corpus from the command line."""
    parser = argparse.ArgumentParser(prog="python -m bench.corpus", description="Write a made-up archive.")
    parser.add_argument("documents", type=int, metavar="N", help="how many profiles")
    parser.add_argument("folder", type=Path, metavar="DIR", help="where to write content/ and site.yaml")
    parser.add_argument("--seed", type=int, default=1, help="another number gives another archive (1)")
    options = parser.parse_args(arguments)
    write_corpus(options.folder, options.documents, options.seed)


if __name__ == "__main__":
    main()
