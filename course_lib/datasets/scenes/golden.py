"""What a renderer in another language needs: the classes, the colours, the photographs, and cases.

Everything returned here is ready for ``json.dumps``.
"""

from __future__ import annotations

from base64 import b64encode
from dataclasses import fields, is_dataclass
from typing import Any

from course_lib.datasets.scenes.backgrounds import SHORT_SIDE, background_pixels
from course_lib.datasets.scenes.chance import Mulberry32
from course_lib.datasets.scenes.colours import HUES, TONES, wheel_colour
from course_lib.datasets.scenes.describe import FREQUENCY_STEP, SPLITS, describe, scene_seed
from course_lib.datasets.scenes.description import Description
from course_lib.datasets.scenes.kinds import KINDS, SLOTS
from course_lib.datasets.scenes.render import render


def catalogue() -> dict[str, Any]:
    """Return the ten classes and the colour wheel as plain data.

    A shape is an object whose ``"shape"`` names its type in `shapes`; its other names are the
    type's fields. So a page can carry the classes without a second definition of them.
    """
    return {
        "slots": SLOTS,
        "splits": SPLITS,
        "frequency_step": FREQUENCY_STEP,
        "tones": TONES,
        "wheel": [[wheel_colour(hue, tone) for tone in TONES] for hue in range(HUES)],
        "classes": {name: _plain(kind) for name, kind in KINDS.items()},
    }


def stored_background(name: str) -> dict[str, Any]:
    """Return a photograph as stored: its height and width, and its RGB bytes in base 64."""
    pixels = background_pixels(name)
    return {
        "name": name,
        "short_side": SHORT_SIDE,
        "height": pixels.shape[0],
        "width": pixels.shape[1],
        "rgb": b64encode(pixels.tobytes()).decode("ascii"),
    }


def generator_case(split: str, task: str, index: int) -> dict[str, Any]:
    """Return a seed, the first numbers it gives, and the description drawn from it."""
    seed = scene_seed(split, task, index)
    random = Mulberry32(seed)
    return {
        "split": split,
        "task": task,
        "index": index,
        "seed": seed,
        "uniform": [random.uniform() for _ in range(4)],
        "description": describe(split, task, index).to_dict(),
    }


def render_case(description: Description, size: int) -> dict[str, Any]:
    """Return a description and what it looks like.

    Returns
    -------
    case : dict
        ``description``, ``size``; ``image``, the RGB bytes of each pixel, rows from the top, in
        base 64; ``instances``, a byte a pixel likewise; ``boxes`` and ``visible_boxes``.
    """
    scene = render(description, size)
    return {
        "description": description.to_dict(),
        "size": size,
        "image": b64encode(scene.image.permute(1, 2, 0).numpy().tobytes()).decode("ascii"),
        "instances": b64encode(scene.instances.numpy().tobytes()).decode("ascii"),
        "boxes": scene.boxes.tolist(),
        "visible_boxes": scene.visible_boxes.tolist(),
    }


def _plain(value: Any) -> Any:
    """Return dataclasses as objects; those that are shapes say which."""
    if is_dataclass(value) and not isinstance(value, type):
        named = {"shape": type(value).__name__} if hasattr(value, "distance") else {}
        inner = {field.name: _plain(getattr(value, field.name)) for field in fields(value)}
        # A mirrored shape or a layer has a shape within, under a name of its own.
        if named and "shape" in inner:
            inner["of"] = inner.pop("shape")
        return {**named, **inner}
    if isinstance(value, tuple):
        return [_plain(item) for item in value]
    return value
