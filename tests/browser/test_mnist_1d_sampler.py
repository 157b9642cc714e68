"""The sampler in a page: by key, by hand, against the package, and with bad input."""

from __future__ import annotations

import re
from json import loads
from random import Random
from typing import Any

import pytest
from playwright.sync_api import expect

from course_lib.demos import MNIST1DSampler
from tests.browser.demo_page import Driven, OpenDemos, centre, driven, lines_printed_by
from tests.browser.screens import EVERY_SCREEN
from tests.browser.watch import overflow, violations

pytestmark = pytest.mark.browser

NAME = "mnist-1d-sampler"
NEAR = 1e-9


def random_states(count: int) -> list[dict[str, Any]]:
    random = Random(8)

    def maybe(value: Any) -> Any:
        return random.choice([None, value])

    return [
        {
            "digit": random.randrange(10),
            "seed": random.randrange(2**32),
            "example": random.choice([None, None, random.randrange(5000)]),
            "padding": maybe(random.randint(0, 60)),
            "scale": maybe(random.uniform(-2, 2)),
            "shift": maybe(random.randint(0, 71)),
            "shear": maybe(random.uniform(-2, 2)),
            "correlated_noise": random.choice([0, 0.25, random.random()]),
            "white_noise": random.choice([0, 0.02, random.random()]),
            "stage": random.randrange(9),
            "template": random.choice([[], [random.uniform(-2, 2) for _ in range(12)]]),
        }
        for _ in range(count)
    ]


def drag(demo: Driven, right: float, up: float) -> None:
    """Drag the ring by so many pixels."""
    x, y = centre(demo.root.locator(".ring .hoop"))
    demo.page.mouse.move(x, y)
    demo.page.mouse.down()
    demo.page.mouse.move(x + right, y - up, steps=3)
    demo.page.mouse.up()
    demo.painted()


def test_every_stage_is_the_packages_in_random_states_and_from_disk(
    open_demos: OpenDemos,
) -> None:
    demo = driven(open_demos(MNIST1DSampler(), scheme="file"), NAME)
    states = random_states(60)
    for state, seen in zip(states, demo.in_each(states, "output", "values"), strict=True):
        other = MNIST1DSampler(**state)
        assert seen["output"] == pytest.approx(other.reference().tolist(), abs=NEAR), state
        assert seen["values"] == pytest.approx(other.values, abs=NEAR), state
        assert seen["whole"], state
        assert seen["complaints"] == "", state


def test_the_stages_are_gone_through_by_key_and_by_hand(open_demos: OpenDemos) -> None:
    page = open_demos(MNIST1DSampler(), reduced_motion="reduce")
    demo = driven(page, NAME)
    dots = demo.root.locator(".stems > g")
    expect(dots).to_have_count(12)
    demo.tab_to(demo.root.get_by_role("button", name="One stage on"))
    demo.press("Enter")
    expect(dots).to_have_count(58)
    expect(demo.root.locator(".course-body > .course-sentence").first).to_contain_text("46 zeros")
    demo.tab_to(demo.root.get_by_role("slider", name="Stage"))
    demo.press("End")
    assert demo.get("stage") == 8
    expect(dots).to_have_count(40)
    demo.root.get_by_role("button", name="shift", exact=True).click()
    assert demo.get("stage") == 4
    expect(demo.root.locator(".said")).to_have_text("22 to the right")
    demo.tab_to(demo.root.get_by_role("radio", name="Digit 7"))
    demo.press("ArrowRight")
    assert demo.get("digit") == 8
    expect(demo.root.locator(".course-announcer")).to_contain_text("Stage 5 of 9, shift")


def test_each_ring_is_dragged_and_turned(open_demos: OpenDemos) -> None:
    demo = driven(open_demos(MNIST1DSampler(stage=1)), NAME)
    pitch = (demo.root.locator(".picture").bounding_box() or {})["width"] / 78
    for stage, trait, right, up, sign in (
        (1, "padding", -8 * pitch, 0, -1),
        (2, "padding", 2 * pitch, 0, -1),
        (3, "scale", 0, 30, 1),
        (4, "shift", 20 * pitch, 0, 1),
        (5, "correlated_noise", 0, 30, 1),
        (6, "white_noise", 0, 30, 1),
        (7, "shear", 0, 30, -1),
    ):
        demo.set(stage=stage)
        ring = demo.root.locator(".ring")
        before = float(ring.get_attribute("aria-valuenow") or "nan")
        drag(demo, right, up)
        after = demo.get(trait)
        assert (after - before) * sign > 0, trait
        ring.focus()
        demo.press("ArrowDown")
        assert demo.get(trait) < after, trait
        demo.press("Home")
        assert demo.get(trait) == float(ring.get_attribute("aria-valuemin") or "nan")
        demo.root.get_by_role("button", name="As drawn").click()
        assert demo.get(trait) in (None, 0.25, 0.02)


