"""The ten templates of MNIST-1D: digits drawn as signals of twelve values."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]

TEMPLATE_NAMES = (
    "zero",
    "one",
    "two",
    "three",
    "four",
    "five",
    "six",
    "seven",
    "eight",
    "nine",
)
"""The digits' names; a name's place is its class."""

TEMPLATE_LENGTH = 12

# Read from top to bottom, the value is how far right the pen stands.
_STROKES = (
    (5, 6, 6.5, 6.75, 7, 7, 7, 7, 6.75, 6.5, 6, 5),
    (5, 3, 3, 3.4, 3.8, 4.2, 4.6, 5, 5.4, 5.8, 5, 5),
    (5, 6, 6.5, 6.5, 6, 5.25, 4.75, 4, 3.5, 3.5, 4, 5),
    (5, 6, 6.5, 6.5, 6, 5, 5, 6, 6.5, 6.5, 6, 5),
    (5, 4.4, 3.8, 3.2, 2.6, 2.6, 5, 5, 5, 5, 5, 5),
    (5, 3, 3, 3, 3, 5, 6, 6.5, 6.5, 6, 4.5, 5),
    (5, 4, 3.5, 3.25, 3, 3, 3, 3, 3.25, 3.5, 4, 5),
    (5, 7, 7, 6.6, 6.2, 5.8, 5.4, 5, 4.6, 4.2, 5, 5),
    (5, 4, 3.5, 3.5, 4, 5, 5, 4, 3.5, 3.5, 4, 5),
    (5, 4, 3.5, 3.5, 4, 5, 5, 5, 5, 4.7, 4.3, 5),
)


def templates() -> Floats:
    r"""Return the ten templates.

    Each stroke :math:`s` becomes :math:`(s - s_1) / (6\,\sigma_s)`: it starts and ends at zero and
    its standard deviation is a sixth.

    Returns
    -------
    templates : array, shape (10, 12), float64
        A new array; the row is the class.

    Notes
    -----
    The strokes are those of S. Greydanus and D. Kobak, "Scaling down deep learning with MNIST-1D",
    ICML 2024 (package ``mnist1d``, Apache-2.0).
    """
    strokes = np.array(_STROKES, dtype=np.float64)
    centred = strokes - strokes.mean(axis=1, keepdims=True)
    whitened = centred / centred.std(axis=1, keepdims=True)
    result: Floats = (whitened - whitened[:, :1]) / 6.0
    return result


def template(digit: int | str) -> Floats:
    """Return the template of one digit.

    Parameters
    ----------
    digit : int or str
        A class from 0 to 9, or one of ``TEMPLATE_NAMES``.

    Returns
    -------
    template : array, shape (12,), float64

    Raises
    ------
    ValueError
        If there is no such digit.
    """
    if isinstance(digit, str) and digit in TEMPLATE_NAMES:
        digit = TEMPLATE_NAMES.index(digit)
    if isinstance(digit, bool | str) or digit not in range(len(_STROKES)):
        raise ValueError(
            f"digit={digit!r}: expected a class from 0 to 9 or one of {', '.join(TEMPLATE_NAMES)}"
        )
    row: Floats = templates()[digit]
    return row
