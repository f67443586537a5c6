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


TEXT = """<div class="document"><div class="document__text">
<p class="paragraph">一</p><ol><li class="paragraph">二</li><li><p class="paragraph">三</p></li></ol>
<blockquote><p class="paragraph">四</p></blockquote>
<table><tr><th class="align-right">人数</th></tr><tr><td>7</td></tr></table>
<pre><code>WORDS</code></pre></div></div>""".replace("WORDS", "abcdefghij-" * 30)
DRESSED = """() => {
  const style = (selector, part) => getComputedStyle(document.querySelector(selector), part);
  return {
    marker: style("ol").listStyleType,
    indents: [...document.querySelectorAll("ol .paragraph")].map(item => getComputedStyle(item).textIndent),
    quotation: parseFloat(style("blockquote").paddingInlineStart) > 0,
    rule: style("td").borderBlockStartStyle,
    number: style("th").textAlign,
    sideways: document.documentElement.scrollWidth > innerWidth,
  };
}"""


def test_lists_tables_and_code_in_a_source_are_dressed(open_window: OpenWindow, root: Path) -> None:
    sheets = [(root / "static/css" / name).read_text(encoding="utf-8") for name in ("archive.css", "document.css")]
    for width in (390, 1280):
        with open_window(width) as visit:
            visit.page.set_content(f"<!doctype html><style>{''.join(sheets)}</style><main class=main>{TEXT}</main>")
            assert visit.page.evaluate(DRESSED) == {
                "marker": "decimal",
                "indents": ["0px", "0px"],
                "quotation": True,
                "rule": "solid",
                "number": "end",
                "sideways": False,
            }
