"""What stands beyond the ends of a signal, and how much of it a convolution needs.

Pure Python: nothing here needs torch.
"""

from __future__ import annotations

from numbers import Integral

PADDINGS = ("zeros", "valid", "reflect", "replicate", "circular")
"""The five paddings, in the order in which the demos list them."""


def padding_amounts(kernel_size: int, dilation: int, padding: str | int) -> tuple[int, int]:
    r"""Return how many values a padding adds on the left and on the right.

    "valid" adds none. The other four add :math:`d(K-1)` values in all, so that stride 1 keeps the
    length of the signal. Where that number is odd, the extra value stands on the right, as it does
    in torch's ``padding="same"``. A number adds that many zeros at either end, as in torch.

    Parameters
    ----------
    kernel_size : int
        Number of weights :math:`K`.
    dilation : int
        Distance :math:`d` between neighbouring taps; 1 is an ordinary kernel.
    padding : str or int
        One of ``PADDINGS``, or a number of zeros.

    Returns
    -------
    left, right : int
        Numbers of added values.

    Raises
    ------
    ValueError
        If the padding is unknown, or its number negative.
    """
    name = padding_name(padding)
    if not isinstance(padding, str):
        return padding, padding
    if name == "valid":
        return 0, 0
    total = dilation * (kernel_size - 1)
    left = total // 2
    return left, total - left


def source_index(position: int, length: int, padding: str) -> int | None:
    """Return the index of the input value that stands at a position, or None for a zero.

    Parameters
    ----------
    position : int
        Counted from the first value of the unpadded signal: -1 is the first padded value on the
        left, ``length`` the first on the right.
    length : int
        Number of values of the signal, at least 1.
    padding : str
        One of ``PADDINGS``; "valid" has nothing beyond the ends, so it gives None there.

    Returns
    -------
    index : int or None
        From 0 to ``length - 1``.

    Raises
    ------
    ValueError
        If the padding is unknown.

    Examples
    --------
    >>> [source_index(i, 4, "reflect") for i in range(-2, 6)]
    [2, 1, 0, 1, 2, 3, 2, 1]
    >>> [source_index(i, 4, "circular") for i in range(-2, 6)]
    [2, 3, 0, 1, 2, 3, 0, 1]
    """
    check_padding_name(padding)
    if 0 <= position < length:
        return position
    if padding == "reflect":
        # A mirror on each end value: the signal runs there and back with this period.
        period = max(2 * (length - 1), 1)
        folded = position % period
        return folded if folded < length else period - folded
    if padding == "replicate":
        return 0 if position < 0 else length - 1
    if padding == "circular":
        return position % length
    return None


def padding_name(padding: str | int) -> str:
    """Return which of ``PADDINGS`` says what stands beyond the ends: a number adds zeros.

    Parameters
    ----------
    padding : str or int
        One of ``PADDINGS``, or a number of zeros.

    Returns
    -------
    name : str

    Raises
    ------
    ValueError
        If the padding is unknown, or its number negative.
    """
    if isinstance(padding, Integral) and not isinstance(padding, bool):
        if padding < 0:
            raise ValueError(f"padding={padding}: expected no negative number of zeros")
        return "zeros"
    check_padding_name(padding)
    return str(padding)


def check_padding(length: int, left: int, right: int, padding: str) -> None:
    """Raise if a signal is too short for the padding asked of it.

    Parameters
    ----------
    length : int
        Number of values of the signal.
    left, right : int
        Numbers of values to add.
    padding : str
        One of ``PADDINGS``.

    Raises
    ------
    ValueError
        If the padding is unknown; if an amount is negative; if "valid" should add anything; if
        "replicate" has no value to repeat; if "reflect" needs as many values as the signal has
        (the mirror stands *on* the end value, so one fewer can be mirrored); if "circular" needs
        more values than the signal has. The last two limits are those of
        ``torch.nn.functional.pad``.
    """
    check_padding_name(padding)
    most = max(left, right)
    if min(left, right) < 0:
        raise ValueError(f"left={left}, right={right}: expected no negative amount of padding")
    if padding == "valid" and most > 0:
        raise ValueError(
            f"padding='valid' adds no values: expected left=right=0, got {left, right}"
        )
    if padding == "replicate" and most > 0 and length < 1:
        raise ValueError("padding='replicate' repeats the end values, but the signal has none")
    if padding == "reflect" and most >= length:
        raise ValueError(
            f"padding='reflect' needs {most} values beyond an end, but a signal of length {length} "
            f"can mirror at most {max(length - 1, 0)}: expected a smaller kernel_size or dilation, "
            "a longer signal, or another padding"
        )
    if padding == "circular" and most > length:
        raise ValueError(
            f"padding='circular' needs {most} values beyond an end, but a signal of length "
            f"{length} can wrap round only once: expected a smaller kernel_size or dilation, "
            "a longer signal, or another padding"
        )


def check_padding_name(padding: object) -> None:
    """Raise a ValueError unless the padding is one of ``PADDINGS``."""
    if padding not in PADDINGS:
        raise ValueError(f"padding={padding!r}: expected one of {', '.join(PADDINGS)}")
