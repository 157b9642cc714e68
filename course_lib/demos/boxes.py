"""Boxes: how well two agree, which of many survive, and how good the survivors are."""

from collections.abc import Callable
from functools import partial
from reprlib import repr as shown
from typing import TYPE_CHECKING, Any

import traitlets
from traitlets import TraitError

from course_lib.demos.checks import Checked, check_number, check_whole, check_word
from course_lib.demos.demo import Demo, front_end
from course_lib.demos.detection_checks import (
    CLASS_COUNT,
    check_as_many,
    check_boxes,
    check_labels,
    check_shares,
)
from course_lib.demos.detection_page import SIDE

if TYPE_CHECKING:
    from torch import Tensor

    from course_lib.detection import Evaluation

SCENE_NAMES = ("mugs", "strawberries", "clocks")
VIEWS = ("overlap", "suppression", "precision and recall")
MOST = 12

CROWD = (
    ([33, 6, 58, 32], 0.91, 3),
    ([30, 9, 56, 33], 0.74, 3),
    ([52, 30, 84, 63], 0.88, 3),
    ([55, 47, 87, 81], 0.66, 3),
    ([50, 34, 86, 72], 0.45, 3),
    ([18, 28, 52, 62], 0.96, 1),
    ([21, 31, 56, 66], 0.58, 1),
    ([19, 27, 51, 61], 0.79, 3),
    ([66, 8, 80, 22], 0.3, 3),
    ([4, 70, 30, 94], 0.12, 1),
)
"""What a detector could say of the scene with three strawberries and a clock."""


