import csv
from dataclasses import replace

import pytest

from course_lib.training import FAST, FULL, History, Record
from course_lib.training.reproduction import (
    STATEMENTS,
    Finding,
    Statement,
    markdown,
    seeds_csv,
    sentences,
    table_csv,
)

FLAT, DENSE = STATEMENTS


def record(seed: int, test: float, train: float = 0.0) -> Record:
    metrics = {"train_error": train, "test_error": test, "train_loss": 0.01, "test_loss": 2.5}
    history = History((0, 100_000), {name: (0.9, value) for name, value in metrics.items()})
    return Record({}, seed, "data", metrics, history, 12.5, "cpu")


def finding(stated: Statement, *errors: float, train: float = 0.0) -> Finding:
    return Finding(stated, tuple(record(seed, e, train) for seed, e in enumerate(errors)))


GOOD = [finding(FLAT, 0.14, 0.17, 0.19), finding(DENSE, 0.41, 0.39, 0.40)]


def test_what_holds_is_said_with_its_numbers() -> None:
    said = sentences(GOOD, FULL)
    assert said[0] == (
        "Convolutional: the mean test error is 16.7 %, within the lecture's 12 to 18 %; of 3 seeds "
        "2 are. The highest training error is 0.00 %, at most 0.5 % as stated."
    )
    assert "40.0 %, within the lecture's 38 to 45 %; of 3 seeds 3 are" in said[1]
    assert said[2] == (
        "The fully connected network errs 2.4 times as often as the convolutional one, whose worst "
        "seed is better than its best."
    )
    assert all(one.holds for one in GOOD)


def test_what_does_not_hold_is_said_as_plainly() -> None:
    bad = [finding(FLAT, 0.10, 0.11, train=0.006), finding(DENSE, 0.106, 0.47)]
    said = sentences(bad, FULL)
    assert "10.5 %, NOT within the lecture's 12 to 18 %; of 2 seeds 0 are" in said[0]
    assert "0.60 %, NOT at most 0.5 % as stated" in said[0]
    assert "28.8 %, NOT within" in said[1]
    assert "is NOT better than its best" in said[2]
    assert not any(one.holds for one in bad)
    assert not finding(FLAT, 0.15, train=0.006).holds


def test_a_trial_confirms_and_refutes_nothing() -> None:
    said = " ".join(sentences(GOOD, FAST))
    assert said.startswith("A trial: 1,000 of the lecture's 100,000 steps.")
    assert "within" not in said
    assert "16.7 %" in said


def test_the_table_has_means_intervals_and_extremes() -> None:
    text = markdown(GOOD, FULL, "a processor")
    # Student's t for two degrees of freedom is 4.303; s = 0.02517 here.
    row = "| convolutional | 2,050 | 3 | 16.7 ± 2.5 | 10.4 to 22.9 | 14.0 to 19.0 | 12 to 18 |"
    assert row in text
    assert "| fully connected | 59,065 | 3 | 40.0 ± 1.0 | 37.5 to 42.5 | 39.0 to 41.0 |" in text
    assert "100,000 steps of stochastic gradient descent, learning rate 0.01, 100" in text
    assert "Trained on cpu (a processor); course_lib" in text


def test_nothing_in_table_or_numbers_tells_when_they_were_made() -> None:
    later = [
        replace(f, records=tuple(replace(r, seconds=99.0, created="1999") for r in f.records))
        for f in GOOD
    ]
    assert markdown(later, FULL, "here") == markdown(GOOD, FULL, "here")
    assert table_csv(later) == table_csv(GOOD)
    assert seeds_csv(later) == seeds_csv(GOOD)


def test_one_seed_has_no_interval() -> None:
    alone = [finding(FLAT, 0.15), finding(DENSE, 0.40)]
    assert "| 1 | 15.0 | – | 15.0 to 15.0 |" in markdown(alone, FULL, "here")
    (row, *_) = csv.DictReader(table_csv(alone).splitlines())
    assert row["interval_low"] == row["deviation"] == ""


def test_the_numbers_can_be_read_as_a_table() -> None:
    rows = list(csv.DictReader(table_csv(GOOD).splitlines()))
    assert [(row["network"], row["split"]) for row in rows] == [
        ("convolutional", "test"),
        ("convolutional", "train"),
        ("fully-connected", "test"),
        ("fully-connected", "train"),
    ]
    assert float(rows[0]["mean"]) == pytest.approx(0.5 / 3, abs=1e-6)
    assert rows[0]["seeds_within"] == "2"
    seeds = list(csv.DictReader(seeds_csv(GOOD).splitlines()))
    assert [float(row["test_error"]) for row in seeds] == [0.14, 0.17, 0.19, 0.41, 0.39, 0.40]
    assert seeds[0]["steps"] == "100000"


def test_what_is_stated_is_of_the_lectures_setting() -> None:
    for stated in STATEMENTS:
        assert stated.recipe.settings.steps == 100_000
        assert stated.recipe.settings.schedule(0) == 0.01
        assert stated.recipe.settings.batch_size == 100
