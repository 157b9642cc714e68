import pytest
import torch
from torch import nn

from course_lib.networks import build, resnet, small_resnet, summarise
from course_lib.networks.residual import ResidualBlock
from tests.networks.gradients import images, parameters_without_gradient


@pytest.mark.parametrize("depth", [18, 50])
def test_the_stages_are_those_of_the_papers_table(depth: int) -> None:
    layers = summarise(build(f"resnet-{depth}", device="meta"), (3, 224, 224))
    last = {layer.name.split(".")[1]: layer for layer in layers if layer.name.startswith("stages")}
    width = 64 if depth == 18 else 256
    expected = [(width, 56, 56), (2 * width, 28, 28), (4 * width, 14, 14), (8 * width, 7, 7)]
    assert [layer.output_shape for layer in last.values()] == expected


@pytest.mark.parametrize("stride", [1, 2])
@pytest.mark.parametrize("bottleneck", [True, False])
def test_a_block_is_the_activation_of_input_plus_branch(stride: int, bottleneck: bool) -> None:
    block = ResidualBlock(8, 8 * stride, stride=stride, bottleneck=bottleneck).eval()
    x = images(2, 8, 6, 6)
    through = block.branch(x)
    around = x if stride == 1 else block.shortcut(x)  # type: ignore[misc]
    assert torch.equal(block(x), torch.relu(around + through))


def test_a_block_whose_branch_is_zero_passes_a_positive_input_on() -> None:
    residual, plain = (ResidualBlock(4, 4, skip=skip, batch_norm=False) for skip in (True, False))
    for block in (residual, plain):
        for parameter in block.branch.parameters():
            nn.init.zeros_(parameter)
    x = images(1, 4, 5, 5).abs()
    assert torch.equal(residual(x), x)
    assert not plain(x).any()


def test_the_stride_of_a_bottleneck_stands_where_it_is_asked_for() -> None:
    for place, index in (("1x1", 0), ("3x3", 3)):
        block = ResidualBlock(16, 32, stride=2, bottleneck=True, stride_in=place)
        strides = {
            i: layer.stride for i, layer in enumerate(block.branch) if isinstance(layer, nn.Conv2d)
        }
        assert strides.pop(index) == (2, 2)
        assert set(strides.values()) == {(1, 1)}


@pytest.mark.parametrize("batch_norm", [True, False])
@pytest.mark.parametrize("skip", [True, False])
@pytest.mark.parametrize(("dimensions", "shape"), [(1, (4, 1, 40)), (2, (4, 3, 32, 32))])
def test_every_parameter_learns(
    dimensions: int, shape: tuple[int, ...], skip: bool, batch_norm: bool
) -> None:
    torch.manual_seed(0)
    network = small_resnet(8, dimensions=dimensions, skip=skip, batch_norm=batch_norm)
    x = images(*shape)
    assert network(x).shape == (4, 10)
    assert parameters_without_gradient(network, x) == []
    kinds = {type(module) for module in network.modules()}
    assert bool(kinds & {nn.BatchNorm1d, nn.BatchNorm2d}) == batch_norm


def test_the_gradient_reaches_the_first_layer_of_a_deep_network_only_with_skips() -> None:
    def first_gradient(skip: bool) -> float:
        torch.manual_seed(0)
        network = small_resnet(56, dimensions=1, width=8, skip=skip, batch_norm=False)
        network(images(8, 1, 40)).square().sum().backward()
        gradient = network.stem[0].weight.grad
        assert isinstance(gradient, torch.Tensor)
        return float(gradient.norm())

    assert first_gradient(skip=True) > 1e6 * first_gradient(skip=False)


def test_resnet_18_takes_an_image_of_any_size() -> None:
    network = build("resnet-18", classes=7).eval()
    with torch.inference_mode():
        assert network(images(1, 3, 64, 96)).shape == (1, 7)


def test_what_does_not_fit_is_refused_in_words() -> None:
    with torch.device("meta"):
        with pytest.raises(ValueError, match="depth=101: expected one of 18, 34, 50"):
            resnet(101)
        with pytest.raises(ValueError, match=r"depth=21: expected 6n \+ 2"):
            small_resnet(21)
        with pytest.raises(ValueError, match="stride_in='5x5': expected one of '1x1', '3x3'"):
            resnet(50, stride_in="5x5")
        with pytest.raises(ValueError, match="dimensions=3: expected one of 1, 2"):
            small_resnet(dimensions=3)
        with pytest.raises(ValueError, match=r"\(1, 1, 40\): expected \(N, 3, H, W\)"):
            small_resnet()(torch.zeros(1, 1, 40))
