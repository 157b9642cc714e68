from __future__ import annotations

import contextlib
import io
from typing import Any

import matplotlib.pyplot as plt
import numpy as np
import pytest

from tests.labs.harness import Mistake, failures, load, too_few

LAB = load("05-segmentation")

COUNT_BY_LOOP = """\
def confusion(prediction, truth, classes, ignore=None):
    matrix = np.zeros((classes, classes), dtype=int)
    for said_here, true_here in zip(np.ravel(prediction), np.ravel(truth)):
        if ignore is None or true_here != ignore:
            matrix[true_here, said_here] += 1
    return matrix"""
IOU_BY_CLASS = """\
def pixel_accuracy(matrix):
    return sum(matrix[c, c] for c in range(len(matrix))) / matrix.sum()

def class_iou(matrix):
    result = []
    for c in range(len(matrix)):
        union = matrix[c].sum() + matrix[:, c].sum() - matrix[c, c]
        result.append(matrix[c, c] / union if union else float("nan"))
    return result"""
MEAN_OF_IMAGES = """\
def mean_iou(intersections, unions):
    return np.mean([np.nanmean(a / b) for a, b in zip(intersections, unions)])"""
MEAN_OF_CLASSES = """\
def mean_iou(intersections, unions):
    return np.nanmean(np.nanmean(intersections / unions, axis=0))"""
LEVEL_BY_ABLATION = """\
def level_up(below, across, enlarge, mix):
    wide = functional.conv_transpose2d(below[None], enlarge, stride=2)
    both = torch.cat([across[None], wide], dim=1)
    without = torch.cat([torch.zeros_like(across)[None], wide], dim=1)
    everything = functional.conv2d(both, mix, padding=1)[0]
    from_below = functional.conv2d(without, mix, padding=1)[0]
    return everything - from_below, from_below"""
OF_THE_WRONG = """\
def wrong_by_distance(wrong, distance, edges):
    return np.histogram(distance[wrong], edges)[0] / wrong.sum()"""
OF_ALL = """\
def wrong_by_distance(wrong, distance, edges):
    return np.histogram(distance[wrong], edges)[0] / wrong.size"""
OTHER_FAILURE = 'failure = {"scene": 820, "object": "mushroom", "called": "umbrella"}'

