"""How long a signal is, and how large an image, after pooling and after unpooling.

Pure Python: nothing here needs torch.
"""

from __future__ import annotations

from collections.abc import Sequence

from course_lib.convolution.counts import check_count, pair
from course_lib.convolution.geometry import kernel_span
from course_lib.convolution.geometry2d import per_axis


def pooled_length(
    length: int,
    kernel_size: int,
    *,
    stride: int | None = None,
    padding: int = 0,
    dilation: int = 1,
    ceil_mode: bool = False,
) -> int:
    r"""Return how many windows a pooling has.

    .. math:: \left\lfloor \frac{L + 2P - d(K-1) - 1}{s} \right\rfloor + 1

    Parameters
    ----------
    length : int
        Number of input values :math:`L`.
    kernel_size : int
        Number of values :math:`K` in a window.
    stride : int, optional
        Distance between neighbouring windows; the kernel size, where it is not given.
    padding : int
        Number :math:`P` of positions added at either end, at most half the kernel size.
    dilation : int
        Distance :math:`d` between neighbouring values of a window.
    ceil_mode : bool
        Whether to round up, so that a last window may reach past the end. A window that would
        start beyond the signal and the padding on its left is left out, as in torch.

    Returns
    -------
    length : int
        At least 1.

    Raises
    ------
    ValueError
        If a setting is impossible, or there is no window; the message says why.
    """
    stride = kernel_size if stride is None else stride
    for name, value in (
        ("length", length),
        ("kernel_size", kernel_size),
        ("stride", stride),
        ("dilation", dilation),
    ):
        check_count(name, value)
    check_count("padding", padding, least=0)
    if padding > kernel_size // 2:
        raise ValueError(
            f"padding={padding}: expected at most half of kernel_size={kernel_size}, "
            "so that no window lies in the padding alone"
        )
    span = kernel_span(kernel_size, dilation)
    rounding = stride - 1 if ceil_mode else 0
    count = (length + 2 * padding - span + rounding) // stride + 1
    if ceil_mode and (count - 1) * stride >= length + padding:
        count -= 1
    if count < 1:
        raise ValueError(
            f"kernel_size={kernel_size} with dilation={dilation} spans {span} values, but the "
            f"signal has length {length} and padding={padding}: expected a smaller kernel_size or "
            "dilation, or a longer signal"
        )
    return count


def pooled_size(
    size: int | Sequence[int],
    kernel_size: int | Sequence[int],
    *,
    stride: int | Sequence[int] | None = None,
    padding: int | Sequence[int] = 0,
    dilation: int | Sequence[int] = 1,
    ceil_mode: bool = False,
) -> tuple[int, int]:
    """Return how many windows a pooling of an image has, down and across.

    Each setting is that of `pooled_length`, as one number or as a pair (height, width); so are the
    errors, which name the axis.
    """
    return per_axis(
        pooled_length,
        length=pair("size", size),
        kernel_size=pair("kernel_size", kernel_size),
        stride=pair("stride", kernel_size if stride is None else stride),
        padding=pair("padding", padding),
        dilation=pair("dilation", dilation),
        ceil_mode=(ceil_mode, ceil_mode),
    )


def unpooled_length(
    length: int,
    kernel_size: int,
    *,
    stride: int | None = None,
    padding: int = 0,
    original: int | None = None,
) -> int:
    r"""Return how long the signal was of which a pooling made `length` windows.

    The shortest such signal has :math:`(L - 1) s - 2P + K` values; how many more it had, the
    number of windows does not tell.

    Parameters
    ----------
    length : int
        Number of windows :math:`L`.
    kernel_size, stride, padding
        Those of the pooling, as for `pooled_length`.
    original : int, optional
        The length of the signal, where it is known: less than a stride away from the shortest.

    Returns
    -------
    length : int
        The original, or else the shortest; at least 1.

    Raises
    ------
    ValueError
        If a setting is impossible, the original is too far away, or nothing would be left.
    """
    stride = kernel_size if stride is None else stride
    for name, value in (("length", length), ("kernel_size", kernel_size), ("stride", stride)):
        check_count(name, value)
    check_count("padding", padding, least=0)
    shortest = (length - 1) * stride - 2 * padding + kernel_size
    if original is not None:
        check_count("original", original)
        if not shortest - stride < original < shortest + stride:
            raise ValueError(
                f"original={original}: expected less than stride={stride} away from {shortest}, "
                f"the shortest signal of length={length} windows"
            )
        return original
    if shortest < 1:
        raise ValueError(
            f"padding={padding} leaves {shortest} values of length={length}, stride={stride} and "
            f"kernel_size={kernel_size}: expected at least one, or the length of the original"
        )
    return shortest


def unpooled_size(
    size: int | Sequence[int],
    kernel_size: int | Sequence[int],
    *,
    stride: int | Sequence[int] | None = None,
    padding: int | Sequence[int] = 0,
    original: int | Sequence[int] | None = None,
) -> tuple[int, int]:
    """Return how large the image was of which a pooling made `size` windows.

    Each setting is that of `unpooled_length`, as one number or as a pair (height, width).
    """
    return per_axis(
        unpooled_length,
        length=pair("size", size),
        kernel_size=pair("kernel_size", kernel_size),
        stride=pair("stride", kernel_size if stride is None else stride),
        padding=pair("padding", padding),
        original=(None, None) if original is None else pair("original", original),
    )
