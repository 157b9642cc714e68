"""Decks of slides: written once for all tests, opened, and driven."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from playwright.sync_api import Page

from course_lib.publishing.execution import merged
from course_lib.publishing.slides.writing import Deck, deck_writer
from tests.browser.book import ROOT

CHAPTERS = sorted((ROOT / "book").glob("[0-9][0-9]-*.ipynb"))

# What sticks out of a slide, of the room for its drawing, or of its text, in words.
# A demo scrolls in its own room; a drawing is measured as a whole.
STICKS_OUT = """(slides) => slides.flatMap((slide) => {
  const name = `${slide.className} ${slide.querySelector("h2")?.textContent.slice(0, 40)}`;
  const frame = slide.getBoundingClientRect();
  const found = [];
  for (const part of slide.querySelectorAll("*")) {
    if (part.closest(".slide-stage > *, .katex-mathml, svg *")) continue;
    const box = part.getBoundingClientRect();
    const over = Math.max(box.right - frame.right, box.bottom - frame.bottom,
      frame.left - box.left, frame.top - box.top);
    if (box.width > 0 && over > 1) found.push(`${name}: ${part.tagName} by ${over}`);
  }
  for (const part of slide.querySelectorAll("[data-fit], .slide-sheet")) {
    const high = part.scrollHeight - part.clientHeight;
    const over = Math.max(high, part.scrollWidth - part.clientWidth);
    if (over > 1) found.push(`${name}: its text by ${over}`);
  }
  const stage = slide.querySelector(".slide-stage");
  const wide = stage ? stage.scrollWidth - stage.clientWidth : 0;
  if (wide > 1) found.push(`${name}: its demo is ${wide} too wide`);
  return found;
})"""


def write_decks(out: Path, chapters: list[Path], **options: str) -> list[Deck]:
    """Write decks of chapters, running those that have not run."""
    faults: list[str] = []
    with deck_writer(out, ROOT, report=faults.append, **options) as writer:  # type: ignore[arg-type]
        decks = [writer.write(merged(chapter), chapter.stem) for chapter in chapters]
        writer.index(decks)
    assert not faults
    return decks


@dataclass(frozen=True)
class Show:
    """A deck in a page.

    Attributes
    ----------
    page : Page
    """

    page: Page

    def ready(self) -> Show:
        """Wait until the deck is laid out."""
        self.page.locator("html[data-deck=ready]").wait_for(timeout=20_000)
        return self

    @property
    def at(self) -> tuple[int, int, int]:
        """The numbers of the stack, of the slide in it, and of the fragments that show."""
        return tuple(  # type: ignore[return-value]
            self.page.evaluate(
                """() => {
                  const stacks = [...document.querySelectorAll(".slides > section")];
                  const stack = document.querySelector(".slides > section.present");
                  const inner = [...stack.querySelectorAll(":scope > section")];
                  const seen = document.querySelectorAll(".present > .slide .fragment.visible");
                  return [stacks.indexOf(stack), Math.max(0, inner.findIndex((s) =>
                    s.classList.contains("present"))), seen.length];
                }"""
            )
        )

    def slide(self, kind: str = "") -> Any:
        """Return the present slide, or the present slide of a kind."""
        return self.page.locator(f"section.present > .slide{kind and f'.slide-{kind}'}")

    def go_to(self, kind: str, nth: int = 0) -> Any:
        """Show the nth slide of a kind, by its address, and return it."""
        address = self.page.evaluate(
            """([kind, nth]) => {
              const section = document.querySelectorAll(`.slide-${kind}`)[nth].parentElement;
              const stack = section.closest(".slides > section");
              const inner = stack === section ? 0 : [...stack.children].indexOf(section);
              return `#/${[...stack.parentElement.children].indexOf(stack)}/${inner}`;
            }""",
            [kind, nth],
        )
        self.page.evaluate("(address) => { location.hash = address; }", address)
        slide = self.slide(kind)
        slide.wait_for()
        return slide

    def slides(self) -> Iterator[Any]:
        """Go through the deck with the space bar alone; yield each slide, its fragments shown."""
        last = None
        for _ in range(600):
            slide = self.slide()
            if slide.locator(".fragment:not(.visible)").count() == 0:
                here = self.at[:2]
                if here == last:
                    return
                last = here
                yield slide
            self.page.keyboard.press(" ")
        raise AssertionError("the deck has no end")
