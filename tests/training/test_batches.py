import pytest
import torch
from hypothesis import given
from hypothesis import strategies as st

from course_lib.training import BatchOrder, TensorBatches, epoch_order
from course_lib.training.batches import batches_of


def mulberry32(seed: int):
    """Yield the page's random numbers, written down from its TypeScript."""
    state = seed
    while True:
        state = (state + 0x6D2B79F5) & 0xFFFFFFFF
        t = ((state ^ (state >> 15)) * (state | 1)) & 0xFFFFFFFF
        t = ((t + (((t ^ (t >> 7)) * (t | 61)) & 0xFFFFFFFF)) & 0xFFFFFFFF) ^ t
        yield (t ^ (t >> 14)) / 2**32


@given(st.integers(0, 2**32 - 1), st.integers(1, 40))
def test_the_order_is_that_of_the_pages_generator_read_on_from_epoch_to_epoch(
    seed: int, count: int
) -> None:
    numbers = mulberry32(seed)
    for epoch in range(4):
        keys = [next(numbers) for _ in range(count)]
        expected = sorted(range(count), key=lambda i: (keys[i], i))
        assert epoch_order(count, seed, epoch).tolist() == expected


@pytest.mark.parametrize(
    ("seed", "order"), [(0, [1, 3, 2, 0, 4, 5, 6, 7]), (1, [1, 5, 2, 6, 0, 7, 4, 3])]
)
def test_the_order_is_what_the_pages_typescript_gives(seed: int, order: list[int]) -> None:
    # Computed with frontend/src/core/random.ts; another order makes every record another.
    assert epoch_order(8, seed, 0).tolist() == order


def test_every_epoch_shows_every_example_once_and_in_another_order() -> None:
    order = BatchOrder(40, 10, seed=3)
    epochs = [torch.cat([order(4 * e + b) for b in range(4)]).tolist() for e in range(5)]
    assert all(sorted(epoch) == list(range(40)) for epoch in epochs)
    assert len({tuple(epoch) for epoch in epochs}) == 5


def test_what_does_not_fill_a_batch_is_left_out_of_its_epoch() -> None:
    order = BatchOrder(11, 4, seed=0)
    assert order.batches_per_epoch == 2
    assert torch.cat([order(2), order(3)]).tolist() == epoch_order(11, 0, 1)[:8].tolist()


@given(st.permutations(range(12)))
def test_a_step_has_the_same_batch_whenever_it_is_asked_for(steps: list[int]) -> None:
    asked, fresh = BatchOrder(10, 3, seed=5), [BatchOrder(10, 3, seed=5)(t) for t in range(12)]
    assert all(torch.equal(asked(t), fresh[t]) for t in steps)


def test_seeds_and_positions_are_spread_evenly() -> None:
    # Over many seeds, every example is as likely as any other to stand first: chi-squared with
    # 19 degrees of freedom stays below 43.8 with probability 0.999.
    first = torch.stack([epoch_order(20, seed, 7)[0] for seed in range(2000)]).bincount(
        minlength=20
    )
    assert float(((first - 100.0) ** 2 / 100).sum()) < 43.8


def test_batches_of_tensors_keep_examples_and_classes_together() -> None:
    x, y = torch.arange(20.0)[:, None], torch.arange(20)
    inputs, classes = TensorBatches((x, y), 5, seed=1)(7)
    assert inputs.shape == (5, 1)
    assert inputs[:, 0].tolist() == classes.tolist() == BatchOrder(20, 5, 1)(7).tolist()


@pytest.mark.parametrize(
    ("arguments", "error", "message"),
    [
        ((0, 1, 0), ValueError, "count=0: expected a whole number of at least 1"),
        ((10, 11, 0), ValueError, "batch_size=11: expected at most the number of examples, 10"),
        ((10, 0, 0), ValueError, "batch_size=0"),
        ((10, 2, -1), ValueError, "seed=-1: expected a whole number of at least 0"),
        ((10, 2, 2**32), ValueError, "seed=4294967296: expected a whole number of at most"),
        ((10, 2, 1.0), TypeError, "seed=1.0: expected a whole number"),
        ((10, True, 1), TypeError, "batch_size=True: expected a whole number"),
    ],
)
def test_an_order_that_cannot_be_is_refused(arguments, error, message: str) -> None:
    with pytest.raises(error, match=message):
        BatchOrder(*arguments)


@pytest.mark.parametrize(
    ("tensors", "error", "message"),
    [
        ((), TypeError, "tensors: expected at least one"),
        ((torch.zeros(3), torch.zeros(4)), ValueError, r"tensors have \[3, 4\] examples"),
        ((torch.zeros(0),), ValueError, "at least one"),
        ((torch.tensor(1.0),), TypeError, "an axis of examples"),
        (
            (torch.zeros(3), torch.zeros(3, device="meta")),
            ValueError,
            r"tensors are on \['cpu', 'meta'\]",
        ),
    ],
)
def test_tensors_that_do_not_fit_are_refused(tensors, error, message: str) -> None:
    with pytest.raises(error, match=message):
        TensorBatches(tensors, 1, 0)


def test_one_tensor_is_not_a_sequence_of_tensors() -> None:
    with pytest.raises(TypeError, match="tensors is a Tensor"):
        TensorBatches(torch.zeros(4, 2), 2, 0)


@pytest.mark.parametrize(("count", "batch_size"), [(60, 10), (47, 10), (9, 9)])
@pytest.mark.parametrize("steps", [range(1), range(3, 4), range(2, 25)])
def test_batches_drawn_at_once_are_those_drawn_one_by_one(
    count: int, batch_size: int, steps: range
) -> None:
    seeds = (0, 5, 2**31)
    drawn = batches_of(count, batch_size, seeds, steps)
    assert drawn.is_contiguous()
    expected = [
        torch.stack([BatchOrder(count, batch_size, seed)(step) for seed in seeds]) for step in steps
    ]
    assert torch.equal(drawn, torch.stack(expected))
