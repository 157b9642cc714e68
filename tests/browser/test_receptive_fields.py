"""Chapter 6's demos in a page: computed as torch does, driven by key and hand, readable by all."""

from __future__ import annotations

from random import Random
from typing import Any

import pytest
import torch
from playwright.sync_api import expect

from course_lib.demos import ComposeKernels, ReceptiveField
from course_lib.demos.demo import Demo
from tests.browser.demo_page import Driven, OpenDemos, driven, printed_by
from tests.browser.screens import EVERY_SCREEN
from tests.browser.watch import overflow, violations
from tests.demos.stacks import lengths_of

pytestmark = pytest.mark.browser

TALL = {"length": 40, "layers": [[3, 2, 1, 0]] * 3, "unit": [3, 3], "input": [39]}


def stack(open_demos: OpenDemos, **options: Any) -> Driven:
    demo = ReceptiveField(unit=[3, 4], input=[6])
    return driven(open_demos(demo, **options), "receptive-field")


def composition(open_demos: OpenDemos, **options: Any) -> Driven:
    return driven(open_demos(ComposeKernels(tap=2), **options), "compose-kernels")


def random_stacks(count: int) -> list[dict[str, Any]]:
    random = Random(6)
    states: list[dict[str, Any]] = []
    while len(states) < count:
        layers = [
            [random.randint(1, 5), random.randint(1, 3), random.randint(1, 3), random.randint(0, 3)]
            for _ in range(random.randint(1, 5))
        ]
        state = {"layers": layers, "length": random.randint(1, 40)}
        if lengths := lengths_of(state):
            row = random.randint(1, len(layers))
            unit = [row, random.randrange(lengths[row])]
            states.append(state | {"unit": unit, "input": [random.randrange(lengths[0])]})
    return states


def test_paths_fields_and_reach_are_torch_s_in_random_states(open_demos: OpenDemos) -> None:
    states = random_stacks(60)
    names = ["output", "read", "reached", "sizes", "jumps", "starts", "lengths"]
    demo = stack(open_demos, scheme="file")
    for state, seen in zip(states, demo.in_each(states, *names), strict=True):
        expected = ReceptiveField(**state)
        assert seen["output"] == expected.reference().tolist(), state
        for name in names[1:]:
            assert seen[name] == getattr(expected, name), (name, state)
        assert seen["whole"], state
        assert seen["complaints"] == "", state


def test_both_ways_through_kernels_are_torch_s_in_random_states(open_demos: OpenDemos) -> None:
    random = Random(7)

    def weights(least: int, most: int) -> list[float]:
        return [random.uniform(-2, 2) for _ in range(random.randint(least, most))]

    states = [
        {
            "signal": weights(13, 32),
            "first": weights(1, 5),
            "second": weights(1, 5),
            "third": weights(0, 5),
            "padding": random.choice(["valid", "zeros"]),
            "relu": random.random() < 0.5,
        }
        for _ in range(60)
    ]
    demo = composition(open_demos)
    found = demo.in_each(states, "output", "direct")
    for state, seen in zip(states, found, strict=True):
        expected = ComposeKernels(**state)
        for name, reference in (
            ("output", expected.reference()),
            ("direct", expected.direct_reference()),
        ):
            values = torch.tensor(seen[name], dtype=torch.float64)
            assert torch.allclose(values, reference, rtol=0, atol=1e-6), (name, state)
        assert seen["whole"], state
        assert seen["complaints"] == "", state


def test_a_unit_and_an_input_are_pointed_at_by_key(open_demos: OpenDemos) -> None:
    demo = stack(open_demos)
    unit = demo.root.get_by_role("slider", name="Unit pointed at")
    demo.tab_to(unit)
    demo.press("ArrowRight")
    assert demo.get("unit") == [3, 5]
    demo.press("ArrowUp")
    assert demo.get("unit") == [2, 6]
    expect(unit).to_have_attribute("aria-valuetext", "Unit 7 of layer 2 reads 5 inputs, 7 to 11.")
    demo.press("Home", "ArrowLeft", "ArrowDown", "ArrowDown", "End")
    assert demo.get("unit") == [3, 8]
    demo.press("Escape")
    assert demo.get("unit") == []
    demo.press("Enter")
    assert demo.get("unit") == [3, 4]
    demo.tab_to(demo.root.get_by_role("slider", name="Input pointed at"))
    demo.press("ArrowRight", "End")
    assert demo.get("input") == [14]
    expect(demo.root.locator(".reach")).to_have_text("Input 15 reaches 1 of 9 units of layer 3: 9.")
    announced = demo.root.get_by_role("status")
    expect(announced).to_contain_text("Input 15 reaches 1 of 9")


