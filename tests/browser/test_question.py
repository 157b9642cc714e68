"""Questions: every answer is explained, and the browser remembers it."""

from __future__ import annotations

from pathlib import Path

import pytest
from playwright.sync_api import Locator, Page, expect

from course_lib.demos import Choice, Mistake, Question
from tests.browser.demo_page import OpenDemos, driven, write_page

pytestmark = pytest.mark.browser

CHOICES = [
    Choice("`[1, 2]`", "That is *shorter*."),
    Choice("`[1, 2, 3]`", "It has three.", right=True),
    Choice("Neither", "One of them is."),
]


def choice() -> Question:
    return Question("longest", "Which is *longer*?", choices=CHOICES)


def number() -> Question:
    return Question(
        "length",
        "How long is the output?",
        answer=1 / 3,
        why="One third.",
        mistakes=[Mistake(3, "Upside down.")],
        tolerance=0.01,
        unit="of it",
    )


def ready(page: Page, anchor: str) -> Locator:
    root = page.locator(f"#{anchor}")
    root.scroll_into_view_if_needed()
    expect(root).to_have_attribute("data-ready", "true")
    return root


def choose(root: Locator, index: int) -> None:
    root.get_by_role("radio").nth(index).check()
    root.get_by_role("button", name="Check").click()


def give(root: Locator, text: str) -> None:
    root.get_by_role("textbox").fill(text)
    root.page.keyboard.press("Enter")


def test_a_checked_choice_is_an_answer_and_every_answer_is_explained(
    open_demos: OpenDemos,
) -> None:
    root = ready(open_demos(choice()), "longest")
    feedback = root.locator(".course-feedback")
    expect(feedback).to_be_empty()
    root.get_by_text("[1, 2]", exact=True).click()
    expect(feedback).to_be_empty()
    root.get_by_role("button", name="Check").click()
    expect(feedback).to_have_text("✗ Not quite. That is shorter.")
    expect(root).to_have_attribute("data-answer", "wrong")
    root.get_by_text("[1, 2, 3]", exact=True).click()
    root.get_by_role("button", name="Check").click()
    expect(feedback).to_have_text("✓ Right. It has three.")
    expect(root).to_have_attribute("data-answer", "right")


def test_a_question_is_answered_with_the_keyboard_alone(open_demos: OpenDemos) -> None:
    page = open_demos(choice())
    ready(page, "longest")
    demo = driven(page, "question")
    demo.tab_to(demo.root.get_by_role("radio").first)
    demo.press("Space", "ArrowDown", "ArrowUp")
    assert demo.get("chosen") is None
    demo.press("Enter")
    expect(demo.root).to_have_attribute("data-answer", "wrong")
    demo.press("ArrowDown")
    assert demo.get("chosen") == 0
    demo.press("Tab", "Enter")
    expect(demo.root).to_have_attribute("data-answer", "right")
    assert demo.get("chosen") == 1
    demo.tab_to(demo.root.get_by_role("button", name="Try again"))
    demo.press("Enter")
    assert demo.get("chosen") is None
    expect(demo.root.locator(".course-feedback")).to_be_empty()
    assert demo.root.get_by_role("radio").first.evaluate("(e) => e === document.activeElement")


def test_a_check_without_a_choice_asks_for_one(open_demos: OpenDemos) -> None:
    root = ready(open_demos(choice()), "longest")
    root.get_by_role("button", name="Check").click()
    expect(root.locator(".course-problem")).to_have_text("Choose an option first.")
    choose(root, 1)
    expect(root.locator(".course-problem")).to_be_hidden()


def test_the_verdict_is_a_word_and_a_sign_and_is_announced(open_demos: OpenDemos) -> None:
    root = ready(open_demos(choice()), "longest")
    choose(root, 2)
    feedback = root.locator("[aria-live=polite]", has_text="One of them is.")
    expect(feedback).to_contain_text("✗ Not quite.")


@pytest.mark.parametrize(
    ("typed", "verdict", "why"),
    [
        ("1/3", "right", "✓ Right. One third."),
        ("0.333", "right", "✓ Right. One third."),
        ("0.343", "right", "✓ Right. One third."),
        ("0.35", "wrong", "✗ Not quite: you gave 0.35. Work it out once more, step by step."),
        ("3", "wrong", "✗ Not quite: you gave 3. Upside down."),
        ("−1", "wrong", "✗ Not quite: you gave −1. Work it out once more, step by step."),
    ],
)
def test_a_number_is_judged_within_its_tolerance(
    open_demos: OpenDemos, typed: str, verdict: str, why: str
) -> None:
    root = ready(open_demos(number()), "length")
    give(root, typed)
    expect(root).to_have_attribute("data-answer", verdict)
    expect(root.locator(".course-feedback")).to_have_text(why)


@pytest.mark.parametrize("typed", ["", "three", "NaN", "1e999", "9" * 5000])
def test_what_is_no_number_is_explained_and_the_last_verdict_goes(
    open_demos: OpenDemos, typed: str
) -> None:
    root = ready(open_demos(number()), "length")
    give(root, "3")
    expect(root).to_have_attribute("data-answer", "wrong")
    give(root, typed)
    expect(root.locator(".course-problem")).to_be_visible()
    expect(root.locator(".course-problem")).to_contain_text("number")
    assert len(root.locator(".course-problem").inner_text()) < 100
    field = root.get_by_role("textbox")
    expect(field).to_have_attribute("aria-invalid", "true")
    expect(field).to_have_value(typed)
    assert root.get_attribute("data-answer") is None
    expect(root.locator(".course-feedback")).to_be_empty()
    give(root, "1/3")
    expect(root.locator(".course-problem")).to_be_hidden()
    expect(root).to_have_attribute("data-answer", "right")


