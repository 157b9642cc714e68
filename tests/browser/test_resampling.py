"""Fewer values and more in a page: by key, by hand, against torch, and with bad input."""

from __future__ import annotations

from random import Random
from typing import Any

import pytest
import torch
from playwright.sync_api import expect

from course_lib.demos import Resampling
from course_lib.demos.photographs_page import NAMES
from course_lib.demos.resampling import DOWN, GRID, PATTERNS, SPREAD, UP
from tests.browser.demo_page import OpenDemos, centre, driven, printed_by
from tests.browser.screens import EVERY_SCREEN
from tests.browser.test_convolution_2d import picture
from tests.browser.watch import overflow, violations

pytestmark = pytest.mark.browser

NAME = "resampling"


def random_states(count: int) -> list[dict[str, Any]]:
    random = Random(9)

    def numbers(count: int) -> list[float]:
        return [round(random.uniform(-9, 9), 2) for _ in range(count)]

    states = []
    for n in range(count):
        rows, columns = random.randint(4, 8), random.randint(4, 8)
        states.append(
            {
                "row": 0,
                "column": 0,
                "position": 0,
                "view": ("down", "up", "stamps", "checkerboard")[n % 4],
                "source": random.choice(["numbers", "photograph", "pattern", "drawing", "own"]),
                "photograph": random.choice(NAMES),
                "pattern": random.choice(PATTERNS),
                "numbers": [numbers(columns) for _ in range(rows)],
                "drawing": [[round(random.random(), 2) for _ in range(16)] for _ in range(16)],
                "own": [[random.randint(0, 255) for _ in range(64)] for _ in range(64)],
                "size": random.randint(1, 4),
                "stride": random.randint(1, 4),
                "shift_down": random.randint(-4, 4),
                "shift_right": random.randint(-4, 4),
                "down": random.choice(DOWN),
                "up": random.choice(UP),
                "spread": random.choice(SPREAD),
                "show": random.choice(["output", "difference"]),
                "signal": numbers(random.randint(5, 6)),
                "kernel": numbers(random.randint(2, 4)),
                "padding": random.randint(0, 1),
                "round_trip": random.random() < 0.5,
            }
        )
    return states


def test_the_output_equals_torch_in_random_states_and_from_disk(open_demos: OpenDemos) -> None:
    demo = driven(open_demos(Resampling(), scheme="file"), NAME)
    states = random_states(60)
    for state, seen in zip(states, demo.in_each(states, "output"), strict=True):
        assert seen["complaints"] == "", state
        assert seen["whole"], state
        output = torch.tensor(seen["output"], dtype=torch.float64)
        expected = Resampling(**state).reference()
        assert torch.allclose(output, expected, rtol=0, atol=1e-6), state


def test_the_input_is_shifted_by_key_and_by_hand(open_demos: OpenDemos) -> None:
    demo = driven(open_demos(Resampling(source="pattern")), NAME)
    overlay = demo.root.get_by_role("application", name="Input, 32 by 32")
    demo.tab_to(overlay)
    demo.press("ArrowRight", "ArrowDown", "ArrowDown")
    assert demo.traits("shift_right", "shift_down") == {"shift_right": 1, "shift_down": 2}
    notes = demo.root.locator(".panel-note").all_inner_texts()
    assert "256 of 256 changed, on average by 255" in notes[0]
    assert "0 of 256 changed" in notes[1]
    demo.press("Home")
    assert demo.traits("shift_right", "shift_down") == {"shift_right": 0, "shift_down": 0}
    expect(demo.root.locator(".course-reading")).to_contain_text("Nothing has moved yet")
    x, y = centre(overlay)
    box = overlay.bounding_box()
    assert box is not None
    cell = box["width"] / 32
    demo.page.mouse.move(x, y)
    demo.page.mouse.down()
    demo.page.mouse.move(x - 2 * cell, y + 9 * cell, steps=4)
    demo.page.mouse.up()
    demo.painted()
    assert demo.traits("shift_right", "shift_down") == {"shift_right": -2, "shift_down": 4}
    expect(demo.root.locator(".course-reading")).to_contain_text(
        "every output has gone 2 down and 1 left"
    )


def test_an_output_is_pointed_at_and_says_what_it_is_made_of(open_demos: OpenDemos) -> None:
    demo = driven(open_demos(Resampling(source="numbers")), NAME)
    equation = demo.root.locator(".course-equation")
    mean = demo.root.get_by_role("application", name="Mean pooling")
    demo.page.mouse.move(*centre(mean))
    demo.painted()
    assert demo.traits("down", "row", "column") == {"down": "mean", "row": 1, "column": 1}
    expect(equation).to_have_text("z(2, 2) = (6 + 2 + 3 + 7) / 4 = 4.5")
    demo.page.mouse.move(0, 0)
    demo.tab_to(demo.root.get_by_role("application", name="Max pooling"))
    demo.press("ArrowRight", "ArrowUp")
    assert demo.traits("down", "row", "column") == {"down": "max", "row": 0, "column": 2}
    expect(equation).to_have_text("z(1, 3) = max(6, 2, 4, 8) = 8")
    demo.root.get_by_role("radio", name="up").check(force=True)
    demo.tab_to(demo.root.get_by_role("application", name="Max-unpooling"))
    demo.press("Home", "ArrowDown", "ArrowDown")
    expect(equation).to_have_text("z(3, 1) = 0; y(2, 1) = 9 came from (4, 2)")


