"""The three tasks of pictures: one class for all of it, boxes around objects, a class a pixel."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import AbstractContextManager, nullcontext
from dataclasses import dataclass, replace

import torch
from torch import Tensor, nn
from torch.nn import functional

from course_lib.detection import (
    COCO,
    Detections,
    Evaluation,
    Grid,
    GridTargets,
    GroundTruth,
    Protocol,
    decode_grid,
    encode_boxes,
    evaluate,
    squash,
    stack_targets,
    suppress,
    yolo_loss,
)
from course_lib.networks.unet import UNet
from course_lib.segmentation import confusion_matrix, mean_iou, pixel_accuracy
from course_lib.training.augmentation import Augmentation, ImageBatches
from course_lib.training.checks import check_count
from course_lib.training.images import ImageExamples, ImageSet, as_input
from course_lib.training.loop import Batch, BatchSource
from course_lib.training.settings import Settings

IGNORED = 255
"""What a mask holds where no class is asked for."""
AT_ONCE = 100
"""Images computed together where nothing is learned."""
LEAST_SCORE = 0.01
"""Boxes of a lower score are not judged: they are many, and change an average precision little."""
OVERLAP = 0.5
"""Of two boxes of one class that overlap by more, the one of the lower score is suppressed."""


@dataclass(frozen=True)
class ImageTask:
    """What the three tasks share."""

    classes: int = 10
    augmentation: Augmentation | None = None
    bfloat16: bool = False
    """Whether the products of the forward pass are computed in 16 bits while learning."""
    looked_at: int = 400
    """Images of each split that are measured while learning."""

    def __post_init__(self) -> None:
        check_count("classes", self.classes)
        check_count("looked_at", self.looked_at)

    def batches(self, examples: ImageExamples, settings: Settings, seed: int) -> BatchSource:
        """Return batches of inputs and of what is true of them."""
        source = ImageBatches(examples.train, settings.batch_size, seed, self.augmentation)

        def batch(step: int) -> Batch:
            images = source(step)
            return (as_input(images.images), *self.targets(images))

        return batch

    def targets(self, images: ImageSet) -> tuple[Tensor, ...]:
        """Return what the loss needs beside the inputs."""
        raise NotImplementedError

    def loss(self, network: nn.Module, batch: Batch) -> Tensor:
        """Return the loss of a batch."""
        inputs, *targets = batch
        with self.precision(inputs):
            output = network(inputs)
        return self.cost(output.float(), *targets)

    def precision(self, inputs: Tensor) -> AbstractContextManager[None]:
        """Return in what precision products are computed while learning."""
        where = inputs.device.type
        return torch.autocast(where, torch.bfloat16) if self.bfloat16 else nullcontext()

    def cost(self, output: Tensor, *targets: Tensor) -> Tensor:
        """Return the loss of a network's output."""
        raise NotImplementedError

    def watch(self, network: nn.Module, examples: ImageExamples) -> Mapping[str, float]:
        """Return what `measure` finds on some images of training and validation."""
        return {
            f"{split}_{name}": value
            for split in ("train", "validation")
            for name, value in self.measure(
                network, getattr(examples, split).take(slice(self.looked_at))
            ).items()
        }

    def judge(self, network: nn.Module, examples: ImageExamples) -> Mapping[str, float]:
        """Return what `measure_all` finds on the test's images."""
        found = self.measure_all(network, examples.test)
        return {f"test_{name}": value for name, value in found.items()}

    def measure(self, network: nn.Module, images: ImageSet) -> dict[str, float]:
        """Return loss and quality, quickly."""
        raise NotImplementedError

    def measure_all(self, network: nn.Module, images: ImageSet) -> dict[str, float]:
        """Return loss and quality in every measure."""
        return self.measure(network, images)

    @torch.no_grad()
    def outputs(self, network: nn.Module, images: ImageSet) -> Iterator[tuple[ImageSet, Tensor]]:
        """Yield some images and the network's output for them, until all are done."""
        for first in range(0, len(images), AT_ONCE):
            some = images.take(slice(first, first + AT_ONCE))
            yield some, network(as_input(some.images)).float()


@dataclass(frozen=True)
class ImageClassification(ImageTask):
    """To name the class of the one object, or of the whole image."""

    def targets(self, images: ImageSet) -> tuple[Tensor, ...]:
        """Return the classes."""
        return (images.labels[:, 0],)

    def cost(self, output: Tensor, *targets: Tensor) -> Tensor:
        """Return the mean cross-entropy; an object pushed out of sight does not count."""
        return functional.cross_entropy(output, targets[0], ignore_index=-1)

    def scores(self, network: nn.Module, images: ImageSet) -> Tensor:
        """Return the scores of every class, shape (N, classes)."""
        return torch.cat([output for _, output in self.outputs(network, images)])

    def measure(self, network: nn.Module, images: ImageSet) -> dict[str, float]:
        """Return loss and error, a fraction."""
        scores, truth = self.scores(network, images), images.labels[:, 0]
        return {
            "loss": float(functional.cross_entropy(scores, truth)),
            "error": float((scores.argmax(1) != truth).double().mean()),
        }


