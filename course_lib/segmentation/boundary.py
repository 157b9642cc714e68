r"""How well the outlines agree, which the area hardly tells.

A class's *boundary* are its pixels with a neighbour of another class (one of four). With a
tolerance of :math:`r` pixels, precision is the part of the predicted boundary within the Euclidean
distance :math:`r` (from pixel centre to pixel centre) of the true one, recall the part of the true
boundary within that distance of the predicted one, and

.. math:: F = \frac{2 \cdot \text{precision} \cdot \text{recall}}{\text{precision} + \text{recall}}

Every boundary pixel looks for its nearest partner alone; two may share one (Csurka et al. do so,
and so does the usual approximation of Perazzi et al., who propose a one-to-one matching).

The image's edge is no boundary, and neither is the line towards pixels that are ignored: what
stands beyond is unknown. Where a data set ignores a band around every object, as Pascal VOC does,
no boundary is left to judge.

G. Csurka, D. Larlus and F. Perronnin, "What is a good evaluation measure for semantic
segmentation?", BMVC 2013; F. Perazzi et al., "A benchmark dataset and evaluation methodology for
video object segmentation", CVPR 2016.
"""

from __future__ import annotations

import math
from numbers import Real

import torch
from torch import Tensor
from torch.nn import functional

from course_lib.segmentation.checks import (
    check_class_count,
    check_same_size,
    check_tensor,
    checked_mask,
    is_whole,
)


def boundary(region: Tensor, known: Tensor | None = None) -> Tensor:
    """Return the pixels of each region that touch what is not in it.

    Parameters
    ----------
    region : Tensor, shape (..., H, W), bool
    known : Tensor, shape (..., H, W), bool, optional
        Pixels that may be looked at; None knows all. An unknown pixel is on no boundary and makes
        none.

    Returns
    -------
    boundary : Tensor, shape (..., H, W), bool

    Raises
    ------
    ValueError
        If the shapes differ or have fewer than two axes.
    TypeError
        If a dtype is not bool.

    Examples
    --------
    >>> boundary(torch.tensor([[True, True, True, False]]))
    tensor([[False, False,  True, False]])
    """
    _check_region("region", region)
    if known is None:
        known = torch.ones_like(region)
    _check_region("known", known)
    check_same_size("region", region, "known", known)
    outside = known & ~region
    touches = torch.zeros_like(region)
    touches[..., 1:, :] |= outside[..., :-1, :]
    touches[..., :-1, :] |= outside[..., 1:, :]
    touches[..., :, 1:] |= outside[..., :, :-1]
    touches[..., :, :-1] |= outside[..., :, 1:]
    return region & known & touches


def within(pixels: Tensor, distance: float) -> Tensor:
    """Return the pixels that lie at most a distance from one of those given.

    A dilation with a disc: the convolution with it is above zero there, and only there.

    Parameters
    ----------
    pixels : Tensor, shape (..., H, W), bool
    distance : float
        Euclidean, in pixels, at least 0; 0 returns the same pixels.

    Returns
    -------
    near : Tensor, shape (..., H, W), bool

    Raises
    ------
    ValueError, TypeError
        If an argument is not such; the message says why.
    """
    _check_region("pixels", pixels)
    _check_distance("distance", distance)
    height, width = pixels.shape[-2:]
    if pixels.numel() == 0:
        return pixels.clone()
    # A disc larger than the image would reach no more of it.
    reach = min(math.floor(distance), max(height, width))
    steps = torch.arange(-reach, reach + 1, device=pixels.device, dtype=torch.float64)
    disc = (steps[:, None].square() + steps.square()).sqrt() <= distance
    counts = functional.conv2d(
        pixels.reshape(-1, 1, height, width).float(), disc[None, None].float(), padding=reach
    )
    return (counts > 0.5).reshape(pixels.shape)


def boundary_f(
    prediction: Tensor,
    target: Tensor,
    class_count: int,
    *,
    tolerance: float,
    ignore_index: int | None = None,
) -> Tensor:
    """Return the boundary F of each class in each image.

    Parameters
    ----------
    prediction : Tensor, shape (N, H, W)
        A class a pixel, from 0 to ``class_count - 1``; int64, int32 or uint8.
    target : Tensor, shape (N, H, W)
        The truth.
    class_count : int
        Number of classes :math:`C`.
    tolerance : float
        In pixels, at least 0; `boundary_tolerance` gives the customary one.
    ignore_index : int, optional
        Pixels of this value in the target are unknown.

    Returns
    -------
    f : Tensor, shape (N, C), float64
        NaN where the class has a boundary neither in the prediction nor in the truth (it is absent
        from both, or fills both images); 0 where it has one in only one of them. A data set's score
        is the mean, ``nanmean``.

    Raises
    ------
    ValueError
        If the shapes or devices differ, a class is unknown or the tolerance is negative.
    TypeError
        If a mask is no tensor of whole numbers.
    """
    check_class_count(class_count, ignore_index)
    _check_distance("tolerance", tolerance)
    check_tensor("prediction", prediction)
    check_tensor("target", target)
    if prediction.ndim != 3:
        raise ValueError(f"prediction has shape {tuple(prediction.shape)}: expected (N, H, W)")
    check_same_size("prediction", prediction, "target", target)
    prediction = checked_mask("prediction", prediction, class_count)
    target = checked_mask("target", target, class_count, ignore_index)
    known = torch.ones_like(target, dtype=torch.bool)
    if ignore_index is not None:
        known = target != ignore_index

    scores = []
    for c in range(class_count):
        predicted = boundary(prediction == c, known)
        true = boundary(target == c, known)
        precision = _part(predicted & within(true, tolerance), predicted)
        recall = _part(true & within(predicted, tolerance), true)
        both = precision + recall
        f = 2 * precision * recall / both.where(both > 0, 1)  # 0 where nothing meets
        nothing = ~(predicted | true).flatten(1).any(dim=1)
        scores.append(f.masked_fill(nothing, math.nan))
    return torch.stack(scores, dim=1)


def boundary_tolerance(image_size: tuple[int, int], fraction: float = 0.0075) -> int:
    """Return a tolerance in pixels: a fraction of the image's diagonal, rounded up.

    Parameters
    ----------
    image_size : (int, int)
        Height and width in pixels.
    fraction : float
        Csurka et al. take 0.0075, the code of Perazzi et al. 0.008.

    Raises
    ------
    ValueError
        If a number is negative, or the size is none.
    """
    sides = image_size if isinstance(image_size, tuple) and len(image_size) == 2 else (0, 0)
    if not all(is_whole(side) and side >= 1 for side in sides):
        raise ValueError(
            f"image_size={image_size!r}: expected (height, width), whole numbers of at least 1"
        )
    _check_distance("fraction", fraction)
    return math.ceil(fraction * math.hypot(*image_size))


def _part(some: Tensor, whole: Tensor) -> Tensor:
    """Return, for each image, which part of a boundary is met; 0 where there is none."""
    all_of_it = whole.flatten(1).sum(dim=1)
    return some.flatten(1).sum(dim=1).double() / all_of_it.clamp(min=1)


def _check_region(name: str, region: Tensor) -> None:
    check_tensor(name, region)
    if region.dtype != torch.bool:
        raise TypeError(f"{name} has dtype {region.dtype}: expected torch.bool")
    if region.ndim < 2:
        raise ValueError(f"{name} has shape {tuple(region.shape)}: expected (..., H, W)")


def _check_distance(name: str, value: float) -> None:
    if not isinstance(value, Real) or not math.isfinite(value) or value < 0:
        raise ValueError(f"{name}={value!r}: expected a finite number of at least 0")
