"""The numbers that the figures show, against torch."""

import re
from collections import Counter
from xml.etree import ElementTree

import pytest
import torch
from torch.nn import functional

from course_lib.figures import load, show
from course_lib.figures.numbers import fixed, number
from course_lib.figures.rendering import page_svg

MODES = {"zeros": "constant", "reflect": "reflect", "replicate": "replicate"}
MODES |= {"circular": "circular"}


def convolved(
    signal: list[float], kernel: list[float], padding: str = "zeros", **options: int
) -> list[float]:
    x = torch.tensor(signal, dtype=torch.float64)[None, None]
    weight = torch.tensor(kernel, dtype=torch.float64)[None, None]
    if padding != "valid":
        total = options.get("dilation", 1) * (len(kernel) - 1)
        x = functional.pad(x, (total // 2, total - total // 2), MODES[padding])
    return [float(z) for z in functional.conv1d(x, weight, **options).flatten()]


def words(name: str, **params: object) -> list[str]:
    """Return what stands in the drawing, formulas in one piece."""
    root: ElementTree.Element = page_svg(load(f"convolution-1d/{name}"), params)
    return ["".join(text.itertext()) for text in root.iter("text")]


SIGNAL = [3.0, -1.0, 4.0, 1.0, -5.0, 9.0, 2.0]
KERNEL = [2.0, -1.0, 0.5]


@pytest.mark.parametrize("position", [2, 3, 6])
def test_weighted_sum_writes_the_sum_that_torch_gives(position: int) -> None:
    said = words("weighted-sum", signal=SIGNAL, kernel=KERNEL, position=position)
    total = number(convolved(SIGNAL, KERNEL)[position - 1])
    a, b, c = (
        f"({number(value)})" if value < 0 else number(value)
        for value in SIGNAL[position - 2 : position + 1]
    )
    assert f"z{position} = 2·{a} − 1·{b} + 0.5·{c} = {total}" in said
    assert "zi = ω1 xi−1 + ω2 xi + ω3 xi+1" in said
    assert total in said


def test_sliding_shows_the_outputs_so_far_and_each_sum() -> None:
    said = words("sliding", signal=SIGNAL, kernel=KERNEL, positions=(2, 4))
    expected = [number(z) for z in convolved(SIGNAL, KERNEL)]
    assert any(line.startswith("z4 = 2·4 − 1·1 + 0.5·(−5) = ") for line in said)
    assert said.count(expected[1]) >= 2
    assert "0" not in said  # no padding in this figure


def test_zero_padding_writes_zeros_and_every_output_up_to_the_last() -> None:
    said = Counter(words("zero-padding", signal=SIGNAL, kernel=KERNEL, positions=(7,)))
    expected = Counter(number(z) for z in convolved(SIGNAL, KERNEL))
    assert said["0"] >= 2
    assert all(said[word] >= count for word, count in expected.items())


def test_valid_has_two_outputs_fewer_for_three_weights() -> None:
    alt = show("convolution-1d/valid", signal=SIGNAL, kernel=KERNEL, positions=(1, 5)).alt
    first, *_, last = convolved(SIGNAL, KERNEL, "valid")
    assert f"gives {number(first)};" in alt
    assert f"gives {number(last)}." in alt
    assert "7 inputs give 5 outputs; crosses mark the 2 that are missing" in alt


@pytest.mark.parametrize("shift", [-3, 1, 2])
def test_equivariance_fails_where_torch_says_that_it_does(shift: int) -> None:
    kernel = [0.5, 0.25, 1.0]

    def moved(values: list[float]) -> list[float]:
        kept = {i + shift: value for i, value in enumerate(values)}
        return [kept.get(i, 0.0) for i in range(len(values))]

    first, last = convolved(moved(SIGNAL), kernel), moved(convolved(SIGNAL, kernel))
    apart = {n + 1: a - b for n, (a, b) in enumerate(zip(first, last, strict=True)) if a != b}
    alt = show("convolution-1d/equivariance", signal=SIGNAL, kernel=kernel, shift=shift).alt
    assert apart
    assert ", ".join(f"{n} (by {number(d)})" for n, d in apart.items()) in alt
    said = words("equivariance", signal=SIGNAL, kernel=kernel, shift=shift)
    assert f"equal at {7 - len(apart)} of 7 outputs" in said
    for difference in apart.values():
        assert ("+" if difference > 0 else "") + fixed(difference, 2) in said


def test_on_a_circle_shift_and_convolution_commute() -> None:
    assert "They agree everywhere." in show("convolution-1d/equivariance", padding="circular").alt


@pytest.mark.parametrize("padding", ["zeros", "valid", "reflect", "replicate", "circular"])
def test_paddings_give_what_torch_gives(padding: str) -> None:
    kernel = [1.0, 2.0, 0.0, -1.0, 0.5]
    alt = show("convolution-1d/paddings", signal=SIGNAL, kernel=kernel).alt
    (row,) = re.findall(rf"{padding}: [^;.]*(?:\.\d[^;.]*)*", alt)
    expected = convolved(SIGNAL, kernel, padding)
    assert f"{len(expected)} outputs " in row
    listed = re.split(r", | and ", row.split("outputs ")[1])
    assert [float(word.replace("−", "-")) for word in listed] == pytest.approx(expected, abs=0.005)


@pytest.mark.parametrize(
    ("size", "stride", "dilation"),
    [(3, 1, 1), (3, 2, 1), (5, 1, 1), (5, 2, 1), (3, 1, 2), (3, 2, 2)],
)
def test_connections_count_inputs_outputs_weights_and_area(
    size: int, stride: int, dilation: int
) -> None:
    params = {"kernel_size": size, "stride": stride, "dilation": dilation}
    outputs = len(convolved([0.0] * 8, [0.0] * size, stride=stride, dilation=dilation))
    covers = dilation * (size - 1) + 1
    said = words("connections", **params)
    assert f"Size {size}, stride {stride}, dilation {dilation}" in said
    assert f"8 inputs → {outputs} outputs · {size} weights · covers {covers}" in said
    assert f"covers {covers}" in said
    assert f"stride {stride}" in said
    small = words("six-settings")
    assert f"size {size}, stride {stride}, dilation {dilation}" in small
    assert f"8 → {outputs}, covers {covers}" in small


def test_connections_says_which_positions_two_neighbouring_outputs_read() -> None:
    alt = show("convolution-1d/connections", kernel_size=3, stride=2, dilation=2).alt
    assert "output 2 reads positions 1, 3, 5 and output 3 reads positions 3, 5, 7" in alt


def test_the_worked_example_shows_each_number_of_the_slide_and_of_both_outputs() -> None:
    signal = [5.2, 5.3, 5.4, 5.1, 10.1, 10.3, 9.9, 10.3, 3.2, 3.4, 3.3, 3.1]
    said = words("worked-example")
    assert [fixed(value, 1) in said for value in signal] == [True] * 12
    for kernel in ([1 / 3] * 3, [-0.5, 0.0, 0.5]):
        shown = {word.replace("−", "-") for word in said}
        for z in convolved(signal, kernel):
            assert any(abs(float(word) - z) < 0.0051 for word in shown if is_number(word)), z


def is_number(word: str) -> bool:
    return re.fullmatch(r"-?\d+\.\d+", word) is not None


def test_the_worked_example_says_that_padding_makes_edges_at_both_ends() -> None:
    alt = show("convolution-1d/worked-example").alt
    assert "answers 2.65 and −1.65 where the signal has no edge" in alt


def test_the_matrix_times_the_signal_is_the_output() -> None:
    alt = show("convolution-1d/matrix", signal=SIGNAL, kernel=KERNEL, position=1).alt
    assert alt.startswith(
        f"The outputs {', '.join(number(z) for z in convolved(SIGNAL, KERNEL)[:-1])} and "
    )
    assert "Row 1 is marked: −1, 0.5, 0, 0, 0, 0 and 0; it gives −3.5." in alt


def test_the_staircase_has_the_lengths_that_torch_gives() -> None:
    alt = show("convolution-1d/output-length", kernel_sizes=(4,), stride=2, dilation=3).alt
    lengths = {
        n: len(convolved([0.0] * n, [0.0] * 4, "valid", stride=2, dilation=3)) for n in (10, 18)
    }
    assert f"starts at 10 inputs with {lengths[10]} output and reaches {lengths[18]} at 18" in alt


@pytest.mark.parametrize(
    ("name", "params", "message"),
    [
        ("weighted-sum", {"kernel": [1, 2]}, "expected 3 weights"),
        ("weighted-sum", {"position": 1}, "position=1: expected a whole number from 2 to 6"),
        ("weighted-sum", {"signal": range(8)}, "signal has 8 values: expected from 1 to 7"),
        ("sliding", {"positions": [1]}, r"positions=\[1\]: expected numbers from \[2, 3"),
        ("sliding", {"positions": []}, "positions has 0 values"),
        ("zero-padding", {"positions": [8]}, "position=8: expected a whole number from 1 to 7"),
        ("valid", {"signal": [1, 2]}, "expected a span of at most 2"),
        ("equivariance", {"shift": 12}, "shift=12: expected a whole number nearer to 0 than 12"),
        ("paddings", {"signal": [1, 2, 3]}, "spans 5 values, but the signal has length 3"),
        ("connections", {"stride": 0}, "stride=0: expected a whole number of at least 1"),
        ("connections", {"length": 17}, "length=17: expected at most 16"),
        ("connections", {"padding": "same"}, "padding='same': expected one of zeros, valid"),
        ("six-settings", {"length": 40}, "length=40: expected at most 16"),
        ("worked-example", {"edges": [1, 2, 3, 4]}, "kernel has 4 values: expected from 1 to 3"),
        ("kernels", {"kernel_size": 7}, "kernel_size=7: expected from 3 to 5"),
        ("matrix", {"position": 0}, "position=0: expected a whole number from 1 to 7"),
        ("output-length", {"longest": 99}, "longest=99: expected from 2 to 18"),
        ("output-length", {"kernel_sizes": [30]}, "kernel_size=30 .* expected a span"),
    ],
)
def test_a_value_that_cannot_be_drawn_is_refused_in_words(
    name: str, params: dict[str, object], message: str
) -> None:
    with pytest.raises(ValueError, match=message):
        show(f"convolution-1d/{name}", **params)


@pytest.mark.parametrize("name", ["worked-example", "kernels", "equivariance", "matrix"])
def test_a_signal_of_zeros_can_be_drawn(name: str) -> None:
    params = {"signal": [0, 0, 0], **({"shift": 1} if name == "equivariance" else {})}
    assert "<svg" in show(f"convolution-1d/{name}", **params).html


@pytest.mark.parametrize("size", [1, 2, 3, 4, 5])
def test_the_names_of_paddings_stand_clear_of_the_outputs(size: int) -> None:
    svg = page_svg(load("convolution-1d/paddings"), {"kernel": (1.0,) * size, "signal": SIGNAL})
    placed = [
        ("".join(text.itertext()), float(text.get("x", "nan")), float(text.get("y", "nan")))
        for text in svg.iter("text")
    ]
    ((start, line),) = [(x, y) for words, x, y in placed if words == "replicate"]
    outputs = [x for words, x, y in placed if y == line and words != "replicate"]
    assert len(outputs) == len(SIGNAL)
    # Nine letters of 15 pixels, each at most half of that wide; an output is 32 pixels wide.
    assert start + 9 * 0.5 * 15 < min(outputs) - 16
