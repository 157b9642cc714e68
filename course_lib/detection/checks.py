"""What every function of this package asks of its input, said once.

A wrong kind of thing (no tensor, a dtype that cannot hold the value) is a `TypeError`, a wrong
value a `ValueError`; the message names the argument, what it got and what was expected.
"""

from __future__ import annotations

import math
from numbers import Integral, Real

import torch
from torch import Tensor

FLOATS = (torch.float32, torch.float64)
"""Half precision is left out: the area of a 300 × 300 box overflows in float16."""

LARGEST = {torch.float32: 1e18, torch.float64: 1e153}
"""The largest coordinate: (2 · 1e18)² and twice that are below 3e38, where float32 ends."""


def check_floats(name: str, x: Tensor, shape: tuple[int | str, ...]) -> None:
    """Raise unless `x` is a tensor of finite floats of the given shape.

    Parameters
    ----------
    name : str
        What the message calls the tensor.
    x : Tensor
    shape : tuple
        A number is a length, a name ("N") stands for any; a leading ``"..."`` for any further axes.
    """
    _check_tensor(name, x)
    if x.dtype not in FLOATS:
        raise TypeError(f"{name} has dtype {x.dtype}: expected torch.float32 or torch.float64")
    _check_shape(name, x, shape)
    finite = torch.isfinite(x)
    if not finite.all():
        where = (~finite).nonzero()[0].tolist()
        raise ValueError(f"{name}{where} is {x[tuple(where)].item()}: expected finite numbers")


def check_boxes(name: str, boxes: Tensor, shape: tuple[int | str, ...] = ("N", 4)) -> None:
    """Raise unless `boxes` are corners (x1, y1, x2, y2), finite and of no negative extent.

    Nor may they be so large that the area around two of them overflows: an IoU of infinities is
    NaN, which suppresses nothing and finds nothing.
    """
    check_floats(name, boxes, shape)
    if (boxes[..., 2:] < boxes[..., :2]).any():
        rows = boxes.reshape(-1, 4)
        row = int((rows[:, 2:] < rows[:, :2]).any(dim=1).nonzero()[0])
        raise ValueError(
            f"{name} holds {rows[row].tolist()} (box {row}): expected x2 >= x1 and y2 >= y1"
        )
    limit = LARGEST[boxes.dtype]
    if (boxes.abs() > limit).any():
        rows = boxes.reshape(-1, 4)
        row = int((rows.abs() > limit).any(dim=1).nonzero()[0])
        raise ValueError(
            f"{name} holds {rows[row].tolist()} (box {row}): expected numbers of at most {limit:g} "
            f"either way, as larger areas overflow in {boxes.dtype}"
        )


def check_classes(name: str, classes: Tensor, length: int, class_count: int | None = None) -> None:
    """Raise unless `classes` are whole numbers from 0, one for each of `length` boxes."""
    _check_tensor(name, classes)
    if classes.dtype not in (torch.int64, torch.int32):
        raise TypeError(f"{name} has dtype {classes.dtype}: expected torch.int64 or torch.int32")
    _check_shape(name, classes, (length,))
    unknown = classes < 0
    if class_count is not None:
        unknown = unknown | (classes >= class_count)
    if unknown.any():
        row = int(unknown.nonzero()[0])
        end = "at least 0" if class_count is None else f"from 0 to {class_count - 1}"
        raise ValueError(f"{name}[{row}] is {int(classes[row])}: expected a class {end}")


def check_flags(name: str, flags: Tensor, length: int) -> None:
    """Raise unless `flags` are Booleans, one for each of `length` boxes."""
    _check_tensor(name, flags)
    if flags.dtype != torch.bool:
        raise TypeError(f"{name} has dtype {flags.dtype}: expected torch.bool")
    _check_shape(name, flags, (length,))


def check_same_place(**tensors: Tensor | None) -> None:
    """Raise unless all that are given are tensors that lie on one device."""
    for name, x in tensors.items():
        if x is not None:
            _check_tensor(name, x)
    given = {name: x.device for name, x in tensors.items() if x is not None}
    first, *others = given
    for name in others:
        if given[name] != given[first]:
            raise ValueError(
                f"{name} lies on {given[name]}: expected {given[first]}, where {first} lies"
            )


def check_same_dtype(**tensors: Tensor) -> None:
    """Raise a TypeError unless all given tensors have one dtype."""
    first, *others = tensors
    for name in others:
        if tensors[name].dtype != tensors[first].dtype:
            raise TypeError(
                f"{name} has dtype {tensors[name].dtype}: expected that of {first}, "
                f"{tensors[first].dtype}"
            )


def check_count(name: str, value: int, least: int = 1) -> None:
    """Raise a ValueError unless `value` is a whole number of at least `least`."""
    if not isinstance(value, Integral) or isinstance(value, bool) or value < least:
        raise ValueError(f"{name}={value!r}: expected a whole number of at least {least}")


def check_fraction(name: str, value: float) -> None:
    """Raise a ValueError unless `value` is a number from 0 to 1."""
    if not isinstance(value, Real) or not 0 <= value <= 1:
        raise ValueError(f"{name}={value!r}: expected a number from 0 to 1")


def check_a(kind: type, **values: object) -> None:
    """Raise a TypeError unless all values are of a kind."""
    for name, value in values.items():
        if not isinstance(value, kind):
            raise TypeError(f"{name} is a {type(value).__name__}: expected {kind.__name__}")


def check_weight(name: str, value: float) -> None:
    """Raise a ValueError unless `value` is a finite number of at least 0."""
    if not isinstance(value, Real) or not math.isfinite(value) or value < 0:
        raise ValueError(f"{name}={value!r}: expected a finite number of at least 0")


def check_image_size(image_size: tuple[int, int]) -> None:
    """Raise a ValueError unless `image_size` is a height and a width in pixels."""
    if not isinstance(image_size, tuple) or len(image_size) != 2:
        raise ValueError(f"image_size={image_size!r}: expected (height, width)")
    for side, value in zip(("height", "width"), image_size, strict=True):
        check_count(f"the {side} in image_size", value)


def _check_tensor(name: str, x: Tensor) -> None:
    if not isinstance(x, Tensor):
        raise TypeError(f"{name} is a {type(x).__name__}: expected a tensor")


def _check_shape(name: str, x: Tensor, shape: tuple[int | str, ...]) -> None:
    free = shape[0] == "..."
    wanted = shape[1:] if free else shape
    got = tuple(x.shape)
    fits = len(got) >= len(wanted) if free else len(got) == len(wanted)
    tail = got[len(got) - len(wanted) :]
    if not fits or any(isinstance(w, int) and w != g for w, g in zip(wanted, tail, strict=True)):
        words = ", ".join(map(str, shape)) + ("," if len(shape) == 1 else "")
        raise ValueError(f"{name} has shape {got}: expected ({words})")
