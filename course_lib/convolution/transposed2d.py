"""The transposed convolution in two dimensions; see `course_lib.convolution.transposed`."""

from __future__ import annotations

from collections.abc import Sequence

from torch import Tensor

from course_lib.convolution.checks import check_transposed_layer
from course_lib.convolution.counts import pair
from course_lib.convolution.geometry import kernel_span
from course_lib.convolution.geometry2d import padding_pair
from course_lib.convolution.matrix import convolution_matrix2d
from course_lib.convolution.padding import padding_amounts
from course_lib.convolution.transposed_geometry import transposed_size
from course_lib.convolution.two_dimensions import pad2d


def convolve_transpose2d(
    x: Tensor,
    weight: Tensor,
    bias: Tensor | None = None,
    *,
    stride: int | Sequence[int] = 1,
    dilation: int | Sequence[int] = 1,
    padding: str | int | Sequence[int] = "zeros",
    output_padding: int | Sequence[int] = 0,
    groups: int = 1,
) -> Tensor:
    r"""Return the transposed convolution of a batch of images, stamp by stamp.

    Each pixel multiplies the whole kernel and adds it to the output, a stride further on than its
    neighbour did. Where stamps overlap unevenly, which they do unless the stride divides the kernel
    size, a constant image becomes a checkerboard: A. Odena, V. Dumoulin and C. Olah,
    "Deconvolution and checkerboard artifacts", Distill, 2016.

    Parameters
    ----------
    x : Tensor, shape (N, C_in, H, W)
    weight : Tensor, shape (C_in, C_out / groups, K_h, K_w)
        The weights of the convolution that is transposed, which goes from C_out channels to C_in.
    bias : Tensor, shape (C_out,), optional
    stride, dilation : int or pair of int
        Distances between neighbouring stamps and between the taps of one, down and across.
    padding : str, int or pair of int
        "zeros", "valid" or a number of zeros at either end of each axis: the padding of the
        convolution that is transposed. What would be stamped onto those zeros is cut off.
    output_padding : int or pair of int
        Number of outputs added at the bottom and on the right.
    groups : int
        Number of groups into which both kinds of channels are split.

    Returns
    -------
    z : Tensor, shape (N, C_out, H_out, W_out)
        The size is `transposed_size`. It agrees with ``torch.nn.functional.conv_transpose2d``.

    Raises
    ------
    ValueError
        If the shapes do not fit each other, or the settings leave no output; the message says why.
    TypeError
        If an argument is no tensor, or the dtypes differ.

    Notes
    -----
    Slides, "Transposed convolutions"; Prince, *Understanding Deep Learning*, section 10.4.2.
    """
    check_transposed_layer(x, weight, bias, groups, dimensions=2)
    batch, in_channels, height, width = x.shape
    _, out_per_group, *kernel_size = weight.shape
    out_height, out_width = transposed_size(
        (height, width),
        kernel_size,
        stride=stride,
        dilation=dilation,
        padding=padding,
        output_padding=output_padding,
    )
    strides, dilations = pair("stride", stride), pair("dilation", dilation)
    (top, bottom), (left, right) = (
        padding_amounts(k, d, p)
        for k, d, p in zip(kernel_size, dilations, padding_pair(padding), strict=True)
    )
    high, wide = (kernel_span(k, d) for k, d in zip(kernel_size, dilations, strict=True))

    # (N, G, C_in/G, 1, H, W) and (G, C_in/G, C_out/G, K_h, K_w), sorted into groups
    values = x.reshape(batch, groups, in_channels // groups, 1, height, width)
    kernels = weight.reshape(groups, in_channels // groups, out_per_group, *kernel_size)
    canvas_size = (top + out_height + bottom, left + out_width + right)
    canvas = x.new_zeros(batch, groups, out_per_group, *canvas_size)
    for i in range(height):
        for j in range(width):
            down = slice(i * strides[0], i * strides[0] + high, dilations[0])
            across = slice(j * strides[1], j * strides[1] + wide, dilations[1])
            stamp = (values[..., i, j, None, None] * kernels).sum(dim=2)  # (N, G, C_out/G, K, K)
            canvas[..., down, across] += stamp
    inside = canvas[..., top : top + out_height, left : left + out_width]
    z = inside.reshape(batch, groups * out_per_group, out_height, out_width)
    return z if bias is None else z + bias[:, None, None]


def convolve_transpose2d_by_matrix(
    x: Tensor,
    weight: Tensor,
    bias: Tensor | None = None,
    *,
    stride: int | Sequence[int] = 1,
    dilation: int | Sequence[int] = 1,
    padding: str | int | Sequence[int] = "zeros",
    output_padding: int | Sequence[int] = 0,
    groups: int = 1,
) -> Tensor:
    """Return what `convolve_transpose2d` returns, by its definition: the transposed matrix.

    Parameters, result and errors are those of `convolve_transpose2d`.
    """
    check_transposed_layer(x, weight, bias, groups, dimensions=2)
    batch, _, height, width = x.shape
    _, out_per_group, *kernel_size = weight.shape
    strides, dilations = pair("stride", stride), pair("dilation", dilation)
    size = transposed_size(
        (height, width),
        kernel_size,
        stride=strides,
        dilation=dilations,
        padding=padding,
        output_padding=output_padding,
    )
    matrix = convolution_matrix2d(
        weight,
        size,
        stride=strides,
        dilation=dilations,
        padding=padding,
        groups=groups,
        sparse=True,
    )

    # An output padding of a stride or more leaves room for outputs that no input speaks for.
    extra = pair("output_padding", output_padding)
    x = pad2d(x, (0, extra[0] // strides[0]), (0, extra[1] // strides[1]), "zeros")
    z = (matrix.T @ x.flatten(1).T).T.reshape(batch, out_per_group * groups, *size)
    return z if bias is None else z + bias[:, None, None]
