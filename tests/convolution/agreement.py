"""How an implementation of ours is held to torch's: values, gradients and refusals."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

import pytest
import torch
from torch import Tensor
from torch.nn import functional

Function = Callable[..., Tensor]


def random_tensor(*shape: int, seed: int = 0, dtype: torch.dtype = torch.float64) -> Tensor:
    return torch.randn(shape, generator=torch.Generator().manual_seed(seed), dtype=dtype)


def assert_agrees(ours: Function, torchs: Function, *inputs: Tensor | None) -> None:
    """Hold both functions of the same tensors to each other, in double precision.

    What torch refuses must be refused in words. What it computes must come out, and so must the
    gradients of a random weighted sum of the outputs with respect to every input.
    """
    for_torch, for_ours = _leaves(inputs), _leaves(inputs)
    try:
        expected = torchs(*for_torch)
    except (RuntimeError, ValueError):
        with pytest.raises(ValueError, match="expected"):
            ours(*for_ours)
        return
    actual = ours(*for_ours)
    torch.testing.assert_close(actual, expected, rtol=0, atol=1e-12)
    upstream = random_tensor(*expected.shape)
    gradients = [
        torch.autograd.grad(z, [t for t in leaves if t is not None], upstream)
        for z, leaves in ((actual, for_ours), (expected, for_torch))
    ]
    torch.testing.assert_close(*gradients, rtol=0, atol=1e-11)


def _leaves(inputs: Sequence[Tensor | None]) -> list[Tensor | None]:
    return [t if t is None else t.clone().requires_grad_() for t in inputs]


def pad_as_torch(
    x: Tensor,
    kernel_size: Sequence[int],
    dilation: Sequence[int],
    padding: Any,
) -> Tensor:
    """Pad by ``F.pad`` as torch's "same" layers do, or with numbers of zeros; any dimensions."""
    if padding == "valid":
        return x
    amounts = []
    for axis, (k, d) in enumerate(zip(kernel_size, dilation, strict=True)):
        total = d * (k - 1)
        named = isinstance(padding, str)
        amounts.append((total // 2, total - total // 2) if named else (padding[axis],) * 2)
    mode = padding if isinstance(padding, str) and padding != "zeros" else "constant"
    # F.pad counts the axes from the last.
    return functional.pad(x, [n for both in reversed(amounts) for n in both], mode=mode)
