"""The kernels that have names, at every size that can hold them.

Pure Python: nothing here needs torch.
"""

from __future__ import annotations

from math import comb

from course_lib.convolution.counts import is_whole

KERNELS = ("identity", "mean", "gaussian", "derivative", "laplacian")
"""Names that `named_kernel` knows, in the order in which the demos list them."""

_SMALLEST = {"derivative": 2, "laplacian": 3}


def named_kernel(name: str, kernel_size: int) -> list[float]:
    r"""Return the weights of a named kernel.

    Parameters
    ----------
    name : str
        - ``"identity"``: a single 1, at tap :math:`\lfloor (K-1)/2 \rfloor`. With the padding of
          `padding_amounts` and stride 1 the output is the input, for even sizes too as long as the
          dilation is 1.
        - ``"mean"``: equal weights :math:`1/K`.
        - ``"gaussian"``: binomial coefficients :math:`\binom{K-1}{k} / 2^{K-1}`, which approach a
          Gaussian of variance :math:`(K-1)/4`.
        - ``"derivative"``: the slope of the least-squares line through :math:`K` neighbours;
          the central difference :math:`[-\frac12, 0, \frac12]` for :math:`K = 3`.
        - ``"laplacian"``: the second derivative of the least-squares parabola through :math:`K`
          neighbours; the second difference :math:`[1, -2, 1]` for :math:`K = 3`.
    kernel_size : int
        Number of weights :math:`K`.

    Returns
    -------
    weights : list of float, length K

    Raises
    ------
    ValueError
        If the name is unknown, or the size cannot hold the kernel: a slope needs two weights, a
        second derivative three.

    Notes
    -----
    The last two are the filters of A. Savitzky and M. J. E. Golay, "Smoothing and differentiation
    of data by simplified least squares procedures", Analytical Chemistry 36(8), 1964, evaluated at
    the centre of the kernel (between the middle taps where :math:`K` is even). Whatever the size,
    the one answers 1 to a ramp of slope 1, the other 1 to :math:`t^2/2`.
    """
    if name not in KERNELS:
        raise ValueError(f"name={name!r}: expected one of {', '.join(KERNELS)}")
    smallest = _SMALLEST.get(name, 1)
    if not is_whole(kernel_size) or kernel_size < smallest:
        raise ValueError(
            f"kernel_size={kernel_size!r}: expected a whole number of at least {smallest} "
            f"for the {name} kernel"
        )

    centre = (kernel_size - 1) / 2
    offsets = [k - centre for k in range(kernel_size)]
    if name == "identity":
        return [float(k == int(centre)) for k in range(kernel_size)]
    if name == "mean":
        return [1 / kernel_size] * kernel_size
    if name == "gaussian":
        return [comb(kernel_size - 1, k) / 2 ** (kernel_size - 1) for k in range(kernel_size)]
    if name == "derivative":
        return _coefficient_of(offsets)

    squares = [t * t for t in offsets]
    total = sum(squares)
    # t² less its mean is orthogonal to constants and lines; the second derivative of c·t² is 2c.
    # Times the size all is whole, so that [1, -2, 1] comes out exactly.
    return _coefficient_of([kernel_size * s - total for s in squares], times=2 * kernel_size)


def _coefficient_of(basis: list[float], times: float = 1) -> list[float]:
    """Return the weights that read `times` the least-squares coefficient of an orthogonal basis."""
    norm = sum(b * b for b in basis)
    return [times * b / norm for b in basis]
