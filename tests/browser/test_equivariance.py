"""The demo in a page: it computes what torch computes, by hand, by key and by link."""

from __future__ import annotations

import json
import subprocess
import sys
from random import Random
from typing import Any

import pytest
import torch
from playwright.sync_api import Locator, expect

from course_lib.demos import Equivariance
from course_lib.demos.equivariance import BORDERS, FUNCTIONS, HEADS, KERNELS
from tests.browser.demo_page import Driven, OpenDemos, driven
from tests.browser.screens import EVERY_SCREEN
from tests.browser.watch import overflow, violations

pytestmark = pytest.mark.browser

SIGNAL = [5.2, 5.3, 5.4, 5.1, 10.1, 10.3, 9.9, 10.3, 3.2, 3.4, 3.3, 3.1]


def random_states(count: int) -> list[dict[str, Any]]:
    random = Random(0)
    states = []
    for _ in range(count):
        dimensions = random.choice([1, 2])
        side = random.choice([8, 12])
        weights = [round(random.uniform(-3, 3), 2) for _ in range(9)]
        transforms = ["translate", "scale", "permute", *(["rotate"] if dimensions == 2 else [])]
        states.append(
            {
                # First to where every transformation and either dimension is possible.
                "transform": "translate",
                "dimensions": dimensions,
                "signal": [random.uniform(-9, 9) for _ in range(random.choice([8, 12, 24, 32]))],
                "image": [random.randint(0, 9) for _ in range(side * side)],
                "shift": random.randint(-16, 16),
                "down": random.randint(-16, 16),
                "angle": random.choice([0, 90, -90, 180, random.randint(-180, 180)]),
                "scale": random.randint(50, 200),
                "permutation": random.randint(1, 99),
                "function": random.choice(FUNCTIONS),
                "kernel": random.choice(KERNELS),
                "weights": random.choice([[], weights[:3] if dimensions == 1 else weights]),
                "head": random.choice(HEADS),
                "border": random.choice(BORDERS),
            }
        )
        states.append({**states[-1], "transform": random.choice(transforms)})
    return states


@pytest.mark.parametrize("scheme", ["http", "file"])
def test_both_orders_equal_torch_in_random_states(open_demos: OpenDemos, scheme: str) -> None:
    demo = driven(open_demos(Equivariance(), scheme=scheme), "equivariance")
    states = random_states(25)
    found = demo.in_each(states, "output", "expected", "difference")
    for state, seen in zip(states, found, strict=True):
        there = Equivariance(**state)
        assert seen["complaints"] == "", state
        assert seen["whole"], state
        assert close(seen["output"], there.output), state
        assert close(seen["expected"], there.expected), state
        if there.difference is None:
            assert seen["difference"] is None
        else:
            assert seen["difference"] == pytest.approx(there.difference, abs=1e-6)


def close(a: list[float], b: list[float]) -> bool:
    first, second = (torch.tensor(v, dtype=torch.float64) for v in (a, b))
    return first.shape == second.shape and torch.allclose(first, second, rtol=0, atol=1e-6)


def panel(demo: Driven, name: str) -> Locator:
    return demo.root.locator(f".panel[data-panel={name}] .panel-picture")


def drag(demo: Driven, target: Locator, right: float, down: float) -> None:
    target.scroll_into_view_if_needed()
    box = target.bounding_box()
    assert box is not None
    x, y = box["x"] + box["width"] / 2, box["y"] + box["height"] / 2
    demo.page.mouse.move(x, y)
    demo.page.mouse.down()
    demo.page.mouse.move(x + right, y + down, steps=6)
    demo.page.mouse.up()
    demo.painted()


def test_the_moved_signal_is_dragged_and_a_value_too(open_demos: OpenDemos) -> None:
    demo = driven(open_demos(Equivariance(signal=SIGNAL, shift=0)), "equivariance")
    box = panel(demo, "moved").bounding_box()
    assert box is not None
    drag(demo, panel(demo, "moved"), 3 * box["width"] / 12, 30)
    assert demo.traits("shift", "down") == {"shift": 3, "down": 0}
    drag(demo, demo.root.locator(".handles [data-index='6']"), 0, -15)
    assert demo.get("signal")[6] > 10
    assert demo.get("shift") == 3


