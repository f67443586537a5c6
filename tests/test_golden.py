"""A small true archive, and its whole output: any change of any page shows here.

``pytest tests/test_golden.py --bless`` accepts what is now built as what is expected; look at the difference first.
"""

import difflib
from pathlib import Path

import pytest

import build

TESTS = Path(__file__).resolve().parent
SITE, EXPECTED = TESTS / "site", TESTS / "expected"
# Styles and scripts; the index of the search, which has its own tests; the checksums, which follow from all the rest.
NOT_COMPARED = ("static/", "search/", "SHA256SUMS")
COMMAND = "If this is as it should be: .venv/bin/python -m pytest tests/test_golden.py --bless"


def test_the_small_archive_gives_the_expected_site(request: pytest.FixtureRequest) -> None:
    files, problems = build.make_site(SITE)
    assert problems == []
    built = {file.address: file.content for file in files if not file.address.startswith(NOT_COMPARED)}
    if request.config.getoption("--bless"):
        bless(built)
    expected = {
        path.relative_to(EXPECTED).as_posix(): path.read_bytes() for path in EXPECTED.rglob("*") if path.is_file()
    }
    assert sorted(built) == sorted(expected), COMMAND
    differences = [difference(address, expected[address], built[address]) for address in built]
    changed = "\n".join(filter(None, differences))
    assert not changed, f"\n{changed}\n{COMMAND}"


def bless(built: dict[str, bytes]) -> None:
    """Make what is built what is expected."""
    for path in EXPECTED.rglob("*"):
        if path.is_file() and path.relative_to(EXPECTED).as_posix() not in built:
            path.unlink()
    for address, content in built.items():
        (EXPECTED / address).parent.mkdir(parents=True, exist_ok=True)
        (EXPECTED / address).write_bytes(content)


def difference(address: str, expected: bytes, built: bytes) -> str:
    """Return how a file differs from what is expected, or nothing."""
    if expected == built:
        return ""
    before, after = (content.decode("utf-8").splitlines() for content in (expected, built))
    return "\n".join(difflib.unified_diff(before, after, f"expected/{address}", f"built/{address}", lineterm="", n=1))


def test_the_same_content_gives_the_same_bytes() -> None:
    first, second = (build.make_site(SITE)[0] for _ in range(2))
    assert first == second
