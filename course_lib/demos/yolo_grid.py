"""YOLO's grid: from boxes to a cell's numbers and back, and what a prediction costs."""

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING, Any

import traitlets

from course_lib.demos.checks import Checked, check_number, check_whole, check_word
from course_lib.demos.demo import Demo, front_end
from course_lib.demos.detection_checks import (
    CLASS_COUNT,
    check_as_many,
    check_boxes,
    check_labels,
    check_shares,
)

if TYPE_CHECKING:
    from torch import Tensor

    from course_lib.detection import Encoding, Grid

SIDE = 448
"""Pixels of each side of YOLO's image."""
SCENE_NAMES = ("mugs", "strawberries", "clocks")
VIEWS = ("encode", "loss")
MUGS = ([173, 243, 252, 317], [303, 9, 401, 117], [149, 0, 271, 121], [70, 168, 219, 299])
"""The objects of the scene "mugs", enlarged to 448 pixels: mug, house, clock, mug."""


class YoloGrid(Demo):
    """A picture under YOLO's grid: each object's cell, its numbers, and the loss of a prediction.

    In the view "loss" the cell of the selected object says `predicted`; every other object is
    predicted without fault, and every other box gives the confidence `background`.

    Traits
    ------
    scene : {"mugs", "strawberries", "clocks"}
        The picture.
    boxes : list of 1 to 6 boxes
        The objects: x1, y1, x2, y2 in pixels from 0 to 448, at least 4 wide and high.
    labels : list of int, 0 to 9
        Their classes.
    selected : int
        The object in question, counted from 0.
    cells : int, 2 to 14
        Along each side of the grid.
    boxes_per_cell : int, 1 to 3
    class_count : int, 10 to 1,000
    view : {"encode", "loss"}
    predicted : list of 3 boxes
        What the cell could say; the first `boxes_per_cell` count.
    confidences : list of 3 floats, 0 to 1
    grabbed : int, -1 to 2
        The predicted box that can be pulled at its corners; -1 is the object.
    probability : float, 0 to 1
        What the cell gives the right class; the other classes share the rest evenly.
    background : float, 0 to 1
        The confidence of every other box.
    encoding : list of lists of float
        Of each object row, column, x, y, w, h, computed by the page.
    collisions : list of pairs of int
        The object that holds a cell, and one that is lost to it.
    loss : list of 5 floats
        Centre, size, confidence where it answers, confidence of all others, classes; weighted.
    title, hint : str
        The heading and the line below it.

    Raises
    ------
    TraitError
        If a trait, or a combination of traits, is impossible: nothing is changed then.
    """

    name = "yolo-grid"
    data = ("detection-scenes",)
    _esm = front_end("yolo-grid.js")
    _css = front_end("demos.css")

    scene = Checked("mugs").tag(sync=True)
    boxes = Checked([[float(n) for n in box] for box in MUGS]).tag(sync=True)
    labels = Checked([8, 9, 1, 8]).tag(sync=True)
    selected = Checked(3).tag(sync=True)
    cells = Checked(7).tag(sync=True)
    boxes_per_cell = Checked(2).tag(sync=True)
    class_count = Checked(20).tag(sync=True)
    view = Checked("encode").tag(sync=True)
    predicted = Checked(
        [[80.0, 162.0, 229.0, 293.0], [3.0, 109.0, 286.0, 358.0], [100.0, 100.0, 300.0, 300.0]]
    ).tag(sync=True)
    confidences = Checked([0.6, 0.3, 0.1]).tag(sync=True)
    grabbed = Checked(-1).tag(sync=True)
    probability = Checked(0.7).tag(sync=True)
    background = Checked(0.05).tag(sync=True)
    encoding = traitlets.List(traitlets.List(traitlets.Float())).tag(sync=True)
    collisions = traitlets.List(traitlets.List(traitlets.Int())).tag(sync=True)
    loss = traitlets.List(traitlets.Float()).tag(sync=True)
    title = traitlets.Unicode("Which cell answers?").tag(sync=True)
    hint = traitlets.Unicode(
        "Drag a box or one of its corners; or Tab to it and use the arrow keys, with Shift for"
        " larger steps. The amber cell answers."
    ).tag(sync=True)

    @traitlets.validate(
        *("scene", "boxes", "labels", "selected", "cells", "boxes_per_cell", "class_count"),
        *("view", "predicted", "confidences", "grabbed", "probability", "background"),
    )
    def _check(self, proposal: dict[str, Any]) -> Any:
        trait, value = proposal["trait"].name, proposal["value"]
        state = {name: getattr(self, name) for name in CHECKS} | {trait: value}
        checked = {name: check(name, state[name]) for name, check in CHECKS.items()}
        check_as_many(trait, "boxes", checked, "labels")
        if trait == "selected":
            return check_whole(trait, value, at_least=0, at_most=len(checked["boxes"]) - 1)
        if trait == "grabbed":
            return check_whole(trait, value, at_least=-1, at_most=checked["boxes_per_cell"] - 1)
        return checked[trait]

    @traitlets.observe("boxes", "labels", "boxes_per_cell")
    def _refresh(self, _: object) -> None:
        # Where there are fewer than before, what was pointed at is the last.
        self.selected = min(self.selected, len(self.boxes) - 1)
        self.grabbed = min(self.grabbed, self.boxes_per_cell - 1)

    @property
    def grid(self) -> "Grid":
        """The shape of the output."""
        from course_lib.detection import Grid

        return Grid(self.cells, self.boxes_per_cell, self.class_count)

    def reference(self) -> "Tensor":
        """Compute `loss` with `course_lib.detection`.

        Returns
        -------
        Tensor, shape (5,), float64
        """
        import torch

        from course_lib.detection import yolo_loss

        targets, _ = self._encoded()
        terms = yolo_loss(self.reference_prediction(), targets, self.grid)
        return torch.stack(list(terms))

    def reference_prediction(self) -> "Tensor":
        """Return what the network says in this state.

        Returns
        -------
        Tensor, shape (1, S, S, 5B + C), float64
        """
        import torch

        targets, lost = self._encoded()
        prediction = targets.as_prediction(self.grid)
        confidence = prediction[..., 4 : 5 * self.boxes_per_cell : 5]
        confidence[confidence == 0] = self.background
        holder = dict(map(reversed, lost.tolist())).get(self.selected, self.selected)
        x1, y1, x2, y2 = self.boxes[holder]
        column, row = ((a + b) / 2 * self.cells // SIDE for a, b in ((x1, x2), (y1, y2)))
        cell = prediction[0, int(row), int(column)]
        for j in range(self.boxes_per_cell):
            x1, y1, x2, y2 = self.predicted[j]
            across, down = ((a + b) / 2 * self.cells / SIDE for a, b in ((x1, x2), (y1, y2)))
            told = [across - column, down - row, (x2 - x1) / SIDE, (y2 - y1) / SIDE]
            cell[5 * j : 5 * j + 5] = torch.tensor([*told, self.confidences[j]])
        classes = cell[5 * self.boxes_per_cell :]
        classes[:] = (1 - self.probability) / (self.class_count - 1)
        classes[self.labels[holder]] = self.probability
        return prediction

    def _encoded(self) -> "Encoding":
        import torch

        from course_lib.detection import encode_boxes

        boxes = torch.tensor(self.boxes, dtype=torch.float64)
        return encode_boxes(boxes, torch.tensor(self.labels), (SIDE, SIDE), self.grid)


SHARE = partial(check_number, at_least=0, at_most=1)
BOXES = partial(check_boxes, side=SIDE, extent=4)

CHECKS: dict[str, Callable[[str, Any], Any]] = {
    "scene": partial(check_word, words=SCENE_NAMES),
    "boxes": partial(BOXES, at_least=1, at_most=6),
    "labels": check_labels,
    "selected": partial(check_whole, at_least=0, at_most=5),
    "cells": partial(check_whole, at_least=2, at_most=14),
    "boxes_per_cell": partial(check_whole, at_least=1, at_most=3),
    "class_count": partial(check_whole, at_least=CLASS_COUNT, at_most=1000),
    "view": partial(check_word, words=VIEWS),
    "predicted": partial(BOXES, at_least=3, at_most=3),
    "confidences": partial(check_shares, at_least=3, at_most=3),
    "grabbed": partial(check_whole, at_least=-1, at_most=2),
    "probability": SHARE,
    "background": SHARE,
}
"""How each trait is checked by itself; the frontend's state.ts holds the same limits."""
