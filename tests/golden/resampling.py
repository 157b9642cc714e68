"""Golden cases of resampling: small images, settings, and torch's answer."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import product
from random import Random
from typing import Any

import torch
from torch.nn import functional

from tests.golden.convolution_1d import _draw, _plain, _whole

Case = dict[str, Any]

SIZES = ((1, 1), (2, 3), (5, 4), (6, 6), (7, 9))


def downs() -> Iterator[Case]:
    """Yield what every other pixel, the largest and the mean of each window are."""
    random = Random(9_001)
    for size, window, stride in product(SIZES, (1, 2, 3, 4, 5), (1, 2, 3, 4)):
        if window <= min(size):
            yield _down(random, size, window, stride)
    for _ in range(200):
        size = (_whole(random, 5, 7), _whole(random, 5, 7))
        yield _down(random, size, _whole(random, 1, 5), _whole(random, 1, 4))


def _down(random: Random, size: tuple[int, int], window: int, stride: int) -> Case:
    x = _draw(random, 1 + (window == 1), *size)
    if random.random() < 0.3:
        x = x.round()  # equal values: the first of them is the largest
    down, right = _whole(random, -4, 4), _whole(random, -4, 4)
    largest, positions = functional.max_pool2d(x, window, stride, return_indices=True)
    return {
        "x": _plain(x),
        "size": window,
        "stride": stride,
        "every": _plain(x[:, ::stride, ::stride]),
        "max": _plain(largest),
        "positions": positions.tolist(),
        "mean": _plain(functional.avg_pool2d(x, window, stride)),
        "by": [down, right],
        "rolled": _plain(torch.roll(x, (down, right), (1, 2))),
    }


def ups() -> Iterator[Case]:
    """Yield three ways back from the largest of each window."""
    random = Random(9_002)
    for size, factor in product(((1, 1), (2, 3), (3, 2)), (1, 2, 3, 4)):
        for _ in range(5):
            rows, columns = (factor * n for n in size)
            x = _draw(random, 1, rows, columns)
            small, positions = functional.max_pool2d(x, factor, factor, return_indices=True)
            y = small[None]
            yield {
                "x": _plain(x),
                "factor": factor,
                "duplicate": _plain(functional.interpolate(y, scale_factor=factor)[0]),
                "unpooling": _plain(functional.max_unpool2d(small, positions, [factor, factor])),
                "bilinear": _plain(
                    functional.interpolate(y, scale_factor=factor, mode="bilinear")[0]
                ),
            }


def stamps() -> Iterator[Case]:
    """Yield transposed convolutions, the convolutions that they belong to, and coverages."""
    random = Random(9_003)
    for size, stride, padding in product((1, 2, 3, 4, 5), (1, 2, 3, 4), (0, 1, 2)):
        for length in (1, 2, 3, 5):
            extra = _whole(random, 0, stride - 1)
            if (length - 1) * stride + size - 2 * padding + extra < 1:
                continue
            yield _stamp(random, length, size, stride, padding, extra)


def _stamp(random: Random, length: int, size: int, stride: int, padding: int, extra: int) -> Case:
    y, kernel = _draw(random, length), _draw(random, size)
    weight = kernel[None, None]
    z = functional.conv_transpose1d(
        y[None, None], weight, stride=stride, padding=padding, output_padding=extra
    )
    ones = functional.conv_transpose1d(
        torch.ones_like(y)[None, None],
        torch.ones_like(weight),
        stride=stride,
        padding=padding,
        output_padding=extra,
    )
    image = _draw(random, 1, length, length)
    square = kernel[:, None] * kernel[None, :]
    flat = functional.conv_transpose2d(
        image[None], square[None, None], stride=stride, padding=padding, output_padding=extra
    )
    case = {
        "y": _plain(y),
        "kernel": _plain(kernel),
        "stride": stride,
        "padding": padding,
        "extra": extra,
        "z": _plain(z[0, 0]),
        "coverage": _plain(ones[0, 0]),
        "image": _plain(image),
        "stamped": _plain(flat[0]),
    }
    if z.shape[-1] + 2 * padding >= size:
        case["back"] = _plain(functional.conv1d(z, weight, stride=stride, padding=padding)[0, 0])
    return case
