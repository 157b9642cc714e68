"""Random states of the demos of detection."""

from __future__ import annotations

from random import Random
from typing import Any

from course_lib.demos import boxes, yolo_grid


def random_boxes(random: Random, count: int, side: int, least: int) -> list[list[int]]:
    """Draw boxes that lie in the image, wide and high enough."""
    out = []
    for _ in range(count):
        x, y = random.randint(0, side - least), random.randint(0, side - least)
        out.append([x, y, random.randint(x + least, side), random.randint(y + least, side)])
    return out


def grid_states(count: int, seed: int = 12) -> list[dict[str, Any]]:
    """Draw states of `YoloGrid`; boxes share cells often enough."""
    random = Random(seed)
    states = []
    for _ in range(count):
        objects = random.randint(1, 6)
        per_cell = random.randint(1, 3)
        states.append(
            {
                "scene": random.choice(yolo_grid.SCENE_NAMES),
                "boxes": random_boxes(random, objects, 448, 4),
                "labels": [random.randint(0, 9) for _ in range(objects)],
                "selected": random.randint(0, objects - 1),
                "cells": random.choice([2, 6, 7, 13]),
                "boxes_per_cell": per_cell,
                "class_count": random.choice([10, 20, 1000]),
                "view": random.choice(yolo_grid.VIEWS),
                "predicted": random_boxes(random, 3, 448, 4),
                "confidences": [random.randint(0, 20) / 20 for _ in range(3)],
                "grabbed": random.randint(-1, per_cell - 1),
                "probability": random.randint(0, 20) / 20,
                "background": random.randint(0, 20) / 20,
            }
        )
    return states


def boxes_states(count: int, seed: int = 12) -> list[dict[str, Any]]:
    """Draw states of `Boxes`: near the scene's own boxes, of few classes and scores."""
    random = Random(seed)
    states = []
    for _ in range(count):
        number = random.randint(2, 12)
        drawn = random_boxes(random, number, 96, 0)
        for index, (box, _, _) in enumerate(boxes.CROWD[:number]):
            if random.random() < 0.7:
                drawn[index] = [min(96, max(0, n + random.randint(-2, 0))) for n in box]
                drawn[index][2:] = [
                    max(a, b) for a, b in zip(drawn[index][2:], drawn[index][:2], strict=True)
                ]
        selected, partner = random.sample(range(number), 2)
        states.append(
            {
                "scene": random.choice(boxes.SCENE_NAMES),
                "boxes": drawn,
                "scores": [random.randint(0, 10) / 10 for _ in range(number)],
                "labels": [random.choice([1, 3, 3, 8]) for _ in range(number)],
                **{"selected": selected, "partner": partner},
                "view": random.choice(boxes.VIEWS),
                "threshold": random.choice([0, 0.2, 0.5, 1]),
                "overlap": random.choice([0, 0.3, 0.5, 1]),
                "by_class": random.random() < 0.7,
                "least": random.choice([0.25, 0.5, 0.75]),
                **{"step": 0, "predict": False, "guess": [], "revealed": False},
            }
        )
    return states
