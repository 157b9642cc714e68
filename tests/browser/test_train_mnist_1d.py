"""Training in the page: it is torch's, it obeys its controls, and it stops out of sight."""

from __future__ import annotations

import itertools
import re
from collections.abc import Callable

import pytest
from playwright.sync_api import expect

from course_lib.demos import Convolution1D, TrainMNIST1D
from course_lib.demos.train_mnist_1d_run import NETWORKS
from tests.browser.demo_page import Driven, OpenDemos, driven, lines_printed_by
from tests.browser.watch import overflow, violations

pytestmark = pytest.mark.browser

SECONDS = 60  # for what takes one: other work may hold the processor
STEPS = 50


def waited(demo: Driven, done: Callable[[], bool]) -> None:
    """Look again and again: the page's policy forbids Playwright's own way to wait."""
    for _ in range(SECONDS * 20):
        if done():
            return
        demo.page.wait_for_timeout(50)
    raise AssertionError(f"still waiting: {demo.get('output')}")


def steps(demo: Driven) -> list[int]:
    output = demo.get("output")
    return [output[name]["step"] if name in output else -1 for name in NETWORKS]


def open_one(open_demos: OpenDemos, demo: TrainMNIST1D, **options: object) -> Driven:
    opened = driven(open_demos(demo, **options), "train-mnist-1d")
    waited(opened, lambda: steps(opened) == [0, 0])
    return opened


def trained(demo: Driven, count: int = STEPS) -> None:
    demo.root.get_by_role("radio", name="convolutional").check(force=True)
    demo.root.get_by_role("button", name="Train", exact=True).click()
    waited(demo, lambda: not demo.get("training") and min(steps(demo)) >= count)


@pytest.mark.parametrize(
    ("scheme", "demo"),
    [
        ("file", TrainMNIST1D(steps=STEPS, seed=3)),
        ("http", TrainMNIST1D(steps=STEPS, batch_size=25, permuted=True, halve_every=20)),
    ],
)
def test_fifty_steps_of_the_page_are_torch_s(
    open_demos: OpenDemos, scheme: str, demo: TrainMNIST1D
) -> None:
    page = open_one(open_demos, demo, scheme=scheme)
    trained(page)
    output = page.get("output")
    runs = demo.reference(STEPS)
    for name, run in runs.items():
        assert output[name]["step"] == STEPS
        assert output[name]["loss"] == pytest.approx(run.losses[-1], abs=1e-4)
        assert output[name]["train_error"] == pytest.approx(run.train_error, abs=1.01 / 4000)
        assert output[name]["test_error"] == pytest.approx(run.test_error, abs=1.01 / 1000)
    # The gradient that the reader looks into, and the weight after the step.
    page.set(kernel=7, tap=1)
    told = page.root.locator(".last-step").inner_text().replace("−", "-").splitlines()
    gradient = float(re.findall(r"g = (\S+),", told[0])[0])
    assert gradient == pytest.approx(float(runs["convolutional"].gradients[22]), abs=6e-5)
    weight = float(told[2].split("=")[-1])
    assert weight == pytest.approx(float(runs["convolutional"].parameters[22]), abs=6e-5)


def test_the_code_gives_the_page_s_numbers(open_demos: OpenDemos) -> None:
    recipe = {"batch_size": 25, "halve_every": 10, "momentum": 0.5}
    demo = open_one(open_demos, TrainMNIST1D(steps=20, permuted=True, seed=1, **recipe))
    trained(demo, 20)
    for line, name in zip(lines_printed_by(demo.code()), NETWORKS, strict=True):
        loss, error = map(float, line.split()[1:])
        assert loss == pytest.approx(demo.get("output")[name]["loss"], abs=1e-4)
        assert error == pytest.approx(demo.get("output")[name]["test_error"], abs=1.01 / 1000)


def test_the_reader_says_who_will_win_before_training_starts(open_demos: OpenDemos) -> None:
    demo = open_one(open_demos, TrainMNIST1D(steps=20))
    train = demo.root.get_by_role("button", name="Train", exact=True)
    demo.tab_to(train)
    demo.press("Enter")
    assert "Say first" in demo.problems()[0]
    assert demo.get("training") is False
    demo.set(guess="about equal")
    demo.press("Enter")
    waited(demo, lambda: not demo.get("training") and steps(demo) == [20, 20])
    expect(demo.root.locator(".course-sentence")).to_contain_text("You said about equal")
    expect(demo.root.locator("[role=status]")).to_contain_text("You said", timeout=5000)


def test_steps_a_pause_and_a_reset_by_keyboard(open_demos: OpenDemos) -> None:
    demo = open_one(open_demos, TrainMNIST1D(steps=100_000, guess="convolutional"))
    demo.tab_to(demo.root.get_by_role("button", name="One step"))
    for count in (1, 2):
        demo.press("Enter")
        waited(demo, lambda count=count: steps(demo) == [count, count])
    demo.tab_to(demo.root.get_by_role("slider", name="Choose a weight of the first layer"))
    demo.press("ArrowRight", "ArrowDown", "ArrowDown", "ArrowDown")
    assert demo.traits("kernel", "tap") == {"kernel": 1, "tap": 2}
    expect(demo.root.locator(".kernels-and-step")).to_contain_text("weight 3 of kernel 2")
    maps = demo.root.get_by_role("slider", name="Read the units of the convolutional network")
    demo.tab_to(maps)
    demo.press("ArrowRight", "ArrowDown")
    assert (maps.get_attribute("aria-valuetext") or "").startswith(
        "Layer 1, channel 2, position 2: "
    )
    demo.tab_to(maps)  # the cursor is where it was left
    expect(demo.root.locator(".inside .reading")).to_contain_text("channel 2, position 2")
    curves = demo.root.get_by_role("slider", name="Read the curves at a step")
    demo.tab_to(curves)
    demo.press("ArrowRight", "ArrowRight")
    assert (curves.get_attribute("aria-valuetext") or "").startswith("Step 2. convolutional: test")
    demo.tab_to(demo.root.get_by_role("button", name="Train", exact=True))
    demo.press("Enter")
    waited(demo, lambda: min(steps(demo)) > 20)
    demo.press("Enter")
    assert demo.get("training") is False
    demo.page.wait_for_timeout(300)
    rest = steps(demo)
    demo.page.wait_for_timeout(300)
    assert steps(demo) == rest
    demo.tab_to(demo.root.get_by_role("button", name="Reset"))
    demo.press("Enter")
    waited(demo, lambda: steps(demo) == [0, 0])
    assert demo.get("kernel") == 0


