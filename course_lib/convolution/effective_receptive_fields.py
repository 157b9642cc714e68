r"""The effective receptive field: how much each input counts, not only whether it does.

Its measure is the gradient of one output with respect to the inputs, over random inputs and random
weights. The gradient itself averages to zero, since weights with mean zero make it as often
positive as negative; its square does not. The squares form a bell whose width grows as the square
root of the depth, while the receptive field grows as the depth, so that the unit hears little of
its margins. Luo, Li, Urtasun and Zemel, "Understanding the effective receptive field in deep
convolutional neural networks", NeurIPS 2016. The closed form for linear chains is `path_counts`.
"""

from __future__ import annotations

import copy
from collections.abc import Callable, Sequence
from dataclasses import dataclass

import torch
from torch import Generator, Tensor, nn

from course_lib.convolution.counts import check_count
from course_lib.convolution.receptive_field_gradient import (
    check_module_and_shape,
    values_of_unit,
)

__all__ = [
    "EffectiveReceptiveField",
    "effective_receptive_field",
    "he_normal",
    "input_gradients",
    "profile_widths",
]


@dataclass(frozen=True)
class EffectiveReceptiveField:
    """Averages of one output's gradient, over inputs and weights; summed over input channels."""

    squared: Tensor
    """Mean of the squared gradient, shape ``axes`` of the input."""
    signed: Tensor
    """Mean of the gradient itself, shape ``axes`` of the input: it tends to zero."""

    @property
    def widths(self) -> tuple[float, ...]:
        """Standard deviation of the squared gradient along each axis, in inputs."""
        return profile_widths(self.squared)


def effective_receptive_field(
    module: nn.Module,
    input_shape: Sequence[int],
    unit: int | tuple[int, ...],
    *,
    channel: int = 0,
    weight_draws: int = 50,
    inputs_per_draw: int = 4,
    initialise: Callable[[nn.Module, Generator], None] | None = None,
    generator: Generator | None = None,
) -> EffectiveReceptiveField:
    r"""Return the effective receptive field of one output of a module.

    .. math:: \operatorname{E}\Bigl[\sum_c \Bigl(\frac{\partial y_{d,u}}{\partial x_{c,i}}\Bigr)^2
              \Bigr]

    Parameters
    ----------
    module : nn.Module
        Takes x of shape (N, C, *axes) and gives (N, D) or (N, D, *axes). A copy in evaluation mode
        is used, on the module's device; the module itself stays as it is.
    input_shape : sequence of int
        Shape (C, *axes) of one example.
    unit : int or tuple of int
        Position :math:`u` on the output's axes; ``()`` for an output of shape (N, D).
    channel : int
        Channel :math:`d` of the output.
    weight_draws : int
        Number of random weights.
    inputs_per_draw : int
        Number of inputs, with standard normal values, for each of them.
    initialise : callable (module, generator), optional
        Draws the module's weights; by default `he_normal`. For a trained network, which should
        keep its weights, call `input_gradients` on data instead.
    generator : Generator, optional
        Source of the weights and inputs, on the CPU; by default a new one with seed 0.

    Returns
    -------
    field : EffectiveReceptiveField

    Raises
    ------
    TypeError
        If `module` is none.
    ValueError
        If the output has no such unit or channel, or a number is impossible.
    """
    check_module_and_shape(module, input_shape)
    check_count("weight_draws", weight_draws)
    check_count("inputs_per_draw", inputs_per_draw)
    generator = Generator().manual_seed(0) if generator is None else generator
    module = copy.deepcopy(module).eval()
    like = next(module.parameters(), torch.empty(0))
    squared = signed = torch.zeros(tuple(input_shape[1:]), dtype=like.dtype, device=like.device)
    for _ in range(weight_draws):
        (initialise or he_normal)(module, generator)
        x = torch.randn((inputs_per_draw, *input_shape), generator=generator, dtype=like.dtype)
        gradients = input_gradients(module, x.to(like.device), unit, channel=channel)
        squared = squared + gradients.square().sum(dim=1).mean(dim=0)
        signed = signed + gradients.sum(dim=1).mean(dim=0)
    return EffectiveReceptiveField(squared / weight_draws, signed / weight_draws)


