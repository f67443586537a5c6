"""The index of the search: what is compared, what is listed, how it is written, and what stays out."""

import errno
import hashlib
import json
import os
import re
import sqlite3
import sys
from contextlib import closing
from pathlib import Path
from random import Random

import pytest
from pypinyin.constants import PINYIN_DICT

import build
from builder import names
from builder.archive import Archive, relate
from builder.body.passages import Emendation, Paragraph
from builder.cache.store import CacheDamagedError
from builder.content import read_content
from builder.output import OutputFile
from builder.search import (
    MadeParts,
    facets,
    lists,
    part_names,
    search_files,
    search_part,
    shards,
    slots,
    spoken,
    syllables,
)
from builder.search.characters import fold, simplified
from builder.search.files import CHARACTER_FILES
from builder.search.index import open_index
from builder.search.memory import Memory
from builder.search.merge import Texts, merge
from builder.search.records import PERSON, Head, Record, Row, rows_of, to_bytes
from builder.search.texts import layers, lines, pieces
from builder.search.tokens import CLASSES, HEAD, NAME, PLACES, TEXT, Folded, shard_of

ROOT = Path(__file__).resolve().parent.parent


@pytest.fixture(scope="module")
def archive() -> Archive:
    return relate(read_content(ROOT)[0])


@pytest.fixture(scope="module")
def index(archive: Archive) -> dict[str, object]:
    """Return the data of each file of the search of the real archive."""
    return {file.address: data(file) for file in search_files(archive)}


def data(file: OutputFile) -> object:
    """Return what a file hands to the search."""
    text = file.content.decode("utf-8")
    call = re.fullmatch(r"archiveSearch\.receive\((.*)\);\n", text, re.DOTALL)
    assert call is not None, text[:100]
    return json.loads(call[1])


def test_what_parts_words_falls_away() -> None:
    """Fold everything that ``str.split`` parts by: a line may be folded piece by piece."""
    assert not fold("".join(each for each in map(chr, range(sys.maxunicode + 1)) if each.isspace()))


@pytest.mark.parametrize(
    ("written", "folded"),
    [
        ("王愛林", "王爱林"),
        ("ＡＢＣ１２３，！", "abc123,!"),
        ("额尔敦·巴特尔", "额尔敦巴特尔"),
        ("额尔敦・巴特尔", "额尔敦巴特尔"),
        ("王　勇 \u200b", "王勇"),
        ("“人民战争”——‘好’", "\"人民战争\"--'好'"),
        ("COVID-19", "covid-19"),
        ("乾隆干部", "乾隆干部"),  # in use in both: nothing is guessed
    ],
)
def test_what_means_the_same_is_compared_alike(written: str, folded: str) -> None:
    assert fold(written) == folded
    assert fold(folded) == folded


def test_no_simplified_character_becomes_another_one() -> None:
    assert not set(simplified().values()) & set(simplified())


def test_lists_come_back_as_they_were() -> None:
    random = Random(1)
    for size in (1, 10, 3000):
        wanted = sorted(random.sample(range(700_000), size))
        assert lists.slots_of(lists.slots_text(wanted)) == wanted
    edges = [
        0,
        lists.ALONE - 1,
        lists.ALONE,
        lists.FROM_TRIPLES - 1,
        lists.FROM_TRIPLES,
        lists.FROM_FOURS,
        lists.LIMIT - 1,
    ]
    assert lists.numbers("".join(map(lists.number_text, edges))) == edges
    assert not set(lists.SIGNS) & set('"\\|') and lists.SIGNS.isascii() and lists.SIGNS.isprintable()


def head(key: str, name: str = "", *, day: int = 0, spoken: tuple[tuple[str, ...], ...] = ()) -> Head:
    return Head(key, PERSON, name, f"{key}.html", "", day, (), (), "", spoken)


def test_days_of_many_centuries_have_a_number() -> None:
    days = (1, 364_000, 737_000, 3_652_059)  # the years 1, 997, 2018 and 9999
    records = {slot: head(f"person/{slot}", day=day) for slot, day in enumerate(days)}
    found = lists.numbers(facets.days(records, len(days))[0])
    assert found == sorted(found)
    assert max(found) < lists.LIMIT


def test_one_more_record_moves_hardly_any_slot() -> None:
    keys = [f"person/{number}" for number in range(4000)]
    before, after = slots.place(keys), slots.place([*keys, "person/new"])
    assert len(set(before.values())) == 4000
    assert max(before.values()) < 8192 + 50
    assert sum(before[key] != after[key] for key in keys) < 20
    assert slots.place(reversed(keys)) == before


def folded(texts: str, heads: str = "", names: str = "", words: str = "") -> Folded:
    return Folded((names, heads, texts), ("", "", words))