def test_a_unit_and_an_input_are_pointed_at_by_hand(open_demos: OpenDemos) -> None:
    demo = stack(open_demos)

    def at(kind: str, index: int) -> tuple[float, float]:
        mark = demo.root.locator(f".dots .{kind}").nth(index).bounding_box()
        assert mark is not None
        return mark["x"] + mark["width"] / 2, mark["y"] + mark["height"] / 2

    demo.page.mouse.click(*at("unit", 0))
    assert demo.get("unit") == [1, 0]
    demo.page.mouse.click(*at("unit", 0))
    assert demo.get("unit") == []
    demo.page.mouse.move(*at("input", 2))
    demo.page.mouse.down()
    demo.page.mouse.move(*at("input", 9), steps=5)
    demo.page.mouse.up()
    demo.painted()
    assert demo.get("input") == [9]
    assert demo.get("unit") == []


def test_layers_are_added_changed_and_removed(open_demos: OpenDemos) -> None:
    demo = stack(open_demos)
    demo.root.get_by_role("radio", name="Layer 2").check()
    demo.tab_to(demo.root.get_by_role("spinbutton", name="Dilation"))
    demo.press("ArrowUp")
    assert demo.get("layers")[1] == [3, 1, 2, 0]
    expect(demo.root.locator(".formulas")).to_contain_text("size = 3 + 2·(3 − 1)·1 = 7")
    demo.root.get_by_role("button", name="Add a layer").click()
    assert demo.get("sizes") == [3, 7, 9, 11]
    assert demo.get("unit")[0] == 4
    assert demo.get("layer") == 4
    demo.root.get_by_role("button", name="Remove").click()
    assert demo.get("sizes") == [3, 7, 9]
    demo.root.get_by_role("button", name="MNIST-1D").click()
    expect(demo.root.locator(".reach")).to_contain_text("Input 40 reaches no unit of layer 3")
    demo.root.get_by_role("button", name="Reset").click()
    assert demo.traits("length", "unit", "input") == {"length": 15, "unit": [3, 4], "input": [6]}


def test_an_impossible_stack_is_refused_in_words_and_the_last_one_stays(
    open_demos: OpenDemos,
) -> None:
    demo = stack(open_demos)
    field = demo.root.get_by_role("spinbutton", name="Inputs")
    field.fill("5")
    field.press("Enter")
    assert "Layer 3 would have no unit" in demo.problems()[0]
    assert demo.get("length") == 15
    assert field.input_value() == "15"
    stride = demo.root.get_by_role("spinbutton", name="Stride")
    stride.fill("many")
    stride.press("Enter")
    assert "“many” is not a number" in demo.problems()[0]
    demo.page.evaluate("location.hash = '#demo=receptive-field&layers=7'")
    assert "cannot be read" in demo.problems()[0]
    demo.page.evaluate("location.hash = '#demo=receptive-field&layers=[[3,2,1,0]]&unit=1,2'")
    assert demo.problems() == []
    assert demo.get("unit") == [1, 2]
    assert demo.get("layers") == [[3, 2, 1, 0]]


def test_gradients_are_drawn_until_done_and_published(open_demos: OpenDemos) -> None:
    demo = stack(open_demos)
    demo.root.get_by_role("radio", name="gradients").check()
    demo.root.get_by_role("radio", name="1000", exact=True).check()
    expect(demo.root.locator(".course-body > .course-facts")).to_contain_text("After 1000 draws")
    demo.painted()
    squared, signed = demo.get("squared"), demo.get("signed")
    assert [i for i, value in enumerate(squared) if value > 0] == list(range(4, 11))
    # Five standard errors.
    for mean, square in zip(signed, squared, strict=True):
        assert abs(mean) <= 5 * (square / 1000) ** 0.5
    demo.root.get_by_role("button", name="Draw others").click()
    demo.painted()
    assert demo.get("seed") == 1


