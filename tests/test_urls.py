"""Ways from page to page: what ``urls`` works out by itself is what the standard library says."""

import posixpath
from urllib.parse import quote

from hypothesis import given
from hypothesis import strategies as st

from builder import urls

FOLDER = st.lists(st.sampled_from(("people", "az", "w", "王勇")), max_size=3).map("/".join)
PART = st.sampled_from(("people", "az", "w", "王勇", "a b.html", "wang-yong.eac.xml", "..", ".", "", ".well-known"))
PATH = st.lists(PART, min_size=1, max_size=4).map("/".join)


@given(PATH, FOLDER)
def test_the_way_to_a_file_is_the_one_that_posixpath_finds(path: str, folder: str) -> None:
    expected = quote(posixpath.relpath(f"/{path.lstrip('/')}", f"/{folder}"))
    assert urls.relative(path, f"{folder}/page.html".lstrip("/")) == expected
