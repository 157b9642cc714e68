"""Inside a classifier: computed as torch does, driven by key and hand, readable by all."""

from __future__ import annotations

from random import Random
from typing import Any

import pytest
import torch
from playwright.sync_api import expect

from course_lib.demos import InsideAClassifier
from tests.browser.demo_page import Driven, OpenDemos, driven, printed_by
from tests.browser.screens import EVERY_SCREEN
from tests.browser.watch import overflow, violations

pytestmark = pytest.mark.browser

PATIENCE_MS = 30_000
NAME = "inside-a-classifier"
WEIGHTS = ["trained", "dense layers shuffled", "all shuffled"]


def opened(open_demos: OpenDemos, demo: InsideAClassifier | None = None, **options: Any) -> Driven:
    page = open_demos(demo or InsideAClassifier(), **options)
    found = driven(page, NAME)
    page.locator("[data-network=ready]").wait_for(timeout=PATIENCE_MS)
    return found


def covered(demo: Driven) -> None:
    """Wait for the worker."""
    expect(demo.root.locator(".inside-account")).to_contain_text("It falls", timeout=PATIENCE_MS)
    demo.painted()


def random_states(count: int) -> list[dict[str, Any]]:
    random = Random(10)
    return [
        {
            "index": random.randrange(200),
            "right": random.choice([0, random.randint(-48, 48)]),
            "down": random.choice([0, random.randint(-48, 48)]),
            "dots": [random.randrange(6) for _ in range(random.choice([0, 9]))],
            "target": random.randint(-1, 9),
            "weights": random.choice(WEIGHTS),
            "explanation": random.choice(["class map", "covering"]),
        }
        for _ in range(count)
    ]


def test_probabilities_and_explanations_are_torch_s_in_random_states(
    open_demos: OpenDemos,
) -> None:
    demo = opened(open_demos, scheme="file")
    for state in random_states(8):
        demo.set(**state)
        if state["explanation"] == "covering":
            covered(demo)
        expected = InsideAClassifier(**state)
        seen = demo.traits("output", "evidence")
        torch.testing.assert_close(
            torch.tensor(seen["output"]), expected.reference(), atol=1e-5, rtol=0
        )
        torch.testing.assert_close(
            torch.tensor(seen["evidence"]), expected.reference_evidence(), atol=1e-3, rtol=1e-4
        )
        assert demo.problems() == []


def test_the_image_is_moved_and_drawn_on_by_key(open_demos: OpenDemos) -> None:
    demo = opened(open_demos)
    picture = demo.root.get_by_role("application", name="The image")
    before = demo.get("output")
    demo.tab_to(picture)
    demo.press("ArrowRight", "ArrowRight", "ArrowUp", "Shift+ArrowLeft")
    assert demo.traits("right", "down") == {"right": -6, "down": -1}
    assert demo.get("output") != before
    demo.root.get_by_role("radio", name="draw").check()
    demo.tab_to(picture)
    demo.press("ArrowDown", "Space", "ArrowRight", "Enter")
    assert demo.get("dots") == [48, 50, 2, 50, 50, 2]
    demo.root.get_by_role("button", name="Rub out").click()
    assert demo.get("dots") == []
    maps = demo.root.get_by_role("application", name="16 maps of conv 1")
    demo.tab_to(maps)
    demo.press("ArrowRight", "ArrowDown")
    assert demo.get("channel") == 9
    demo.tab_to(demo.root.get_by_role("application", name="Map 10 of conv 1"))
    demo.press("ArrowLeft", "ArrowUp")
    assert demo.traits("row", "column") == {"row": 22, "column": 22}
    expect(demo.root.locator(".inside-reading")).to_contain_text("of the image rows 42–48")
    demo.tab_to(demo.root.get_by_role("application", name="The explanation"))
    demo.press("ArrowDown")
    expect(demo.root.locator(".inside-pointed")).to_contain_text("Cell in row 2, column 1:")


