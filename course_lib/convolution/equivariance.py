"""Transformations of a grid and small functions to compare them with: the demo's, in torch.

The page has its own mathematics in TypeScript; this is what it is held to. A signal is an image of
one row, so every tensor here is one grid, shape (rows, columns), float64. Nothing is trained.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache

import torch
from torch import Tensor
from torch.nn import functional

BRIGHT = 9.0
"""The brightest of ten grey levels."""

THRESHOLD = 3.3
"""The brightness from which the segmenter calls a place part of an object."""

WEIGHT_SEED = 7
"""What the weights of the fully connected layer are drawn from."""

STRIDES = {"stride-2": 2, "max-pool": 2}
"""How many places of the input one place of the output stands for, where it is not one."""

ANSWERS_ONCE = ("mean-pool", "classifier")
"""The functions whose answer is one about the whole."""


def uniform(seed: int, count: int) -> Tensor:
    """Return the first numbers of Mulberry32 (T. Ettinger, 2017), as the page draws them.

    Returns
    -------
    Tensor, shape (count,), in [0, 1)
    """
    mask = 0xFFFFFFFF
    state = (seed + 0x6D2B79F5 * torch.arange(1, count + 1)) & mask
    t = ((state ^ (state >> 15)) * (state | 1)) & mask
    t = ((t + (((t ^ (t >> 7)) * (t | 61)) & mask)) ^ t) & mask
    return (t ^ (t >> 14)).double() / 2**32


def translate(grid: Tensor, right: int, down: int, border: str) -> Tensor:
    """Move every value; zeros move in, or around a ring what leaves at the other edge."""
    if border == "circular":
        return torch.roll(grid, (down, right), dims=(0, 1))
    rows, columns = grid.shape
    moved = torch.zeros_like(grid)
    if abs(right) < columns and abs(down) < rows:
        to = _overlap(down, rows), _overlap(right, columns)
        source = _overlap(-down, rows), _overlap(-right, columns)
        moved[to] = grid[source]
    return moved


def _overlap(shift: int, count: int) -> slice:
    return slice(max(0, shift), count + min(0, shift))


def rotate(grid: Tensor, degrees: float, border: str) -> Tensor:
    """Turn about the middle, anticlockwise, with bilinear interpolation."""
    angle = torch.deg2rad(torch.tensor(degrees, dtype=torch.float64))
    cos, sin = angle.cos(), angle.sin()
    return _sample(grid, torch.stack([torch.stack([cos, -sin]), torch.stack([sin, cos])]), border)


def scale(grid: Tensor, percent: float, border: str) -> Tensor:
    """Stretch about the middle, with bilinear interpolation."""
    return _sample(grid, torch.eye(2, dtype=torch.float64) * (100 / percent), border)


def permute(grid: Tensor, seed: int) -> Tensor:
    """Put the values in the order of random numbers, the same for every grid of this size."""
    order = uniform(seed, grid.numel()).argsort(stable=True)
    return grid.flatten()[order].reshape(grid.shape)


def _sample(grid: Tensor, matrix: Tensor, border: str) -> Tensor:
    """Read each place at `matrix` times its offset (x, y) from the middle."""
    rows, columns = grid.shape
    y, x = (torch.arange(n, dtype=torch.float64) - (n - 1) / 2 for n in (rows, columns))
    offsets = torch.stack([x[None, :].expand(rows, -1), y[:, None].expand(-1, columns)], dim=-1)
    at = offsets @ matrix.T  # (rows, columns, 2)
    if border == "circular":  # among copies of itself, which reach as far as anything is read
        grid = grid.repeat(3 if rows > 1 else 1, 3)
    half = torch.tensor([max((n - 1) / 2, 1.0) for n in reversed(grid.shape)])
    found = functional.grid_sample(grid[None, None], (at / half)[None], align_corners=True)
    return found[0, 0]


def kernel(name: str, flat: bool) -> Tensor:
    """Return the weights of a named kernel, shape (1, 3) for a signal or (3, 3) for an image.

    Raises
    ------
    KeyError
        If there is no such kernel.
    """
    binomial, slope = [1.0, 2.0, 1.0], [-1.0, 0.0, 1.0]
    if flat:
        rows = {
            "gaussian": _row(binomial) / 4,
            "mean": _row([1.0, 1.0, 1.0]) / 3,
            "derivative": _row(slope) / 2,
            "laplacian": _row([1.0, -2.0, 1.0]),
        }
        return rows[name]
    squares = {
        "gaussian": _row(binomial).T @ _row(binomial) / 16,
        "mean": torch.ones(3, 3, dtype=torch.float64) / 9,
        "derivative": _row(binomial).T @ _row(slope) / 8,
        "laplacian": torch.tensor([[0, 1, 0], [1, -4, 1], [0, 1, 0]], dtype=torch.float64),
    }
    return squares[name]


def _row(values: list[float]) -> Tensor:
    return torch.tensor([values], dtype=torch.float64)


def convolve(grid: Tensor, weights: Tensor, border: str, stride: int = 1) -> Tensor:
    """Convolve a grid with kernels, padded so that stride 1 keeps its size.

    Parameters
    ----------
    grid : Tensor, shape (rows, columns)
    weights : Tensor, shape (K, 1 or 3, 3)

    Returns
    -------
    Tensor, shape (K, rows', columns')
    """
    tall = weights.shape[1] // 2
    mode = "circular" if border == "circular" else "constant"
    padded = functional.pad(grid[None, None], (1, 1, tall, tall), mode=mode)
    return functional.conv2d(padded, weights[:, None], stride=stride)[0]


def apply(
    name: str,
    grid: Tensor,
    *,
    kernel_name: str,
    head: str,
    border: str,
    weights: Sequence[float] = (),
) -> Tensor:
    """Compute f[x]; `weights`, row by row, take the place of the named kernel's.

    Returns
    -------
    Tensor, shape (rows', columns'), or (1, 1) and (1, 3) where the answer is about the whole

    Raises
    ------
    KeyError
        If there is no such function or kernel.
    """
    flat = grid.shape[0] == 1
    if name in ("convolution", "stride-2"):
        own = torch.tensor(weights, dtype=torch.float64).reshape(-1, 3)
        chosen = own if weights else kernel(kernel_name, flat)
        return convolve(grid, chosen[None], border, STRIDES.get(name, 1))[0]
    if name == "max-pool":
        pooled: Tensor = functional.max_pool2d(grid[None, None], (1 if flat else 2, 2))
        return pooled[0, 0]
    if name == "mean-pool":
        return grid.mean().reshape(1, 1)
    if name == "fully-connected":
        return (_random_weights(grid.numel()) @ grid.flatten()).reshape(grid.shape)
    if name == "segmenter":
        smoothing = kernel("gaussian", flat)[None]
        once = convolve(grid, smoothing, border)[0]
        return (convolve(once, smoothing, border)[0] > THRESHOLD).double()
    if name == "classifier":
        return classify(grid, head, border)[None]
    raise KeyError(name)


@cache
def _random_weights(count: int) -> Tensor:
    spread = float((3 / count) ** 0.5)
    weights = (2 * uniform(WEIGHT_SEED, count * count) - 1) * spread
    return weights.reshape(count, count)


def prototypes(rows: int, columns: int) -> Tensor:
    """Return the shapes that the classifier tells apart, shape (3, rows, columns)."""
    across = (2 * torch.arange(columns) - columns + 1).abs()
    if rows == 1:
        bump = (BRIGHT - across).clamp(min=0)
        box = BRIGHT * (across <= 5)
        peaks = (BRIGHT - 3 * (across - 5).abs()).clamp(min=0)
        return torch.stack([bump, box, peaks])[:, None].double()
    down = (2 * torch.arange(rows) - rows + 1).abs()[:, None]
    near, far = torch.minimum(down, across), torch.maximum(down, across)
    disc = down**2 + across**2 <= 0.19 * columns**2
    square = far <= 0.375 * columns
    cross = (near <= 0.14 * columns) & (far <= 0.55 * columns)
    return BRIGHT * torch.stack([disc, square, cross]).double()


def edge_kernels(flat: bool) -> Tensor:
    """Return the kernels of the classifier's only convolution, shape (K, 1 or 3, 3)."""
    if flat:
        return torch.tensor([[[-1, 0, 1]], [[1, 0, -1]], [[-1, 2, -1]]], dtype=torch.float64)
    upright = 8 * kernel("derivative", flat=False)
    rising = torch.tensor([[0, 1, 2], [-1, 0, 1], [-2, -1, 0]], dtype=torch.float64)
    falling = torch.tensor([[2, 1, 0], [1, 0, -1], [0, -1, -2]], dtype=torch.float64)
    return torch.stack([upright, upright.T, rising, falling])


def classify(grid: Tensor, head: str, border: str) -> Tensor:
    """Return the probabilities of the three shapes, shape (3,).

    Convolution and ReLU; all features ("flatten") or each map's mean ("pool"); the softmax of
    minus the squared distance to each prototype's features, over T: a linear layer but for a term
    that all classes share. T is an eighth of the prototypes' mean squared distance.
    """
    shapes = prototypes(*grid.shape)
    known = torch.stack([_features(shape, head, "zeros") for shape in shapes])
    apart = (known[:, None] - known[None]).square().sum(-1)
    temperature = apart.sum() / 48  # each of three pairs stands twice
    distances = (_features(grid, head, border) - known).square().sum(-1)
    return functional.softmax(-distances / temperature, dim=0)


def _features(grid: Tensor, head: str, border: str) -> Tensor:
    maps = functional.relu(convolve(grid, edge_kernels(grid.shape[0] == 1), border))
    return maps.flatten() if head == "flatten" else maps.mean((1, 2))
