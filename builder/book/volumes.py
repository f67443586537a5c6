"""Which people a book holds: all, or those of a region, in volumes of so many where they are too many for one.

A volume is a book by itself: it has its own contents, indexes and page numbers. People stand in A–Z order, so that the
back of a volume says whom it holds, and one person more moves nobody but the neighbours.
"""

from dataclasses import dataclass

from builder.archive import Archive, Person
from builder.authority import ancestors
from builder.book.leaves import Imprint
from builder.history import identifier, log

# The date that EPUB demands and nobody knows, where no day is written: the beginning of the clocks of computers.
UNWRITTEN = "本版日期：内容中没有写"


class NobodyError(Exception):
    """There is nobody to make a book of; ``args[0]`` says so to the editor."""


@dataclass(frozen=True)
class Volume:
    """The people of one volume, which it is of how many, and the region that the whole is limited to ("": none)."""

    archive: Archive
    people: tuple[Person, ...]
    number: int = 1
    count: int = 1
    region: str = ""

    @property
    def stem(self) -> str:
        """The name of its file without ending: ``book``, ``book-tongliao-02``."""
        number = f"{self.number:0{max(2, len(str(self.count)))}}" if self.count > 1 else ""
        return "-".join(filter(None, ("book", self.region, number)))

    @property
    def part(self) -> str:
        """Which volume it is, in words; empty for the only one of the whole archive."""
        words = []
        if self.region:
            words.append(self.archive.regions.by_id[self.region].name)
        if self.count > 1:
            words.append(f"第{self.number}册（共{self.count}册）")
            words.append("—".join(dict.fromkeys((self.people[0].name, self.people[-1].name))))
        return "　".join(words)


def volumes(archive: Archive, size: int, region: str = "") -> tuple[Volume, ...]:
    """Return the volumes of at most ``size`` people each, as equal as can be; ``region`` is an id, or a name of one.

    Raises ``NobodyError`` where there is no such region, where several have the name, or where there is nobody.
    """
    key = archive.regions.by_name.get(region, "")
    if region and not key:
        raise NobodyError(f"没有叫“{region}”的地区。请写地区的名称或编号，如：{_example(archive)}。")
    if len(archive.regions.shared.get(region, ())) > 1:
        raise NobodyError(f"叫“{region}”的地区不止一个。请写编号：{_several(archive, region)}。")
    people = archive.inhabitants.get(key, ()) if key else tuple(archive.people.values())
    if not people:
        raise NobodyError(f"“{region}”还没有人物，没有可排的书。" if region else "还没有人物，没有可排的书。")
    count = -(-len(people) // size)
    cuts = [len(people) * number // count for number in range(count + 1)]
    return tuple(
        Volume(archive, tuple(people[start:end]), number, count, key)
        for number, (start, end) in enumerate(zip(cuts, cuts[1:], strict=False), start=1)
    )


def _several(archive: Archive, name: str) -> str:
    """Return the ids of the regions of one name, each with the regions above it: ``gulou（江苏省、南京市）``."""
    words = []
    for key in archive.regions.shared[name]:
        above = [archive.regions.by_id[each].name for each in ancestors(archive.regions.by_id, key)[1:]]
        words.append(f"{key}（{'、'.join(reversed(above)) or '没有上级'}）")
    return "；".join(words)


def _example(archive: Archive) -> str:
    return "、".join(archive.regions.by_id[key].name for key in sorted(archive.inhabitants)[:3]) or "无"


def imprint(volume: Volume) -> Imprint:
    """Return what a volume says of itself. Its day is the last that an editor wrote, never today."""
    archive, site = volume.archive, volume.archive.site
    entries = log(archive)
    day = entries[0].day if entries else None
    texts = sum(len(person.documents) for person in volume.people)
    return Imprint(
        title=site.title,
        tagline=site.tagline,
        part=volume.part,
        extent=f"人物{len(volume.people)}位，文献{texts}篇",
        version=f"本版日期：{day.year}年{day.month}月{day.day}日" if day else UNWRITTEN,
        day=day,
        language=site.language,
        identifier=identifier(archive, f"book/{volume.stem}").urn,
        address=site.address,
        caution=site.caution,
        contact=site.contact.removeprefix("mailto:"),
        licence="，".join(filter(None, (site.licence, site.licence_url))),
    )
