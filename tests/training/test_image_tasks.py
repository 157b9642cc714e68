"""The three tasks of pictures: what a faultless network is worth, and that each can be learned."""

import os
import signal
from pathlib import Path

import pytest
import torch
from torch import Tensor, nn

from course_lib.networks import SceneClassifier, SceneDetector, small_unet
from course_lib.training import FULL, AdamW, Constant, Interrupted, Settings, loop, run
from course_lib.training.augmentation import Augmentation
from course_lib.training.image_tasks import Detection, ImageClassification, Segmentation
from course_lib.training.images import ImageSet, as_input
from course_lib.training.recipes import Recipe
from tests.training.pictures import SIZE, examples, squares

GRID = 2
TASKS = [
    ImageClassification(classes=3),
    Detection(classes=3, cells=GRID),
    Segmentation(classes=3),
    Segmentation(classes=3, augmentation=Augmentation(shift=2), background=0.5),
    Segmentation(classes=3, sparse=True, coarse=0.5, bfloat16=True),
    Detection(classes=3, cells=GRID, augmentation=Augmentation(shift=2), bfloat16=True),
]
BEST = {ImageClassification: "error", Detection: "ap_50", Segmentation: "mean_iou"}


class Knowing(nn.Module):
    """Answers each picture as it is told to."""

    def __init__(self, images: ImageSet, answers: Tensor) -> None:
        super().__init__()
        self.known = {image.numpy().tobytes(): i for i, image in enumerate(images.images)}
        self.answers = answers

    def forward(self, x: Tensor) -> Tensor:
        """Return the answers of these pictures."""
        bytes_ = (x * 255).round().to(torch.uint8).contiguous()
        return self.answers[[self.known[image.numpy().tobytes()] for image in bytes_]]


def faultless(task: object, images: ImageSet) -> Tensor:
    """Return what a network puts out that knows everything."""
    if isinstance(task, ImageClassification):
        return 50 * nn.functional.one_hot(images.labels[:, 0], 3).float()
    if isinstance(task, Segmentation):
        return 50 * nn.functional.one_hot(images.masks.long(), 4).permute(0, 3, 1, 2).float()
    assert isinstance(task, Detection)
    boxes, classes = task.targets(images)
    raw = torch.full((len(images), GRID, GRID, task.grid.depth), -50.0)
    there = classes >= 0
    numbers = torch.cat([boxes, torch.ones(*boxes.shape[:3], 1)], -1).logit(eps=1e-6)
    raw[..., :5] = torch.where(there[..., None], numbers, raw[..., :5])
    raw[..., 10:] = 100 * nn.functional.one_hot(classes.clamp(min=0), 3) - 50
    return raw


@pytest.mark.parametrize("task", TASKS[:3])
def test_a_faultless_network_has_full_marks(task: ImageClassification) -> None:
    images = squares(9)
    network = Knowing(images, faultless(task, images))
    found = task.measure_all(network, images)
    best = {"error": 0.0, "ap_50": 1.0, "ap": 1.0, "mean_iou": 1.0, "pixel_accuracy": 1.0}
    for name, value in found.items():
        if name != "loss":
            assert value == pytest.approx(best[name], abs=1e-6), name
    assert found["loss"] < 1e-3


@pytest.mark.parametrize("task", TASKS[:3])
def test_a_network_that_knows_another_picture_has_none(task: ImageClassification) -> None:
    images = squares(9)
    wrong = Knowing(images, faultless(task, images).roll(1, 0))
    name = BEST[type(task)]
    value = task.measure(wrong, images)[name]
    assert value == 1.0 if name == "error" else value < 0.4


def test_pixels_that_count_nowhere_change_nothing() -> None:
    task, images = Segmentation(classes=3), squares(4)
    masks = images.masks.clone()
    masks[:, :4] = 255
    network = Knowing(images, faultless(task, images))
    part = ImageSet(images.images, images.labels, images.boxes, masks)
    assert task.measure(network, part)["pixel_accuracy"] == 1.0


