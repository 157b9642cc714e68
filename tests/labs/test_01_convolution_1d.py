from __future__ import annotations

from dataclasses import replace

import pytest

from tests.labs.harness import Mistake, failures, load, too_few

LAB = load("01-convolution-1d")


def edit(test: str, old: str, new: str, hint: str) -> Mistake:
    """Return the solution of a test's question with one passage changed, and its hint."""
    answer = test.removesuffix("-test")
    return Mistake(test, answer, LAB.edited(answer, old, new), hint)


def instead(test: str, signature: str, body: str, hint: str) -> Mistake:
    """Return another function in the place of a test's answer, and its hint."""
    return Mistake(test, test.removesuffix("-test"), f"def {signature}:\n    {body}", hint)


SUM = "weighted_sum(x, kernel, start, dilation=1)"
LENGTH = "output_length(length, kernel_size, stride=1, dilation=1, padding=0)"
SLIDE = "slide(x, kernel)"
CONVOLVE = "convolve(x, kernel, stride=1, dilation=1)"
SHIFT = "output_shift(shift, stride)"
READ = "read_matrix(matrix)"
TWO_ROWS = "a, b = np.flatnonzero(matrix[0]), np.flatnonzero(matrix[1])"
PEAKS = "find_peaks(z, threshold)"
REFLECT = "x[length - 1 - np.abs(length - 1 - np.abs(places))]"
CIRCULAR = "x[places % length]"
EVERY_BEAT = "60 * rate * (len(beats) - 1) / (beats[-1] - beats[0])"

