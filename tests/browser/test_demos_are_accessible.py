"""axe-core finds nothing against the demos in states that differ in what they show."""

from __future__ import annotations

import pytest
from playwright.sync_api import Browser, Page

from course_lib.demos import Choice, Convolution1D, Mistake, Question
from tests.browser.demo_page import Driven, OpenDemos, driven
from tests.browser.screens import EVERY_SCREEN
from tests.browser.watch import overflow, violations

pytestmark = pytest.mark.browser


def as_given(_: Driven) -> None:
    pass


def waiting_for_a_prediction(demo: Driven) -> None:
    demo.set(predict=True, position=3)


def with_a_prediction(demo: Driven) -> None:
    demo.set(guess=4.5)


def shifted_with_ghosts(demo: Driven) -> None:
    demo.set(predict=False, shift=-3, kernel=[-1, 0, 1], dilation=2)


def crowded(demo: Driven) -> None:
    demo.set(
        signal=[(-1) ** i * i * 15.6 for i in range(64)], kernel=[-1.25] * 9, padding="circular"
    )


def minute(demo: Driven) -> None:
    demo.set(signal=[3], kernel=[2], padding="valid", shift=0, stride=4, dilation=1)


def complaining_of_a_field(demo: Driven) -> None:
    demo.root.get_by_role("spinbutton", name="Stride").fill("many")
    demo.press("Enter")
    assert demo.problems()


def complaining_of_a_combination(demo: Driven) -> None:
    demo.set(signal=[1, 2, 3, 4], kernel=[1] * 5)
    demo.set(padding="valid")
    assert demo.problems()


def complaining_of_a_link(demo: Driven) -> None:
    demo.page.evaluate("location.hash = '#demo=convolution-1d&stride=x'")
    assert demo.problems()


def typing_over_a_value(demo: Driven) -> None:
    demo.root.locator(".inputs [tabindex='0']").focus()
    demo.press("Enter")
    demo.page.keyboard.type("zz")
    demo.press("Enter")
    assert demo.root.locator(".course-typing-problem").is_visible()


def with_its_code(demo: Driven) -> None:
    demo.press("Escape")
    demo.open_code()


def with_a_text_to_copy(demo: Driven) -> None:
    demo.page.evaluate("Object.defineProperty(navigator, 'clipboard', { value: undefined })")
    demo.root.get_by_role("button", name="Copy link").click()
    assert demo.root.locator(".course-shelf").first.is_visible()


STATES = [
    *(as_given, waiting_for_a_prediction, with_a_prediction, shifted_with_ghosts, crowded, minute),
    *(complaining_of_a_field, complaining_of_a_combination, complaining_of_a_link),
    *(typing_over_a_value, with_its_code, with_a_text_to_copy),
]


def assert_accessible(page: Page, what: str) -> None:
    assert violations(page) == [], what
    assert overflow(page) <= 0, what


@EVERY_SCREEN
def test_the_convolution_is_accessible_in_every_state(
    open_demos: OpenDemos, theme: str, width: int
) -> None:
    page = open_demos(Convolution1D(), theme=theme, width=width)
    demo = driven(page)
    for bring_about in STATES:
        bring_about(demo)
        demo.painted()
        assert_accessible(page, bring_about.__name__)


@EVERY_SCREEN
def test_questions_are_accessible_unanswered_answered_and_misunderstood(
    open_demos: OpenDemos, theme: str, width: int
) -> None:
    choices = [Choice("`One`", "No: *two*."), Choice("Two", "Yes.", right=True)]
    page = open_demos(
        Question("right", "Which is `it`?", choices=choices),
        Question("wrong", "And now?", choices=choices),
        Question("number", "How many?", answer=3, mistakes=[Mistake(2, "Count again.")], unit="m"),
        theme=theme,
        width=width,
    )
    assert_accessible(page, "unanswered")
    for name, choice in (("right", 1), ("wrong", 0)):
        page.locator(f"#{name}").get_by_role("radio").nth(choice).check()
        page.locator(f"#{name}").get_by_role("button", name="Check").click()
    page.locator("#number").get_by_role("textbox").fill("2")
    page.locator("#number").get_by_role("button", name="Check").click()
    page.locator("#number[data-answer=wrong]").wait_for()
    assert_accessible(page, "answered")
    page.locator("#number").get_by_role("textbox").fill("several")
    page.locator("#number").get_by_role("button", name="Check").click()
    page.locator("#number .course-problem").wait_for()
    assert_accessible(page, "misunderstood")


def test_the_first_frame_is_accessible_without_scripts(
    open_demos: OpenDemos, browser: Browser
) -> None:
    page = open_demos(Convolution1D(), Question("q", "How many?", answer=3))
    blocked = page.context.new_page()
    blocked.route("**/static/book/*.js", lambda route: route.abort())
    blocked.goto(page.url)
    assert blocked.locator("[data-ready]").count() == 0
    assert_accessible(blocked, "before it starts")
