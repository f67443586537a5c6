"""The Nu HTML checker finds no error and gives no warning on any page, style sheet or picture of the real site."""

import json
import re
import shutil
import subprocess
from collections.abc import Callable
from pathlib import Path
from typing import Any, NoReturn

import pytest

from install_tools import find_checker

# CSS that browsers know and the checker's parser does not, and what is put in its place. To tolerate its messages
# instead would hide mistakes, since it then misreads the rest of the file.
NEWER_THAN_THE_CHECKER = (
    (re.compile(r"attr\([a-z-]+ type\(<custom-ident>\)(, [a-z-]+)?\)"), "--name"),  # typed attr(): CSS Values 5
    (re.compile(r"anchor-name: --name(?=[;)])"), "color: inherit"),  # CSS Anchor Positioning
    (re.compile(r"position-area: [a-z -]+(?=[;)])"), "color: inherit"),
    (re.compile(r"anchor\(--name (top|bottom), 0px\)"), "0px"),
    (re.compile(r"round\(down, 100%, 1em\)"), "100%"),  # round() of a percentage and a length: CSS Values 4
)

# The checker does not know where a page lies, so that 'self' of its policy is nothing to it, nor that a block of data
# is no script. A browser does, and tests/browser/test_policy.py asks one.
BLIND = re.compile(r"Resource violates Content Security Policy \(meta tag\): external ")
BLIND_TO_DATA = ("Inline script violates Content Security Policy", 'type="application/ld+json"')


@pytest.fixture
def checker(without: Callable[[str], NoReturn]) -> Path:
    """Return the jar of the checker."""
    return find_checker() or without("The Nu HTML checker")


def test_the_checker_finds_nothing(built_site: Path, tmp_path: Path, checker: Path) -> None:
    copy = tmp_path / "site"
    shutil.copytree(built_site, copy, ignore=shutil.ignore_patterns(".*"))
    for file in copy.rglob("*"):
        if file.is_file() and file.suffix not in (".html", ".css", ".svg"):
            file.unlink()  # whatever it does not know it takes for HTML
    for sheet in copy.rglob("*.css"):
        text = sheet.read_text(encoding="utf-8")
        for pattern, replacement in NEWER_THAN_THE_CHECKER:
            text = pattern.sub(replacement, text)
        sheet.write_text(text, encoding="utf-8")
    messages = run_checker(checker, copy)
    assert not messages, "\n" + "\n".join(format_message(message, copy) for message in messages)


def test_the_checker_finds_what_is_wrong(tmp_path: Path, checker: Path) -> None:
    (tmp_path / "bad.html").write_text("<!doctype html><html lang=en><title>t</title><p><div id=a></div><b id=a>")
    (tmp_path / "bad.css").write_text("a { colour: red }")
    messages = run_checker(checker, tmp_path)
    assert {Path(message["url"]).name for message in messages} == {"bad.html", "bad.css"}


def run_checker(jar: Path, folder: Path) -> list[dict[str, Any]]:
    """Return all messages about a folder's pages, style sheets and pictures."""
    command = [str(shutil.which("java")), "-Xss8m", "-jar", str(jar), "--format", "json", "--exit-zero-always"]
    result = subprocess.run(
        [*command, "--also-check-css", "--also-check-svg", str(folder)], capture_output=True, encoding="utf-8"
    )
    assert result.returncode == 0, result.stderr
    messages: list[dict[str, Any]] = json.loads(result.stderr)["messages"]
    return [message for message in messages if not is_blind(message)]


def is_blind(message: dict[str, Any]) -> bool:
    """Return whether a message is about the policy of a page, and wrong."""
    text, (start, piece) = message["message"], BLIND_TO_DATA
    return bool(BLIND.match(text)) or (text.startswith(start) and piece in message.get("extract", ""))


def format_message(message: dict[str, Any], folder: Path) -> str:
    """Return a message as one line: file, line, what is said, and the piece of the file."""
    address = message.get("url", "").removeprefix(f"file:{folder}/")
    piece = " ".join(message.get("extract", "").split())
    return f"{address}:{message.get('lastLine')}: {message['message']} « {piece} »"
