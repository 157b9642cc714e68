"""The IDX format, in which MNIST and its kin are published."""

from __future__ import annotations

import gzip
from math import prod
from pathlib import Path

import numpy as np
import torch
from torch import Tensor

# The third byte of a file; numbers stand in big-endian order.
_TYPES = {0x08: "u1", 0x09: "i1", 0x0B: ">i2", 0x0C: ">i4", 0x0D: ">f4", 0x0E: ">f8"}


def read_idx(path: Path) -> Tensor:
    """Return the array that an IDX file holds, gzipped or not.

    Parameters
    ----------
    path : Path

    Returns
    -------
    values : Tensor
        Of the file's shape and type.

    Raises
    ------
    ValueError
        If the file is not whole, or not in this format; the message names it.
    """
    content = path.read_bytes()
    if content[:2] == b"\x1f\x8b":
        try:
            content = gzip.decompress(content)
        except (EOFError, OSError, ValueError) as error:
            raise ValueError(f"{path}: the gzip data are not whole ({error})") from error
    if len(content) < 4 or content[:2] != b"\0\0" or content[2] not in _TYPES:
        raise ValueError(f"{path}: begins with {content[:4].hex()!r}, expected an IDX header")
    dtype, axes = np.dtype(_TYPES[content[2]]), content[3]
    start = 4 + 4 * axes
    if len(content) < start:
        raise ValueError(f"{path}: ends within its header")
    shape = [int.from_bytes(content[i : i + 4], "big") for i in range(4, start, 4)]
    expected = prod(shape) * dtype.itemsize
    if len(content) - start != expected:
        raise ValueError(
            f"{path}: holds {len(content) - start} bytes of data, expected {expected} for the "
            f"shape {tuple(shape)}"
        )
    values = np.frombuffer(content, dtype, offset=start).reshape(shape)
    return torch.from_numpy(values.astype(dtype.newbyteorder("=")))