def test_a_sparse_loss_is_on_average_that_of_all_pixels() -> None:
    images = squares(3)
    torch.manual_seed(0)
    answers = torch.randn(3, 4, SIZE, SIZE)
    network, batch = Knowing(images, answers), (as_input(images.images), images.masks.long())
    dense = Segmentation(classes=3).loss(network, batch)
    drawn = {float(Segmentation(classes=3, sparse=True).loss(network, batch)) for _ in range(60)}
    assert len(drawn) == 4  # one for each place in 2×2
    assert sum(drawn) / 4 == pytest.approx(float(dense), rel=1e-5)


def test_the_loss_of_the_lowest_levels_counts_as_much_as_is_said() -> None:
    images = squares(3)
    batch = (as_input(images.images), images.masks.long())
    torch.manual_seed(0)
    network = small_unet(widths=(8, 8, 16), classes=4, supervised=True).eval()
    none, half, whole = (
        float(Segmentation(classes=3, coarse=coarse).loss(network, batch).detach())
        for coarse in (0.0, 0.5, 1.0)
    )
    assert whole - half == pytest.approx(half - none, rel=1e-4)
    assert none == pytest.approx(
        float(Segmentation(classes=3).cost(network(batch[0]), batch[1]).detach()), rel=1e-6
    )
    # A guess among four classes costs log 4, and there are two levels.
    assert whole - none == pytest.approx(2 * 1.386, rel=0.3)


def network(task: object) -> nn.Module:
    if isinstance(task, ImageClassification):
        return SceneClassifier(image_size=SIZE, classes=3, batch_norm=True, dropout=0.1)
    if isinstance(task, Detection):
        return SceneDetector(classes=3)
    return small_unet(widths=(8, 8, 16), classes=4, supervised=True)


def recipe(task: ImageClassification, steps: int) -> Recipe:
    def build(*, generator: torch.Generator) -> nn.Module:
        with torch.random.fork_rng(devices=[]):
            torch.manual_seed(generator.initial_seed())
            return network(task)

    settings = Settings(steps, Constant(3e-3), 6, AdamW(), clip_norm=5.0, evaluate_every=2)
    return Recipe("test/squares", "", build, lambda seed: examples(), settings, task=task)


@pytest.mark.parametrize("task", TASKS)
def test_each_task_is_learned_and_judged(task: ImageClassification) -> None:
    result = run(recipe(task, 25), 0, profile=FULL, device="cpu")
    losses = result.record.history.metrics["loss"]
    assert losses[-1] < 0.8 * losses[0]
    assert f"test_{BEST[type(task)]}" in result.record.metrics
    assert f"validation_{BEST[type(task)]}" in result.record.history.metrics
    assert repr(task) == result.record.recipe["task"]


@pytest.mark.parametrize("task", TASKS[3:])
def test_a_run_that_is_stopped_goes_on_as_if_it_had_not_been(
    task: ImageClassification, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    whole = run(recipe(task, 8), 0, profile=FULL, device="cpu")
    checkpoint = tmp_path / "half.checkpoint"
    take = loop._Run.take

    def take_and_stop(self: loop._Run, batch: loop.Batch) -> None:
        take(self, batch)
        if self.step == 5:
            os.kill(os.getpid(), signal.SIGTERM)

    with monkeypatch.context() as patch:
        patch.setattr(loop._Run, "take", take_and_stop)
        with pytest.raises(Interrupted, match="after step 5 of 8"):
            run(recipe(task, 8), 0, profile=FULL, device="cpu", checkpoint=checkpoint)
    resumed = run(
        recipe(task, 8), 0, profile=FULL, device="cpu", checkpoint=checkpoint, resume=True
    )
    for name, tensor in whole.weights.items():
        assert torch.equal(tensor, resumed.weights[name]), name