def test_numbers_are_typed_and_outputs_are_predicted(open_demos: OpenDemos) -> None:
    demo = driven(open_demos(Resampling(source="numbers")), NAME)
    demo.tab_to(demo.root.get_by_role("slider", name="input row 1, column 1"))
    demo.press("ArrowRight", "ArrowUp", "Enter")
    demo.page.keyboard.type("7.5")
    demo.press("Enter")
    assert demo.get("numbers")[0][:2] == [1, 7.5]
    demo.root.get_by_role("checkbox", name="Predict").check()
    expect(demo.root.locator(".course-equation")).to_contain_text("max(1, 7.5, 6, 2) = ?")
    assert demo.root.locator(".outputs-row .cell.output").count() == 0
    demo.root.get_by_role("textbox", name="Your prediction for z(1, 1)").fill("6")
    demo.press("Enter")
    expect(demo.root.locator(".course-verdict")).to_contain_text("You said 6; it is 7.5")
    # A shifted grid is drawn where it is, and changed where it comes from.
    demo.root.get_by_role("checkbox", name="Predict").uncheck()
    demo.set(shift_right=1)
    demo.tab_to(demo.root.get_by_role("slider", name="input row 1, column 2"))
    demo.press("ArrowUp")
    assert demo.get("numbers")[0][:2] == [2, 7.5]


def test_stamps_are_played_stepped_and_changed(open_demos: OpenDemos) -> None:
    demo = driven(open_demos(Resampling(view="stamps")), NAME)
    sums = demo.root.locator(".rest .cell.output text")
    assert sums.all_text_contents() == ["3", "6", "3", *"000000"]
    demo.root.get_by_role("button", name="One stamp on").click()
    demo.painted()
    assert sums.all_text_contents() == [*"364210000"]
    demo.tab_to(demo.root.get_by_role("slider", name="weight 1"))
    demo.press("ArrowUp")
    assert demo.get("kernel") == [1.5, 2, 1]
    demo.root.locator(".matrix").click(position={"x": 175, "y": 60})
    demo.painted()
    assert demo.get("position") == 3
    demo.root.get_by_role("button", name="there and back").click()
    demo.root.get_by_role("slider", name="Stamp").press("End")
    demo.painted()
    expect(demo.root.locator(".course-reading")).to_contain_text("9 of 9 values differ")
    demo.root.get_by_role("button", name="Reset").click()
    demo.painted()
    assert demo.traits("kernel", "round_trip") == {"kernel": [1, 2, 1], "round_trip": False}


def test_what_a_stamp_makes_of_the_sum_is_predicted(open_demos: OpenDemos) -> None:
    demo = driven(open_demos(Resampling(view="stamps", position=1)), NAME)
    demo.root.get_by_role("checkbox", name="Predict").check()
    sums = demo.root.locator(".rest .cell:is(.output, .waiting) text")
    # Three of the last stamps are yet to fall, and the newest is not to be read.
    assert [words for words in sums.all_text_contents() if words] == [*"36???0000"]
    expect(demo.root.locator(".course-equation")).to_have_text("stamp 2 = 1 · (1, 2, 1) = ?")
    demo.root.get_by_label("Your prediction for z₃, once stamp 2 is down").fill("1")
    demo.press("Enter")
    expect(demo.root.locator(".course-verdict")).to_contain_text("You said 1; it is 4")
    assert [words for words in sums.all_text_contents() if words] == [*"364210000"]
    demo.root.get_by_role("button", name="One stamp on").click()
    demo.painted()
    assert demo.get("guess") is None
    expect(demo.root.get_by_label("Your prediction for z₅, once stamp 3 is down")).to_be_visible()


def test_a_drawing_is_drawn_on_by_key_and_by_hand_where_it_has_moved_to(
    open_demos: OpenDemos,
) -> None:
    demo = driven(open_demos(Resampling(source="drawing")), NAME)
    demo.root.get_by_role("button", name="blank").click()
    paper = demo.root.get_by_role("application", name="Drawing, 16 by 16")
    demo.tab_to(paper)
    demo.press("ArrowDown", "ArrowRight", "Space")
    assert demo.get("drawing")[1][1] == 1
    assert demo.get("output")[0][0] == 255
    # Moved to the right, a pixel of the picture is the one to its left of the drawing.
    demo.set(shift_right=1)
    box = paper.bounding_box()
    assert box is not None
    cell = box["width"] / 16
    demo.page.mouse.click(box["x"] + 5.5 * cell, box["y"] + 3.5 * cell)
    demo.painted()
    assert demo.get("drawing")[3][4] == 1
    demo.root.get_by_role("radio", name="checkerboard").check(force=True)
    expect(demo.root.locator(".panel-name").first).to_have_text("Input x, 16 × 16")
    assert demo.problems() == []


