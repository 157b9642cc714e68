"""The accessibility statement says what the tests do, and no more."""

from __future__ import annotations

import re

from tests.browser.book import ROOT
from tests.browser.test_every_page import WAYS, WIDE_FIGURES

STATEMENT = (ROOT / "book" / "accessibility.md").read_text(encoding="utf-8")


def ways() -> list[tuple[str, str, int]]:
    return [getattr(way, "values", way) for way in WAYS.args[1]]


def test_it_names_the_widths_that_every_page_is_tested_at() -> None:
    sentence = re.search(r"scrolls sideways at ([^;]*) pixels", STATEMENT)
    assert sentence is not None
    named = {int(number) for number in re.findall(r"\d+", sentence[1])}
    assert named == {width for _, _, width in ways()}


def test_both_themes_that_it_names_are_examined_by_axe() -> None:
    assert {theme for scheme, theme, _ in ways() if scheme == "http"} == {"light", "dark"}


def test_the_figures_that_scroll_are_those_that_it_owns_up_to() -> None:
    assert len(WIDE_FIGURES) == 1
    assert "One figure, the worked example of [convolution in one dimension]" in STATEMENT


def test_the_folders_that_it_names_are_there() -> None:
    folders = re.findall(r"`(tests/\w+)`", STATEMENT)
    assert folders
    for folder in folders:
        assert (ROOT / folder).is_dir()
