import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from torch import nn

from course_lib.convolution.receptive_field_chain import (
    chain_lengths,
    receptive_fields,
    units_read,
)
from course_lib.convolution.receptive_field_gradient import receptive_field_by_gradient
from course_lib.convolution.receptive_field_layers import (
    LinearInterpolation,
    TransposedWindow,
    Window,
)
from course_lib.convolution.receptive_field_modules import layers_of
from tests.convolution.receptive_field_strategies import Pair, pairs


@given(st.lists(pairs, min_size=1, max_size=4), st.integers(1, 24))
def test_a_sequence_of_modules_is_read_as_the_layers_it_was_made_of(
    drawn: list[Pair], length: int
) -> None:
    layers = [pair.layer for pair in drawn]
    module = nn.Sequential(*(nn.Sequential(pair.module, nn.ReLU()) for pair in drawn))
    try:
        lengths = chain_lengths(layers, length)
    except ValueError:
        with pytest.raises(ValueError, match=r"layer '\d\.0"):
            layers_of(module, (1, length))
        return
    (chain,) = layers_of(module, (1, length))
    found = list(chain.values())
    assert chain_lengths(found, length)[-1] == lengths[-1]
    for unit in {0, lengths[-1] - 1}:
        assert units_read(found, unit, length)[0] == units_read(layers, unit, length)[0]


@settings(max_examples=25)
@given(
    kernel=st.tuples(st.integers(1, 3), st.integers(1, 3)),
    stride=st.tuples(st.integers(1, 2), st.integers(1, 2)),
    padding=st.tuples(st.integers(0, 1), st.integers(0, 1)),
    height=st.integers(4, 9),
    width=st.integers(4, 9),
)
def test_in_two_dimensions_a_unit_reads_its_rows_times_its_columns(
    kernel: tuple[int, int],
    stride: tuple[int, int],
    padding: tuple[int, int],
    height: int,
    width: int,
) -> None:
    module = nn.Sequential(
        nn.ZeroPad2d((1, 0, 2, 0)),
        nn.Conv2d(2, 3, kernel, stride, padding),
        nn.BatchNorm2d(3),
        nn.ReLU(),
        nn.MaxPool2d((2, 1)),
        nn.Upsample(scale_factor=(1.0, 2.0)),
    )
    try:
        rows, columns = layers_of(module, (2, height, width))
    except ValueError:
        assume(False)
    above = chain_lengths(rows.values(), height)[-1], chain_lengths(columns.values(), width)[-1]
    unit = (above[0] // 2, above[1] // 2)
    mask = receptive_field_by_gradient(module, (2, height, width), unit, draws=1)
    expected = {
        (row, column)
        for row in units_read(list(rows.values()), unit[0], height)[0]
        for column in units_read(list(columns.values()), unit[1], width)[0]
    }
    assert {tuple(index) for index in mask.nonzero().tolist()} == expected


def test_the_slides_network_for_mnist_1d_is_read_layer_by_layer() -> None:
    network = nn.Sequential(
        nn.Conv1d(1, 15, 3, stride=2),
        nn.ReLU(),
        nn.Conv1d(15, 15, 3, stride=2),
        nn.ReLU(),
        nn.Conv1d(15, 15, 3, stride=2),
        nn.ReLU(),
        nn.Flatten(),
        nn.Linear(60, 10),
    )
    (chain,) = layers_of(network, (1, 40))
    window = Window(3, stride=2)
    assert chain == {"0": window, "2": window, "4": window, "7": Window(4)}
    assert [field.size for field in receptive_fields(chain.values())] == [3, 7, 15, 39]
    mask = receptive_field_by_gradient(network, (1, 40), ())
    assert mask.tolist() == [True] * 39 + [False]


def test_every_kind_of_layer_becomes_what_it_reads() -> None:
    network = nn.Sequential(
        nn.ReflectionPad1d((1, 2)),
        nn.Conv1d(1, 2, 4, padding="same", padding_mode="circular"),
        nn.Conv1d(2, 2, 3, padding="valid"),
        nn.AvgPool1d(2),
        nn.ConvTranspose1d(2, 2, 3, 2, 1, 1),
        nn.Dropout(),
        nn.Upsample(size=48),
        nn.Upsample(scale_factor=2, mode="linear"),
        nn.AdaptiveAvgPool1d(8),
        nn.AdaptiveMaxPool1d(None),
        nn.Flatten(),
        nn.Linear(16, 4),
        nn.ReLU(),
        nn.Linear(4, 2),
    )
    (chain,) = layers_of(network, (1, 23))
    assert list(chain.values()) == [
        Window(padding=(1, 2), padding_mode="reflect"),
        Window(4, padding=(1, 2), padding_mode="circular"),
        Window(3, padding=(0, 0)),
        Window(2, stride=2),
        TransposedWindow(3, 2, padding=1, output_padding=1),
        TransposedWindow(2, stride=2),
        LinearInterpolation(2),
        Window(12, stride=12),
        Window(),
        Window(8),
        Window(1),
    ]


def test_a_single_layer_is_a_chain_of_one() -> None:
    assert layers_of(nn.Conv2d(1, 1, (3, 5), stride=(2, 1)), (1, 9, 9)) == (
        {"Conv2d": Window(3, stride=2)},
        {"Conv2d": Window(5)},
    )


class Residual(nn.Module):
    pass


@pytest.mark.parametrize(
    ("module", "shape", "error", "message"),
    [
        (nn.Sequential(Residual()), (1, 9), TypeError, r"layer '0' is Residual\(\): expected"),
        (nn.GroupNorm(1, 2), (2, 9), TypeError, r"layer 'GroupNorm' is GroupNorm"),
        (nn.Conv2d(1, 1, 3), (1, 9), ValueError, r"expected a layer for 1 axes"),
        (nn.Sequential(nn.Conv1d(1, 1, 9)), (1, 5), ValueError, r"layer '0': length=5"),
        (nn.Linear(9, 1), (1, 9), ValueError, r"expected Flatten before it"),
        (
            nn.Sequential(nn.Flatten(), nn.Conv1d(1, 1, 1)),
            (1, 9),
            ValueError,
            r"layer '1', .*: expected a fully connected layer after Flatten",
        ),
        (nn.Flatten(2), (1, 9), ValueError, r"expected start_dim=1, end_dim=-1"),
        (nn.AdaptiveAvgPool1d(2), (1, 9), ValueError, r"expected a number of units that divides"),
        (nn.Upsample(scale_factor=1.5), (1, 9), ValueError, r"expected a whole factor"),
        (nn.Upsample(size=4), (1, 9), ValueError, r"expected a whole factor"),
        (nn.Upsample(scale_factor=2, mode="bicubic"), (1, 9, 9), ValueError, r"whole factor"),
        (
            nn.Upsample(scale_factor=2, mode="linear", align_corners=True),
            (1, 9),
            ValueError,
            r"expected align_corners=False",
        ),
        (nn.ReLU(), (1,), ValueError, r"input_shape=\(1,\): expected \(C, L\)"),
        (nn.ReLU(), (1, 0), ValueError, r"input_shape=0: expected a whole number of at least 1"),
        (3, (1, 9), TypeError, r"module=3: expected an nn\.Module"),
    ],
)
def test_what_cannot_be_read_is_refused_in_words(
    module: nn.Module, shape: tuple[int, ...], error: type[Exception], message: str
) -> None:
    with pytest.raises(error, match=message):
        layers_of(module, shape)
