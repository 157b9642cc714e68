"""The filter refuses what it names, and says so where it knows nothing."""

from __future__ import annotations

import struct
from pathlib import Path

import pytest

from course_lib.grading import system_calls
from course_lib.grading.errors import SandboxError

HEADERS = {
    "x86_64": "/usr/include/x86_64-linux-gnu/asm/unistd_64.h",
    "aarch64": "/usr/include/asm-generic/unistd.h",
}


def outcome(machine: str, number: int, argument: int = 0, architecture: int | None = None) -> int:
    """Run the filter as the kernel does, on one call."""
    kind = system_calls.MACHINES[machine]
    data = {0: number, 4: kind.architecture if architecture is None else architecture, 16: argument}
    steps = list(struct.iter_unpack("=HBBI", system_calls.program(machine)))
    place = held = 0
    while True:
        code, yes, no, operand = steps[place]
        place += 1
        if code == 0x06:
            return int(operand)
        if code == 0x20:
            held = data[operand]
        else:
            place += yes if (held == operand if code == 0x15 else held >= operand) else no


@pytest.mark.parametrize("machine", system_calls.MACHINES)
def test_what_is_named_is_refused_and_nothing_else(machine: str) -> None:
    kind = system_calls.MACHINES[machine]
    named = {numbers[kind.column] for numbers in system_calls.CALLS.values()}
    for number in set(range(600)) - {kind.socket}:
        refused = outcome(machine, number) == 0x00050001
        assert refused == (number in named), number
    assert [f for f in range(50) if outcome(machine, kind.socket, f) == 0x7FFF0000] == [1, 2, 10]
    assert outcome(machine, 0x40000000 + 1) == 0x00050001
    assert outcome(machine, 600, architecture=0x40000003) == 0x00050001  # 32 bits


@pytest.mark.parametrize("machine", HEADERS)
def test_the_numbers_are_the_kernels(machine: str) -> None:
    path = Path(HEADERS[machine])
    if not path.exists():
        pytest.skip(f"there is no {path}")
    lines = path.read_text(encoding="utf-8").splitlines()
    numbers = dict(line.split()[1:3] for line in lines if line.startswith("#define __NR"))
    kind = system_calls.MACHINES[machine]
    for name, pair in system_calls.CALLS.items():
        assert numbers[f"__NR_{name}"] == str(pair[kind.column]), name
    assert numbers["__NR_socket"] == str(kind.socket)


def test_a_machine_whose_calls_nobody_knows_is_refused() -> None:
    with pytest.raises(SandboxError, match="not of riscv64"):
        system_calls.program("riscv64")
