"""How a sweep becomes the results that ship."""

from pathlib import Path
from statistics import mean

import pytest
import torch
from torch import nn

from course_lib.datasets import load_mnist1d
from course_lib.training.mnist_1d_results import (
    curve,
    gather_mnist1d,
    position_errors,
    shift_errors,
)


class Always(nn.Module):
    """Gives every signal the same class."""

    def __init__(self, guess: int) -> None:
        super().__init__()
        self.guess = guess

    def forward(self, x: torch.Tensor) -> torch.Tensor:
        """Return scores of shape (N, 10)."""
        return nn.functional.one_hot(torch.full((len(x),), self.guess), 10).float()


def test_a_curve_has_the_mean_and_the_outer_tenths() -> None:
    seeds = [[0.9, n / 10] for n in range(11)]
    found = curve(seeds)
    assert found["mean"] == [0.9, pytest.approx(mean(n / 10 for n in range(11)))]
    assert found["low"] == [0.9, 0.1]
    assert found["high"] == [0.9, 0.9]


def test_whoever_guesses_one_class_is_right_as_often_as_that_is_there() -> None:
    share = (load_mnist1d().y_test == 3).double().mean().item()
    assert shift_errors(Always(3), [-4, 0, 4]) == pytest.approx([1 - share] * 3, abs=1e-4)
    assert position_errors(Always(3), [0, 20]) == pytest.approx([0.9, 0.9], abs=1e-4)


def test_a_folder_without_finished_recipes_is_refused(tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError, match="expected 20 networks of a recipe of MNIST-1D"):
        gather_mnist1d(tmp_path)