def test_a_value_of_the_template_is_dragged_and_typed(open_demos: OpenDemos) -> None:
    demo = driven(open_demos(MNIST1DSampler(), width=360), NAME)
    x, y = centre(demo.root.locator(".stems [data-index='4'] .point"))
    demo.page.mouse.move(x, y)
    demo.page.mouse.down()
    demo.page.mouse.move(x, y - 40, steps=3)
    demo.page.mouse.up()
    demo.painted()
    template = demo.get("template")
    assert template[4] > 0.3
    assert template[1] == 0.3699
    expect(demo.root.locator(".templates :checked")).to_have_count(0)
    demo.press("ArrowLeft", "Enter")
    demo.page.keyboard.type("-1.5")
    demo.press("Enter")
    assert demo.get("template")[3] == -1.5
    demo.root.get_by_role("button", name="pad", exact=True).click()
    demo.root.locator(".said").get_by_text("46 zeros").wait_for()
    expect(demo.root.locator(".stems [role=slider]")).to_have_count(0)
    demo.root.get_by_role("radio", name="Digit 3").check()
    assert demo.traits("template", "digit") == {"template": [], "digit": 3}


def test_all_of_the_signal_is_a_handle_of_its_shift(open_demos: OpenDemos) -> None:
    demo = driven(open_demos(MNIST1DSampler(stage=4)), NAME)
    box = demo.root.locator(".area").bounding_box()
    assert box is not None
    demo.page.mouse.move(box["x"] + box["width"] * 0.6, box["y"] + 40)
    demo.page.mouse.down()
    demo.page.mouse.move(box["x"] + box["width"] * 0.6 + 10 * box["width"] / 72, box["y"] + 44)
    demo.page.mouse.up()
    demo.painted()
    assert demo.get("shift") == 32


def test_the_shift_is_predicted_then_revealed_by_key_alone(open_demos: OpenDemos) -> None:
    demo = driven(open_demos(MNIST1DSampler(stage=8)), NAME)
    demo.tab_to(demo.root.get_by_role("checkbox", name="Predict where the shift takes the peak"))
    demo.press("Space")
    assert demo.get("stage") == 4
    ring = demo.root.get_by_role("slider", name="Your prediction of the peak's position")
    demo.tab_to(ring)
    demo.press("PageDown", "ArrowLeft")
    field = demo.root.get_by_role("textbox", name="The peak lands at position")
    expect(field).to_have_value("25")
    demo.root.get_by_role("button", name="resample").click()
    assert demo.problems() == [
        "First say where the peak lands: the stages after the shift wait for it."
    ]
    field.fill("many")
    demo.press("Enter")
    assert "“many” is not a number" in demo.problems()[0]
    field.fill("25")
    demo.press("Enter")
    verdict = demo.root.locator(".course-verdict")
    expect(verdict).to_have_text("You said 25: right. 3 + 22 = 25.")
    assert verdict.evaluate("(e) => e === document.activeElement")
    demo.root.get_by_role("button", name="New draw").click()
    assert demo.traits("seed", "guess", "stage") == {"seed": 3, "guess": None, "stage": 4}


