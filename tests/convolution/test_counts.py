import pytest
import torch

from course_lib.convolution.counts import check_count, pair


def test_one_number_stands_for_both_axes_and_a_pair_for_itself() -> None:
    assert pair("stride", 2) == (2, 2)
    assert pair("stride", (2, 1)) == pair("stride", [2, 1]) == (2, 1)
    assert pair("size", torch.zeros(3, 4).shape) == (3, 4)
    assert pair("size", torch.arange(4).numpy()[3]) == (3, 3)


@pytest.mark.parametrize("value", [1.5, "ab", (1,), (1, 2, 3), (1, 2.0), None, float("nan")])
def test_anything_else_is_refused_in_words(value: object) -> None:
    with pytest.raises(ValueError, match=r"^stride=.*: expected a whole number, or a pair of them"):
        pair("stride", value)  # type: ignore[arg-type]


def test_a_count_below_the_least_is_refused_in_words() -> None:
    check_count("padding", 0, least=0)
    with pytest.raises(ValueError, match="padding=-1: expected a whole number of at least 0"):
        check_count("padding", -1, least=0)
    with pytest.raises(ValueError, match="stride=0: expected a whole number of at least 1"):
        check_count("stride", 0)
    with pytest.raises(ValueError, match="stride=nan: expected a whole number of at least 1"):
        check_count("stride", float("nan"))  # type: ignore[arg-type]