def test_an_image_is_drawn_on_and_moved(open_demos: OpenDemos) -> None:
    blank = Equivariance(dimensions=2, image=[0] * 64, shift=0)
    demo = driven(open_demos(blank), "equivariance")
    box = panel(demo, "x").bounding_box()
    assert box is not None
    cell = box["width"] / 8
    drag(demo, panel(demo, "x"), 2 * cell, 0)
    image = demo.get("image")
    assert [i for i, level in enumerate(image) if level == 9] == [36, 37, 38]
    drag(demo, panel(demo, "moved"), -2 * cell, 3 * cell)
    assert demo.traits("shift", "down") == {"shift": -2, "down": 3}


def test_a_weight_of_the_kernel_is_dragged_and_typed(open_demos: OpenDemos) -> None:
    image = [(i * 37) % 10 for i in range(64)]
    state = {"dimensions": 2, "image": image, "transform": "rotate", "border": "circular"}
    demo = driven(open_demos(Equivariance(**state)), "equivariance")
    named = demo.root.get_by_role("button", name="gaussian")
    expect(named).to_have_attribute("aria-pressed", "true")
    assert demo.get("difference") < 1e-9
    drag(demo, demo.root.locator(".weights [data-index='5'] .box"), 0, -50)
    weights = demo.get("weights")
    assert [i for i, w in enumerate(weights) if w > 1] == [5]
    expect(named).to_have_attribute("aria-pressed", "false")
    expect(demo.root.locator(".course-facts")).to_contain_text("your 3 × 3 weights")
    there = Equivariance(**state, weights=weights)
    assert there.difference is not None
    assert there.difference > 1
    assert demo.get("difference") == pytest.approx(there.difference, abs=1e-6)
    demo.tab_to(demo.root.get_by_role("slider", name="weight in row 2, column 3"))
    demo.press("ArrowLeft", "ArrowLeft", "Enter")
    demo.page.keyboard.type("0,5")
    demo.press("Enter")
    assert "0.5" in demo.root.locator(".course-typing-problem").inner_text()
    demo.page.keyboard.press("Control+A")
    demo.page.keyboard.type("-2/3")
    demo.press("Enter")
    assert demo.get("weights")[3] == pytest.approx(-2 / 3)
    demo.set(weights=[1, 2, 3, 4])
    assert "it takes 9, or none for the named one" in demo.problems()[0]
    assert len(demo.get("weights")) == 9
    named.click()
    assert demo.get("weights") == []


def test_everything_is_reached_and_done_by_key(open_demos: OpenDemos) -> None:
    demo = driven(open_demos(Equivariance(dimensions=2, image=[0] * 64, shift=0)), "equivariance")
    demo.tab_to(panel(demo, "x"))
    demo.press("ArrowRight", "ArrowDown", "Space")
    assert demo.get("image").index(9) == 9
    demo.tab_to(panel(demo, "moved"))
    demo.press("ArrowRight", "ArrowRight", "ArrowUp")
    assert demo.traits("shift", "down") == {"shift": 2, "down": -1}
    demo.tab_to(panel(demo, "difference"))
    demo.press("ArrowRight", "ArrowRight", "ArrowDown")
    assert demo.get("place") == 9
    expect(demo.root.locator(".course-reading")).to_contain_text("At row 2, column 2: f[t[x]] =")
    demo.press("Escape")
    assert demo.get("place") is None
    demo.tab_to(demo.root.get_by_role("radio", name="translate"))
    demo.press("ArrowRight")
    assert demo.get("transform") == "rotate"
    demo.tab_to(demo.root.get_by_role("spinbutton", name="Degrees"))
    demo.press("ArrowDown")
    assert demo.get("angle") == 89
    demo.tab_to(demo.root.get_by_role("button", name="classifier"))
    demo.press("Enter")
    assert demo.get("function") == "classifier"
    demo.tab_to(demo.root.get_by_role("radio", name="flatten"))
    demo.press("ArrowRight")
    assert demo.get("head") == "pool"
    demo.tab_to(demo.root.get_by_role("button", name="Reset"))
    demo.press("Enter")
    assert demo.traits("function", "transform", "shift") == {
        "function": "convolution",
        "transform": "translate",
        "shift": 0,
    }
    expect(demo.root.locator(".course-announcer")).to_contain_text("Reset")


def test_bad_input_is_refused_in_words_and_changes_nothing(open_demos: OpenDemos) -> None:
    demo = driven(open_demos(Equivariance(signal=SIGNAL)), "equivariance")
    before = demo.traits("signal", "shift", "output")
    field = demo.root.get_by_role("textbox", name="Signal x")
    for typed, words in (
        ("1 2 3", "3 values: give 8 to 32"),
        ("1 2 3 4 5 6 7 8 9", "The signal has 9 values; it takes an even number"),
        ("1 2 3 4 5 6 7 x", "is not a number"),
    ):
        field.fill(typed)
        field.press("Enter")
        assert words in demo.problems()[0]
    demo.root.get_by_role("spinbutton", name="Right").fill("40")
    demo.press("Enter")
    assert "between -16 and 16" in demo.problems()[0]
    demo.set(transform="rotate")
    assert "one axis" in demo.problems()[0]
    assert demo.traits("signal", "shift", "output") == before


