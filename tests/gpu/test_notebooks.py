"""Every chapter and every lab's solution under the full profile on the device.

A notebook is for a reader's machine: at most 8 GiB of a GPU's memory and 16 GiB of the host's.
"""

from pathlib import Path

import pytest
import torch

from course_lib.publishing.batch import pools, running
from tests.notebooks.test_every_notebook import NOTEBOOKS

GIB = 2**30


@pytest.mark.gpu
@pytest.mark.timeout(4000)
@pytest.mark.parametrize("notebook", NOTEBOOKS, ids=lambda path: path.stem)
def test_a_notebook_runs_in_full_within_its_memory(
    notebook: Path, device: torch.device, tmp_path: Path
) -> None:
    order = running.Order(tmp_path, profile="full", device=str(device), seconds=3600)
    made = running.run(running.read_sources([notebook]), order, pools.local(1))
    row = made["notebooks"][0]
    assert row["state"] == "passed", f"cell {row['cell']}: {row['error']}\n{row['trace']}"
    assert row["device_bytes"] <= 8 * GIB
    assert row["host_bytes"] <= 16 * GIB
