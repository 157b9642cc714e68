"""The formula sheet on a phone and on paper."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.browser.book import HTML
from tests.browser.conftest import Open

pytestmark = pytest.mark.browser
SHEET = "book/formula-sheet.html"
CHAPTERS = sorted((HTML / "book").glob("[0-9][0-9]-*.html"))


def test_the_sheet_is_at_most_four_sides_of_paper(open_page: Open, tmp_path: Path) -> None:
    from pypdf import PdfReader

    page = open_page(SHEET)
    page.evaluate("document.fonts.ready.then(() => {})")
    margin = {side: "15mm" for side in ("top", "right", "bottom", "left")}
    page.pdf(path=tmp_path / "sheet.pdf", format="A4", margin=margin)
    sides = PdfReader(tmp_path / "sheet.pdf").pages
    assert 1 < len(sides) <= 4
    text = " ".join(side.extract_text() for side in sides)
    assert all(words in text for words in ("Networks for images", "U-Nets", "Boundary F"))
    assert "On this page" not in text


def test_every_chapter_has_its_place_and_its_link(open_page: Open) -> None:
    page = open_page(SHEET)
    links = page.locator(".course-formulas > h2 > a:not(.headerlink)")
    addresses = [link.get_attribute("href") for link in links.all()]
    assert addresses == [path.name for path in CHAPTERS]


@pytest.mark.parametrize("name", [SHEET, *(f"book/{path.name}" for path in CHAPTERS)])
def test_no_formula_of_a_summary_is_wider_than_a_phone(open_page: Open, name: str) -> None:
    page = open_page(name, width=360)
    page.evaluate("document.fonts.ready.then(() => {})")
    wide = page.evaluate(
        """() => [...document.querySelectorAll("section[id*=formulas] li .base")]
          .filter((part) => part.getBoundingClientRect().right > innerWidth - 8)
          .map((part) => part.closest("li").textContent)"""
    )
    assert wide == []
    assert page.locator("section[id*=formulas] li").count() >= 4
