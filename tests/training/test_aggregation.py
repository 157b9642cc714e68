import statistics

import numpy as np
import pytest

from course_lib.training import History, aggregate, spread
from course_lib.training.aggregation import confidence_interval


def test_mean_and_deviation_are_numpys_at_every_step() -> None:
    values = np.random.default_rng(0).normal(size=(7, 3))
    histories = [History((0, 10, 20), {"loss": tuple(row)}) for row in values.tolist()]
    found = aggregate(histories)
    assert found.steps == (0, 10, 20)
    assert [s.mean for s in found.metrics["loss"]] == pytest.approx(values.mean(0))
    assert [s.deviation for s in found.metrics["loss"]] == pytest.approx(values.std(0, ddof=1))
    assert found.last["loss"].seeds == 7
    assert found.to_plain()["metrics"]["loss"]["mean"] == pytest.approx(values.mean(0).tolist())


def test_a_single_seed_has_no_deviation() -> None:
    assert spread([2.0]).deviation is None
    assert spread([2.0, 4.0]).deviation == pytest.approx(statistics.stdev([2, 4]))


@pytest.mark.parametrize(
    "histories",
    [
        [],
        [History()],
        [History((0,), {"a": (1.0,)}), History((1,), {"a": (1.0,)})],
        [History((0,), {"a": (1.0,)}), History((0,), {"b": (1.0,)})],
    ],
)
def test_histories_that_cannot_be_compared_are_refused(histories: list[History]) -> None:
    with pytest.raises(ValueError, match="expected"):
        aggregate(histories)


def test_a_history_that_contradicts_itself_is_refused() -> None:
    with pytest.raises(ValueError, match="expected numbers that rise"):
        History((2, 1), {"a": (1.0, 2.0)})
    with pytest.raises(ValueError, match=r"metrics\['a'\] has 1 values"):
        History((1, 2), {"a": (1.0,)})
    with pytest.raises(ValueError, match=r"metrics holds \['b'\] at step 2: expected \['a'\]"):
        History((1,), {"a": (1.0,)}).extended(2, {"b": 1.0})


@pytest.mark.parametrize("value", [float("nan"), float("inf"), -float("inf")])
def test_a_score_that_is_not_there_leaves_the_spread_without_a_number(value: float) -> None:
    found = spread([1.0, value])
    assert np.isnan(found.mean)
    assert np.isnan(found.deviation)
    history = History((0,), {"a": (value,)})
    plain = aggregate([history, history]).to_plain()
    assert plain["metrics"]["a"] == {"mean": ["nan"], "deviation": ["nan"]}


def test_the_interval_of_the_mean_is_students() -> None:
    # scipy is the tool; the oracle is the table in every textbook: t(0.975; 4) = 2.776.
    values = [1.0, 2.0, 3.0, 4.0, 5.0]
    low, high = confidence_interval(values) or (0.0, 0.0)
    half = 2.776 * (2.5 / 5) ** 0.5
    assert (low, high) == (pytest.approx(3 - half, abs=1e-3), pytest.approx(3 + half, abs=1e-3))
    assert confidence_interval([4.0]) is None
    with pytest.raises(ValueError, match="values is empty"):
        confidence_interval([])