def test_sorted_numbers_give_what_dictionaries_give() -> None:
    random = Random(2)
    texts = ["\n".join("".join(random.choices("甲乙丙丁𠮷戊ab", k=9)) for _ in range(12)) for _ in range(60)]
    records = [(number * 3, folded(text, "甲乙丙\n丙甲", "丁𠮷", "ab 12 ab")) for number, text in enumerate(texts)]
    expected: dict[str, list[set[int]]] = {}
    for slot, record in records:
        for token, kind, number in record.standing(slot):
            expected.setdefault(token, [set() for _ in range(CLASSES)])[kind].add(number)
    for count in (1, 4, 64):
        read = Texts()
        for _, record in records:
            read.add(record)
        assert read.present() == {token for token in expected if len(token) == 1}
        parts = list(merge(read, [slot for slot, _ in records], count))
        assert [list(part) for part in parts] == [sorted(part) for part in parts]
        assert all(shard_of(token, count) == number for number, part in enumerate(parts) for token in part)
        found = {
            token: [set(lists.slots_of(text)) for text in held.split("|")]
            for part in parts
            for token, held in part.items()
        }
        assert {token: kinds + [set()] * (CLASSES - len(kinds)) for token, kinds in found.items()} == expected


def test_a_token_is_listed_by_where_it_stands() -> None:
    record = folded("甲乙甲乙丙\n丙甲乙", "甲乙", "乙丙", "2377")
    assert {each[1:] for each in record.standing(5) if each[0] == "甲乙"} == {(TEXT, 40), (TEXT, 41), (HEAD, 40)}
    assert {each[1:] for each in record.standing(5) if each[0] == "乙丙"} == {(TEXT, 40), (NAME, 40)}
    assert {each[1:] for each in record.standing(5) if each[0] in ("丙", " 2377")} == {(TEXT, 5), (NAME, 5)}


def paragraph(reading: str, *marks: Emendation) -> Paragraph:
    return Paragraph(1, "p1", reading, "", 1, (), marks)


def test_both_layers_are_found_and_nothing_across_what_is_private() -> None:
    corrected = paragraph("经核酸检测，住在某处，回家。", Emendation("corr", 1, 3, "核算", 1))
    assert list(layers(pieces(corrected))) == ["经核酸检测，住在某处，回家。", "经核算检测，住在某处，回家。"]
    hidden = pieces(corrected, [(6, 10)])
    assert list(layers(hidden)) == ["经核酸检测，［略］，回家。", "经核算检测，［略］，回家。"]
    tokens = {each[0] for each in folded("\n".join(map(fold, lines(layers(hidden))))).standing(0)}
    assert ",回" in tokens and "测," in tokens
    assert not any(set(token) & set("住在某处［略］[]") or token == ",," for token in tokens)


@pytest.mark.parametrize(("start", "end"), [(1, 3), (2, 3), (1, 2), (0, 9)])
def test_what_was_received_in_a_private_place_is_private(start: int, end: int) -> None:
    found = pieces(paragraph("经核酸检测排除了它", Emendation("corr", 1, 3, "核算", 1)), [(start, end)])
    assert "算" not in str(found)


def test_a_surplus_at_the_edge_of_a_private_place_is_private() -> None:
    for at in (3, 6):
        assert "鹬" not in str(pieces(paragraph("他住在某某处去了", Emendation("surplus", at, at, "鹬", 1)), [(3, 6)]))
    assert "鹬" in str(pieces(paragraph("他住在某某处去了", Emendation("surplus", 1, 1, "鹬", 1)), [(3, 6)]))


def test_every_syllable_that_a_reading_can_have_is_known() -> None:
    readings = {reading for each in PINYIN_DICT.values() for reading in each.split(",")}
    plain = {reading for reading in map(names.without_tones, readings) if reading.isascii()}
    assert {reading for reading in plain if set(reading) & set("aeiou")} == syllables.SYLLABLES


def test_names_are_parted_into_syllables() -> None:
    assert syllables.syllables("王爱林", "Wáng Àilín") == ("wang", "ai", "lin")
    assert syllables.syllables("西安", "Xī'ān") == ("xi", "an")
    assert syllables.syllables("先", "xiān") == ("xian",)
    assert syllables.syllables("吕望", "Lǚ Wàng") == ("lu", "wang")
    assert syllables.syllables("额尔敦·巴特尔", "É'ěrdūn·Bātè'ěr") == ("e", "er", "dun", "ba", "te", "er")
    assert syllables.syllables("Анна", "") == ("анна",)


def rows_of_archive(archive: Archive) -> list[tuple[Row, str, Folded]]:
    """Return every record of an archive, as rows."""
    return [row for name in part_names(archive) for row in rows_of(search_part(archive, *name))]


