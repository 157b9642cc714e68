"""How a sample of MNIST-1D is made, stage by stage."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING, Any

import traitlets

from course_lib.demos.checks import Checked, check_number, check_numbers, check_whole
from course_lib.demos.demo import Demo, front_end

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from course_lib.datasets import Draws, Stage

TEMPLATE_LENGTH = 12
FIRST_DIGIT = 7


def _check_template(trait: str, value: Any) -> list[float]:
    if isinstance(value, list | tuple) and len(value) == 0:
        return []
    length = TEMPLATE_LENGTH
    return check_numbers(trait, value, at_least=length, at_most=length, bound=2.0)


CHECKS: dict[str, Callable[[str, Any], Any]] = {
    "digit": partial(check_whole, at_least=0, at_most=9),
    "template": _check_template,
    "seed": partial(check_whole, at_least=0, at_most=2**32 - 1),
    "example": partial(check_whole, at_least=0, at_most=4999),
    "padding": partial(check_whole, at_least=0, at_most=60),
    "scale": partial(check_number, at_least=-2, at_most=2),
    "shift": partial(check_whole, at_least=0, at_most=71),
    "correlated_noise": partial(check_number, at_least=0, at_most=1),
    "white_noise": partial(check_number, at_least=0, at_most=1),
    "shear": partial(check_number, at_least=-2, at_most=2),
    "stage": partial(check_whole, at_least=0, at_most=8),
    "guess": partial(check_whole, at_least=1, at_most=72),
}
"""How each trait is checked; the frontend's state.ts holds the same limits."""

EDITS = ("padding", "scale", "shift", "shear")
"""What the draw gives unless a trait says otherwise."""

MAY_BE_NONE = frozenset({"example", "guess", *EDITS})


class MNIST1DSampler(Demo):
    """From a digit's template to a sample of MNIST-1D: nine stages and the numbers drawn for them.

    The numbers are those of a seed, or of one of the published samples; each can be set by hand.
    A template has 12 values, a signal between the stages 72, the sample 40.

    Traits
    ------
    digit : int, 0 to 9
        Whose template; by default that of the `example` that the demo is made with, else 7.
    template : list of float, 0 or 12 values from -2 to 2
        The reader's own template in place of the digit's.
    seed : int, 0 to 2**32 - 1
        The draw is ``draw(RandomState(seed))``.
    example : int, 0 to 4999, or None
        The draw of a published sample in place of the seed's: the training samples first, from 4000
        on the test samples.
    padding : int, 0 to 60, or None
        Zeros after the template; None leaves it as drawn, from 36 to 60.
    scale : float, -2 to 2, or None
        The factor; drawn from 0.8 to 1.2.
    shift : int, 0 to 71, or None
        Positions to the right, coming in again on the left; drawn from 0 to 47.
    shear : float, -2 to 2, or None
        What the slope takes away from the first value to the last; drawn from -0.375 to 0.375.
    correlated_noise, white_noise : float, 0 to 1
        Standard deviations, 0.25 (before smoothing) and 0.02 in the data set.
    stage : int, 0 to 8
        The stage shown; ``course_lib.datasets.STAGES`` names them.
    predict : bool
        Whether the shift and the stages after it stay hidden until the reader has said where the
        peak goes.
    guess : int, 1 to 72, or None
        The position that the reader expects.
    output : list of 40 float
        The sample, not standardised; the page computes it, `reference` does so in Python.
    values : list of float
        The signal after the stage shown, written by the page.
    title, hint : str
        The heading and the line below it.

    Raises
    ------
    TraitError
        If a trait is impossible: nothing is changed then.
    """

    name = "mnist-1d-sampler"
    _esm = front_end("mnist-1d-sampler.js")
    _css = front_end("demos.css")

    digit = Checked().tag(sync=True)
    template = Checked([]).tag(sync=True)
    seed = Checked(2).tag(sync=True)
    example = Checked(None).tag(sync=True)
    padding = Checked(None).tag(sync=True)
    scale = Checked(None).tag(sync=True)
    shift = Checked(None).tag(sync=True)
    shear = Checked(None).tag(sync=True)
    correlated_noise = Checked(0.25).tag(sync=True)
    white_noise = Checked(0.02).tag(sync=True)
    stage = Checked(0).tag(sync=True)
    predict = traitlets.Bool(False).tag(sync=True)
    guess = Checked(None).tag(sync=True)
    output = traitlets.List(traitlets.Float()).tag(sync=True)
    values = traitlets.List(traitlets.Float()).tag(sync=True)
    title = traitlets.Unicode("How a sample is made").tag(sync=True)
    hint = traitlets.Unicode(
        "Go from stage to stage; drag the template's values, then the ring of each stage, or use"
        " the arrow keys."
    ).tag(sync=True)

    @traitlets.validate(*CHECKS)
    def _check(self, proposal: dict[str, Any]) -> Any:
        trait, value = proposal["trait"].name, proposal["value"]
        return None if value is None and trait in MAY_BE_NONE else CHECKS[trait](trait, value)

    @traitlets.default("digit")
    def _first_digit(self) -> int:
        if self.example is None:
            return FIRST_DIGIT
        from course_lib.datasets import published_draw

        return published_draw(self.example)[0]

    @traitlets.default("output")
    def _first_output(self) -> list[float]:
        answer: list[float] = self.reference().tolist()
        return answer

    @traitlets.default("values")
    def _first_values(self) -> list[float]:
        answer: list[float] = self.stages()[self.stage].values.tolist()
        return answer

    @traitlets.observe(*(set(CHECKS) - {"guess"}))
    def _refresh(self, _: object) -> None:
        self.output = self._first_output()
        self.values = self._first_values()

    def draws(self) -> Draws:
        """Return the random numbers: those drawn, and those set by hand."""
        import numpy as np

        from course_lib.datasets import draw

        if self.example is None:
            drawn = draw(np.random.RandomState(self.seed))
        else:
            from course_lib.datasets import published_draw

            _, drawn = published_draw(self.example)
        by_hand = {name: getattr(self, name) for name in EDITS}
        return replace(drawn, **{k: v for k, v in by_hand.items() if v is not None})

    def stages(self) -> list[Stage]:
        """Return the signal after each stage, from `course_lib.datasets.sample_stages`."""
        import numpy as np

        from course_lib.datasets import Settings, sample_stages, template

        own = np.array(self.template, dtype=np.float64)
        strengths = Settings(correlated_noise=self.correlated_noise, white_noise=self.white_noise)
        shape = own if len(own) > 0 else template(self.digit)
        return sample_stages(shape, self.draws(), strengths)

    def reference(self) -> NDArray[np.float64]:
        """Compute `output` in Python.

        Returns
        -------
        array, shape (40,)
        """
        return self.stages()[-1].values
