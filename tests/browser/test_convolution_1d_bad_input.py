"""What cannot be is said in words beside the control, and the last valid state stays."""

from __future__ import annotations

from typing import Any

import pytest
from playwright.sync_api import Locator, expect

from course_lib.demos import Convolution1D
from tests.browser.demo_page import Driven, OpenDemos, driven

pytestmark = pytest.mark.browser

SIGNAL = [1.0, 2.0, 4.0, 8.0]
TRAITS = (
    *("signal", "kernel", "stride", "dilation", "padding", "shift", "position"),
    *("predict", "guess", "output"),
)


@pytest.fixture
def demo(open_demos: OpenDemos) -> Driven:
    made = Convolution1D(signal=SIGNAL, kernel=[1, 0, -1], position=1, anchor="slide")
    return driven(open_demos(made))


def picture(demo: Driven) -> str:
    """Return what is drawn, to compare it before and after."""
    return demo.root.locator(".course-scene").inner_html()


class Unchanged:
    """Asserts that a block leaves traits and picture as they were, and one complaint."""

    def __init__(self, demo: Driven, complaint: str) -> None:
        self.demo = demo
        self.complaint = complaint

    def __enter__(self) -> None:
        self.demo.painted()
        self.before = self.demo.traits(*TRAITS), picture(self.demo)

    def __exit__(self, kind: type[BaseException] | None, *_: object) -> None:
        if kind is not None:
            return
        problems = self.demo.problems()
        assert len(problems) == 1, problems
        assert self.complaint in problems[0]
        assert len(problems[0]) < 250
        assert self.demo.traits(*TRAITS) == self.before[0]
        assert picture(self.demo) == self.before[1]


def type_into(demo: Driven, field: Locator, text: str) -> None:
    field.focus()
    field.fill(text)
    demo.press("Enter")


def assert_beside(demo: Driven, field: Locator) -> None:
    """Assert that the complaint describes this field, and that the field is marked."""
    assert field.get_attribute("aria-invalid") == "true"
    slot = demo.page.locator(f"#{field.get_attribute('aria-describedby')}")
    assert slot.is_visible()
    below = slot.bounding_box()
    beside = field.bounding_box()
    assert below is not None
    assert beside is not None
    assert 0 <= below["y"] - beside["y"] < 90


BAD_NUMBERS = [
    ("two", "“two” is not a number"),
    ("", "Type a number"),
    ("1.5", "1.5 is not a whole number"),
    ("99", "99 is not between"),
    ("NaN", "“NaN” is not a number"),
    ("9" * 5000, "is not a number"),
]


@pytest.mark.parametrize("name", ["Stride", "Dilation", "Kernel size", "Shift"])
def test_text_in_a_number_field_is_explained(demo: Driven, name: str) -> None:
    field = demo.root.get_by_role("spinbutton", name=name)
    for typed, said in BAD_NUMBERS:
        with Unchanged(demo, said):
            type_into(demo, field, typed)
            assert_beside(demo, field)


BAD_LISTS = [
    ("", "0 values: give 1 to"),
    ("[]", "0 values: give 1 to"),
    ("1, NaN", "“NaN” is not a number"),
    ("1, 2e9", "2e9 is not between -1000 and 1000"),
    ("one, two", "“one” is not a number"),
    # The field takes 4,000 characters and no more.
    ("1, " * 10_000, "1334 values: give 1 to"),
    ("<script>alert(1)</script>", "is not a number"),
]


@pytest.mark.parametrize("name", ["Signal x", "Weights ω"])
def test_a_list_that_is_none_is_explained(demo: Driven, name: str) -> None:
    field = demo.root.get_by_role("textbox", name=name)
    for typed, said in BAD_LISTS:
        with Unchanged(demo, said):
            type_into(demo, field, typed)
            assert_beside(demo, field)


