"""The three networks for MNIST-1D: convolutional, fully connected, and pooled over all positions.

Slides, "Convolutional network for MNIST 1D"; Prince, *Understanding Deep Learning*, section 10.2.5.
Every network gives ten scores (logits) a signal; the softmax belongs to the loss.
"""

from __future__ import annotations

from itertools import pairwise

import torch
from torch import nn

from course_lib.networks.initialisation import initialise

LENGTH = 40
"""Values of one signal."""
CLASSES = 10
CHANNELS = 15
WIDTHS = (LENGTH, 285, 135, 60, CLASSES)
"""As many units a layer as the convolutional network has: 15·19, 15·9, 15·4."""


def convolutional_mnist1d(
    *, initialisation: str = "torch", generator: torch.Generator | None = None
) -> nn.Sequential:
    """Return the slide's convolutional network, with 2,050 parameters.

    Parameters
    ----------
    initialisation : str
        One of ``INITIALISATIONS``: ``"torch"``, ``"he"``, ``"notebook-10.2"``.
    generator : torch.Generator, optional
        Where the weights come from; without one, torch's global generator.

    Returns
    -------
    network : Sequential
        Takes x of shape (N, 1, 40), gives scores of shape (N, 10).

    Raises
    ------
    ValueError
        If there is no such initialisation.
    """
    network = nn.Sequential(
        *_convolutions(),
        nn.Flatten(),  # (N, 15, 4) -> (N, 60): each position keeps weights of its own
        nn.Linear(CHANNELS * 4, CLASSES),  # (N, 10)
    )
    initialise(network, initialisation, generator)
    return network


def fully_connected_mnist1d(
    *, initialisation: str = "torch", generator: torch.Generator | None = None
) -> nn.Sequential:
    """Return the fully-connected rival with equally wide layers, with 59,065 parameters.

    The slide prints 150,185; the book's errata withdraw that figure.

    Parameters
    ----------
    initialisation, generator
        As for `convolutional_mnist1d`.

    Returns
    -------
    network : Sequential
        Takes x of shape (N, 40), gives scores of shape (N, 10). It begins with a ``Flatten``, which
        takes (N, 1, 40) to (N, 40) and leaves (N, 40) as it is.

    Raises
    ------
    ValueError
        If there is no such initialisation.
    """
    layers: list[nn.Module] = [nn.Flatten()]  # (N, 40) or (N, 1, 40) -> (N, 40)
    for width, next_width in pairwise(WIDTHS):
        layers += [nn.Linear(width, next_width), nn.ReLU()]
    network = nn.Sequential(*layers[:-1])  # the scores have no ReLU
    initialise(network, initialisation, generator)
    return network


def pooled_mnist1d(
    *, initialisation: str = "torch", generator: torch.Generator | None = None
) -> nn.Sequential:
    """Return the convolutional network with a global mean pool, so that no position has weights.

    The mean over positions forgets where a feature stood, and is what makes the scores (nearly)
    invariant to a shift; 1,600 parameters.

    Parameters
    ----------
    initialisation, generator
        As for `convolutional_mnist1d`.

    Returns
    -------
    network : Sequential
        Takes x of shape (N, 1, L) for any L of at least 15, gives scores of shape (N, 10).

    Raises
    ------
    ValueError
        If there is no such initialisation.
    """
    network = nn.Sequential(
        *_convolutions(),
        nn.AdaptiveAvgPool1d(1),  # (N, 15, 4) -> (N, 15, 1)
        nn.Flatten(),  # (N, 15)
        nn.Linear(CHANNELS, CLASSES),  # (N, 10)
    )
    initialise(network, initialisation, generator)
    return network


def _convolutions() -> list[nn.Module]:
    """Return the three convolutions with their ReLUs: kernel 3, stride 2, no padding."""
    return [
        nn.Conv1d(1, CHANNELS, kernel_size=3, stride=2),  # (N, 1, 40) -> (N, 15, 19)
        nn.ReLU(),
        nn.Conv1d(CHANNELS, CHANNELS, kernel_size=3, stride=2),  # (N, 15, 9)
        nn.ReLU(),
        nn.Conv1d(CHANNELS, CHANNELS, kernel_size=3, stride=2),  # (N, 15, 4)
        nn.ReLU(),
    ]
