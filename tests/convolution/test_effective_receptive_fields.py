import pytest
import torch
from torch import Generator, Tensor, nn

from course_lib.convolution.effective_receptive_fields import (
    effective_receptive_field,
    he_normal,
    input_gradients,
    profile_widths,
)
from course_lib.convolution.receptive_field_layers import Window
from course_lib.convolution.receptive_field_paths import path_counts, path_width


def chain(depth: int, *, channels: int = 16, rectified: bool = False) -> nn.Sequential:
    """Return convolutions with kernel size 3, whose one output reads 2·depth + 1 inputs."""
    layers: list[nn.Module] = []
    for i in range(depth):
        layers.append(nn.Conv1d(channels if i else 1, channels, 3))
        if rectified:
            layers.append(nn.ReLU())
    return nn.Sequential(*layers)


def seeded(seed: int = 0) -> Generator:
    return Generator().manual_seed(seed)


def share(profile: Tensor) -> Tensor:
    return profile.double() / profile.double().sum()


@pytest.mark.parametrize("depth", [1, 2, 4])
def test_in_a_linear_chain_the_squares_average_to_the_number_of_paths(depth: int) -> None:
    field = effective_receptive_field(
        chain(depth),
        (1, 2 * depth + 1),
        0,
        weight_draws=500,
        inputs_per_draw=1,
        generator=seeded(),
    )
    counts = torch.tensor(list(path_counts([Window(3)] * depth).values()))
    assert (share(field.squared) - share(counts)).abs().sum() < 0.08


def test_in_a_linear_chain_the_squares_have_the_size_that_the_variances_give() -> None:
    # With variance 2/n for each of the n weights of an output, a layer doubles the sum of squares.
    field = effective_receptive_field(
        chain(3), (1, 7), 0, weight_draws=500, inputs_per_draw=1, generator=seeded()
    )
    assert float(field.squared.sum()) == pytest.approx(2**3, rel=0.15)


@pytest.mark.parametrize("rectified", [False, True])
def test_the_measured_width_grows_as_the_root_of_the_depth(rectified: bool) -> None:
    widths = []
    for depth in (2, 8):
        field = effective_receptive_field(
            chain(depth, rectified=rectified),
            (1, 2 * depth + 1),
            0,
            weight_draws=150,
            inputs_per_draw=8,
            generator=seeded(depth),
        )
        assert field.widths[0] == pytest.approx(path_width([Window(3)] * depth), rel=0.12)
        widths.append(field.widths[0])
    assert widths[1] / widths[0] == pytest.approx(2, rel=0.15)


def test_the_signed_gradient_averages_to_zero_as_draws_are_added_and_the_square_does_not() -> None:
    def measured(draws: int) -> tuple[float, float]:
        field = effective_receptive_field(
            chain(3, rectified=True),
            (1, 7),
            0,
            weight_draws=draws,
            inputs_per_draw=1,
            generator=seeded(1),
        )
        return float(field.signed.abs().mean()), float(field.squared.sqrt().mean())

    (few, _), (many, root) = measured(10), measured(1000)
    assert many < few / 3
    assert many < root / 15


def test_in_two_dimensions_each_axis_has_its_own_width() -> None:
    module = nn.Sequential(nn.Conv2d(2, 16, (3, 1)), nn.ReLU(), nn.Conv2d(16, 16, (1, 5)))
    field = effective_receptive_field(module, (2, 3, 5), (0, 0), weight_draws=200)
    expected = (path_width([Window(3)]), path_width([Window(5)]))
    assert field.squared.shape == (3, 5)
    assert field.widths == pytest.approx(expected, rel=0.1)


def test_nothing_is_heard_from_beyond_the_receptive_field() -> None:
    field = effective_receptive_field(chain(2), (1, 12), 3, weight_draws=5)
    assert (field.squared > 0).nonzero().flatten().tolist() == [3, 4, 5, 6, 7]


def test_a_fully_connected_output_has_no_axes() -> None:
    module = nn.Sequential(nn.Flatten(), nn.Linear(10, 3))
    field = effective_receptive_field(module, (2, 5), (), channel=2, weight_draws=400)
    assert field.squared.tolist() == pytest.approx([2 * 0.2] * 5, rel=0.25)


