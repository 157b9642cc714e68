import pytest
import torch

from course_lib.networks import (
    SceneClassifier,
    SceneDetector,
    build,
    freeze,
    parameter_total,
    summarise,
)
from tests.networks.gradients import images, parameters_without_gradient


def test_every_parameter_of_the_classifier_learns() -> None:
    torch.manual_seed(0)
    network = SceneClassifier(dropout=0.0)
    assert network(images(2, 3, 96, 96)).shape == (2, 10)
    assert parameters_without_gradient(network, images(4, 3, 96, 96)) == []


def test_every_parameter_of_the_detector_learns() -> None:
    torch.manual_seed(0)
    network = SceneDetector()
    assert network(images(2, 3, 96, 96)).shape == (2, 6, 6, 2 * 5 + 10)
    assert parameters_without_gradient(network, images(2, 3, 96, 96)) == []


def test_the_classifier_has_the_parameters_counted_by_hand() -> None:
    convolutions = [16 * (3 * 49 + 1), 32 * (16 * 25 + 1), 48 * (32 * 9 + 1), 64 * (48 * 9 + 1)]
    dense = [64 * (64 * 36 + 1), 10 * 65]
    assert parameter_total(SceneClassifier()) == sum(convolutions + dense) == 204_954


def test_a_detector_takes_over_what_a_classifier_has_learnt() -> None:
    classifier = SceneClassifier()
    detector = SceneDetector(features=classifier.features)
    assert detector.features is classifier.features
    assert detector(images(1, 3, 96, 96)).shape == (1, 6, 6, 20)


def test_cells_stand_in_rows_and_columns_as_the_image_does() -> None:
    torch.manual_seed(0)
    network = SceneDetector(batch_norm=False).eval()
    x = torch.zeros(1, 3, 256, 256)
    lit = x.clone()
    lit[0, :, 32:48, 192:208] = 5.0  # cell 2 from the top, 12 from the left
    change = (network(lit) - network(x)).abs().sum(dim=-1)[0]
    row, column = divmod(int(change.argmax()), change.shape[1])
    assert abs(row - 2) <= 1
    assert abs(column - 12) <= 1
    # The receptive field ends some cells away.
    assert not change[:, :6].any()


@pytest.mark.parametrize(
    "name", ["scene-classifier", "scene-detector", "small-u-net", "small-encoder-decoder"]
)
def test_a_page_can_run_it_while_something_is_dragged(name: str) -> None:
    rows = summarise(build(name, device="meta"), (3, 96, 96))
    assert sum(row.multiply_adds for row in rows) < 40e6


def test_frozen_layers_keep_their_weights_and_their_statistics() -> None:
    torch.manual_seed(0)
    features = SceneClassifier(batch_norm=True).features
    before = {name: value.clone() for name, value in features.state_dict().items()}
    detector = SceneDetector(features=freeze(features)).train()
    optimiser = torch.optim.SGD([p for p in detector.parameters() if p.requires_grad], 0.1)
    detector(images(2, 3, 96, 96)).square().sum().backward()
    optimiser.step()
    assert not detector.features.training
    assert detector.head.training
    after = detector.features.state_dict()
    assert all(torch.equal(before[name], after[name]) for name in before)
    assert "features.0.weight" in detector.state_dict()


def test_what_does_not_fit_is_refused_in_words() -> None:
    with pytest.raises(ValueError, match=r"expected \(N, 3, 96, 96\)"):
        SceneClassifier()(images(1, 3, 64, 64))
    with pytest.raises(ValueError, match="image_size=90: expected a multiple of 16"):
        SceneClassifier(image_size=90)
    with pytest.raises(ValueError, match="multiples of 16"):
        SceneDetector()(images(1, 3, 90, 90))
