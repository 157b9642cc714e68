"""The demos of the chapter on classification in a page: by key, by hand, refusing, accessible."""

from __future__ import annotations

from random import Random
from typing import Any

import pytest
import torch
from playwright.sync_api import Browser, expect

from course_lib.datasets.scenes import CLASSES, describe, render
from course_lib.demos import Architecture, Augmentation
from course_lib.demos.augmentation import PICTURES
from tests.browser.demo_page import Driven, OpenDemos, driven
from tests.browser.screens import EVERY_SCREEN
from tests.browser.watch import overflow, violations

pytestmark = pytest.mark.browser


def random_changes(count: int) -> list[dict[str, Any]]:
    random = Random(10)
    return [
        {
            "picture": random.choice(PICTURES),
            "crop_side": 200,
            "right": random.randint(0, 56),
            "down": random.randint(0, 56),
            "mirror": random.random() < 0.5,
            "scale": round(random.uniform(0.5, 2), 2),
            "rotation": random.randint(-180, 180),
            "contrast": round(random.uniform(0, 2), 2),
            "colour": [round(random.uniform(-3, 3), 1) for _ in range(3)],
            "cutout": round(random.uniform(0, 0.6), 2),
        }
        for _ in range(count)
    ]


@pytest.mark.parametrize("scheme", ["http", "file"])
def test_random_changes_are_what_torch_makes_of_them(open_demos: OpenDemos, scheme: str) -> None:
    demo = driven(open_demos(Augmentation(), scheme=scheme), "augmentation")
    for state in random_changes(12):
        demo.set(**state)
        assert demo.problems() == []
        reference = Augmentation(**state)
        found = demo.get("output")
        pixels = torch.tensor(found["pixels"], dtype=torch.float64)
        assert torch.allclose(pixels, reference.reference().flatten(), rtol=0, atol=1e-5), state
        assert found["label"] == reference.label(), state


def answered(demo: Driven) -> list[float]:
    """Wait for the classifier, and return what it says."""
    expect(demo.root).to_have_attribute("data-network", "ready", timeout=60_000)
    demo.painted()
    answer: list[float] = demo.get("answer")
    return answer


@pytest.mark.parametrize("scheme", ["http", "file"])
def test_a_scene_s_answer_is_torch_s_after_any_change(open_demos: OpenDemos, scheme: str) -> None:
    demo = driven(open_demos(Augmentation(), scheme=scheme), "augmentation")
    assert demo.get("answer") == []
    demo.root.get_by_role("radio", name="scene").check(force=True)
    for state in random_changes(4):
        state |= {"picture": "scene", "index": 100 + state["right"]}
        demo.set(**state)
        assert demo.problems() == []
        expected = Augmentation(**state).reference_answer().tolist()
        assert answered(demo) == pytest.approx(expected, abs=1e-4), state
        best = CLASSES[max(range(10), key=lambda i: expected[i])]
        expect(demo.root.locator(".network-verdict")).to_contain_text(f"“{best}”")
    demo.set(picture="cat")
    assert demo.get("answer") == []
    expect(demo.root.locator(".answer")).to_be_hidden()


def test_the_network_names_each_of_the_twelve(open_demos: OpenDemos) -> None:
    shown = Augmentation(picture="scene", index=12, vary=["rotation"], strength="too strong")
    demo = driven(open_demos(shown), "augmentation")
    answered(demo)
    labels = demo.root.locator(".sample-label").all_text_contents()
    right = CLASSES[int(render(describe("test", "classification", 12), 96).labels[0])]
    kept = sum(label == right for label in labels)
    assert {label.removeprefix("✗ ") for label in labels} <= set(CLASSES)
    expect(demo.root.get_by_text("A person would still say")).to_contain_text(
        f"“{right}” of 12 of these 12; the network does of {kept}."
    )
    # A sample that is pressed becomes the change, and keeps its answer.
    demo.root.locator(".sample").nth(3).click()
    demo.painted()
    said = CLASSES[max(range(10), key=lambda i: demo.get("answer")[i])]
    assert said == labels[3].removeprefix("✗ ")
    demo.tab_to(demo.root.get_by_role("spinbutton", name="Held-out scene"))
    demo.press("ArrowUp")
    assert demo.get("index") == 13