def test_text_typed_over_a_value_in_the_picture_is_explained(demo: Driven) -> None:
    before = demo.get("signal")
    field = demo.root.locator(".course-typing")
    demo.tab_to(demo.root.locator(".inputs [tabindex='0']"))
    demo.press("Enter")
    demo.page.keyboard.type("tall")
    demo.press("Enter")
    assert any("“tall” is not a number" in problem for problem in demo.problems())
    assert field.get_attribute("aria-invalid") == "true"
    demo.press("Escape")
    assert field.count() == 0
    assert demo.get("signal") == before


def test_a_prediction_that_is_no_number_is_explained(demo: Driven) -> None:
    demo.set(predict=True)
    field = demo.root.get_by_role("textbox", name="Your prediction for z₂")
    with Unchanged(demo, "Your prediction: “much” is not a number"):
        type_into(demo, field, "much")
        assert_beside(demo, field)
    assert field.input_value() == "much"


def test_a_padding_that_cannot_be_is_not_chosen(open_demos: OpenDemos) -> None:
    demo = driven(open_demos(Convolution1D(signal=SIGNAL, kernel=[1] * 7)))
    with Unchanged(demo, "The kernel spans 7 values, but the signal has only 4"):
        demo.root.locator(".course-segments label", has_text="valid").click()
    assert demo.root.get_by_role("radio", name="zeros").is_checked()


def test_a_step_that_cannot_be_leaves_the_number(open_demos: OpenDemos) -> None:
    demo = driven(open_demos(Convolution1D(signal=SIGNAL, kernel=[1, 1, 1], padding="valid")))
    field = demo.root.get_by_role("spinbutton", name="Dilation")
    with Unchanged(demo, "The kernel spans 5 values, but the signal has only 4"):
        demo.root.get_by_role("button", name="More: Dilation").click()
    assert field.input_value() == "1"
    with Unchanged(demo, "The kernel spans 9 values, but the signal has only 4"):
        type_into(demo, field, "4")
    assert field.input_value() == "1"


def test_a_signal_that_is_too_short_for_its_padding_is_refused(open_demos: OpenDemos) -> None:
    demo = driven(open_demos(Convolution1D(signal=SIGNAL, kernel=[1] * 7, padding="reflect")))
    field = demo.root.get_by_role("textbox", name="Signal x")
    with Unchanged(demo, "Reflect padding needs 3 values beyond the end"):
        type_into(demo, field, "1, 2")
    demo.page.evaluate("document.activeElement.blur()")
    demo.painted()
    assert field.input_value() == "1, 2, 4, 8"


IMPOSSIBLE: list[tuple[dict[str, Any], str]] = [
    ({"kernel": []}, "The kernel has 0 values"),
    ({"signal": [1] * 10_000}, "The signal has 10000 values"),
    ({"signal": None}, "The signal has no values"),
    ({"signal": [1, None]}, "The signal holds null"),
    ({"kernel": ["1"]}, "The kernel holds 1"),
    ({"stride": 0}, "The stride is 0"),
    ({"stride": "2"}, "The stride is 2"),
    ({"dilation": 2.5}, "The dilation is 2.5"),
    ({"shift": 9}, "The shift is 9"),
    ({"padding": "same"}, "The padding is same"),
    ({"position": 4}, "The position is 4"),
    ({"position": -1}, "The position is -1"),
    ({"guess": "5"}, "The guess is no number from"),
    ({"predict": None}, "“Predict” is null"),
]


def test_an_impossible_state_from_elsewhere_is_taken_back(demo: Driven) -> None:
    for traits, said in IMPOSSIBLE:
        with Unchanged(demo, said):
            demo.set(**traits)


def test_what_json_cannot_hold_is_taken_back_too(demo: Driven) -> None:
    for value in ("NaN", "Infinity", "undefined"):
        for trait, written in (("signal", f"[1, {value}]"), ("stride", value), ("position", value)):
            with Unchanged(demo, f" {value}; "):
                demo.root.evaluate(f"(root) => root.model.set('{trait}', {written})")


