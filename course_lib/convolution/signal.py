"""The convolution of the slides: one signal, one kernel, plain numbers.

Pure Python, for places that should not wait for torch, such as a demo in a notebook.
"""

from __future__ import annotations

from collections.abc import Sequence

from course_lib.convolution.geometry import output_length, taps


def convolve_signal(
    signal: Sequence[float],
    kernel: Sequence[float],
    *,
    stride: int = 1,
    dilation: int = 1,
    padding: str = "zeros",
) -> list[float]:
    r"""Return the convolution of a signal with a kernel, in double precision.

    .. math:: z_i = \sum_{k=0}^{K-1} \omega_k \, x_{\,i s - P_\text{left} + k d}

    The kernel is not reversed (cross-correlation), as in the slides and in every framework.

    Parameters
    ----------
    signal : sequence of float, length L
    kernel : sequence of float, length K
    stride, dilation : int
        Distances between neighbouring positions of the kernel and between its taps.
    padding : str
        One of ``PADDINGS``.

    Returns
    -------
    output : list of float, length ``output_length(L, K, ...)``

    Raises
    ------
    ValueError
        If the combination has no output; the message says why.

    Notes
    -----
    Slides, "Convolution in 1D" and the sections after it.

    Examples
    --------
    >>> convolve_signal([1, 2, 4], [-0.5, 0, 0.5])
    [1.0, 1.5, -1.0]
    """
    length, size = len(signal), len(kernel)
    positions = output_length(length, size, stride=stride, dilation=dilation, padding=padding)
    output = []
    for i in range(positions):
        reads = taps(i, length, size, stride=stride, dilation=dilation, padding=padding)
        # A plain loop, because sum() of newer Pythons compensates rounding and the page does not.
        z = 0.0
        for weight, (_, source) in zip(kernel, reads, strict=True):
            if source is not None:
                z += weight * signal[source]
        output.append(z)
    return output
