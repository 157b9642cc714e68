"""Golden cases of augmentation: changes of a picture, and what torch's grid_sample makes of it."""

from __future__ import annotations

from collections.abc import Iterator
from random import Random
from typing import Any

from course_lib.demos.augmentation import CHECKS, PICTURES, Augmentation

SIDE = 5
CHANGES = tuple(trait for trait in CHECKS if trait not in ("index", "vary", "strength", "seed"))
EDGES: tuple[dict[str, Any], ...] = (
    {},
    {"crop_side": 256, "right": 0, "down": 0},
    {"right": 0, "down": 32, "mirror": True},
    {"rotation": 180.0, "mirror": True},
    {"scale": 0.25},
    {"scale": 4.0, "rotation": 90.0},
    {"cutout": 1.0},
    {"cutout": 0.4, "cutout_x": 0.0, "cutout_y": 1.0},
    {"contrast": 0.0, "brightness": -255.0},
    {"colour": [8.0, -8.0, 8.0]},
)


def cases() -> Iterator[dict[str, Any]]:
    """Yield edges, then random changes of every picture."""
    for change in EDGES:
        for picture in ("cat", "letter b"):
            yield _case({"picture": picture, **change})
    random = Random(10_001)
    for number in range(40):
        crop = random.randint(64, 256)
        yield _case(
            {
                "picture": PICTURES[number % len(PICTURES)],
                "crop_side": crop,
                "right": random.randint(0, 256 - crop),
                "down": random.randint(0, 256 - crop),
                "mirror": random.random() < 0.5,
                "scale": round(random.uniform(0.5, 2), 2),
                "rotation": round(random.uniform(-180, 180), 1),
                "brightness": round(random.uniform(-90, 90)),
                "contrast": round(random.uniform(0, 2), 2),
                "colour": [round(random.uniform(-2, 2), 2) for _ in range(3)],
                "cutout": round(random.uniform(0, 0.6), 2),
                "cutout_x": round(random.random(), 2),
                "cutout_y": round(random.random(), 2),
            }
        )


def _case(change: dict[str, Any]) -> dict[str, Any]:
    demo = Augmentation(**change)
    return {
        **{trait: getattr(demo, trait) for trait in CHANGES},
        "label": demo.label(),
        "visible": round(demo.visible_share(), 9),
        "pixels": [round(value, 6) for value in demo.reference(SIDE).flatten().tolist()],
    }
