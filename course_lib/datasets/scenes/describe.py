"""Draws descriptions from seeds: which objects, where, how coloured, before what."""

from __future__ import annotations

from dataclasses import dataclass

from course_lib.datasets.photographs import background_names
from course_lib.datasets.scenes.backgrounds import SHORT_SIDE, background_pixels
from course_lib.datasets.scenes.chance import Mulberry32, rounded
from course_lib.datasets.scenes.colours import HUES, Colour, wheel_colour
from course_lib.datasets.scenes.description import Background, Description, SceneObject
from course_lib.datasets.scenes.kinds import CLASSES, KINDS, Slot
from course_lib.datasets.scenes.render import extent, outline_mask
from course_lib.datasets.scenes.textures import Texture

SPLITS = ("train", "validation", "test")
"""The three parts, which share no seed, no photograph, no colour and no texture."""

TASKS = ("classification", "detection", "segmentation")
"""What the scenes are for; detection and segmentation have the same ones."""

SCENES_PER_SPLIT = 2**29
"""How many scenes each split has for each kind of task."""

FREQUENCY_STEP = 0.125
"""Texture frequencies are whole multiples of this."""

_COMB = {"train": (0, 2), "validation": (1,), "test": (3,)}
_REFERENCE_SIZE = 96
_LEAST_VISIBLE = 0.55
_TRIES = 40


@dataclass(frozen=True)
class _Terms:
    """What a task asks of its scenes."""

    most_objects: int
    sizes: tuple[float, float]


_SINGLE = _Terms(most_objects=1, sizes=(0.3, 0.8))
_SEVERAL = _Terms(most_objects=4, sizes=(0.15, 0.5))


def comb(split: str, low: int, high: int) -> list[int]:
    """Return the steps from `low` up to, but without, `high` that belong to a split.

    Of every four steps (hues around the wheel, frequencies of a texture) training has the even
    ones, validation and test an odd one each: disjoint, yet spread over the same range.

    Examples
    --------
    >>> [comb(split, 0, 8) for split in SPLITS]
    [[0, 2, 4, 6], [1, 5], [3, 7]]
    """
    check_split(split)
    return [step for step in range(low, high) if step % 4 in _COMB[split]]


def scene_seed(split: str, task: str, index: int) -> int:
    """Return the seed of a scene: no two splits share one, nor do different scenes.

    Parameters
    ----------
    split : str
        One of ``SPLITS``.
    task : str
        One of ``TASKS``.
    index : int
        From 0 to ``SCENES_PER_SPLIT`` − 1.

    Returns
    -------
    seed : int
        Of 32 bits: two for the split, one for the kind of task, the index.
    """
    check_split(split)
    check_task(task)
    if isinstance(index, bool) or not isinstance(index, int):
        raise TypeError(f"index={index!r}: expected an int, got {type(index).__name__}")
    if not 0 <= index < SCENES_PER_SPLIT:
        raise ValueError(f"index={index}: expected from 0 to {SCENES_PER_SPLIT - 1}")
    kind = 0 if task == "classification" else 1
    return (SPLITS.index(split) * 2 + kind) * SCENES_PER_SPLIT + index


def describe(split: str, task: str, index: int) -> Description:
    """Return a scene; the same one for the same three arguments, always.

    Classification has one object whose longer side is 30 to 80 % of the image's. Detection and
    segmentation have one to four of 15 to 50 %, of which at least half is seen each: of an
    object's pixels at 96 × 96, 55 % or more are in front of all others.

    Parameters
    ----------
    split : str
        One of ``SPLITS``.
    task : str
        One of ``TASKS``.
    index : int
        From 0 to ``SCENES_PER_SPLIT`` − 1.

    Returns
    -------
    description : Description

    Raises
    ------
    TypeError, ValueError
        If an argument is none of these.
    """
    random = Mulberry32(scene_seed(split, task, index))
    terms = _SINGLE if task == "classification" else _SEVERAL
    background = _background(random, split)
    wanted = 1 + random.below(terms.most_objects)
    objects: list[SceneObject] = []
    for _ in range(_TRIES):
        item = _object(random, split, terms.sizes)
        if _enough_is_seen([*objects, item]):
            objects.append(item)
        if len(objects) == wanted:
            break
    return Description(background, tuple(objects))


