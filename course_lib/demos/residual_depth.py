"""A stack of layers, with and without skips: how large activations and gradients are in each."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING, Any

import traitlets
from traitlets import TraitError

from course_lib.demos.checks import Checked, check_whole, check_word
from course_lib.demos.demo import Demo, front_end
from course_lib.demos.mnist1d_page import EACH, sample_indices

if TYPE_CHECKING:
    from torch import Tensor

    from course_lib.networks import Sizes

INITIALISATIONS = ("He", "Glorot", "PyTorch")
ACTIVATIONS = ("ReLU", "tanh", "none")
GUESSES = ("shrinks", "keeps its size", "grows")
DEEPEST = 50

STACK = ("depth", "width", "skip", "batch_norm", "initialisation", "activation", "seed")


class ResidualDepth(Demo):
    """Ten samples of MNIST-1D go through an untrained stack of layers, and the gradient comes back.

    Traits
    ------
    depth : int, 1 to 50
        Layers between the stem and the mean.
    width : int, 2 to 12
        Channels.
    skip : bool
        Whether a layer computes h + f[h], or f[h].
    batch_norm : bool
        Whether f begins with batch normalisation.
    initialisation : {"He", "Glorot", "PyTorch"}
        Weights of 2, 1 or a third of the variance 1/D.
    activation : {"ReLU", "tanh", "none"}
    seed : int, 0 to 999
        What the weights are drawn from.
    layer : int, 0 to `depth`
        The layer that is read off; 0 is the stem.
    removed : int, 0 to `depth`
        The layer that is taken out, so that it hands on what it is given; 0 for none.
    compare : bool
        Whether the same weights are shown with the skips switched, too.
    predict : bool
        Whether the gradient stays hidden until the reader has committed to a guess.
    guess : {None, "shrinks", "keeps its size", "grows"}
        What becomes of the gradient on its way to the stem, within a factor of ten.
    activations, gradients : list of depth + 1 float
        Root mean square of what comes out of the stem and of each layer, and of the derivatives of
        the loss by it. Written by the page, as all that follows; `reference` gives the same.
    loss : float
        Mean cross-entropy over the ten samples.
    change : float or None
        How far the scores move when the layer is taken out, relative to their size.
    title, hint : str
        The heading and the line below it.

    Raises
    ------
    TraitError
        If a trait is impossible: nothing is changed then.
    """

    name = "residual-depth"
    data = ("mnist1d",)
    _esm = front_end("residual-depth.js")
    _css = front_end("demos.css")

    depth = Checked(30).tag(sync=True)
    width = Checked(8).tag(sync=True)
    skip = traitlets.Bool(False).tag(sync=True)
    batch_norm = traitlets.Bool(False).tag(sync=True)
    initialisation = Checked("PyTorch").tag(sync=True)
    activation = Checked("ReLU").tag(sync=True)
    seed = Checked(2).tag(sync=True)
    layer = Checked(10).tag(sync=True)
    removed = Checked(0).tag(sync=True)
    compare = traitlets.Bool(False).tag(sync=True)
    predict = traitlets.Bool(False).tag(sync=True)
    guess = Checked(None).tag(sync=True)
    activations = traitlets.List(traitlets.Float()).tag(sync=True)
    gradients = traitlets.List(traitlets.Float()).tag(sync=True)
    loss = traitlets.Float().tag(sync=True)
    change = traitlets.Float(None, allow_none=True).tag(sync=True)
    title = traitlets.Unicode("Deep, with and without skips").tag(sync=True)
    hint = traitlets.Unicode(
        "Switch skips and normalisation, choose the weights. Drag across the picture to read off a"
        " layer."
    ).tag(sync=True)

    @traitlets.validate(
        *("depth", "width", "initialisation", "activation", "seed", "layer", "removed", "guess")
    )
    def _check(self, proposal: dict[str, Any]) -> Any:
        trait = proposal["trait"].name
        value = CHECKS[trait](trait, proposal["value"])
        if trait in ("layer", "removed") and value > self.depth:
            raise TraitError(
                f"{trait} is {value}; expected a whole number from 0 to the depth, {self.depth}"
            )
        return value

    @traitlets.observe("depth")
    def _shorten(self, _: object) -> None:
        """Follow the page: a layer that is no longer there is neither read nor out."""
        self.layer = min(self.layer, self.depth)
        if self.removed > self.depth:
            self.removed = 0

    @traitlets.default("activations")
    def _first_activations(self) -> list[float]:
        return list(self.reference().activations)

    @traitlets.default("gradients")
    def _first_gradients(self) -> list[float]:
        return list(self.reference().gradients)

    @traitlets.default("loss")
    def _first_loss(self) -> float:
        return self.reference().loss

    @traitlets.default("change")
    def _first_change(self) -> float | None:
        return self.reference_change()

    @traitlets.observe(*STACK, "removed")
    def _refresh(self, _: object) -> None:
        sizes = self.reference()
        with self.hold_sync():
            self.activations, self.gradients = list(sizes.activations), list(sizes.gradients)
            self.loss, self.change = sizes.loss, self.reference_change()

    def reference(self, *, whole: bool = False) -> Sizes:
        """Compute `activations`, `gradients` and `loss` with torch.

        Parameters
        ----------
        whole : bool
            Whether the layer that is taken out is in after all.
        """
        from course_lib.networks import ResidualStack, sizes

        stack = ResidualStack(**{name: getattr(self, name) for name in STACK})
        return sizes(stack, *ten_samples(), removed=0 if whole else self.removed)

    def reference_change(self) -> float | None:
        """Compute `change` with torch."""
        if self.removed == 0:
            return None
        before, after = self.reference(whole=True).scores, self.reference().scores
        size = before.norm().item()
        return (after - before).norm().item() / size if size else 0.0


def ten_samples() -> tuple[Tensor, Tensor]:
    """Return the first test sample of each class: x of shape (10, 1, 40), float64, and classes."""
    from course_lib.datasets import load_mnist1d

    data = load_mnist1d()
    chosen = list(sample_indices()[::EACH])
    return data.x_test[chosen][:, None].double(), data.y_test[chosen]


def _check_guess(trait: str, value: Any) -> str | None:
    return None if value is None else check_word(trait, value, words=GUESSES)


CHECKS: dict[str, Callable[[str, Any], Any]] = {
    "depth": partial(check_whole, at_least=1, at_most=DEEPEST),
    "width": partial(check_whole, at_least=2, at_most=12),
    "initialisation": partial(check_word, words=INITIALISATIONS),
    "activation": partial(check_word, words=ACTIVATIONS),
    "seed": partial(check_whole, at_least=0, at_most=999),
    "layer": partial(check_whole, at_least=0, at_most=DEEPEST),
    "removed": partial(check_whole, at_least=0, at_most=DEEPEST),
    "guess": _check_guess,
}
"""How each trait is checked; the frontend's state.ts holds the same limits."""
