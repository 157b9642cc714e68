"""A trained network on disc: its weights, and beside them what they are and how they came about.

``NAME.safetensors`` holds the weights, ``NAME.json`` the record with the hash of those weights. The
weights are written first: a record never speaks of a file that is not there.
"""

from __future__ import annotations

import hashlib
import json
import platform
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field, fields
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import torch
from torch import Tensor, nn

from course_lib import __version__
from course_lib.files import write_whole
from course_lib.training.histories import History, plain_number

_FORMAT = 1


class RecordError(ValueError):
    """A record, or the network beside it, that is not what it should be."""


def versions() -> dict[str, str]:
    """Return what a result depends on beside the recipe."""
    import numpy

    return {
        "course_lib": __version__,
        "torch": str(torch.__version__),
        "numpy": numpy.__version__,
        "python": platform.python_version(),
        "system": f"{platform.system()} {platform.machine()}",
    }


@dataclass(frozen=True)
class Record:
    """How a network came about, and how good it is."""

    recipe: Mapping[str, Any]
    """Its name, its settings, its network and the profile, as plain values."""
    seed: int
    data_sha256: str
    """Of the examples it learned from and was tested with."""
    metrics: Mapping[str, float]
    """The last values of the history."""
    history: History
    seconds: float
    """Time of training, on the machine of the time."""
    device: str
    compiled: bool = False
    versions: Mapping[str, str] = field(default_factory=versions)
    created: str = field(default_factory=lambda: datetime.now(UTC).isoformat(timespec="seconds"))
    network_sha256: str = ""
    """Of the file of weights; `save_network` fills it in."""

    def to_json(self) -> str:
        """Return the record as JSON."""
        plain = {
            "format": _FORMAT,
            **asdict(self),
            "metrics": {name: plain_number(value) for name, value in self.metrics.items()},
            "history": self.history.to_plain(),
        }
        return json.dumps(plain, indent=1, ensure_ascii=False, allow_nan=False) + "\n"

    @classmethod
    def from_json(cls, text: str) -> Record:
        """Return the record that `to_json` wrote down.

        Raises
        ------
        RecordError
            If the text is something else.
        """
        try:
            plain = json.loads(text)
            if plain.pop("format") != _FORMAT:
                raise RecordError(f"the record is not of format {_FORMAT}")
            if plain.keys() != {f.name for f in fields(cls)}:
                raise RecordError(f"the record has the entries {sorted(plain)}")
            metrics = {name: float(value) for name, value in plain["metrics"].items()}
            history = History.from_plain(plain["history"])
            return cls(**plain | {"metrics": metrics, "history": history})
        except (ValueError, TypeError, KeyError, AttributeError) as error:
            raise RecordError(f"it is no record of a network: {error}") from error


def save_network(path: Path | str, weights: Mapping[str, Tensor], record: Record) -> Record:
    """Write a network and its record beside each other.

    Parameters
    ----------
    path : Path
        Ends in ``.safetensors``; the record's ends in ``.json``.
    weights : mapping of str to Tensor
        A network's ``state_dict()``.
    record : Record

    Returns
    -------
    record : Record
        With the hash of the weights.

    Raises
    ------
    ValueError
        If the path ends otherwise, or a weight is NaN or infinite.
    OSError
        If the place takes no files.
    """
    from safetensors.torch import save

    path = _checked(path)
    kept = {name: tensor.detach().cpu().contiguous() for name, tensor in weights.items()}
    for name, tensor in kept.items():
        if tensor.is_floating_point() and not bool(torch.isfinite(tensor).all()):
            raise ValueError(f"weights[{name!r}] holds NaN or infinity: expected finite numbers")
    content = save(kept)
    digest = hashlib.sha256(content).hexdigest()
    record = Record(**{**vars(record), "network_sha256": digest})
    text = record.to_json()  # before anything is written: weights without a record are of no use
    write_whole(path, content)
    write_whole(path.with_suffix(".json"), text.encode())
    return record


def load_record(path: Path | str) -> Record:
    """Return the record beside a network.

    Parameters
    ----------
    path : Path
        Of the network, or of the record.

    Raises
    ------
    FileNotFoundError
        If there is none.
    RecordError
        If it is damaged.
    """
    path = Path(path).with_suffix(".json")
    try:
        return Record.from_json(path.read_text("utf-8"))
    except (RecordError, UnicodeDecodeError) as error:
        raise RecordError(f"{path}: {error}") from error


def load_network(path: Path | str, network: nn.Module) -> Record:
    """Give a network the weights of a file, if the file is what its record says.

    Parameters
    ----------
    path : Path
        Of the weights, with the record beside it.
    network : Module
        Changed only if all is well. Weights that are kept in half precision are widened.

    Returns
    -------
    record : Record

    Raises
    ------
    FileNotFoundError
        If the weights or the record are not there.
    RecordError
        If the file is not the one that was recorded, or holds another network.
    """
    from safetensors.torch import load

    path = _checked(path)
    record = load_record(path)
    content = path.read_bytes()
    digest = hashlib.sha256(content).hexdigest()
    if digest != record.network_sha256:
        raise RecordError(
            f"{path} has the SHA-256 {digest}: expected {record.network_sha256}, as recorded"
        )
    weights, own = load(content), network.state_dict()
    if all(t.dtype != torch.float32 for t in weights.values()):
        weights = {
            name: tensor.float() if tensor.dtype == torch.float16 else tensor
            for name, tensor in weights.items()
        }
    shapes = {name: (tuple(t.shape), t.dtype) for name, t in weights.items()}
    expected = {name: (tuple(t.shape), t.dtype) for name, t in own.items()}
    if shapes != expected:
        differ = sorted(n for n in {*shapes, *expected} if shapes.get(n) != expected.get(n))
        raise RecordError(
            f"{path} holds another network: {differ[0]} is {shapes.get(differ[0], 'missing')}, "
            f"expected {expected.get(differ[0], 'nothing of that name')}"
        )
    network.load_state_dict(weights)
    return record


def _checked(path: Path | str) -> Path:
    path = Path(path)
    if path.suffix != ".safetensors":
        raise ValueError(f"path={str(path)!r}: expected a name that ends in .safetensors")
    return path
