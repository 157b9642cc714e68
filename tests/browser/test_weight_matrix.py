"""The layer in a page: it computes what torch computes, and all its copies move together."""

from __future__ import annotations

from random import Random
from typing import Any

import pytest
from playwright.sync_api import expect

from course_lib.convolution import PADDINGS
from course_lib.demos import WeightMatrix
from course_lib.demos.weight_matrix import ACTIVATIONS, KINDS
from tests.browser.demo_page import Driven, OpenDemos, driven, printed_by
from tests.browser.screens import EVERY_SCREEN
from tests.browser.test_convolution_1d_by_hand import (
    drag_with_finger,
    drag_with_mouse,
    middle,
)
from tests.browser.watch import overflow, violations
from tests.demos.states import outputs
from tests.demos.test_weight_matrix import oracle

pytestmark = pytest.mark.browser

NAME = "weight-matrix"

EQUATION = """{
  worked: [...root.querySelectorAll(".course-equation")].at(-1).textContent,
  code: root.querySelector(".course-code code").textContent,
}"""


@pytest.fixture
def demo(open_demos: OpenDemos) -> Driven:
    return driven(open_demos(WeightMatrix(unit=2)), NAME)


def random_states(count: int) -> list[dict[str, Any]]:
    """Return possible states of both kinds, with whole lists of weights now and then."""
    random = Random(4)
    states: list[dict[str, Any]] = []
    while len(states) < count:
        length = random.choice([2, 3, 6, 10])
        state: dict[str, Any] = {
            "kind": random.choice(KINDS),
            "weights": [],
            "biases": [],
            "signal": [round(random.uniform(-9, 9), 2) for _ in range(length)],
            "kernel": [round(random.uniform(-2, 2), 2) for _ in range(random.randint(1, 7))],
            "bias": round(random.uniform(-3, 3), 2),
            "stride": random.randint(1, 4),
            "dilation": random.randint(1, 4),
            "padding": random.choice(PADDINGS),
            "activation": random.choice(ACTIVATIONS),
        }
        if not (units := outputs(state)):
            continue
        if random.random() < 0.3:
            state["weights"] = [round(random.uniform(-1, 1), 2) for _ in range(length**2)]
            state["biases"] = [round(random.uniform(-1, 1), 2) for _ in range(length)]
        state["unit"] = random.randrange(length if state["kind"] == KINDS[0] else units)
        states.append(state)
    return states


@pytest.mark.parametrize("scheme", ["http", "file"])
def test_outputs_equations_and_snippets_are_torch_s_in_random_states(
    open_demos: OpenDemos, scheme: str
) -> None:
    demo = driven(open_demos(WeightMatrix(), scheme=scheme), NAME)
    states = random_states(20 if scheme == "http" else 10)
    codes = []
    demo.open_code()
    for state, seen in zip(states, demo.in_each(states, "output", also=EQUATION), strict=True):
        expected = oracle(state).tolist()
        assert seen["output"] == pytest.approx(expected, abs=1e-6), state
        assert seen["whole"], state
        assert seen["complaints"] == "", state
        shown = float(seen["worked"].split(" ")[-1].replace("−", "-"))
        assert shown == pytest.approx(expected[state["unit"]], abs=0.00501), state
        codes.append(seen["code"])
    if scheme == "file":
        return
    printed = printed_by("\n".join(codes))  # one process: starting torch takes a second
    for state, line in zip(states, printed, strict=True):
        assert line == pytest.approx(oracle(state).tolist(), abs=1e-9), state


def cell(demo: Driven, row: int, column: int) -> Any:
    """Return the cell of an entry of the matrix."""
    columns = len(demo.get("signal"))
    return demo.root.locator(f".entries [data-index='{row * columns + column}']")


@pytest.mark.parametrize("pointer", ["mouse", "finger"])
def test_a_dragged_weight_takes_its_whole_diagonal_along(
    open_demos: OpenDemos, pointer: str
) -> None:
    drag = {"mouse": drag_with_mouse, "finger": drag_with_finger}[pointer]
    demo = driven(open_demos(WeightMatrix(), has_touch=pointer == "finger"), NAME)
    target = cell(demo, 3, 3)
    target.scroll_into_view_if_needed()
    drag(demo, middle(target.locator(".fill")), 0, -50)
    assert demo.get("kernel") == [0.5, 2, -0.5]
    assert demo.get("unit") == 3
    for i in range(6):
        expect(cell(demo, i, i).locator(".number")).to_have_text("2")
    expect(demo.root.locator(".entries .kin")).to_have_count(6)
    expect(demo.root.locator(".course-places")).to_contain_text("ω₂ stands in 6 places")


def test_under_stride_a_weight_has_fewer_copies_and_in_a_full_layer_none(demo: Driven) -> None:
    demo.set(stride=2)
    cell(demo, 1, 2).focus()
    demo.press("ArrowUp")
    assert demo.get("kernel") == [0.5, 1.1, -0.5]
    expect(demo.root.locator(".entries .kin")).to_have_count(3)
    demo.set(kind="fully connected", unit=0)
    before = demo.get("output")
    cell(demo, 2, 4).focus()
    demo.press("ArrowUp", "ArrowUp")
    expect(demo.root.locator(".entries .kin")).to_have_count(1)
    assert len(demo.get("weights")) == 36
    changed = [i for i, (a, b) in enumerate(zip(before, demo.get("output"), strict=True)) if a != b]
    assert changed == [2]


