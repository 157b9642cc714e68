import pytest
from hypothesis import given, settings

from course_lib.convolution import convolve_signal
from tests.convolution.strategies import Problem, problems
from tests.golden import torch_oracle

WORKED_EXAMPLE = [5.2, 5.3, 5.4, 5.1, 10.1, 10.3, 9.9, 10.3, 3.2, 3.4, 3.3, 3.1]


@settings(deadline=None, max_examples=100)
@given(problems())
def test_plain_numbers_give_what_torch_gives(p: Problem) -> None:
    x, weight = p.x[:1, :1], p.weight[:1, :1]
    options = {k: v for k, v in p.options.items() if k != "groups"}
    signal, kernel = x.flatten().tolist(), weight.flatten().tolist()
    try:
        expected = torch_oracle.convolution(x, weight, None, groups=1, **options)
    except RuntimeError:
        with pytest.raises(ValueError, match="expected"):
            convolve_signal(signal, kernel, **options)
    else:
        actual = convolve_signal(signal, kernel, **options)
        assert actual == pytest.approx(expected.flatten().tolist(), rel=0, abs=1e-12)


def test_the_edges_of_the_worked_example_show_in_its_derivative() -> None:
    slope = convolve_signal(WORKED_EXAMPLE, [-0.5, 0, 0.5])
    steepest = sorted(range(1, 11), key=lambda i: -abs(slope[i]))[:4]
    assert sorted(steepest) == [3, 4, 7, 8]
    assert slope[0] == pytest.approx(2.65)  # the zero beyond the end looks like a step
    assert slope[-1] == pytest.approx(-1.65)


def test_whole_numbers_come_out_as_floats() -> None:
    assert all(isinstance(z, float) for z in convolve_signal([1, 2], [1, 1, 1]))


def test_an_empty_signal_or_kernel_is_refused_in_words() -> None:
    with pytest.raises(ValueError, match="the signal has no values"):
        convolve_signal([], [1])
    with pytest.raises(ValueError, match="the kernel has no weights"):
        convolve_signal([1], [])
