"""Readers who choose their own colours, or want no motion, lose neither a mark nor the focus."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page

from tests.browser.conftest import Open
from tests.browser.screens import every_page
from tests.browser.watch import settle

pytestmark = pytest.mark.browser

EVERY_PAGE = pytest.mark.parametrize("name", every_page())

# An element without words that has a background is a mark: a bar, a sign of a legend, a square.
MARKS = """() => [...document.querySelectorAll(".course-demo *")]
  .filter((one) => one instanceof HTMLElement && !one.firstChild && one.checkVisibility())
  .filter((one) => !one.matches("input, textarea, canvas, img, script"))
  .filter((one) => one.offsetWidth > 0 && one.offsetHeight > 0)"""

BACKGROUNDS = f"""() => ({MARKS})().map((one) => {{
  const style = getComputedStyle(one);
  const bare = style.backgroundColor === "rgba(0, 0, 0, 0)" && style.backgroundImage === "none";
  const bordered = style.borderStyle !== "none" && parseFloat(style.borderWidth) > 0;
  const paper = getComputedStyle(document.body).backgroundColor;
  return {{
    name: `${{one.closest(".course-demo").id}} ${{one.className}}`,
    drawn: !bare && !(style.backgroundImage === "none" && style.backgroundColor === paper),
    bordered,
  }};
}})"""

# What a reader could see change on an element, in it, or on its label.
LOOKS = """(one) => [one.closest("label") ?? one, one, ...one.querySelectorAll("*")].slice(0, 40)
  .map((part) => {
    const s = getComputedStyle(part);
    const line = s.outlineStyle === "none" ? "none" : `${s.outlineStyle} ${s.outlineWidth}`;
    return [line, s.borderWidth, s.strokeWidth, s.stroke, s.fill, s.textDecorationLine].join();
  }).join("|")"""

UNSEEN = f"""() => {{
  const looks = {LOOKS};
  const controls = "button, input, select, textarea, summary, [tabindex='0']";
  const unseen = [];
  for (const one of document.querySelectorAll(`.course-demo :is(${{controls}})`)) {{
    if (!one.checkVisibility({{ checkVisibilityCSS: true }})) continue;
    if (one.matches(":disabled")) continue;
    const before = looks(one);
    one.focus({{ preventScroll: true }});
    if (looks(one) === before) {{
      unseen.push(`${{one.closest(".course-demo").id}} ${{one.outerHTML.slice(0, 100)}}`);
    }}
    document.querySelector("#start-here").focus({{ preventScroll: true }});
  }}
  return unseen;
}}"""


def vanished(page: Page) -> list[str]:
    """Return the marks that a reader's own colours wipe out."""
    page.emulate_media(forced_colors="none")
    before = page.evaluate(BACKGROUNDS)
    page.emulate_media(forced_colors="active")
    after = page.evaluate(BACKGROUNDS)
    assert [one["name"] for one in before] == [one["name"] for one in after]
    return sorted(
        {
            was["name"]
            for was, now in zip(before, after, strict=True)
            if was["drawn"] and not now["drawn"] and not now["bordered"]
        }
    )


def focus_by_key(page: Page) -> None:
    """Put the focus, by key, on a button at the page's beginning, so that it shows from now on."""
    page.evaluate(
        """() => {
          const button = document.createElement("button");
          button.id = "start-here";
          document.body.prepend(button);
          document.activeElement?.blur?.();
        }"""
    )
    page.locator("#start-here").focus()
    page.keyboard.press("Shift")
    page.keyboard.press("Tab")
    page.keyboard.press("Shift+Tab")


@EVERY_PAGE
def test_in_the_reader_s_own_colours_every_mark_and_the_focus_stay_visible(
    open_page: Open, name: str
) -> None:
    page = open_page(name, scheme="file")
    settle(page)
    assert vanished(page) == []
    focus_by_key(page)
    assert page.evaluate(UNSEEN) == []


def test_a_mark_that_vanishes_and_a_focus_that_does_not_show_are_found(open_page: Open) -> None:
    page = open_page("book/03-convolution-1d.html", scheme="file")
    settle(page)
    page.evaluate(
        """() => {
          const mark = document.createElement("div");
          mark.className = "lost";
          mark.style.cssText = "width: 9px; height: 9px; background: rgb(200, 0, 0)";
          document.querySelector("#knobs").append(mark);
          document.querySelector("#knobs button").style.outline = "none";
        }"""
    )
    assert vanished(page) == ["knobs lost"]
    focus_by_key(page)
    assert len(page.evaluate(UNSEEN)) == 1


@EVERY_PAGE
def test_who_wants_no_motion_gets_none(open_page: Open, name: str) -> None:
    page = open_page(name, scheme="file", reduced_motion="reduce")
    settle(page)
    moving = page.evaluate(
        """() => [...document.querySelectorAll(".course-demo, .course-demo *")].filter((one) => {
          const { transitionProperty, transitionDuration, animationName } = getComputedStyle(one);
          // The theme leaves a hundredth of a millisecond, so that what waits for the end hears it.
          const longest = Math.max(...transitionDuration.split(", ").map(parseFloat));
          const glides = transitionProperty !== "none" && longest > 1e-4;
          return glides || animationName !== "none";
        }).map((one) => one.outerHTML.slice(0, 100))"""
    )
    assert moving == []
    assert page.evaluate("document.getAnimations().length") == 0
    assert page.evaluate("getComputedStyle(document.documentElement).scrollBehavior") == "auto"