def test_the_gradient_is_that_of_finite_differences() -> None:
    module = nn.Sequential(nn.Conv1d(2, 3, 3), nn.Tanh(), nn.Conv1d(3, 2, 2)).double().eval()
    x = torch.randn(4, 2, 9, generator=seeded(), dtype=torch.float64)
    gradients = input_gradients(module, x, 3, channel=1)
    with torch.no_grad():
        for n, c, i in [(0, 0, 3), (1, 1, 4), (2, 0, 6), (3, 1, 8)]:
            step = torch.zeros_like(x)
            step[n, c, i] = 1e-6
            difference = (module(x + step) - module(x - step))[n, 1, 3] / 2e-6
            torch.testing.assert_close(gradients[n, c, i], difference, rtol=1e-6, atol=1e-8)


def test_the_generator_alone_decides_and_the_module_stays_as_it_is() -> None:
    module = chain(2).train()
    before = {name: tensor.clone() for name, tensor in module.state_dict().items()}
    state = torch.get_rng_state()
    first, again, other = (
        effective_receptive_field(module, (1, 5), 0, weight_draws=3, generator=seeded(seed))
        for seed in (4, 4, 5)
    )
    assert torch.equal(first.squared, again.squared)
    assert not torch.equal(first.squared, other.squared)
    assert torch.equal(torch.get_rng_state(), state)
    assert module.training
    assert all(torch.equal(t, before[name]) for name, t in module.state_dict().items())


def test_another_initialisation_can_be_asked_for() -> None:
    def ones(module: nn.Module, generator: Generator) -> None:
        for parameter in module.parameters():
            nn.init.ones_(parameter)

    module = chain(2, channels=1).double()
    field = effective_receptive_field(module, (1, 5), 0, weight_draws=1, initialise=ones)
    assert field.signed.tolist() == [1, 2, 3, 2, 1]
    assert field.squared.tolist() == [1, 4, 9, 4, 1]


def test_he_normal_draws_with_the_variance_that_he_gives() -> None:
    module = nn.Sequential(nn.Conv2d(50, 80, 3), nn.BatchNorm2d(80))
    he_normal(module, seeded())
    weight, bias, scale, shift = module.parameters()
    assert weight.var().item() == pytest.approx(2 / (50 * 9), rel=0.03)
    assert abs(weight.mean().item()) < 0.001
    assert not bias.any()
    assert bool((scale == 1).all())
    assert not shift.any()


def test_the_width_of_a_map_is_its_standard_deviation_along_each_axis() -> None:
    rows = torch.tensor([1.0, 2.0, 1.0])
    columns = torch.tensor([1.0, 0.0, 0.0, 0.0, 1.0])
    assert profile_widths(rows[:, None] * columns) == pytest.approx((0.5**0.5, 2.0))


def test_impossible_questions_are_refused_in_words() -> None:
    module = chain(1).eval()
    x = torch.zeros(1, 1, 5)
    with pytest.raises(ValueError, match=r"channel=16: expected less than 16"):
        input_gradients(module, x, 0, channel=16)
    with pytest.raises(ValueError, match=r"unit=3: the output has shape"):
        input_gradients(module, x, 3)
    with pytest.raises(TypeError, match=r"x has dtype torch\.int64: expected floating"):
        input_gradients(module, x.long(), 0)
    with pytest.raises(ValueError, match=r"x has shape \(0, 1, 5\): expected \(N, C, \*axes\)"):
        input_gradients(module, x[:0], 0)
    with pytest.raises(ValueError, match=r"x holds NaN or infinities"):
        input_gradients(module, x / 0, 0)
    with pytest.raises(ValueError, match=r"module\.training=True: expected evaluation mode"):
        input_gradients(module.train(), x, 0)
    with pytest.raises(ValueError, match=r"weight_draws=0: expected"):
        effective_receptive_field(module, (1, 5), 0, weight_draws=0)
    with pytest.raises(ValueError, match=r"profile, shape \(2,\): expected finite values"):
        profile_widths(torch.tensor([-1.0, 2.0]))
    with pytest.raises(ValueError, match=r"profile, shape \(3,\): expected"):
        profile_widths(torch.zeros(3))
