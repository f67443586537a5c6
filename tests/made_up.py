"""Archives of made-up people, as large as wanted: every optional key, dates of every kind, names of every sort.

``write_archive(folder, 300)`` writes ``content/`` and ``site.yaml`` and gives back what a test wants to look for. The
same numbers give the same bytes. Nobody in it ever lived.
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from random import Random

import made_up_words as words
from builder import names


@dataclass(frozen=True)
class MadeUp:
    """What was written: the ids of the people and of all documents, the private quotations, the withdrawn names."""

    people: tuple[str, ...]
    documents: tuple[str, ...]
    private: tuple[str, ...]
    withdrawn: tuple[str, ...]


def write_archive(folder: Path, people: int, *, seed: int = 1, address: str = words.ADDRESS) -> MadeUp:
    """Write an archive of so many documents into ``folder`` and return what stands in it."""
    random = Random(seed)
    content = folder / "content"
    for name in ("profiles", "organisations", "regions", "pages", "sources"):
        (content / name).mkdir(parents=True, exist_ok=True)
    _write(folder / "site.yaml", _site(address))
    _write(content / "pages/about.md", "---\ntitle: 关于\n---\n\n测试用。\n")
    organisations = _organisations(content, max(4, people // 10), random)
    _regions(content)
    own: list[str] = []
    documents: list[str] = []
    private: list[str] = []
    withdrawn: list[str] = []
    for number in range(1, people + 1):
        identifier = f"ren-{number:04d}"
        if number % 50 == 0:
            withdrawn.append(f"鬴{number}")
            front = {"name": withdrawn[-1], "status": "withdrawn", "withdrawn": "2026-05-01"}
            _write(content / f"profiles/{identifier}.md", f"---\n{_yaml(front)}---\n")
            continue
        person = own[number % len(own)] if number % 7 == 0 and own else ""
        profile = _Profile(number, random, organisations, own, person)
        _write(content / f"profiles/{identifier}.md", profile.text())
        if profile.received:
            _write(content / f"sources/{identifier}.txt", profile.received)
        documents.append(identifier)
        private.extend(profile.private)
        if not person:
            own.append(identifier)
    return MadeUp(tuple(own), tuple(documents), tuple(private), tuple(withdrawn))


class _Profile:
    """One document: its front matter, its body, and its text as received."""

    def __init__(self, number: int, random: Random, organisations: list[str], people: list[str], person: str) -> None:
        self.number, self.random, self.organisations, self.people = number, random, organisations, people
        self.private: list[str] = []
        self.received = ""
        self._read: list[str] = []  # sentences that may be quoted
        self._lines: list[tuple[str, str]] = []  # paragraphs as written, and as received
        for _ in range(random.randint(1, 5)):
            self._paragraph()
        self.source = self._source()
        self.front = self._front(person)

    def text(self) -> str:
        """Return the file."""
        body = "\n\n".join(written for written, _ in self._lines)
        if self.number % 5 == 0:
            body += "\n\n" + words.RICH.replace("{mark}", self.random.choice(words.MARKS)[0])
        elif self.number % 3 == 0:
            author = f"（{self.front['author']['name']}）" if isinstance(self.front["author"], dict) else ""
            parts = [str(self.front.get("title", "")), str(self.front.get("subtitle", ""))]
            self.received = "\n\n".join([*filter(None, parts), *(received for _, received in self._lines)]) + author
            self.source["received"] = f"sources/ren-{self.number:04d}.txt"
            self.front["source"] = self.source
        return f"---\n{_yaml(self.front)}---\n\n{body}\n"

    def _paragraph(self) -> None:
        pieces: list[tuple[str, str]] = []
        for _ in range(self.random.randint(2, 5)):
            serial = len(self._read)
            plain = f"第{self.number}号第{serial}事在{self.random.choice(words.GIVEN)}巷办成"
            self._read.append(plain)
            pieces.append((plain, plain))
            mark, received = self.random.choice(words.MARKS)
            pieces.append((f"，这里{mark}又一句", f"，这里{received}又一句"))
            if self.random.random() < 0.3:
                link, shown = self._link()
                pieces.append((f"，到{link}", f"，到{shown}"))
            pieces.append(("。", "。"))
        if self.random.random() < 0.4:
            secret = (
                f"{words.PRIVATE_SIGN}家住{words.PRIVATE_SIGN}巷{self.number}号{len(self._lines)}{words.PRIVATE_SIGN}"
            )
            self.private.append(secret)
            pieces.append((f"他{secret}。", f"他{secret}。"))
        self._lines.append(("".join(piece for piece, _ in pieces), "".join(piece for _, piece in pieces)))

    def _link(self) -> tuple[str, str]:
        kind = self.random.choice(("organisation", "person", "region"))
        if kind == "person" and self.people:
            return f"[某人](person:{self.random.choice(self.people)})", "某人"
        if kind == "region":
            return "[石桥](region:shiqiao)", "石桥"
        return f"[那处](organisation:{self.random.choice(self.organisations)})", "那处"

    def _front(self, person: str) -> dict[str, object]:
        random, number = self.random, self.number
        province, cities = random.choice(words.PROVINCES)
        city = random.choice(cities)
        path = [province, city, city[:2] + random.choice(words.DISTRICTS)][: random.randint(1, 3)]
        front: dict[str, object] = {
            "name": self._name(),
            "unit": self._units(),
            "region": "/".join(path),
            "dates": [self._event(index) for index in range(random.randint(1, 6))],
            "author": random.choice(("", {"name": "马·银伟", "pinyin": "Mǎ·Yínwěi"}, {"name": "王<&>丹"})),
        }
        optional: dict[str, object] = {
            "title": f"题目“{number}” 分<两>行&'完'",
            "subtitle": f"记第{number}号",
            "pinyin": names.person_pinyin(str(front["name"])),
            "summary": f"1月{number % 28 + 1}日，办成一事<&>。",
            "post": "编外人员",
            "region_supplied": path[:1],
            "region_inferred": path[1:],
            "tags": ["网格", "a&b"],
            "aliases": [f"jiu-{number:04d}"],
            "added": f"2026-0{number % 9 + 1}-15",
            "changes": [
                {"date": "2026-11-02", "what": "改一字<&>", "by": "读者"},
                {"date": "2026-11-03", "what": "补注"},
            ],
            "source": self.source,
        }
        front |= {key: value for key, value in optional.items() if value and random.random() < 0.7}
        if person:
            front["person"] = person
        if self.private:
            front["private"] = self.private
        return front

    def _name(self) -> str:
        if self.number % 11 == 0:
            return words.ODD[self.number // 11 % len(words.ODD)]
        if self.number % 6 == 0:
            return words.MONGOLIAN[self.number // 6 % len(words.MONGOLIAN)]
        return self.random.choice(words.SURNAMES) + self.random.choice(words.GIVEN)

    def _units(self) -> list[object]:
        units: list[object] = [f"第{self.random.randint(1, 5)}无档<机>构"]
        for _ in range(self.random.randint(0, 2)):
            unit = {"name": self.random.choice(self.organisations), "post": self.random.choice(words.POSTS)}
            units.append(unit | ({"quote": self._read[0]} if self.random.random() < 0.5 else {}))
        return units[self.random.randint(0, len(units) - 1) :]

    def _event(self, index: int) -> dict[str, object]:
        random = self.random
        date = words.DATES[(self.number + index * 5) % len(words.DATES)]
        event: dict[str, object] = {"date": date, "event": f"办事<{index}>&", "basis": random.choice(words.BASES)}
        optional: dict[str, object] = {
            "quote": [self._read[index % len(self._read)]],
            "supplied": "year",
            "time": random.choice(("清晨", "22:30", "至凌晨3时许")),
            "note": "原文如此，“<&>”。",
            "scope": random.choice(("group", "background")),
            "organisation": [random.choice(self.organisations)],
            "alternatives": ["2020-02-09", "2020-02~"],
        }
        event |= {key: value for key, value in optional.items() if random.random() < 0.35}
        if date.startswith("["):
            event["preferred"] = "2020-02-06"
        if random.random() < 0.1:
            event = {"event": event["event"]}
        return event

    def _source(self) -> dict[str, object]:
        whole: dict[str, object] = {
            "file": "收到<的>文件.txt",
            "lines": self.random.choice(("1–24", "7", "3-5、9")),
            "title": "原题&",
            "publication": "某<日>报",
            "date": self.random.choice(("2020-03-06", "2020-03", "2020年春", "2020-03-06?")),
            "url": "https://example.com/a?b=1&c=2",
            "rights": "权利未清。",
            "note": "原刊待考。",
        }
        return {key: value for key, value in whole.items() if self.random.random() < 0.6}


def _organisations(content: Path, count: int, random: Random) -> list[str]:
    identifiers = [f"ji-gou-{number:03d}" for number in range(count)]
    for number, identifier in enumerate(identifiers):
        front: dict[str, object] = {"name": f"机构“{number}”<&>"}
        if number:
            front["parent"] = identifiers[random.randrange(number)]
        optional: dict[str, object] = {
            "aliases": [f"第{number}所", f"No.{number} & 所"],
            "full_name": f"北江省第{number}号机构",
            "region": "北江省/云山市",
            "region_inferred": ["云山市"] if number % 2 else [],
            "kind": "监测站",
            "pinyin": names.common_pinyin(f"机构“{number}”<&>"),
        }
        front |= {key: value for key, value in optional.items() if value and random.random() < 0.6}
        if "region" not in front:
            front.pop("region_inferred", None)
        if "full_name" in front and number % 2:
            front["full_name_basis"] = "inferred"
        if "parent" in front:
            if number % 3 == 0:
                front["parent_basis"] = "inferred"
            front["tier"] = ("page", "section", "listed")[number % 3]
        _write(
            content / f"organisations/{identifier}.md",
            f"---\n{_yaml(front)}---\n\n据[凡例](about.html)，名称<照>录&。\n",
        )
    return identifiers


def _regions(content: Path) -> None:
    province = {"name": "南岭自治区", "code": "990000", "romanised": "Nanling", "aliases": ["南岭"]}
    league = {"name": "石桥盟", "parent": "nanling", "tier": "listed", "division": "no"}
    _write(content / "regions/nanling.md", f"---\n{_yaml(province)}---\n\n说明<&>。\n")
    _write(content / "regions/shiqiao.md", f"---\n{_yaml(league)}---\n")


def _site(address: str) -> str:
    settings: dict[str, object] = {
        "title": "虚构<&>档案",
        "tagline": "测试用",
        "address": address,
        "contact": "https://example.org/contact",
        "licence": {"text": "CC BY 4.0", "url": "https://creativecommons.org/licenses/by/4.0/"},
        "caution": "全属虚构<&>。",
        "navigation": [{"text": "人物", "href": "people.html"}],
    }
    return _yaml({key: value for key, value in settings.items() if value})


def _yaml(values: Mapping[str, object]) -> str:
    """Return front matter, every value written as JSON, which is YAML as well."""
    return "".join(f"{key}: {_node(value)}\n" if value != "" else f"{key}:\n" for key, value in values.items())


def _node(value: object) -> str:
    return json.dumps(value, ensure_ascii=False)


def _write(path: Path, text: str) -> None:
    path.write_bytes(text.encode("utf-8"))
