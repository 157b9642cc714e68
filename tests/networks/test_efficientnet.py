import numpy as np
import pytest
import torch
from numpy.typing import NDArray
from skimage import data
from torch import nn

from course_lib.networks import best_guesses, class_names, efficientnet_lite0, preprocess

CAT: NDArray[np.uint8] = data.chelsea()  # type: ignore[no-untyped-call]
COFFEE: NDArray[np.uint8] = data.coffee()  # type: ignore[no-untyped-call]


@pytest.fixture(scope="module")
def network() -> nn.Module:
    return efficientnet_lite0()


def test_there_are_a_thousand_names_in_imagenets_order() -> None:
    names = class_names()
    assert len(names) == 1000
    # Indices from the published list: first, last, and two that a user of it meets at once.
    assert names[0] == "tench, Tinca tinca"
    assert names[285] == "Egyptian cat"
    assert names[388].startswith("giant panda")
    assert names[999] == "toilet tissue, toilet paper, bathroom tissue"


def test_a_cat_is_a_cat_and_a_cup_of_coffee_is_an_espresso(network: nn.Module) -> None:
    with torch.inference_mode():
        cat = best_guesses(network(preprocess(CAT)))
        coffee = best_guesses(network(preprocess(COFFEE)))
    assert {guess.name for guess in cat[:3]} == {
        "tabby, tabby cat",
        "tiger cat",
        "Egyptian cat",
    }
    assert sum(guess.probability for guess in cat[:3]) > 0.8
    assert coffee[0].name == "espresso"
    assert coffee[0].probability > 0.8
    assert [g.probability for g in cat] == sorted((g.probability for g in cat), reverse=True)


def test_random_weights_know_no_cat() -> None:
    torch.manual_seed(0)
    blank = efficientnet_lite0(pretrained=False).eval()
    with torch.inference_mode():
        guesses = best_guesses(blank(preprocess(CAT)))
    assert guesses[0].probability < 0.1


def test_the_middle_of_the_photograph_is_taken_and_scaled() -> None:
    image = np.zeros((512, 600, 3), dtype=np.uint8)
    image[:, :, 0] = 255
    image[:, :76] = 7  # left of the middle 448 pixels, which the network does not see
    x = preprocess(image)
    assert x.shape == (1, 3, 224, 224)
    expected = torch.tensor([(255 - 127) / 128, -127 / 128, -127 / 128])
    torch.testing.assert_close(x.mean(dim=(0, 2, 3)), expected)


def test_what_does_not_fit_is_refused_in_words() -> None:
    with pytest.raises(TypeError, match="image has dtype float64: expected uint8"):
        preprocess(np.zeros((4, 4, 3)))  # type: ignore[arg-type]
    with pytest.raises(TypeError, match="image has dtype list"):
        preprocess([1, 2])  # type: ignore[arg-type]
    with pytest.raises(ValueError, match=r"\(4, 4\): expected \(H, W, 3\)"):
        preprocess(np.zeros((4, 4), dtype=np.uint8))
    with pytest.raises(ValueError, match="holds NaN"):
        best_guesses(torch.full((1000,), float("nan")))
    with pytest.raises(ValueError, match=r"\(2, 1000\): expected \(1000,\)"):
        best_guesses(torch.zeros(2, 1000))
    with pytest.raises(ValueError, match="count=1001: expected at most 1000"):
        best_guesses(torch.zeros(1000), 1001)
