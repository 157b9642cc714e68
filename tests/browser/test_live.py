"""Networks at work on scenes in a page: by key, by hand, against torch, and with bad input."""

from __future__ import annotations

import io
from dataclasses import replace
from random import Random
from typing import Any
from urllib.parse import quote

import pytest
import torch
from PIL import Image
from playwright.sync_api import Locator, expect

from course_lib.datasets.scenes import describe, render
from course_lib.demos import LiveDetector, LiveSegmenter
from course_lib.demos.scene_demo import SceneDemo
from course_lib.demos.scene_detectors_page import NETWORKS as DETECTORS
from course_lib.demos.scene_segmenters_page import NETWORKS as SEGMENTERS
from course_lib.segmentation import confusion_matrix, mean_iou
from tests.browser.demo_page import Driven, OpenDemos, driven, printed_by
from tests.browser.watch import overflow, violations

pytestmark = pytest.mark.browser

BOTH = pytest.mark.parametrize("kind", [LiveDetector, LiveSegmenter])


def ready(demo: Driven) -> Driven:
    """Wait until the network that the demo shows can be asked."""
    expect(demo.root).to_have_attribute("data-network", "ready", timeout=30_000)
    demo.painted()
    return demo


def opened(open_demos: OpenDemos, demo: SceneDemo, **options: Any) -> Driven:
    return ready(driven(open_demos(demo, **options), demo.name))


def point(target: Locator, x: float, y: float) -> tuple[float, float]:
    """Return a place of a picture in the page, from shares of its width and height."""
    target.scroll_into_view_if_needed()
    box = target.bounding_box()
    assert box is not None
    return box["x"] + x * box["width"], box["y"] + y * box["height"]


def random_scenes(count: int) -> list[dict[str, Any]]:
    """Return indices, and what a reader might have made of their scenes."""
    random = Random(12)
    states: list[dict[str, Any]] = []
    for n in range(count):
        index = random.randint(0, 9999)
        scene = describe("test", "detection", index)
        moved = tuple(
            replace(item, x=round(item.x + random.uniform(-0.3, 0.3), 4), angle=30.0 * n)
            for item in scene.objects
        )
        changed = replace(scene, objects=moved[: n % 4])
        states.append({"index": index, "scene": changed.to_dict() if n % 2 else None})
    return states


@torch.no_grad()
def test_the_boxes_are_torch_s_in_random_states_and_from_disk(open_demos: OpenDemos) -> None:
    page = LiveDetector(threshold=0.05)
    demo = opened(open_demos, page, scheme="file")
    for n, state in enumerate(random_scenes(9)):
        state["network"] = DETECTORS[n % len(DETECTORS)]
        demo.set(**state)
        ready(demo)
        expected = LiveDetector(threshold=0.05, **state).reference()
        seen = demo.traits("boxes", "labels", "scores")
        assert seen["labels"] == expected.classes.tolist(), state
        if not seen["labels"]:
            continue
        assert torch.allclose(torch.tensor(seen["boxes"]), expected.boxes, rtol=0, atol=1e-2)
        assert torch.allclose(torch.tensor(seen["scores"]), expected.scores, rtol=0, atol=1e-4)


@torch.no_grad()
def test_the_maps_are_torch_s_in_random_states(open_demos: OpenDemos) -> None:
    demo = opened(open_demos, LiveSegmenter())
    for n, state in enumerate(random_scenes(6)):
        state["network"] = list(SEGMENTERS)[n % len(SEGMENTERS)]
        demo.set(**state)
        ready(demo)
        expected = LiveSegmenter(**state)
        scores = expected.scores()
        best = scores.topk(2, dim=0).values
        sure = best[0] - best[1] > 1e-3
        classes = torch.tensor(demo.get("classes"))
        assert torch.equal(classes[sure], scores.argmax(dim=0)[sure]), state
        truth = render(expected.description()).mask
        counts = confusion_matrix(classes, truth, 11)
        assert demo.get("mean_iou") == pytest.approx(mean_iou(counts), abs=1e-9)


