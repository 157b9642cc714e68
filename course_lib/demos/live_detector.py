"""A detector at work on a scene that the reader changes: every box, and what is true."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING, Any

import traitlets

from course_lib.demos.checks import Checked, check_number, check_whole, check_word
from course_lib.demos.demo import front_end
from course_lib.demos.scene_demo import SIDE, SceneDemo
from course_lib.demos.scene_detectors_page import NETWORKS, PRECISION

if TYPE_CHECKING:
    from course_lib.detection import Detections

CELLS = 6


class LiveDetector(SceneDemo):
    """A scene, a detector's boxes over it, and how far each is off.

    Traits
    ------
    index, scene, selected, source, own
        The image: see `SceneDemo`.
    network : str
        One of ``NETWORKS``, how it was trained: ``scene-detector-…`` of `trained_network`.
    threshold : float, 0 to 1
        Boxes of a lower score take no part.
    overlap : float, 0 to 1
        A box suppresses those of its class that overlap it by more.
    grid : bool
        Whether the cells of the grid are shown.
    cell : int, 0 to 35
        The cell that is looked at, row by row.
    boxes : list of [x1, y1, x2, y2], labels : list of int, scores : list of float
        What is left, the highest score first, as the page computes it; `reference` is the same,
        computed by torch.
    title, hint : str
        The heading and the line below it.

    Raises
    ------
    TraitError
        If a trait is impossible: nothing is changed then.
    """

    name = "live-detector"
    heavy = (*SceneDemo.heavy, "scene-detectors")
    computed = ("boxes", "labels", "scores")
    _esm = front_end("live-detector.js")
    _css = front_end("demos.css")

    network = Checked(NETWORKS[0]).tag(sync=True)
    threshold = Checked(0.3).tag(sync=True)
    overlap = Checked(0.5).tag(sync=True)
    grid = traitlets.Bool(False).tag(sync=True)
    cell = Checked(14).tag(sync=True)
    boxes = traitlets.List(traitlets.List(traitlets.Float())).tag(sync=True)
    labels = traitlets.List(traitlets.Int()).tag(sync=True)
    scores = traitlets.List(traitlets.Float()).tag(sync=True)
    title = traitlets.Unicode("A detector at work").tag(sync=True)
    hint = traitlets.Unicode(
        "Drag an object, pull its corner, turn it, hide it behind another: the network looks again"
        " at each step. By key: Tab, arrows, + −, comma and full stop, Page Up and Page Down."
    ).tag(sync=True)

    @traitlets.validate("network", "threshold", "overlap", "cell")
    def _check(self, proposal: dict[str, Any]) -> Any:
        trait = proposal["trait"].name
        return CHECKS[trait](trait, proposal["value"])

    def reference(self) -> Detections:
        """Compute `boxes`, `labels` and `scores` with torch, and the network as the page has it."""
        from course_lib.detection import Grid, decode_grid, squash, suppress
        from course_lib.networks import page_network, trained_network

        network = page_network(trained_network(f"scene-detector-{self.network}"), PRECISION)
        grid = Grid(CELLS, 2, 10)
        cells = squash(network(self.image()[None]), grid)
        (found,) = decode_grid(cells, (SIDE, SIDE), grid)
        return suppress(found, score_threshold=self.threshold, iou_threshold=self.overlap)


CHECKS: dict[str, Callable[[str, Any], Any]] = {
    "network": partial(check_word, words=NETWORKS),
    "threshold": partial(check_number, at_least=0, at_most=1),
    "overlap": partial(check_number, at_least=0, at_most=1),
    "cell": partial(check_whole, at_least=0, at_most=CELLS * CELLS - 1),
}
"""How each trait is checked by itself; the frontend's state.ts holds the same limits."""
