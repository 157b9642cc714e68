from types import SimpleNamespace

import pytest

from course_lib.publishing.batch import machine
from course_lib.publishing.batch.machine import DeviceError, describe_cuda, find_machine


def test_the_cpu_needs_no_torch_to_be_asked() -> None:
    found = find_machine("cpu")
    assert found["device_name"]
    assert set(found["versions"]) >= {"course-lib", "python", "torch", "papermill"}


def test_a_build_without_cuda_is_told_from_a_machine_without_gpu(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    import torch

    monkeypatch.setattr(torch.version, "cuda", None)
    assert "computes on the CPU only" in describe_cuda("cuda")["missing"]
    monkeypatch.setattr(torch.version, "cuda", "13.0")
    monkeypatch.setattr(torch.cuda, "is_available", lambda: False)
    assert "finds no GPU" in describe_cuda("cuda")["missing"]


def test_a_device_beyond_the_last_is_told_which_there_are(monkeypatch: pytest.MonkeyPatch) -> None:
    import torch

    properties = SimpleNamespace(name="A GPU", total_memory=8 * 2**30)
    monkeypatch.setattr(torch.version, "cuda", "13.0")
    monkeypatch.setattr(torch.cuda, "is_available", lambda: True)
    monkeypatch.setattr(torch.cuda, "device_count", lambda: 2)
    monkeypatch.setattr(torch.cuda, "get_device_properties", lambda index: properties)
    assert "cuda:0 to 1" in describe_cuda("cuda:2")["missing"]
    assert describe_cuda("cuda:1") == {
        "device_name": "A GPU",
        "device_memory": 8 * 2**30,
        "cuda": "13.0",
    }


def test_a_missing_device_is_one_sentence(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(machine, "_ask_cuda", lambda device: 1 / 0)
    assert find_machine("cpu")
    monkeypatch.undo()
    monkeypatch.setenv("CUDA_VISIBLE_DEVICES", "")
    with pytest.raises(DeviceError, match="there is no 'cuda' here"):
        find_machine("cuda")