def test_the_image_is_dragged_and_a_class_a_filter_a_map_pressed(open_demos: OpenDemos) -> None:
    demo = opened(open_demos)
    picture = demo.root.locator(".inside-input")
    box = picture.bounding_box()
    assert box is not None
    x, y, pixel = box["x"] + box["width"] / 2, box["y"] + box["height"] / 2, box["width"] / 96
    demo.page.mouse.move(x, y)
    demo.page.mouse.down()
    demo.page.mouse.move(x + 10 * pixel, y - 4 * pixel, steps=3)
    demo.page.mouse.up()
    demo.painted()
    assert demo.traits("right", "down") == {"right": 10, "down": -4}
    demo.root.get_by_role("button", name="heart").click()
    assert demo.get("target") == 2
    expect(demo.root.locator(".inside-account")).to_contain_text("Score of heart")
    demo.set(layer="conv 3")
    demo.root.locator(".inside-filters .inside-marks").click(position={"x": 60, "y": 10})
    assert demo.traits("layer", "channel") == {"layer": "conv 1", "channel": 1}
    demo.root.locator(".inside-maps .inside-marks").click(position={"x": 10, "y": 10})
    assert demo.get("channel") == 0


def test_the_control_says_how_much_of_the_picture_owes_nothing_to_learning(
    open_demos: OpenDemos,
) -> None:
    demo = opened(open_demos, InsideAClassifier(explanation="pixels"))
    said = demo.root.locator(".inside-comparison")
    expect(said).to_contain_text("The control")
    demo.root.get_by_role("radio", name="all shuffled").check()
    expect(said).to_contain_text("Rank correlation with the trained network’s picture: ")
    # The class that is explained is the one that the network with these weights finds most likely.
    target = int(InsideAClassifier(weights="all shuffled").reference().argmax())
    pictures = [
        InsideAClassifier(explanation="pixels", target=target, weights=weights)
        for weights in ("trained", "all shuffled")
    ]
    ranks = [
        picture.reference_evidence().abs().flatten().argsort().argsort().double()
        for picture in pictures
    ]
    correlation = float(torch.corrcoef(torch.stack(ranks))[0, 1])
    number = float(said.inner_text().split(": ")[1].split(". ")[0].replace("−", "-"))
    assert number == pytest.approx(correlation, abs=0.006)


def test_bad_input_is_refused_in_words_and_the_last_state_stays(open_demos: OpenDemos) -> None:
    demo = opened(open_demos, InsideAClassifier(index=7))
    field = demo.root.get_by_role("spinbutton", name="Held-out scene")
    field.fill("12000")
    demo.press("Enter")
    assert "9999" in demo.problems()[0]
    demo.set(right=99)
    assert "Moved right is 99" in demo.problems()[0]
    demo.root.get_by_role("radio", name="own").click()
    assert demo.problems() == ["There is no image yet: choose one from your disk."]
    file = {"name": "notes.txt", "mimeType": "text/plain", "buffer": b"not an image"}
    demo.root.locator("input[type=file]").set_input_files(file)  # type: ignore[arg-type]
    assert "“notes.txt” is no image" in demo.problems()[0]
    assert demo.traits("index", "right", "source") == {"index": 7, "right": 0, "source": "scene"}


def test_the_snippet_runs_and_prints_the_demo_s_numbers(open_demos: OpenDemos) -> None:
    given = InsideAClassifier(index=3, right=4, down=-3, dots=[30, 40, 1], weights=WEIGHTS[1])
    demo = opened(open_demos, given)
    for printed, trait in zip(printed_by(demo.code()), ("output", "evidence"), strict=True):
        shown = torch.tensor(demo.get(trait))
        torch.testing.assert_close(torch.tensor(printed), shown, atol=1e-3, rtol=1e-4)


@EVERY_SCREEN
def test_every_explanation_is_accessible(open_demos: OpenDemos, theme: str, width: int) -> None:
    demo = opened(open_demos, theme=theme, width=width)
    for state in (
        {},
        {"explanation": "covering", "layer": "pool 2", "hand": "draw"},
        {"explanation": "pixels", "layer": "conv 4", "weights": "all shuffled"},
    ):
        demo.set(**state)
        assert violations(demo.page) == [], state
        assert overflow(demo.page) <= 0, state
