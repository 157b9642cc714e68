"""Everything in the demo can be done with the keyboard alone."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import expect

from course_lib.demos import Convolution1D
from tests.browser.demo_page import Driven, OpenDemos, driven

pytestmark = pytest.mark.browser

SIGNAL = [1.0, 2.0, 4.0, 8.0, 5.0, 3.0]


@pytest.fixture
def demo(open_demos: OpenDemos) -> Driven:
    return driven(open_demos(Convolution1D(signal=SIGNAL, kernel=[1, 0, -1])))


def test_arrow_keys_move_among_the_input_values_and_change_them(demo: Driven) -> None:
    demo.tab_to(demo.root.locator(".inputs [tabindex='0']"))
    demo.press("ArrowUp")
    assert demo.get("signal") == [1.1, 2, 4, 8, 5, 3]
    demo.press("ArrowRight", "ArrowDown", "ArrowDown", "End", "PageUp", "ArrowLeft", "PageDown")
    assert demo.get("signal") == [1.1, 1.8, 4, 8, 4, 4]
    demo.press("Home", "ArrowLeft", "ArrowDown")
    assert demo.get("signal")[0] == 1


def test_the_input_values_are_one_stop_of_the_tab_key(demo: Driven) -> None:
    demo.tab_to(demo.root.locator(".inputs [tabindex='0']"))
    demo.press("ArrowRight", "ArrowRight", "Tab")
    assert demo.root.locator(".weights [data-index='0']").evaluate(
        "(weight) => weight === document.activeElement"
    )
    demo.press("Shift+Tab")
    assert demo.root.locator(".inputs [data-index='2']").evaluate(
        "(value) => value === document.activeElement"
    )


def test_a_value_s_name_and_number_are_told(demo: Driven) -> None:
    value = demo.root.get_by_role("slider", name="x 3", exact=True)
    assert value.get_attribute("aria-valuenow") == "4"
    weight = demo.root.get_by_role("slider", name="weight 3", exact=True)
    assert weight.get_attribute("aria-valuetext") == "−1"


def test_enter_opens_a_field_for_the_exact_value(demo: Driven) -> None:
    demo.tab_to(demo.root.locator(".weights [tabindex='0']"))
    demo.press("Enter")
    demo.page.keyboard.type("1/3")
    demo.press("Enter")
    assert demo.get("kernel") == [1 / 3, 0, -1]
    assert demo.root.locator(".course-typing").count() == 0
    demo.press("ArrowRight", "ArrowUp")
    assert demo.get("kernel") == [1 / 3, 0.1, -1]


def test_escape_closes_the_field_and_changes_nothing(demo: Driven) -> None:
    demo.tab_to(demo.root.locator(".inputs [tabindex='0']"))
    demo.press("Enter")
    demo.page.keyboard.type("99")
    demo.press("Escape")
    assert demo.root.locator(".course-typing").count() == 0
    assert demo.get("signal") == SIGNAL
    demo.press("ArrowUp")
    assert demo.get("signal")[0] == 1.1


@pytest.mark.parametrize("shift", [-2, 3])
def test_values_that_a_shift_has_moved_out_of_sight_are_skipped(demo: Driven, shift: int) -> None:
    demo.set(shift=shift)
    seen = demo.root.locator(".inputs [role=slider]")
    assert seen.count() == len(SIGNAL) - abs(shift)
    demo.tab_to(demo.root.locator(".inputs [tabindex='0']"))
    demo.press("End", "ArrowRight", "ArrowUp", "Home", "ArrowLeft", "ArrowUp")
    changed = [i for i, value in enumerate(demo.get("signal")) if value != SIGNAL[i]]
    assert changed == ([2, 5] if shift < 0 else [0, 2])


@pytest.mark.parametrize(
    ("name", "trait"), [("Stride", "stride"), ("Dilation", "dilation"), ("Shift", "shift")]
)
def test_a_stepper_takes_arrow_keys_and_typed_numbers(demo: Driven, name: str, trait: str) -> None:
    before = demo.get(trait)
    demo.tab_to(demo.root.get_by_role("spinbutton", name=name))
    demo.press("ArrowUp", "ArrowUp", "ArrowDown")
    assert demo.get(trait) == before + 1
    demo.page.keyboard.press("Control+a")
    demo.page.keyboard.type("4")
    demo.press("Enter")
    assert demo.get(trait) == 4


def test_a_stepper_s_buttons_stop_at_the_ends(demo: Driven) -> None:
    demo.tab_to(demo.root.get_by_role("button", name="More: Stride"))
    demo.press("Enter", "Space", "Enter", "Enter")
    assert demo.get("stride") == 4
    assert demo.root.get_by_role("button", name="More: Stride").is_disabled()


def test_the_kernel_size_keeps_a_named_kernel_and_widens_others_with_zeros(demo: Driven) -> None:
    demo.tab_to(demo.root.get_by_role("spinbutton", name="Kernel size"))
    demo.press("ArrowUp", "ArrowUp")
    assert demo.get("kernel") == [0, 1, 0, -1, 0]
    demo.press("ArrowDown", "ArrowDown")
    assert demo.get("kernel") == [1, 0, -1]
    demo.set(kernel=[0.25, 0.5, 0.25])
    demo.press("ArrowUp", "ArrowUp")
    assert demo.get("kernel") == [1 / 16, 4 / 16, 6 / 16, 4 / 16, 1 / 16]


def test_the_padding_is_chosen_with_arrow_keys(demo: Driven) -> None:
    demo.tab_to(demo.root.get_by_role("radio", name="zeros"))
    demo.press("ArrowRight")
    assert demo.get("padding") == "valid"
    demo.press("ArrowRight", "ArrowRight", "ArrowRight")
    assert demo.get("padding") == "circular"


@pytest.mark.parametrize(
    ("name", "kernel"),
    [("identity", [0, 1, 0]), ("gaussian", [0.25, 0.5, 0.25]), ("laplacian", [1, -2, 1])],
)
def test_a_preset_is_taken_and_marked(demo: Driven, name: str, kernel: list[float]) -> None:
    button = demo.root.get_by_role("button", name=name, exact=True)
    demo.tab_to(button)
    demo.press("Enter")
    assert demo.get("kernel") == pytest.approx(kernel)
    assert button.get_attribute("aria-pressed") == "true"


def test_a_preset_that_needs_more_weights_is_out_of_reach(demo: Driven) -> None:
    demo.set(kernel=[1, 1])
    assert demo.root.get_by_role("button", name="laplacian").is_disabled()
    assert demo.root.get_by_role("button", name="derivative").is_enabled()


def test_random_takes_another_kernel_each_time(demo: Driven) -> None:
    group = demo.root.get_by_role("group", name="Kernel", exact=True)
    demo.tab_to(group.get_by_role("button", name="random"))
    demo.press("Enter")
    first = demo.get("kernel")
    demo.press("Enter")
    assert demo.get("kernel") != first
    assert len(first) == 3


def test_the_slider_moves_the_window(demo: Driven) -> None:
    slider = demo.root.get_by_role("slider", name="Position of the window")
    demo.tab_to(slider)
    demo.press("ArrowRight", "ArrowRight")
    assert demo.get("position") == 2
    expect(demo.root.locator(".course-equation")).to_have_text("z₃ = 1·2 + 0·4 + (−1)·8 = −6.00")
    demo.press("End")
    assert demo.get("position") == 5
    assert slider.get_attribute("aria-valuetext") == "6 of 6"
    demo.press("Home")
    assert demo.get("position") == 0


def test_play_goes_from_output_to_output_and_pauses(demo: Driven) -> None:
    demo.tab_to(demo.root.get_by_role("button", name="Play"))
    demo.press("Space")
    demo.page.wait_for_function(
        "() => document.querySelector('.course-demo').model.get('position') == 2"
    )
    demo.press("Space")
    assert demo.root.get_by_role("button", name="Play").is_visible()
    stopped = demo.get("position")
    demo.page.wait_for_timeout(900)
    assert demo.get("position") == stopped


def test_play_stops_at_the_end_and_starts_over(demo: Driven) -> None:
    demo.set(position=4)
    play = demo.root.locator(".course-play")
    demo.tab_to(play)
    demo.press("Space")
    expect(play).to_have_text("Play", timeout=3000)
    assert demo.get("position") == 5
    demo.press("Space")
    assert demo.get("position") == 0
    demo.press("Space")


def test_play_stops_when_the_reader_turns_to_another_control(demo: Driven) -> None:
    play = demo.root.locator(".course-play")
    demo.tab_to(play)
    demo.press("Space")
    expect(play).to_have_text("Pause")
    demo.tab_to(demo.root.get_by_role("spinbutton", name="Stride"))
    expect(play).to_have_text("Play")


def test_typing_is_not_disturbed_by_a_change_from_elsewhere(demo: Driven) -> None:
    demo.tab_to(demo.root.locator("[id$='-kernel']"))
    demo.page.keyboard.press("Control+a")
    demo.page.keyboard.type("5, 6,")
    demo.set(position=2)
    demo.page.keyboard.type(" 7")
    demo.press("Enter")
    assert demo.get("position") == 2
    assert demo.get("kernel") == [5, 6, 7]


def test_at_its_end_a_button_keeps_the_focus(demo: Driven) -> None:
    less = demo.root.get_by_role("button", name="Less: Stride")
    back = demo.root.get_by_role("button", name="One position back")
    demo.set(stride=2, position=1)
    for button, trait, end in ((less, "stride", 1), (back, "position", 0)):
        demo.tab_to(button)
        demo.press("Enter", "Enter")
        assert demo.get(trait) == end
        expect(button).to_be_focused()


def test_the_focus_stays_among_the_values_when_the_last_one_goes(demo: Driven) -> None:
    demo.tab_to(demo.root.locator(".inputs [tabindex='0']"))
    demo.press("End")
    demo.set(signal=[1, 2, 3])
    expect(demo.root.locator(".inputs [data-index='2']")).to_be_focused()
    demo.press("ArrowUp")
    assert demo.get("signal") == [1, 2, 3.1]


def test_what_cannot_be_read_over_a_value_stays_to_be_mended(demo: Driven) -> None:
    demo.tab_to(demo.root.locator(".inputs [tabindex='0']"))
    demo.press("Enter")
    demo.page.keyboard.type("zz")
    demo.press("Enter")
    field = demo.root.locator(".course-typing")
    expect(field).to_be_focused()
    expect(field).to_have_attribute("aria-invalid", "true")
    expect(field).to_have_accessible_description(re.compile("“zz” is not a number"))
    demo.page.keyboard.press("Control+a")
    demo.page.keyboard.type("7")
    demo.press("Enter")
    assert demo.get("signal")[0] == 7
    assert demo.problems() == []


def test_the_lines_of_code_are_gone_through_with_the_arrow_keys(demo: Driven) -> None:
    demo.open_code()
    demo.tab_to(demo.root.locator(".course-code pre"))
    demo.press("ArrowDown", "ArrowDown")
    marked = demo.root.locator(".course-code-line[data-current]")
    second = demo.root.locator(".course-code-line[data-about]").nth(1)
    assert marked.inner_text() == second.inner_text()
    assert demo.root.get_attribute("data-marked") == second.get_attribute("data-about")
    demo.press("Tab")
    assert demo.root.get_attribute("data-marked") is None


def test_an_output_is_predicted_before_it_shows(demo: Driven) -> None:
    demo.set(position=1)
    demo.tab_to(demo.root.get_by_role("checkbox", name="Predict each output before it shows"))
    demo.press("Space")
    equation = demo.root.locator(".course-equation")
    expect(equation).to_have_text(re.compile(r"= \?$"))
    assert demo.root.locator(".outputs .hidden").count() == 5
    assert demo.root.locator(".outputs .number:visible").all_text_contents() == ["−2"]
    demo.tab_to(demo.root.get_by_role("textbox", name="Your prediction for z₂"))
    demo.page.keyboard.type("-2")
    demo.press("Enter")
    assert demo.get("guess") == -2
    expect(equation).to_have_text("z₂ = 1·1 + 0·2 + (−1)·4 = −3.00")
    expect(demo.root.locator(".course-verdict")).to_have_text(
        "You said −2.00; it is −3.00, 1.00 away: look at the products."
    )
    demo.tab_to(demo.root.get_by_role("slider", name="Position of the window"))
    demo.press("ArrowRight")
    assert demo.get("guess") is None
    expect(equation).to_have_text(re.compile(r"^z₃ .*= \?$"))


def test_both_lists_can_be_typed_whole(demo: Driven) -> None:
    for name, trait in (("Signal x", "signal"), ("Weights ω", "kernel")):
        demo.tab_to(demo.root.get_by_role("textbox", name=name))
        demo.page.keyboard.press("Control+a")
        demo.page.keyboard.type("[1; −2.5  1/4]")
        demo.press("Enter")
        assert demo.get(trait) == [1, -2.5, 0.25]


def test_leaving_a_list_as_it_is_does_not_round_it(demo: Driven) -> None:
    demo.set(kernel=[1 / 3, 1 / 3, 1 / 3])
    demo.tab_to(demo.root.get_by_role("textbox", name="Weights ω"))
    demo.page.keyboard.type("1")
    demo.press("Backspace", "Enter", "Tab")
    assert demo.get("kernel") == [1 / 3, 1 / 3, 1 / 3]


def test_reset_returns_to_the_author_s_state(demo: Driven) -> None:
    names = ("signal", "kernel", "stride", "dilation", "padding", "position", "shift", "predict")
    initial = demo.traits(*names)
    demo.set(stride=2, dilation=2, padding="circular", shift=2, predict=True, signal=[1, 2, 3, 4])
    assert demo.traits(*names) != initial
    demo.tab_to(demo.root.get_by_role("button", name="Reset"))
    demo.press("Enter")
    assert demo.traits(*names) == initial


def test_the_focus_shows(demo: Driven) -> None:
    for target in (
        demo.root.get_by_role("button", name="Play"),
        demo.root.get_by_role("spinbutton", name="Stride"),
        demo.root.get_by_role("button", name="Reset"),
    ):
        demo.tab_to(target)
        style = target.evaluate(
            "(e) => [getComputedStyle(e).outlineStyle, getComputedStyle(e).outlineWidth]"
        )
        assert style == ["solid", "2px"]
    value = demo.root.locator(".inputs [tabindex='0']")
    demo.tab_to(value)
    assert value.locator(".point").evaluate("(e) => getComputedStyle(e).strokeWidth") == "3px"
