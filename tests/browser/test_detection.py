"""The grid and the boxes in a page: against the library, by hand, by key, and with bad input."""

from __future__ import annotations

import math
from typing import Any

import pytest
import torch
from playwright.sync_api import Locator, expect

from course_lib.demos import Boxes, YoloGrid
from course_lib.detection import iou
from tests.browser.demo_page import Driven, OpenDemos, centre, driven
from tests.browser.test_demos_are_accessible import EVERY_SCREEN
from tests.browser.watch import overflow, violations
from tests.demos.detection_states import boxes_states, grid_states

pytestmark = pytest.mark.browser

TRY = """async (root, [states, names]) => {
  const found = [];
  for (const state of states) {
    root.model.setAll(state);
    await new Promise((done) => requestAnimationFrame(() => setTimeout(done)));
    found.push({
      ...Object.fromEntries(names.map((name) => [name, root.model.get(name)])),
      whole: !/NaN|Infinity|undefined/.test(root.querySelector(".course-body").innerHTML),
      complaints: [...root.querySelectorAll(".course-problem")].map((p) => p.textContent).join(""),
    });
  }
  return found;
}"""


def seen(demo: Driven, states: list[dict[str, Any]], *names: str) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = demo.root.evaluate(TRY, [states, list(names)])
    for state, one in zip(states, found, strict=True):
        assert one["complaints"] == "", state
        assert one["whole"], state
    return found


def drag(demo: Driven, target: Locator, right: float, down: float) -> None:
    x, y = centre(target)
    demo.page.mouse.move(x, y)
    demo.page.mouse.down()
    demo.page.mouse.move(x + right, y + down, steps=4)
    demo.page.mouse.up()
    demo.painted()


def test_the_grid_equals_the_library_in_random_states_and_from_disk(open_demos: OpenDemos) -> None:
    demo = driven(open_demos(YoloGrid(), scheme="file"), "yolo-grid")
    states = grid_states(25, seed=3)
    for state, page in zip(
        states, seen(demo, states, "loss", "encoding", "collisions"), strict=True
    ):
        reference = YoloGrid(**state)
        loss = torch.tensor(page["loss"], dtype=torch.float64)
        torch.testing.assert_close(loss, reference.reference(), rtol=1e-6, atol=1e-6)
        targets, lost = reference._encoded()
        assert page["collisions"] == lost.tolist()
        for row, column, *told in page["encoding"]:
            assert targets.has_object[0, int(row), int(column)]
            assert all(0 <= n <= 1 for n in told)


def test_the_boxes_equal_the_library_in_random_states_and_from_disk(open_demos: OpenDemos) -> None:
    demo = driven(open_demos(Boxes(), scheme="file"), "boxes")
    states = boxes_states(25, seed=4)
    names = ("survivors", "iou", "average_precision", "precision")
    for state, page in zip(states, seen(demo, states, *names), strict=True):
        reference = Boxes(**state)
        assert page["survivors"] == reference.reference().tolist()
        boxes = torch.tensor(state["boxes"], dtype=torch.float64)
        pair = iou(boxes, boxes)[state["selected"], state["partner"]]
        assert page["iou"] == pytest.approx(pair.item(), abs=1e-9)
        evaluation = reference.reference_evaluation()
        averages = [None if math.isnan(a) else a for a in evaluation.by_class.tolist()]
        assert page["average_precision"] == [a if a is None else pytest.approx(a) for a in averages]
        curve = evaluation.curves[0][state["labels"][state["selected"]]]
        assert page["precision"] == pytest.approx(curve.precision.tolist())


def test_an_object_is_dragged_pulled_and_typed(open_demos: OpenDemos) -> None:
    demo = driven(open_demos(YoloGrid()), "yolo-grid")
    house = demo.root.get_by_role("button", name="object 2, house")
    drag(demo, house, -40, 60)
    assert demo.get("selected") == 1
    x1, y1, x2, y2 = demo.get("boxes")[1]
    assert (x2 - x1, y2 - y1) == (98, 108)
    assert x1 < 303
    assert y1 > 9
    corner = demo.root.get_by_role("button", name="right bottom corner of object 2")
    drag(demo, corner, -150, 0)
    expect(demo.root.get_by_role("note")).to_contain_text("would be inside out")
    demo.root.get_by_role("textbox", name="w", exact=True).fill("1")
    demo.press("Enter")
    assert "beyond the image" in demo.problems()[0]
    demo.root.get_by_role("textbox", name="w", exact=True).fill("0.1")
    demo.press("Enter")
    assert demo.get("encoding")[1][4] == pytest.approx(0.1)
    demo.root.get_by_role("button", name="two centres in one cell").click()
    expect(demo.root.locator(".course-sentence")).to_contain_text("Collision")
    demo.root.get_by_role("spinbutton", name="Cells a side S").fill("14")
    demo.press("Enter")
    expect(demo.root.locator(".course-sentence")).not_to_contain_text("Collision")


