"""What every function of this package asks of its input, said once.

A wrong kind of thing (no tensor, a dtype that cannot hold the value) is a `TypeError`, a wrong
value a `ValueError`; the message names the argument, what it got and what was expected.
"""

from __future__ import annotations

from numbers import Integral

import torch
from torch import Tensor

_WHOLE = (torch.uint8, torch.int32, torch.int64)


def check_tensor(name: str, x: Tensor) -> None:
    """Raise a TypeError unless `x` is a tensor."""
    if not isinstance(x, Tensor):
        raise TypeError(f"{name} is a {type(x).__name__}: expected a tensor")


def checked_mask(
    name: str, mask: Tensor, class_count: int, ignore_index: int | None = None
) -> Tensor:
    """Return a mask as int64; raise unless it holds classes below `class_count`, or `ignore_index`.

    In bytes a comparison with -1 would be one with 255.
    """
    check_tensor(name, mask)
    if mask.dtype not in _WHOLE:
        raise TypeError(
            f"{name} has dtype {mask.dtype}: expected torch.int64, torch.int32 or torch.uint8"
        )
    mask = mask.long()
    unknown = (mask < 0) | (mask >= class_count)
    if ignore_index is not None:
        unknown = unknown & (mask != ignore_index)
    if unknown.any():
        where = tuple(unknown.nonzero()[0].tolist())
        also = "" if ignore_index is None else f", or ignore_index={ignore_index}"
        raise ValueError(
            f"{name}{list(where)} is {int(mask[where])}: "
            f"expected a class from 0 to {class_count - 1}{also}"
        )
    return mask


def check_same_size(first: str, a: Tensor, second: str, b: Tensor) -> None:
    """Raise a ValueError unless both tensors have one shape and lie on one device."""
    if a.shape != b.shape:
        raise ValueError(
            f"{second} has shape {tuple(b.shape)}: expected that of {first}, {tuple(a.shape)}"
        )
    check_same_device(first, a, second, b)


def check_same_device(first: str, a: Tensor, second: str, b: Tensor) -> None:
    """Raise a ValueError unless both tensors lie on one device."""
    if a.device != b.device:
        raise ValueError(f"{second} lies on {b.device}: expected {a.device}, where {first} lies")


def check_class_count(class_count: int, ignore_index: int | None) -> None:
    """Raise a ValueError unless there is a class, and the ignored value is a whole number."""
    if not is_whole(class_count) or class_count < 1:
        raise ValueError(f"class_count={class_count!r}: expected a whole number of at least 1")
    if ignore_index is not None and not is_whole(ignore_index):
        raise ValueError(f"ignore_index={ignore_index!r}: expected a whole number or None")


def is_whole(value: object) -> bool:
    """Return whether a value is a whole number; True and False are none."""
    return isinstance(value, Integral) and not isinstance(value, bool)