def test_a_link_opens_its_state(open_demos: OpenDemos) -> None:
    link = "#demo=equivariance&function=stride-2&border=circular&shift=3&signal=" + ",".join(
        map(str, SIGNAL)
    )
    demo = driven(open_demos(Equivariance(), fragment=link), "equivariance")
    expect(demo.root.locator(".course-sentence")).to_contain_text(
        "A shift of 3 in would be one of 1.5 out"
    )
    assert demo.get("difference") > 0.1


def test_the_snippets_run_as_they_stand_and_print_the_demo_s_numbers(
    open_demos: OpenDemos,
) -> None:
    image = [(i * 37) % 10 for i in range(64)]
    flat = [
        {"function": "convolution", "border": "zeros", "shift": 3},
        {"function": "stride-2", "border": "circular", "shift": 3},
        {"function": "max-pool", "transform": "scale", "scale": 130, "border": "circular"},
        {"function": "fully-connected", "transform": "permute", "permutation": 5},
        {"function": "segmenter", "transform": "scale", "scale": 70, "border": "zeros"},
        {"function": "classifier", "transform": "translate", "head": "pool"},
    ]
    deep = [
        {"function": "convolution", "transform": "rotate", "angle": 33, "border": "circular"},
        {"function": "segmenter", "transform": "rotate", "angle": 90, "border": "zeros"},
        {"function": "mean-pool", "transform": "permute"},
        {"function": "stride-2", "transform": "permute"},
        {"transform": "translate", "weights": [1, 0, -1, 0.5, 2, 0, 0, 0, 3], "shift": 2},
        {"function": "classifier", "transform": "translate", "head": "flatten", "shift": 9},
        {"function": "max-pool", "down": -3, "border": "zeros"},
    ]
    programs, wanted = [], []
    for dimensions, changes in ((1, flat), (2, deep)):
        made = Equivariance(dimensions=dimensions, signal=SIGNAL, image=image)
        demo = driven(open_demos(made), "equivariance")
        for change in changes:
            demo.set(**change)
            programs.append(demo.code())
            expected = demo.get("expected")
            wanted.append([demo.get("output"), *([expected] if expected else [])])
    # One process for all: importing torch is what takes long.
    whole = "\nprint('next')\n".join(programs)
    done = subprocess.run(
        [sys.executable, "-c", whole], capture_output=True, text=True, timeout=200
    )
    assert done.returncode == 0, done.stderr
    printed = [
        [json.loads(line) for line in block.splitlines()] for block in done.stdout.split("next\n")
    ]
    for code, found, values in zip(programs, printed, wanted, strict=True):
        assert len(found) == len(values), code
        for a, b in zip(found, values, strict=True):
            assert close(a, b), code


STATES: list[dict[str, Any]] = [
    {},
    {"border": "circular", "shift": 5, "place": 3},
    {"function": "fully-connected", "transform": "permute"},
    {"function": "max-pool", "transform": "permute"},
    {"dimensions": 2, "function": "convolution", "transform": "translate", "down": 4},
    {"kernel": "derivative", "place": 100},
    {"weights": [0.25, -1, 1 / 3, 0, 10.25, -12.5, 2, 1, -100]},
    {"transform": "rotate", "angle": 30},
    {"function": "classifier"},
]


@EVERY_SCREEN
def test_it_is_accessible_in_every_state(open_demos: OpenDemos, theme: str, width: int) -> None:
    page = open_demos(Equivariance(), theme=theme, width=width)
    demo = driven(page, "equivariance")
    demo.open_code()
    for state in STATES:
        demo.set(**state)
        assert demo.problems() == []
        assert violations(page) == [], state
        assert overflow(page) <= 0, state


def test_the_first_frame_needs_no_script(open_demos: OpenDemos) -> None:
    page = open_demos(Equivariance(), Equivariance(anchor="image", dimensions=2))
    blocked = page.context.new_page()
    blocked.route("**/static/book/*.js", lambda route: route.abort())
    blocked.goto(page.url)
    assert blocked.locator("[data-ready]").count() == 0
    assert blocked.locator("#image .cells path[d]").count() > 3
    assert violations(blocked) == []
    assert overflow(blocked) <= 0
