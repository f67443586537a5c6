"""A style sheet of the site means to a browser what the one that we wrote means, comments and all."""

from pathlib import Path

from browser.window import OpenWindow
from builder.pages.assets import without_comments

RULES = """text => {
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(text);
  return [...sheet.cssRules].map(rule => rule.cssText);
}"""
WILD = """/* a */ .a /* b */ .b :is(p,/**/q) { content: "/* kept */  two"; margin: calc(1em + 2em)/* c */ }
@layer x { .c :not(.d) { color:red } /* unfinished " quotation */ .e::after { content: '\\'/*' } }"""


def test_no_rule_is_lost_or_changed(open_window: OpenWindow, built_site: Path, root: Path) -> None:
    sheets = sorted((root / "static").rglob("*.css"))
    assert sheets
    with open_window() as visit:
        for sheet in sheets:
            written = sheet.read_text(encoding="utf-8")
            built = (built_site / sheet.relative_to(root)).read_text(encoding="utf-8")
            assert "/*" not in built and len(built) < len(written)
            assert visit.page.evaluate(RULES, built) == visit.page.evaluate(RULES, written), sheet.name


def test_comments_are_told_from_strings(open_window: OpenWindow) -> None:
    built = without_comments(WILD)
    assert "unfinished" not in built
    with open_window() as visit:
        assert visit.page.evaluate(RULES, built) == visit.page.evaluate(RULES, WILD)