def test_everything_is_reached_and_done_by_keyboard(demo: Driven) -> None:
    root = demo.root
    demo.tab_to(root.locator(".inputs [tabindex='0']"))
    demo.press("ArrowRight", "PageUp")
    assert demo.get("signal")[1] == 9
    demo.tab_to(root.locator(".entries [tabindex='0']"))
    demo.press("End", "Enter")
    demo.page.keyboard.type("3/2")
    demo.press("Enter")
    assert demo.get("kernel") == [0.5, 1.5, -0.5]
    assert demo.get("unit") == 5
    demo.tab_to(root.locator(".biases [tabindex='0']"))
    demo.press("ArrowDown", "ArrowDown")
    assert demo.get("bias") == -1.2
    demo.tab_to(root.get_by_role("slider", name="Unit", exact=True))
    demo.press("Home", "ArrowRight")
    assert demo.get("unit") == 1
    demo.tab_to(root.get_by_role("spinbutton", name="Kernel size"))
    demo.press("ArrowUp")
    assert len(demo.get("kernel")) == 4
    demo.tab_to(root.get_by_role("radio", name="zeros"))
    demo.press("ArrowRight")
    assert demo.get("padding") == "valid"
    demo.tab_to(root.get_by_role("radio", name="ReLU"))
    demo.press("ArrowRight")
    assert demo.get("activation") == "tanh"
    demo.tab_to(root.get_by_role("button", name="fully connected"))
    demo.press("Enter")
    assert demo.get("kind") == "fully connected"
    demo.tab_to(root.get_by_role("button", name="Reset"))
    demo.press("Enter")
    assert demo.traits("kind", "kernel", "bias", "unit") == {
        "kind": "convolution",
        "kernel": [0.5, 1, -0.5],
        "bias": -1,
        "unit": 2,
    }
    assert demo.problems() == []


def test_the_counts_and_the_unit_s_sum_follow(demo: Driven) -> None:
    counts = demo.root.locator(".course-counts")
    expect(counts).to_contain_text("36 weights, 6 biases")
    demo.root.get_by_role("spinbutton", name="Inputs").fill("10")
    demo.press("Enter")
    expect(counts).to_contain_text("100 weights, 10 biases110")
    expect(counts).to_contain_text("3 weights, 1 bias4")
    demo.root.locator(".units [data-unit='4'] .square").click()
    assert demo.get("unit") == 4
    expect(demo.root.locator(".course-equation").first).to_have_text(
        "h₅ = ReLU[β + ω₁x₄ + ω₂x₅ + ω₃x₆]"
    )


def test_bad_input_is_explained_beside_its_control_and_changes_nothing(demo: Driven) -> None:
    before = demo.get("output")
    field = demo.root.get_by_role("textbox", name="Bias β")
    field.fill("1, 2")
    demo.press("Enter")
    assert demo.problems() == ["Bias β: a convolution has one, the same for every unit."]
    demo.set(dilation=3)
    demo.root.get_by_role("radio", name="valid").click(force=True)
    assert "spans 7 values" in demo.problems()[0]
    assert demo.get("padding") == "zeros"
    demo.set(dilation=1)
    assert demo.get("output") == before
    demo.set(weights=[1, 2, 3])
    assert "6 inputs need 36" in demo.problems()[0]
    assert demo.get("weights") == []


def test_a_link_opens_its_state(open_demos: OpenDemos) -> None:
    fragment = "#demo=weight-matrix&kind=fully%20connected&unit=4&signal=1,2,3,4,5"
    demo = driven(open_demos(WeightMatrix(), fragment=fragment), NAME)
    assert demo.traits("kind", "unit", "signal") == {
        "kind": "fully connected",
        "unit": 4,
        "signal": [1, 2, 3, 4, 5],
    }
    assert demo.problems() == []


@EVERY_SCREEN
def test_it_is_accessible_in_every_state(open_demos: OpenDemos, theme: str, width: int) -> None:
    page = open_demos(WeightMatrix(), theme=theme, width=width)
    demo = driven(page, NAME)
    crowded = {"signal": [-99.99, 50.5] * 5, "kernel": [-9.75] * 7, "padding": "reflect"}
    demo.set(kind="fully connected", signal=crowded["signal"], weights=[-9.75] * 100)
    assert overflow(page) <= 0
    demo.set(kind="convolution", **crowded)
    cell(demo, 0, 0).focus()
    demo.press("Enter")
    demo.page.keyboard.type("x")
    demo.press("Enter")
    demo.open_code()
    assert violations(page) == []
    assert overflow(page) <= 0
    box = demo.root.locator(".entries .fill").first.bounding_box()
    assert box is not None
    assert min(box["width"] + 3, box["height"] + 3) >= 24


def test_the_result_is_announced_and_a_key_costs_little(demo: Driven) -> None:
    region = demo.root.locator("[aria-live=polite][role=status]").first
    cell(demo, 2, 2).focus()
    demo.press("ArrowUp")
    expect(region).to_have_text("unit 3 of 6: sum 6.6, output 6.60", timeout=3000)
    demo.set(signal=[1.0] * 10, kind="fully connected")
    costs = demo.root.evaluate(
        """async (root) => {
          const costs = [];
          const target = root.querySelector(".entries [tabindex='0']");
          target.focus();
          for (let i = 0; i < 40; i++) {
            await new Promise((done) => requestAnimationFrame(() => setTimeout(done)));
            const began = performance.now();
            const key = i % 2 ? "ArrowDown" : "ArrowUp";
            target.dispatchEvent(new KeyboardEvent("keydown", { key, bubbles: true }));
            costs.push(performance.now() - began);
          }
          return costs.sort((a, b) => a - b);
        }"""
    )
    print("milliseconds of a key:", costs[20], costs[37])
    assert costs[20] < 15  # generous: other processes run beside this one
