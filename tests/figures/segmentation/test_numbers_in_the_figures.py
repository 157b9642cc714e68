"""The numbers that the figures show, against torch and a count by hand."""

from xml.etree import ElementTree

import pytest
import torch
from torch.nn import functional

from course_lib.datasets import CLASSES, SceneDataset
from course_lib.figures import load
from course_lib.figures.rendering import page_svg


def words(name: str, **params: object) -> list[str]:
    """Return what stands in the drawing, formulas in one piece."""
    root: ElementTree.Element = page_svg(load(f"segmentation/{name}"), params)
    return ["".join(text.itertext()) for text in root.iter("text")]


def test_the_deconvolution_network_has_its_published_shapes() -> None:
    said = words("encoder-decoder")
    assert {"64 × 224 × 224", "512 × 14 × 14", "scores: 21 × 224 × 224"} <= set(said)
    assert "512 × 7 × 7 → 4096 × 1 × 1 → 512 × 7 × 7" in said
    assert "252 million parameters" in said


def test_a_pixels_loss_is_torchs_cross_entropy() -> None:
    scores = (0.3, -2.0, 1.1)
    said = " ".join(words("pixel-loss", scores=scores, truth=1))
    loss = functional.cross_entropy(torch.tensor([scores]), torch.tensor([1]))
    assert f"= {loss:.3f}" in said
    for p in torch.tensor(scores).softmax(dim=0):
        assert f"{p:.3f}" in said


def test_unpooled_numbers_stand_where_torch_finds_the_maxima() -> None:
    image = ((5, 3, 2, 1), (2, 4, 1, 6), (1, 0, 2, 4), (1, 2, 3, 3))
    x = torch.tensor(image, dtype=torch.float64)[None, None]
    _, positions = functional.max_pool2d(x, 2, return_indices=True)
    alt = load("segmentation/unpooling").describe(image=image)
    for place in positions.flatten().tolist():
        assert f"row {place // 4 + 1} column {place % 4 + 1}" in alt
    said = words("unpooling", image=image)
    assert said.count("0") == 12 + 1  # the empty places, and the one zero of the image


def test_the_lazy_answers_accuracy_is_the_share_of_the_background() -> None:
    said = words("flattery", count=10)
    truth = SceneDataset("test", 10, task="segmentation").batch(range(10)).masks
    share = 100 * (truth == 0).double().mean().item()
    seen = len(truth.unique())
    assert f"{share:.1f}" in said
    # Its IoU is that share for the background and 0 for each class that is there.
    assert f"{share / seen:.1f}" in said
    assert seen <= len(CLASSES) + 1
    assert said.count("100.0") == 2


@pytest.mark.parametrize(
    ("name", "params", "message"),
    [
        ("encoder-decoder", {"size": 100}, "size=100: expected one of 224"),
        ("encoder-decoder", {"classes": 1}, "classes=1: expected from 2"),
        ("pixel-loss", {"truth": 7}, "truth=7: expected from 0 to 4"),
        ("pixel-loss", {"scores": (1.0,)}, "expected from 2 to 5 numbers"),
        ("unpooling", {"changed": ((1, 2),)}, "expected 2 rows of 2 numbers"),
        ("flattery", {"count": 0}, "count=0: expected from 1 to 200"),
    ],
)
def test_what_cannot_be_drawn_is_refused(
    name: str, params: dict[str, object], message: str
) -> None:
    with pytest.raises(ValueError, match=message):
        load(f"segmentation/{name}").draw(**params)
