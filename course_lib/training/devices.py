"""Where to compute."""

from __future__ import annotations

import platform
from pathlib import Path

import torch


def find_device(name: str | torch.device = "auto") -> torch.device:
    """Return the device that a name stands for.

    Parameters
    ----------
    name : str or torch.device
        ``"auto"`` is the first CUDA device where there is one, else the CPU; all else is torch's,
        such as ``"cpu"`` or ``"cuda:1"``.

    Returns
    -------
    device : torch.device

    Raises
    ------
    ValueError
        If torch knows no such device, or it is not there.
    """
    if name == "auto":
        return torch.device("cuda" if torch.cuda.is_available() else "cpu")
    try:
        device = torch.device(name)
    except RuntimeError as error:
        raise ValueError(
            f"device={name!r}: expected 'auto', 'cpu', 'cuda' or another of torch's names"
        ) from error
    try:
        torch.empty(0, device=device)
    except (AssertionError, RuntimeError) as error:
        raise ValueError(
            f"device={str(name)!r} is not there: expected 'auto', 'cpu' or a device of this machine"
        ) from error
    return device


def device_name(device: torch.device) -> str:
    """Return what a device is called by its maker, as far as the system knows."""
    if device.type == "cuda":
        return str(torch.cuda.get_device_name(device))
    info = Path("/proc/cpuinfo")
    lines = info.read_text("utf-8").splitlines() if info.is_file() else []
    names = [line.partition(":")[2].strip() for line in lines if line.startswith("model name")]
    return names[0] if names else platform.processor() or platform.machine()
