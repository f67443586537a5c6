"""How a long list is divided: everything stands somewhere, every page holds it, and no address ever goes."""

from collections.abc import Iterator

from hypothesis import given, settings
from hypothesis import strategies as st

from builder.az import Who, name_step, person_step, place_step, surnames
from builder.names import person_pinyin
from builder.shelves import Shelf, Step, arrange

ROOM = 200
WEIGHT = 30
SURNAMES, GIVEN = ("王", "汪", "魏", "李", "欧阳", "阿", "鄂"), ("伟", "玮", "丽", "爱林", "爱玲", "林")
READ = tuple((name, person_pinyin(name)) for name in (first + last for first in SURNAMES for last in GIVEN))
PLACES = (("湖北省",), ("湖北省", "武汉市"), ("湖北省", "武汉市", "江岸区"), ("青海省",))
PEOPLE = st.lists(
    st.tuples(st.sampled_from(READ), st.sampled_from(PLACES), st.integers(0, 10_000)).map(
        lambda drawn: Who(drawn[0][1], drawn[0][0], drawn[1], f"{drawn[0][0]}-{drawn[2]}")
    ),
    unique_by=lambda who: who.id,
    max_size=60,
)


def divide(people: list[Who]) -> Shelf[Who]:
    return arrange(people, lambda who: WEIGHT, person_step, room=ROOM)


def pages(shelf: Shelf[Who]) -> Iterator[Shelf[Who]]:
    """Yield the pages of a list: its top, and every part that is a page."""
    yield shelf
    for part in shelf.pages:
        yield from pages(part)


def paths(shelf: Shelf[Who]) -> list[str]:
    return [page.path for page in pages(shelf)]


@given(PEOPLE)
def test_everybody_stands_on_one_page_and_is_found_by_their_own_steps(people: list[Who]) -> None:
    homes = list(divide(people).homes())
    assert sorted(who.id for _, who in homes) == sorted(who.id for who in people)
    for path, who in homes:
        own = "/".join(person_step(who, depth).slug for depth in range(path.count("/") + 1)) if path else ""
        assert path == own


@given(PEOPLE)
def test_what_stands_on_a_page_fits_it(people: list[Who]) -> None:
    for page in pages(divide(people)):
        small = [part for part in page.shelves if not part.is_page]
        standing = sum(len(part.items) for part in small) if page.shelves else len(page.items)
        assert standing * WEIGHT <= ROOM
        assert all(not part.shelves for part in small)


@settings(max_examples=200)
@given(PEOPLE, st.integers(0, 60))
def test_no_page_goes_when_people_are_added(people: list[Who], before: int) -> None:
    assert set(paths(divide(people[:before]))) <= set(paths(divide(people)))


@given(PEOPLE)
def test_no_two_pages_have_one_address_and_all_are_plain_ascii(people: list[Who]) -> None:
    found = paths(divide(people))
    assert len(set(found)) == len(found)
    assert all(path.isascii() and " " not in path for path in found)


def test_a_short_list_is_not_divided() -> None:
    people = [Who("Wáng Wěi", "王伟", ("湖北省",), str(number)) for number in range(ROOM // WEIGHT)]
    assert divide(people).shelves == ()


def test_steps_that_all_share_make_no_page_between() -> None:
    people = [
        Who(person_pinyin(name), name, (), name) for name in ("王阿", "王八", "王才", "王大", "王恩", "王发", "王刚")
    ]
    assert [part.path for part in divide(people).shelves] == [f"w/wang/{letter}" for letter in "abcdefg"]


def test_namesakes_by_the_hundred_are_parted_by_place_and_at_last_by_their_ids() -> None:
    people = [Who("Wáng Wěi", "王伟", ("湖北省", f"第{number % 3}市"), f"wang-wei-{number}") for number in range(300)]
    shelf = arrange(people, lambda who: WEIGHT, place_step, room=1000)
    assert [part.label for part in shelf.shelves] == ["第0市", "第1市", "第2市"]
    assert shelf.shelves[0].path == "hu-bei-sheng-6e56-5317-7701/di-0-shi-7b2c-30-5e02"
    assert shelf.shelves[0].shelves[0].path.startswith(f"{shelf.shelves[0].path}/here/")


def test_places_that_are_read_alike_have_pages_of_their_own() -> None:
    people = [
        Who("Wáng Wěi", "王伟", (place,), f"{place}-{number}") for place in ("山西省", "陕西省") for number in range(20)
    ]
    found = [part.path for part in arrange(people, lambda who: WEIGHT, place_step, room=1000).shelves]
    assert found == ["shan-xi-sheng-5c71-897f-7701", "shan-xi-sheng-9655-897f-7701"]


def test_a_person_is_found_by_surname_then_given_name() -> None:
    who = Who("Ōuyáng Xiū", "欧阳修", ("江西省",), "ouyang-xiu")
    steps = [person_step(who, depth) for depth in range(6)]
    assert [step.slug for step in steps[:4]] == ["o", "ouyang", "x", "xiu"]
    assert [step.label for step in steps] == ["O", "Ouyang", "Ouyang X", "Ouyang Xiu", "欧阳修", "江西省"]


def test_a_name_without_letters_and_one_of_a_single_word_are_found_too() -> None:
    assert person_step(Who("9号", "9号", (), "x"), 0) == Step("other", "其他")
    single = Who("Eerdunbateer", "额尔敦巴特尔", (), "x")
    assert [person_step(single, depth).slug for depth in range(4)] == ["e", "eerdunbateer", "only", "only"]


def test_an_organisation_is_found_by_its_characters() -> None:
    labels = [name_step("wǔ hàn", "武汉", depth).label for depth in range(4)]
    assert labels == ["W", "武", "武汉", "武汉"]
    slugs = {"/".join(name_step(p, n, d).slug for d in range(3)) for p, n in (("lì míng", "黎明"), ("lì míng", "力明"))}
    assert len(slugs) == 2


def test_a_row_names_the_commonest_surnames() -> None:
    assert surnames(["王伟", "汪洋", "王芳"]) == "王、汪"
    assert surnames(["欧阳修"] * 2 + ["欧冶子"]) == "欧阳、欧"
    assert surnames(["王伟", "王伟"]) == ""
    assert surnames(["王甲", "汪甲", "魏甲", "韦甲", "吴甲"]).endswith("等")