@pytest.mark.parametrize("scheme", ["http", "file"])
def test_the_browser_remembers_an_answer_until_it_is_taken_back(
    open_demos: OpenDemos, scheme: str
) -> None:
    page = open_demos(choice(), number(), scheme=scheme)
    choose(ready(page, "longest"), 1)
    give(ready(page, "length"), "3")
    expect(page.locator("#length")).to_have_attribute("data-answer", "wrong")
    page.reload()
    expect(ready(page, "longest")).to_have_attribute("data-answer", "right")
    assert page.locator("#longest").get_by_role("radio").nth(1).is_checked()
    expect(ready(page, "length")).to_have_attribute("data-answer", "wrong")
    expect(page.locator("#length").get_by_role("textbox")).to_have_value("3")
    page.locator("#longest").get_by_role("button", name="Try again").click()
    page.reload()
    assert ready(page, "longest").get_attribute("data-answer") is None
    expect(page.locator("#length")).to_have_attribute("data-answer", "wrong")


def test_a_remembered_verdict_is_not_announced(open_demos: OpenDemos) -> None:
    page = open_demos(choice())
    choose(ready(page, "longest"), 1)
    page.reload()
    feedback = ready(page, "longest").locator(".course-feedback")
    expect(feedback).to_have_text("✓ Right. It has three.")
    assert feedback.get_attribute("aria-live") is None


@pytest.mark.parametrize(
    "kept",
    [
        *('{"chosen": 99}', '{"chosen": -1}', '{"chosen": 0.5}', '{"chosen": "x"}', '{"given": 3}'),
        *('"text"', "[1, 2]", "7", "{broken", "null"),
    ],
)
def test_a_spoilt_memory_is_no_answer_and_no_harm(open_demos: OpenDemos, kept: str) -> None:
    page = open_demos(choice())
    choose(ready(page, "longest"), 0)
    [key] = page.evaluate("Object.keys(localStorage)")
    page.evaluate("([key, kept]) => localStorage.setItem(key, kept)", [key, kept])
    page.reload()
    root = ready(page, "longest")
    assert root.get_attribute("data-answer") is None
    choose(root, 1)
    expect(root).to_have_attribute("data-answer", "right")


def test_nothing_is_remembered_before_the_reader_answers(open_demos: OpenDemos) -> None:
    page = open_demos(choice(), number())
    ready(page, "longest").get_by_role("radio").nth(1).check()
    ready(page, "length")
    assert page.evaluate("localStorage.length") == 0


def test_an_answer_does_not_outlive_its_question(open_demos: OpenDemos, tmp_path: Path) -> None:
    page = open_demos(choice())
    choose(ready(page, "longest"), 1)
    changed = Question("longest", "Which is *shorter*?", choices=CHOICES)
    write_page(tmp_path, [changed])
    page.reload()
    assert ready(page, "longest").get_attribute("data-answer") is None


def test_a_link_neither_gives_nor_takes_an_answer(open_demos: OpenDemos) -> None:
    page = open_demos(choice(), fragment="#demo=longest&chosen=1")
    root = ready(page, "longest")
    expect(root.locator(".course-problem")).to_contain_text("cannot be read")
    assert root.get_attribute("data-answer") is None
    choose(root, 0)
    page.evaluate("location.hash = '#demo=longest'")
    expect(root).to_be_focused()
    expect(root).to_have_attribute("data-answer", "wrong")
    assert page.evaluate("localStorage.length") == 1


def test_a_question_far_below_starts_without_being_scrolled_to(open_demos: OpenDemos) -> None:
    page = open_demos(*[Question(f"q{i}", "Which?", choices=CHOICES) for i in range(30)], number())
    expect(page.locator("#length")).to_have_attribute("data-ready", "true")
    assert page.evaluate("scrollY") == 0


def test_without_scripts_and_on_paper_the_options_show_and_nothing_to_press(
    open_demos: OpenDemos,
) -> None:
    for page in (
        open_demos(choice(), number(), java_script_enabled=False),
        open_demos(choice(), number()),
    ):
        page.emulate_media(media="print")
        expect(page.locator("#longest").get_by_role("radio")).to_have_count(3)
        expect(page.locator("#longest").get_by_text("[1, 2, 3]")).to_be_visible()
        expect(page.locator("#length").get_by_text("How long is the output?")).to_be_visible()
        expect(page.get_by_role("button")).to_have_count(0)
        expect(page.get_by_role("textbox")).to_have_count(0)


def test_where_storage_is_refused_a_question_still_answers(open_demos: OpenDemos) -> None:
    page = open_demos(choice())
    page.add_init_script(
        "Object.defineProperty(window, 'localStorage',"
        " { get() { throw new DOMException('refused', 'SecurityError'); } });"
    )
    page.reload()
    root = ready(page, "longest")
    choose(root, 0)
    expect(root).to_have_attribute("data-answer", "wrong")


def test_two_questions_do_not_share_an_answer(open_demos: OpenDemos) -> None:
    twins = [Question(name, "The same?", choices=CHOICES) for name in ("one", "two")]
    page = open_demos(*twins)
    choose(ready(page, "one"), 1)
    expect(page.locator("#one")).to_have_attribute("data-answer", "right")
    assert ready(page, "two").get_attribute("data-answer") is None


def test_the_reasons_are_not_in_sight_before_an_answer(open_demos: OpenDemos) -> None:
    root = ready(open_demos(choice()), "longest")
    assert "It has three." not in root.inner_text()
