"""Every golden file and its text, so that writing and checking cannot differ."""

from __future__ import annotations

import json
from pathlib import Path
from types import ModuleType

from course_lib.demos import (
    architecture_page,
    augmentation_page,
    detection_page,
    mnist1d_page,
    photographs_page,
    scene_backgrounds_page,
    scene_classifier_page,
    scene_detectors_page,
    scene_segmenters_page,
    scenes_page,
    u_nets_page,
)
from tests.golden import (
    architectures,
    augmentation,
    boundaries,
    channels,
    compositions,
    convolution_1d,
    convolution_2d,
    convolutional_layers,
    detection,
    equivariance,
    inference,
    inside_mnist_1d,
    live,
    mnist1d,
    receptive_fields,
    resampling,
    residual_depth,
    sampler,
    scenes,
    train_mnist_1d,
)
from tests.golden.document import document as _document

FRONTEND = Path(__file__).parents[2] / "frontend"
FOLDER = FRONTEND / "tests" / "golden"
DATA = FRONTEND / "src" / "data"


def texts() -> dict[str, str]:
    """Return the text of each file under its name."""
    return {
        "boundaries.json": _document({"cases": boundaries.boundaries()}),
        "channels.json": _document(
            {
                "layers": channels.layers(),
                "rebuilt": channels.rebuilt(),
                "learnt": channels.learnt(),
            }
        ),
        "convolution-1d.json": _document(
            {
                "cases": convolution_1d.cases(),
                "matrices": convolution_1d.matrices(),
                "kernels": convolution_1d.kernels(),
            }
        ),
        "convolution-2d.json": _document({"cases": convolution_2d.cases()}),
        "train-mnist-1d.json": _document(
            {"samples": train_mnist_1d.samples(), "runs": train_mnist_1d.runs()}
        ),
        "convolutional-layers.json": _document(
            {
                "layers": convolutional_layers.some_layers(),
                "readings": convolutional_layers.readings(),
                "targets": convolutional_layers.targets(),
            }
        ),
        "compositions.json": _document({"cases": compositions.compositions()}),
        "receptive-fields.json": _document(
            {
                "stacks": receptive_fields.stacks(),
                "influences": receptive_fields.influences(),
            }
        ),
        "mnist-1d.json": _document(
            {
                "scores": mnist1d.scores(),
                "orders": mnist1d.orders(),
                "costs": mnist1d.costs(),
            }
        ),
        "mnist-1d-sampler.json": _document(
            {"stages": sampler.stages(), "examples": sampler.examples()}
        ),
        "inside-mnist-1d.json": _document(
            {
                "gradients": inside_mnist_1d.gradients(),
                "signals": inside_mnist_1d.signals(),
                "errors": inside_mnist_1d.some_errors(),
            }
        ),
        "detection.json": _document(
            {
                "overlaps": detection.overlaps(),
                "suppressions": detection.suppressions(),
                "precisions": detection.precisions(),
                "encodings": detection.encodings(),
                "losses": detection.losses(),
            }
        ),
        "residual-depth.json": _document({"stacks": residual_depth.stacks()}),
        "equivariance.json": _document({"cases": equivariance.cases()}),
        "live.json": _document({"grids": live.grids(), "maps": live.maps()}),
        "scenes.json": _document(
            {
                "drawn": scenes.drawn(),
                "photographs": scenes.photographs(),
                "rendered": scenes.rendered(),
            }
        ),
        "inference.json": _document(
            {
                "settings": inference.settings(),
                "networks": inference.networks(),
                "gradients": inference.gradients(),
            }
        ),
        "resampling.json": _document(
            {
                "downs": resampling.downs(),
                "ups": resampling.ups(),
                "stamps": resampling.stamps(),
            }
        ),
        "architectures.json": _document({"networks": architectures.networks()}),
        "augmentation.json": _document({"cases": augmentation.cases()}),
    }


def data_texts() -> dict[str, str]:
    """Return the text of each file of data that the page computes with, under its name."""
    pages: dict[str, ModuleType] = {
        "architectures.json": architecture_page,
        "augmentation.json": augmentation_page,
        "detection-scenes.json": detection_page,
        "mnist1d.json": mnist1d_page,
        "photographs.json": photographs_page,
        "scene-backgrounds.json": scene_backgrounds_page,
        "scene-classifier.json": scene_classifier_page,
        "scene-detectors.json": scene_detectors_page,
        "scene-segmenters.json": scene_segmenters_page,
        "scenes.json": scenes_page,
        "u-nets.json": u_nets_page,
    }
    return {
        name: json.dumps(page.page_data(), separators=(",", ":"), ensure_ascii=False) + "\n"
        for name, page in pages.items()
    }


def write(folder: Path = FOLDER) -> None:
    """Write every golden file, and the page's data."""
    for name, text in data_texts().items():
        (DATA / name).write_bytes(text.encode())
    folder.mkdir(parents=True, exist_ok=True)
    for name, text in texts().items():
        (folder / name).write_bytes(text.encode())
