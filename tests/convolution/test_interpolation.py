import pytest
import torch
from hypothesis import given, settings
from hypothesis import strategies as st
from torch.nn import functional

from course_lib.convolution import interpolate_bilinear, interpolate_linear
from tests.convolution.agreement import assert_agrees, random_tensor
from tests.convolution.strategies import pairs

CORNERS = pytest.mark.parametrize("align_corners", [False, True])


@CORNERS
@settings(max_examples=50)
@given(length=st.integers(1, 12), out_length=st.integers(1, 30))
def test_values_and_gradients_are_those_of_torchs_linear_interpolation(
    align_corners: bool, length: int, out_length: int
) -> None:
    assert_agrees(
        lambda x: interpolate_linear(x, out_length, align_corners=align_corners),
        lambda x: functional.interpolate(
            x, size=out_length, mode="linear", align_corners=align_corners
        ),
        random_tensor(2, 3, length),
    )


@CORNERS
@settings(max_examples=50)
@given(size=pairs(1, 8), out_size=pairs(1, 16))
def test_values_and_gradients_are_those_of_torchs_bilinear_interpolation(
    align_corners: bool, size: tuple[int, int], out_size: tuple[int, int]
) -> None:
    assert_agrees(
        lambda x: interpolate_bilinear(x, out_size, align_corners=align_corners),
        lambda x: functional.interpolate(
            x, size=out_size, mode="bilinear", align_corners=align_corners
        ),
        random_tensor(2, 3, *size),
    )


def test_new_values_stand_between_their_neighbours() -> None:
    x = torch.tensor([[[0.0, 4.0]]])
    assert interpolate_linear(x, 4).tolist() == [[[0, 1, 3, 4]]]
    assert interpolate_linear(x, 5, align_corners=True).tolist() == [[[0, 1, 2, 3, 4]]]


@CORNERS
def test_the_same_size_changes_nothing(align_corners: bool) -> None:
    x = random_tensor(1, 2, 5, 7)
    assert torch.equal(interpolate_bilinear(x, (5, 7), align_corners=align_corners), x)


def test_aligned_corners_keep_a_ramp_a_ramp() -> None:
    rows, columns = torch.arange(4.0, dtype=torch.float64), torch.arange(5.0, dtype=torch.float64)
    plane = (3 * rows[:, None] - 2 * columns)[None, None]
    fine = interpolate_bilinear(plane, (7, 13), align_corners=True)[0, 0]
    expected = 3 * torch.linspace(0, 3, 7)[:, None] - 2 * torch.linspace(0, 4, 13)
    torch.testing.assert_close(fine, expected.double(), rtol=0, atol=1e-5)


def test_single_precision_is_kept() -> None:
    x = random_tensor(1, 1, 6, 6).float()
    expected = functional.interpolate(x, size=(11, 4), mode="bilinear")
    torch.testing.assert_close(interpolate_bilinear(x, (11, 4)), expected, rtol=0, atol=1e-6)


def test_what_cannot_be_is_refused_in_words() -> None:
    with pytest.raises(ValueError, match="length=0: expected a whole number of at least 1"):
        interpolate_linear(torch.zeros(1, 1, 5), 0)
    with pytest.raises(ValueError, match="length=nan: expected a whole number"):
        interpolate_linear(torch.zeros(1, 1, 5), float("nan"))  # type: ignore[arg-type]
    with pytest.raises(ValueError, match="size=0: expected a whole number of at least 1"):
        interpolate_bilinear(torch.zeros(1, 1, 5, 5), (3, 0))
    with pytest.raises(ValueError, match=r"x has shape .*: expected at least one value to read"):
        interpolate_linear(torch.zeros(1, 1, 0), 3)
    with pytest.raises(ValueError, match=r"x has shape .*: expected at least one value to read"):
        interpolate_bilinear(torch.zeros(1, 1, 0, 2), 3)
