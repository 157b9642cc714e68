import pytest
import torch

from course_lib.networks import AlexNet, build, neuron_counts, summarise
from course_lib.networks.alexnet import VARIANTS, first_layer_positions
from tests.networks.gradients import images


def test_the_neuron_counts_are_the_papers_but_for_the_first_layer() -> None:
    counts = neuron_counts()
    assert [count.paper for count in counts] == [
        253_440, 186_624, 64_896, 64_896, 43_264, 4096, 4096, 1000,
    ]  # fmt: skip
    first, *others = counts
    assert all(count.computed == count.paper and not count.note for count in others)
    assert first.computed == 55 * 55 * 96 == 290_400
    assert first.paper == 55 * 48 * 96
    assert first.note == "55·55·96 = 290,400; 253,440 is 55·48·96"


def test_an_image_of_224_pixels_does_not_fit_the_first_layer() -> None:
    assert first_layer_positions(224) == 54.25
    assert first_layer_positions(227) == 55
    assert int(first_layer_positions(224, padding=2)) == 55


@pytest.mark.parametrize(
    ("variant", "dense", "convolution"),
    # The slides' 96 % and 92 % are those of the published network with its two towers.
    [("two-towers", 0.962, 0.919), ("one-tower", 0.940, 0.948), ("one-weird-trick", 0.960, 0.918)],
)
def test_dense_layers_hold_the_parameters_and_convolutions_do_the_work(
    variant: str, dense: float, convolution: float
) -> None:
    layers = summarise(build("alexnet", device="meta", variant=variant), (3, 227, 227))
    parameters, products = (
        {
            kind: sum(getattr(layer, key) for layer in layers if layer.kind == kind)
            for kind in ("Conv2d", "Linear")
        }
        for key in ("parameters", "multiply_adds")
    )
    assert parameters["Linear"] / sum(parameters.values()) == pytest.approx(dense, abs=5e-4)
    assert products["Conv2d"] / sum(products.values()) == pytest.approx(convolution, abs=1e-3)


def test_the_two_towers_have_no_weights_between_them() -> None:
    with torch.device("meta"):
        two, one = AlexNet("two-towers"), AlexNet("one-tower")
    pairs = zip(two.features.named_parameters(), one.features.named_parameters(), strict=True)
    halved = [name for (name, a), (_, b) in pairs if 2 * a.numel() == b.numel()]
    assert halved == ["4.weight", "10.weight", "12.weight"]


def test_the_normalisation_is_the_papers_formula() -> None:
    with torch.device("meta"):
        normalise = AlexNet().features[2]
    x = images(1, 9, 1, 1).abs()
    squares = x.flatten().square()
    expected = [
        value / (2 + 1e-4 * squares[max(0, i - 2) : i + 3].sum()) ** 0.75
        for i, value in enumerate(x.flatten())
    ]
    torch.testing.assert_close(normalise(x).flatten(), torch.stack(expected))


@pytest.mark.slow
def test_an_image_goes_through_and_gives_a_thousand_scores() -> None:
    network = build("alexnet", variant="one-weird-trick", image_size=224).eval()
    with torch.inference_mode():
        scores = network(images(2, 3, 224, 224))
    assert scores.shape == (2, 1000)
    assert torch.isfinite(scores).all()
    assert not torch.allclose(scores[0], scores[1])


def test_what_does_not_fit_is_refused_in_words() -> None:
    with torch.device("meta"):
        network = AlexNet()
        with pytest.raises(ValueError, match=r"expected \(N, 3, 227, 227\); image_size=224 pads"):
            network(torch.zeros(1, 3, 224, 224))
        with pytest.raises(TypeError, match=r"x has dtype torch.uint8: expected floating-point"):
            network(torch.zeros(1, 3, 227, 227, dtype=torch.uint8))
        with pytest.raises(ValueError, match=r"x has shape \(3, 227, 227\): expected \(N, 3, H, W"):
            network(torch.zeros(3, 227, 227))
        with pytest.raises(ValueError, match="expected at least one value"):
            network(torch.zeros(0, 3, 227, 227))
        with pytest.raises(ValueError, match="image_size=225: expected one of 227, 224"):
            AlexNet(image_size=225)
        with pytest.raises(ValueError, match="variant='three': expected one of 'two-towers'"):
            AlexNet("three")
        with pytest.raises(ValueError, match=r"dropout=1: expected a probability"):
            AlexNet(dropout=1)
    assert set(VARIANTS) == {"two-towers", "one-tower", "one-weird-trick"}
