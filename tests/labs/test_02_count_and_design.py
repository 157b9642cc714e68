from __future__ import annotations

import statistics
from dataclasses import replace

import pytest

from course_lib.grading import declared
from course_lib.grading.declared import Plan
from tests.labs.harness import Mistake, load, too_few

LAB = load("02-count-and-design")


def edit(test: str, old: str, new: str, hint: str) -> Mistake:
    """Return the solution of a test's question with one passage changed, and its hint."""
    answer = test.removesuffix("-test")
    return Mistake(test, answer, LAB.edited(answer, old, new), hint)


def designed(test: str, hint: str, *layers: str, seen: bool = False) -> Mistake:
    """Return another network, its layers in short (see `LAYERS`), and its hint."""
    name = test.removesuffix("-test").removesuffix("-budget").removesuffix("-accuracy")
    return Mistake(test, name, f"{name} = {[written(layer) for layer in layers]}", hint, seen=seen)


def written(layer: str) -> dict[str, object]:
    """Return a layer that is written in short: "conv 15 3 stride 2", "linear 10", "flatten"."""
    kind, *words = layer.split()
    names = {"conv": ["out_channels", "kernel_size"], "linear": ["out_features"]}.get(kind, [])
    names = names or ["kernel_size"][: len(words)]
    numbers = dict(zip(names, map(int, words), strict=False))
    rest = words[len(names) :]
    more = dict(zip(rest[::2], map(int, rest[1::2]), strict=True))
    kinds = {"conv": "conv1d", "pool": "max_pool1d", "mean": "global_mean_pool"}
    return {"kind": kinds.get(kind, kind), **numbers, **more}


BLOCK = ("conv 15 3 stride 2", "relu")
SMALL = ("conv 12 3 stride 2", "relu")
ROW = ("conv 1 3",)
FILTER = "(in_channels * kernel_size + 1)"
PREDICTED = 'predictions = {"a": "same", "b": "worse", "c": "same", "d": "same", "e": "worse"}'


def predicted(letter: str, hint: str) -> Mistake:
    """Return the right predictions with one of them turned, and its hint."""
    other = {"same": "worse", "worse": "same"}
    place = PREDICTED.index(f'"{letter}": "') + 6
    word = PREDICTED[place : PREDICTED.index('"', place)]
    source = PREDICTED[:place] + other[word] + PREDICTED[place + len(word) :]
    return Mistake("predictions-test", "predictions", source, hint)


UNREAD_ROUGHLY = """\
def unread_inputs(length, layers):
    kernel_size, stride, dilation = layers[0]
    units = (length - dilation * (kernel_size - 1) - 1) // stride + 1
    read = {u * stride + k * dilation for u in range(units) for k in range(kernel_size)}
    return sorted(set(range(length)) - read)"""
UNREAD_AT_THE_END = LAB.edited("unread-inputs", "if i not in read]", "if i > max(read)]")

