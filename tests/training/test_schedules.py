import math

import pytest
import torch
from hypothesis import given
from hypothesis import strategies as st

from course_lib.training import Constant, Cosine, StepDecay, WarmUp

RATES = st.floats(1e-5, 10)


def torchs(make, steps: int, rate: float) -> list[float]:
    """Return the rates that a scheduler of torch gives."""
    optimiser = torch.optim.SGD([torch.zeros(1, requires_grad=True)], lr=rate)
    scheduler = make(optimiser)
    found = []
    for _ in range(steps):
        found.append(optimiser.param_groups[0]["lr"])
        optimiser.step()
        scheduler.step()
    return found


@given(RATES)
def test_a_constant_rate_is_the_same_at_every_step(rate: float) -> None:
    assert {Constant(rate)(step) for step in range(5)} == {rate}


@given(RATES, st.integers(1, 7), st.floats(0.1, 1))
def test_a_step_decay_is_torchs(rate: float, every: int, factor: float) -> None:
    expected = torchs(lambda o: torch.optim.lr_scheduler.StepLR(o, every, factor), 20, rate)
    assert [StepDecay(rate, every, factor)(t) for t in range(20)] == pytest.approx(expected)


@given(RATES, st.integers(1, 20))
def test_a_cosine_is_torchs_until_it_has_arrived_and_then_stays(rate: float, steps: int) -> None:
    final = rate / 10
    expected = torchs(
        lambda o: torch.optim.lr_scheduler.CosineAnnealingLR(o, steps, final), steps + 1, rate
    )
    schedule = Cosine(rate, steps, final)
    assert [schedule(t) for t in range(steps + 1)] == pytest.approx(expected)
    assert schedule(10 * steps) == pytest.approx(final)


def test_the_notebooks_rate_is_halved_every_twenty_epochs_of_forty_batches() -> None:
    schedule = StepDecay(0.05, every=800)
    assert [schedule(t) for t in (0, 799, 800, 1599, 1600, 3999)] == [
        0.05, 0.05, 0.025, 0.025, 0.0125, 0.003125,
    ]  # fmt: skip


def test_a_warm_up_rises_to_the_rate_and_then_follows_the_other_from_its_start() -> None:
    schedule = WarmUp(4, StepDecay(1.0, every=2))
    assert [schedule(t) for t in range(8)] == [0.25, 0.5, 0.75, 1, 1, 1, 0.5, 0.5]


@pytest.mark.parametrize("rate", [0, -0.1, math.nan, math.inf])
def test_a_rate_that_teaches_nothing_is_refused_by_every_schedule(rate: float) -> None:
    for make in (Constant, lambda r: StepDecay(r, 10), lambda r: Cosine(r, 10)):
        with pytest.raises(ValueError, match=f"rate={rate!r}: expected a finite number above 0"):
            make(rate)


@pytest.mark.parametrize(
    ("make", "message"),
    [
        (lambda: Constant("fast"), "rate='fast': expected a finite number"),
        (lambda: StepDecay(0.1, 2.5), "every=2.5: expected a whole number"),
        (lambda: WarmUp(3, 0.1), "then=0.1: expected Constant"),
        (lambda: Constant(0.1)(1.5), "step=1.5: expected a whole number"),
    ],
)
def test_what_is_of_the_wrong_type_is_refused(make, message: str) -> None:
    with pytest.raises(TypeError, match=message):
        make()


@pytest.mark.parametrize(
    ("make", "message"),
    [
        (lambda: StepDecay(0.1, 0), "every=0: expected a whole number of at least 1"),
        (lambda: StepDecay(0.1, 1, 0.0), "factor=0.0: expected a finite number above 0"),
        (lambda: Cosine(0.1, 5, -1.0), "final=-1.0: expected a finite number of at least 0"),
        (lambda: Cosine(0.1, 5)(-1), "step=-1: expected a whole number of at least 0"),
        (lambda: WarmUp(0, Constant(0.1)), "steps=0"),
    ],
)
def test_what_is_out_of_range_is_refused(make, message: str) -> None:
    with pytest.raises(ValueError, match=message):
        make()
