"""Names of organisations that are almost others: a slip of the pen is found wherever it is, and nothing else."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from builder.checks.near_organisations import LONG, is_almost

# None of them tells one organisation of a kind from another.
CHARACTERS = "人民医院社区卫生服务站公安局市场监督管理办事处疾病预防控制"
SLIP = "讹误"  # in no name


@st.composite
def slips_of_the_pen(draw: st.DrawFn) -> tuple[str, str]:
    """Return a name of different characters, and the same with one slip in it or, where it is long, with two."""
    name = draw(st.lists(st.sampled_from(CHARACTERS), min_size=4, max_size=15, unique=True))
    first = draw(st.integers(0, len(name) - 1))
    places = [first]
    if len(name) >= LONG + 2:  # long still when two are missing
        apart = [place for place in range(len(name)) if abs(place - first) > 1]
        places += draw(st.lists(st.sampled_from(apart), max_size=1))
    written = list(name)
    for place, slip in zip(places, SLIP, strict=False):
        written[place] = draw(st.sampled_from([slip, name[place] + slip, ""]))
    return "".join(name), "".join(written)


@given(slips_of_the_pen())
def test_a_slip_is_found_wherever_it_is(names: tuple[str, str]) -> None:
    name, written = names
    assert is_almost(name, written)
    assert is_almost(written, name)


@pytest.mark.parametrize(
    ("name", "other"),
    [
        ("第一中学校", "第二中学校"),
        ("玉泉区人民法院", "新城区人民法院"),
        ("市公安局", "市公安局政治处"),
        ("人民医院", "中心医院"),
        ("医院", "医馆"),
    ],
)
def test_another_organisation_of_the_kind_is_none(name: str, other: str) -> None:
    assert not is_almost(name, other)
