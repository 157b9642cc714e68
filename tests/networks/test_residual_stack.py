"""Stacks of one width: what goes forward, what comes back, and what a layer taken out does."""

from __future__ import annotations

from itertools import pairwise
from typing import Any

import pytest
import torch
from torch.nn import functional

from course_lib.networks import ResidualStack, signal_resnet, sizes

X, Y = torch.randn(6, 1, 40, generator=torch.Generator().manual_seed(0)).double(), torch.arange(6)


def test_a_layer_adds_to_what_it_is_given_or_replaces_it() -> None:
    for skip in (True, False):
        stack = ResidualStack(3, 4, skip=skip)
        states = stack.states(X)
        assert [tuple(h.shape) for h in states] == [(6, 4, 10)] * 4
        f = functional.conv1d(states[1].relu(), stack.kernels[1], padding=1)
        assert torch.equal(states[2], states[1] + f if skip else f)


def test_without_weights_a_residual_stack_copies_and_its_gradient_is_whole() -> None:
    stack = ResidualStack(5, 4)
    with torch.no_grad():
        for kernel in stack.kernels:
            kernel.zero_()
    found = sizes(stack, X, Y)
    assert len(set(found.activations)) == len(set(found.gradients)) == 1


def test_the_gradient_is_that_of_finite_differences() -> None:
    stack = ResidualStack(4, 3, batch_norm=True, activation="tanh", seed=2)
    h = stack.states(X)[0].detach()

    def loss_of(h: torch.Tensor) -> torch.Tensor:
        for kernel in stack.kernels:
            h = h + functional.conv1d(stack.activated(h), kernel, padding=1)
        return functional.cross_entropy(stack.scores(h), Y)

    step = torch.randn(h.shape, generator=torch.Generator().manual_seed(1)).double() * 1e-6
    (gradient,) = torch.autograd.grad(loss_of(h.requires_grad_()), h)
    with torch.no_grad():
        rise = (loss_of(h + step) - loss_of(h - step)).item()
    assert rise == pytest.approx(2 * (gradient * step).sum().item(), rel=1e-5)
    size = gradient.square().mean().sqrt().item()
    assert sizes(stack, X, Y).gradients[0] == pytest.approx(size)


def test_a_layer_taken_out_hands_on_what_it_is_given() -> None:
    stack = ResidualStack(4, 5, skip=False)
    states = stack.states(X, removed=2)
    assert torch.equal(states[2], states[1])
    found = sizes(stack, X, Y, removed=2)
    assert found.gradients[1] == found.gradients[2]


def test_a_wide_layer_by_hes_rule_doubles_the_variance() -> None:
    found = sizes(ResidualStack(6, 200, seed=1), X, Y).activations
    factors = [(b / a) ** 2 for a, b in pairwise(found)]
    assert all(1.7 < factor < 2.3 for factor in factors)


def test_a_deeper_stack_begins_with_the_same_weights() -> None:
    short, long = ResidualStack(3, 4, seed=5), ResidualStack(7, 4, seed=5)
    assert torch.equal(short.states(X)[3], long.states(X)[3])


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        ({"depth": 0}, "depth"),
        ({"depth": 3, "width": 0}, "width"),
        ({"depth": 3, "initialisation": "he"}, "initialisation"),
        ({"depth": 3, "activation": "relu"}, "activation"),
    ],
)
def test_impossible_stacks_are_refused(arguments: dict[str, Any], message: str) -> None:
    with pytest.raises(ValueError, match=message):
        ResidualStack(**arguments)


def test_plain_and_residual_networks_for_signals_have_the_same_parameters() -> None:
    for batch_norm in (False, True):
        plain, residual = (
            signal_resnet(8, skip=skip, batch_norm=batch_norm) for skip in (False, True)
        )
        assert [p.shape for p in plain.parameters()] == [p.shape for p in residual.parameters()]
        assert residual(X.float()).shape == (6, 10)
    convolutions = [m for m in plain.modules() if isinstance(m, torch.nn.Conv1d)]
    assert len(convolutions) + 1 == 8
    with pytest.raises(ValueError, match="depth=7: expected an even number of at least 4"):
        signal_resnet(7)
