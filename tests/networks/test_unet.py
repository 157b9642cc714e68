import pytest
import torch
from torch import nn

from course_lib.networks import UNet, parameter_total, small_unet, summarise, valid_output_size
from tests.networks.gradients import images, parameters_without_gradient


def test_the_published_network_takes_572_pixels_to_388() -> None:
    with torch.device("meta"):
        network = UNet()
        assert network(torch.zeros(1, 1, 572, 572)).shape == (1, 2, 388, 388)
    layers = {layer.name: layer.output_shape for layer in summarise(network, (1, 572, 572))}
    # The sizes of the paper's figure 1, down and up again.
    down = [layers[f"down.{level}.2"][1] for level in range(4)]
    assert (down, layers["bottom.2"][1]) == ([568, 280, 136, 64], 28)
    assert [layers[f"up.{level}.crop"][1] for level in (3, 2, 1, 0)] == [56, 104, 200, 392]
    assert [layers[f"up.{level}.concatenate"][0] for level in (3, 2, 1, 0)] == [1024, 512, 256, 128]


def fits_by_brute_force(size: int, levels: int) -> int | None:
    """Follow one side through the network, or return None where a pooling would lose a pixel."""
    sides = [size]
    for _ in range(levels):
        lost_by_convolutions = sides[-1] - 2 - 2
        if lost_by_convolutions < 2 or lost_by_convolutions % 2 == 1:
            return None
        sides.append(lost_by_convolutions // 2)
    side = sides[-1] - 2 - 2
    for _ in range(levels):
        if side < 1:
            return None
        side = 2 * side - 2 - 2
    return side if side > 0 else None


@pytest.mark.parametrize("levels", [1, 2, 3])
def test_the_predicted_size_is_the_networks_own(levels: int) -> None:
    with torch.device("meta"):
        network = UNet(widths=(1, 2, 3, 4)[: levels + 1])
        fitted = 0
        for size in range(1, 130):
            x = torch.zeros(1, 1, size, size)
            if (expected := fits_by_brute_force(size, levels)) is not None:
                fitted += 1
                assert network(x).shape[-1] == valid_output_size(size, levels) == expected
                continue
            with pytest.raises(ValueError, match="the next size that has them is") as error:
                network(x)
            following = int(str(error.value).split()[-1])
            assert fits_by_brute_force(following, levels) is not None
            between = range(size, following)
            assert all(fits_by_brute_force(skipped, levels) is None for skipped in between)
    assert fitted > 1


def test_a_padded_network_keeps_the_size() -> None:
    whole = small_unet(widths=(4, 6, 8), stem_stride=1)
    assert whole(images(2, 3, 8, 12)).shape == (2, 11, 8, 12)
    assert small_unet(widths=(4, 6, 8))(images(2, 3, 8, 16)).shape == (2, 11, 8, 16)


def test_a_stem_with_a_stride_costs_less() -> None:
    whole, halved = (
        sum(row.multiply_adds for row in summarise(small_unet(stem_stride=stride), (3, 96, 96)))
        for stride in (1, 2)
    )
    assert halved < whole / 3


@pytest.mark.parametrize("skips", [True, False, (True, False), (False, True)])
@pytest.mark.parametrize("padding", ["valid", "zeros"])
def test_every_parameter_learns(skips: bool | tuple[bool, ...], padding: str) -> None:
    torch.manual_seed(0)
    network = UNet(widths=(4, 6, 8), skips=skips, padding=padding)
    assert parameters_without_gradient(network, images(1, 1, 44, 44)) == []
    small = small_unet(widths=(4, 6, 8), skips=skips)
    assert parameters_without_gradient(small, images(2, 3, 16, 16)) == []


def test_a_skip_costs_as_many_weights_as_the_channels_that_it_brings() -> None:
    whole = parameter_total(small_unet())
    for level, width in enumerate((12, 24, 48)):
        skips = tuple(other != level for other in range(3))
        assert whole - parameter_total(small_unet(skips=skips)) == width * width * 9


def test_an_ablated_skip_carries_nothing_of_its_level() -> None:
    torch.manual_seed(0)
    network = small_unet(widths=(4, 6, 8)).eval()
    x = images(1, 3, 8, 8)
    for level in (0, 1):
        hook = network.down[level].register_forward_hook(
            # Were the skip read, this would change the output; the pooling's input is restored.
            lambda module, inputs, output: output + 100
        )
        undo = network.pools[level].register_forward_pre_hook(lambda module, x: (x[0] - 100,))
        changed, ablated = network(x), network(x, ablate=[level])
        hook.remove()
        undo.remove()
        torch.testing.assert_close(ablated, network(x, ablate=[level]), rtol=1e-3, atol=1e-4)
        assert not torch.allclose(changed, network(x), atol=1e-2)


def test_only_the_skip_knows_where_inside_a_window_of_the_pooling_a_maximum_stood() -> None:
    torch.manual_seed(0)
    x = torch.zeros(1, 1, 8, 8)
    for skips in (True, False):
        network = UNet(widths=(1, 2), padding="zeros", skips=skips).eval()
        # Every weight is positive, so that no ReLU hides a difference.
        for parameter in network.parameters():
            parameter.data.abs_()
        for layer in network.down[0].modules():
            if isinstance(layer, nn.Conv2d):
                nn.init.dirac_(layer.weight)
                nn.init.zeros_(layer.bias)  # type: ignore[arg-type]
        left, right = x.clone(), x.clone()
        left[0, 0, 2, 2], right[0, 0, 2, 3] = 1.0, 1.0  # one window of the pooling holds both
        assert torch.equal(network(left), network(right)) == (not skips)


def test_what_does_not_fit_is_refused_in_words() -> None:
    with torch.device("meta"):
        with pytest.raises(ValueError, match=r"size=256: 4 poolings .* is 268"):
            UNet()(torch.zeros(1, 1, 256, 256))
        with pytest.raises(ValueError, match="multiples of 16 and at least 16"):
            small_unet()(torch.zeros(1, 3, 98, 98))
        with pytest.raises(ValueError, match="expected True, False or 3 of them"):
            small_unet(skips=(True,))
        with pytest.raises(ValueError, match=r"ablate holds 1: expected levels with a skip, \[0\]"):
            small_unet(skips=(True, False, False))(torch.zeros(1, 3, 16, 16), ablate=[1])
        with pytest.raises(ValueError, match="padding='same': expected one of 'valid', 'zeros'"):
            UNet(padding="same")
        with pytest.raises(ValueError, match="expected two levels or more"):
            UNet(widths=(8,))
        with pytest.raises(ValueError, match="expected one number or 3 of them"):
            UNet(widths=(4, 6, 8), convolutions=(1, 2), padding="zeros")
        with pytest.raises(ValueError, match="expected 2 without padding, as published"):
            UNet(widths=(4, 6, 8), convolutions=1)
        with pytest.raises(ValueError, match="stem_stride=2: expected one of 1"):
            UNet(widths=(4, 6, 8), stem_stride=2)


def test_a_supervised_network_also_names_what_its_lowest_cells_show() -> None:
    torch.manual_seed(0)
    network, plain = (small_unet(widths=(4, 6, 8), supervised=s).eval() for s in (True, False))
    plain.load_state_dict(network.state_dict(), strict=False)
    x = images(2, 3, 32, 16)
    scores, bottom, above = network.coarse_scores(x)
    assert bottom.shape == (2, 11, 4, 2)
    assert above.shape == (2, 11, 8, 4)
    assert torch.equal(scores, plain(x))  # what it says of pixels is not touched
    assert len(plain.coarse_scores(x)) == 1
    assert {n for n in network.state_dict() if n not in plain.state_dict()} == {
        f"coarse.{i}.{kind}" for i in (0, 1) for kind in ("weight", "bias")
    }
