import numpy as np
import pytest
import torch

from course_lib.figures.parameters import checked

DEFAULTS = {"signal": (1, 2.5), "stride": 1, "scale": 0.5, "padding": "zeros"}


def test_numbers_of_numpy_and_torch_become_plain() -> None:
    given = {"signal": np.arange(3), "stride": torch.tensor(2), "scale": np.float32(0.25)}
    assert checked("f", DEFAULTS, given) == {"signal": (0, 1, 2), "stride": 2, "scale": 0.25}


def test_rows_of_numbers_become_tuples_of_tuples() -> None:
    defaults = {"image": ((1, 2), (3, 4))}
    assert checked("f", defaults, {"image": np.eye(2)}) == {"image": ((1, 0), (0, 1))}
    with pytest.raises(ValueError, match="image=1: expected numbers such as"):
        checked("f", defaults, {"image": [1, 2]})


def test_a_lone_number_is_a_sequence_of_one() -> None:
    assert checked("f", DEFAULTS, {"signal": 3}) == {"signal": (3,)}
    with pytest.raises(ValueError, match="image=1: expected numbers such as"):
        checked("f", {"image": ((1, 2), (3, 4))}, {"image": 1})


def test_whole_numbers_stay_whole() -> None:
    values = checked("f", DEFAULTS, {"signal": [1, 2.0]})["signal"]
    assert [type(value) for value in values] == [int, float]


def test_an_unknown_parameter_is_named_with_those_that_there_are() -> None:
    message = r"figure f has no parameter 'strid' \(given 2\); it takes: signal, stride"
    with pytest.raises(TypeError, match=message):
        checked("f", DEFAULTS, {"strid": 2})


@pytest.mark.parametrize(
    ("given", "message"),
    [
        ({"stride": 1.5}, "stride=1.5: expected a whole number"),
        ({"stride": "two"}, "stride has 'two': expected a finite number"),
        ({"stride": True}, "stride has True: expected a finite number"),
        ({"signal": [1, float("nan")]}, "signal has nan: expected a finite number"),
        ({"signal": "abc"}, "signal='abc': expected numbers such as"),
        ({"scale": float("inf")}, "scale has inf: expected a finite number"),
        ({"padding": 0}, "padding=0: expected a word such as 'zeros'"),
    ],
)
def test_a_value_of_another_kind_is_refused_by_name(given: dict[str, object], message: str) -> None:
    with pytest.raises(ValueError, match=message):
        checked("f", DEFAULTS, given)


@pytest.mark.parametrize("given", ["cat, dog,", ["cat", "dog"], ("cat", "dog")])
def test_words_may_come_as_one_text(given: object) -> None:
    assert checked("a/b", {"labels": ("bee",)}, {"labels": given}) == {"labels": ("cat", "dog")}


@pytest.mark.parametrize("given", [3, ["cat", 3]])
def test_what_is_not_words_is_refused_where_words_are_expected(given: object) -> None:
    with pytest.raises(ValueError, match="expected words such as bee"):
        checked("a/b", {"labels": ("bee",)}, {"labels": given})
