"""Where to compute."""

from __future__ import annotations

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
