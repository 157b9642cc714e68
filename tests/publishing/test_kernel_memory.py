import json
import subprocess
import sys
from types import SimpleNamespace

import pytest

from course_lib.publishing import kernel_memory
from course_lib.publishing.kernel_memory import ask, host_peak, peaks


def test_the_peak_of_the_host_is_that_of_the_process_and_not_of_who_began_it() -> None:
    block = bytearray(300 * 2**20)
    mine = host_peak()
    assert mine is not None
    assert mine > len(block)
    code = "from course_lib.publishing.kernel_memory import host_peak as h; print(h())"
    its = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert int(its.stdout) < 150 * 2**20


def test_without_torch_nothing_was_on_a_device(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delitem(sys.modules, "torch", raising=False)
    found = json.loads(peaks())
    assert (found["device_bytes"], found["device_names"]) == (0, [])
    assert "torch" not in sys.modules


def test_the_device_with_the_largest_peak_counts_and_unused_ones_are_not_named(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    cuda = SimpleNamespace(
        is_available=lambda: True,
        is_initialized=lambda: True,
        device_count=lambda: 3,
        max_memory_allocated=lambda index: (5, 0, 9)[index],
        get_device_name=lambda index: "ABC"[index],
    )
    monkeypatch.setitem(sys.modules, "torch", SimpleNamespace(cuda=cuda))
    found = json.loads(peaks())
    assert (found["device_bytes"], found["device_names"]) == (9, ["A", "C"])


class Kernel:
    """A kernel that turns the first requests away, as one does after a cell that failed."""

    def __init__(self, aborted: int, answer: dict[str, object]) -> None:
        self.kc, self.left, self.answer = self, aborted, answer

    def execute(self, code: str, **options: object) -> str:
        assert code == ""
        assert (options["silent"], options["store_history"]) == (True, False)
        return "id"

    def wait_for_reply(self, sent: str) -> dict[str, object]:
        self.left -= 1
        if self.left >= 0:
            return {"content": {"status": "aborted"}}
        return {"content": {"user_expressions": {"peaks": self.answer}}}


def test_a_kernel_is_asked_again_and_an_unwilling_one_left_alone(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(kernel_memory.time, "sleep", lambda _: None)
    good = {"status": "ok", "data": {"text/plain": repr('{"host_bytes": 1}')}}
    assert ask(Kernel(2, good)) == {"host_bytes": 1}
    assert ask(Kernel(99, good)) == {}
    assert ask(Kernel(0, {"status": "error"})) == {}
