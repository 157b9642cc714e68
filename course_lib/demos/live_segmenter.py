"""A network that names the class of every pixel of a scene that the reader changes."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING, Any

import traitlets

from course_lib.demos.checks import Checked, check_whole, check_word
from course_lib.demos.demo import front_end
from course_lib.demos.scene_demo import SIDE, SceneDemo
from course_lib.demos.scene_segmenters_page import NETWORKS, PRECISION

if TYPE_CHECKING:
    from torch import Tensor

VIEWS = ("predicted", "true")


class LiveSegmenter(SceneDemo):
    """A scene, the class of every pixel, and where that is wrong.

    Traits
    ------
    index, scene, selected, source, own
        The image: see `SceneDemo`.
    network : str
        One of ``NETWORKS``: "U-Net" or "encoder–decoder",
        ``scene-u-net`` or ``scene-encoder-decoder`` of `trained_network`.
    view : {"predicted", "true"}
        Which map of classes is shown.
    row, column : int, 0 to 95
        The pixel whose probabilities are shown.
    classes : list of 96 rows of 96 int
        Of each pixel 0 for the background or the class plus 1, as the page computes it; `reference`
        is the same, computed by torch.
    mean_iou, accuracy : float or None
        Over the classes that are there or predicted, and the part of the pixels that are right;
        None for an own image, of which nothing is known.
    title, hint : str
        The heading and the line below it.

    Raises
    ------
    TraitError
        If a trait is impossible: nothing is changed then.
    """

    name = "live-segmenter"
    heavy = (*SceneDemo.heavy, "scene-segmenters")
    computed = ("classes", "mean_iou", "accuracy")
    _esm = front_end("live-segmenter.js")
    _css = front_end("demos.css")

    network = Checked("U-Net").tag(sync=True)
    view = Checked("predicted").tag(sync=True)
    row = Checked(48).tag(sync=True)
    column = Checked(48).tag(sync=True)
    classes = traitlets.List(traitlets.List(traitlets.Int())).tag(sync=True)
    mean_iou = traitlets.Float(None, allow_none=True).tag(sync=True)
    accuracy = traitlets.Float(None, allow_none=True).tag(sync=True)
    title = traitlets.Unicode("The class of every pixel").tag(sync=True)
    hint = traitlets.Unicode(
        "Drag an object of the scene, and the maps follow. Point at a map, or move its cross with"
        " the arrow keys, to see what is said of one pixel."
    ).tag(sync=True)

    @traitlets.validate("network", "view", "row", "column")
    def _check(self, proposal: dict[str, Any]) -> Any:
        trait = proposal["trait"].name
        return CHECKS[trait](trait, proposal["value"])

    def reference(self) -> Tensor:
        """Compute `classes` with torch, and the network as the page has it.

        Returns
        -------
        Tensor, shape (96, 96), int64
        """
        return self.scores().argmax(dim=0)

    def scores(self) -> Tensor:
        """Return the scores of every class at every pixel, shape (11, 96, 96), float32."""
        from course_lib.networks import page_network, trained_network

        network = page_network(trained_network(f"scene-{NETWORKS[self.network]}"), PRECISION)
        scores: Tensor = network(self.image()[None])[0]
        return scores


CHECKS: dict[str, Callable[[str, Any], Any]] = {
    "network": partial(check_word, words=tuple(NETWORKS)),
    "view": partial(check_word, words=VIEWS),
    "row": partial(check_whole, at_least=0, at_most=SIDE - 1),
    "column": partial(check_whole, at_least=0, at_most=SIDE - 1),
}
"""How each trait is checked by itself; the frontend's state.ts holds the same limits."""
