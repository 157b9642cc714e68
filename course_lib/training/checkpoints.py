"""Checkpoints: all that training needs to go on as if it had never stopped, in one file.

A checkpoint is for resuming on the same machine; a finished network is kept by `save_network`.
"""

from __future__ import annotations

import io
import pickle
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import torch

from course_lib.files import write_whole

_FORMAT = 1


class CheckpointError(ValueError):
    """A file that is no checkpoint, or one of other training."""


def save_checkpoint(path: Path, content: Mapping[str, Any]) -> None:
    """Write a checkpoint in one stroke.

    Parameters
    ----------
    path : Path
    content : mapping
        Tensors, numbers, strings, and lists and dictionaries of them.

    Raises
    ------
    OSError
        If the place takes no file; the last checkpoint stands still.
    """
    buffer = io.BytesIO()
    torch.save({"format": _FORMAT, **content}, buffer)
    write_whole(path, buffer.getvalue())


def load_checkpoint(path: Path) -> dict[str, Any]:
    """Return what `save_checkpoint` wrote, its tensors on the CPU.

    Nothing of the file is run: only tensors and plain values are read.

    Raises
    ------
    FileNotFoundError
        If there is no such file.
    CheckpointError
        If it is damaged, or no checkpoint of this format.
    """
    data = path.read_bytes()
    try:
        content = torch.load(io.BytesIO(data), map_location="cpu", weights_only=True)
    except (RuntimeError, pickle.UnpicklingError, EOFError, ValueError, KeyError) as error:
        raise CheckpointError(
            f"{path} is no checkpoint or is damaged: remove it, or start without resume"
        ) from error
    if not isinstance(content, dict) or content.pop("format", None) != _FORMAT:
        raise CheckpointError(f"{path} is no checkpoint of format {_FORMAT}: start without resume")
    return content
