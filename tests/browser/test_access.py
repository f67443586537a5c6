"""Every kind of page is accessible: axe finds nothing, narrow or wide, light or dark, and nothing scrolls sideways."""

import json
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page

from browser.window import OpenWindow, fail_for

AXE_OPTIONS = {
    "resultTypes": ["violations"],
    "runOnly": {"type": "tag", "values": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]},
    # Off by default: contrast of AAA (7:1), which the colours were chosen for, and the size of targets.
    "rules": {"color-contrast-enhanced": {"enabled": True}, "target-size": {"enabled": True}},
}
FIND_VIOLATIONS = f"axe.run({json.dumps(AXE_OPTIONS)}).then(results => results.violations)"
SIDEWAYS = "document.documentElement.scrollWidth - document.documentElement.clientWidth"
SCHEMES: tuple[Any, ...] = ("light", "dark")


@pytest.mark.parametrize("width", [390, 1280])
def test_axe_finds_nothing(open_window: OpenWindow, sampled_pages: tuple[str, ...], width: int) -> None:
    found = []
    with open_window(width) as visit:
        for address in sampled_pages:
            visit.open(address)
            visit.page.evaluate(Axe().axe_script)
            for scheme in SCHEMES:
                visit.page.emulate_media(color_scheme=scheme)
                found += [f"{address}, {width} px, {scheme}: {sentence}" for sentence in find_violations(visit.page)]
        found += visit.faults
    fail_for(found)


@pytest.mark.parametrize("width", [320, 390, 1280])
def test_nothing_scrolls_sideways(open_window: OpenWindow, sampled_pages: tuple[str, ...], width: int) -> None:
    found = []
    with open_window(width, script=False) as visit:
        for address in sampled_pages:
            visit.open(address)
            if (excess := visit.page.evaluate(SIDEWAYS)) > 0:
                found.append(f"{address} is {excess} px too wide for {width} px")
        found += visit.faults
    fail_for(found)


def test_axe_finds_what_is_wrong(open_window: OpenWindow) -> None:
    with open_window() as visit:
        visit.page.set_content("<p style='color:#707070;background:#fff'>淡墨<img src='data:,'></p>")
        visit.page.evaluate(Axe().axe_script)
        rules = {sentence.split(":")[0] for sentence in find_violations(visit.page)}
    assert {"color-contrast-enhanced", "html-has-lang", "image-alt", "region"} <= rules


def find_violations(page: Page) -> list[str]:
    """Return what axe finds, a sentence a rule, with the first places; axe must be in the page."""
    return [
        f"{violation['id']}: {violation['help']} (at {len(violation['nodes'])} places): "
        + " | ".join(
            f"{node['html'][:120]} ← {' '.join(node['failureSummary'].split())}" for node in violation["nodes"][:2]
        )
        for violation in page.evaluate(FIND_VIOLATIONS)
    ]


def squeeze(text: str) -> str:
    """Return a text on one line."""
    return " ".join(text.split())