def test_the_grid_goes_by_key_alone(open_demos: OpenDemos) -> None:
    demo = driven(open_demos(YoloGrid(view="loss", grabbed=0)), "yolo-grid")
    before = demo.get("loss")
    demo.tab_to(demo.root.locator("[data-box='4']"))
    demo.press("ArrowRight", "Shift+ArrowDown")
    assert demo.get("predicted")[0] == [84, 194, 233, 325]
    assert demo.get("loss")[0] > before[0]
    demo.tab_to(demo.root.get_by_role("button", name="left top corner of predicted box 1"))
    demo.press("ArrowUp")
    assert demo.get("predicted")[0] == [84, 190, 233, 325]
    demo.tab_to(demo.root.locator("[data-box='2']"))
    demo.press("Enter", "Delete")
    assert len(demo.get("boxes")) == 3


def test_survivors_are_named_before_they_show(open_demos: OpenDemos) -> None:
    demo = driven(open_demos(Boxes(view="suppression", predict=True)), "boxes")
    for letter in "FACHDI":
        demo.root.get_by_role("button", name=f"Box {letter}", exact=True).click()
    assert demo.get("survivors") == []
    before = demo.get("boxes")
    demo.root.get_by_role("button", name="Reveal").click()
    expect(demo.root.locator(".course-verdict")).to_contain_text("exactly right")
    assert demo.get("survivors") == [5, 0, 2, 7, 3, 8]
    assert demo.get("boxes") == before
    demo.root.get_by_role("button", name="Again").click()
    assert demo.traits("guess", "revealed") == {"guess": [], "revealed": False}


def test_boxes_are_dragged_and_the_steps_walked(open_demos: OpenDemos) -> None:
    demo = driven(open_demos(Boxes()), "boxes")
    demo.tab_to(demo.root.locator("[data-box='8']"))
    demo.press("ArrowRight", "Shift+ArrowDown")
    assert demo.get("boxes")[8] == [67, 16, 81, 30]
    assert demo.traits("selected", "partner") == {"selected": 8, "partner": 0}
    demo.root.get_by_role("radio", name="suppression").check()
    demo.root.get_by_role("button", name="One step on").click()
    expect(demo.root.locator(".course-sentence").first).to_contain_text("F (clock, 0.96)")
    demo.tab_to(demo.root.get_by_role("slider", name="Threshold of the score"))
    demo.press("End")
    expect(demo.root.locator(".course-sentence").first).to_contain_text("nothing is left")
    demo.root.get_by_role("button", name="Reset").click()
    assert demo.get("threshold") == 0.25


@pytest.mark.parametrize("view", ["overlap", "suppression", "precision and recall"])
def test_the_snippet_of_boxes_prints_the_demo_s_numbers(open_demos: OpenDemos, view: str) -> None:
    demo = driven(open_demos(Boxes(view=view)), "boxes")
    lines = _run(demo.code())
    if view == "overlap":
        assert lines[0] == pytest.approx(demo.get("iou"))
        return
    assert lines[0] == demo.get("survivors")
    if view != "suppression":
        assert lines[1] == pytest.approx(demo.get("precision"))
        assert lines[2] == pytest.approx(demo.get("recall"))


def test_the_snippet_of_the_grid_prints_the_demo_s_numbers(open_demos: OpenDemos) -> None:
    demo = driven(open_demos(YoloGrid(view="loss")), "yolo-grid")
    encoding, terms = _run(demo.code())
    for mine, page in zip(encoding, demo.get("encoding"), strict=True):
        assert mine == pytest.approx(page)
    assert terms == pytest.approx(demo.get("loss"))


def _run(code: str) -> list[Any]:
    """Run a snippet and return what it prints, line by line."""
    import contextlib
    import io
    import json

    out = io.StringIO()
    with contextlib.redirect_stdout(out):
        exec(compile(code, "snippet", "exec"), {})
    return [json.loads(line.split("  #")[0]) for line in out.getvalue().splitlines()]


@EVERY_SCREEN
def test_axe_finds_nothing(open_demos: OpenDemos, theme: str, width: int) -> None:
    page = open_demos(YoloGrid(boxes_per_cell=3), Boxes(), theme=theme, width=width)
    grid, boxes = driven(page, "yolo-grid"), driven(page, "boxes")
    assert violations(page) == []
    grid.set(view="loss", grabbed=1, cells=14)
    boxes.set(view="suppression", step=4)
    assert violations(page) == []
    assert overflow(page) == 0
    boxes.set(view="precision and recall")
    assert overflow(page) == 0
