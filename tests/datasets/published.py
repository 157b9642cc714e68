"""The package that published MNIST-1D, as the oracle: its state is global, so it is put back."""

from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache

import mnist1d
import numpy as np
from numpy.typing import NDArray

from course_lib.datasets import Settings

Floats = NDArray[np.float64]


@contextmanager
def seeded(seed: int) -> Iterator[None]:
    state = np.random.get_state()
    np.random.seed(seed)
    yield
    np.random.set_state(state)


@cache
def data_set() -> dict[str, Floats]:
    """Return the data set as the package generates it with its default arguments."""
    with seeded(0):
        made: dict[str, Floats] = mnist1d.data.make_dataset()
    return made


def sample(template: Floats, settings: Settings, seed: int) -> Floats:
    """Return one sample as the package makes it from a freshly seeded state."""
    arguments = mnist1d.get_dataset_args(as_dict=True) | {
        "template_len": len(template),
        "padding": list(settings.padding),
        "scale_coeff": settings.scale,
        "max_translation": settings.max_shift,
        "corr_noise_scale": settings.correlated_noise,
        "iid_noise_scale": settings.white_noise,
        "shear_scale": settings.shear,
        "final_seq_length": settings.length,
    }
    with seeded(seed):
        made: Floats
        made, _ = mnist1d.transform(
            template, np.zeros(len(template)), mnist1d.ObjectView(arguments)
        )
    return made
