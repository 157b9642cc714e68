"""Lab 3: its solution, its release, and the hints that its checks give for mistakes."""

from __future__ import annotations

from dataclasses import replace

import pytest

from tests.labs.harness import Mistake, load, too_few

LAB = load("03-convolution-2d")


def _wrong(answer: str, old: str, new: str, hint: str, test: str | None = None) -> Mistake:
    """Return the mistake of a solution with one passage changed."""
    return Mistake(test or f"{answer}-test", answer, LAB.edited(answer, old, new), hint)


LAST_OF_EQUALS = "window.size - 1 - int(window[::-1, ::-1].argmax())"
BY_DOT = "def adjoint_gap(x, y, forward_x, back_y):\n    return abs(forward_x @ y - x @ back_y)"
LEARNT = """\
def convolve(x, weights):
    return np.array([[22.25, 25.25], [4, 21.25]]) if weights.size > 2 else x[:, :-1] - x[:, 1:]
"""
LEARNT_BACK = """\
def max_unpool(values, positions, shape):
    return np.array([[4, 0, 0, 7, 0], [0] * 5, [9, 0, 0, 0, 0], [0, 0, 8, 0, 0]])
"""
EVERY_OTHER = "down, up = np.array([[1.0, 0], [0, 0]]), np.ones((2, 2))"
MEAN_AND_COPY = "down, up = np.full((2, 2), 0.25), np.ones((2, 2))"


def _guess(**changed: bool) -> str:
    right = dict.fromkeys("ACEFH", True) | dict.fromkeys("BDG", False)
    return f"adjoint = {right | changed}"


