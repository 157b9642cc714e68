"""A few small pictures with squares in them."""

import torch

from course_lib.training.images import ImageExamples, ImageSet

SIZE = 32


def squares(count: int = 12, *, seed: int = 0, size: int = SIZE) -> ImageSet:
    """Return grey pictures, each with a bright square of its class's colour channel."""
    generator = torch.Generator().manual_seed(seed)
    images = torch.randint(0, 60, (count, 3, size, size), generator=generator, dtype=torch.uint8)
    masks = torch.zeros(count, size, size, dtype=torch.uint8)
    labels = torch.arange(count)[:, None] % 3
    boxes = torch.zeros(count, 1, 4)
    for i in range(count):
        left, top = torch.randint(2, size // 2, (2,), generator=generator).tolist()
        side = size // 3
        images[i, labels[i, 0], top : top + side, left : left + side] = 250
        masks[i, top : top + side, left : left + side] = labels[i, 0] + 1
        boxes[i, 0] = torch.tensor([left, top, left + side, top + side])
    return ImageSet(images, labels, boxes, masks)


def examples(count: int = 12, size: int = SIZE) -> ImageExamples:
    return ImageExamples(*(squares(count, seed=seed, size=size) for seed in range(3)))


def edges(mask: torch.Tensor) -> list[float]:
    """Return the box around all that is not 0."""
    rows, columns = mask.any(1).nonzero()[:, 0], mask.any(0).nonzero()[:, 0]
    return [
        float(columns[0]),
        float(rows[0]),
        float(columns[-1]) + 1,
        float(rows[-1]) + 1,
    ]
