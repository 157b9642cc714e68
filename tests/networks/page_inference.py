"""The page's inference, run by Node on networks and images of a test."""

from __future__ import annotations

import json
import subprocess
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import numpy as np
import torch
from torch import Tensor

from course_lib.publishing.node import node

SCRIPT = Path(__file__).parents[2] / "frontend" / "tests" / "run-network.ts"


def run_in_the_page(stored: dict[str, Any], images: Tensor) -> Tensor:
    """Return what the page gives for images.

    Parameters
    ----------
    stored : dict
        As `page_format` returns it.
    images : Tensor, shape (N, C, H, W)

    Returns
    -------
    outputs : Tensor, shape (N, C', H', W')
        Channels first; of a vector H' and W' are 1.
    """
    with TemporaryDirectory() as folder:
        network, given, found = (Path(folder) / name for name in ("network", "images", "outputs"))
        network.write_text(json.dumps(stored), encoding="utf-8")
        given.write_bytes(images.float().numpy().tobytes())
        command = [str(node()), str(SCRIPT), *map(str, (network, given, found))]
        subprocess.run(command, check=True, capture_output=True)
        numbers = np.fromfile(found, dtype="<f4")
    shape = stored["plan"]["layers"][-1]["shape"]
    return torch.from_numpy(numbers).view(len(images), *shape)
