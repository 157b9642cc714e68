from dataclasses import replace

import numpy as np
import pytest
import torch
from hypothesis import given
from hypothesis import strategies as st

from course_lib.datasets import (
    draw,
    draw_mnist1d,
    make_mnist1d,
    make_placed_mnist1d,
    make_shifted_mnist1d,
    sample_stages,
    shift_limits,
    shift_samples,
    shifted_templates,
    standardise,
    template,
    transform,
)

ONE = template("one")


def test_moving_by_nothing_is_the_sample_itself() -> None:
    draws = draw(np.random.RandomState(0))
    np.testing.assert_array_equal(shifted_templates(ONE, draws, [0])[0], transform(ONE, draws))


def test_the_template_moves_and_the_background_noise_stays() -> None:
    draws = draw(np.random.RandomState(0))
    least, most = shift_limits(ONE, draws)
    before, after = (
        sample_stages(ONE, d)
        for d in (draws, type(draws)(**{**vars(draws), "shift": draws.shift + most}))
    )
    moved, there = after[4].values, before[4].values
    np.testing.assert_array_equal(moved, np.roll(there, most))
    empty_in_both = (moved == 0) & (there == 0)
    assert empty_in_both.sum() > 20
    np.testing.assert_array_equal(after[7].values[empty_in_both], before[7].values[empty_in_both])
    expected = shifted_templates(ONE, draws, [least, most])[1]
    np.testing.assert_array_equal(after[-1].values, expected)


@given(st.integers(0, 9), st.integers(0, 2**32 - 1))
def test_within_the_limits_the_template_stays_in_one_piece_and_beyond_it_does_not(
    digit: int, seed: int
) -> None:
    draws = draw(np.random.RandomState(seed))
    limits = shift_limits(template(digit), draws)

    def pieces(shift: int) -> int:
        moved = type(draws)(**{**vars(draws), "shift": draws.shift + shift})
        occupied = sample_stages(template(digit), moved)[4].values != 0
        return int(occupied[0]) + int((np.diff(occupied.astype(int)) == 1).sum())

    least, most = limits
    assert [pieces(shift) for shift in (least, 0, most)] == [1, 1, 1]
    assert [pieces(shift) for shift in (least - 1, most + 1)] == [2, 2]


def test_a_whole_set_moves_sample_by_sample() -> None:
    x, y = make_shifted_mnist1d(20, 5, [-3, 0, 72])
    unmoved, labels = make_mnist1d(20, 5)
    assert x.shape == (3, 20, 40)
    assert x.dtype == torch.float32
    torch.testing.assert_close(x[1], unmoved)
    torch.testing.assert_close(x[2], unmoved)  # once round the grid of 72
    assert torch.equal(y, labels)
    assert not torch.isclose(x[0], x[1]).all(dim=1).any()


def test_without_a_shift_there_is_nothing_to_make() -> None:
    with pytest.raises(ValueError, match="shifts is empty"):
        make_shifted_mnist1d(10, 5, [])


def test_a_template_stands_where_it_is_put_and_a_wrapped_one_is_told() -> None:
    positions = (0, 30, 71)
    x, y, whole = make_placed_mnist1d(12, 5, positions)
    drawn = draw_mnist1d(12, 5)
    assert x.shape == (3, 12, 40)
    assert whole.shape == (3, 12)
    for n, (label, draws) in enumerate(drawn):
        assert y[n] == label
        for p, position in enumerate(positions):
            there = replace(draws, shift=position)
            values = torch.tensor(standardise(transform(template(label), there)))
            torch.testing.assert_close(x[p, n].double(), values, atol=1e-6, rtol=1e-6)
            occupied = np.flatnonzero(sample_stages(template(label), there)[2].values)
            assert whole[p, n] == (position + occupied[-1] < 72)
    assert whole[:2].all()
    assert not whole[2].any()


def test_there_is_no_place_beyond_the_grid() -> None:
    with pytest.raises(ValueError, match="positions is empty"):
        make_placed_mnist1d(10, 5, [])
    with pytest.raises(ValueError, match="positions has 72: expected from 0 to 71"):
        make_placed_mnist1d(10, 5, [3, 72])


def test_a_finished_sample_moves_with_its_end_value_repeated() -> None:
    x = torch.tensor([[1.0, 2, 3, 4]])
    moved = {shift: shift_samples(x, shift).tolist()[0] for shift in (-4, -1, 0, 2, 4)}
    assert moved == {
        -4: [4, 4, 4, 4],
        -1: [2, 3, 4, 4],
        0: [1, 2, 3, 4],
        2: [1, 1, 1, 2],
        4: [1, 1, 1, 1],
    }


def test_a_finished_sample_keeps_its_axes_and_is_not_changed() -> None:
    x = torch.arange(24.0).reshape(2, 3, 4)
    shift_samples(x, 1).zero_()
    assert torch.equal(x, torch.arange(24.0).reshape(2, 3, 4))


def test_impossible_moves_are_refused() -> None:
    with pytest.raises(ValueError, match="shift=5: expected from -4 to 4"):
        shift_samples(torch.zeros(2, 4), 5)
    with pytest.raises(ValueError, match=r"x has shape \(2, 0\)"):
        shift_samples(torch.zeros(2, 0), 0)
    with pytest.raises(ValueError, match=r"x has shape \(\)"):
        shift_samples(torch.tensor(1.0), 0)