def test_a_complaint_is_announced_and_ends_with_the_next_possible_state(demo: Driven) -> None:
    type_into(demo, demo.root.get_by_role("spinbutton", name="Stride"), "many")
    expect(demo.root.locator("[aria-live=polite][role=status]").first).to_have_text(
        "Stride: “many” is not a number."
    )
    demo.root.get_by_role("button", name="More: Dilation").click()
    assert demo.problems() == []
    assert demo.root.get_by_role("spinbutton", name="Stride").input_value() == "1"
    assert demo.root.locator("[aria-invalid]").count() == 0


def test_reset_ends_a_complaint_and_mends_the_field(demo: Driven) -> None:
    field = demo.root.get_by_role("textbox", name="Weights ω")
    type_into(demo, field, "nothing")
    demo.root.get_by_role("button", name="Reset").click()
    assert demo.problems() == []
    assert field.input_value() == "1, 0, −1"


BROKEN = [
    ("colour=red", "colour"),
    ("stride=fast", "stride"),
    ("stride=NaN", "stride"),
    ("stride=%5B2%5D", "stride"),
    ("signal=1,2,x", "signal"),
    ("predict=1", "predict"),
    ("__proto__=1", "__proto__"),
    ("constructor=1", "constructor"),
    (f"signal={'1,' * 5000}1", "signal"),
]


def test_a_page_opened_by_a_broken_link_says_so_and_shows_the_author_s_state(
    open_demos: OpenDemos,
) -> None:
    fragment = "#demo=convolution-1d&dilation=2&stride=fast"
    demo = driven(open_demos(Convolution1D(), fragment=fragment))
    [problem] = demo.problems()
    assert problem.endswith(
        "This link cannot be read (its “stride” is not understood), so the demo stays as it was."
    )
    assert demo.traits("stride", "dilation") == {"stride": 1, "dilation": 1}


def follow(demo: Driven, query: str) -> None:
    demo.page.evaluate(
        """(hash) => new Promise((done) => {
          addEventListener("hashchange", () => done(), { once: true });
          location.hash = hash;
        })""",
        f"#demo=slide&{query}",
    )
    demo.painted()


def test_a_broken_link_is_explained_and_changes_nothing(demo: Driven) -> None:
    for query, named in BROKEN:
        with Unchanged(demo, f"“{named}” is not understood"):
            follow(demo, f"dilation=2&{query}")


IMPOSSIBLE_LINKS = [
    ("stride=9", "The stride is 9"),
    ("kernel=", "The kernel has 0 values"),
    ("position=12", "The position is 12"),
    ("position=1e9", "The position is 1000000000"),
    ("signal=1,2&kernel=1,2,3&padding=valid", "The kernel spans 3 values"),
    ("guess=%22x%22", "its “guess” is not understood"),
]


def test_a_link_to_an_impossible_state_says_why_and_changes_nothing(demo: Driven) -> None:
    for query, said in IMPOSSIBLE_LINKS:
        with Unchanged(demo, said):
            follow(demo, query)


def test_a_page_opened_by_a_link_to_an_impossible_state_says_why(open_demos: OpenDemos) -> None:
    fragment = "#demo=convolution-1d&signal=1,2&kernel=1,2,3&padding=valid"
    made = Convolution1D()
    demo = driven(open_demos(made, fragment=fragment))
    [problem] = demo.problems()
    assert "The kernel spans 3 values, but the signal has only 2" in problem
    assert demo.get("signal") == made.signal
    assert demo.get("output") == pytest.approx(made.output)


def test_a_second_broken_link_is_explained_again_and_a_good_one_ends_it(demo: Driven) -> None:
    follow(demo, "stride=a")
    assert len(demo.problems()) == 1
    demo.set(stride=2)
    assert demo.problems() == []
    follow(demo, "stride=b")
    assert len(demo.problems()) == 1
    follow(demo, "stride=2")
    assert demo.problems() == []
