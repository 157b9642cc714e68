"""The recipes of the scenes: a classifier, detectors, and networks that name every pixel."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import Any

import torch
from torch import nn

from course_lib.training.augmentation import Augmentation
from course_lib.training.backdrops import Backdrops
from course_lib.training.image_tasks import Detection, ImageClassification, Segmentation
from course_lib.training.images import ImageExamples
from course_lib.training.optimisers import AdamW, Muon, Optimiser
from course_lib.training.recipes import Recipe, register
from course_lib.training.scene_examples import scene_set
from course_lib.training.schedules import Cosine, WarmUp
from course_lib.training.settings import Settings
from course_lib.training.tasks import Task

TRAIN, VALIDATION, TEST = 16_000, 1000, 2000
"""Scenes of each split."""
FEW = 200
"""Labelled scenes where there are few."""


def one_cycle(
    steps: int,
    rate: float,
    *,
    batch_size: int = 32,
    weight_decay: float = 0.02,
    optimiser: Optimiser | None = None,
) -> Settings:
    """Return a short rise and a long fall of the learning rate, with AdamW or another optimiser."""
    rise = max(1, steps // 20)
    return Settings(
        steps=steps,
        schedule=WarmUp(rise, Cosine(rate, steps - rise)),
        batch_size=batch_size,
        optimiser=optimiser or AdamW(weight_decay=weight_decay),
        clip_norm=5.0,
    )


@dataclass(frozen=True)
class SceneExamples:
    """Draws the scenes of a task, or some of those of training."""

    task: str
    few: int | None = None

    def __call__(self, seed: int) -> ImageExamples:
        """Return the scenes of a seed."""
        train = scene_set(self.task, "train", TRAIN)
        return ImageExamples(
            train if self.few is None else train.subset(self.few, seed),
            scene_set(self.task, "validation", VALIDATION),
            scene_set(self.task, "test", TEST),
        )


@dataclass(frozen=True)
class Builder:
    """Makes a network of the registry, with the first weights of a seed."""

    network: str
    settings: tuple[tuple[str, Any], ...] = ()

    def __call__(self, *, generator: torch.Generator) -> nn.Module:
        """Return a new network."""
        from course_lib.networks import build

        return build(self.network, seed=generator.initial_seed(), **dict(self.settings))


@dataclass(frozen=True)
class TransferBuilder:
    """Makes a detector on what the trained classifier's convolutions have learnt."""

    frozen: bool

    def __call__(self, *, generator: torch.Generator) -> nn.Module:
        """Return a new detector; its head has the first weights of the seed."""
        from course_lib.networks import SceneDetector, freeze, trained_network

        features = trained_network("scene-classifier").features
        with torch.random.fork_rng(devices=[]):
            torch.default_generator.manual_seed(generator.initial_seed())
            return SceneDetector(features=freeze(features) if self.frozen else features.train())


_NORMALISED, _SUPERVISED = ("batch_norm", True), ("supervised", True)
_AUGMENTED = Augmentation(brightness=0.3, colour=0.2, backdrops=Backdrops(), exchange=0.7)


@cache
def register_all() -> None:
    """Make the recipes known."""
    one, several = SceneExamples("classification"), SceneExamples("segmentation")
    classifier = "Classifier of scenes of AlexNet's kind"
    _register(
        "classifier",
        f"{classifier}, augmentation and dropout",
        Builder("scene-classifier", (_NORMALISED, ("dropout", 0.2))),
        one,
        one_cycle(9000, 3e-3, optimiser=Muon()),
        ImageClassification(augmentation=_AUGMENTED, bfloat16=True),
    )
    _register(
        "classifier-plain",
        f"{classifier}, neither augmentation nor dropout",
        Builder("scene-classifier", (_NORMALISED, ("dropout", 0.0))),
        one,
        one_cycle(2400, 3e-3, optimiser=Muon()),
        ImageClassification(bfloat16=True),
    )
    for few in (None, FEW):
        end = "" if few is None else f"-{few}"
        words = "all scenes" if few is None else f"{few} labelled scenes"
        for name, builder, steps, rate in (
            ("scratch", Builder("scene-detector"), 7000, 3e-3),
            ("frozen", TransferBuilder(frozen=True), 1500, 3e-3),
            ("fine-tuned", TransferBuilder(frozen=False), 3000, 3e-3),
        ):
            _register(
                f"detector-{name}{end}",
                f"Detector in scenes of YOLO's kind, {name.replace('-', ' ')}, {words}",
                builder,
                SceneExamples("segmentation", few),
                one_cycle(steps if few is None else 600, rate, optimiser=Muon()),
                Detection(augmentation=_AUGMENTED, bfloat16=True),
            )
    for name, words, builder, steps in (
        ("u-net", "U-Net", Builder("small-u-net", (_SUPERVISED,)), 20_000),
        ("encoder-decoder", "Encoder–decoder", Builder("small-encoder-decoder"), 6000),
        (
            "u-net-without-skips",
            "U-Net retrained without skips",
            Builder("small-u-net", (_SUPERVISED, ("skips", False))),
            10_000,
        ),
    ):
        _register(
            name,
            f"{words} that names every pixel of scenes",
            builder,
            several,
            one_cycle(steps, 6e-3, batch_size=16, optimiser=Muon()),
            Segmentation(
                augmentation=_AUGMENTED,
                bfloat16=True,
                sparse=True,
                coarse=0.5,
            ),
        )


def _register(
    name: str, title: str, network: Any, examples: SceneExamples, settings: Settings, task: Task
) -> None:
    register(
        Recipe(
            f"scenes/{name}",
            title,
            network,
            examples,
            settings,
            task=task,
            most_seeds=1,
            most_evaluations=16,
        )
    )
