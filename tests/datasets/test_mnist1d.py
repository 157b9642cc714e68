from collections import Counter
from hashlib import sha256
from typing import Any

import numpy as np
import pytest
import torch

from course_lib.datasets import (
    Settings,
    draw_mnist1d,
    load_mnist1d,
    make_mnist1d,
    published_draw,
    standardise,
    template,
    transform,
)
from course_lib.datasets.mnist1d import MEAN, STANDARD_DEVIATION, _published
from tests.datasets import published

FINGERPRINT_X = "c8153e04a556dd78837acea7c0991c48da45517d429b3d24999cd348705ce4c2"
FINGERPRINT_Y = "4f5f4160c519e3c47f9d3e196c161336fcd32126a9efffe4153d6e7c8b73f963"


def test_the_split_is_the_published_packages() -> None:
    ours, theirs = load_mnist1d(), published.data_set()
    for x, y, part in ((ours.x_train, ours.y_train, ""), (ours.x_test, ours.y_test, "_test")):
        np.testing.assert_allclose(x, theirs["x" + part], rtol=0, atol=1e-6)
        np.testing.assert_array_equal(y, theirs["y" + part])


def test_in_double_precision_it_is_equal_to_twelve_decimals() -> None:
    samples, labels = _published()
    theirs = published.data_set()
    oracle = np.concatenate([theirs["x"], theirs["x_test"]])
    np.testing.assert_allclose(standardise(samples), oracle, rtol=0, atol=1e-12)
    np.testing.assert_array_equal(labels, np.concatenate([theirs["y"], theirs["y_test"]]))
    assert samples.mean() == pytest.approx(MEAN, rel=1e-12)
    assert samples.std() == pytest.approx(STANDARD_DEVIATION, rel=1e-12)


def test_it_has_the_fingerprint_that_it_always_had() -> None:
    # Four decimals: last bits may differ between machines, rounding then does not.
    samples, labels = _published()
    rounded = np.rint(standardise(samples) * 1e4).astype("<i4")
    assert sha256(rounded.tobytes()).hexdigest() == FINGERPRINT_X
    assert sha256(labels.astype("u1").tobytes()).hexdigest() == FINGERPRINT_Y


def test_the_first_sample_is_a_two() -> None:
    data = load_mnist1d()
    assert data.y_train[:12].tolist() == [2, 6, 4, 5, 6, 6, 6, 0, 3, 1, 6, 9]
    first = torch.tensor([-0.33200567, -0.47191037, -0.77869708, -1.00974083, -0.88235257])
    torch.testing.assert_close(data.x_train[0, :5], first, rtol=0, atol=1e-6)


def test_shapes_types_and_storage_are_what_a_training_run_wants() -> None:
    data = load_mnist1d()
    assert data.x_train.shape == (4000, 40)
    assert data.x_test.shape == (1000, 40)
    assert data.x_train.dtype == data.x_test.dtype == torch.float32
    assert data.y_train.shape == (4000,)
    assert data.y_test.shape == (1000,)
    assert data.y_train.dtype == data.y_test.dtype == torch.int64
    assert data.x_test.untyped_storage().nbytes() == 1000 * 40 * 4


def test_each_class_has_five_hundred_samples_in_all() -> None:
    data = load_mnist1d()
    counts = torch.bincount(torch.cat([data.y_train, data.y_test]))
    assert counts.tolist() == [500] * 10


def test_what_one_caller_changes_another_does_not_see() -> None:
    load_mnist1d().x_train.zero_()
    load_mnist1d().y_train.zero_()
    assert load_mnist1d().x_train[0, 0] == pytest.approx(-0.33200567, abs=1e-6)
    assert load_mnist1d().y_train[0] == 2


def test_new_samples_are_the_packages_own_at_the_same_seed() -> None:
    arguments = published.mnist1d.get_dataset_args()
    arguments.seed, arguments.num_samples, arguments.train_split = 7, 60, 1.0
    with published.seeded(0):
        theirs = published.mnist1d.data.make_dataset(arguments)
    x, y = make_mnist1d(60, seed=7)
    np.testing.assert_array_equal(y, theirs["y"])
    # The package standardises with these 60 samples, we with the published 5,000.
    own = (x - x.mean()) / x.std(correction=0)
    np.testing.assert_allclose(own, theirs["x"], rtol=0, atol=1e-5)


def test_the_same_seed_gives_the_same_samples_and_another_gives_others() -> None:
    first, again, other = (make_mnist1d(30, seed)[0] for seed in (1, 1, 2))
    assert torch.equal(first, again)
    assert not torch.isclose(first, other).any(dim=0).all()


def test_no_global_state_is_read_or_changed() -> None:
    with published.seeded(5):
        before = np.random.get_state()[1].copy()  # type: ignore[index, union-attr]
        make_mnist1d(10, seed=1)
        np.testing.assert_array_equal(np.random.get_state()[1], before)  # type: ignore[index]


def test_any_count_is_met_with_classes_as_even_as_can_be() -> None:
    for count in (1, 10, 23):
        x, y = make_mnist1d(count, seed=3)
        assert x.shape == (count, 40)
        shares = Counter(y.tolist())
        assert max(shares.values()) - min(shares.get(k, 0) for k in range(10)) <= 1
    assert (y[1:] < y[:-1]).any()  # shuffled


def test_the_draws_lead_to_the_samples() -> None:
    x, y = make_mnist1d(12, seed=9)
    for row, label, (digit, draws) in zip(x, y, draw_mnist1d(12, seed=9), strict=True):
        assert digit == label
        expected = standardise(transform(template(digit), draws))
        np.testing.assert_allclose(row, expected, rtol=0, atol=1e-6)


def test_settings_reach_the_samples() -> None:
    x, _ = make_mnist1d(10, 1, Settings(length=64))
    assert x.shape == (10, 64)
    still = Settings(correlated_noise=0, white_noise=0, shear=0)
    x, _ = make_mnist1d(10, 1, still)
    empty = standardise(np.zeros(1))[0]
    assert np.isclose(x, empty, atol=1e-6).sum() > 200


@pytest.mark.parametrize(
    ("count", "seed", "error", "message"),
    [
        (0, 1, ValueError, "count=0: expected at least 1"),
        (10, -1, ValueError, "seed=-1: expected a whole number from 0"),
        (10, 2**32, ValueError, "seed=4294967296: expected"),
        (10, 42, ValueError, "seed=42: expected any other.*the test set"),
        (1.5, 1, TypeError, "count=1.5: expected a whole number"),
        (10, True, TypeError, "seed=True: expected a whole number"),
        (10, None, TypeError, "seed=None"),
    ],
)
def test_an_impossible_wish_is_refused(
    count: Any, seed: Any, error: type[Exception], message: str
) -> None:
    with pytest.raises(error, match=message):
        make_mnist1d(count, seed)


@pytest.mark.parametrize("index", [0, 2718, 3999, 4000, 4999])
def test_the_draws_of_a_published_sample_make_it(index: int) -> None:
    samples, labels = _published()
    label, draws = published_draw(index)
    assert label == labels[index]
    np.testing.assert_array_equal(transform(template(label), draws), samples[index])
    draws.white[:] = 0
    assert published_draw(index)[1].white.any()


def test_a_published_sample_that_is_not_there_is_refused() -> None:
    for wrong in (-1, 5000):
        with pytest.raises(ValueError, match=f"index={wrong}: expected from 0 to 4999"):
            published_draw(wrong)
    for odd in (1.5, True, "1"):
        with pytest.raises(TypeError, match="expected a whole number"):
            published_draw(odd)  # type: ignore[arg-type]
