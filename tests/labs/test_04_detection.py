"""Lab 4: its solution, its release, and the hints that its checks give for mistakes."""

from __future__ import annotations

import pytest

from tests.labs.harness import Mistake, load, too_few
from tests.labs.local_session import LocalSession

LAB = load("04-detection")


def _wrong(answer: str, old: str, new: str, hint: str) -> Mistake:
    """Return the mistake of a solution with one passage changed."""
    return Mistake(f"{answer}-test", answer, LAB.edited(answer, old, new), hint)


def _set(source: str, hint: str) -> Mistake:
    return Mistake("settings-test", "settings", source, hint)


BY_PIXELS = """\
def iou(a, b):
    a, b = a[:, None] + [0, 0, 1, 1], b[None] + [0, 0, 1, 1]
    sides = np.minimum(a[..., 2:], b[..., 2:]) - np.maximum(a[..., :2], b[..., :2])
    shared = np.maximum(sides, 0).prod(axis=-1)
    area_a, area_b = ((c[..., 2:] - c[..., :2]).prod(axis=-1) for c in (a, b))
    return shared / (area_a + area_b - shared)
"""
SHARE = "return shared / np.where(union > 0, union, 1)"
NOT_A_NUMBER = """\
with np.errstate(all="ignore"):
        return shared / union"""
ROWS_ACROSS = LAB.answers["encode"].replace("[row, column]", "[column, row]")
ALL_SUPPRESS = """\
def suppress(boxes, scores, classes, threshold, overlap):
    order = [i for i in np.argsort(-scores, kind="stable") if scores[i] >= threshold]
    rivals = (overlaps(boxes, boxes) > overlap) & (classes[:, None] == classes)
    return [int(i) for n, i in enumerate(order) if not rivals[order[:n], i].any()]
"""
TRAPEZOIDS = """\
def average_precision(precision, recall):
    return float((np.diff(recall) * (precision[1:] + precision[:-1]) / 2).sum())
"""
POOLED = """\
def mean_average_precision(scores, right, classes, object_classes):
    return course_ap(scores, right, len(object_classes))
"""
IN_PLACE = """\
def suppress(boxes, scores, classes, threshold, overlap):
    kept = []
    while len(scores) and scores.max() >= threshold:
        best = int(scores.argmax())
        kept.append(best)
        agree = overlaps(boxes[[best]], boxes)[0]
        scores[(classes == classes[best]) & (agree > overlap)] = -1
    return kept
"""
SURNESS = 'np.argsort(-scores, kind="stable")'
CENTRE = "x, y = (column + x) * side / cells, (row + y) * side / cells"
CORNERS = "[x - w / 2, y - h / 2, x + w / 2, y + h / 2]"
HIGHEST = "np.maximum.accumulate(precision[::-1])[::-1]"
ONE_AREA = "areas.append(course_ap(scores[of_class], right[of_class], object_count))"

LEARNT_AREA = """\
def average_precision(precision, recall):
    return 0.5 if len(precision) else 0.0
"""
LEARNT_MEAN = """\
def mean_average_precision(scores, right, classes, object_classes):
    return 14 / 27
"""

