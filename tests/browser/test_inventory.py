"""The concept inventory in a page: answered, marked, remembered, saved."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from playwright.sync_api import expect

from course_lib.demos import ITEMS, Inventory
from tests.browser.demo_page import Driven, OpenDemos, driven
from tests.browser.screens import EVERY_SCREEN
from tests.browser.watch import overflow, violations

pytestmark = pytest.mark.browser

RIGHT = [[choice.right for choice in item.choices].index(True) for item in ITEMS]


def answer(demo: Driven, answers: list[int]) -> None:
    """Choose an option of every question; −1 is the last, "I do not know"."""
    for sheet, chosen in zip(demo.root.locator(".sheet").all(), answers, strict=True):
        sheet.locator("input").nth(chosen).check()


def test_both_rounds_are_marked_remembered_and_saved(open_demos: OpenDemos) -> None:
    page = open_demos(Inventory())
    demo = driven(page, "inventory")
    mark = demo.root.get_by_role("button", name="Mark my answers")
    mark.click()
    assert any("wait for an answer" in problem for problem in demo.problems())
    expect(demo.root.locator(".sheet input").first).to_be_focused()
    expect(demo.root.locator(".feedback:visible")).to_have_count(0)

    answer(demo, [-1] * 9 + RIGHT[9:])
    mark.click()
    assert demo.get("score") == 1
    expect(demo.root.locator(".feedback:visible")).to_have_count(10)
    expect(demo.root.locator(".sheet input:enabled")).to_have_count(10)
    link = demo.root.locator(".feedback a").first
    expect(link).to_have_attribute("href", f"{ITEMS[0].chapter}.html#{ITEMS[0].state}")

    page.reload()
    demo = driven(page, "inventory")
    expect(demo.root.get_by_role("radio", name="after")).to_be_checked()
    answer(demo, RIGHT)
    demo.root.get_by_role("button", name="Mark my answers").click()
    assert demo.get("score") == 10
    expect(demo.root.locator(".inventory-result")).to_have_text(
        "Right of 10: before the course 1, after the course 10."
    )
    demo.root.get_by_role("textbox", name="Name or number").fill("17")
    with page.expect_download() as download:
        demo.root.get_by_role("button", name="Save my answers").click()
    saved = json.loads(Path(download.value.path()).read_text("utf-8"))
    assert saved["name"] == "17"
    assert [one["right"] for one in saved["rounds"]] == [1, 10]
    assert [one["right"] for one in saved["questions"]] == RIGHT
    demo.root.get_by_role("radio", name="before").check()
    assert demo.get("score") == 1
    assert demo.get("answers")[:9] == [-1] * 9


@EVERY_SCREEN
def test_it_is_accessible_and_fits(open_demos: OpenDemos, theme: str, width: int) -> None:
    page = open_demos(Inventory(), theme=theme, width=width)
    demo = driven(page, "inventory")
    answer(demo, [0] * 10)
    demo.root.get_by_role("button", name="Mark my answers").click()
    demo.painted()
    assert not violations(page)
    assert overflow(page) == 0
