"""Procedural scenes: textured objects of ten classes on photographs, with exact answers.

They serve classification (one object), detection and segmentation (one to four, which may hide one
another by half), so that all three share one world. The same numbers give the same scene on every
platform and at every size.

Batches
    `scenes`, the first so many of a split, as a `SceneBatch`; `SceneDataset`, one by one.
One scene
    `describe` draws a `Description` (`Background`, `SceneObject`, `Texture`; JSON both ways) from a
    split, a task and a number; `render` makes it pixels: `Rendered`, image, masks, boxes.
The world
    ``CLASSES``, ``SPLITS``, ``TASKS``, ``BACKGROUNDS``, ``FAMILIES``; `scene_seed`, `comb` and
    `background_pixels`, what keeps the splits apart.
For a renderer in another language
    `catalogue`, `stored_background`, `generator_case`, `render_case`.
"""

from course_lib.datasets.scenes.backgrounds import BACKGROUNDS, background_pixels
from course_lib.datasets.scenes.dataset import SceneBatch, SceneDataset, scenes
from course_lib.datasets.scenes.describe import SPLITS, TASKS, comb, describe, scene_seed
from course_lib.datasets.scenes.description import Background, Description, SceneObject
from course_lib.datasets.scenes.golden import (
    catalogue,
    generator_case,
    render_case,
    stored_background,
)
from course_lib.datasets.scenes.kinds import CLASSES
from course_lib.datasets.scenes.render import Rendered, render
from course_lib.datasets.scenes.textures import FAMILIES, Texture

__all__ = [
    "BACKGROUNDS",
    "CLASSES",
    "FAMILIES",
    "SPLITS",
    "TASKS",
    "Background",
    "Description",
    "Rendered",
    "SceneBatch",
    "SceneDataset",
    "SceneObject",
    "Texture",
    "background_pixels",
    "catalogue",
    "comb",
    "describe",
    "generator_case",
    "render",
    "render_case",
    "scene_seed",
    "scenes",
    "stored_background",
]