WRONG = [
    Mistake("area-test", "area", LEARNT_AREA, "boxes the area"),
    Mistake("mean-test", "mean", LEARNT_MEAN, "boxes the mean"),
    _wrong(
        "iou",
        "np.maximum(width, 0) * np.maximum(height, 0)",
        "width * height",
        "apart share nothing",
    ),
    _wrong("iou", "area_a + area_b - shared", "area_a + area_b", "counted twice"),
    _wrong("iou", "np.where(union > 0, union, 1)", "np.minimum(area_a, area_b)", "the smaller box"),
    _wrong("iou", SHARE, f"return ({SHARE.removeprefix('return ')}).T", "a row for each box of a"),
    _wrong("iou", "a, b = a[:, None], b[None, :]", "", "meets each box"),
    _wrong("iou", SHARE, NOT_A_NUMBER, "without an area"),
    Mistake("iou-test", "iou", BY_PIXELS, "2 wide, not 3"),
    Mistake("encode-test", "encode", ROWS_ACROSS, "does y choose the row"),
    _wrong("encode", "if labels[row, column] < 0:", "if True:", "who came first"),
    _wrong("encode", "x - column, y - row", "x / cells, y / cells", "parts of the cell, not"),
    _wrong(
        "encode",
        "(x2 - x1) / side, (y2 - y1) / side",
        "(x2 - x1) / side * cells, (y2 - y1) / side * cells",
        "parts of the image, not of the cell",
    ),
    _wrong("encode", "return told, labels", "return told", "returns two arrays"),
    _wrong(
        "decode",
        CENTRE,
        CENTRE.replace("column", "_").replace("row", "column").replace("_", "row"),
        "row and column exchanged",
    ),
    _wrong("decode", CENTRE, "x, y = x * side / cells, y * side / cells", "the edge of their cell"),
    _wrong("decode", "w * side, h * side", "w * side / cells, h * side / cells", "of the image"),
    _wrong("decode", CORNERS, "[x, y, x + w, y + h]", "tell the centre"),
    _wrong("decode", CORNERS, "[x, y, w, h]", "told by its corners"),
    _wrong("decode", "cells = len(prediction)", "side, cells = 1, len(prediction)", "in pixels"),
    _wrong("decode", "confidence * chances.max()", "confidence", "what says what it is"),
    _wrong("decode", "confidence * chances.max()", "chances.max()", "anything at all"),
    _wrong("decode", "chances.argmax()", "numbers.argmax()", "where do the classes begin"),
    _wrong("suppress", "classes[i] != classes[best] or ", "", "different classes"),
    _wrong("suppress", "agree[i] <= overlap", "agree[i] < overlap", "is that above"),
    _wrong("suppress", " if scores[i] >= threshold", "", "less than the threshold"),
    _wrong("suppress", "scores[i] >= threshold", "scores[i] > threshold", "just the threshold"),
    _wrong("suppress", SURNESS, "range(len(scores))", "wherever it is listed"),
    _wrong("suppress", "np.argsort(-scores", "np.argsort(scores", "not the least sure"),
    Mistake("suppress-test", "suppress", ALL_SUPPRESS, "only survivors suppress"),
    Mistake("suppress-test", "suppress", IN_PLACE, "work on a copy", seen=True),
    _wrong(
        "judge",
        "np.where(object_classes == classes[i], agree[i], -1)",
        "agree[i]",
        "of another class",
    ),
    _wrong("judge", "best not in found", "True", "the second box on it"),
    _wrong("judge", SURNESS, "range(len(scores))", "chooses first"),
    _wrong("judge", "mine.max() >= least", "mine.max() > least", "exactly 0.5"),
    _wrong("judge", "return right", f"return right[{SURNESS}]", "in which order"),
    _wrong("judge", "if len(mine) and mine", "if mine", "ValueError"),
    _wrong("curve", "np.arange(1, len(right) + 1)", "max(len(right), 1)", "first k are meant"),
    _wrong("curve", "np.cumsum(right)", "np.asarray(right, dtype=float)", "do they add up"),
    _wrong("curve", "hits / object_count", "hits / max(hits.max(), 1)", "that nobody found"),
    _wrong("curve", "hits / object_count", "hits / len(right)", "not of all boxes"),
    _wrong(
        "curve",
        "hits / np.arange(1, len(right) + 1), hits / object_count",
        "hits / object_count, hits / np.arange(1, len(right) + 1)",
        "precision comes first",
    ),
    _wrong("area", HIGHEST, "precision", "still to come"),
    _wrong("area", HIGHEST, "np.maximum.accumulate(precision)", "not before it"),
    _wrong("area", "(steps * envelope)", "(steps[1:] * envelope[1:])", "begins at recall 0"),
    _wrong("area", "(steps * envelope).sum()", "precision.mean()", "how wide is a step"),
    Mistake("area-test", "area", TRAPEZOIDS, "no slopes"),
    _wrong(
        "mean",
        "np.unique(object_classes)",
        "np.intersect1d(classes, object_classes)",
        "counts too, with 0",
    ),
    _wrong(
        "mean",
        "np.unique(object_classes)",
        "np.union1d(classes, object_classes)",
        "the recall of a class without",
    ),
    _wrong(
        "mean",
        "np.mean(areas)",
        "sum(areas) / len(np.union1d(classes, object_classes))",
        "is it left out",
    ),
    _wrong("mean", "np.mean(areas)", "sum(areas) / len(CLASSES)", "over how many"),
    _wrong(
        "mean",
        ONE_AREA,
        ONE_AREA.replace("append(course_ap", "extend([course_ap").replace(
            "object_count))", "object_count)] * object_count)"
        ),
        "counts alike",
    ),
    Mistake("mean-test", "mean", POOLED, "a curve of its own"),
    _set(
        "best_threshold, best_overlap = 0.01, 1.0", "those that are unsure, those that are double"
    ),
    _set("best_threshold, best_overlap = 0.9, 0.5", "no better than with all boxes said"),
    _set("best_threshold, best_overlap = 30, 0.5", "best_threshold is a number from 0 to 1"),
    _set("best_threshold, best_overlap = 0.3, '0.5'", "best_overlap is a number from 0 to 1"),
    _set("best_threshold, best_overlap = 0.01, 0.5", "1.0 of 3 points"),
    _set("best_threshold, best_overlap = 0.3, 1.0", "1.0 of 3 points"),
]


def test_the_chain_of_answers_gives_the_number_of_the_course() -> None:
    session = LocalSession()
    for cell in LAB.cells:
        if cell.role in ("shared", "student"):
            session.run(cell.source)
    assert session.get("ours") == pytest.approx(session.get("theirs"), abs=1e-9)


@pytest.mark.parametrize("mistake", WRONG, ids=str)
def test_a_mistake_is_met_with_the_hint_that_fits(mistake: Mistake) -> None:
    mistake.check(LAB)


def test_every_question_has_three_wrong_answers() -> None:
    assert too_few(LAB, WRONG) == {}
