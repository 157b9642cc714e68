import pytest
import torch
from hypothesis import given, settings
from hypothesis import strategies as st
from torch import nn

from course_lib.training import read_layers
from course_lib.training.ensembles.layers import forward


def outputs_together(networks: list[nn.Sequential], x: torch.Tensor) -> torch.Tensor:
    """Return the outputs of all networks, (S, N, ...), as an ensemble computes them."""
    layers = read_layers(networks[0], tuple(x.shape[1:]))
    parameters = [
        torch.stack([p.detach() for p in group])
        for group in zip(*(n.parameters() for n in networks), strict=True)
    ]
    stacked = x.movedim(0, -1).expand(len(networks), *x.shape[1:], len(x))
    return forward(layers, parameters, stacked).movedim(-1, 1)


@settings(max_examples=60)
@given(
    kernel_size=st.integers(1, 5),
    stride=st.integers(1, 4),
    dilation=st.integers(1, 3),
    padding=st.integers(0, 3),
    channels=st.tuples(st.integers(1, 3), st.integers(1, 3)),
    length=st.integers(9, 16),
    bias=st.booleans(),
)
def test_a_convolution_is_torchs_for_every_stride_dilation_and_padding(
    kernel_size: int,
    stride: int,
    dilation: int,
    padding: int,
    channels: tuple[int, int],
    length: int,
    bias: bool,
) -> None:
    if dilation * (kernel_size - 1) >= length + 2 * padding:
        return
    options = {"stride": stride, "dilation": dilation, "padding": padding, "bias": bias}
    networks = [
        nn.Sequential(nn.Conv1d(*channels, kernel_size, **options, dtype=torch.float64))
        for _ in range(3)
    ]
    x = torch.randn(4, channels[0], length, dtype=torch.float64)
    expected = torch.stack([network(x) for network in networks])
    torch.testing.assert_close(outputs_together(networks, x), expected, rtol=0, atol=1e-12)


@pytest.mark.filterwarnings("ignore:Using padding='same' with even kernel lengths")
@pytest.mark.parametrize("padding", ["same", "valid"])
@pytest.mark.parametrize("kernel_size", [2, 3, 4])
def test_a_padding_by_name_is_torchs(padding: str, kernel_size: int) -> None:
    networks = [
        nn.Sequential(nn.Conv1d(1, 2, kernel_size, dilation=3, padding=padding)) for _ in range(2)
    ]
    x = torch.randn(3, 1, 12)
    torch.testing.assert_close(outputs_together(networks, x), torch.stack([n(x) for n in networks]))


def test_all_layers_together_are_torchs() -> None:
    def network() -> nn.Sequential:
        return nn.Sequential(
            nn.Conv1d(2, 5, 3, stride=2),
            nn.ReLU(),
            nn.AdaptiveAvgPool1d(1),
            nn.Flatten(),
            nn.Linear(5, 4, bias=False),
            nn.ReLU(),
            nn.Linear(4, 3),
        )

    networks, x = [network() for _ in range(3)], torch.randn(6, 2, 11)
    torch.testing.assert_close(outputs_together(networks, x), torch.stack([n(x) for n in networks]))


def test_flattening_what_is_flat_changes_nothing() -> None:
    networks, x = [nn.Sequential(nn.Flatten(), nn.Linear(4, 2))], torch.randn(3, 4)
    torch.testing.assert_close(outputs_together(networks, x)[0], networks[0](x))


@pytest.mark.parametrize(
    ("network", "error", "message"),
    [
        (nn.Linear(10, 3), TypeError, r"network is a Linear: expected an nn.Sequential"),
        (nn.Sequential(nn.ReLU(), nn.Dropout()), TypeError, "layer 1 .*train.. takes every"),
        (nn.Sequential(nn.MaxPool1d(2)), TypeError, "layer 0 of the network, MaxPool1d"),
        (
            nn.Sequential(nn.Conv1d(1, 2, 3, groups=1), nn.Conv1d(2, 2, 3, groups=2)),
            ValueError,
            "expected groups=1",
        ),
        (
            nn.Sequential(nn.Conv1d(1, 2, 3, padding=1, padding_mode="circular")),
            ValueError,
            "padding_mode='zeros'",
        ),
        (nn.Sequential(nn.AdaptiveAvgPool1d(2)), ValueError, "expected output_size=1"),
        (nn.Sequential(nn.Flatten(0)), ValueError, "expected start_dim=1 and end_dim=-1"),
        (nn.Sequential(nn.Linear(10, 3)), ValueError, r"with 1 axes, got the shape .1, 10"),
        (nn.Sequential(nn.Conv1d(3, 2, 3)), ValueError, r"does not take examples of shape .1, 10"),
        (nn.Sequential(nn.Conv1d(1, 2, 11)), ValueError, r"does not take examples of shape"),
        (nn.Sequential(nn.ReLU()), ValueError, "network has no parameters"),
    ],
)
def test_a_network_that_cannot_be_stacked_is_refused_in_words(network, error, message) -> None:
    with pytest.raises(error, match=message):
        read_layers(network, (1, 10))


def frozen() -> nn.Sequential:
    network = nn.Sequential(nn.Linear(4, 4), nn.ReLU(), nn.Linear(4, 4))
    network[0].weight.requires_grad_(False)
    return network


def tied() -> nn.Sequential:
    layer = nn.Linear(4, 4)
    return nn.Sequential(layer, nn.ReLU(), layer)


@pytest.mark.parametrize(
    ("network", "said"),
    [(frozen(), r"layer 0 .* is frozen"), (tied(), r"layer 2 .* shares its weights")],
)
def test_weights_that_would_not_learn_as_they_do_alone_are_refused(
    network: nn.Sequential, said: str
) -> None:
    with pytest.raises(ValueError, match=said):
        read_layers(network, (4,))
