import pytest
import torch

from course_lib.convolution import KERNELS, convolve_signal, named_kernel
from tests.golden import torch_oracle


@pytest.mark.parametrize("name", KERNELS)
@pytest.mark.parametrize("kernel_size", range(1, 10))
def test_a_named_kernel_is_what_its_numerical_definition_gives(name: str, kernel_size: int) -> None:
    expected = torch_oracle.kernel(name, kernel_size)
    if expected is None:
        with pytest.raises(ValueError, match=f"at least {kernel_size + 1}|at least 3"):
            named_kernel(name, kernel_size)
    else:
        actual = torch.tensor(named_kernel(name, kernel_size), dtype=torch.float64)
        torch.testing.assert_close(actual, expected, rtol=0, atol=1e-12)


def test_the_familiar_sizes_are_the_familiar_kernels() -> None:
    assert named_kernel("identity", 3) == [0, 1, 0]
    assert named_kernel("mean", 4) == [0.25] * 4
    assert named_kernel("gaussian", 3) == [0.25, 0.5, 0.25]
    assert named_kernel("derivative", 3) == [-0.5, 0, 0.5]
    assert named_kernel("derivative", 2) == [-1, 1]
    assert named_kernel("laplacian", 3) == pytest.approx([1, -2, 1])


@pytest.mark.parametrize("kernel_size", range(1, 10))
def test_the_identity_leaves_the_signal_in_place_at_every_size(kernel_size: int) -> None:
    signal = [float(v) for v in range(1, 11)]
    assert convolve_signal(signal, named_kernel("identity", kernel_size)) == signal


@pytest.mark.parametrize("kernel_size", range(3, 10))
def test_derivatives_answer_1_to_the_curve_whose_derivative_is_1(kernel_size: int) -> None:
    ramp = [float(t) for t in range(20)]
    slope = convolve_signal(ramp, named_kernel("derivative", kernel_size), padding="valid")
    assert slope == pytest.approx([1] * len(slope))
    parabola = [t * t / 2 for t in range(20)]
    bend = convolve_signal(parabola, named_kernel("laplacian", kernel_size), padding="valid")
    assert bend == pytest.approx([1] * len(bend))


@pytest.mark.parametrize(
    ("name", "kernel_size", "message"),
    [
        ("sobel", 3, "name='sobel': expected one of identity, mean, gaussian"),
        ("derivative", 1, "kernel_size=1: expected a whole number of at least 2 for the deriv"),
        ("laplacian", 2, "kernel_size=2: expected a whole number of at least 3 for the laplac"),
        ("mean", 0, "kernel_size=0: expected a whole number of at least 1 for the mean kernel"),
        ("mean", 2.5, r"kernel_size=2\.5: expected a whole number"),
    ],
)
def test_a_kernel_that_cannot_be_is_refused_in_words(
    name: str, kernel_size: int, message: str
) -> None:
    with pytest.raises(ValueError, match=message):
        named_kernel(name, kernel_size)