def test_the_composition_is_driven_by_key_and_says_where_it_fails(open_demos: OpenDemos) -> None:
    demo = composition(open_demos)
    sentence = demo.root.locator(".course-sentence").first
    expect(sentence).to_have_text("Equal at all 8 outputs.")
    demo.root.get_by_role("radio", name="zeros").check()
    expect(sentence).to_contain_text("Equal at 10 of 12 outputs")
    demo.tab_to(demo.root.get_by_role("slider", name="Output looked at"))
    demo.press("Home")
    expect(demo.root.locator(".course-sentence.here")).to_contain_text(
        "a later stage read a padded zero"
    )
    demo.tab_to(demo.root.locator("g[role=radio][tabindex='0']"))
    demo.press("End")
    assert demo.get("tap") == 4
    expect(demo.root.locator(".course-equation")).to_have_text("weight 5 = 3·6 = 18")
    demo.tab_to(demo.root.get_by_role("slider", name="first kernel, weight 1"))
    demo.press("ArrowDown")
    assert demo.get("first") == [0.9, 2, 3]
    demo.tab_to(demo.root.get_by_label("ReLU between the stages"))
    demo.press("Space")
    assert demo.get("relu") is True
    field = demo.root.get_by_role("textbox", name="Weights of the second kernel")
    field.fill("1, 2, 3, 4, 5, 6")
    field.press("Enter")
    assert "6 values: give 1 to 5" in demo.problems()[0]
    assert demo.get("second") == [4, 5, 6]


PRINTED = [
    (ReceptiveField(**TALL, channels=3), ["output", "reached"]),
    (ReceptiveField(unit=[2, 1], layers=[[3, 1, 2, 1]] * 3), ["output"]),
    (
        ComposeKernels(padding="zeros", relu=True, first=[1, -2], third=[0.5, 1, 0.25]),
        ["output", "composed", "direct"],
    ),
]


@pytest.mark.parametrize(("demo", "traits"), PRINTED, ids=["mnist", "middle layer", "composition"])
def test_the_snippet_runs_and_prints_the_demo_s_numbers(
    open_demos: OpenDemos, demo: Demo, traits: list[str]
) -> None:
    mounted = driven(open_demos(demo), demo.name)
    printed = printed_by(mounted.code())
    assert len(printed) == len(traits)
    for trait, found in zip(traits, printed, strict=True):
        assert found == pytest.approx(mounted.get(trait), abs=1e-9), trait


def as_given(_: Driven) -> None:
    pass


def deep_with_gradients(demo: Driven) -> None:
    demo.root.get_by_role("button", name="deep").click()
    demo.page.wait_for_timeout(300)


def longest_and_padded(demo: Driven) -> None:
    demo.set(length=64, layers=[[3, 1, 4, 4]] * 8, unit=[8, 0], input=[63], view="paths")


def nothing_pointed_at(demo: Driven) -> None:
    demo.set(unit=[], input=[], length=1, layers=[[1, 1, 1, 0]], layer=1)


def complaining(demo: Driven) -> None:
    demo.set(length=4, layers=[[5, 1, 1, 0]])
    assert demo.problems()
    demo.open_code()


def three_stages_with_relu(demo: Driven) -> None:
    demo.set(third=[1, -1, 2, 0.25, -3], relu=True, padding="zeros", first=[1, -2, 1, 3, 4])


def small_and_complaining(demo: Driven) -> None:
    demo.set(third=[], first=[2], second=[3], padding="valid", signal=[1])
    demo.set(first=[1, 2])
    assert demo.problems()


@EVERY_SCREEN
def test_both_demos_are_accessible_in_every_state(
    open_demos: OpenDemos, theme: str, width: int
) -> None:
    demo = stack(open_demos, theme=theme, width=width)
    for bring_about in (
        *(as_given, deep_with_gradients, longest_and_padded, nothing_pointed_at),
        complaining,
    ):
        bring_about(demo)
        demo.painted()
        assert violations(demo.page) == [], bring_about.__name__
        assert overflow(demo.page) <= 0, bring_about.__name__
    demo = composition(open_demos, theme=theme, width=width)
    for bring_about in (as_given, three_stages_with_relu, small_and_complaining):
        bring_about(demo)
        demo.painted()
        assert violations(demo.page) == [], bring_about.__name__
        assert overflow(demo.page) <= 0, bring_about.__name__
