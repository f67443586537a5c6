"""The policy in each page: it lets the site's own files in, from the web and from a disk, and nothing else."""

from pathlib import Path

import pytest

from browser.window import OpenWindow, fail_for

POLICY = "document.querySelector('meta[http-equiv=Content-Security-Policy]')?.content"
STYLED = "getComputedStyle(document.querySelector('.masthead')).display === 'flex'"
INLINE = """[...document.querySelectorAll('style, [style], script:not([src]):not([type="application/ld+json"])')]
  .map(element => element.outerHTML.slice(0, 80))"""
# What an article that somebody managed to fill with markup would try.
ATTACK = """async () => {
  const refused = new Set();
  document.addEventListener('securitypolicyviolation', event => refused.add(event.effectiveDirective));
  const script = document.createElement('script');
  script.textContent = 'window.ran = true';
  const from = document.createElement('script');
  from.src = 'data:text/javascript,window.ran=true';
  const style = document.createElement('style');
  style.textContent = 'body { display: none }';
  const button = document.createElement('button');
  button.setAttribute('onclick', 'window.ran = true');
  document.body.append(script, from, style, button);
  button.click();
  const picture = new Image();
  picture.src = 'https://example.org/seen.png';
  await fetch('https://example.org/').catch(() => 0);
  for (let picture = 0; picture < 100 && refused.size < 5; picture++) await new Promise(requestAnimationFrame);
  return [window.ran === true, getComputedStyle(document.body).display, [...refused].sort()];
}"""


@pytest.mark.parametrize("opened_from", ["web", "disk"])
def test_every_page_works_under_its_policy(
    request: pytest.FixtureRequest, open_window: OpenWindow, sampled_pages: tuple[str, ...], opened_from: str
) -> None:
    found = []
    with open_window(origin=request.getfixturevalue(opened_from)) as visit:
        for address in sampled_pages:
            visit.open(address)
            policy = visit.page.evaluate(POLICY) or ""
            if "default-src 'none'" not in policy or "unsafe" in policy:
                found.append(f"{address} has the policy: {policy or 'none'}")
            if not visit.page.evaluate(STYLED) or not visit.page.locator(".reading__button").count():
                found.append(f"{address}: its own style sheet or script is kept out")
            found += [f"{address} has within it: {piece}" for piece in visit.page.evaluate(INLINE)]
        found += visit.faults
    fail_for(found)


def test_the_policy_keeps_out_what_is_not_of_the_site(open_window: OpenWindow) -> None:
    with open_window() as visit:
        visit.open("index.html")
        ran, shown, refused = visit.page.evaluate(ATTACK)
    assert (ran, shown) == (False, "block")
    assert refused == ["connect-src", "img-src", "script-src-attr", "script-src-elem", "style-src-elem"]


def test_the_script_is_small_and_asks_for_nothing(built_site: Path) -> None:
    script = (built_site / "static/js/reading.js").read_text(encoding="utf-8")
    assert len(script.encode("utf-8")) <= 5_000
    assert not any(word in script for word in ("fetch", "XMLHttpRequest", "import", "innerHTML", "cookie", "eval"))
