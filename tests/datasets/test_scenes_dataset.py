import json
from base64 import b64decode
from typing import Any

import numpy as np
import pytest
import torch

from course_lib.datasets.scenes import (
    CLASSES,
    Description,
    SceneDataset,
    background_pixels,
    catalogue,
    describe,
    generator_case,
    render,
    render_case,
    scenes,
    stored_background,
)


def test_an_index_is_always_the_same_scene() -> None:
    dataset = SceneDataset("train", 20, 32, "detection", first=5)
    assert len(dataset) == 20
    assert dataset.description(3) == describe("train", "detection", 8)
    assert dataset.description(-1) == dataset.description(19)
    assert torch.equal(dataset[3].image, render(describe("train", "detection", 8), 32).image)
    assert len(list(dataset)) == 20


@pytest.mark.parametrize("task", ["classification", "detection", "segmentation"])
def test_a_batch_holds_what_its_scenes_hold(task: str) -> None:
    batch = scenes("validation", 6, 32, task)
    assert len(batch) == 6
    assert batch.labels.shape == (6, 1 if task == "classification" else 4)
    for index in range(6):
        scene = render(describe("validation", task, index), 32)
        count = len(scene.labels)
        assert batch.counts[index] == count
        assert torch.equal(batch.images[index], scene.image)
        assert torch.equal(batch.masks[index], scene.mask)
        assert torch.equal(batch.instances[index], scene.instances)
        assert torch.equal(batch.labels[index, :count], scene.labels)
        assert torch.equal(batch.boxes[index, :count], scene.boxes)
        assert torch.equal(batch.visible_boxes[index, :count], scene.visible_boxes)
        assert (batch.labels[index, count:] == -1).all()
        assert (batch.boxes[index, count:] == 0).all()


def test_a_batch_of_chosen_scenes_keeps_their_order() -> None:
    dataset = SceneDataset("test", 9, 24, dtype=torch.float32)
    batch = dataset.batch([7, 0, 7])
    assert batch.images.dtype == torch.float32
    assert torch.equal(batch.images[0], dataset[7].image)
    assert torch.equal(batch.images[1], dataset[0].image)
    assert torch.equal(batch.images[2], batch.images[0])


def test_a_loader_of_torch_takes_the_dataset() -> None:
    dataset = SceneDataset("train", 4, 16)
    loader = torch.utils.data.DataLoader(dataset, batch_size=2, collate_fn=list)  # type: ignore[arg-type, var-annotated]
    assert [len(part) for part in loader] == [2, 2]


@pytest.mark.slow
def test_several_processes_draw_what_one_draws() -> None:
    one, two = scenes("train", 150, 24), scenes("train", 150, 24, workers=2)
    for name, tensor in vars(one).items():
        assert torch.equal(tensor, getattr(two, name)), name


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"split": "dev"}, "split='dev'"),
        ({"task": "depth"}, "task='depth'"),
        ({"size": 0}, "size=0"),
        ({"count": 0}, "count=0: expected at least 1"),
        ({"first": -1}, "first=-1: expected at least 0"),
        ({"first": 2**29}, "first=536870912, count=2: expected at most 536870912 in all"),
        ({"dtype": torch.int64}, "dtype=torch.int64"),
        ({"workers": 0}, "workers=0: expected at least 1"),
    ],
)
def test_arguments_that_cannot_be_are_refused(change: dict[str, Any], message: str) -> None:
    with pytest.raises(ValueError, match=message):
        scenes(**{"split": "train", "count": 2, **change})


@pytest.mark.parametrize("name", ["count", "size", "first", "workers"])
def test_arguments_of_the_wrong_type_are_refused(name: str) -> None:
    with pytest.raises(TypeError, match=f"{name}=2.5: expected an int"):
        scenes(**{"split": "train", "count": 2, name: 2.5})  # type: ignore[arg-type]


def test_an_index_beyond_the_dataset_and_an_empty_batch_are_refused() -> None:
    dataset = SceneDataset("train", 3, 16)
    for index in (3, -4):
        with pytest.raises(IndexError, match=f"index={index}: expected from -3 to 2"):
            dataset[index]
    with pytest.raises(ValueError, match="indices: expected at least one"):
        dataset.batch([])


def test_the_catalogue_is_plain_data_with_every_class() -> None:
    plain = json.loads(json.dumps(catalogue()))
    assert list(plain["classes"]) == list(CLASSES)
    assert plain["classes"]["ball"]["outline"] == {
        "shape": "Ellipse", "u": 0, "v": 0, "width": 1, "height": None,
    }  # fmt: skip
    assert plain["classes"]["heart"]["outline"]["shapes"][0]["of"]["shape"] == "Ellipse"
    assert plain["classes"]["leaf"]["layers"][1]["shape"]["shape"] == "Lens"
    assert len(plain["wheel"]) == 24


def test_golden_cases_hold_what_was_drawn() -> None:
    case = json.loads(json.dumps(generator_case("test", "detection", 4)))
    description = Description.from_dict(case["description"])
    assert description == describe("test", "detection", 4)
    assert all(0 <= value < 1 for value in case["uniform"])
    drawn = json.loads(json.dumps(render_case(description, 20)))
    scene = render(description, 20)
    image = torch.tensor(list(b64decode(drawn["image"])), dtype=torch.uint8).reshape(20, 20, 3)
    assert torch.equal(image.permute(2, 0, 1), scene.image)
    assert list(b64decode(drawn["instances"])) == scene.instances.flatten().tolist()
    assert drawn["boxes"] == scene.boxes.tolist()
    assert drawn["visible_boxes"] == scene.visible_boxes.tolist()


def test_a_stored_background_carries_its_bytes() -> None:
    plain = json.loads(json.dumps(stored_background("brick")))
    pixels = background_pixels("brick")
    assert (plain["height"], plain["width"]) == pixels.shape[:2]
    assert b64decode(plain["rgb"]) == pixels.tobytes()


def test_an_index_may_be_one_that_a_sampler_drew() -> None:
    dataset = SceneDataset("train", 4, size=32)
    expected = dataset.batch([3, 1]).images
    assert torch.equal(dataset.batch(torch.tensor([3, 1])).images, expected)
    assert torch.equal(dataset.batch(np.array([3, 1])).images, expected)
    for wrong in (1.5, "1", slice(0, 2), torch.tensor(1.0)):
        with pytest.raises(TypeError, match=r"index=.*: expected a whole number"):
            dataset[wrong]  # type: ignore[index]
