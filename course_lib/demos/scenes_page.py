"""The world of the scenes as the front end reads it: classes, colours, and the photographs' sizes.

Written into ``frontend/src/data/scenes.json`` by ``python -m tests.golden``; a test holds the two
to each other. The photographs themselves are in `scene_backgrounds_page`.
"""

from __future__ import annotations

from typing import Any


def page_data() -> dict[str, Any]:
    """Return the catalogue, and of each photograph its split, its stored size and its credit."""
    from course_lib.datasets import background_names, photograph
    from course_lib.datasets.scenes import SPLITS, TASKS, background_pixels, catalogue

    photographs = {}
    for split in SPLITS:
        for name in background_names(split):
            entry = photograph(name)
            height, width = background_pixels(name).shape[:2]
            photographs[name] = {
                "split": split,
                "height": height,
                "width": width,
                "title": entry.title,
                "credit": entry.credit,
            }
    return {**catalogue(), "tasks": TASKS, "photographs": photographs}