WRONG = [
    Mistake(
        "confusion-test",
        "confusion",
        LAB.edited(
            "confusion",
            "truth.astype(np.int64) * classes + prediction",
            "prediction.astype(np.int64) * classes + truth",
        ),
        "which of the two makes the rows",
    ),
    Mistake(
        "confusion-test",
        "confusion",
        LAB.edited("confusion", "if ignore is not None:", "if False:"),  # 255 stays in bincount
        "pixels that are to be ignored were counted",
        seen=True,
    ),
    Mistake(
        "confusion-test",
        "confusion",
        LAB.edited("confusion", "if ignore is not None:", "if ignore == 255:"),
        "pixels that are to be ignored were counted",
    ),
    Mistake(
        "confusion-test",
        "confusion",
        LAB.edited("confusion", "truth.astype(np.int64) * classes", "truth * classes"),
        "a byte holds no number above 255",
    ),
    Mistake(
        "confusion-test",
        "confusion",
        LAB.edited("confusion", "np.bincount(pairs, minlength=classes**2)", "np.bincount(pairs)"),
        "cannot reshape",
    ),
    Mistake(
        "confusion-test",
        "confusion",
        LAB.edited(
            "confusion",
            "known = truth != ignore",
            "known = truth != ignore\n        truth[~known] = 0",
        ),
        "after your function has used it",
        seen=True,
    ),
    Mistake(
        "measures-test",
        "measures",
        LAB.edited(
            "measures", "matrix.sum(axis=0) + matrix.sum(axis=1) - hit", "matrix.sum(axis=1)"
        ),
        "what part of a class was found",
    ),
    Mistake(
        "measures-test",
        "measures",
        LAB.edited(
            "measures", "matrix.sum(axis=0) + matrix.sum(axis=1) - hit", "matrix.sum(axis=0)"
        ),
        "what part of the pixels that were called so",
    ),
    Mistake(
        "measures-test",
        "measures",
        LAB.edited("measures", "matrix.sum(axis=1) - hit", "matrix.sum(axis=1)"),
        "how often does the sum of row and column",
    ),
    Mistake(
        "measures-test",
        "measures",
        LAB.edited("measures", "np.full(len(hit), np.nan)", "np.zeros(len(hit))"),
        "class 2 stands nowhere",
    ),
    Mistake(
        "measures-test",
        "measures",
        LAB.edited("measures", "where=either > 0", "where=matrix.sum(axis=1) > 0"),
        "whoever sees what is not there",
    ),
    Mistake("mean-test", "mean", MEAN_OF_IMAGES, "before anything is divided"),
    Mistake("mean-test", "mean", MEAN_OF_CLASSES, "not the other way round"),
    Mistake(
        "mean-test",
        "mean",
        LAB.edited("mean", "np.mean(both[there] / either[there])", "np.mean(both / either)"),
        "nothing over nothing",
    ),
    Mistake(
        "mean-test",
        "mean",
        LAB.edited(
            "mean",
            "np.mean(both[there] / either[there])",
            "np.mean(np.nan_to_num(both / either))",
        ),
        "also not as 0",
    ),
    Mistake(
        "mean-test",
        "mean",
        LAB.edited("mean", "np.mean(both[there] / either[there])", "both.sum() / either.sum()"),
        "one large class outweighs",
    ),
    Mistake(
        "forget-test",
        "forget",
        "def forget(matrix, c):\n    changed = matrix.copy()\n    changed[0] += changed[c]\n"
        "    changed[c] = 0\n    return changed",
        "what is true does not change",
    ),
    Mistake(
        "forget-test",
        "forget",
        LAB.edited("forget", "changed[:, 0] += changed[:, c]", "pass"),
        "no pixel may get lost",
    ),
    Mistake(
        "forget-test",
        "forget",
        "def forget(matrix, c):\n    changed = matrix.copy()\n    changed[:, 0] += changed[:, c]\n"
        "    return np.delete(changed, c, axis=1)",
        "the matrix keeps its size",
    ),
    Mistake(
        "forget-test",
        "forget",
        LAB.edited("forget", "return changed", "return changed.tolist()"),
        "must be an array",
        seen=True,
    ),
    Mistake(
        "forget-test",
        "forget",
        LAB.edited("forget", "matrix.copy()", "matrix"),
        "that your function was given",
        seen=True,
    ),
    Mistake(
        "shapes-test",
        "shapes",
        LAB.edited("shapes", "channels += more", "pass"),
        "to join is not to add",
    ),
    Mistake(
        "shapes-test",
        "shapes",
        LAB.edited("shapes", "height // 2, width // 2", "-(-height // 2), -(-width // 2)"),
        "a window that is not full",
    ),
    Mistake(
        "shapes-test",
        "shapes",
        LAB.edited("shapes", "if size != [height, width]:", "if False:"),
        "cannot lie beside",
    ),
    Mistake(
        "shapes-test",
        "shapes",
        LAB.edited("shapes", "if size != [height, width]:", "if size[0] != height:"),
        "whose width alone differs",
    ),
    Mistake(
        "shapes-test",
        "shapes",
        LAB.edited("shapes", "return found", "return [(c, w, h) for c, h, w in found]"),
        "which of height and width comes first",
    ),
    Mistake(
        "level-test",
        "level",
        LAB.edited(
            "level",
            "channels = across.shape[0]",
            "channels = across.shape[0]\n    mix = mix.roll(channels, dims=1)",
        ),
        "which of the two maps lies first",
    ),
    Mistake(
        "level-test",
        "level",
        LAB.edited("level", "from_across[0], from_below[0]", "from_below[0], from_across[0]"),
        "which of the two is returned first",
    ),
    Mistake(
        "level-test",
        "level",
        LAB.edited(
            "level",
            "return from_across[0], from_below[0]",
            "both = from_across[0] + from_below[0]\n    return both, torch.zeros_like(both)",
        ),
        "the whole sum",
    ),
    Mistake(
        "level-test",
        "level",
        LAB.edited(
            "level",
            "return from_across[0], from_below[0]",
            "both = (from_across[0] + from_below[0]).relu()\n    return both, both * 0",
        ),
        "cut off at zero",
    ),
    Mistake(
        "cuts-test",
        "cuts",
        LAB.answers["cuts"].replace("[things]", ""),
        "where the truth is no background",
    ),
    Mistake(
        "cuts-test",
        "cuts",
        LAB.answers["cuts"].replace("!=", "=="),
        "the share of what is right",
    ),
    Mistake(
        "cuts-test",
        "cuts",
        LAB.edited("cuts", "in range(3)", "in (2, 1, 0)"),
        "level 0 is nearest the image",
    ),
    Mistake(
        "cuts-test",
        "cuts",
        LAB.edited("cuts", "wrong_never = float(", "wrong_never = 100 * float("),
        "a percentage is not",
    ),
    Mistake("bands-test", "bands", OF_THE_WRONG, "not: of the wrong pixels"),
    Mistake("bands-test", "bands", OF_ALL, "of a band's own pixels"),
    Mistake(
        "bands-test",
        "bands",
        LAB.edited(
            "bands",
            "distance < edges[k + 1]",
            "distance <= edges[k + 1]",
        ),
        "to which band does a distance belong",
    ),
    Mistake(
        "bands-test",
        "bands",
        LAB.edited("bands", "np.full(len(edges) - 1, np.nan)", "np.zeros(len(edges) - 1)"),
        "a band without a pixel",
    ),
    Mistake(
        "bands-test",
        "bands",
        LAB.edited(
            "bands",
            "distance >= edges[k]",
            "distance >= (edges[k] if k else 0)",
        ),
        "before the first edge",
    ),
    Mistake("failure-test", "failure", 'failure = ("ball", 12)', "is a dictionary"),
    Mistake(
        "failure-test",
        "failure",
        'failure = {"scene": 3, "object": "fish", "called": "leaf"}',
        "one of those in `failing`",
    ),
    Mistake(
        "failure-test",
        "failure",
        'failure = {"scene": 1148, "object": "ball", "called": "fish"}',
        "does not stand in this scene",
    ),
    Mistake(
        "failure-test",
        "failure",
        'failure = {"scene": 1148, "object": "mug", "called": "background"}',
        "more of its wrong pixels",
    ),
    Mistake(
        "failure-test",
        "failure",
        'failure = {"scene": 1148, "object": "mug", "called": "mug"}',
        "is called something else",
    ),
    Mistake(
        "failure-test",
        "failure",
        'failure = {"scene": 1008, "object": "umbrella", "called": "fish"}',
        "at least half",
    ),
]