def test_a_new_order_of_the_values_starts_anew_beside_the_run_before(
    open_demos: OpenDemos,
) -> None:
    demo = open_one(open_demos, TrainMNIST1D(steps=40))
    trained(demo, 40)
    assert demo.root.locator(".lines .before[d]").count() == 0
    demo.root.get_by_label("Permute the 40 values").check()
    waited(demo, lambda: steps(demo) == [0, 0])
    assert demo.root.locator(".lines .before[d]").count() == 2
    trained(demo, 40)
    assert demo.root.locator(".lines [d]").count() == 6


def test_training_waits_out_of_sight_unless_it_is_told_to_go_on(open_demos: OpenDemos) -> None:
    page = open_demos(
        TrainMNIST1D(steps=100_000, guess="convolutional"),
        *[Convolution1D(anchor=f"below-{i}") for i in range(4)],
    )
    demo = driven(page, "train-mnist-1d")
    waited(demo, lambda: steps(demo) == [0, 0])
    demo.root.get_by_role("button", name="Train", exact=True).click()
    waited(demo, lambda: min(steps(demo)) > 0)
    page.evaluate("scrollTo(0, document.body.scrollHeight)")
    page.wait_for_timeout(600)
    rest = steps(demo)
    page.wait_for_timeout(400)
    assert steps(demo) == rest
    assert demo.get("training") is True
    demo.set(background=True)
    waited(demo, lambda: min(steps(demo)) > max(rest))
    demo.set(background=False)
    page.wait_for_timeout(600)
    rest = steps(demo)
    page.evaluate("scrollTo(0, 0)")
    waited(demo, lambda: min(steps(demo)) > max(rest))
    demo.set(training=False)


def test_bad_input_is_refused_beside_its_field_and_changes_nothing(open_demos: OpenDemos) -> None:
    demo = open_one(open_demos, TrainMNIST1D())
    field = demo.root.get_by_role("textbox", name="Learning rate η")
    for typed, words in (("fast", "is not a number"), ("11", "is not between 0 and 10")):
        field.fill(typed)
        demo.press("Enter")
        [problem] = demo.problems()
        assert words in problem
        assert field.get_attribute("aria-invalid") == "true"
        assert demo.get("learning_rate") == 0.05
    field.fill("1/8")
    demo.press("Enter")
    assert demo.problems() == []
    assert demo.get("learning_rate") == 0.125
    demo.set(batch_size=64)
    assert demo.get("batch_size") == 100
    assert "it is one of 10, 25, 100, 400" in demo.problems()[0]


def test_a_link_brings_its_recipe_and_starts_nothing(open_demos: OpenDemos) -> None:
    fragment = "#demo=train-mnist-1d&permuted=true&seed=7&guess=convolutional&steps=30"
    demo = open_one(open_demos, TrainMNIST1D(), fragment=fragment)
    assert demo.traits("permuted", "seed", "guess", "steps", "training") == {
        "permuted": True,
        "seed": 7,
        "guess": "convolutional",
        "steps": 30,
        "training": False,
    }
    demo.page.evaluate("location.hash = '#demo=train-mnist-1d&training=true'")
    assert "cannot be read" in demo.problems()[0]


def test_it_is_accessible_on_every_screen_before_and_after_training(
    open_demos: OpenDemos,
) -> None:
    demo = open_one(open_demos, TrainMNIST1D(steps=30))
    page = demo.page

    def assert_accessible(what: str) -> None:
        for theme, width in itertools.product(("light", "dark"), (360, 1280)):
            page.evaluate("(t) => { document.documentElement.dataset.theme = t; }", theme)
            page.set_viewport_size({"width": width, "height": 900})
            demo.painted()
            assert violations(page) == [], f"{what}, {theme}, {width}"
            assert overflow(page) <= 0, f"{what}, {theme}, {width}"

    demo.root.get_by_role("button", name="Train", exact=True).click()
    assert_accessible("asked for a guess")
    trained(demo, 30)
    demo.open_code()
    demo.set(curve="loss", permuted=True)
    waited(demo, lambda: steps(demo) == [0, 0])
    assert_accessible("after training")


def test_without_scripts_the_picture_stands_and_the_controls_do_not(open_demos: OpenDemos) -> None:
    page = open_demos(TrainMNIST1D(), java_script_enabled=False)
    root = page.locator(".course-demo")
    for picture in ("svg.curves", "svg.kernels", "svg.maps"):
        assert root.locator(picture).is_visible()
    expect(root).to_contain_text("Nothing is trained yet")
    assert not root.get_by_role("button", name="Train", exact=True).is_visible()
