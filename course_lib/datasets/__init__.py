"""The data that the chapters stand on; nothing is downloaded unless asked for.

MNIST-1D
    `load_mnist1d`, the published 4,000 and 1,000 samples, as `MNIST1D`; `make_mnist1d`, endless new
    ones; `draw_mnist1d`, the random numbers behind those; `published_draw`, those behind one of the
    published.
How a sample of it is made
    `template` and `templates`, the ten digits, ``TEMPLATE_NAMES``; `Settings`; `draw`, all chance,
    as `Draws`; `sample_stages`, each `Stage` of what is done with it, ``STAGES``; `transform`, the
    last of them; `standardise`; `resample_linear`, `gaussian_weights` and `smooth_gaussian`, its
    arithmetic.
MNIST-1D moved
    `make_shifted_mnist1d` and `shifted_templates`, the template under the noise, within
    `shift_limits`; `make_placed_mnist1d`, put where one likes; `shift_samples`, the finished
    sample.
Pixel permutation
    `permutation`, `inverse`, `permute_signal`, `permute_image`.
Photographs
    ``PHOTOGRAPHS``, `Photograph`, `photograph`; `load_photograph`, `load_photograph_bytes`;
    `background_names`, three disjoint sets; `crop`, `crop_centre`, `resize_area`; `load_thumbnail`,
    ``THUMBNAILS``, three of them 64 by 64; `grey_bytes`.
Opt-in downloads
    `load_fashion_mnist`, `FashionMNIST`, ``FASHION_CLASSES``; `load_oxford_pets`, `OxfordPets`,
    `PetSample`; `data_folder`; `DataUnavailableError`, which says what to do.
Scenes
    The sub-package `scenes`: procedural objects on photographs, with class, box and mask. All that
    it offers is offered here too, but for its function of the same name: `SceneDataset`,
    `SceneBatch`; `describe`, `Description`, `Background`, `SceneObject`, `Texture`; `render`,
    `Rendered`; ``CLASSES``, ``SPLITS``, ``TASKS``, ``BACKGROUNDS``, ``FAMILIES``; `scene_seed`,
    `comb`, `background_pixels`; `catalogue`, `stored_background`, `generator_case`, `render_case`.

Each name is imported when it is first asked for.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from course_lib.datasets import scenes
    from course_lib.datasets.downloads import DataUnavailableError
    from course_lib.datasets.fashion_mnist import (
        FASHION_CLASSES,
        FashionMNIST,
        load_fashion_mnist,
    )
    from course_lib.datasets.folders import data_folder
    from course_lib.datasets.image_sizes import crop, crop_centre, resize_area
    from course_lib.datasets.mnist1d import (
        MNIST1D,
        draw_mnist1d,
        load_mnist1d,
        make_mnist1d,
        published_draw,
        standardise,
    )
    from course_lib.datasets.mnist1d_draws import Draws, Settings, draw
    from course_lib.datasets.mnist1d_sampler import STAGES, Stage, sample_stages, transform
    from course_lib.datasets.mnist1d_shifts import (
        make_placed_mnist1d,
        make_shifted_mnist1d,
        shift_limits,
        shift_samples,
        shifted_templates,
    )
    from course_lib.datasets.mnist1d_templates import TEMPLATE_NAMES, template, templates
    from course_lib.datasets.oxford_pet import OxfordPets, PetSample, load_oxford_pets
    from course_lib.datasets.photograph_registry import PHOTOGRAPHS, Photograph
    from course_lib.datasets.photographs import (
        background_names,
        load_photograph,
        load_photograph_bytes,
        photograph,
    )
    from course_lib.datasets.pixel_permutation import (
        inverse,
        permutation,
        permute_image,
        permute_signal,
    )
    from course_lib.datasets.scenes import (
        BACKGROUNDS,
        CLASSES,
        FAMILIES,
        SPLITS,
        TASKS,
        Background,
        Description,
        Rendered,
        SceneBatch,
        SceneDataset,
        SceneObject,
        Texture,
        background_pixels,
        catalogue,
        comb,
        describe,
        generator_case,
        render,
        render_case,
        scene_seed,
        stored_background,
    )
    from course_lib.datasets.signals import gaussian_weights, resample_linear, smooth_gaussian
    from course_lib.datasets.thumbnails import THUMBNAILS, grey_bytes, load_thumbnail

__all__ = [
    "BACKGROUNDS",
    "CLASSES",
    "FAMILIES",
    "FASHION_CLASSES",
    "MNIST1D",
    "PHOTOGRAPHS",
    "SPLITS",
    "STAGES",
    "TASKS",
    "TEMPLATE_NAMES",
    "THUMBNAILS",
    "Background",
    "DataUnavailableError",
    "Description",
    "Draws",
    "FashionMNIST",
    "OxfordPets",
    "PetSample",
    "Photograph",
    "Rendered",
    "SceneBatch",
    "SceneDataset",
    "SceneObject",
    "Settings",
    "Stage",
    "Texture",
    "background_names",
    "background_pixels",
    "catalogue",
    "comb",
    "crop",
    "crop_centre",
    "data_folder",
    "describe",
    "draw",
    "draw_mnist1d",
    "gaussian_weights",
    "generator_case",
    "grey_bytes",
    "inverse",
    "load_fashion_mnist",
    "load_mnist1d",
    "load_oxford_pets",
    "load_photograph",
    "load_photograph_bytes",
    "load_thumbnail",
    "make_mnist1d",
    "make_placed_mnist1d",
    "make_shifted_mnist1d",
    "permutation",
    "permute_image",
    "permute_signal",
    "photograph",
    "published_draw",
    "render",
    "render_case",
    "resample_linear",
    "resize_area",
    "sample_stages",
    "scene_seed",
    "scenes",
    "shift_limits",
    "shift_samples",
    "shifted_templates",
    "smooth_gaussian",
    "standardise",
    "stored_background",
    "template",
    "templates",
    "transform",
]

_OFFERS = {
    "downloads": ("DataUnavailableError",),
    "fashion_mnist": ("FASHION_CLASSES", "FashionMNIST", "load_fashion_mnist"),
    "folders": ("data_folder",),
    "image_sizes": ("crop", "crop_centre", "resize_area"),
    "mnist1d": (
        "MNIST1D",
        "draw_mnist1d",
        "load_mnist1d",
        "make_mnist1d",
        "published_draw",
        "standardise",
    ),
    "mnist1d_draws": ("Draws", "Settings", "draw"),
    "mnist1d_sampler": ("STAGES", "Stage", "sample_stages", "transform"),
    "mnist1d_shifts": (
        "make_placed_mnist1d",
        "make_shifted_mnist1d",
        "shift_limits",
        "shift_samples",
        "shifted_templates",
    ),
    "mnist1d_templates": ("TEMPLATE_NAMES", "template", "templates"),
    "oxford_pet": ("OxfordPets", "PetSample", "load_oxford_pets"),
    "pixel_permutation": ("inverse", "permutation", "permute_image", "permute_signal"),
    "photograph_registry": ("PHOTOGRAPHS", "Photograph"),
    "photographs": ("background_names", "load_photograph", "load_photograph_bytes", "photograph"),
    "scenes": (
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
        "stored_background",
    ),
    "signals": ("gaussian_weights", "resample_linear", "smooth_gaussian"),
    "thumbnails": ("THUMBNAILS", "grey_bytes", "load_thumbnail"),
}
_HOME = {name: module for module, names in _OFFERS.items() for name in names}


def __getattr__(name: str) -> Any:
    """Import a name when it is first asked for (PEP 562)."""
    from importlib import import_module

    if name == "scenes":
        return import_module(f"{__name__}.scenes")
    if name not in _HOME:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module(f"{__name__}.{_HOME[name]}"), name)


def __dir__() -> list[str]:
    """List the public names, loaded or not."""
    return sorted(__all__)