@dataclass(frozen=True)
class Detection(ImageTask):
    """To put a box of the right class around every object."""

    cells: int = 6
    """Of the grid, along each side."""

    @property
    def grid(self) -> Grid:
        """The grid of the network's output, two boxes a cell."""
        return Grid(self.cells, 2, self.classes)

    def targets(self, images: ImageSet) -> tuple[Tensor, ...]:
        """Return what the grid's cells are to say: boxes and classes."""
        height, width = images.images.shape[2:]
        each = [
            encode_boxes(boxes[labels >= 0], labels[labels >= 0], (height, width), self.grid)
            for boxes, labels in zip(images.boxes, images.labels, strict=True)
        ]
        targets = stack_targets([one.targets for one in each])
        return targets.boxes, targets.classes

    def cost(self, output: Tensor, *targets: Tensor) -> Tensor:
        """Return YOLO's loss."""
        boxes, classes = targets
        prediction = squash(output, self.grid)
        return yolo_loss(prediction, GridTargets(boxes, classes), self.grid).total

    def detect(self, network: nn.Module, images: ImageSet) -> list[Detections]:
        """Return what survives of each image's boxes."""
        return [
            one
            for some, output in self.outputs(network, images)
            for one in self._decoded(some, output)
        ]

    def evaluation(
        self, network: nn.Module, images: ImageSet, protocol: Protocol = COCO
    ) -> Evaluation:
        """Return average precision and its curves, by threshold and class."""
        return evaluate(self.detect(network, images), truths(images), self.classes, protocol)

    def measure(self, network: nn.Module, images: ImageSet) -> dict[str, float]:
        """Return loss and average precision at an overlap of one half."""
        found = self._measured(network, images, replace(COCO, iou_thresholds=(0.5,)))
        return {"loss": found["loss"], "ap_50": found["ap"]}

    def measure_all(self, network: nn.Module, images: ImageSet) -> dict[str, float]:
        """Return also the mean over ten overlaps from 0.50 to 0.95."""
        return self._measured(network, images, COCO)

    def _measured(
        self, network: nn.Module, images: ImageSet, protocol: Protocol
    ) -> dict[str, float]:
        found, total = [], 0.0
        for some, output in self.outputs(network, images):
            found += self._decoded(some, output)
            total += float(self.cost(output, *self.targets(some))) * len(some)
        evaluation = evaluate(found, truths(images), self.classes, protocol)
        return {
            "loss": total / len(images),
            "ap_50": float(evaluation.by_threshold[0]),
            "ap": evaluation.mean,
        }

    def _decoded(self, some: ImageSet, output: Tensor) -> list[Detections]:
        height, width = some.images.shape[2:]
        prediction = squash(output, self.grid)
        return [
            suppress(one, iou_threshold=OVERLAP, score_threshold=LEAST_SCORE)
            for one in decode_grid(prediction, (height, width), self.grid)
        ]


@dataclass(frozen=True)
class Segmentation(ImageTask):
    """To name the class of every pixel; class 0 is the background."""

    background: float = 1.0
    """How much a pixel of the background counts in the loss; there are many."""
    sparse: bool = False
    """Whether the loss while learning is of one pixel in each 2×2, the same place in all, drawn for
    every batch: neighbours say much the same, and the loss of all takes a third of a step."""

    coarse: float = 0.0
    """How much the loss of what a U-Net's lowest levels say counts while it learns."""

    def loss(self, network: nn.Module, batch: Batch) -> Tensor:
        """Return the loss of a batch."""
        inputs, masks = batch
        output, *coarse = self.forward(network, inputs)
        extra = [
            # Of each of their cells, the class of its middle.
            self.cost(scores.float(), masks[:, step // 2 :: step, step // 2 :: step])
            for scores in coarse
            for step in [masks.shape[-1] // scores.shape[-1]]
        ]
        if self.sparse:
            row, column = torch.randint(2, (2,)).tolist()
            output = output[:, :, row::2, column::2].contiguous()
            masks = masks[:, row::2, column::2]
        return sum(extra, start=torch.zeros(())) * self.coarse + self.cost(output.float(), masks)

    def forward(self, network: nn.Module, inputs: Tensor) -> tuple[Tensor, ...]:
        """Return a network's output while it learns, and what its lowest levels say."""
        ask = network.coarse_scores if self.coarse and isinstance(network, UNet) else network
        with self.precision(inputs):
            output = ask(inputs)
        return output if isinstance(output, tuple) else (output,)

    def targets(self, images: ImageSet) -> tuple[Tensor, ...]:
        """Return the masks."""
        return (images.masks.long(),)

    def cost(self, output: Tensor, *targets: Tensor) -> Tensor:
        """Return the mean cross-entropy of the pixels."""
        weights = output.new_ones(self.classes + 1)
        weights[0] = self.background
        return functional.cross_entropy(output, targets[0], weights, ignore_index=IGNORED)

    def confusion(self, network: nn.Module, images: ImageSet) -> Tensor:
        """Return how often each class was called what: shape (classes + 1, classes + 1)."""
        return torch.stack(
            [self._counts(some, output) for some, output in self.outputs(network, images)]
        ).sum(0)

    def measure(self, network: nn.Module, images: ImageSet) -> dict[str, float]:
        """Return loss, mean IoU over the classes, and the part of pixels that are right."""
        counts, total = [], 0.0
        for some, output in self.outputs(network, images):
            counts.append(self._counts(some, output))
            total += float(self.cost(output, *self.targets(some))) * len(some)
        confusion = torch.stack(counts).sum(0)
        return {
            "loss": total / len(images),
            "mean_iou": mean_iou(confusion),
            "pixel_accuracy": pixel_accuracy(confusion),
        }

    def _counts(self, some: ImageSet, output: Tensor) -> Tensor:
        return confusion_matrix(
            output.argmax(1), some.masks, self.classes + 1, ignore_index=IGNORED
        )


def truths(images: ImageSet) -> list[GroundTruth]:
    """Return the objects of every image."""
    return [
        GroundTruth(boxes[labels >= 0], labels[labels >= 0])
        for boxes, labels in zip(images.boxes, images.labels, strict=True)
    ]