def test_an_object_is_moved_turned_scaled_raised_and_removed_by_key(
    open_demos: OpenDemos,
) -> None:
    index = next(i for i in range(99) if len(describe("test", "detection", i).objects) == 3)
    drawn = describe("test", "detection", index)
    demo = opened(open_demos, LiveDetector(index=index))
    demo.tab_to(demo.root.locator(".scene-object").first)
    assert demo.get("selected") == 0
    demo.press("ArrowRight", "ArrowRight", "Shift+ArrowDown")
    moved = demo.get("scene")["objects"][0]
    assert moved["x"] == pytest.approx(drawn.objects[0].x + 2 / 96, abs=2e-4)
    assert moved["y"] == pytest.approx(drawn.objects[0].y + 8 / 96, abs=2e-4)
    demo.press("+", ".")
    changed = demo.get("scene")["objects"][0]
    assert changed["scale"] == pytest.approx(1.05 * drawn.objects[0].scale, abs=1e-4)
    assert changed["angle"] == pytest.approx(drawn.objects[0].angle + 5, abs=1e-4)
    demo.press("PageUp")
    assert demo.get("selected") == 1
    assert demo.get("scene")["objects"][1] == changed
    demo.press("Delete")
    assert len(demo.get("scene")["objects"]) == 2
    assert demo.get("selected") == 0
    demo.root.get_by_role("button", name="Undo all changes").click()
    assert demo.get("scene") is None


def test_an_object_is_dragged_pulled_and_added_by_hand(open_demos: OpenDemos) -> None:
    demo = opened(open_demos, LiveDetector(index=5))
    drawing = demo.root.locator(".scene-drawing")
    item = describe("test", "detection", 5).objects[0]
    demo.page.mouse.move(*point(drawing, item.x, item.y))
    demo.page.mouse.down()
    demo.page.mouse.move(*point(drawing, item.x - 0.25, item.y + 0.25), steps=4)
    demo.page.mouse.up()
    demo.painted()
    moved = demo.get("scene")["objects"][0]
    assert moved["x"] == pytest.approx(item.x - 0.25, abs=0.01)
    assert moved["y"] == pytest.approx(item.y + 0.25, abs=0.01)
    assert demo.get("selected") == 0
    handle = demo.root.locator("[data-handle=scale] .knob")
    demo.page.mouse.move(*point(handle, 0.5, 0.5))
    demo.page.mouse.down()
    demo.page.mouse.move(*point(drawing, moved["x"] + 0.02, moved["y"] + 0.02), steps=3)
    demo.page.mouse.up()
    demo.painted()
    assert demo.get("scene")["objects"][0]["scale"] < 0.5 * item.scale
    count = len(demo.get("scene")["objects"])
    demo.root.get_by_role("button", name="mug", exact=True).click()
    demo.painted()
    assert len(demo.get("scene")["objects"]) == count + 1
    assert demo.get("scene")["objects"][-1]["class_name"] == "mug"


def test_a_link_keeps_the_scene_and_bad_ones_are_refused_in_words(open_demos: OpenDemos) -> None:
    scene = describe("test", "detection", 4)
    one = replace(scene, objects=scene.objects[:1])
    fragment = f"#demo=live-detector&scene={quote(one.to_json())}&threshold=0.2"
    demo = opened(open_demos, LiveDetector(), fragment=fragment)
    assert len(demo.get("scene")["objects"]) == 1
    assert demo.get("threshold") == 0.2
    for trait, value, said in (
        ("scene", {"background": {}, "objects": []}, "has no photograph"),
        ("scene", [], "The scene is not described"),
        ("index", 10_000, "from 0 to 9999"),
        ("threshold", 2, "Lowest score is 2"),
        ("source", "own", "There is no image yet"),
    ):
        before = demo.get(trait)
        demo.set(**{trait: value})
        assert any(said in problem for problem in demo.problems()), trait
        assert demo.get(trait) == before


def test_thresholds_at_their_ends_and_an_empty_scene_are_explained(
    open_demos: OpenDemos,
) -> None:
    empty = replace(describe("test", "detection", 4), objects=())
    demo = opened(open_demos, LiveDetector(index=4))
    reading, verdict = (demo.root.locator(f".scene-{part}") for part in ("reading", "verdict"))
    demo.set(threshold=1)
    expect(reading).to_contain_text("No score reaches 1")
    demo.set(threshold=0, overlap=1)
    expect(reading).to_contain_text("nothing is suppressed")
    assert len(demo.get("boxes")) == 72
    demo.set(scene=empty.to_dict())
    expect(verdict).to_contain_text("There is nothing to find")


@BOTH
def test_the_next_failure_is_found(open_demos: OpenDemos, kind: type[SceneDemo]) -> None:
    demo = opened(open_demos, kind(index=0))
    demo.root.get_by_role("button", name="Find the next failure").click()
    said = demo.root.locator(".search-said")
    expect(said).to_contain_text("keeps it", timeout=60_000)
    assert demo.get("index") > 0


