"""What torch computes, and how torch refuses: the oracle behind the golden files."""

from __future__ import annotations

import torch
from torch import Tensor
from torch.nn import functional

# A piece of torch's own message → the word under which the golden files keep it.
REASONS = {
    "non-positive stride": "stride",
    "dilation should be greater than zero": "dilation",
    "kernel size should be greater than zero": "empty-kernel",
    "Kernel size can't be greater than actual input size": "kernel-too-long",
    "Padding size should be less than the corresponding input dimension": "reflect-too-short",
    "Padding value causes wrapping around more than once": "circular-too-short",
}


def convolution(
    x: Tensor,
    weight: Tensor,
    bias: Tensor | None,
    *,
    stride: int,
    dilation: int,
    padding: str,
    groups: int,
) -> Tensor:
    """Pad with ``F.pad`` as torch's "same" does, then call ``F.conv1d``."""
    if padding != "valid":
        total = dilation * (weight.shape[-1] - 1)
        amounts = (total // 2, total - total // 2)
        x = functional.pad(x, amounts, mode="constant" if padding == "zeros" else padding)
    return functional.conv1d(x, weight, bias, stride=stride, dilation=dilation, groups=groups)


def reason(error: RuntimeError, length: int) -> str:
    """Return the word for torch's refusal."""
    # Of an empty signal torch complains in four ways, depending on who meets it first.
    if length == 0:
        return "empty-signal"
    for message, word in REASONS.items():
        if message in str(error):
            return word
    raise AssertionError(f"torch refuses in a way that is not known here: {error}") from error


def matrix(
    weight: Tensor, length: int, *, stride: int, dilation: int, padding: str, groups: int
) -> Tensor:
    """Convolve every unit signal: the results are the columns of the matrix."""
    in_channels = weight.shape[1] * groups
    units = torch.eye(in_channels * length, dtype=weight.dtype)
    responses = convolution(
        units.reshape(-1, in_channels, length),
        weight,
        None,
        stride=stride,
        dilation=dilation,
        padding=padding,
        groups=groups,
    )
    return responses.flatten(1).T


def kernel(name: str, size: int) -> Tensor | None:
    """Build a named kernel by torch's numerics instead of by its formula; None if it cannot be."""
    if name == "identity":
        return torch.eye(size, dtype=torch.float64)[(size - 1) // 2]
    if name == "mean":
        return torch.full((size,), 1 / size, dtype=torch.float64)
    if name == "gaussian":
        half = torch.tensor([[[0.5, 0.5]]], dtype=torch.float64)
        repeated = torch.ones(1, 1, 1, dtype=torch.float64)
        for _ in range(size - 1):
            repeated = functional.conv1d(repeated, half, padding=1)
        return repeated.flatten()
    # The least-squares fit of 1, t, t²/2, solved as such; its rows read the derivatives at 0.
    order = {"derivative": 1, "laplacian": 2}[name]
    t = torch.arange(size, dtype=torch.float64) - (size - 1) / 2
    design = torch.stack([torch.ones_like(t), t, t * t / 2][: order + 1], dim=1)
    if int(torch.linalg.matrix_rank(design)) <= order:
        return None
    return torch.linalg.pinv(design)[order]
