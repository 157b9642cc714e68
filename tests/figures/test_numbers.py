import pytest

from course_lib.figures.numbers import bracketed, counted, fixed, listed, number, weights


@pytest.mark.parametrize(
    ("value", "words"),
    [(2, "2"), (0.5, "0.5"), (-0.25, "−0.25"), (10.0, "10"), (1 / 3, "0.33"), (-0.001, "0")],
)
def test_a_number_has_no_needless_zeros_and_a_true_minus(value: float, words: str) -> None:
    assert number(value) == words


@pytest.mark.parametrize(
    ("value", "words"), [(2, "2.0"), (-1.25, "−1.2"), (-0.04, "0.0"), (0, "0.0")]
)
def test_numbers_of_a_column_have_equally_many_places(value: float, words: str) -> None:
    assert fixed(value, 1) == words


def test_weights_are_decimals_where_those_are_exact_and_else_fractions() -> None:
    assert bracketed([-0.5, 0, 0.5]) == "[−0.5, 0, 0.5]"
    assert bracketed([1 / 3] * 3) == "[1/3, 1/3, 1/3]"
    assert weights([1 / 16, 0.25, 0.375]) == ["1/16", "1/4", "3/8"]
    assert weights([0.123456, 0.5]) == ["0.12", "0.5"]


def test_lists_read_as_text() -> None:
    assert listed([2]) == "2"
    assert listed([2, 4.5, -1]) == "2, 4.5 and −1"
    assert counted(1, "output") == "1 output"
    assert counted(0, "output") == "0 outputs"
