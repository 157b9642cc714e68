"""Examples to learn from and examples to be tested with."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass

import torch
from torch import Tensor

from course_lib.training.batches import epoch_order
from course_lib.training.checks import check_count, check_inputs, check_labels


@dataclass(frozen=True, eq=False)
class Examples:
    """Inputs with their classes, split in two.

    Attributes
    ----------
    x_train : Tensor, shape (N, ...), floating point
    y_train : Tensor, shape (N,), int64
    x_test : Tensor, shape (M, ...)
    y_test : Tensor, shape (M,), int64

    Raises
    ------
    TypeError, ValueError
        If the two splits have examples of different shapes, or one is empty, of another dtype, on
        another device, or holds NaN.
    """

    x_train: Tensor
    y_train: Tensor
    x_test: Tensor
    y_test: Tensor

    def __post_init__(self) -> None:
        for split in ("train", "test"):
            x, y = getattr(self, f"x_{split}"), getattr(self, f"y_{split}")
            check_inputs(f"x_{split}", x)
            check_labels(f"y_{split}", y, len(x))
        places = {name: tensor.device for name, tensor in vars(self).items()}
        if len(set(places.values())) > 1:
            listed = ", ".join(f"{name} on {place}" for name, place in places.items())
            raise ValueError(f"the examples lie {listed}: expected one device")
        if self.x_train.shape[1:] != self.x_test.shape[1:]:
            raise ValueError(
                f"x_test has shape {tuple(self.x_test.shape)}: expected "
                f"(M, {', '.join(map(str, self.input_shape))}) as x_train has"
            )
        if self.x_train.dtype != self.x_test.dtype:
            raise TypeError(f"x_test has dtype {self.x_test.dtype}: expected {self.x_train.dtype}")

    @property
    def input_shape(self) -> tuple[int, ...]:
        """Shape of one example."""
        return tuple(self.x_train.shape[1:])

    @property
    def classes(self) -> int:
        """One more than the largest class."""
        return int(max(self.y_train.max(), self.y_test.max())) + 1

    def subset(self, count: int, seed: int) -> Examples:
        """Return as many training examples, drawn without repetition, and all test examples.

        Smaller subsets of the same seed are parts of larger ones, so that a curve over their sizes
        shows the size alone.

        Raises
        ------
        ValueError
            If there are not as many.
        """
        check_count("count", count)
        if count > len(self.x_train):
            raise ValueError(
                f"count={count}: expected at most {len(self.x_train)}, all training examples"
            )
        chosen = epoch_order(len(self.x_train), seed, epoch=0)[:count].sort().values
        return Examples(self.x_train[chosen], self.y_train[chosen], self.x_test, self.y_test)

    def sha256(self) -> str:
        """Return a hash of all values, shapes and dtypes."""
        digest = hashlib.sha256()
        for tensor in (self.x_train, self.y_train, self.x_test, self.y_test):
            digest.update(f"{tensor.dtype} {tuple(tensor.shape)}".encode())
            digest.update(tensor.cpu().contiguous().numpy().tobytes())
        return digest.hexdigest()

    def to(self, device: torch.device) -> Examples:
        """Return the examples on a device."""
        return Examples(*(t.to(device) for t in vars(self).values()))
