r"""The loss of a network that scores every pixel: cross-entropy, pixel by pixel.

.. math:: \mathcal L = -\frac{\sum_n w_{t_n} \log p_n(t_n)}{\sum_n w_{t_n}}, \qquad
          p_n(c) = \frac{\exp z_{n,c}}{\sum_{c'} \exp z_{n,c'}}

over the pixels :math:`n` that are not ignored, with true class :math:`t_n`, scores :math:`z_{n,c}`
and a weight :math:`w_c` for each class.
"""

from __future__ import annotations

import torch
from torch import Tensor

from course_lib.segmentation.checks import (
    check_class_count,
    check_same_device,
    check_tensor,
    checked_mask,
)


def pixel_cross_entropy(
    logits: Tensor,
    target: Tensor,
    *,
    class_weights: Tensor | None = None,
    ignore_index: int | None = None,
) -> Tensor:
    """Return the mean cross-entropy of the pixels.

    It agrees with ``torch.nn.functional.cross_entropy``.

    Parameters
    ----------
    logits : Tensor, shape (N, C, H, W)
        Scores before the softmax, float32 or float64; gradients flow.
    target : Tensor, shape (N, H, W)
        A class a pixel, from 0 to C - 1; int64, int32 or uint8.
    class_weights : Tensor, shape (C,), optional
        Finite, not negative; None weighs all classes alike.
    ignore_index : int, optional
        Pixels of this value in the target do not count.

    Returns
    -------
    loss : Tensor, without axes

    Raises
    ------
    ValueError
        If shapes or devices do not fit, a number is not finite, a class is unknown, a weight is
        negative, or no pixel has any weight: a mean of nothing.
    TypeError
        If a tensor has another dtype.
    """
    _check_logits(logits)
    class_count = logits.shape[1]
    check_class_count(class_count, ignore_index)
    check_tensor("target", target)
    pixels = (logits.shape[0], *logits.shape[2:])
    if target.shape != pixels:
        raise ValueError(
            f"target has shape {tuple(target.shape)}: expected {pixels}, that of the logits' pixels"
        )
    check_same_device("logits", logits, "target", target)
    truth = checked_mask("target", target, class_count, ignore_index)
    if class_weights is None:
        class_weights = logits.new_ones(class_count)
    _check_weights(class_weights, logits)

    # The highest score is taken off first, so that no exponential overflows.
    shifted = logits - logits.amax(dim=1, keepdim=True).detach()
    log_p = shifted - shifted.exp().sum(dim=1, keepdim=True).log()  # (N, C, H, W)
    counted = torch.ones_like(truth, dtype=torch.bool)
    if ignore_index is not None:
        counted = truth != ignore_index
        truth = truth.masked_fill(~counted, 0)
    surprise = -log_p.gather(1, truth[:, None])[:, 0]  # (N, H, W)
    weight = class_weights[truth] * counted
    if not (weight > 0).any():
        raise ValueError(
            f"target has {int(counted.sum())} pixels that count and none with a weight above 0: "
            "expected at least one"
        )
    return (weight * surprise).sum() / weight.sum()


def _check_logits(logits: Tensor) -> None:
    check_tensor("logits", logits)
    if logits.dtype not in (torch.float32, torch.float64):
        raise TypeError(f"logits has dtype {logits.dtype}: expected torch.float32 or torch.float64")
    if logits.ndim != 4 or logits.shape[1] == 0:
        raise ValueError(f"logits has shape {tuple(logits.shape)}: expected (N, C, H, W)")
    if not torch.isfinite(logits).all():
        where = (~torch.isfinite(logits)).nonzero()[0].tolist()
        value = logits[tuple(where)].item()
        raise ValueError(f"logits{where} is {value}: expected finite numbers")


def _check_weights(weights: Tensor, logits: Tensor) -> None:
    check_tensor("class_weights", weights)
    if weights.dtype != logits.dtype:
        raise TypeError(
            f"class_weights has dtype {weights.dtype}: expected that of logits, {logits.dtype}"
        )
    if weights.shape != (logits.shape[1],):
        raise ValueError(
            f"class_weights has shape {tuple(weights.shape)}: expected ({logits.shape[1]},)"
        )
    check_same_device("logits", logits, "class_weights", weights)
    if not (torch.isfinite(weights) & (weights >= 0)).all():
        raise ValueError(
            f"class_weights is {weights.tolist()}: expected finite numbers of at least 0"
        )
