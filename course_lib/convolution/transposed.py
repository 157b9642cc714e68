"""The transposed convolution in one dimension: the matrix of a convolution, turned over.

The convolution maps a longer signal to a shorter one by a matrix :math:`A`; the transposed
convolution maps the shorter to the longer by :math:`A^T`. It goes the other way, but it does not
undo: :math:`A^T A x` is not :math:`x`.
"""

from __future__ import annotations

from torch import Tensor

from course_lib.convolution.checks import check_transposed_layer
from course_lib.convolution.geometry import kernel_span
from course_lib.convolution.matrix import convolution_matrix1d
from course_lib.convolution.one_dimension import pad1d
from course_lib.convolution.padding import padding_amounts
from course_lib.convolution.transposed_geometry import transposed_length


def convolve_transpose1d(
    x: Tensor,
    weight: Tensor,
    bias: Tensor | None = None,
    *,
    stride: int = 1,
    dilation: int = 1,
    padding: str | int = "zeros",
    output_padding: int = 0,
    groups: int = 1,
) -> Tensor:
    r"""Return the transposed convolution of a batch of signals, stamp by stamp.

    Where a convolution gathers, its transpose scatters: each input value multiplies the whole
    kernel and adds it to the output, :math:`s` positions further on than its neighbour did.

    .. math:: z_{n,o,\,i s + k d - P_\text{left}} \mathrel{+}= \sum_c
              x_{n,c,i} \, \omega_{c,o,k} \qquad \text{for all } i, k

    where :math:`c` runs over the input channels of the group of :math:`o`. The result agrees with
    ``torch.nn.functional.conv_transpose1d``, and gradients flow through it.

    Parameters
    ----------
    x : Tensor, shape (N, C_in, L)
    weight : Tensor, shape (C_in, C_out / groups, K)
        The weights of the convolution that is transposed, which goes from C_out channels to C_in.
    bias : Tensor, shape (C_out,), optional
    stride, dilation : int
        Distances between neighbouring stamps and between the taps of one.
    padding : str or int
        "zeros", "valid" or a number of zeros at either end: the padding of the convolution that is
        transposed. What would be stamped onto those zeros is cut off. (In torch: a number only.)
    output_padding : int
        Number of outputs added on the right: which of the signals that the convolution maps to
        length L is meant. With "zeros", :math:`P_\text{output} = s - 1` gives :math:`s L` outputs.
    groups : int
        Number of groups into which both kinds of channels are split.

    Returns
    -------
    z : Tensor, shape (N, C_out, L_out)
        ``L_out`` is `transposed_length`.

    Raises
    ------
    ValueError
        If the shapes do not fit each other, or the settings leave no output; the message says why.
    TypeError
        If an argument is no tensor, or the dtypes differ.

    Notes
    -----
    Slides, "Transposed convolutions"; Prince, *Understanding Deep Learning*, section 10.4.2;
    V. Dumoulin and F. Visin, "A guide to convolution arithmetic for deep learning", 2016.
    """
    check_transposed_layer(x, weight, bias, groups, dimensions=1)
    batch, in_channels, length = x.shape
    _, out_per_group, kernel_size = weight.shape
    out_length = transposed_length(
        length,
        kernel_size,
        stride=stride,
        dilation=dilation,
        padding=padding,
        output_padding=output_padding,
    )
    left, right = padding_amounts(kernel_size, dilation, padding)
    span = kernel_span(kernel_size, dilation)

    # (N, G, C_in/G, 1, L) and (G, C_in/G, C_out/G, K): values and kernels, sorted into groups
    values = x.reshape(batch, groups, in_channels // groups, 1, length)
    kernels = weight.reshape(groups, in_channels // groups, out_per_group, kernel_size)
    canvas = x.new_zeros(batch, groups, out_per_group, left + out_length + right)
    for i in range(length):
        start = i * stride
        stamp = (values[..., i, None] * kernels).sum(dim=2)  # (N, G, C_out/G, K)
        canvas[..., start : start + span : dilation] += stamp
    z = canvas[..., left : left + out_length].reshape(batch, -1, out_length)
    return z if bias is None else z + bias[:, None]


def convolve_transpose1d_by_matrix(
    x: Tensor,
    weight: Tensor,
    bias: Tensor | None = None,
    *,
    stride: int = 1,
    dilation: int = 1,
    padding: str | int = "zeros",
    output_padding: int = 0,
    groups: int = 1,
) -> Tensor:
    """Return what `convolve_transpose1d` returns, by its definition.

    The convolution with the same settings, from signals of the length of the result, is a matrix;
    the signal is multiplied by the transpose of that matrix.

    Parameters, result and errors are those of `convolve_transpose1d`.
    """
    check_transposed_layer(x, weight, bias, groups, dimensions=1)
    batch, _, length = x.shape
    _, out_per_group, kernel_size = weight.shape
    out_length = transposed_length(
        length,
        kernel_size,
        stride=stride,
        dilation=dilation,
        padding=padding,
        output_padding=output_padding,
    )
    matrix = convolution_matrix1d(
        weight, out_length, stride=stride, dilation=dilation, padding=padding, groups=groups
    )

    # An output padding of a stride or more leaves room for outputs that no input speaks for.
    x = pad1d(x, 0, output_padding // stride, "zeros")
    z = (matrix.T @ x.flatten(1).T).T.reshape(batch, out_per_group * groups, out_length)
    return z if bias is None else z + bias[:, None]
