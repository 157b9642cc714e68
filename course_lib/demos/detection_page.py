"""The scenes over which the page draws boxes, as its front end reads them.

Written into ``frontend/src/data/detection-scenes.json`` by ``python -m tests.golden``; a test holds
the two to each other.
"""

from __future__ import annotations

from base64 import b64encode
from functools import cache
from typing import Any

SIDE = 96
"""Pixels of each side of a scene."""
SCENES = {"mugs": 23, "strawberries": 1285, "clocks": 1396}
"""The held-out scenes of the detection task, each by what it is called in the page."""


@cache
def truth(scene: str) -> tuple[tuple[tuple[float, ...], ...], tuple[int, ...]]:
    """Return the boxes of a scene's objects, corners in pixels, and their classes."""
    from course_lib.datasets.scenes import describe, render

    drawn = render(describe("test", "detection", SCENES[scene]), SIDE)
    return tuple(tuple(box) for box in drawn.boxes.tolist()), tuple(drawn.labels.tolist())


def page_data() -> dict[str, Any]:
    """Return the classes' names, and of each scene its bytes, pixel by pixel, and its objects."""
    from course_lib.datasets.scenes import CLASSES, describe, render

    scenes = {}
    for name, index in SCENES.items():
        image = render(describe("test", "detection", index), SIDE).image
        boxes, labels = truth(name)
        scenes[name] = {
            "boxes": boxes,
            "labels": labels,
            "bytes": b64encode(bytes(image.permute(1, 2, 0).flatten().tolist())).decode("ascii"),
        }
    return {"side": SIDE, "classes": list(CLASSES), "scenes": scenes}