WRONG = [
    edit("conv-parameters-test", " + 1", "", "are the biases counted"),
    edit("conv-parameters-test", "in_channels * kernel_size + 1", "kernel_size + 1", "all input"),
    edit("conv-parameters-test", FILTER, "in_channels * kernel_size + 1", "not one for the layer"),
    edit("conv-parameters-test", FILTER, "in_channels * (kernel_size + 1)", "each pair"),
    edit("conv-parameters-test", "kernel_size + 1", "3 + 1", "or only 3"),
    edit("conv-multiply-adds-test", "positions * out", "out", "at every position, not once"),
    edit("conv-multiply-adds-test", "positions = (length - kernel_size) // stride + 1",
         "positions = length", "not at every input"),
    edit("conv-multiply-adds-test", " // stride", "", "is the stride used"),
    edit("conv-multiply-adds-test", "in_channels * kernel_size", "(in_channels * kernel_size + 1)",
         "addition of biases"),
    edit("conv-multiply-adds-test", " * out_channels", "", "there are 15 filters"),
    edit("conv-multiply-adds-test", "//", "/", "round down"),
    edit("conv-multiply-adds-test", "stride + 1", "stride", "does the first position count"),
    edit("conv-multiply-adds-test", " * in_channels", "", "all 15 input channels"),
    edit("receptive-field-test", "size += dilation * (kernel_size - 1) * jump",
         "size += dilation * kernel_size * jump - (size == 1)", "fields overlap"),
    edit("receptive-field-test", "size += dilation * (kernel_size - 1) * jump",
         "size *= kernel_size", "do not multiply"),
    edit("receptive-field-test", "(kernel_size - 1) * jump", "(kernel_size - 1)",
         "is that used"),
    edit("receptive-field-test", "(kernel_size - 1) * jump", "(kernel_size - 1) * jump * stride",
         "own stride"),
    edit("receptive-field-test", "dilation * (", "(", "is the dilation used"),
    edit("receptive-field-test", "jump *= stride", "jump *= stride * dilation",
         "or the weights of one kernel"),
    edit("unread-inputs-test", "[i for i", "[i + 1 for i", "count from zero"),
    Mistake("unread-inputs-test", "unread-inputs", UNREAD_ROUGHLY, "does anybody read that unit"),
    Mistake("unread-inputs-test", "unread-inputs", UNREAD_AT_THE_END, "before the end, too"),
    Mistake("unread-inputs-test", "unread-inputs",
            "def unread_inputs(length, layers):\n    return []", "end at the last input"),
    designed("lecture-test", "pad nothing", *(("conv 15 3 stride 2 padding 1", "relu") * 3),
             "flatten", "linear 10"),
    designed("lecture-test", "has stride 2", *(("conv 15 3", "relu") * 3), "flatten", "linear 10"),
    designed("lecture-test", "where are the ten scores", *(BLOCK * 3), "flatten"),
    designed("lecture-test", "throws the places away", *(BLOCK * 3), "mean", "linear 10"),
    designed("lecture-test", "where are the activations", *(BLOCK[:1] * 3), "flatten", "linear 10"),
    designed("lecture-test", "follows the last layer", *(BLOCK * 3), "flatten", "linear 10",
             "relu"),
    designed("lecture-test", "the last convolution, too", *(BLOCK * 2), BLOCK[0], "flatten",
             "linear 10"),
    designed("lecture-test", "reads one row of numbers", *(BLOCK * 3), "linear 10"),
    Mistake("lecture-test", "lecture", "lecture = [{'kind': 'Conv1d'}]", "expected one of conv1d"),
    Mistake("lecture-test", "lecture", "lecture = torch.nn.Sequential(torch.nn.Flatten())",
            "described by a list of layers"),
    designed("wide-test", "what else widens a field", *(ROW * 15)),
    designed("wide-test", "add two inputs each", *(ROW * 4)),
    designed("wide-test", "in gaps between its weights", *(ROW * 3), "conv 1 3 dilation 12",
             seen=True),
    designed("wide-test", "(kernel size, stride, padding) of layer 1", "conv 1 31"),
    designed("wide-test", "conv1d layers only", "conv 1 3", "relu"),
    designed("wide-test", "which sum gives 31",
             *(f"conv 1 3 dilation {d}" for d in (1, 2, 3, 4))),
    designed("design-budget-test", "450 too many. The layer with most of them: conv1d",
             *(BLOCK * 3), "flatten", "linear 10"),
    designed("design-budget-test", "are its maps long", "conv 12 5 padding 2", "relu",
             "conv 14 5 padding 2", "relu", "mean", "linear 10"),
    designed("design-budget-test", "one a class", "conv 12 5", "relu", "mean"),
    designed("design-budget-test", "covers 41 places", "conv 4 41", "flatten", "linear 10"),
    designed("design-accuracy-test", "uses its weights at every place", "flatten", "linear 31",
             "relu", "linear 10"),
    designed("design-accuracy-test", "a shape that small", "conv 20 1", "relu", "conv 28 1", "relu",
             "mean", "linear 10"),
    designed("design-accuracy-test", "in the layer after the flatten", *(SMALL * 3), "flatten",
             "linear 10"),
    designed("design-accuracy-test", "a single linear one", "conv 20 15 stride 2", "mean",
             "linear 10"),
    designed("design-accuracy-test", "more than 1,600", *(BLOCK * 3), "flatten", "linear 10"),
    predicted("a", "in the other order"),
    predicted("b", "neighbours are strangers"),
    predicted("c", "looks at no neighbour"),
    predicted("d", "in which order the values came"),
    predicted("e", "has another value there"),
    Mistake("predictions-test", "predictions", PREDICTED.replace('"e"', '"f"'), "nothing of e"),
    Mistake("predictions-test", "predictions", PREDICTED.replace("worse", "lower"), '"worse"'),
    edit("permuted-weights-test", "weights[:, order]", "weights[:, np.argsort(order)]", "undoes"),
    edit("permuted-weights-test", "weights[:, order]", "weights", "stand as they did"),
    edit("permuted-weights-test", "weights[:, order]", "weights.T[order]", "a row for each unit"),
]  # fmt: skip


