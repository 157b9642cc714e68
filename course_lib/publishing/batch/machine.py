"""What a machine computes with: asked in a process of its own, which leaves no context on a GPU."""

from __future__ import annotations

import json
import os
import platform
import subprocess
import sys
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import Any

from course_lib.publishing.fingerprint import PACKAGE

VERSIONS = ("torch", "numpy", "matplotlib", "papermill", "nbclient", "ipykernel")
PATIENCE = 300  # seconds for torch to be imported from a cold disc


class DeviceError(ValueError):
    """The device is not there; says why."""


def find_machine(device: str) -> dict[str, Any]:
    """Return the names and versions of what notebooks run on here.

    Parameters
    ----------
    device : str
        ``cpu``, ``cuda`` or ``cuda:N``.

    Returns
    -------
    machine : dict
        ``device_name``, ``system``, ``versions`` by name, and for CUDA ``device_memory`` in bytes.

    Raises
    ------
    DeviceError
        If there is no such device.
    """
    from course_lib import __version__

    found: dict[str, Any] = {
        "device_name": _processor(),
        "system": platform.platform(),
        "versions": {"course-lib": __version__, "python": platform.python_version()},
    }
    for package in VERSIONS:
        try:
            found["versions"][package] = version(package)
        except PackageNotFoundError:
            continue
    if device != "cpu":
        cuda = _ask_cuda(device)
        found |= {key: cuda[key] for key in ("device_name", "device_memory")}
        found["versions"]["CUDA"] = cuda["cuda"]
    return found


def _ask_cuda(device: str) -> dict[str, Any]:
    environment = {**os.environ, "PYTHONPATH": _path()}
    try:
        asked = subprocess.run(
            [sys.executable, "-m", __name__, device],
            capture_output=True,
            text=True,
            env=environment,
            timeout=PATIENCE,
            check=True,
        )
    except subprocess.TimeoutExpired as error:
        raise DeviceError(f"{device!r} did not answer within {PATIENCE} s") from error
    except subprocess.CalledProcessError as error:
        last = error.stderr.strip().splitlines()[-1:] or ["it ended without a word"]
        raise DeviceError(f"{device!r} cannot be used: {last[0]}") from error
    answer: dict[str, Any] = json.loads(asked.stdout)
    if "missing" in answer:
        raise DeviceError(answer["missing"])
    return answer


def describe_cuda(device: str) -> dict[str, Any]:
    """Return what torch says of a CUDA device, or under ``missing`` why there is none."""
    import torch

    if torch.version.cuda is None:
        why = f"this build of torch, {torch.__version__}, computes on the CPU only"
        return {"missing": f"there is no {device!r} here: {why}"}
    if not torch.cuda.is_available():
        why = f"torch {torch.__version__} finds no GPU or no driver for it (does `nvidia-smi`?)"
        return {"missing": f"there is no {device!r} here: {why}"}
    index, count = torch.device(device).index or 0, torch.cuda.device_count()
    if index >= count:
        return {"missing": f"there is no {device!r} here: the devices are cuda:0 to {count - 1}"}
    properties = torch.cuda.get_device_properties(index)
    return {
        "device_name": properties.name,
        "device_memory": properties.total_memory,
        "cuda": torch.version.cuda,
    }


def _processor() -> str:
    """Return what the processor calls itself, where the system tells."""
    try:
        text = Path("/proc/cpuinfo").read_text("utf-8", "replace")
        names = (
            line.partition(":")[2].strip() for line in text.splitlines() if "model name" in line
        )
        name = next(names, "")
    except OSError:
        name = ""
    return f"{name or platform.processor() or platform.machine()}, {os.cpu_count()} cores"


def _path() -> str:
    return os.pathsep.join(filter(None, [str(PACKAGE.parent), os.environ.get("PYTHONPATH")]))


if __name__ == "__main__":
    print(json.dumps(describe_cuda(sys.argv[1])))