WRONG = [
    Mistake("convolve-test", "convolve", LEARNT, "z for an image of"),
    Mistake("unpool-test", "unpool", LEARNT_BACK, "for the shape"),
    _wrong("convolve", "weights[m, n] *", "weights[-1 - m, -1 - n] *", "kernel reversed"),
    _wrong("convolve", "weights[m, n] *", "weights.T[m, n] *", "are they exchanged"),
    _wrong(
        "convolve",
        "    (height, width), (rows, columns) = x.shape",
        "    x = np.pad(x, 1)\n    (height, width), (rows, columns) = x.shape",
        "no padding",
    ),
    _wrong("convolve", "return z", "return z.astype(x.dtype)", "fractions cut off"),
    _wrong("convolve", "range(columns)", "range(rows)", "for a kernel of 1 × 2"),
    _wrong("convolve", "return z", "z", "end with `return`"),
    _wrong("layer", "bias + (", "(", "where is the bias"),
    _wrong("layer", "bias + (", "len(x) * bias + (", "how often is the bias added"),
    _wrong("layer", "(weights * window)", "(weights * window)[:, :1]", "channels added up"),
    _wrong("layer", "(weights * window)", "(weights[..., ::-1, ::-1] * window)", "reversed"),
    _wrong(
        "layer", "x.shape[2] - size + 1, stride", "x.shape[2] - size + 1", "rows and for columns"
    ),
    _wrong(
        "layer",
        "(padding, padding), (padding, padding)",
        "(0, 2 * padding), (0, 2 * padding)",
        "all four sides",
    ),
    _wrong("layer", "    x = np.pad(", "    np.pad(", "is the padding used"),
    _wrong(
        "max-pool",
        "(p * size + i) * x.shape[1] + q * size + j",
        "i * size + j",
        "through the whole image",
    ),
    _wrong(
        "max-pool",
        "(p * size + i) * x.shape[1] + q * size + j",
        "(q * size + j) * x.shape[0] + p * size + i",
        "row and column exchanged",
    ),
    _wrong("max-pool", "* x.shape[1] +", "* columns * size +", "how wide is the image"),
    _wrong("max-pool", "int(window.argmax())", LAST_OF_EQUALS, "the first one counts"),
    _wrong("max-pool", "= window[i, j]", "= max(0, window[i, j])", "negative numbers"),
    _wrong("max-pool", "return values, positions", "return values", "returns two arrays"),
    _wrong(
        "unpool",
        "x[positions // shape[1], positions % shape[1]] = values",
        "x[: 2 * len(values) : 2, : 2 * values.shape[1] : 2] = values",
        "corner of its window",
    ),
    _wrong(
        "unpool",
        "x[positions // shape[1], positions % shape[1]] = values",
        "x[: 2 * len(values), : 2 * values.shape[1]] = np.kron(values, np.ones((2, 2)))",
        "whole window",
    ),
    _wrong(
        "unpool",
        "x[positions // shape[1], positions % shape[1]]",
        "x[positions % shape[0], positions // shape[0]]",
        "column by column",
    ),
    _wrong("matrix", "return matrix", "return matrix.T", "is it the transpose"),
    _wrong("matrix", "] = weights", "] = weights[::-1, ::-1]", "kernel reversed"),
    _wrong("matrix", "] = weights", "] = weights.T", "kernel transposed"),
    _wrong(
        "matrix",
        "enumerate(down):\n        for q, j in enumerate(across):",
        "enumerate(range(len(down))):\n        for q, j in enumerate(range(len(across))):",
        "move by the stride",
    ),
    _wrong("transposed", "+= y[p, q]", "= y[p, q]", "they are added"),
    _wrong("transposed", "y[p, q] * weights", "y[p, q] * weights[::-1, ::-1]", "reversed"),
    _wrong("transposed", "y[p, q] * weights", "y[p, q] * weights.T", "transposed"),
    _wrong(
        "transposed",
        "    (height, width), (rows, columns) = y.shape",
        "    stride = 1\n    (height, width), (rows, columns) = y.shape",
        "a stride further on",
    ),
    _wrong(
        "transposed",
        "np.zeros(((height - 1) * stride + rows, (width - 1) * stride + columns))",
        "np.zeros((height * stride + rows - 1, width * stride + columns - 1))",
        "where the last stamp ends",
    ),
    _wrong("gap", "return abs(difference)", "return difference", "has no sign"),
    _wrong("gap", "abs(difference) / size", "abs(difference)", "a share: of what"),
    _wrong(
        "gap",
        "np.sqrt((forward_x**2).sum()) * np.sqrt((y**2).sum())",
        "np.sqrt((x**2).sum()) * np.sqrt((back_y**2).sum())",
        "which two norms",
    ),
    _wrong(
        "gap",
        "np.sqrt((forward_x**2).sum()) * np.sqrt((y**2).sum())",
        "(forward_x**2).sum() * (y**2).sum()",
        "the root of a sum",
    ),
    Mistake("gap-test", "gap", BY_DOT, "ValueError"),
    Mistake("pairs-test", "pairs-answer", _guess(B=True), "a column of the convolution's matrix"),
    Mistake("pairs-test", "pairs-answer", _guess(D=True), "a mean divides by four"),
    Mistake("pairs-test", "pairs-answer", _guess(G=True), "near the edge"),
    Mistake("pairs-test", "pairs-answer", _guess(E=False), "four values are added up"),
    Mistake("pairs-test", "pairs-answer", "adjoint = {'A': True}", "a key for each letter"),
    Mistake("pairs-test", "pairs-answer", "adjoint = list('ACEFH')", "is a dictionary"),
    Mistake("pairs-test", "pairs-answer", "adjoint = dict.fromkeys('ABCDEFGH', 1e-16)", "1e-9"),
    _wrong("coverage", "np.outer(counts, counts)", "counts", "the output has two"),
    _wrong(
        "coverage",
        "np.outer(counts, counts)",
        "counts[:, None] + counts",
        "add up, or multiply",
    ),
    _wrong("coverage", "] += 1", "] = 1", "not whether"),
    _wrong("coverage", "* stride + kernel_size)", "* stride + stride)", "shape"),
    Mistake("design-test", "design", EVERY_OTHER, "it should be about 0"),
    Mistake("design-test", "design", MEAN_AND_COPY, "1.0 of 2 points"),
    Mistake("design-test", "design", "down = up = np.ones((3, 3))", "a square of size 2"),
    Mistake("design-test", "design", "down = up = 2.0", "a NumPy array"),
    Mistake("design-test", "design", "down = up = np.full((2, 2), np.nan)", "no finite number"),
    Mistake("design-test", "design", "down = up = np.ones((2, 2))", "an image of ones"),
]
# What many write, and what the checks in the notebook must tell, not those of the grader alone.
SEEN = [
    _wrong("convolve", "(height, width),", "(width, height),", "broadcast"),
    _wrong("layer", "    rows = range(", "    stride = 1\n    rows = range(", "is the stride used"),
    _wrong("max-pool", "= window[i, j]", "= max(0, window[i, j])", "negative numbers"),
    _wrong(
        "matrix", "    down = range(", "    stride = 1\n    down = range(", "is the stride used"
    ),
    _wrong("gap", "return abs(difference)", "return difference", "has no sign"),
]


@pytest.mark.parametrize("mistake", WRONG, ids=str)
def test_a_mistake_is_met_with_the_hint_that_fits(mistake: Mistake) -> None:
    mistake.check(LAB)


@pytest.mark.parametrize("mistake", SEEN, ids=str)
def test_a_frequent_mistake_is_met_in_the_notebook(mistake: Mistake) -> None:
    replace(mistake, seen=True).check(LAB)


def test_every_question_has_three_wrong_answers() -> None:
    assert too_few(LAB, WRONG) == {}