def test_the_crop_is_dragged_and_a_label_goes_wrong_by_key(open_demos: OpenDemos) -> None:
    demo = driven(open_demos(Augmentation()), "augmentation")
    crop = demo.root.locator(".crop")
    box = crop.bounding_box()
    assert box is not None
    x, y = box["x"] + box["width"] / 2, box["y"] + box["height"] / 2
    demo.page.mouse.move(x, y)
    demo.page.mouse.down()
    demo.page.mouse.move(x + 8, y - 300, steps=4)
    demo.page.mouse.up()
    demo.painted()
    assert demo.traits("right", "down")["down"] == 0
    assert 20 <= demo.get("right") <= 28
    demo.tab_to(crop)
    demo.press("ArrowDown", "ArrowDown", "Shift+ArrowLeft")
    assert demo.get("down") == 2
    expect(demo.root.locator(".course-verdict")).to_contain_text("Still “b”")
    demo.tab_to(demo.root.get_by_role("checkbox", name="Mirror", exact=True))
    demo.press("Space")
    expect(demo.root.locator(".course-verdict")).to_contain_text("Now it is “d”")
    demo.root.locator(".sample").nth(1).click()
    assert demo.get("right") != 16
    demo.root.get_by_role("spinbutton", name="Side of the crop").fill("300")
    demo.press("Enter")
    assert "64" in demo.problems()[0]
    demo.root.get_by_role("button", name="Reset").click()
    assert demo.traits("right", "down", "mirror") == {"right": 16, "down": 16, "mirror": False}


def test_layers_are_chosen_sorted_and_compared_by_hand_and_key(open_demos: OpenDemos) -> None:
    demo = driven(open_demos(Architecture(view="networks")), "architecture")
    strips = demo.root.locator(".strips").first
    box = strips.bounding_box()
    assert box is not None
    demo.page.mouse.click(box["x"] + 0.3 * box["width"], box["y"] + 30)
    demo.painted()
    assert demo.get("output")["layer"]["name"] == "classifier.1"
    demo.tab_to(demo.root.get_by_role("slider", name="Layer"))
    demo.press("Home", "ArrowRight", "ArrowRight")
    assert demo.get("layer") == 2
    demo.root.get_by_role("button", name="parameters", exact=True).click()
    expect(demo.root.locator(".layers tbody tr").first).to_contain_text("37.8 M")
    demo.root.get_by_label("beside it").select_option("vgg-19")
    expect(demo.root.locator(".course-sentence")).to_contain_text("27 times the multiply-adds")
    demo.root.get_by_role("button", name="Swap the two").click()
    assert demo.traits("network", "other") == {"network": "vgg-19", "other": "alexnet"}
    demo.root.get_by_label("Side of the image").select_option("448")
    state = {"network": "vgg-19", "image_size": 448}
    assert demo.get("output") == Architecture(view="networks", **state).output
    demo.root.locator(".layer-name[tabindex='0']").first.focus()
    demo.press("End")
    expect(demo.root.locator(".layers-pager .course-counter")).to_have_text("13–19 of 19")
    demo.set(layer=99)
    assert "99" in demo.problems()[0]
    assert demo.get("layer") < 24


@EVERY_SCREEN
def test_both_demos_are_accessible(open_demos: OpenDemos, theme: str, width: int) -> None:
    page = open_demos(
        Architecture(view="networks", other="resnet-50"),
        Augmentation(cutout=0.3, mirror=True),
        theme=theme,
        width=width,
    )
    networks, changed = driven(page, "architecture"), driven(page, "augmentation")
    assert violations(page) == []
    assert overflow(page) <= 0
    networks.set(network="stacked-hourglass", listed="all", layer=400, sort="activations")
    changed.set(cutout=1, vary=["rotation"], strength="too strong")
    changed.open_code()
    assert violations(page) == []
    assert overflow(page) <= 0
    changed.set(picture="scene", index=3, cutout=0.2)
    answered(changed)
    assert violations(page) == []
    assert overflow(page) <= 0


def test_the_first_frames_are_whole_without_scripts(
    open_demos: OpenDemos, browser: Browser
) -> None:
    page = open_demos(Architecture(view="networks"), Augmentation(picture="cat"))
    blocked = page.context.new_page()
    blocked.route("**/static/book/*.js", lambda route: route.abort())
    blocked.goto(page.url)
    assert blocked.locator("[data-ready]").count() == 0
    assert blocked.locator(".course-photo").count() == 14
    assert violations(blocked) == []