WRONG = [
    edit("weighted-sum-test", "enumerate(kernel)", "enumerate(kernel[::-1])", "not reversed"),
    edit("weighted-sum-test", "x[start +", "x[start - 1 +", "not the middle one"),
    edit("weighted-sum-test", "weight * x", "x", "does each value meet its weight"),
    edit("weighted-sum-test", "k * dilation", "k", "is the dilation used"),
    edit("weighted-sum-test", "k * dilation", "k * (k and dilation + (dilation > 1))", "one gap"),
    instead(
        "weighted-sum-test",
        SUM,
        "return sum(kernel[k] * x[start + k * dilation] for k in range(min(3, len(kernel))))",
        "any number of weights",
    ),
    edit("output-length-test", "// stride + 1", "// stride", "does the first position count"),
    edit("output-length-test", "//", "/", "round down"),
    edit("output-length-test", "free // stride + 1", "-(-free // stride) + 1", "end inside"),
    edit("output-length-test", "(kernel_size - 1) + 1", "kernel_size", "two distances"),
    edit("output-length-test", "dilation * (", "(dilation + (dilation > 1)) * (", "one gap"),
    edit("output-length-test", "dilation * (", "(", "covers more places"),
    edit("output-length-test", "2 * padding", "padding", "both ends"),
    edit("output-length-test", " + 2 * padding", "", "is the padding counted"),
    edit("output-length-test", "free < 0", "False", "do not fit into four"),
    edit("output-length-test", "free < 0", "kernel_size > length", "the kernel is wider than"),
    instead("output-length-test", LENGTH, "return length // stride", "nothing is padded"),
    edit("slide-test", "kernel @", "kernel[::-1] @", "reversed"),
    edit("slide-test", "len(x) - size + 1", "len(x) - size", "is one missing"),
    edit("slide-test", "size = len(kernel)", "size = min(3, len(kernel)); kernel = kernel[:3]",
         "or only three"),
    edit("slide-test", "size = len(kernel)", "size = len(kernel); x = np.pad(x, 1)",
         "zeros beyond"),
    instead(
        "slide-test", SLIDE, "return np.correlate(x, kernel, 'valid')[: len(x) - 2]",
        "some values missing",
    ),
    edit("convolve-test", ", stride)", ")", "is the stride used"),
    edit("convolve-test", "for i in starts", "for i in range(len(starts))", "the places are not"),
    instead(
        "convolve-test",
        CONVOLVE,
        "return np.correlate(x, np.kron(kernel, np.eye(stride)[0])[: 1 - stride or None], 'valid')",
        "moves the kernel, not its weights",
    ),
    instead(
        "convolve-test",
        CONVOLVE,
        "return np.correlate(x, kernel, 'valid')[::stride]",
        "is the dilation used",
    ),
    instead(
        "convolve-test",
        CONVOLVE,
        "return np.correlate(x, np.kron(kernel, [1] + [0] * (dilation if dilation > 1 else 0))"
        "[: -dilation if dilation > 1 else None], 'valid')[::stride]",
        "one gap",
    ),
    instead(
        "convolve-test",
        CONVOLVE,
        "return np.correlate(x, kernel, 'valid')[:: stride * dilation]",
        "moves the weights apart",
    ),
    edit("pad-test", "np.zeros(left), x, np.zeros(right)", "np.zeros(right), x, np.zeros(left)",
         "taken for each other"),
    edit("pad-test", "x[np.clip(places, 0, length - 1)]",
         "np.concatenate([x[:left], x, x[-right:]])", "not the first few"),
    edit("pad-test", REFLECT, "np.pad(x, (left, right), 'symmetric')", "stands on the border"),
    edit("pad-test", REFLECT, "np.concatenate([x[1 : left + 1], x, x[-right - 1 : -1]])",
         "turns the order round"),
    edit("pad-test", CIRCULAR, "np.concatenate([x[:left], x, x[len(x) - right :]])",
         "the other end of the signal"),
    edit("pad-test", CIRCULAR, "np.concatenate([x[::-1][:left], x, x[:right]])",
         "does not turn back"),
    edit("pad-test", CIRCULAR, "np.concatenate([x[-left:], x, x[:right]])", "x[-n:]"),
    edit("pad-test", 'raise ValueError(f"there is no mode {mode!r}")', "return x", "no mode"),
    edit("output-shift-test", "shift // stride if shift % stride == 0 else None", "shift",
         "one output stands for two"),
    edit("output-shift-test", "shift // stride if", "shift * stride if", "larger or smaller"),
    edit("output-shift-test", "shift // stride if shift % stride == 0 else None", "shift / stride",
         "half a place"),
    edit("output-shift-test", "shift // stride if shift % stride == 0 else None", "shift // stride",
         "does the output stay"),
    edit("output-shift-test", "if shift % stride == 0 else None",
         "if shift % stride == 0 and shift >= 0 else None", "to the left"),
    instead("output-shift-test", SHIFT, "return shift // stride if shift and not shift % stride"
            " else None", "a shift by 0"),
    edit("convolution-matrix-test", "return matrix", "return matrix.T", "one row an output"),
    edit("convolution-matrix-test", "enumerate(kernel)", "enumerate(kernel[::-1])", "reversed"),
    edit("convolution-matrix-test", "range(-padding, length + padding - reach, stride)",
         "range(0, (length - reach + stride - 1) // stride)", "from one row to the next"),
    edit("convolution-matrix-test", "reach, stride)", "reach)", "is the stride used"),
    edit("convolution-matrix-test", "if 0 <= column < length:", "if column < length:",
         "index -1"),
    edit("convolution-matrix-test", "if 0 <= column < length:\n                matrix[row, column]",
         "if True:\n                matrix[row, column % length]", "not the last one"),
    edit("convolution-matrix-test", "range(-padding, length + padding - reach",
         "range(0, length - reach", "is the padding used"),
    edit("convolution-matrix-test", "reach = dilation * (len(kernel) - 1)",
         "length += 2 * padding; padding = 0; reach = dilation * (len(kernel) - 1)",
         "have no columns"),
    edit("read-matrix-test", "len(first)", "int(first[-1] - first[0]) + 1", "count the weights"),
    edit("read-matrix-test", "int(first[1] - first[0])", "int(first[1] - first[0]) - 1",
         "the gap or the distance"),
    edit("read-matrix-test", "len(first)", "np.count_nonzero(matrix)", "are the rows counted"),
    instead("read-matrix-test", READ, f"{TWO_ROWS}; return len(a), a[1] - a[0], b[0] - a[0]",
            "which is from row to row"),
    edit("read-matrix-test", "len(first)", "int((matrix[0] > 0).sum())", "may be negative"),
    edit("find-peaks-test", "z[i - 1] < z[i]", "z[i - 1] <= z[i]", "left neighbour has to be"),
    edit("find-peaks-test", ">= z[i + 1]", "> z[i + 1]", "may be as large"),
    edit("find-peaks-test", "z[i] > threshold and", "", "is the threshold used"),
    edit("find-peaks-test", "z[i] > threshold", "z[i] >= threshold", "at it as well"),
    edit("find-peaks-test", "[i for i", "[z[i] for i", "not the heights"),
    instead("find-peaks-test", PEAKS, "z = np.append(z, -np.inf)\n    return [i for i in"
            " range(1, len(z) - 1) if z[i] > threshold and z[i - 1] < z[i] >= z[i + 1]]",
            "has no right neighbour"),
    instead("find-peaks-test", PEAKS, "return np.flatnonzero(z > threshold)",
            "not every value above"),
    edit("beats-per-minute-test", "(len(beats) - 1)", "len(beats)", "three times between"),
    edit("beats-per-minute-test", "60 * ", "", "beats in a second"),
    edit("beats-per-minute-test", "60 * rate", "60", "rate of the measurements"),
    edit("beats-per-minute-test", " - beats[0])", ")", "not from zero"),
    edit("beats-per-minute-test", EVERY_BEAT, "(beats[-1] - beats[0]) / rate / (len(beats) - 1)",
         "seconds from beat to beat"),
    edit("beats-per-minute-test", "60 * rate", "60 * 25", "or 25"),
    edit("beats-per-minute-test", "len(beats) < 2", "False", "one beat is not enough"),
    edit("beats-per-minute-test", "len(beats) < 2", "len(beats) == 1", "no beat is not enough"),
    Mistake("my-kernel-test", "my-kernel", "my_kernel = [1, -1]", "3 to 41"),
    Mistake("my-kernel-test", "my-kernel", "my_kernel = np.array([1, -1, 1, -1])", "middle"),
    Mistake("my-kernel-test", "my-kernel", "my_kernel = [1, 2, 1]", "ignore the level"),
    Mistake("my-kernel-test", "my-kernel", "my_kernel = np.zeros(5)", "are all weights zero"),
    Mistake("my-kernel-test", "my-kernel", "my_kernel = [1, np.nan, 1]", "finite"),
    Mistake("my-kernel-test", "my-kernel", "my_kernel = np.ones((3, 3))", "one row of numbers"),
    Mistake("my-kernel-test", "my-kernel", "my_kernel = 'bell'", "no list and no array"),
]  # fmt: skip


