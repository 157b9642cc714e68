"""Reads one layer of a description, whatever was handed in, and says what is wrong with it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np

from course_lib.grading.checks import Wrong
from course_lib.grading.declared_kinds import KINDS, Kind


class DescriptionError(Wrong, ValueError):
    """A description that describes no network, or one that is too large; says where and why."""


def kind_of(number: int, layer: Any) -> str:
    """Return what kind of layer the `number`-th of a description is, counted from 1.

    Raises
    ------
    DescriptionError
        If it is none.
    """
    if not isinstance(layer, Mapping):
        raise DescriptionError(
            f'layer {number} is {shown(layer)}, expected a dict such as {{"kind": "relu"}}'
        )
    if "kind" not in layer:
        raise DescriptionError(f'layer {number} has no "kind": {shown(dict(layer))}')
    kind = layer["kind"]
    if not isinstance(kind, str) or kind not in KINDS:
        raise DescriptionError(
            f"layer {number} is of kind {shown(kind)}, expected one of {', '.join(KINDS)}"
        )
    return kind


def settings_of(where: str, kind: Kind, layer: Mapping[Any, Any], most: int) -> dict[str, int]:
    """Return the numbers of a layer, those that it leaves out with their usual value.

    Parameters
    ----------
    where
        How messages name the layer.
    kind
        What it needs and may have.
    layer
        The layer as it was handed in.
    most
        The largest number.

    Raises
    ------
    DescriptionError
        If one is missing, unknown, not whole or out of range.
    """
    known = (*kind.needs, *kind.may)
    for name in layer:
        if name not in ("kind", *known):
            has = ", ".join(known) or "no numbers"
            raise DescriptionError(f"{where}: it has no {shown(name)}; it has {has}")
    found = {name: value for name, value in kind.may.items() if value is not None}
    for name in known:
        if name in layer:
            found[name] = _number(where, name, layer[name], most)
        elif name in kind.needs:
            raise DescriptionError(f'{where}: "{name}" is missing')
    return found


def _number(where: str, name: str, value: Any, most: int) -> int:
    least = 0 if name == "padding" else 1
    whole = isinstance(value, int | np.integer) and not isinstance(value, bool)
    if not whole or not least <= value <= most:
        raise DescriptionError(
            f"{where}: {name} is {shown(value)}, expected a whole number from {least} to {most:,}"
        )
    return int(value)


def shown(thing: Any) -> str:
    """Return how a message writes what was handed in, whatever it is."""
    try:
        text = repr(thing)
    except Exception:  # such as a whole number with too many digits to write
        text = f"an object of type {type(thing).__name__}"
    return text if len(text) <= 80 else f"{text[:77]}..."
