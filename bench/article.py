"""A made-up article about one person: its paragraphs as written and as received, and what the front matter quotes."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cache
from random import Random
from typing import ClassVar

from pypinyin.phrases_dict import phrases_dict

from bench import words
from bench.places import Body

LENGTH, SPREAD = 1600, 260  # characters of an article: mean and standard deviation
PARAGRAPHS = (6, 9)
LONG = 60  # characters of a sentence; the mean of the three real articles
SHARE_MARKED, SHARE_PRIVATE = 0.5, 0.3  # of the articles
NAMED_DAYS = (("除夕", "2020-01-24"), ("正月初五", "2020-01-29"), ("元宵节", "2020-02-08"), ("正月十八", "2020-02-11"))


@dataclass
class Sentence:
    """A sentence as it stands in the file, and as it was received; ``event`` says that the front matter quotes it."""

    text: str
    received: str
    is_quoted: bool = False

    @classmethod
    def plain(cls, text: str, *, is_quoted: bool = False) -> "Sentence":
        """Return a sentence without any mark."""
        return cls(text, text, is_quoted)


class Speaker(dict[str, str]):
    """Says a sentence of the grammar: asked for a symbol, it gives one of the words that may stand for it."""

    NUMBERS: ClassVar[dict[str, tuple[int, int]]] = {"n": (3, 60), "small": (2, 9), "age": (3, 15), "big": (100, 16000)}

    def __init__(self, random: Random, **known: str) -> None:
        super().__init__(known)
        self.random = random

    def __missing__(self, symbol: str) -> str:
        if symbol in self.NUMBERS:
            return str(self.random.randint(*self.NUMBERS[symbol]))
        if symbol == "idiom":
            return self.random.choice(idioms())
        if symbol == "estate":
            return "".join(self.random.sample((*words.FIRST, *words.SECOND), 2)) + self.random.choice(
                ("小区", "家园", "社区")
            )
        return self.say(symbol)

    def say(self, symbol: str) -> str:
        """Return words for a symbol, those in it replaced in their turn."""
        return self.random.choice(words.GRAMMAR[symbol]).format_map(self)


@cache
def idioms() -> tuple[str, ...]:
    """Return set phrases of four characters, some 20,000: they make the text as various as real ones are."""
    common = (phrase for phrase in phrases_dict if len(phrase) == 4)
    return tuple(sorted(phrase for phrase in common if all("\u4e00" <= character < "\u9fa6" for character in phrase)))


class Article:
    """One article; ``random`` decides everything in it."""

    def __init__(self, random: Random, name: str, body: Body, link: str, other: tuple[str, str, Body] | None) -> None:
        self.random, self.name, self.body = random, name, body
        self._link, self._other = link, other
        self.private: list[str] = []
        self._events: list[dict[str, object]] = []
        self._speaker = Speaker(
            random,
            name=name,
            unit=body.name,
            post=body.post,
            pronoun=random.choice("他她"),
            region=body.place.path[-1],
        )
        self.title = f"{self._speaker['idiom']}{self._speaker['task']} {self._speaker['idiom']}显担当"
        self.summary = f"{self._speaker.say('time')}，{self._plain('label')}。"
        self.paragraphs = self._write()
        if random.random() < SHARE_MARKED:
            self._mark()

    def written(self) -> Iterator[str]:
        """Yield the paragraphs as they stand in the file."""
        return ("".join(sentence.text for sentence in paragraph) for paragraph in self.paragraphs)

    def received(self) -> Iterator[str]:
        """Yield the paragraphs as they were received."""
        return ("".join(sentence.received for sentence in paragraph) for paragraph in self.paragraphs)

    def units(self, second: Body | None) -> list[dict[str, object]]:
        """Return the posts: the one of the first sentence, quoted from there, and perhaps another one."""
        first: dict[str, object] = {"name": self.body.name, "post": self.body.post}
        if self.random.random() < 0.5:
            first["quote"] = self.body.name + self.body.post
        if second is None or second.name == self.body.name:
            return [first]
        return [first, {"name": second.name, "post": second.post}]

    def dates(self, organisation: str) -> list[dict[str, object]]:
        """Return the events, each with the words that tell of it; some name an organisation."""
        for event in self._events:
            if self.random.random() < 0.25:
                event["organisation"] = organisation
            if self.random.random() < 0.1:
                event["note"] = "原文未写年份，据上下文补。" if "supplied" in event else "日期依原文。"
        return self._events

    def _plain(self, symbol: str) -> str:
        return self._speaker.say(symbol)

    def _write(self) -> list[list[Sentence]]:
        """Return the paragraphs: the opening, the deeds with their dates, what is private, the end."""
        random = self.random
        count = random.randint(*PARAGRAPHS)
        length = min(max(random.gauss(LENGTH, SPREAD), 900), 2600) / count
        paragraphs = [self._fill([self._opening()], length)]
        for number in range(count - 2):
            start = [self._event()] if number < 6 else []
            paragraphs.append(self._fill(start, length))
        if random.random() < SHARE_PRIVATE:
            words_ = self._plain("private")
            self.private.append(words_)
            paragraphs[-1].append(Sentence.plain(f"{words_}。", is_quoted=True))
        if self._other is not None:
            paragraphs[random.randrange(1, len(paragraphs))].append(self._colleague(self._other))
        end = Sentence.plain(self._plain("closing"))
        return [*paragraphs, self._fill([], length / 2) + [end]]

    def _fill(self, paragraph: list[Sentence], length: float) -> list[Sentence]:
        """Return a paragraph with sentences added until it is about as long as wanted."""
        while sum(len(sentence.received) for sentence in paragraph) < length - LONG / 2:
            kind = self.random.choices(("general", "speech", "fact"), cum_weights=(70, 88, 100))[0]
            text = self._plain(kind)
            if kind == "general" and len(text) < LONG:  # reports are written in long sentences
                text = f"{text[:-1]}{self.random.choice('，；')}{self._plain('general')}"
            paragraph.append(Sentence.plain(text))
        return paragraph

    def _opening(self) -> Sentence:
        """Return the first sentence, in which the unit is a link as often as not."""
        text = self._plain("opening")
        while self.body.name + self.body.post not in text:
            text = self._plain("opening")
        if self.random.random() < 0.5:
            return Sentence.plain(text, is_quoted=True)
        linked = text.replace(self.body.name, f"[{self.body.name}](organisation:{self._link})", 1)
        if self.random.random() < 0.5:
            town, identifier = self.body.place.path[-1], self.body.place.ids[-1]
            return Sentence(f"{linked}[{town}](region:{identifier})上下无人不知。", f"{text}{town}上下无人不知。", True)
        return Sentence(linked, text, True)

    def _colleague(self, other: tuple[str, str, Body]) -> Sentence:
        """Return a sentence that links to another person."""
        identifier, name, _ = other
        self._speaker["other"] = name
        text = self._plain("colleague")
        return Sentence(text.replace(name, f"[{name}](person:{identifier})", 1), text, True)

    def _event(self) -> Sentence:
        """Return a sentence that begins with a date, and note it as an event."""
        kinds = (self._printed, self._span, self._named, self._counted, self._ordered, self._undated)
        make: Callable[[], tuple[str, dict[str, object]]] = self.random.choices(
            kinds, cum_weights=(58, 68, 76, 84, 92, 100)
        )[0]
        when, front = make()
        deed = self._plain("event")
        event: dict[str, object] = {}
        if "date" in front:
            event["date"] = front.pop("date")
        self._events.append(event | {"event": self._plain("label"), "quote": f"{when}，{deed}"} | front)
        return Sentence.plain(f"{when}，{deed}，{self._plain('result')}。", is_quoted=True)

    def _day(self) -> tuple[int, int, int]:
        """Return a day: of the spring of 2020 mostly, or of the three years after it."""
        random = self.random
        if random.random() < 0.75:
            month = random.choices((1, 2, 3, 4), cum_weights=(20, 70, 90, 100))[0]
            return 2020, month, random.randint(20 if month == 1 else 1, 29)
        return random.choice((2020, 2021, 2022)), random.randint(5, 12), random.randint(1, 28)

    def _printed(self) -> tuple[str, dict[str, object]]:
        year, month, day = self._day()
        date = f"{year}-{month:02d}-{day:02d}"
        if year > 2020:
            return f"{year}年{month}月{day}日", {"date": date}
        return f"{month}月{day}日", {"date": date, "supplied": "year"}

    def _span(self) -> tuple[str, dict[str, object]]:
        year, month, day = self._day()
        last = min(day + self.random.randint(2, 14), 30 if month != 2 else 29)
        date = f"{year}-{month:02d}-{min(day, last - 1):02d}/{year}-{month:02d}-{last:02d}"
        return f"{year}年{month}月{min(day, last - 1)}日至{last}日", {"date": date}

    def _named(self) -> tuple[str, dict[str, object]]:
        word, date = self.random.choice(NAMED_DAYS)
        return f"{word}这天", {"date": date, "basis": "named-day", "supplied": "year"}

    def _counted(self) -> tuple[str, dict[str, object]]:
        day = self.random.randint(5, 27)
        date = f"[2020-02-{day:02d},2020-02-{day + 1:02d}]"
        more = {"basis": "counted", "supplied": "year", "preferred": f"2020-02-{day + 1:02d}"}
        return f"驻守的第{day + 3}天", {"date": date, **more}

    def _ordered(self) -> tuple[str, dict[str, object]]:
        day = self.random.randint(1, 28)
        return f"自那以后，第{day}次上报之前", {
            "date": f"[2020-02-{day:02d}..]",
            "basis": "ordered",
            "supplied": "year",
        }

    def _undated(self) -> tuple[str, dict[str, object]]:
        number = self.random.randint(2, 90)
        return f"最忙的那{number}个小时里", {"scope": "group"} if number % 5 == 0 else {}

    def _mark(self) -> None:
        """Put one to three editorial marks into sentences that nothing quotes."""
        free = [sentence for paragraph in self.paragraphs for sentence in paragraph if not sentence.is_quoted]
        for sentence in self.random.sample(free, min(len(free), self.random.randint(1, 3))):
            self.random.choice((_emend, _supply, _strike, _doubt))(sentence, self.random)
            sentence.is_quoted = True


def _emend(sentence: Sentence, random: Random) -> None:
    """Mark a slip of the copyist, where the sentence has a word for which there is one."""
    found = [(right, wrong) for right, wrong in words.SLIPS if right in sentence.text]
    for right, wrong in found[:1]:
        mark = f"{{~~{wrong}~>{right}~~}}{{>>原文作“{wrong}”，当为“{right}”。<<}}"
        sentence.text = sentence.text.replace(right, mark, 1)
        sentence.received = sentence.received.replace(right, wrong, 1)


def _supply(sentence: Sentence, random: Random) -> None:
    """Mark a word that was missing."""
    sentence.text = sentence.text.replace("的", "{++的++}{>>原文脱“的”字。<<}", 1)
    sentence.received = sentence.received.replace("的", "", 1)


def _strike(sentence: Sentence, random: Random) -> None:
    """Mark a word that was written twice."""
    sentence.text = sentence.text.replace("，", "{--了--}，", 1)
    sentence.received = sentence.received.replace("，", "了，", 1)


def _doubt(sentence: Sentence, random: Random) -> None:
    """Leave a word standing, with a note."""
    word = next((people for people in words.GRAMMAR["people"] if people in sentence.text), "")
    if word:
        sentence.text = sentence.text.replace(word, f"{{=={word}==}}{{>>{random.choice(words.DOUBTS)}<<}}", 1)
