from dataclasses import replace

import pytest
import torch

from course_lib.datasets import load_mnist1d
from course_lib.training import (
    FAST,
    FULL,
    SGD,
    Constant,
    Examples,
    History,
    Settings,
    StepDecay,
    UnknownRecipeError,
    find_profile,
    find_recipe,
    recipes,
    register,
)
from tests.training.problems import small_examples


def test_the_lectures_setting_is_the_slides() -> None:
    for kind, parameters in (
        ("convolutional", 2050),
        ("fully-connected", 59_065),
        ("pooled", 1600),
    ):
        recipe = find_recipe(f"mnist-1d/{kind}-lecture")
        assert FULL.applied(recipe.settings) == Settings(100_000, Constant(0.01), 100, SGD())
        assert sum(p.numel() for p in recipe.build(0).parameters()) == parameters


def test_the_notebooks_setting_is_a_hundred_epochs_of_forty_batches() -> None:
    settings = find_recipe("mnist-1d/convolutional-notebook").settings
    assert settings.steps == 100 * 4000 // 100
    assert settings.schedule == StepDecay(0.05, every=20 * 40, factor=0.5)
    assert settings.optimiser == SGD(momentum=0.9)


def test_the_fast_profile_stops_short_and_the_full_one_looks_a_hundred_times() -> None:
    lecture = find_recipe("mnist-1d/convolutional-lecture").settings
    assert FAST.applied(lecture).steps == 1000
    assert FULL.applied(lecture).evaluate_every == 1000
    assert FAST.applied(lecture.with_(steps=5)).evaluate_every == 1
    assert FULL.seeds == 20


def test_every_recipe_of_mnist_1d_can_be_trained_together_on_what_it_says() -> None:
    sequential = [recipe for recipe in recipes() if recipe.name.startswith("mnist-1d/")]
    assert len({recipe.name for recipe in recipes()}) == len(recipes())
    assert len(sequential) == 24
    for recipe in sequential:
        assert recipe.layers() is not None


def test_the_seed_decides_first_weights() -> None:
    recipe = find_recipe("mnist-1d/convolutional-lecture")
    first, again, other = (next(recipe.build(s).parameters()) for s in (0, 0, 1))
    assert torch.equal(first, again)
    assert not torch.equal(first, other)


def test_permuted_values_are_the_same_values_in_one_order_for_all_examples() -> None:
    recipe = find_recipe("mnist-1d/convolutional-lecture-permuted")
    data, plain = recipe.examples(3), load_mnist1d()
    order = [
        int((plain.x_train[:50] == data.x_train[:50, :, i]).all(0).nonzero()) for i in range(40)
    ]
    assert sorted(order) == list(range(40))
    assert order != list(range(40))
    assert torch.equal(data.x_train[:, 0], plain.x_train[:, order])
    assert torch.equal(data.x_test[:, 0], plain.x_test[:, order])
    assert torch.equal(data.y_train, plain.y_train)
    assert not torch.equal(recipe.examples(4).x_train, data.x_train)


@pytest.mark.parametrize("count", [250, 2000])
def test_a_subset_is_some_of_the_training_examples_and_all_of_the_others(count: int) -> None:
    data = find_recipe(f"mnist-1d/convolutional-notebook-{count}").examples(2)
    plain = load_mnist1d()
    rows = {
        tuple(row): int(y) for row, y in zip(plain.x_train.tolist(), plain.y_train, strict=True)
    }
    chosen = [tuple(row) for row in data.x_train[:, 0].tolist()]
    assert len(set(chosen)) == count
    assert [rows[row] for row in chosen] == data.y_train.tolist()
    assert torch.equal(data.x_test[:, 0], plain.x_test)


def test_smaller_subsets_are_parts_of_larger_ones() -> None:
    whole = small_examples()
    small, large = (whole.subset(count, seed=1).x_train.tolist() for count in (7, 20))
    assert all(row in large for row in small)


def test_an_unknown_name_offers_the_nearest() -> None:
    with pytest.raises(
        UnknownRecipeError, match=r"did you mean 'mnist-1d/convolutional-lecture'\?"
    ):
        find_recipe("mnist1d/convolutional-lectur")
    with pytest.raises(UnknownRecipeError, match="there are: mnist-1d/convolutional-lecture, "):
        find_recipe("zzz")
    with pytest.raises(ValueError, match="profile='slow': expected one of fast, full"):
        find_profile("slow")


def test_a_name_is_given_once() -> None:
    recipe = find_recipe("mnist-1d/convolutional-lecture")
    assert register(recipe) is recipe
    with pytest.raises(ValueError, match="there is a recipe of that name already"):
        register(replace(recipe, title="another"))


X, Y = torch.zeros(4, 1, 5), torch.arange(4)


@pytest.mark.parametrize(
    ("arguments", "error", "message"),
    [
        (([[0.0]], Y, X, Y), TypeError, "x_train is a list: expected a tensor"),
        ((X.long(), Y, X, Y), TypeError, "x_train has dtype torch.int64"),
        (
            (X[:0], Y[:0], X, Y),
            ValueError,
            r"x_train has shape \(0, 1, 5\): expected .*at least one",
        ),
        ((X, Y, X[:0], Y[:0]), ValueError, r"x_test has shape \(0, 1, 5\)"),
        ((X / 0, Y, X, Y), ValueError, "x_train holds NaN or infinity"),
        ((X, Y.float(), X, Y), TypeError, "y_train is torch.float32: expected .*torch.int64"),
        ((X, Y[:3], X, Y), ValueError, r"y_train has shape \(3,\): expected \(4,\)"),
        ((X, Y - 1, X, Y), ValueError, "y_train holds the class -1"),
        ((X, Y, X[..., :4], Y), ValueError, r"x_test has shape \(4, 1, 4\): expected \(M, 1, 5\)"),
        ((X, Y, X.double(), Y), TypeError, "x_test has dtype torch.float64"),
    ],
)
def test_examples_that_do_not_fit_are_refused(arguments, error, message: str) -> None:
    with pytest.raises(error, match=message):
        Examples(*arguments)


def test_the_hash_of_examples_is_of_every_value_and_shape() -> None:
    whole = small_examples()
    assert whole.sha256() == small_examples().sha256()
    changed = whole.x_train.clone()
    changed[3, 0, 2] += 1e-6
    others = [
        replace(whole, x_train=changed),
        replace(whole, y_test=whole.y_test.flip(0)),
        replace(whole, x_train=whole.x_train[..., None], x_test=whole.x_test[..., None]),
    ]
    assert len({one.sha256() for one in (whole, *others)}) == 4
    assert isinstance(History().last, dict)
