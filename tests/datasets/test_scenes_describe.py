from hashlib import sha256
from itertools import combinations

import numpy as np
import pytest

from course_lib.datasets import background_names
from course_lib.datasets.scenes import (
    BACKGROUNDS,
    CLASSES,
    SPLITS,
    Description,
    comb,
    describe,
    render,
    scene_seed,
)
from course_lib.datasets.scenes.describe import FREQUENCY_STEP, SCENES_PER_SPLIT

COUNT = 100


@pytest.fixture(scope="module")
def worlds() -> dict[str, list[Description]]:
    """Return the first scenes of each split, of both kinds."""
    return {
        split: [
            describe(split, task, i)
            for task in ("classification", "detection")
            for i in range(COUNT)
        ]
        for split in SPLITS
    }


@pytest.mark.parametrize(
    ("split", "task", "expected"),
    [
        ("train", "classification", "404625e2efd4afdc"),
        ("train", "detection", "0737e58dbfc9846d"),
        ("validation", "classification", "0e480a2e1f94d9bf"),
        ("test", "segmentation", "04bdafe4a4cd1191"),
    ],
)
def test_the_scenes_of_a_seed_never_change(split: str, task: str, expected: str) -> None:
    text = "".join(describe(split, task, index).to_json() for index in range(25))
    assert sha256(text.encode()).hexdigest()[:16] == expected


def test_detection_and_segmentation_share_their_scenes_and_classification_has_its_own() -> None:
    for index in range(10):
        scene = describe("train", "detection", index)
        assert scene == describe("train", "segmentation", index)
        assert scene != describe("train", "classification", index)


def test_no_seed_serves_twice() -> None:
    ends = (0, 1, 2, 1000, SCENES_PER_SPLIT - 1)
    seeds = [
        scene_seed(split, task, index)
        for split in SPLITS
        for task in ("classification", "detection")
        for index in ends
    ]
    assert len(set(seeds)) == len(seeds)
    assert max(seeds) < 2**32


def test_the_splits_share_no_photograph(worlds: dict[str, list[Description]]) -> None:
    used = {split: {d.background.photograph for d in worlds[split]} for split in SPLITS}
    for split in SPLITS:
        assert used[split] == set(background_names(split))
    for a, b in combinations(SPLITS, 2):
        assert not used[a] & used[b]
    assert set().union(*used.values()) == set(BACKGROUNDS)


def test_the_splits_share_no_colour(worlds: dict[str, list[Description]]) -> None:
    used = {
        split: {colour for d in worlds[split] for o in d.objects for colour in o.colours}
        for split in SPLITS
    }
    for a, b in combinations(SPLITS, 2):
        assert not used[a] & used[b]
    assert min(len(colours) for colours in used.values()) > 20


def test_the_splits_share_no_texture_frequency(worlds: dict[str, list[Description]]) -> None:
    used = {
        split: {o.texture.frequency for d in worlds[split] for o in d.objects} for split in SPLITS
    }
    for a, b in combinations(SPLITS, 2):
        assert not used[a] & used[b]
    spread = [(min(f), max(f)) for f in used.values()]
    assert all(low <= 3.5 + 4 * FREQUENCY_STEP and high >= 7.4 for low, high in spread)


def test_the_comb_deals_every_step_to_one_split() -> None:
    dealt = [step for split in SPLITS for step in comb(split, 0, 24)]
    assert sorted(dealt) == list(range(24))
    assert [len(comb(split, 0, 24)) for split in SPLITS] == [12, 6, 6]


@pytest.mark.parametrize("split", SPLITS)
def test_every_class_comes_about_as_often(split: str, worlds: dict[str, list[Description]]) -> None:
    names = [o.class_name for d in worlds[split] for o in d.objects]
    share = np.array([names.count(name) for name in CLASSES]) / len(names)
    # Four standard deviations of a share of a tenth.
    assert abs(share - 0.1).max() < 4 * np.sqrt(0.09 / len(names))


@pytest.mark.parametrize("split", SPLITS)
def test_objects_have_the_sizes_that_were_promised(
    split: str, worlds: dict[str, list[Description]]
) -> None:
    size, seen = 192, {1: [], 4: []}  # type: ignore[var-annotated]
    for number, description in enumerate(worlds[split][::2]):
        single = number < COUNT // 2
        assert len(description.objects) == 1 if single else 1 <= len(description.objects) <= 4
        boxes = render(description, size).boxes
        longer = (boxes[:, 2:] - boxes[:, :2]).amax(dim=1)
        low, high = (0.3, 0.8) if single else (0.15, 0.5)
        assert (longer >= low * size - 1).all()
        assert (longer <= high * size + 1).all()
        # Whole: nothing is cut off by the image's edge.
        assert (boxes[:, :2] >= 0).all()
        assert (boxes[:, 2:] <= size).all()
        seen[1 if single else 4] += (longer / size).tolist()
    assert min(seen[1]) < 0.36
    assert max(seen[1]) > 0.74
    assert min(seen[4]) < 0.19
    assert max(seen[4]) > 0.46


def test_one_to_four_objects_come_about_as_often(worlds: dict[str, list[Description]]) -> None:
    counts = [len(d.objects) for split in SPLITS for d in worlds[split][COUNT:]]
    share = np.array([counts.count(n) for n in (1, 2, 3, 4)]) / len(counts)
    assert abs(share - 0.25).max() < 4 * np.sqrt(0.1875 / len(counts))


@pytest.mark.parametrize("size", [64, 96])
def test_of_every_object_at_least_half_is_seen_and_some_are_partly_hidden(
    size: int, worlds: dict[str, list[Description]]
) -> None:
    hidden = 0
    scenes = [d for split in SPLITS for d in worlds[split][COUNT:]][:: 4 if size > 96 else 2]
    for description in scenes:
        whole = render(description, size).whole
        for index, mask in enumerate(whole):
            above = whole[index + 1 :].any(dim=0)
            seen = (mask & ~above).sum().item() / mask.sum().item()
            assert seen >= 0.5
            hidden += seen < 0.95
    assert hidden > len(scenes) / 10


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (("dev", "detection", 0), "split='dev': expected one of train, validation, test"),
        (("train", "depth", 0), "task='depth': expected one of classification, detection"),
        (("train", "detection", -1), "index=-1: expected from 0"),
        (("train", "detection", 2**29), "index=536870912: expected from 0 to 536870911"),
    ],
)
def test_a_scene_that_is_not_there_is_refused(
    arguments: tuple[str, str, int], message: str
) -> None:
    with pytest.raises(ValueError, match=message):
        describe(*arguments)


@pytest.mark.parametrize("index", [1.0, True, "1"])
def test_an_index_that_is_no_whole_number_is_refused(index: object) -> None:
    with pytest.raises(TypeError, match=r"index=.*: expected an int"):
        describe("train", "detection", index)  # type: ignore[arg-type]
