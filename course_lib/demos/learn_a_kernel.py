"""Learn a hidden kernel by gradient descent, and see the gradient add up position by position."""

from collections.abc import Callable, Sequence
from functools import partial
from reprlib import repr as shown
from typing import TYPE_CHECKING, Any

import traitlets
from traitlets import TraitError

from course_lib.convolution import convolve_signal, taps
from course_lib.demos.checks import Checked, check_numbers, check_whole
from course_lib.demos.demo import Demo, front_end

if TYPE_CHECKING:
    from torch import Tensor

NOISE = 0.3
"""The standard deviation of what `noise` adds to each target."""

RUNAWAY = 1e4
"""A weight beyond this has run away: descent stops."""

MOST_STEPS = 200


class LearnAKernel(Demo):
    """A kernel that nobody designs: found step by step from an input and its target.

    The target is the input, convolved with a hidden kernel, with zeros beyond the ends. The loss is
    the mean squared difference; each step moves the weights against its gradient.

    Traits
    ------
    signal : list of float, 3 to 24 values
    hidden : list of float, 1 to 5 weights
        The kernel that made the target.
    start : list of float, as many
        The weights before the first step.
    rate : float, 0.0001 to 2
        The learning rate.
    noise : bool
        Whether the target carries noise of standard deviation 0.3.
    seed : int, 0 to 9999
        Of the noise.
    step : int, 0 to 200
        How many steps have been taken; fewer are possible where the weights run away.
    weight : int
        The weight whose gradient is shown, counted from 0.
    predict : bool
        Whether the gradient stays hidden until the reader has said which way the weight will go.
    guess : {"", "raise", "lower"}
    kernel, gradient : list of float
        The present weights and the gradient of the loss, computed by the page; `reference` is the
        same kernel, found by torch.
    output : list of float
        The output of the present weights.
    loss : float
    title, hint : str
        The heading and the line below it.

    Raises
    ------
    TraitError
        If a trait, or a combination of traits, is impossible: nothing is changed then.
    """

    name = "learn-a-kernel"
    _esm = front_end("learn-a-kernel.js")
    _css = front_end("demos.css")

    signal = Checked([0, 0, 1, 2, 2, 0, -1, -2, -1, 1, 1, 0]).tag(sync=True)
    hidden = Checked([-0.5, 0.0, 0.5]).tag(sync=True)
    start = Checked([0.0, 0.0, 0.0]).tag(sync=True)
    rate = Checked(0.1).tag(sync=True)
    noise = traitlets.Bool(False).tag(sync=True)
    seed = Checked(0).tag(sync=True)
    step = Checked(0).tag(sync=True)
    weight = Checked(0).tag(sync=True)
    predict = traitlets.Bool(False).tag(sync=True)
    guess = Checked("").tag(sync=True)
    kernel = traitlets.List(traitlets.Float()).tag(sync=True)
    gradient = traitlets.List(traitlets.Float()).tag(sync=True)
    output = traitlets.List(traitlets.Float()).tag(sync=True)
    loss = traitlets.Float().tag(sync=True)
    title = traitlets.Unicode("Learn a hidden kernel").tag(sync=True)
    hint = traitlets.Unicode(
        "Step through the descent. Press a weight to see where its gradient comes from; drag a blue"
        " point or a weight of the start, or use the arrow keys, and Enter to type a value."
    ).tag(sync=True)

    @traitlets.validate(
        *("signal", "hidden", "start", "rate", "seed", "step", "weight", "guess"),
    )
    def _check(self, proposal: dict[str, Any]) -> Any:
        trait, value = proposal["trait"].name, proposal["value"]
        state = {name: getattr(self, name) for name in CHECKS} | {trait: value}
        checked = {name: check(name, state[name]) for name, check in CHECKS.items()}
        if len(checked["hidden"]) != len(checked["start"]):
            raise TraitError(
                f"{trait} does not fit: hidden has {len(checked['hidden'])} weights and start"
                f" {len(checked['start'])}; expected as many"
            )
        if trait == "weight":
            return check_whole("weight", value, at_least=0, at_most=len(checked["hidden"]) - 1)
        return checked[trait]

    @traitlets.default("kernel")
    def _first_kernel(self) -> list[float]:
        return self._path()[-1]

    @traitlets.default("gradient")
    def _first_gradient(self) -> list[float]:
        return _gradient(self.signal, self._target(), self._path()[-1])

    @traitlets.default("output")
    def _first_output(self) -> list[float]:
        return convolve_signal(self.signal, self._path()[-1])

    @traitlets.default("loss")
    def _first_loss(self) -> float:
        return _loss(self.signal, self._target(), self._path()[-1])

    @traitlets.observe("signal", "hidden", "start", "rate", "noise", "seed", "step")
    def _refresh(self, _: object) -> None:
        path, target = self._path(), self._target()
        # Where the weights run away there is no later step; of fewer weights the last is shown.
        self.step = min(self.step, len(path) - 1)
        self.weight = min(self.weight, len(self.hidden) - 1)
        self.kernel = path[-1]
        self.gradient = _gradient(self.signal, target, path[-1])
        self.output = convolve_signal(self.signal, path[-1])
        self.loss = _loss(self.signal, target, path[-1])

    def _target(self) -> list[float]:
        exact = convolve_signal(self.signal, self.hidden)
        if not self.noise:
            return exact
        noise = scatter(len(exact), self.seed)
        return [t + NOISE * n for t, n in zip(exact, noise, strict=True)]

    def _path(self) -> list[list[float]]:
        target, path = self._target(), [list(self.start)]
        for _ in range(self.step):
            slope = _gradient(self.signal, target, path[-1])
            path.append([w - self.rate * g for w, g in zip(path[-1], slope, strict=True)])
            if not all(abs(w) <= RUNAWAY for w in path[-1]):
                break
        return path

    def reference(self) -> "Tensor":
        """Learn `kernel` with torch: its autograd, its stochastic gradient descent.

        Returns
        -------
        Tensor, shape (K,), float64
        """
        import torch  # only this needs it, and it takes a second to import
        from torch.nn import functional

        total = len(self.start) - 1
        x = torch.tensor([[self.signal]], dtype=torch.float64)
        x = functional.pad(x, (total // 2, total - total // 2))
        target = torch.tensor([[self._target()]], dtype=torch.float64)
        weight = torch.tensor([[self.start]], dtype=torch.float64, requires_grad=True)
        optimizer = torch.optim.SGD([weight], lr=self.rate)
        for _ in range(self.step):
            optimizer.zero_grad()
            functional.mse_loss(functional.conv1d(x, weight), target).backward()  # type: ignore[no-untyped-call]
            optimizer.step()
        return weight.detach().flatten()


def scatter(count: int, seed: int) -> list[float]:
    """Return numbers that scatter about zero with deviation 1, those of the page to the last digit.

    Sums of twelve numbers of Mulberry32 (Tommy Ettinger, 2017, public domain).
    """
    state, mask, numbers = seed, 0xFFFFFFFF, []
    for _ in range(count):
        total = -6.0
        for _ in range(12):
            state = (state + 0x6D2B79F5) & mask
            t = ((state ^ (state >> 15)) * (state | 1)) & mask
            t ^= (t + ((t ^ (t >> 7)) * (t | 61))) & mask
            total += (t ^ (t >> 14)) / 2**32
        numbers.append(total)
    return numbers


def _gradient(
    signal: Sequence[float], target: Sequence[float], kernel: Sequence[float]
) -> list[float]:
    """Return the gradient of the mean squared error: each weight's sum over all positions."""
    length, size = len(signal), len(kernel)
    slope = [0.0] * size
    for i, z in enumerate(convolve_signal(signal, kernel)):
        for k, (_, source) in enumerate(taps(i, length, size)):
            if source is not None:
                slope[k] += 2 / length * (z - target[i]) * signal[source]
    return slope


def _loss(signal: Sequence[float], target: Sequence[float], kernel: Sequence[float]) -> float:
    output = convolve_signal(signal, kernel)
    return sum((z - t) ** 2 for z, t in zip(output, target, strict=True)) / len(output)


def _check_rate(trait: str, value: Any) -> float:
    [rate] = check_numbers(trait, [value], at_least=1, at_most=1, bound=2)
    if rate < 1e-4:
        raise TraitError(f"{trait} is {shown(value)}; expected a number from 0.0001 to 2")
    return rate


def _check_guess(trait: str, value: Any) -> str:
    if value not in ("", "raise", "lower"):
        raise TraitError(f'{trait} is {shown(value)}; expected "", "raise" or "lower"')
    return str(value)


CHECKS: dict[str, Callable[[str, Any], Any]] = {
    "signal": partial(check_numbers, at_least=3, at_most=24, bound=100),
    "hidden": partial(check_numbers, at_least=1, at_most=5, bound=100),
    "start": partial(check_numbers, at_least=1, at_most=5, bound=100),
    "rate": _check_rate,
    "seed": partial(check_whole, at_least=0, at_most=9999),
    "step": partial(check_whole, at_least=0, at_most=MOST_STEPS),
    "weight": partial(check_whole, at_least=0, at_most=4),
    "guess": _check_guess,
}
"""How each trait is checked by itself; the frontend's state.ts holds the same limits."""