def test_an_own_image_is_read_and_a_bad_one_refused_in_words(open_demos: OpenDemos) -> None:
    demo = driven(open_demos(Resampling(), scheme="file"), NAME)
    demo.root.get_by_role("radio", name="own", exact=True).click(force=True)
    assert any("There is no image yet" in problem for problem in demo.problems())
    assert demo.get("source") == "photograph"
    field = demo.root.locator("input[type=file]")
    red = {"name": "red.png", "mimeType": "image/png", "buffer": picture(300, 200, "red")}
    field.set_input_files([red])
    expect(demo.root.locator(".own-said")).to_contain_text("scaled to 64 × 64, in grey")
    assert demo.traits("source", "own") == {"source": "own", "own": [[76] * 64] * 64}
    assert demo.get("output") == [[76] * 32] * 32
    expect(demo.root.get_by_text("A link cannot hold your own image")).to_be_visible()
    for name, kind, content, said in (
        ("notes.txt", "text/plain", b"no image", "is no image"),
        ("broken.png", "image/png", b"\x89PNG", "cannot be read"),
    ):
        field.set_input_files([{"name": name, "mimeType": kind, "buffer": content}])
        expect(demo.root.locator(".course-problem:visible")).to_contain_text(said)
        assert demo.get("own") == [[76] * 64] * 64
    demo.root.get_by_role("radio", name="stamps").check(force=True)
    expect(field).to_be_hidden()


def test_bad_input_is_refused_in_words_and_the_last_state_stays(open_demos: OpenDemos) -> None:
    demo = driven(open_demos(Resampling(view="stamps")), NAME)
    before = demo.get("output")
    for name, typed, said in (
        ("kernel", "1, two", "“two” is not a number"),
        ("signal", "", "0 values: give 1 to 12"),
        ("Stride", "5", "5 is not between 1 and 4"),
    ):
        field = demo.root.get_by_label(name, exact=True)
        field.fill(typed)
        demo.press("Enter")
        assert any(said in problem for problem in demo.problems()), demo.problems()
        demo.set(position=0)
    demo.root.get_by_label("signal", exact=True).fill("1 1 1 1 1 1 1 1 1 1 1")
    demo.press("Enter")
    demo.root.get_by_label("Stride", exact=True).fill("3")
    demo.press("Enter")
    assert any("there is room for 24" in problem for problem in demo.problems())
    assert demo.get("stride") == 2
    assert before != demo.get("output")


def test_the_snippets_run_and_print_the_demo_s_numbers(open_demos: OpenDemos) -> None:
    demo = driven(open_demos(Resampling(shift_right=1)), NAME)
    states: list[dict[str, Any]] = [
        *({"view": "down", "down": name, "shift_down": -1} for name in DOWN),
        *({"view": "up", "up": name, "source": "numbers", "stride": 4} for name in UP),
        *({"view": "checkerboard", "spread": name, "source": "pattern"} for name in SPREAD),
        {"view": "stamps", "signal": [1, 2.5, 3, 4], "round_trip": True},
        {"view": "stamps", "kernel": [1, -2, 0.5, 1], "padding": 1, "round_trip": False},
    ]
    codes, outputs = [], []
    for state in states:
        demo.set(row=0, column=0, stride=2, **state) if "stride" not in state else demo.set(**state)
        assert demo.problems() == []
        codes.append(demo.code())
        outputs.append(demo.get("output"))
    for found, output in zip(printed_by("\n".join(codes)), outputs, strict=True):
        assert torch.allclose(torch.tensor(found).double(), torch.tensor(output).double())


def test_a_copied_link_opens_the_same_state_elsewhere(open_demos: OpenDemos) -> None:
    permissions = ["clipboard-read", "clipboard-write"]
    demo = driven(open_demos(Resampling(), permissions=permissions), NAME)
    demo.set(view="up", up="bilinear", stride=4, show="difference", row=7)
    demo.root.get_by_role("button", name="Copy link").click()
    expect(demo.root.get_by_role("button", name="Copied")).to_be_visible()
    link = demo.page.evaluate("navigator.clipboard.readText()")
    other = driven(open_demos(Resampling(), fragment=link[link.index("#") :]), NAME)
    names = ("view", "up", "stride", "show", "row", "output")
    assert other.traits(*names) == demo.traits(*names)
    assert other.problems() == []


@EVERY_SCREEN
def test_it_is_accessible_with_all_that_it_can_show(
    open_demos: OpenDemos, theme: str, width: int
) -> None:
    demo = driven(open_demos(Resampling(shift_right=1), theme=theme, width=width), NAME)
    demo.open_code()
    for change in (
        {"show": "difference"},
        {"source": "numbers", "predict": True},
        {"view": "stamps", "signal": [1.25] * 12, "stride": 1, "kernel": [-2.5] * 5},
        {"predict": False, "source": "drawing", "view": "down"},
        {"source": "own", "own": [[100] * 64] * 64, "view": "up"},
        {"view": "checkerboard", "numbers": [list(row) for row in GRID]},
    ):
        demo.set(**change)
        assert violations(demo.page) == [], change
        assert overflow(demo.page) <= 0, change
