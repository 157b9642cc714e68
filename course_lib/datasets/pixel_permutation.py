"""One fixed shuffle of positions: what is left of a signal or an image without its neighbourhoods.

A fully connected network cannot tell; a convolutional one can (slides, "Networks for images",
problem 2). The shuffle must be the same for every sample, so it is drawn once, by `permutation`.
"""

from __future__ import annotations

import torch
from torch import Tensor

from course_lib.datasets.scenes.chance import Mulberry32


def permutation(length: int, seed: int) -> Tensor:
    """Return a random order of positions, the page's own for the same seed.

    R. Durstenfeld's shuffle ("Algorithm 235", Communications of the ACM 7(7), 1964), with the
    page's generator.

    Parameters
    ----------
    length : int
        Number of positions L, at least 1: of a signal its length, of an image H times W.
    seed : int
        From 0 to 2³² − 1.

    Returns
    -------
    order : Tensor, shape (L,), int64
        ``order[i]`` is the position whose value comes to stand at i.

    Raises
    ------
    TypeError
        If the length or the seed is no int.
    ValueError
        If the length is below 1 or the seed out of range.
    """
    if isinstance(length, bool) or not isinstance(length, int):
        raise TypeError(f"length={length!r}: expected an int, got {type(length).__name__}")
    if length < 1:
        raise ValueError(f"length={length}: expected at least 1")
    random = Mulberry32(seed)
    order = list(range(length))
    for last in range(length - 1, 0, -1):
        other = random.below(last + 1)
        order[last], order[other] = order[other], order[last]
    return torch.tensor(order)


def inverse(order: Tensor) -> Tensor:
    """Return the order that undoes another.

    Parameters
    ----------
    order : Tensor, shape (L,), int64

    Returns
    -------
    inverse : Tensor, shape (L,), int64

    Raises
    ------
    TypeError, ValueError
        If an argument is no tensor, or `order` is not a permutation of 0 to L − 1.
    """
    _check_order(order)
    back = torch.empty_like(order)
    back[order] = torch.arange(len(order), device=order.device)
    return back


def permute_signal(x: Tensor, order: Tensor) -> Tensor:
    """Return signals with their values in another order, the same for each sample and channel.

    Parameters
    ----------
    x : Tensor, shape (..., L)
    order : Tensor, shape (L,), int64

    Returns
    -------
    permuted : Tensor, shape (..., L)

    Raises
    ------
    TypeError, ValueError
        If an argument is no tensor, or `order` is not a permutation of 0 to L − 1.
    """
    _check_tensor("x", x)
    _check_order(order)
    if x.ndim < 1 or x.shape[-1] != len(order):
        raise ValueError(
            f"x has shape {tuple(x.shape)}: expected (..., {len(order)}), as many values as the "
            "order has positions"
        )
    return x[..., order.to(x.device)]


def permute_image(x: Tensor, order: Tensor) -> Tensor:
    """Return images with their pixels in another order, the same for each sample and channel.

    Parameters
    ----------
    x : Tensor, shape (..., H, W)
        A pixel's channels stay together.
    order : Tensor, shape (H * W,), int64
        Counts the pixels row by row.

    Returns
    -------
    permuted : Tensor, shape (..., H, W)

    Raises
    ------
    TypeError, ValueError
        If an argument is no tensor, or `order` is not a permutation of 0 to H · W − 1.
    """
    _check_tensor("x", x)
    _check_order(order)
    if x.ndim < 2 or x.shape[-2] * x.shape[-1] != len(order):
        raise ValueError(
            f"x has shape {tuple(x.shape)}: expected (..., H, W) with H * W = {len(order)}, as "
            "many pixels as the order has positions"
        )
    return x.flatten(-2)[..., order.to(x.device)].reshape(x.shape)


def _check_order(order: Tensor) -> None:
    _check_tensor("order", order)
    if order.dtype != torch.int64:
        raise TypeError(f"order has dtype {order.dtype}: expected torch.int64")
    if order.ndim != 1 or len(order) == 0:
        raise ValueError(
            f"order has shape {tuple(order.shape)}: expected one axis (L,) and a position"
        )
    if not torch.equal(order.sort().values, torch.arange(len(order), device=order.device)):
        raise ValueError(f"order does not hold each position from 0 to {len(order) - 1} once")


def _check_tensor(name: str, value: object) -> None:
    if not isinstance(value, Tensor):
        raise TypeError(f"{name} is a {type(value).__name__}: expected a tensor")
