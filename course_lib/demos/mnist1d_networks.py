"""What the demos on trained networks of MNIST-1D have in common on the Python side."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from course_lib.demos.checks import check_numbers
from course_lib.demos.mnist1d_page import sample_indices

if TYPE_CHECKING:
    from torch import Tensor, nn

LENGTH = 40
MOST = 100.0
"""The largest magnitude of a value of the reader's own signal."""


def check_signal(trait: str, value: Any) -> list[float]:
    """Return a reader's own signal of 40 values, or nothing.

    Raises
    ------
    TraitError
        If it is neither.
    """
    if isinstance(value, list | tuple) and len(value) == 0:
        return []
    return check_numbers(trait, value, at_least=LENGTH, at_most=LENGTH, bound=MOST)


def signal_of(sample: int, signal: list[float]) -> Tensor:
    """Return the reader's own signal, or that of a sample.

    Returns
    -------
    Tensor, shape (40,), float64
    """
    import torch  # only this needs it, and it takes a second to import

    from course_lib.datasets import load_mnist1d

    if signal:
        return torch.tensor(signal, dtype=torch.float64)
    return load_mnist1d().x_test[sample_indices()[sample]].double()


def label_of(sample: int, signal: list[float]) -> int | None:
    """Return a sample's class; that of a reader's own signal is not known."""
    from course_lib.datasets import load_mnist1d

    return None if signal else int(load_mnist1d().y_test[sample_indices()[sample]])


def probabilities(network: nn.Module, x: Tensor) -> Tensor:
    """Return the ten probabilities of a network for one signal, shape (10,), float64."""
    import torch

    with torch.no_grad():
        scores: Tensor = network.double()(x[None, None])
    return scores.softmax(1)[0]
