"""The stack in a page: torch's numbers, by key, by hand and by link, and bad input refused."""

from __future__ import annotations

from random import Random
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from course_lib.demos import ResidualDepth
from course_lib.demos.residual_depth import ACTIVATIONS, INITIALISATIONS
from tests.browser.demo_page import Driven, OpenDemos, driven, lines_printed_by
from tests.browser.screens import EVERY_SCREEN
from tests.browser.test_convolution_1d_by_hand import drag_with_finger, drag_with_mouse
from tests.browser.watch import overflow, violations

pytestmark = pytest.mark.browser

NAME = "residual-depth"
STACK = ("depth", "width", "skip", "batch_norm", "initialisation", "activation", "seed")


def opened(open_demos: OpenDemos, **traits: Any) -> Driven:
    return driven(open_demos(ResidualDepth(**traits)), NAME)


def random_states(count: int) -> list[dict[str, Any]]:
    random = Random(11)
    states = []
    for _ in range(count):
        depth = random.choice([1, 2, 7, 20, 50])
        states.append(
            {
                "depth": depth,
                "layer": random.randint(0, depth),
                "removed": random.choice([0, random.randint(1, depth)]),
                "width": random.randint(2, 12),
                "skip": random.random() < 0.5,
                "batch_norm": random.random() < 0.5,
                "initialisation": random.choice(INITIALISATIONS),
                "activation": random.choice(ACTIVATIONS),
                "seed": random.randint(0, 999),
                "compare": random.random() < 0.5,
            }
        )
    return states


def test_sizes_equal_torch_in_random_states_and_from_disk(open_demos: OpenDemos) -> None:
    demo = driven(open_demos(ResidualDepth(), scheme="file"), NAME)
    states = random_states(25)
    found = demo.in_each(states, "activations", "gradients", "loss", "change")
    for state, seen in zip(states, found, strict=True):
        there = ResidualDepth(**state)
        for name in ("activations", "gradients", "loss"):
            assert seen[name] == pytest.approx(getattr(there, name), rel=1e-5, abs=0), state
        if there.change is None:
            assert seen["change"] is None
        else:
            assert seen["change"] == pytest.approx(there.change, rel=1e-5), state
        assert seen["whole"], state
        assert seen["complaints"] == "", state


def test_a_reader_with_a_keyboard_predicts_switches_and_takes_a_layer_out(
    open_demos: OpenDemos,
) -> None:
    demo = opened(open_demos, predict=True)
    waits = demo.root.locator(".waits").nth(1)
    expect(waits).to_be_visible()
    demo.tab_to(demo.root.get_by_role("radio", name="shrinks"))
    demo.press("Tab", "Enter")
    assert demo.get("guess") == "shrinks"
    expect(demo.root.locator(".course-verdict")).to_contain_text("You said so.")
    expect(waits).to_be_hidden()
    demo.tab_to(demo.root.get_by_role("checkbox", name="Skips: h + f[h]"))
    demo.press(" ")
    assert demo.traits("skip", "guess") == {"skip": True, "guess": None}
    slider = demo.root.get_by_role("slider", name="Layer that is read")
    demo.tab_to(slider)
    demo.press("ArrowRight", "ArrowRight")
    assert demo.get("layer") == 12
    demo.press("End")
    assert demo.get("layer") == 30
    demo.press("Home", "ArrowRight")
    button = demo.root.get_by_role("button", name="Take layer 1 out")
    demo.tab_to(button)
    demo.press("Enter")
    assert demo.get("removed") == 1
    assert demo.get("change") > 0
    demo.press("Enter")
    assert demo.get("removed") == 0


@pytest.mark.parametrize("drag", [drag_with_mouse, drag_with_finger])
def test_the_layer_follows_a_drag(open_demos: OpenDemos, drag: Any) -> None:
    page = open_demos(ResidualDepth(), has_touch=True)
    demo = driven(page, NAME)
    hit = demo.root.locator(".hit")
    hit.scroll_into_view_if_needed()
    box = hit.bounding_box()
    assert box is not None
    pitch = (box["width"] - 24) / 30
    start = (box["x"] + 12 + 5 * pitch, box["y"] + box["height"] / 2)
    drag(demo, start, 10 * pitch, 0)
    assert demo.get("layer") == 15


def test_presets_and_links_bring_states_about(open_demos: OpenDemos) -> None:
    demo = opened(open_demos, compare=True)
    demo.root.get_by_role("button", name="one out, residual").click()
    assert demo.traits("skip", "batch_norm", "removed", "layer") == {
        "skip": True,
        "batch_norm": True,
        "removed": 10,
        "layer": 10,
    }
    demo.page.evaluate(
        "location.hash = '#demo=residual-depth&activation=%22tanh%22&depth=5&layer=5'"
    )
    demo.painted()
    assert demo.traits("activation", "depth", "removed") == {
        "activation": "tanh",
        "depth": 5,
        "removed": 0,
    }
    demo.root.get_by_role("button", name="Reset").click()
    demo.painted()
    assert demo.get("depth") == 30


def test_bad_input_is_refused_beside_its_control(open_demos: OpenDemos) -> None:
    demo = driven(open_demos(ResidualDepth(), watched=False), NAME)
    before = demo.traits(*STACK)
    field = demo.root.get_by_role("spinbutton", name="Layers")
    for typed in ("0", "51", "many"):
        field.fill(typed)
        field.press("Enter")
        assert demo.problems(), typed
        assert demo.traits(*STACK) == before
    demo.set(layer=99)
    assert demo.problems() == ["The layer is 99; it is a whole number from 0 to 30."]
    assert demo.get("layer") == 10


@pytest.mark.parametrize(
    "traits",
    [
        {"depth": 6, "removed": 2},
        {"depth": 4, "skip": True, "batch_norm": True, "activation": "tanh", "width": 3},
        {"depth": 3, "skip": True, "removed": 3, "initialisation": "He", "activation": "none"},
    ],
)
def test_the_snippet_runs_and_prints_the_demos_numbers(
    open_demos: OpenDemos, traits: dict[str, Any]
) -> None:
    demo = opened(open_demos, layer=0, **traits)
    rows = [[float(word) for word in line.split()] for line in lines_printed_by(demo.code())]
    assert [row[0] for row in rows] == pytest.approx(demo.get("activations"), rel=1e-5)
    assert [row[1] for row in rows] == pytest.approx(demo.get("gradients"), rel=1e-5)


def accessible(page: Page, what: str) -> None:
    assert violations(page) == [], what
    assert overflow(page) <= 0, what


@EVERY_SCREEN
def test_it_is_accessible_in_states_that_differ(
    open_demos: OpenDemos, theme: str, width: int
) -> None:
    page = open_demos(ResidualDepth(predict=True), theme=theme, width=width)
    demo = driven(page, NAME)
    accessible(page, "waiting for a prediction")
    demo.set(predict=False, compare=True, depth=50, skip=True, removed=7)
    demo.root.locator(".course-terms summary").click()
    demo.open_code()
    accessible(page, "deep, with all numbers and its code")
    demo.root.get_by_role("spinbutton", name="Seed").fill("x")
    demo.press("Enter")
    accessible(page, "complaining")
