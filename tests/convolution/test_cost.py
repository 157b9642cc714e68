from __future__ import annotations

from math import prod
from typing import Any

import pytest

from course_lib.convolution.cost import LayerCost, mebibytes, memory_bytes, total_cost

SMALL = LayerCost(72, 8, multiply_adds=192, bias_additions=24, activations=24, output_shape=(3, 8))


def test_memory_is_counted_in_bytes_and_mebibytes() -> None:
    assert memory_bytes(1_000) == 4_000
    assert memory_bytes(1_000, bytes_per_value=2) == 2_000
    assert mebibytes(2**20) == 1.0
    assert SMALL.parameter_bytes(2) == 2 * 80
    assert SMALL.activation_bytes() == 4 * prod(SMALL.output_shape)


def test_a_total_adds_all_numbers_up_and_has_no_shape() -> None:
    assert total_cost([SMALL] * 3) == LayerCost(216, 24, 576, 72, 72)
    assert total_cost(iter([SMALL])).parameters == SMALL.parameters
    assert total_cost([]) == LayerCost()


@pytest.mark.parametrize(
    ("function", "arguments", "message"),
    [
        (memory_bytes, (-1,), r"values=-1: expected"),
        (memory_bytes, (1, 0), r"bytes_per_value=0: expected"),
        (mebibytes, (-1,), r"size=-1: expected"),
    ],
)
def test_impossible_numbers_are_refused_in_words(
    function: Any, arguments: tuple[Any, ...], message: str
) -> None:
    with pytest.raises(ValueError, match=message):
        function(*arguments)