def test_every_pair_of_every_public_text_is_listed(archive: Archive, index: dict[str, object]) -> None:
    manifest = index["search/manifest.js"]
    assert isinstance(manifest, dict)
    records = rows_of_archive(archive)
    place = slots.place(key for (key, *_), _, _ in records)
    for (key, *_), _, texts in records:
        for token, kind, number in texts.standing(place[key]):
            shard = index[f"search/pairs/{shard_of(token, manifest['shards'])}.js"]
            assert isinstance(shard, dict)
            assert number in lists.slots_of(shard[token].split("|")[kind])
            assert number // (PLACES if len(token) == 2 and token[0] != " " else 1) == place[key]


def test_private_pairs_of_the_real_archive_stand_in_no_list(archive: Archive, index: dict[str, object]) -> None:
    """A pair that only private words hold is in no shard, and no private words are in any text of the search."""
    public = {token for _, _, texts in rows_of_archive(archive) for token, _, _ in texts.standing(0) if len(token) == 2}
    listed = {
        token for address, shard in index.items() if "/pairs/" in address and isinstance(shard, dict) for token in shard
    }
    private = {
        quote[at : at + 2]
        for document in archive.documents
        for quote in (fold(found.text) for found in document.private)
        for at in range(len(quote) - 1)
    }
    assert private - public
    assert not (private - public) & listed
    shown = json.dumps([each for address, each in index.items() if "/text/" in address], ensure_ascii=False)
    quotes = [found.text for document in archive.documents for found in document.private]
    assert quotes and not [quote for quote in quotes if quote in shown]


def test_the_search_can_be_left_out(small_site: Path) -> None:
    settings = small_site / "site.yaml"
    settings.write_text(settings.read_text(encoding="utf-8") + "search: no\n", encoding="utf-8")
    files, problems = build.make_site(small_site)
    assert problems == []
    assert not [file.address for file in files if file.address.startswith("search")]
    assert b"search.html" not in b"".join(file.content for file in files if file.address.endswith(".html"))


