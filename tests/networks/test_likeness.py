import pytest
import torch
from torch import nn

from course_lib.convolution import convolution_matrix1d
from course_lib.networks import chance_weights, moved_likeness, neighbour_correlation


def test_rows_of_a_convolution_have_moved_twins() -> None:
    rows = convolution_matrix1d(torch.tensor([1.0, -2, 1]), 40, padding="valid")
    # Only the last row of all has none: its twin would stand beyond the end.
    assert moved_likeness(rows[2:-2], 1) == pytest.approx(1, abs=0.05)
    assert moved_likeness(chance_weights(rows[2:-2]), 1) < 0.8


def test_likeness_is_the_best_cosine_of_a_search_by_hand() -> None:
    random = torch.Generator().manual_seed(0)
    weights = torch.randn(7, 12, generator=random)
    best = []
    for i in range(7):
        here = weights[i, :9]
        others = [weights[j, 3:] for j in range(7) if j != i]
        best.append(max(float(nn.functional.cosine_similarity(here, o, dim=0)) for o in others))
    assert moved_likeness(weights, 3) == pytest.approx(sum(best) / 7, abs=1e-6)


def test_chance_has_the_moments_of_the_rows_and_nothing_else() -> None:
    random = torch.Generator().manual_seed(0)
    smooth = torch.randn(20_000, 12, generator=random)
    smooth = smooth[:, 1:] + smooth[:, :-1]
    chance = chance_weights(smooth, seed=3)
    assert chance.shape == smooth.shape
    assert neighbour_correlation(smooth) == pytest.approx(0.5, abs=0.02)
    assert neighbour_correlation(chance) == pytest.approx(0.5, abs=0.02)
    assert neighbour_correlation(chance, 2) == pytest.approx(0, abs=0.02)
    assert torch.equal(chance, chance_weights(smooth, seed=3))


def test_what_cannot_be_compared_is_refused() -> None:
    with pytest.raises(ValueError, match=r"weights has shape \(3,\): expected \(N, L\)"):
        moved_likeness(torch.ones(3), 1)
    with pytest.raises(ValueError, match="move=4: expected from 1 to 3"):
        moved_likeness(torch.ones(2, 4), 4)
    with pytest.raises(ValueError, match="distance=0: expected from 1 to 3"):
        neighbour_correlation(torch.ones(2, 4), 0)
