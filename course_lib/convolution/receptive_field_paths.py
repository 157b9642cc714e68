r"""How many paths lead from each input to a unit: why a receptive field has a strong middle.

In a chain of convolutions without non-linearities, whose weights are all alike, an input's
influence is the number of paths from it to the unit: the kernels of the layers, convolved with each
other at the layers' jumps. The counts are bell-shaped, and their width grows as the square root of
the depth, while the size of the receptive field grows as the depth. Independent random weights
with mean zero give the same shape to the *squared* influence, as the products of weights along
different paths are uncorrelated. Luo, Li, Urtasun and Zemel, "Understanding the effective receptive
field in deep convolutional neural networks", NeurIPS 2016.
Pure Python: nothing here needs torch.
"""

from __future__ import annotations

from collections.abc import Iterable
from math import sqrt

from course_lib.convolution.receptive_field_layers import Layer, Window, check_whole

__all__ = ["path_counts", "path_width"]


def path_counts(layers: Iterable[Layer], unit: int = 0) -> dict[int, int]:
    """Return how many paths lead from each input to one unit of the last layer.

    Parameters
    ----------
    layers : iterable of Layer
        From the input upwards. Each position that a unit reads counts as one path.
    unit : int
        Index of the unit.

    Returns
    -------
    counts : dict from int to int
        For each input that the unit reads, ascending; the axis has no ends, so that negative
        positions stand for padding.

    Examples
    --------
    >>> path_counts([Window(3), Window(3)])
    {0: 1, 1: 2, 2: 3, 3: 2, 4: 1}
    """
    check_whole("unit", unit)
    counts = {unit: 1}
    for layer in reversed(list(layers)):
        below: dict[int, int] = {}
        for position, paths in counts.items():
            for read in layer.reads(position):
                below[read] = below.get(read, 0) + paths
        counts = below
    return dict(sorted(counts.items()))


def path_width(layers: Iterable[Window]) -> float:
    r"""Return the standard deviation of the path counts, in inputs, in closed form.

    A step through a window is uniform over its :math:`K` positions, and the steps of the layers
    are independent, so that their variances add up:

    .. math:: \sigma^2 = \sum_l \frac{K_l^2 - 1}{12}\,\Bigl(d_l \prod_{i<l} s_i\Bigr)^2

    For :math:`n` equal layers with stride 1 the width is :math:`d\sqrt{n (K^2-1)/12}`.

    Raises
    ------
    TypeError
        If a layer is not a Window.

    Examples
    --------
    >>> path_width([Window(3)] * 6)
    2.0
    """
    twelfths, jump = 0, 1
    for layer in layers:
        if not isinstance(layer, Window):
            raise TypeError(f"layers holds {layer!r}: expected windows only")
        twelfths += (layer.kernel_size**2 - 1) * (layer.dilation * jump) ** 2
        jump *= layer.stride
    return sqrt(twelfths / 12)