@BOTH
def test_the_code_runs_and_gives_the_page_s_numbers(
    open_demos: OpenDemos, kind: type[SceneDemo]
) -> None:
    scene = describe("test", "detection", 4)
    fewer = replace(scene, objects=scene.objects[:2])
    demo = opened(open_demos, kind(index=4, scene=fewer))
    code = demo.code().replace("print(", "printed.append((")
    code = code.replace("())\n", "()))\n").replace("confusion))\n", "confusion)))\n")
    lines = ["import json", "printed = []", code, "print(json.dumps(printed))"]
    [found] = printed_by("\n".join(lines))
    if kind is LiveDetector:
        boxes, (scores, labels) = found
        assert labels == demo.get("labels")
        assert scores == pytest.approx(demo.get("scores"), abs=1e-4)
        flat = [n for box in demo.get("boxes") for n in box]
        assert [n for box in boxes for n in box] == pytest.approx(flat, abs=1e-2)
    else:
        (mean, accuracy), probabilities = found
        assert mean == pytest.approx(demo.get("mean_iou"), abs=1e-3)
        assert accuracy == pytest.approx(demo.get("accuracy"), abs=1e-3)
        assert sum(probabilities) == pytest.approx(1, abs=1e-5)


@BOTH
def test_an_own_image_is_looked_at_and_nothing_is_judged(
    open_demos: OpenDemos, kind: type[SceneDemo]
) -> None:
    demo = opened(open_demos, kind())
    content = io.BytesIO()
    Image.new("RGB", (300, 200), "teal").save(content, "PNG")
    file = {"name": "own.png", "mimeType": "image/png", "buffer": content.getvalue()}
    demo.root.locator("input[type=file]").set_input_files(file)  # type: ignore[arg-type]
    expect(demo.root.locator(".own-said")).to_contain_text("300 × 200 pixels", timeout=30_000)
    assert demo.get("source") == "own"
    expect(demo.root.locator(".scene-verdict")).to_contain_text("not known")
    expect(demo.root.locator(".scene-object")).to_have_count(0)
    bad = {"name": "note.txt", "mimeType": "text/plain", "buffer": b"no image"}
    demo.root.locator("input[type=file]").set_input_files(bad)  # type: ignore[arg-type]
    assert any("is no image" in problem for problem in demo.problems())
    demo.root.locator("input[value=scene]").check()
    demo.painted()
    assert demo.get("source") == "scene"


def test_a_pixel_is_pointed_at_by_hand_and_by_key(open_demos: OpenDemos) -> None:
    demo = opened(open_demos, LiveSegmenter(row=10, column=10))
    overlay = demo.root.locator(".map.errors .map-overlay")
    demo.tab_to(overlay)
    demo.press("ArrowRight", "Shift+ArrowDown")
    assert demo.traits("row", "column") == {"row": 18, "column": 11}
    demo.page.mouse.move(*point(overlay, 0.5, 0.25))
    demo.painted()
    assert demo.traits("row", "column") == {"row": 24, "column": 48}
    shares = demo.root.locator(".share").all_text_contents()
    assert sum(map(float, shares)) == pytest.approx(1, abs=0.06)


@BOTH
def test_axe_finds_nothing_and_nothing_overflows(
    open_demos: OpenDemos, kind: type[SceneDemo]
) -> None:
    demo = opened(open_demos, kind(index=5, selected=0))
    for theme, width in (("light", 1280), ("light", 360), ("dark", 360), ("dark", 1280)):
        demo.page.set_viewport_size({"width": width, "height": 900})
        demo.page.evaluate("(t) => { document.documentElement.dataset.theme = t; }", theme)
        demo.painted()
        assert violations(demo.page) == [], (theme, width)
        assert overflow(demo.page) == 0, (theme, width)
        if theme == "light" and width == 360:
            demo.set(index=10_000)
            assert demo.problems()
            if kind is LiveDetector:
                demo.set(grid=True, threshold=0)


def test_the_scene_of_the_page_is_the_one_of_python(open_demos: OpenDemos) -> None:
    page = open_demos(LiveDetector(index=11), watched=False)
    demo = ready(driven(page, "live-detector"))
    canvas = demo.root.locator(".scene-editor canvas")
    seen = canvas.evaluate(
        "(c) => [...c.getContext('2d').getImageData(0, 0, 96, 96).data]",
    )
    rgba = torch.tensor(seen, dtype=torch.uint8).reshape(96, 96, 4)
    image = render(describe("test", "detection", 11)).image
    assert torch.equal(rgba[..., :3].permute(2, 0, 1), image)