def check_split(split: str) -> None:
    """Raise a ValueError unless the split is one of ``SPLITS``."""
    if split not in SPLITS:
        raise ValueError(f"split={split!r}: expected one of {', '.join(SPLITS)}")


def check_task(task: str) -> None:
    """Raise a ValueError unless the task is one of ``TASKS``."""
    if task not in TASKS:
        raise ValueError(f"task={task!r}: expected one of {', '.join(TASKS)}")


def _background(random: Mulberry32, split: str) -> Background:
    name = random.choice(background_names(split))
    height, width = background_pixels(name).shape[:2]
    side = rounded(random.uniform(0.45, 1))
    left = rounded(random.uniform(0, width / SHORT_SIDE - side))
    top = rounded(random.uniform(0, height / SHORT_SIDE - side))
    return Background(name, left, top, side, random.chance(0.5))


def _object(random: Mulberry32, split: str, sizes: tuple[float, float]) -> SceneObject:
    class_name = random.choice(CLASSES)
    kind = KINDS[class_name]
    angle = rounded(random.uniform(-30, 30))
    mirrored = random.chance(0.5)
    left, top, right, bottom = extent(class_name, angle, mirrored)
    scale = rounded(random.uniform(*sizes) / max(right - left, bottom - top))
    x = rounded(random.uniform(0, 1 - (right - left) * scale) - left * scale)
    y = rounded(random.uniform(0, 1 - (bottom - top) * scale) - top * scale)
    main, second, detail, dark = (_colour(random, split, slot) for slot in kind.slots)
    low, high = kind.frequencies
    steps = comb(split, round(low / FREQUENCY_STEP), round(high / FREQUENCY_STEP))
    return SceneObject(
        class_name=class_name,
        x=x,
        y=y,
        scale=scale,
        angle=angle,
        mirrored=mirrored,
        colours=(main, second, detail, dark),
        texture=Texture(
            family=random.choice(kind.families),
            frequency=random.choice(steps) * FREQUENCY_STEP,
            angle=rounded(random.uniform(*kind.angles)),
            share=rounded(random.uniform(0.35, 0.6)),
            seed=random.below(2**32),
        ),
        light=rounded(random.uniform(0.65, 1.15)),
        ink=rounded(random.uniform(0, 0.5)),
    )


def _colour(random: Mulberry32, split: str, slot: Slot) -> Colour:
    hue = random.choice(comb(split, slot.first, slot.first + slot.count)) % HUES
    return wheel_colour(hue, random.choice(slot.tones))


def _enough_is_seen(objects: list[SceneObject]) -> bool:
    """Return whether enough is seen of each object when the last one is laid on the others."""
    *below, last = objects
    box = _box(last)
    # Most objects lie apart: their boxes show it without a single pixel.
    if not any(_overlap(box, _box(item)) for item in below):
        return True
    covered = outline_mask(last, _REFERENCE_SIZE)
    for item in reversed(below):
        mask = outline_mask(item, _REFERENCE_SIZE)
        if (mask & ~covered).sum() < _LEAST_VISIBLE * mask.sum():
            return False
        covered |= mask
    return True


def _box(item: SceneObject) -> tuple[float, float, float, float]:
    left, top, right, bottom = extent(item.class_name, item.angle, item.mirrored)
    s = item.scale
    return item.x + left * s, item.y + top * s, item.x + right * s, item.y + bottom * s


def _overlap(a: tuple[float, ...], b: tuple[float, ...]) -> bool:
    return a[0] < b[2] and b[0] < a[2] and a[1] < b[3] and b[1] < a[3]
