"""A U-Net whose skips are switched off one by one, beside one that was trained without."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import cache, partial
from reprlib import repr as shown
from typing import TYPE_CHECKING, Any

import traitlets
from traitlets import TraitError

from course_lib.demos.checks import Checked, check_whole, check_word
from course_lib.demos.demo import Demo, front_end
from course_lib.demos.u_nets_page import PRECISION, held

if TYPE_CHECKING:
    from torch import Tensor, nn

LEVELS = (48, 24, 12)
"""Pixels of each side of the map that a skip carries, the image's own first."""

MAPS = ("classes", "errors")
SIDE = 96
TOLERANCE = 1
"""How far an outline may be off and still count, in pixels."""


class Skips(Demo):
    """A scene, and what three networks make of it: whole, as switched, trained without skips.

    A skip that is switched off carries zeros; the network was trained with it.

    Traits
    ------
    index : int, 0 to 9999
        Which scene of the held-out split.
    skips : list of three bool
        Whether the skip of each level is on: 48, 24 and 12 places a side.
    map : {"classes", "errors"}
        What the pictures of the two networks show.
    pixel : list of int, [row, column]
        The pixel whose scores are read, from 0.
    output : list of three lists of 96 str
        The class of each pixel, a hexadecimal digit each, of the U-Net whole, of the U-Net as it is
        switched, and of the network trained without skips. Written by the page, like the rest.
    accuracy, mean_iou, boundary_f : list of three float
        Of the same three on this scene; the last with a tolerance of one pixel.
    title, hint : str
        The heading and the line below it.

    Raises
    ------
    TraitError
        If a trait is impossible: nothing is changed then.
    """

    name = "skips"
    data = ("scenes",)
    heavy = ("scene-backgrounds", "u-nets")
    _esm = front_end("skips.js")
    _css = front_end("demos.css")

    index = Checked(52).tag(sync=True)
    skips = Checked([True, True, True]).tag(sync=True)
    map = Checked("classes").tag(sync=True)
    pixel = Checked([48, 48]).tag(sync=True)
    output = traitlets.List(traitlets.List(traitlets.Unicode())).tag(sync=True)
    accuracy = traitlets.List(traitlets.Float()).tag(sync=True)
    mean_iou = traitlets.List(traitlets.Float()).tag(sync=True)
    boundary_f = traitlets.List(traitlets.Float()).tag(sync=True)
    title = traitlets.Unicode("What do the skips carry?").tag(sync=True)
    hint = traitlets.Unicode(
        "Press a skip to cut it. Press a picture to read the scores of a pixel."
    ).tag(sync=True)

    @traitlets.validate("index", "skips", "map", "pixel")
    def _check(self, proposal: dict[str, Any]) -> Any:
        trait = proposal["trait"].name
        return CHECKS[trait](trait, proposal["value"])

    @traitlets.default("output")
    def _first_output(self) -> list[list[str]]:
        return [
            ["".join(f"{label:x}" for label in row) for row in classes]
            for classes in self.reference().tolist()
        ]

    @traitlets.default("accuracy")
    def _first_accuracy(self) -> list[float]:
        return self.reference_measures()["accuracy"]

    @traitlets.default("mean_iou")
    def _first_mean_iou(self) -> list[float]:
        return self.reference_measures()["mean_iou"]

    @traitlets.default("boundary_f")
    def _first_boundary_f(self) -> list[float]:
        return self.reference_measures()["boundary_f"]

    @traitlets.observe("index", "skips")
    def _refresh(self, _: object) -> None:
        with self.hold_sync():
            self.output = self._first_output()
            for trait, values in self.reference_measures().items():
                self.set_trait(trait, values)

    def reference_scores(self) -> Tensor:
        """Compute the scores of every class at every pixel with torch.

        Returns
        -------
        Tensor, shape (3, 11, 96, 96)
            Of the U-Net whole, as it is switched, and of the network trained without skips
            (which is left out as long as the course has none).
        """
        import torch

        x = _scene(self.index)[0]
        off = [level for level, on in enumerate(self.skips) if not on]
        whole = _network("with")
        with torch.inference_mode():
            scores = [whole(x), whole(x, ablate=off)]
            if "without" in held():
                scores.append(_network("without")(x))
            return torch.cat(scores)

    def reference(self) -> Tensor:
        """Compute `output` with torch, as numbers.

        Returns
        -------
        Tensor, shape (3, 96, 96), int64
        """
        return self.reference_scores().argmax(dim=1)

    def reference_measures(self) -> dict[str, list[float]]:
        """Compute `accuracy`, `mean_iou` and `boundary_f` with torch."""
        from course_lib.segmentation import boundary_f, confusion_matrix, mean_iou, pixel_accuracy

        truth = _scene(self.index)[1]
        found: dict[str, list[float]] = {"accuracy": [], "mean_iou": [], "boundary_f": []}
        for classes in self.reference():
            matrix = confusion_matrix(classes, truth, 11)
            outlines = boundary_f(classes[None], truth[None], 11, tolerance=TOLERANCE)
            found["accuracy"].append(pixel_accuracy(matrix))
            found["mean_iou"].append(mean_iou(matrix))
            # Where no class has an outline there is nothing to get wrong.
            known = not bool(outlines.isnan().all())
            found["boundary_f"].append(float(outlines.nanmean()) if known else 1.0)
        return found


@cache
def _network(name: str) -> nn.Module:
    """Return one of the two networks, with the very numbers that the page computes with."""
    from course_lib.networks import page_network, trained_network

    network: nn.Module = page_network(trained_network(held()[name]), PRECISION)
    return network


@cache
def _scene(index: int) -> tuple[Tensor, Tensor]:
    """Return a held-out scene, shape (1, 3, 96, 96) from 0 to 1, and its mask, shape (96, 96)."""
    from course_lib.datasets import describe, render

    scene = render(describe("test", "segmentation", index), SIDE)
    return scene.image[None] / 255, scene.mask


def _check_skips(trait: str, value: Any) -> list[bool]:
    ok = isinstance(value, Sequence) and len(value) == len(LEVELS)
    if not ok or not all(isinstance(on, bool) for on in value):
        raise TraitError(f"{trait} is {shown(value)}; expected {len(LEVELS)} times True or False")
    return list(value)


def _check_pixel(trait: str, value: Any) -> list[int]:
    if isinstance(value, str) or not isinstance(value, Sequence) or len(value) != 2:
        raise TraitError(f"{trait} is {shown(value)}; expected [row, column], each from 0 to 95")
    return [
        check_whole(f"{trait}[{n}]", one, at_least=0, at_most=SIDE - 1)
        for n, one in enumerate(value)
    ]


CHECKS: dict[str, Callable[[str, Any], Any]] = {
    "index": partial(check_whole, at_least=0, at_most=9999),
    "skips": _check_skips,
    "map": partial(check_word, words=MAPS),
    "pixel": _check_pixel,
}
"""How each trait is checked; the frontend's state.ts holds the same limits."""
