"""The scenes' networks that ship are worth what their records say."""

from __future__ import annotations

from functools import cache
from statistics import mean

import pytest
import torch

from course_lib.datasets.scenes import CLASSES, describe
from course_lib.networks import scene_results, trained_network, trained_path
from course_lib.networks.scene_runs import (
    ClassifierRun,
    DetectorRun,
    SceneRun,
    SegmenterRun,
)
from course_lib.networks.trained_networks import SCENE_TRAINED
from course_lib.segmentation import class_iou, mean_iou, pixel_accuracy
from course_lib.training import find_recipe, load_network, load_record
from course_lib.training.image_tasks import ImageClassification, ImageTask
from course_lib.training.images import ImageSet
from course_lib.training.scene_examples import draw, scene_set
from course_lib.training.scene_recipes import TEST

RESULTS = scene_results()
RUNS: dict[str, SceneRun] = {
    run.name: run
    for runs in (RESULTS.classifiers, RESULTS.detectors, RESULTS.segmenters)
    for run in runs.values()
}
LARGEST = 600_000


@cache
def some_scenes(task: str) -> ImageSet:
    return draw(task, "test", 0, 200)


def task_of(name: str) -> ImageTask:
    task = find_recipe(RUNS[name].recipe).task
    assert isinstance(task, ImageTask)
    return task


def scenes_of(name: str) -> str:
    return "classification" if isinstance(task_of(name), ImageClassification) else "segmentation"


def test_every_network_that_ships_has_its_results() -> None:
    assert set(RUNS) == set(SCENE_TRAINED)


@pytest.mark.parametrize("name", SCENE_TRAINED)
def test_a_network_is_small_half_precise_and_the_one_that_was_measured(name: str) -> None:
    network = SCENE_TRAINED[name]()
    record = load_network(trained_path(name), network)
    assert trained_path(name).stat().st_size <= LARGEST
    assert record.network_sha256 == RUNS[name].network_sha256
    assert record.recipe["name"] == RUNS[name].recipe == name.replace("scene-", "scenes/")
    for tensor in trained_network(name).state_dict().values():
        if tensor.is_floating_point():
            assert torch.equal(tensor, tensor.half().float())
    assert {k: record.metrics[k] for k in RUNS[name].metrics} == RUNS[name].metrics


@pytest.mark.parametrize("name", SCENE_TRAINED)
def test_two_hundred_scenes_say_about_what_the_record_says(name: str) -> None:
    found = task_of(name).measure(trained_network(name), some_scenes(scenes_of(name)))
    for key, value in found.items():
        if key != "loss":
            assert value == pytest.approx(
                load_record(trained_path(name)).metrics[f"test_{key}"], abs=0.08
            )


@pytest.mark.slow
@pytest.mark.parametrize("name", SCENE_TRAINED)
def test_all_scenes_say_what_the_record_says(name: str) -> None:
    test = scene_set(scenes_of(name), "test", TEST)
    found = task_of(name).measure_all(trained_network(name), test)
    for key, value in found.items():
        # A value on the border of two answers may fall to either side on another processor.
        recorded = load_record(trained_path(name)).metrics[f"test_{key}"]
        assert value == pytest.approx(recorded, rel=0.002, abs=0.002)


@pytest.mark.parametrize("run", RESULTS.classifiers.values(), ids=lambda run: run.name)
def test_a_confusion_matrix_has_every_scene_and_the_error(run: ClassifierRun) -> None:
    assert sum(map(sum, run.confusion)) == TEST
    right = sum(run.confusion[c][c] for c in range(10))
    assert run.accuracy == pytest.approx(right / TEST)
    for mistake in run.mistakes:
        assert mistake.truth != mistake.guess
        item = describe("test", "classification", mistake.scene).objects[0]
        assert item.class_name == CLASSES[mistake.truth]


@pytest.mark.parametrize("run", RESULTS.detectors.values(), ids=lambda run: run.name)
def test_the_area_under_a_detectors_curves_is_its_average_precision(run: DetectorRun) -> None:
    for row, ap in zip(run.precision, run.ap_50_by_class, strict=True):
        assert mean(row) == pytest.approx(ap, abs=2e-4)
        assert list(row) == sorted(row, reverse=True)
    assert mean(run.ap_50_by_class) == pytest.approx(run.metrics["test_ap_50"], abs=1e-4)
    assert mean(run.ap_by_overlap) == pytest.approx(run.metrics["test_ap"], abs=1e-4)
    for failure in run.failures:
        count = len(describe("test", "detection", failure.scene).objects)
        assert failure.found + failure.missed == count
    assert sum(failure.missed for failure in run.failures) <= run.missed


@pytest.mark.parametrize("run", RESULTS.segmenters.values(), ids=lambda run: run.name)
def test_a_segmenters_scores_are_those_of_its_confusion_matrix(run: SegmenterRun) -> None:
    confusion = torch.tensor(run.confusion)
    assert int(confusion.sum()) == TEST * 96 * 96
    assert mean_iou(confusion) == pytest.approx(run.metrics["test_mean_iou"], abs=1e-6)
    assert pixel_accuracy(confusion) == pytest.approx(run.metrics["test_pixel_accuracy"], abs=1e-6)
    assert list(run.iou_by_class) == pytest.approx(class_iou(confusion).tolist(), abs=1e-4)
    assert run.background == pytest.approx(float(confusion[0].sum() / confusion.sum()), abs=1e-4)
    assert len(run.ablations) == sum(getattr(trained_network(run.name), "skips", ()))


@pytest.mark.parametrize("few", ["", "-200"])
def test_a_frozen_detector_stands_on_the_classifier_that_ships(few: str) -> None:
    name = f"scene-detector-frozen{few}"
    features = trained_network("scene-classifier").features.state_dict()
    own = trained_network(name).features.state_dict()
    assert all(torch.equal(features[key], own[key]) for key in features)
