"""Golden cases of the scenes: what seeds draw, and what descriptions look like."""

from __future__ import annotations

from base64 import b64decode
from collections.abc import Iterator
from dataclasses import replace
from hashlib import sha256
from typing import Any

from course_lib.datasets.scenes import (
    CLASSES,
    FAMILIES,
    SPLITS,
    TASKS,
    Background,
    Description,
    SceneObject,
    background_pixels,
    describe,
    generator_case,
    render_case,
)
from course_lib.demos.scene_backgrounds_page import NAMES

Case = dict[str, Any]


def drawn() -> Iterator[Case]:
    """Yield what seeds draw: some scenes of every split and task."""
    for split in SPLITS:
        for task in TASKS[:2]:
            for index in (*range(12), 2**29 - 1):
                yield generator_case(split, task, index)


def photographs() -> Iterator[Case]:
    """Yield of each photograph of the page the checksum of its bytes."""
    for name in NAMES:
        yield {"name": name, "sha256": sha256(background_pixels(name).tobytes()).hexdigest()}


def rendered() -> Iterator[Case]:
    """Yield scenes and the checksum of what they look like.

    The test split's scenes, every class with every texture family, every photograph, mirrored and
    not, at several sizes, and what only an editor makes: nothing, far out, tiny, huge, and many.
    """
    for index in range(100):
        yield _case(describe("test", TASKS[index % 2], index), 96)
    for n, name in enumerate(CLASSES):
        item = _one(name)
        for family in FAMILIES:
            changed = replace(item, texture=replace(item.texture, family=family))
            yield _case(Description(Background("coins", 0.1, 0, 1), (changed,)), 64)
        yield _case(Description(Background("brick", 0, 0, 0.9, n % 2 > 0), (item,)), 33 + n)
    for n, name in enumerate(NAMES):
        for side in (1.0, 0.56, 0.45, 0.01):
            cut = Background(name, 0.05 * n, 0, side, side == 0.45)
            yield _case(Description(cut, ()), 96)
        yield _case(Description(Background(name, 9.5, 1, 1), ()), 16)
    one = _one("fish")
    for changes in (
        {"x": -1.5},
        {"y": 3.0},
        {"x": -0.1, "y": 0.95},
        {"scale": 0.01},
        {"scale": 4.0},
        {"angle": 3600.0},
        {"angle": -135.5},
        {"light": 2.0, "ink": 1.0},
        {"light": 0.0},
    ):
        yield _case(Description(Background("page", 1, 0, 0.5), (replace(one, **changes),)), 96)
    many = tuple(replace(_one(name), x=0.1 + 0.08 * n) for n, name in enumerate(CLASSES))
    yield _case(Description(Background("camera", 0, 0, 1), many), 200)
    yield _case(Description(Background("camera", 0, 0, 1), (many[0], many[0])), 96)


def _one(name: str) -> SceneObject:
    """Return the first object of a class that the test split has alone, put in the middle."""
    for index in range(1000):
        item = describe("test", "classification", index).objects[0]
        if item.class_name == name:
            return replace(item, x=0.5, y=0.5, scale=0.6)
    raise LookupError(name)


def _case(description: Description, size: int) -> Case:
    """Return a case with checksums of the bytes, which would fill megabytes."""
    case = render_case(description, size)
    for name in ("image", "instances"):
        case[name] = sha256(b64decode(case[name])).hexdigest()
    return case
