"""The 1×1 convolution: one small fully connected network, run at every position."""

from __future__ import annotations

from torch import Tensor

from course_lib.convolution.checks import check_alike, check_tensor


def convolve1x1(x: Tensor, weight: Tensor, bias: Tensor | None = None) -> Tensor:
    r"""Return the 1×1 convolution of signals or images.

    .. math:: z_{n,o,\dots} = \beta_o + \sum_c \omega_{o,c} \, x_{n,c,\dots}

    It mixes channels and can change their number, and never looks at a neighbour: it is the fully
    connected layer of :math:`C_i` inputs and :math:`C_o` outputs at each position alone.

    Parameters
    ----------
    x : Tensor, shape (N, C_in, L) or (N, C_in, H, W)
    weight : Tensor, shape (C_out, C_in)
        The matrix of the fully connected layer, as ``torch.nn.Linear`` keeps it.
    bias : Tensor, shape (C_out,), optional

    Returns
    -------
    z : Tensor, shape (N, C_out, L) or (N, C_out, H, W)

    Raises
    ------
    ValueError
        If the shapes do not fit each other.
    TypeError
        If an argument is no tensor, or the dtypes differ.

    Notes
    -----
    Slides, "1x1 convolution"; Prince, *Understanding Deep Learning*, section 10.4.3; M. Lin,
    Q. Chen and S. Yan, "Network in network", ICLR 2014.
    """
    image = isinstance(x, Tensor) and x.ndim == 4
    check_tensor("x", x, ("N", "C_in", "H", "W") if image else ("N", "C_in", "L"))
    check_tensor("weight", weight, ("C_out", "C_in"))
    if weight.shape[1] != x.shape[1] or min(weight.shape) < 1:
        raise ValueError(
            f"weight has shape {tuple(weight.shape)}: expected (C_out, C_in) with C_in = "
            f"{x.shape[1]} as x has, and at least one channel of each kind"
        )
    check_alike(x, weight=weight, bias=bias)
    if bias is not None and bias.shape != weight.shape[:1]:
        raise ValueError(f"bias has shape {tuple(bias.shape)}: expected {tuple(weight.shape[:1])}")

    positions = x.movedim(1, -1)  # (N, ..., C_in): what the network sees at each position
    z = positions @ weight.T
    return (z if bias is None else z + bias).movedim(-1, 1)
