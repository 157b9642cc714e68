"""Reading a convolution off its matrix, against matrices that torch makes."""

import pytest
import torch
from hypothesis import given, settings
from hypothesis import strategies as st

from course_lib.convolution import (
    PADDINGS,
    Reading,
    convolution_matrix1d,
    dense_weight,
    draw_reading,
    readings,
    weight_places,
)
from tests.golden.convolutional_layers import signature

SETTINGS = st.tuples(
    st.integers(1, 5), st.integers(1, 4), st.integers(1, 4), st.sampled_from(PADDINGS)
)


@settings(max_examples=40, deadline=None)
@given(st.integers(6, 10), SETTINGS, SETTINGS)
def test_two_settings_read_the_same_exactly_if_torch_makes_the_same_matrices(
    length: int, first: tuple[int, int, int, str], second: tuple[int, int, int, str]
) -> None:
    wanted = signature(length, first)
    if wanted is None:
        with pytest.raises(ValueError, match=r"kernel_size|reflect|circular"):
            readings(length, Reading(*first))
        return
    same = readings(length, Reading(*first))
    assert Reading(*first) in same
    assert (Reading(*second) in same) == (signature(length, second) == wanted)


def test_the_places_of_a_weight_are_where_the_matrix_holds_it() -> None:
    for padding in PADDINGS:
        reading = Reading(4, 2, 1, padding)
        matrix = torch.zeros_like(convolution_matrix1d([0.0] * 4, 9, stride=2, padding=padding))
        kernel = [1.0, 10.0, 100.0, 1000.0]
        for weight, places in zip(kernel, weight_places(9, reading), strict=True):
            for row, column in places:
                matrix[row, column] += weight
        expected = convolution_matrix1d(kernel, 9, stride=2, padding=padding)
        assert torch.equal(matrix, expected), padding


def test_the_lecture_s_questions_have_the_answers_that_are_settled() -> None:
    assert readings(8, Reading(5, 1, 1, "zeros")) == [Reading(5, 1, 1, "zeros")]
    assert readings(8, Reading(3, 1, 1, "valid")) == [Reading(3, 1, 1, "valid")]
    diagonal = readings(8, Reading(1, 1, 1, "zeros"))
    assert {(r.kernel_size, r.stride) for r in diagonal} == {(1, 1)}
    assert {(r.dilation, r.padding) for r in diagonal} == {
        (dilation, padding) for dilation in (1, 2, 3, 4) for padding in PADDINGS
    }


@given(st.integers(6, 10), st.integers(1, 99_999))
def test_a_puzzle_shows_all_its_weights_and_more_than_one_row(length: int, seed: int) -> None:
    reading = draw_reading(length, seed)
    assert draw_reading(length, seed) == reading
    places = weight_places(length, reading)
    assert len(places) >= 2
    assert all(places)
    assert reading in readings(length, reading)


def test_the_puzzles_are_of_many_kinds() -> None:
    drawn = [draw_reading(8, seed) for seed in range(1, 300)]
    assert {reading.padding for reading in drawn} == set(PADDINGS)
    assert {reading.kernel_size for reading in drawn} == {2, 3, 4, 5}
    assert {reading.stride for reading in drawn} == {1, 2, 3}
    assert {reading.dilation for reading in drawn} == {1, 2, 3}
    assert len(set(drawn)) > 80


def test_the_rival_s_weights_are_tenths_from_minus_one_to_one_and_never_zero() -> None:
    weights = [dense_weight(row, column) for row in range(10) for column in range(13)]
    assert all(w != 0 and abs(w) <= 1 and round(10 * w) == pytest.approx(10 * w) for w in weights)
    assert len(set(weights)) > 15