def test_slots_go_into_a_list_and_out_of_it() -> None:
    random = Random(3)
    for size in (0, 1, 2, 40, 900):
        wanted = set(random.sample(range(60_000), size))
        text = lists.slots_text(sorted(wanted))
        ends = (*sorted(wanted)[:3], *sorted(wanted)[-3:])
        for slot in (0, 1, 59_999, *random.sample(range(60_000), 30), *ends):
            near = range(slot, slot + random.randrange(40))
            new, gone = {slot, *random.sample(near, len(near) // 2)} - wanted, wanted & {*near}
            if new or gone:
                other = lists.with_others(text, gone, new)
                assert other == lists.slots_text(sorted(wanted - gone | new))
                assert lists.with_others(other, new, gone) == text


def some_records(count: int, random: Random) -> dict[str, str]:
    """Return made-up texts by key."""
    return {f"person/{number}": "".join(random.choices("甲乙丙丁戊己庚辛壬癸", k=60)) for number in range(count)}


def parts_of(texts: dict[str, str]) -> dict[str, bytes]:
    """Return the parts of records, of texts by key."""
    return {
        key: to_bytes(
            [Record(head(key, key[-1], spoken=(("wang", key[-1]),)), json.dumps(text), folded(text, "甲乙", key[-1]))]
        )
        for key, text in texts.items()
    }


def files_of(parts: dict[str, bytes], memory: Path | None, before: dict[str, bytes] | None = None) -> dict[str, bytes]:
    """Return the files of the index of some parts, which is kept."""
    index = open_index(parts, MadeParts(parts, before), memory)
    made = {address: index.content(address) for address in index.sums}
    assert index.sums == {address: hashlib.sha256(content).hexdigest() for address, content in made.items()}
    index.keep()
    index.close()
    return made


def test_an_edit_gives_the_files_that_a_build_from_nothing_gives(tmp_path: Path) -> None:
    random = Random(4)
    memory = tmp_path / "memory"
    texts = some_records(300, random)
    before = parts_of(texts)
    assert files_of(before, memory) == files_of(before, None)
    for number in range(12):
        changed = random.choice(sorted(texts))
        if number % 3 == 0:
            del texts[changed]
        elif number % 3 == 1:
            texts[changed] = texts[changed][:30] + "子丑" + texts[changed][31:]
        if number % 4:
            texts[f"person/new-{number}"] = "寅卯" * random.randint(1, 9)
        parts = parts_of(texts)
        assert files_of(parts, memory, before) == files_of(parts, None)
        before = parts
    assert Memory(memory).parts().keys() == texts.keys()


def test_a_disk_without_room_for_the_search_is_told_of(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(path: Path | None) -> Memory:
        raise sqlite3.OperationalError("database or disk is full")

    monkeypatch.setattr("builder.search.index.Memory", full)
    with pytest.raises(OSError, match=os.strerror(errno.ENOSPC)):
        open_index((), MadeParts({}), tmp_path / "memory")


def test_long_lists_come_and_go(tmp_path: Path) -> None:
    """Lists about as long as those that lie in a file of their own grow beyond that, and shrink again."""
    memory = tmp_path / "memory"
    texts = {f"person/{number}": "甲乙丙" if number < shards.LONG - 3 else "丁" for number in range(shards.LONG + 60)}
    before = parts_of(texts)
    sizes = [len([address for address in files_of(before, memory) if "/long/" in address])]
    for count in (shards.LONG + 40, shards.LONG - 3):
        for number in range(shards.LONG - 3, shards.LONG + 40):
            texts[f"person/{number}"] = "甲乙丙" if number < count else "丁"
        parts = parts_of(texts)
        made = files_of(parts, memory, before)
        assert made == files_of(parts, None)
        sizes.append(len([address for address in made if "/long/" in address]))
        before = parts
    assert sizes[0] == sizes[2] < sizes[1]


def test_an_edit_changes_the_files_of_its_own_pairs_alone(tmp_path: Path) -> None:
    random = Random(5)
    texts = some_records(2000, random)
    parts = parts_of(texts)
    before = files_of(parts, tmp_path / "memory")
    texts["person/7"] += "子丑"
    after = files_of(parts_of(texts), tmp_path / "memory", parts)
    count = sum(address.startswith("search/pairs/") for address in after)
    assert before.keys() == after.keys() and count > 8
    last = texts["person/7"][59]
    touched = {f"search/pairs/{shard_of(token, count)}.js" for token in (last + "子", "子丑", "子", "丑")}
    text = f"search/text/{slots.place(texts)['person/7']}.js"
    forms = {"子", "丑", *(traditional for traditional, form in simplified().items() if form in "子丑")}
    others = {f"search/characters/{ord(character) % CHARACTER_FILES}.js" for character in forms}
    differ = {address for address in after if after[address] != before[address]}
    assert touched | {text, "search/manifest.js"} <= differ <= touched | {text, "search/manifest.js"} | others


def test_without_what_was_before_all_is_made_anew(tmp_path: Path) -> None:
    texts = some_records(100, Random(8))
    files_of(parts_of(texts), tmp_path / "memory")
    texts["person/7"] += "子丑"
    parts = parts_of(texts)
    assert files_of(parts, tmp_path / "memory", parts) == files_of(parts, None)


@pytest.mark.parametrize("damage", [b"", b"SQLite format 3\x00 but nothing of the kind", None, "row"])
def test_a_damaged_memory_is_made_anew(tmp_path: Path, damage: bytes | str | None) -> None:
    memory = tmp_path / "memory"
    texts = some_records(50, Random(6))
    before = parts_of(texts)
    files_of(before, memory)
    if damage == "row":
        spoil(memory, "pairs")
    elif isinstance(damage, bytes):
        memory.write_bytes(damage)
    else:
        memory.write_bytes(memory.read_bytes()[:-6000])
    texts["person/7"] = "甲" * 60
    parts = parts_of(texts)
    for _ in range(2):
        assert files_of(parts, memory, before) == files_of(parts, None)


def spoil(memory: Path, kind: str) -> None:
    """Change what the memory has of the files of a kind, but not their digests."""
    with closing(sqlite3.connect(memory)) as base:
        base.execute(
            "UPDATE data SET content = replace(content, '甲', '乙') WHERE address LIKE ?", (f"search/{kind}/%",)
        )
        base.commit()


def test_a_damaged_file_is_never_handed_out(tmp_path: Path) -> None:
    parts = parts_of(some_records(50, Random(6)))
    address = f"search/characters/{ord('甲') % CHARACTER_FILES}.js"
    assert "甲" in files_of(parts, tmp_path / "memory")[address].decode()
    spoil(tmp_path / "memory", "characters")
    with closing(open_index(parts, MadeParts(parts), tmp_path / "memory")) as index, pytest.raises(CacheDamagedError):
        index.content(address)


def test_names_are_found_by_where_their_keys_begin() -> None:
    random = Random(9)
    said = [tuple(random.choices(("wang", "wu", "ai", "lin", "yong"), k=random.randint(1, 3))) for _ in range(700)]
    found = spoken.entries(head(f"person/{number}", spoken=(each,)) for number, each in enumerate(said))
    texts, begins = spoken.shards(found)
    assert begins == sorted(begins) and len(begins) == len(texts) > 5
    for at, text in enumerate(texts):
        for words, *_ in json.loads(text):
            syllables_of = words.split(" ")
            initials = syllables_of[0][0] + (syllables_of[1][0] if len(syllables_of) > 1 else "-")
            key = f"{initials} {words}"
            assert begins[at] <= key and (at + 1 == len(begins) or key <= begins[at + 1])