class Boxes(Demo):
    """The boxes of a detector over a scene: overlap, suppression, precision and recall.

    Traits
    ------
    scene : {"mugs", "strawberries", "clocks"}
        The picture, and the objects that are true.
    boxes : list of 2 to 12 boxes
        What the detector says: x1, y1, x2, y2 in pixels from 0 to 96.
    scores : list of float, 0 to 1
    labels : list of int, 0 to 9
        Their classes.
    selected, partner : int
        The box in question and the one that it is compared with, counted from 0.
    view : {"overlap", "suppression", "precision and recall"}
    threshold : float, 0 to 1
        What scores less takes no part.
    overlap : float, 0 to 1
        A survivor suppresses what overlaps it by more.
    by_class : bool
        Whether boxes of different classes leave each other alone.
    least : float, 0.05 to 1
        The IoU with an object from which it counts as found.
    step : int, 0 to 12
        Of the suppression: 0 is the threshold, then a survivor a step; the last at most.
    predict : bool
        Whether the survivors stay hidden until the reader has named them.
    guess : list of int
        The boxes that the reader names, in order.
    revealed : bool
    iou : float
        Of the two boxes in question, computed by the page.
    survivors : list of int
        By descending score; empty while the reader is asked; `reference` is the same by torch.
    precision, recall : list of float
        After each survivor of the selected box's class, by descending score.
    average_precision : list of float or None
        Of each class; None where the scene has no object of it.
    title, hint : str
        The heading and the line below it.

    Raises
    ------
    TraitError
        If a trait, or a combination of traits, is impossible: nothing is changed then. Set what
        must change together within ``hold_trait_notifications()``.
    """

    name = "boxes"
    data = ("detection-scenes",)
    _esm = front_end("boxes.js")
    _css = front_end("demos.css")

    scene = Checked("strawberries").tag(sync=True)
    boxes = Checked([[float(n) for n in box] for box, _, _ in CROWD]).tag(sync=True)
    scores = Checked([score for _, score, _ in CROWD]).tag(sync=True)
    labels = Checked([label for _, _, label in CROWD]).tag(sync=True)
    selected = Checked(0).tag(sync=True)
    partner = Checked(1).tag(sync=True)
    view = Checked("overlap").tag(sync=True)
    threshold = Checked(0.25).tag(sync=True)
    overlap = Checked(0.5).tag(sync=True)
    by_class = traitlets.Bool(True).tag(sync=True)
    least = Checked(0.5).tag(sync=True)
    step = Checked(0).tag(sync=True)
    predict = traitlets.Bool(False).tag(sync=True)
    guess = Checked([]).tag(sync=True)
    revealed = traitlets.Bool(False).tag(sync=True)
    iou = traitlets.Float().tag(sync=True)
    survivors = traitlets.List(traitlets.Int()).tag(sync=True)
    precision = traitlets.List(traitlets.Float()).tag(sync=True)
    recall = traitlets.List(traitlets.Float()).tag(sync=True)
    average_precision = traitlets.List(traitlets.Float(allow_none=True)).tag(sync=True)
    title = traitlets.Unicode("How much do two boxes agree?").tag(sync=True)
    hint = traitlets.Unicode(
        "Press a box to compare it with the one before. Drag it or one of its corners; or Tab to it"
        " and use the arrow keys, with Shift for larger steps."
    ).tag(sync=True)

    @traitlets.validate(
        *("scene", "boxes", "scores", "labels", "selected", "partner", "view"),
        *("threshold", "overlap", "least", "step", "guess"),
    )
    def _check(self, proposal: dict[str, Any]) -> Any:
        trait, value = proposal["trait"].name, proposal["value"]
        state = {name: getattr(self, name) for name in CHECKS} | {trait: value}
        checked = {name: check(name, state[name]) for name, check in CHECKS.items()}
        check_as_many(trait, "boxes", checked, "scores", "labels")
        last = len(checked["boxes"]) - 1
        if trait in ("selected", "partner"):
            return check_whole(trait, value, at_least=0, at_most=last)
        if trait == "guess":
            return [check_whole(trait, one, at_least=0, at_most=last) for one in checked["guess"]]
        return checked[trait]

    @traitlets.observe("boxes")
    def _refresh(self, _: object) -> None:
        # Where there are fewer boxes than before, what was pointed at is the last.
        last = len(self.boxes) - 1
        self.selected = min(self.selected, last)
        self.partner = min(self.partner, last)
        self.guess = [index for index in self.guess if index <= last]

    def reference(self) -> "Tensor":
        """Compute `survivors` with `course_lib.detection`.

        Returns
        -------
        Tensor, shape (K,), int64
        """
        from course_lib.detection import non_max_suppression

        boxes, scores, labels = self._tensors()
        return non_max_suppression(
            boxes,
            scores,
            labels if self.by_class else None,
            iou_threshold=self.overlap,
            score_threshold=self.threshold,
        )

    def reference_evaluation(self) -> "Evaluation":
        """Return precision, recall and average precision of each class, by Pascal VOC's rule."""
        import torch

        from course_lib.demos.detection_page import truth
        from course_lib.detection import Detections, GroundTruth, Protocol, evaluate

        kept = self.reference()
        found = Detections(*(tensor[kept] for tensor in self._tensors()))
        boxes, labels = truth(self.scene)
        true = GroundTruth(torch.tensor(boxes, dtype=torch.float64), torch.tensor(labels))
        return evaluate([found], [true], CLASS_COUNT, Protocol(iou_thresholds=(self.least,)))

    def _tensors(self) -> "tuple[Tensor, Tensor, Tensor]":
        import torch

        return (
            torch.tensor(self.boxes, dtype=torch.float64),
            torch.tensor(self.scores, dtype=torch.float64),
            torch.tensor(self.labels),
        )


def _check_guess(trait: str, value: Any) -> list[int]:
    if not isinstance(value, (list, tuple)):
        raise TraitError(f"{trait} is {shown(value)}; expected a list of boxes")
    if len(set(value)) < len(value):
        raise TraitError(f"{trait} is {shown(value)}; expected each box at most once")
    return [check_whole(trait, one, at_least=0, at_most=MOST - 1) for one in value]


SHARE = partial(check_number, at_least=0, at_most=1)

CHECKS: dict[str, Callable[[str, Any], Any]] = {
    "scene": partial(check_word, words=SCENE_NAMES),
    "boxes": partial(check_boxes, at_least=2, at_most=MOST, side=SIDE, extent=0),
    "scores": partial(check_shares, at_least=2, at_most=MOST),
    "labels": check_labels,
    "selected": partial(check_whole, at_least=0, at_most=MOST - 1),
    "partner": partial(check_whole, at_least=0, at_most=MOST - 1),
    "view": partial(check_word, words=VIEWS),
    "threshold": SHARE,
    "overlap": SHARE,
    "least": partial(check_number, at_least=0.05, at_most=1),
    "step": partial(check_whole, at_least=0, at_most=MOST),
    "guess": _check_guess,
}
"""How each trait is checked by itself; the frontend's state.ts holds the same limits."""
