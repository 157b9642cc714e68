"""What training on the scenes came to: classifiers, detectors and networks that name pixels."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, fields
from functools import cache
from types import MappingProxyType
from typing import Any

from course_lib.networks.trained_folder import FOLDER

FILE = FOLDER / "scene-results.json"

RECALLS = tuple(step / 100 for step in range(101))
"""Where the precision of a detector is given."""


@dataclass(frozen=True)
class SceneRun:
    """What one recipe came to. All measurements but the curves are on the 2,000 test scenes.

    Attributes
    ----------
    name : str
        Of the trained network, as `trained_network` takes it.
    recipe : str
        As ``course train`` takes it.
    metrics : mapping of str to float
        Of the network as it ships, in half precision: ``test_loss`` and, for a classifier,
        ``test_error``; for a detector ``test_ap_50`` and ``test_ap`` (the mean over ten overlaps
        from 0.50 to 0.95); for the others ``test_mean_iou`` (background included) and
        ``test_pixel_accuracy``.
    steps : tuple of int
        Where `curves` has values.
    curves : mapping of str to tuple of float
        While it learnt: ``loss``, of the batches; ``train_…`` and ``validation_…`` for some 400
        scenes of each.
    scenes : int
        Scenes that it learnt from.
    batch_size : int
    parameters, multiply_adds : int
        Of the network; the latter for one scene of 96×96 pixels.
    seconds : float
        That training took, on a busy machine.
    network_sha256 : str
        Of the weights that were measured.
    """

    name: str
    recipe: str
    metrics: Mapping[str, float]
    steps: tuple[int, ...]
    curves: Mapping[str, tuple[float, ...]]
    scenes: int
    batch_size: int
    parameters: int
    multiply_adds: int
    seconds: float
    network_sha256: str


@dataclass(frozen=True)
class Mistake:
    """A test scene that a classifier takes for something else."""

    scene: int
    """Its number in the split ``"test"``, task ``"classification"``."""
    truth: int
    guess: int
    probability: float
    """That the classifier gives its guess."""


@dataclass(frozen=True)
class ClassifierRun(SceneRun):
    """A classifier.

    Attributes
    ----------
    confusion : tuple of tuples of int
        Scenes: rows are what is true, columns what was guessed.
    mistakes : tuple of Mistake
        Those of the surest wrong guesses, surest first.
    """

    confusion: tuple[tuple[int, ...], ...]
    mistakes: tuple[Mistake, ...]

    @property
    def accuracy(self) -> float:
        """The part of the scenes that are right."""
        return 1 - self.metrics["test_error"]


@dataclass(frozen=True)
class DetectorFailure:
    """A test scene with objects missed or things seen that are not there."""

    scene: int
    """Its number in the split ``"test"``, task ``"detection"``."""
    found: int
    """Objects with a box of their class that overlaps by one half, of a score of at least 0.3."""
    missed: int
    """All other objects."""
    false: int
    """Boxes of such a score that found none."""


@dataclass(frozen=True)
class DetectorRun(SceneRun):
    """A detector.

    Attributes
    ----------
    ap_50_by_class : tuple of float
        Average precision at an overlap of 0.5, class by class.
    ap_by_overlap : tuple of float
        Mean over classes at the overlaps 0.50, 0.55, …, 0.95.
    precision : tuple of tuples of float
        A row a class: the highest precision at each of ``RECALLS`` or beyond, at an overlap of 0.5;
        the mean of a row is its average precision.
    found, missed, false : int
        Over all test scenes, counted as `DetectorFailure` does.
    failures : tuple of DetectorFailure
        The scenes with the most missed and false, worst first.
    """

    ap_50_by_class: tuple[float, ...]
    ap_by_overlap: tuple[float, ...]
    precision: tuple[tuple[float, ...], ...]
    found: int
    missed: int
    false: int
    failures: tuple[DetectorFailure, ...]


@dataclass(frozen=True)
class SegmenterFailure:
    """A test scene with many wrong pixels."""

    scene: int
    """Its number in the split ``"test"``, task ``"segmentation"``."""
    mean_iou: float
    """Over the classes that are there or were seen, the background among them."""
    pixel_accuracy: float


@dataclass(frozen=True)
class Ablation:
    """A network with one of its skips carrying zeros instead, on the first 500 test scenes."""

    level: int
    """Of the skip; 0 is nearest the image."""
    mean_iou: float
    outline_f: float


@dataclass(frozen=True)
class SegmenterRun(SceneRun):
    """A network that names every pixel.

    Attributes
    ----------
    confusion : tuple of tuples of int
        Pixels: rows are what is true, columns what was said; 0 is the background.
    iou_by_class : tuple of float
        The background's first.
    boundary_f : float
        Mean agreement of each class's outline, within one pixel (`course_lib.segmentation`), in
        the first 500 scenes.
    outline_f : float
        The same for all that is no background, whatever its class.
    background : float
        The part of all pixels that is background: what naming nothing else would get right.
    failures : tuple of SegmenterFailure
        The scenes of the lowest mean IoU, worst first.
    ablations : tuple of Ablation
        None for a network without skips.
    """

    confusion: tuple[tuple[int, ...], ...]
    iou_by_class: tuple[float, ...]
    boundary_f: float
    outline_f: float
    background: float
    failures: tuple[SegmenterFailure, ...]
    ablations: tuple[Ablation, ...]


@dataclass(frozen=True)
class SceneResults:
    """All runs, by name without ``scene-``, such as ``"classifier"``, ``"detector-frozen-200"``."""

    classifiers: Mapping[str, ClassifierRun]
    detectors: Mapping[str, DetectorRun]
    segmenters: Mapping[str, SegmenterRun]


KINDS: Mapping[str, type[SceneRun]] = MappingProxyType(
    {"classifiers": ClassifierRun, "detectors": DetectorRun, "segmenters": SegmenterRun}
)
_PARTS: Mapping[str, type[Any]] = MappingProxyType(
    {"mistakes": Mistake, "ablations": Ablation}
)  # what the entries of a field are


@cache
def scene_results() -> SceneResults:
    """Return what training on the scenes came to.

    Made by ``course train scenes/… --profile full`` and ``tools/scene-results``.

    Returns
    -------
    results : SceneResults

    Examples
    --------
    >>> len(scene_results().classifiers["classifier"].confusion)
    10
    """
    plain = json.loads(FILE.read_text("utf-8"))
    return SceneResults(
        **{
            kind: MappingProxyType({name: _run(made, run) for name, run in plain[kind].items()})
            for kind, made in KINDS.items()
        }
    )


def _run(made: type[SceneRun], plain: Mapping[str, Any]) -> Any:
    parts = {**_PARTS, "failures": _FAILURES.get(made)}
    values = {}
    for field in fields(made):
        value = plain[field.name]
        if field.name == "curves":
            value = {name: tuple(curve) for name, curve in value.items()}
        elif part := parts.get(field.name):
            value = tuple(part(**entry) for entry in value)
        values[field.name] = _tuples(value)
    return made(**values)


_FAILURES: Mapping[type[SceneRun], type[Any]] = MappingProxyType(
    {DetectorRun: DetectorFailure, SegmenterRun: SegmenterFailure}
)


def _tuples(value: Any) -> Any:
    return tuple(map(_tuples, value)) if isinstance(value, list) else value
