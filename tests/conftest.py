"""What several tests share: the real site, built once, and the rule that CI skips nothing."""

import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import NoReturn

import pytest

from install_tools import must_not_skip

ROOT = Path(__file__).resolve().parent.parent


@pytest.fixture(scope="session")
def without() -> Callable[[str], NoReturn]:
    """Return the function that skips a test for want of a tool, and in CI, where nothing is skipped, fails it."""

    def skip_or_fail(tool: str) -> NoReturn:
        sentence = f"{tool} is missing: python tests/install_tools.py installs it or says how"
        if must_not_skip():
            pytest.fail(sentence, pytrace=False)
        pytest.skip(sentence)

    return skip_or_fail


@pytest.fixture(scope="session")
def root() -> Path:
    """Return the folder of the project."""
    return ROOT


@pytest.fixture(scope="session")
def built_site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Build the real content once, as an editor would, and return the folder of the site."""
    out = tmp_path_factory.mktemp("built") / "site"
    command = [sys.executable, "build.py", "--out", str(out), "--cache", str(out.parent / "cache")]
    result = subprocess.run(command, cwd=ROOT, capture_output=True, encoding="utf-8")
    assert result.returncode == 0, f"the real content does not build:\n{result.stdout}{result.stderr}"
    return out


@pytest.fixture(scope="session")
def built_pages(built_site: Path) -> tuple[str, ...]:
    """Return the address of every page of the real site, relative to its root, in order."""
    pages = tuple(sorted(path.relative_to(built_site).as_posix() for path in built_site.rglob("*.html")))
    assert "index.html" in pages
    return pages


def pytest_addoption(parser: pytest.Parser) -> None:
    """Add ``--bless``, which accepts what is built as what is expected."""
    parser.addoption("--bless", action="store_true", help="accept the output of tests/site as expected")


@pytest.fixture
def small_site(tmp_path: Path) -> Path:
    """Return a copy of the small archive, to be spoiled."""
    return Path(shutil.copytree(ROOT / "tests/site", tmp_path / "site"))
