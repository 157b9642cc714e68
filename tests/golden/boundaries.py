"""Golden cases of outlines: maps of classes and how well their boundaries agree."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import torch
from torch.nn import functional

from course_lib.segmentation import boundary_f

Case = dict[str, Any]


def boundaries() -> Iterator[Case]:
    """Yield pairs of maps at several sizes and tolerances; absent and full classes among them."""
    generator = torch.Generator().manual_seed(5)
    for classes, height, width in ((3, 12, 15), (11, 24, 24), (2, 5, 7), (1, 4, 4), (4, 1, 9)):
        # Blobs rather than noise, where every pixel would be a boundary.
        small = torch.rand((2, classes, -(-height // 3), -(-width // 3)), generator=generator)
        large = functional.interpolate(small, (height, width), mode="bilinear").argmax(dim=1)
        nothing = torch.zeros_like(large[:1])
        for prediction, truth in (
            (large[:1], large[1:]),
            (large[:1], large[:1]),
            (nothing, large[:1]),
        ):
            for tolerance in (0, 1, 1.5, 3):
                f = boundary_f(prediction, truth, classes, tolerance=tolerance)[0]
                yield {
                    "classes": classes,
                    "width": width,
                    "tolerance": tolerance,
                    "predicted": prediction.flatten().tolist(),
                    "truth": truth.flatten().tolist(),
                    "f": [None if value != value else value for value in f.tolist()],
                }
