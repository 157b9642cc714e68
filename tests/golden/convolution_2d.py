"""Golden cases of the two-dimensional convolution: images, options, and torch's answer.

Values and weights have one decimal, so an exact answer has two: rounding to six keeps it exact.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import product
from random import Random
from typing import Any

from torch import Tensor
from torch.nn import functional

from course_lib.convolution import PADDINGS
from tests.golden import torch_oracle
from tests.golden.convolution_1d import _draw, _plain, _whole

Case = dict[str, Any]


def cases() -> Iterator[Case]:
    """Yield every case: a full grid, channels and groups, random draws, edges."""
    random = Random(8_001)
    sizes = ((1, 1), (3, 2), (4, 5), (6, 6))
    grid = product(sizes, ((1, 1), (3, 3), (2, 2), (5, 5), (1, 3)), (1, 2), (1, 2), PADDINGS)
    for size, kernel, stride, dilation, padding in grid:
        yield _case(random, size, kernel, stride, dilation, padding)

    channels = ((2, 1, 1), (3, 2, 1), (3, 3, 3), (4, 2, 2))
    grid = product(((4, 3),), ((1, 1), (3, 3), (2, 3)), (1, 3), (1, 2), PADDINGS)
    for (size, kernel, stride, dilation, padding), shape in product(grid, channels):
        yield _case(random, size, kernel, stride, dilation, padding, shape)

    for _ in range(700):
        size = (_whole(random, 1, 9), _whole(random, 1, 9))
        kernel = (_whole(random, 1, 7), _whole(random, 1, 7))
        stride, dilation = _whole(random, 1, 4), _whole(random, 1, 4)
        yield _case(random, size, kernel, stride, dilation, PADDINGS[_whole(random, 0, 4)])

    for padding in PADDINGS:
        for size, kernel, stride, dilation in _edges():
            yield _case(random, size, kernel, stride, dilation, padding)


def _edges() -> Iterator[tuple[tuple[int, int], tuple[int, int], int, int]]:
    """Yield (size, kernel, stride, dilation) where implementations go wrong."""
    yield (3, 3), (3, 3), 0, 1
    yield (3, 3), (3, 3), 1, 0
    yield (7, 7), (3, 3), 9, 1  # the stride steps past the end after one output
    yield (1, 1), (1, 1), 9, 4
    yield (5, 5), (5, 5), 1, 1  # the kernel is as large as the image
    yield (5, 5), (5, 6), 1, 1
    for amount in (2, 3, 4):  # as much padding as the image is high, one less, one more
        yield (3, 7), (2 * amount + 1, 1), 1, 1
        yield (3, 7), (3, 3), 1, amount
        yield (7, 3), (1, 2 * amount), 1, 1


def _case(
    random: Random,
    size: tuple[int, int],
    kernel: tuple[int, int],
    stride: int,
    dilation: int,
    padding: str,
    channels: tuple[int, int, int] = (1, 1, 1),
) -> Case:
    in_channels, out_channels, groups = channels
    x = _draw(random, in_channels, *size)
    weight = _draw(random, out_channels, in_channels // groups, *kernel)
    bias = _draw(random, out_channels) if channels != (1, 1, 1) else None
    options: Case = {"stride": stride, "dilation": dilation, "padding": padding, "groups": groups}
    case: Case = {"x": _plain(x), "w": _plain(weight), **options}
    if bias is not None:
        case["b"] = _plain(bias)
    try:
        z = _torch(x[None], weight, bias, **options)
    except RuntimeError as error:
        return {**case, "error": torch_oracle.reason(error, min(size))}
    return {**case, "z": _plain(z[0])}


def _torch(
    x: Tensor,
    weight: Tensor,
    bias: Tensor | None,
    *,
    stride: int,
    dilation: int,
    padding: str,
    groups: int,
) -> Tensor:
    """Pad both axes as torch's "same" does, then call ``F.conv2d``."""
    if padding != "valid":
        down, across = ((dilation * (k - 1)) for k in weight.shape[-2:])
        amounts = (across // 2, across - across // 2, down // 2, down - down // 2)
        x = functional.pad(x, amounts, mode="constant" if padding == "zeros" else padding)
    return functional.conv2d(x, weight, bias, stride=stride, dilation=dilation, groups=groups)