def input_gradients(
    module: nn.Module, x: Tensor, unit: int | tuple[int, ...], *, channel: int = 0
) -> Tensor:
    """Return the gradient of one output with respect to the inputs, for each example.

    The module is used as it is: in evaluation mode, so that examples do not see each other through
    batch normalisation.

    Parameters
    ----------
    module : nn.Module
    x : Tensor, shape (N, C, *axes)
    unit : int or tuple of int
        Position on the output's axes; ``()`` for an output of shape (N, D).
    channel : int
        Channel of the output.

    Returns
    -------
    gradients : Tensor, shape (N, C, *axes)

    Raises
    ------
    TypeError
        If `x` holds no floating-point numbers.
    ValueError
        If `x` is empty or holds NaN or infinities, if the module is in training mode, or the
        output has no such unit or channel.
    """
    if not x.is_floating_point():
        raise TypeError(f"x has dtype {x.dtype}: expected floating-point numbers")
    if x.ndim < 3 or x.numel() == 0:
        raise ValueError(f"x has shape {tuple(x.shape)}: expected (N, C, *axes), none of them 0")
    if not bool(x.isfinite().all()):
        raise ValueError("x holds NaN or infinities: expected finite numbers")
    if module.training:
        raise ValueError("module.training=True: expected evaluation mode, module.eval()")
    x = x.detach().clone().requires_grad_()
    values = values_of_unit(module(x), unit)
    check_count("channel", channel, least=0)
    if channel >= values.shape[1]:
        raise ValueError(f"channel={channel}: expected less than {values.shape[1]}")
    # The examples are independent, so the gradient of their sum holds each one's own.
    (gradients,) = torch.autograd.grad(values[:, channel].sum(), x)
    return gradients


def he_normal(module: nn.Module, generator: Generator) -> None:
    r"""Draw a module's weights as He et al. (ICCV 2015) do: normal, variance :math:`2/n`.

    Here :math:`n` is the number of weights that one output channel has. Parameters with one axis
    are set, not drawn: biases to 0, the scales of normalisation layers to 1.

    Parameters
    ----------
    module : nn.Module
        Changed in place.
    generator : Generator
        On the CPU, whatever the device of the module.
    """
    with torch.no_grad():
        for name, parameter in module.named_parameters():
            if parameter.ndim < 2:
                parameter.fill_(0.0 if name.endswith("bias") else 1.0)
                continue
            normal = torch.randn(parameter.shape, generator=generator, dtype=parameter.dtype)
            parameter.copy_(normal * (2 / parameter[0].numel()) ** 0.5)


def profile_widths(profile: Tensor) -> tuple[float, ...]:
    """Return the standard deviation of a non-negative map along each of its axes.

    Parameters
    ----------
    profile : Tensor, any shape
        Read as an unnormalised distribution over positions.

    Returns
    -------
    widths : tuple of float, one an axis
        In positions.

    Raises
    ------
    ValueError
        If a value is negative, NaN or infinite, or all are zero.

    Examples
    --------
    >>> profile_widths(torch.tensor([1.0, 0.0, 1.0]))
    (1.0,)
    """
    profile = profile.detach().to("cpu", torch.float64)
    if not bool(profile.isfinite().all()) or bool((profile < 0).any()) or not bool(profile.any()):
        raise ValueError(
            f"profile, shape {tuple(profile.shape)}: expected finite values of at least 0, one of "
            "them positive"
        )
    widths = []
    for axis, length in enumerate(profile.shape):
        others = [a for a in range(profile.ndim) if a != axis]
        marginal = profile.sum(dim=others) if others else profile
        marginal = marginal / marginal.sum()
        positions = torch.arange(length, dtype=torch.float64)
        mean = (marginal * positions).sum()
        widths.append(float((marginal * (positions - mean).square()).sum().sqrt()))
    return tuple(widths)