def test_numbers_are_typed_and_what_cannot_be_is_refused_in_words(open_demos: OpenDemos) -> None:
    demo = driven(open_demos(MNIST1DSampler()), NAME)
    factor = demo.root.get_by_role("spinbutton", name="Factor")
    factor.fill("3")
    demo.press("Enter")
    assert demo.problems() == ["Factor: 3 is not between -2 and 2."]
    assert demo.get("scale") is None
    factor.fill("1.125")
    demo.press("Enter")
    assert demo.get("scale") == 1.125
    demo.root.get_by_role("button", name="More: Factor").click()
    assert demo.get("scale") == 1.15
    demo.root.get_by_role("textbox", name="Template").fill("1, 2, 1")
    demo.press("Enter")
    assert "3 values: give 12, apart by commas." in demo.problems()[0]
    demo.set(shift=100)
    assert demo.problems() == ["The shift is 100; it is a whole number from 0 to 71."]
    assert demo.get("shift") is None
    demo.root.get_by_role("textbox", name="Template").fill("0, 1, -1, 0, 0, 0, 0, 0, 0, 0, 0, 2")
    demo.press("Enter")
    assert demo.get("template") == [0, 1, -1, 0, 0, 0, 0, 0, 0, 0, 0, 2]
    assert demo.problems() == []


def test_an_example_of_the_data_set_is_taken_and_then_another_draw(open_demos: OpenDemos) -> None:
    demo = driven(open_demos(MNIST1DSampler(shift=3)), NAME)
    demo.tab_to(demo.root.get_by_role("radio", name="seed"))
    demo.press("ArrowRight")
    example = demo.root.get_by_role("spinbutton", name="Example")
    example.fill("4003")
    demo.press("Enter")
    other = MNIST1DSampler(example=4003)
    assert demo.traits("example", "digit", "shift") == {
        "example": 4003,
        "digit": other.digit,
        "shift": None,
    }
    assert demo.get("output") == pytest.approx(other.reference().tolist(), abs=NEAR)
    facts = demo.root.locator(".course-controls > .course-facts")
    expect(facts).to_contain_text(re.compile(r"x_test\[3\].*very sample"))
    demo.root.get_by_role("button", name="New draw").click()
    assert demo.get("example") == 4004


def test_a_link_shows_the_same_state_and_clears_what_the_author_set(
    open_demos: OpenDemos,
) -> None:
    given = MNIST1DSampler(example=17, shift=3)
    link = f"#demo={NAME}&example=null&shift=null&seed=5&digit=3&stage=4"
    demo = driven(open_demos(given, fragment=link), NAME)
    assert demo.problems() == []
    assert demo.get("output") == pytest.approx(MNIST1DSampler(digit=3, seed=5).output, abs=NEAR)
    assert demo.get("stage") == 4


@pytest.mark.parametrize(
    "state",
    [
        {"seed": 7, "digit": 3},
        {"shift": 70, "scale": -0.5, "shear": 0.125, "white_noise": 0, "correlated_noise": 0.5},
        {"example": 123, "template": [0, 1, 0, -1, 0.5, 0, 0, 0, 0, 0.25, 0, 0], "padding": 0},
    ],
)
def test_the_snippet_runs_and_prints_the_sample(
    open_demos: OpenDemos, state: dict[str, Any]
) -> None:
    demo = driven(open_demos(MNIST1DSampler(**state)), NAME)
    assert loads(lines_printed_by(demo.code())[-1]) == pytest.approx(demo.get("output"), abs=NEAR)


def test_it_plays_to_the_end_in_motion(open_demos: OpenDemos) -> None:
    demo = driven(open_demos(MNIST1DSampler(stage=6)), NAME)
    demo.root.get_by_role("button", name="Play").click()
    expect(demo.root.locator(".course-counter")).to_have_text("stage 9 of 9", timeout=20_000)
    expect(demo.root.get_by_role("button", name="Play")).to_be_visible()
    expect(demo.root.locator(".stems > g")).to_have_count(40)


@EVERY_SCREEN
def test_it_is_accessible_at_a_stage_and_before_a_prediction(
    open_demos: OpenDemos, theme: str, width: int
) -> None:
    demo = driven(open_demos(MNIST1DSampler(), theme=theme, width=width), NAME)
    demo.root.locator(".exact summary").click()
    demo.open_code()
    if theme == "dark":
        demo.set(stage=8, example=17, scale=-1.5)
    demo.painted()
    assert violations(demo.page) == []
    assert overflow(demo.page) <= 0
    demo.set(stage=4, predict=True, shift=70)
    demo.root.get_by_role("spinbutton", name="Slope").fill("x")
    demo.press("Enter")
    assert demo.problems()
    assert violations(demo.page) == []
    assert overflow(demo.page) <= 0
