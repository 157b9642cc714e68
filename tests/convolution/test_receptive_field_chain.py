from collections.abc import Iterator
from fractions import Fraction

import pytest
import torch
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from torch import nn

from course_lib.convolution.receptive_field_chain import (
    chain_lengths,
    receptive_field,
    receptive_fields,
    units_reached,
    units_read,
)
from course_lib.convolution.receptive_field_gradient import receptive_field_by_gradient
from course_lib.convolution.receptive_field_interval import Interval, ReceptiveField
from course_lib.convolution.receptive_field_layers import (
    Layer,
    LinearInterpolation,
    TransposedWindow,
    Window,
)
from tests.convolution.receptive_field_strategies import Pair, pairs, window_pairs

windows = st.lists(window_pairs.map(lambda pair: pair.layer), min_size=1, max_size=5)
chains = st.lists(pairs.map(lambda pair: pair.layer), min_size=1, max_size=4)
MNIST_1D = [Window(3, stride=2)] * 3


def spanned(positions: frozenset[int]) -> Interval | None:
    return Interval(min(positions), max(positions)) if positions else None


@given(windows)
def test_the_closed_form_is_what_the_layers_give_one_by_one(layers: list[Window]) -> None:
    fields = receptive_fields(layers)
    assert [receptive_field(layers[: k + 1]) for k in range(len(layers))] == fields


@given(chains, st.integers(-7, 7))
def test_the_field_of_a_unit_runs_from_its_first_exact_input_to_its_last(
    layers: list[Layer], unit: int
) -> None:
    field = receptive_fields(layers)[-1]
    assert field.interval(unit) == spanned(units_read(layers, unit)[0])


