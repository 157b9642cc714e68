"""The puzzle in a page: every right answer counts, a wrong one is explained, the score is kept."""

from __future__ import annotations

from random import Random

import pytest
import torch
from playwright.sync_api import expect

from course_lib.convolution import PADDINGS, draw_reading
from course_lib.demos import GuessTheConvolution
from tests.browser.demo_page import Driven, OpenDemos, driven, printed_by
from tests.browser.screens import EVERY_SCREEN
from tests.browser.watch import overflow, violations
from tests.golden.convolutional_layers import signature
from tests.golden.torch_oracle import matrix

pytestmark = pytest.mark.browser

NAME = "guess-the-convolution"
KEYS = ("size", "stride", "dilation", "padding")


@pytest.fixture
def demo(open_demos: OpenDemos) -> Driven:
    return driven(open_demos(GuessTheConvolution(seed=27, size=1)), NAME)


def check(demo: Driven) -> None:
    demo.root.get_by_role("button", name="Check").click()
    demo.painted()


def test_random_guesses_are_judged_as_torch_s_matrices_say(open_demos: OpenDemos) -> None:
    demo = driven(open_demos(GuessTheConvolution(size=1), scheme="file"), NAME)
    random = Random(9)
    judged = 0
    while judged < 12:
        seed = random.randint(1, 99_999)
        guess = (
            random.randint(1, 5),
            random.randint(1, 4),
            random.randint(1, 4),
            random.choice(PADDINGS),
        )
        target = draw_reading(8, seed)
        if random.random() < 0.3:
            guess = target
        if (made := signature(8, guess)) is None:
            continue
        judged += 1
        demo.set(padding="zeros")
        demo.set(seed=seed, **dict(zip(KEYS, guess, strict=True)), checked=True)
        right = made == signature(8, target)
        assert demo.get("matches") == right
        assert demo.root.get_attribute("data-answer") == ("right" if right else "wrong")
        size, stride, dilation, padding = guess
        weights = torch.arange(1, size + 1, dtype=torch.float64)[None, None]
        options = {"stride": stride, "dilation": dilation, "padding": padding, "groups": 1}
        assert demo.get("output") == matrix(weights, 8, **options).tolist()
        fits = demo.root.locator(".cell.hit").count() == demo.root.locator(".cell").count()
        assert fits == right
        assert demo.problems() == []


def test_a_puzzle_is_solved_by_keyboard_and_counts_once(demo: Driven) -> None:
    root = demo.root  # puzzle 27 is size 3, stride 1, dilation 1, zeros
    demo.tab_to(root.get_by_role("button", name="Check"))
    demo.press("Enter")
    expect(root.locator(".course-verdict")).to_contain_text("✗ Not yet. Row h₁ differs")
    expect(root.locator(".cell.missed")).not_to_have_count(0)
    demo.tab_to(root.get_by_role("spinbutton", name="Kernel size"))
    demo.press("ArrowUp", "ArrowUp")
    expect(root.locator(".course-verdict")).to_have_text("")
    demo.tab_to(root.get_by_role("button", name="Check"))
    demo.press("Enter", "Enter")
    expect(root.locator(".course-verdict")).to_contain_text("✓ Right. No other setting")
    region = root.locator("[aria-live=polite][role=status]").first
    expect(region).to_contain_text("Right. No other setting", timeout=3000)
    expect(root.locator(".course-facts")).to_contain_text("1 puzzle, 0 at the first try")
    demo.tab_to(root.get_by_role("button", name="Next puzzle"))
    demo.press("Enter")
    assert demo.traits("seed", "checked", "misses") == {"seed": 28, "checked": False, "misses": 0}
    target = draw_reading(8, 28)
    demo.set(**dict(zip(KEYS, target, strict=True)))
    check(demo)
    expect(root.locator(".course-facts")).to_contain_text("2 puzzles, 1 at the first try")


def test_every_answer_to_the_third_question_counts(open_demos: OpenDemos) -> None:
    demo = driven(open_demos(GuessTheConvolution(target=[1, 1, 1], size=1)), NAME)
    for dilation in (1, 4):
        for padding in PADDINGS:
            demo.set(dilation=dilation, padding=padding, checked=True)
            assert demo.root.get_attribute("data-answer") == "right"
    expect(demo.root.locator(".course-verdict")).to_contain_text("20 settings make this very")
    assert not demo.root.get_by_role("button", name="Next puzzle").is_visible()


def test_a_link_gives_the_same_target_and_leaves_the_score(demo: Driven) -> None:
    demo.set(size=3)
    check(demo)
    demo.page.evaluate(f"location.hash = '#demo={NAME}&seed=24&size=2&padding=valid'")
    demo.painted()
    assert demo.traits("seed", "size", "padding", "solved", "done") == {
        "seed": 24,
        "size": 2,
        "padding": "valid",
        "solved": 1,
        "done": False,
    }
    assert "/".join(map(str, draw_reading(8, 24))) in demo.get("answers")
    demo.page.evaluate(f"location.hash = '#demo={NAME}&solved=99'")
    assert "cannot be read" in demo.problems()[0]
    assert demo.get("solved") == 1


def test_a_guess_that_cannot_be_is_explained_and_not_taken(demo: Driven) -> None:
    demo.set(size=5, padding="valid")
    demo.root.get_by_role("button", name="More: Dilation").click()
    assert "spans 9 values" in demo.problems()[0]
    assert demo.get("dilation") == 1
    demo.root.get_by_role("spinbutton", name="Stride").fill("2.5")
    demo.press("Enter")
    assert demo.problems() == ["Stride: 2.5 is not a whole number."]


def test_the_snippet_prints_the_matrix_of_the_guess(demo: Driven) -> None:
    codes, matrices = [], []
    for padding in PADDINGS:
        demo.set(size=4, stride=2, dilation=2, padding=padding)
        codes.append(demo.code())
        matrices.append(demo.get("output"))
    assert printed_by("\n".join(codes)) == matrices


@EVERY_SCREEN
def test_it_is_accessible_before_and_after_a_guess(
    open_demos: OpenDemos, theme: str, width: int
) -> None:
    given = GuessTheConvolution(length=10, target=[5, 1, 2], target_padding="reflect")
    page = open_demos(given, theme=theme, width=width)
    demo = driven(page, NAME)
    assert "h 1: " in (demo.root.locator("svg.picture").get_attribute("aria-label") or "")
    check(demo)
    assert demo.root.get_attribute("data-answer") == "wrong"
    assert violations(page) == []
    assert overflow(page) <= 0
