"""The recipes of the scenes: what they draw, keep and build."""

from collections.abc import Iterator
from pathlib import Path

import pytest
import torch

from course_lib.datasets.scenes import scenes
from course_lib.networks import trained_network
from course_lib.training import FULL, find_recipe, recipes
from course_lib.training import scene_examples as kept
from course_lib.training.image_tasks import ImageTask
from course_lib.training.images import ImageSet
from course_lib.training.scene_examples import scene_set


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """Keep scenes in a folder of the test's own."""
    monkeypatch.setenv("COURSE_DATA", str(tmp_path))
    scene_set.cache_clear()
    yield tmp_path
    scene_set.cache_clear()


SCENES = [recipe.name for recipe in recipes() if recipe.name.startswith("scenes/")]


def test_the_recipes_of_the_scenes() -> None:
    assert [name.removeprefix("scenes/") for name in SCENES] == [
        "classifier",
        "classifier-plain",
        "detector-scratch",
        "detector-frozen",
        "detector-fine-tuned",
        "detector-scratch-200",
        "detector-frozen-200",
        "detector-fine-tuned-200",
        "u-net",
        "encoder-decoder",
        "u-net-without-skips",
    ]


@pytest.mark.parametrize("name", SCENES)
def test_a_recipe_says_its_task_and_builds_the_same_network_for_a_seed(name: str) -> None:
    recipe = find_recipe(name)
    assert isinstance(recipe.task, ImageTask)
    assert recipe.layers() is None
    assert recipe.seeds_in(FULL) == 1
    identity = recipe.identity(FULL)
    assert identity["task"] == repr(recipe.task)
    assert "0x" not in identity["task"]  # no address: the same in every process
    settings = recipe.settings_in(FULL)
    assert settings.steps == recipe.settings.steps
    assert settings.evaluate_every == settings.steps // 16
    first, again = recipe.build(3).state_dict(), recipe.build(3).state_dict()
    assert all(torch.equal(first[key], again[key]) for key in first)


@pytest.mark.parametrize("name", ["frozen", "fine-tuned"])
def test_a_detector_is_built_on_what_the_classifier_has_learnt(name: str) -> None:
    detector = find_recipe(f"scenes/detector-{name}").build(0)
    features = trained_network("scene-classifier").features.state_dict()
    own = detector.features.state_dict()
    assert all(torch.equal(features[key], own[key]) for key in features)
    learns = {p.requires_grad for p in detector.features.parameters()}
    assert learns == {name == "fine-tuned"}


def test_scenes_are_drawn_once_and_kept(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    first = scene_set("segmentation", "test", 6, 32)
    batch = scenes("test", 6, 32, "segmentation")
    assert torch.equal(first.images, batch.images)
    assert torch.equal(first.boxes, batch.visible_boxes)
    assert torch.equal(first.masks, batch.masks)
    assert len(list((folder / "scenes").iterdir())) == 1
    drawn: list[int] = []
    draw = kept.draw

    def counted(task: str, split: str, first: int, count: int, size: int = 96) -> ImageSet:
        drawn.append(count)
        return draw(task, split, first, count, size)

    monkeypatch.setattr(kept, "draw", counted)
    scene_set.cache_clear()
    assert scene_set("segmentation", "test", 6, 32).sha256 == first.sha256
    assert drawn == [4]  # to see whether they are still the same


@pytest.mark.parametrize("damage", [b"", b"no file of tensors"])
def test_a_damaged_file_is_drawn_anew(folder: Path, damage: bytes) -> None:
    first = scene_set("classification", "test", 3, 32)
    (path,) = (folder / "scenes").iterdir()
    path.write_bytes(damage)
    scene_set.cache_clear()
    assert scene_set("classification", "test", 3, 32).sha256 == first.sha256
    assert path.stat().st_size > 100


def test_scenes_of_another_version_are_drawn_anew(folder: Path) -> None:
    first = scene_set("classification", "test", 3, 32)
    (path,) = (folder / "scenes").iterdir()
    torch.save(
        {
            "images": first.images + 1,
            "labels": first.labels,
            "boxes": first.boxes,
            "masks": first.masks,
        },
        path,
    )
    scene_set.cache_clear()
    assert scene_set("classification", "test", 3, 32).sha256 == first.sha256


def test_few_scenes_are_some_of_all(monkeypatch: pytest.MonkeyPatch) -> None:
    from course_lib.training import scene_recipes

    monkeypatch.setattr(scene_recipes, "TRAIN", 8)
    monkeypatch.setattr(scene_recipes, "VALIDATION", 2)
    monkeypatch.setattr(scene_recipes, "TEST", 2)
    monkeypatch.setattr(scene_recipes, "scene_set", lambda *a: kept.draw(a[0], a[1], 0, a[2], 32))
    examples = scene_recipes.SceneExamples("segmentation", few=3)(1)
    assert len(examples.train) == 3
    assert len(examples.test) == 2