@settings(max_examples=60)
@given(st.lists(pairs, min_size=1, max_size=4), st.integers(3, 24))
def test_the_exact_inputs_are_those_with_a_gradient(drawn: list[Pair], length: int) -> None:
    layers = [pair.layer for pair in drawn]
    try:
        units = chain_lengths(layers, length)[-1]
    except ValueError:
        assume(False)
    module = nn.Sequential(*(pair.module for pair in drawn))
    field = receptive_fields(layers)[-1]
    for unit in {0, units // 2, units - 1}:
        mask = receptive_field_by_gradient(module, (1, length), unit, draws=1)
        exact = units_read(layers, unit, length)[0]
        assert sorted(exact) == mask.nonzero().flatten().tolist()
        if all(layer.padding_mode == "zeros" for layer in layers):
            clipped = field.interval(unit, length)
            assert exact <= (set(range(clipped.first, clipped.last + 1)) if clipped else set())


@given(chains, st.integers(1, 20))
def test_an_input_reaches_exactly_the_units_that_read_it(layers: list[Layer], length: int) -> None:
    try:
        lengths = chain_lengths(layers, length)
    except ValueError:
        assume(False)
    reached = [units_reached(layers, position, length) for position in range(length)]
    for depth in range(len(layers) + 1):
        for unit in range(lengths[depth]):
            read = units_read(layers[:depth], unit, length)[0]
            assert read == {p for p in range(length) if unit in reached[p][depth]}


@given(windows, st.integers(0, 4), st.integers(1, 40))
def test_without_padding_or_gaps_a_unit_reads_its_whole_field(
    layers: list[Window], unit: int, length: int
) -> None:
    plain = [Window(max(w.kernel_size, w.stride), w.stride) for w in layers]
    try:
        units = chain_lengths(plain, length)[-1]
    except ValueError:
        assume(False)
    assume(unit < units)
    interval = receptive_field(plain).interval(unit)
    assert interval is not None
    assert units_read(plain, unit, length)[0] == set(range(interval.first, interval.last + 1))


def test_influence_compounds_as_on_the_slides() -> None:
    assert [field.size for field in receptive_fields([Window(3)] * 4)] == [3, 5, 7, 9]
    dilated = [Window(3, dilation=2**k) for k in range(4)]
    assert [field.size for field in receptive_fields(dilated)] == [3, 7, 15, 31]


def test_the_network_for_mnist_1d_reads_3_then_7_then_15_inputs() -> None:
    fields = receptive_fields(MNIST_1D)
    assert [(f.size, f.jump, f.start) for f in fields] == [(3, 2, 0), (7, 4, 0), (15, 8, 0)]
    assert chain_lengths(MNIST_1D, 40) == [40, 19, 9, 4]


def test_the_last_value_of_mnist_1d_reaches_no_unit() -> None:
    assert units_reached(MNIST_1D, 39, 40)[1:] == [frozenset()] * 3
    assert all(units_reached(MNIST_1D, position, 40)[3] for position in range(39))


def test_dilation_leaves_gaps_in_the_field() -> None:
    levels = units_read([Window(2, dilation=4), Window(2)], 3)
    assert [sorted(level) for level in levels] == [[3, 4, 7, 8], [3, 4], [3]]
    assert receptive_field([Window(2, dilation=4), Window(2)]).interval(3) == (3, 8)


def test_what_only_padding_would_have_passed_on_is_not_read() -> None:
    layers = [Window(2, dilation=2, padding=1), Window(2, padding=1)]
    assert receptive_field(layers).interval(0, length=5) == (0, 1)
    assert units_read(layers, 0, 5)[0] == {1}


def test_after_upsampling_the_fields_of_neighbours_differ_and_repeat() -> None:
    layers = [Window(3), TransposedWindow(3, stride=2)]
    field = receptive_fields(layers)[-1]
    assert field.jump == Fraction(1, 2)
    assert field.phases == ((-1, 2), (0, 2))
    assert [field.interval(unit) for unit in (2, 3, 4)] == [(0, 3), (1, 3), (1, 4)]
    assert (field.size, field.start, field.period) == (4, -1, 2)


def test_the_jump_is_a_whole_number_wherever_it_can_be() -> None:
    layers = [TransposedWindow(2, stride=2), Window(2, stride=2)]
    jumps = [field.jump for field in receptive_fields(layers)]
    assert jumps == [Fraction(1, 2), 1]
    assert isinstance(jumps[1], int)


def test_duplication_and_interpolation_read_one_value_and_two() -> None:
    assert receptive_fields([TransposedWindow(2, stride=2)])[-1].size == 1
    assert receptive_fields([LinearInterpolation(2)])[-1].phases == ((-1, 0), (0, 1))


def test_a_chain_without_layers_reads_its_own_position() -> None:
    assert receptive_field([]) == ReceptiveField(1, (Interval(0, 0),))
    assert receptive_fields([]) == []
    assert units_read([], 4) == [{4}]


def test_units_that_read_nothing_have_no_interval() -> None:
    field = receptive_fields([TransposedWindow(1, stride=2, padding=1)])[-1]
    assert field.interval(0) is None
    assert field.interval(1) == (1, 1)
    assert str(field) == "size 1, jump 1/2, start none"
    with pytest.raises(ValueError, match=r"start: unit 0 reads no input"):
        _ = field.start


def test_a_field_is_clipped_at_both_ends() -> None:
    field = receptive_field([Window(3, padding=1)])
    assert [field.interval(unit, length=5) for unit in (0, 2, 4)] == [(0, 1), (1, 3), (3, 4)]


def test_a_field_beyond_the_inputs_is_clipped_away() -> None:
    assert receptive_field([Window(1, padding=2)]).interval(0, length=5) is None


def test_layers_may_come_from_a_generator() -> None:
    def layers() -> Iterator[Window]:
        yield from MNIST_1D

    assert units_read(layers(), 3, 40) == units_read(MNIST_1D, 3, 40)
    assert units_reached(layers(), 14, 40) == units_reached(MNIST_1D, 14, 40)


def test_whole_numbers_from_a_tensor_are_whole_numbers() -> None:
    assert units_read(MNIST_1D, torch.arange(4).numpy()[3], 40)[0] == set(range(24, 39))


def test_impossible_questions_are_refused_in_words() -> None:
    with pytest.raises(ValueError, match=r"unit=4: expected an index from 0 to 3"):
        units_read(MNIST_1D, 4, 40)
    with pytest.raises(ValueError, match=r"unit=-1: expected an index from 0 to 3"):
        units_read(MNIST_1D, -1, 40)
    with pytest.raises(ValueError, match=r"position=40: expected an index from 0 to 39"):
        units_reached(MNIST_1D, 40, 40)
    with pytest.raises(ValueError, match=r"unit=0\.5: expected a whole number"):
        units_read(MNIST_1D, 0.5)  # type: ignore[arg-type]
    with pytest.raises(ValueError, match=r"length=0: expected a whole number of at least 1"):
        chain_lengths(MNIST_1D, 0)
    with pytest.raises(ValueError, match=r"spans 3 values"):
        chain_lengths(MNIST_1D, 6)
    with pytest.raises(TypeError, match=r"the closed form is for Window only"):
        receptive_field([TransposedWindow(2)])  # type: ignore[list-item]
    with pytest.raises(ValueError, match=r"length=0: expected"):
        receptive_field(MNIST_1D).interval(0, length=0)
