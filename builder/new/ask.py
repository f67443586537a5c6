"""Questions on a terminal: whatever is still missing is asked for, whatever is nearly known is offered.

Takes what the editor wants so far and the archive; gives it completed. ``ask`` is ``input`` or stands for it; it raises
``EOFError`` or ``KeyboardInterrupt`` when the editor has enough.
"""

from collections.abc import Callable, Sequence
from dataclasses import replace

from builder.archive import Archive
from builder.content import Content
from builder.new import known
from builder.new.form import Wanted
from builder.new.mistakes import date_mistake, region_mistake, unit_mistake

Ask = Callable[[str], str]


def complete(wanted: Wanted, content: Content, archive: Archive, ask: Ask) -> Wanted:
    """Return what is wanted with everything that a profile must have, except a date that nobody knows."""
    units = wanted.units or _units(ask)
    units = tuple(_organisation(archive, unit, ask) for unit in units)
    region = wanted.region or _until(ask, "地区（从大到小，用 / 隔开；已有的写最后一级即可）：", region_mistake)
    date = wanted.date or _until(ask, "日期（如 2020-01-24；不知道就按回车）：", date_mistake)
    person = wanted.person or _same_person(content, wanted.name, ask)
    return replace(wanted, units=units, region=_region(archive, region, ask), date=date, person=person)


def _units(ask: Ask) -> tuple[str, ...]:
    """Ask for one unit or several."""

    def mistake(answer: str) -> str:
        return next(filter(None, (unit_mistake(unit) for unit in _parts(answer))), "")

    return tuple(_parts(_until(ask, "当时的单位（照原文；不止一个的，用分号隔开）：", mistake)))


def _parts(answer: str) -> list[str]:
    """Return the parts of an answer between semicolons; one part, perhaps empty, at least."""
    return [part.strip() for part in answer.replace("；", ";").split(";") if part.strip()] or [""]


def _organisation(archive: Archive, name: str, ask: Ask) -> str:
    """Offer the organisations that are nearly so called; return the one chosen, or the name as it is."""
    near = known.near_organisations(archive, name)
    words = [known.organisation_words(archive, each) for each in near]
    chosen = _choose(ask, f"还没有名为“{name}”的机构。是不是：", words, f"都不是，就写“{name}”")
    return near[chosen] if chosen is not None else name


def _region(archive: Archive, written: str, ask: Ask) -> str:
    """Offer the regions whose path is nearly this; return the whole path of the one chosen, or what was written."""
    path = known.whole_region(archive, written)
    near = known.near_regions(archive, path)
    chosen = _choose(ask, f"地区“{path}”与已有的不同。是不是：", near, f"都不是，就写“{path}”")
    return near[chosen] if chosen is not None else path


def _same_person(content: Content, name: str, ask: Ask) -> str:
    """Ask whether somebody of the same name is the same person; return the id, or "" for somebody else."""
    found = known.namesakes(content, name)
    chosen = _choose(ask, "已有同名的人。是不是同一人：", [words for _, words in found], "都不是，是另一个人")
    return found[chosen][0] if chosen is not None else ""


def _choose(ask: Ask, question: str, options: Sequence[str], none: str) -> int | None:
    """Ask for one of some numbered options; return its index, or None where there is none or none is right."""
    if not options:
        return None
    listed = [f"  {number}. {option}" for number, option in enumerate(options, start=1)]
    text = "\n".join([question, *listed, f"  0. {none}", "请输入编号："])
    while True:
        answer = ask(text).strip()
        if answer.isascii() and answer.isdigit() and int(answer) <= len(options):
            return int(answer) - 1 if int(answer) else None
        text = f"请输入 0 到 {len(options)} 的数字："


def _until(ask: Ask, question: str, mistake: Callable[[str], str]) -> str:
    """Ask until nothing is wrong with the answer."""
    text = question
    while True:
        answer = ask(text).strip()
        wrong = mistake(answer)
        if not wrong:
            return answer
        text = f"{wrong}\n{question}"