# What many write, and what the checks in the notebook must tell, not those of the grader alone.
STEPS = "(length + 2 * padding - dilation * (kernel_size - 1)) // stride"
MIDDLE = "(z[1:-1] > threshold) & (z[1:-1] > z[:-2]) & (z[1:-1] >= z[2:])"
SEEN = [
    edit("output-length-test", "free // stride + 1", STEPS, "after rounding down"),
    instead("convolve-test", CONVOLVE, "count = (len(x) - dilation * (len(kernel) - 1)) // stride\n"
            "    return [kernel @ x[i * stride :: dilation][: len(kernel)] for i in range(count)]",
            "is one missing"),
    instead("find-peaks-test", PEAKS, f"return np.flatnonzero({MIDDLE})", "one too small"),
    instead("find-peaks-test", PEAKS, f"return {MIDDLE}", "yes or no"),
    edit("beats-per-minute-test", EVERY_BEAT, "60 * rate / np.median(np.diff(beats))", "median"),
]  # fmt: skip


@pytest.mark.parametrize("mistake", SEEN, ids=str)
def test_a_frequent_mistake_is_met_in_the_notebook(mistake: Mistake) -> None:
    replace(mistake, seen=True).check(LAB)


@pytest.mark.parametrize("mistake", WRONG, ids=str)
def test_a_mistake_is_met_with_the_hint_that_fits(mistake: Mistake) -> None:
    mistake.check(LAB)


def test_every_question_has_three_wrong_answers() -> None:
    assert too_few(LAB, WRONG) == {}


@pytest.mark.parametrize("question", [test.removesuffix("-test") for test in LAB.tests])
def test_an_empty_answer_costs_its_own_question_alone(question: str) -> None:
    judged = LAB.judge({question: LAB.released_answers()[question]})
    assert list(failures(judged)) == [f"{question}-test"]
