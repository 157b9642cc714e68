import shlex
from typing import Any

import pytest

from course_lib.cli.figures import _parameters
from course_lib.figures import command, load, names
from course_lib.figures.command import as_typed
from course_lib.figures.rendering import formats_of


@pytest.mark.parametrize(
    ("value", "typed"),
    [
        (3, "3"),
        (-0.5, "-0.5"),
        ("zeros", "zeros"),
        ((), "()"),
        ((1,), "1,"),
        ((1, 2.5), "1,2.5"),
        (((1, 2), (3, 4)), "(1,2),(3,4)"),
        (((1, 2),), "(1,2),"),
    ],
)
def test_a_value_is_written_as_it_is_typed(value: Any, typed: str) -> None:
    assert as_typed(value) == typed


@pytest.mark.parametrize("name", names())
def test_the_command_of_a_figure_is_read_back_as_its_defaults(name: str) -> None:
    # A shell joins a line that ends in a backslash with the next; shlex does not.
    words = shlex.split(command(load(name)).replace("\\\n", ""))
    assert words[:3] == ["course", "figures", name]
    options = words[3:]
    if "webp" in formats_of(load(name)):
        assert options[:2] == ["--format", "webp"]
        options = options[2:]
    assert set(options[::2]) <= {"--set"}
    read = _parameters([name], tuple(options[1::2]))[name]
    assert read == dict(load(name).parameters)