def test_the_solution_has_full_marks() -> None:
    assert failures(LAB.judge()) == {}
    assert LAB.points == 27


@pytest.mark.parametrize(
    ("test", "answer", "source"),
    [
        ("confusion-test", "confusion", COUNT_BY_LOOP),
        ("measures-test", "measures", IOU_BY_CLASS),
        ("level-test", "level", LEVEL_BY_ABLATION),
        ("failure-test", "failure", OTHER_FAILURE),
    ],
)
def test_a_right_answer_of_another_kind_passes(test: str, answer: str, source: str) -> None:
    assert LAB.judge({answer: source}, only=test) == {test: None}


def test_parts_in_the_wrong_order_are_met_in_the_notebook() -> None:
    turned = LAB.edited("level", "from_across[0], from_below[0]", "from_below[0], from_across[0]")
    hint = "which of the two is returned first"
    Mistake("level-test", "level", turned, hint, seen=True).check(LAB)


@pytest.mark.parametrize("mistake", WRONG, ids=str)
def test_a_mistake_is_met_with_the_hint_that_fits(mistake: Mistake) -> None:
    mistake.check(LAB)


def test_every_question_has_three_wrong_answers() -> None:
    assert too_few(LAB, WRONG) == {}


@pytest.fixture(scope="module")
def space() -> dict[str, Any]:
    """Return the names of the solution's notebook when all of its cells have run."""
    names: dict[str, Any] = {}
    with contextlib.redirect_stdout(io.StringIO()):
        for cell in LAB.cells:
            if cell.role in ("shared", "student"):
                exec(cell.source, names)
    plt.close("all")
    return names


def test_what_the_text_says_of_the_measures_holds(space: dict[str, Any]) -> None:
    assert 0.965 < space["pixel_accuracy"](space["matrix"]) < 0.98
    accuracy, iou = np.transpose(space["losses"])
    assert accuracy.max() < 0.03
    assert iou.min() > 0.04


def test_what_the_text_says_of_the_skips_holds(space: dict[str, Any]) -> None:
    assert space["wrong_when_cut"][2] > 2 * space["wrong_never"]
    inside = np.where(space["truth"] > 0, space["distance"], -1)
    whole, cut, never = (
        space["wrong_by_distance"](answer != space["truth"], inside, [0, 1, 3, 6, np.inf])
        for answer in space["named"].values()
    )
    assert cut[0] > 1.4 * whole[0]
    assert cut[2:] == pytest.approx(whole[2:], abs=0.01)
    assert (never[:3] > whole[:3] + 0.01).all()
    assert max(whole[3], cut[3], never[3]) < 0.03


@pytest.mark.parametrize(
    ("scene", "change", "right"),
    [
        (252, {}, 0.11),
        (252, {"scale": 0.35}, 0.98),
        (252, {"scale": 0.25}, 0.95),
        (1148, {}, 0.0),
        (1148, {"scale": 0.25}, 0.95),
        (1148, {"light": 1.3}, 0.95),
        (1148, {"light": 0.7}, 0.0),
        (1148, {"x": 0.3, "y": 0.3}, 0.7),
        (1148, {"x": 0.3, "y": 0.7}, 0.0),
    ],
)
def test_the_experiments_of_the_text_come_out_so(
    space: dict[str, Any], scene: int, change: dict[str, float], right: float
) -> None:
    assert scene in space["failing"]
    seen = space["named_right"](space["altered"](scene, 0, **change))
    assert seen == pytest.approx(right, abs=0.01)
