"""Two convolutions, one after the other, are one: their kernels compose.

Without an activation between them, and without padding, two convolutions are a single convolution
whose kernel is the true convolution of theirs; the second one's kernel is spread over the input by
the first one's stride. So two kernels of 3 make one of 5, and a third makes it 7.

When it holds
    Always, where both stages are "valid": at every stride, dilation and number of channels.
    With one of the other paddings, at every output whose second stage reads no padding, provided
    that both ways start at the same place: :math:`P_1 + s_1 P_2 = P`, of the amounts that the
    stages and the composed kernel add on the left. They do unless the second kernel has an even
    span; where the first stride is 1, unless both have.
    Under "circular" padding at every output, if besides the first stride divides the length.
When it fails
    With a function such as the ReLU between the stages. And near the ends: there the second stage
    reads padding, where one convolution would go on to what the first would have found beyond.
"""

from __future__ import annotations

from collections.abc import Sequence

from torch import Tensor

from course_lib.convolution.checks import check_alike, check_tensor
from course_lib.convolution.counts import check_count, pair
from course_lib.convolution.geometry import kernel_span


def compose_kernels1d(
    first: Tensor,
    second: Tensor,
    *,
    stride: int = 1,
    first_dilation: int = 1,
    second_dilation: int = 1,
) -> Tensor:
    r"""Return the kernel of the one convolution that two of them in a row amount to.

    .. math:: \omega_{o,c,\,a d_1 + b d_2 s_1} \mathrel{+}= \sum_m
              \omega^{(2)}_{o,m,b} \, \omega^{(1)}_{m,c,a} \qquad \text{for all } a, b

    With strides :math:`s_1, s_2` of the two stages, the composed kernel has dilation 1 and stride
    :math:`s_1 s_2`; with all settings 1 and one channel this is the product of two polynomials.

    Parameters
    ----------
    first : Tensor, shape (C_mid, C_in, K_1) or (K_1,)
        The kernel that meets the input; with one axis, one channel to one channel.
    second : Tensor, shape (C_out, C_mid, K_2) or (K_2,)
        The kernel that meets the first one's output.
    stride : int
        Stride :math:`s_1` of the first stage. That of the second only multiplies the result's.
    first_dilation, second_dilation : int
        Dilations :math:`d_1, d_2` of the two stages.

    Returns
    -------
    composed : Tensor, shape (C_out, C_in, K) or (K,)
        :math:`K = d_1 (K_1 - 1) + s_1 d_2 (K_2 - 1) + 1`.

    Raises
    ------
    ValueError
        If the shapes do not fit each other, or a setting is less than 1.
    TypeError
        If an argument is no tensor, or the dtypes differ.

    Notes
    -----
    Slides, "Receptive fields". Biases compose as well: the first stage's, convolved by the second
    kernel, adds :math:`\sum_{m,b} \omega^{(2)}_{o,m,b} \beta^{(1)}_m` to the second stage's.

    Examples
    --------
    >>> import torch
    >>> compose_kernels1d(torch.tensor([1.0, 1.0]), torch.tensor([1.0, 2.0, 1.0]))
    tensor([1., 3., 3., 1.])
    """
    for name, value in (
        ("stride", stride),
        ("first_dilation", first_dilation),
        ("second_dilation", second_dilation),
    ):
        check_count(name, value)
    first, second, plain = _layers(first, second, ("K",))

    step = second_dilation * stride
    span = kernel_span(first.shape[-1], first_dilation) + kernel_span(second.shape[-1], step) - 1
    composed = first.new_zeros(second.shape[0], first.shape[1], span)
    for a in range(first.shape[-1]):
        for b in range(second.shape[-1]):
            composed[:, :, a * first_dilation + b * step] += second[:, :, b] @ first[:, :, a]
    return composed[0, 0] if plain else composed


def compose_kernels2d(
    first: Tensor,
    second: Tensor,
    *,
    stride: int | Sequence[int] = 1,
    first_dilation: int | Sequence[int] = 1,
    second_dilation: int | Sequence[int] = 1,
) -> Tensor:
    """Return the kernel of the one convolution that two of them in a row amount to.

    Along each axis the settings act as in `compose_kernels1d`.

    Parameters
    ----------
    first : Tensor, shape (C_mid, C_in, K_h, K_w) or (K_h, K_w)
        The kernel that meets the input; with two axes, one channel to one channel.
    second : Tensor, shape (C_out, C_mid, K_h, K_w) or (K_h, K_w)
        The kernel that meets the first one's output; its size may differ.
    stride, first_dilation, second_dilation : int or pair of int
        As for `compose_kernels1d`, down and across.

    Returns
    -------
    composed : Tensor, shape (C_out, C_in, K_h, K_w) or (K_h, K_w)

    Raises
    ------
    ValueError
        If the shapes do not fit each other, or a setting is less than 1.
    TypeError
        If an argument is no tensor, or the dtypes differ.
    """
    strides = pair("stride", stride)
    dilations = pair("first_dilation", first_dilation)
    second_dilations = pair("second_dilation", second_dilation)
    for name, values in (
        ("stride", strides),
        ("first_dilation", dilations),
        ("second_dilation", second_dilations),
    ):
        check_count(name, min(values))
    first, second, plain = _layers(first, second, ("K_h", "K_w"))

    steps = tuple(d * s for d, s in zip(second_dilations, strides, strict=True))
    spans = (
        kernel_span(first.shape[axis], dilations[axis])
        + kernel_span(second.shape[axis], steps[axis])
        - 1
        for axis in (-2, -1)
    )
    composed = first.new_zeros(second.shape[0], first.shape[1], *spans)
    for m in range(first.shape[-2]):
        for n in range(first.shape[-1]):
            for p in range(second.shape[-2]):
                for q in range(second.shape[-1]):
                    row = m * dilations[0] + p * steps[0]
                    column = n * dilations[1] + q * steps[1]
                    composed[:, :, row, column] += second[:, :, p, q] @ first[:, :, m, n]
    return composed[0, 0] if plain else composed


def _layers(
    first: Tensor, second: Tensor, kernel_axes: tuple[str, ...]
) -> tuple[Tensor, Tensor, bool]:
    """Return both kernels with their channels, and whether they came without."""
    plain = isinstance(first, Tensor) and first.ndim == len(kernel_axes)
    for name, kernel in (("first", first), ("second", second)):
        check_tensor(name, kernel, kernel_axes if plain else ("C_out", "C_in", *kernel_axes))
        if kernel.numel() == 0:
            raise ValueError(f"{name} has shape {tuple(kernel.shape)}: expected weights")
    check_alike(first, second=second)
    if plain:
        return first[None, None], second[None, None], True
    if second.shape[1] != first.shape[0]:
        raise ValueError(
            f"second has shape {tuple(second.shape)}: expected {first.shape[0]} input channels, "
            f"as many as first has outputs"
        )
    return first, second, False
