import pytest
import torch

from course_lib.networks import YOLO
from course_lib.networks.yolo import output_numbers
from tests.networks.gradients import images, parameters_without_gradient


def test_the_output_of_an_image_is_7_by_7_by_30() -> None:
    with torch.device("meta"):
        network = YOLO()
        assert network(torch.zeros(2, 3, 448, 448)).shape == (2, 7, 7, 30)
    assert output_numbers(boxes=2, classes=20) == 30
    assert 7 * 7 * output_numbers(2, 20) == 1470
    assert 7 * 7 * 2 == 98


def test_the_features_halve_six_times() -> None:
    with torch.device("meta"):
        network = YOLO(grid=3)
        assert network.features(torch.zeros(1, 3, 192, 192)).shape == (1, 1024, 3, 3)
        assert network(torch.zeros(1, 3, 192, 192)).shape == (1, 3, 3, 30)


@pytest.mark.slow
def test_every_parameter_learns() -> None:
    torch.manual_seed(0)
    network = YOLO(grid=1, classes=3, dropout=0.0)
    assert parameters_without_gradient(network, images(1, 3, 64, 64)) == []


def test_what_does_not_fit_is_refused_in_words() -> None:
    with torch.device("meta"):
        with pytest.raises(ValueError, match=r"expected \(N, 3, 448, 448\)"):
            YOLO()(torch.zeros(1, 3, 224, 224))
        with pytest.raises(ValueError, match="boxes=0: expected a whole number of at least 1"):
            YOLO(boxes=0)