UNREAD_WITHOUT_GAPS = """\
def unread_inputs(length, layers):
    size, jump = receptive_field(layers)
    units = range((length - size) // jump + 1)
    read = {unit * jump + place for unit in units for place in range(size)}
    return sorted(set(range(length)) - read)"""
# What many write, and what the checks in the notebook must tell, not those of the grader alone.
SEEN = [
    edit("conv-multiply-adds-test", "(length - kernel_size) // stride + 1",
         "(length - kernel_size + 1) // stride", "after rounding down"),
    Mistake("unread-inputs-test", "unread-inputs", UNREAD_WITHOUT_GAPS, "between its weights"),
    designed("lecture-test", "where are the activations", *(BLOCK[:1] * 3), "flatten", "linear 10"),
    designed("lecture-test", "follows the last layer", *(BLOCK * 3), "flatten", "linear 10",
             "relu"),
    designed("lecture-test", "the last convolution, too", *(BLOCK * 2), BLOCK[0], "flatten",
             "linear 10"),
]  # fmt: skip


@pytest.mark.parametrize("mistake", SEEN, ids=str)
def test_a_frequent_mistake_is_met_in_the_notebook(mistake: Mistake) -> None:
    replace(mistake, seen=True).check(LAB)


@pytest.mark.parametrize("mistake", WRONG, ids=str)
def test_a_mistake_is_met_with_the_hint_that_fits(mistake: Mistake) -> None:
    mistake.check(LAB)


def test_every_question_has_three_wrong_answers() -> None:
    assert too_few(LAB, WRONG) == {}


def names_of_the_lab() -> dict[str, object]:
    """Return what the lab's shared cells and its answers define."""
    names: dict[str, object] = {}
    for cell in LAB.cells:
        if cell.role == "shared" or cell.source in LAB.answers.values():
            exec(cell.source, names)
    return names


def test_the_solution_keeps_the_budget_with_room_to_spare() -> None:
    found = plan_of("design")
    assert found.parameters == 1_564
    assert found.multiply_adds == 19_000


def plan_of(name: str) -> Plan:
    return declared.plan(names_of_the_lab()[name])


@pytest.mark.slow
def test_over_ten_seeds_the_solution_passes_and_a_smaller_lecture_network_does_not() -> None:
    lab = names_of_the_lab()
    trained, accuracy = lab["trained"], lab["accuracy"]
    assert callable(trained)
    assert callable(accuracy)
    found = [accuracy(trained(lab["design"], seed)) for seed in range(10)]
    assert min(found) > 0.85, found
    assert statistics.mean(found) > 0.88, found
    small = [written(layer) for layer in (*(SMALL * 3), "flatten", "linear 10")]
    others = [accuracy(trained(small, seed)) for seed in range(10)]
    assert statistics.median(others) < 0.81, others
