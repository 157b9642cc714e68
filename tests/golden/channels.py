"""Golden cases of layers with channels, of inputs rebuilt, and of learning a kernel.

The layers' outputs, the gradients and the kernels learnt are torch's, and so is what is rebuilt
from equations alone. Where there are inequalities too, it is found by a slow way that shares
nothing with the page's: Hildreth's method, which meets one condition after the other until all
hold.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import product
from random import Random
from typing import Any

import torch
from torch import Tensor
from torch.nn import functional

from tests.golden.torch_oracle import convolution, matrix

Case = dict[str, Any]

DECIMALS = 8
SWEEPS = 200_000


def layers() -> Iterator[Case]:
    """Yield layers: every number of channels, sizes, paddings, with and without ReLU."""
    random = Random(5_001)
    for inputs, outputs, padding, relu in product((1, 2, 4), (1, 2, 4), ("zeros", "valid"), (0, 1)):
        for length, size in ((5, 3), (12, 3), (6, 1), (7, 4), (5, 5)):
            x, w = _draw(random, inputs, length), _draw(random, outputs, inputs, size)
            b = _draw(random, outputs)
            z = convolution(x[None], w, b, stride=1, dilation=1, padding=padding, groups=1)[0]
            yield {
                "signals": x.tolist(),
                "kernels": w.tolist(),
                "biases": b.tolist(),
                "padding": padding,
                "relu": bool(relu),
                "sums": _plain(z),
                "output": _plain(functional.relu(z) if relu else z),
            }


def rebuilt() -> Iterator[Case]:
    """Yield layers with the shortest input that would give the outputs of the channels kept."""
    random = Random(5_002)
    named = {
        "mean": [1 / 3, 1 / 3, 1 / 3],
        "up": [-0.5, 0.0, 0.5],
        "down": [0.5, 0.0, -0.5],
        "zero": [0.0, 0.0, 0.0],
    }
    sets = (("mean",), ("up",), ("up", "down"), ("mean", "up", "down"), ("zero",))
    lecture = [[5.2, 5.3, 5.4, 5.1, 10.1, 10.3, 9.9, 10.3, 3.2, 3.4, 3.3, 3.1]]
    for names, padding, relu in product(sets, ("zeros", "valid"), (False, True)):
        kernels = [[named[name]] for name in names]
        yield _rebuilt(lecture, kernels, [0.0] * len(names), padding, relu, range(len(names)))
    for inputs, outputs, relu in product((1, 2), (1, 2, 3), (False, True)):
        for padding in ("zeros", "valid"):
            x = _draw(random, inputs, 5).tolist()
            w = _draw(random, outputs, inputs, 3).tolist()
            b = _draw(random, outputs).tolist()
            kept = [o for o in range(outputs) if o == 0 or random.random() < 0.6]
            yield _rebuilt(x, w, b, padding, relu, kept)
    yield _rebuilt([[1.0, -2.0, 3.0]], [[[1.0]]], [0.0], "zeros", True, [])
    yield _rebuilt([[1.0, -2.0, 3.0]], [[[1.0]]], [-5.0], "zeros", True, [0])
    yield _rebuilt([[1.0, -2.0, -3.0]], [[[1.0]]], [1.0], "zeros", True, [0])


def learnt() -> Iterator[Case]:
    """Yield tasks with the gradient by autograd, the kernel after some steps, the rate's limit."""
    random = Random(5_003)
    for length, size, steps in product((3, 8, 12), (1, 2, 3, 5), (0, 1, 20)):
        x = _draw(random, 1, 1, length)
        target, start = _draw(random, 1, 1, length), _draw(random, 1, 1, size)
        weight = start.clone().requires_grad_()
        optimizer = torch.optim.SGD([weight], lr=0.01)
        for _ in range(steps):
            optimizer.zero_grad()
            functional.mse_loss(_same(x, weight), target).backward()
            optimizer.step()
        optimizer.zero_grad()
        error = functional.mse_loss(_same(x, weight), target)
        error.backward()
        assert weight.grad is not None
        columns = _design(x, size)
        curvature = 2 / length * columns.T @ columns
        yield {
            "signal": x.flatten().tolist(),
            "target": target.flatten().tolist(),
            "start": start.flatten().tolist(),
            "rate": 0.01,
            "steps": steps,
            "kernel": _plain(weight.detach().flatten()),
            "loss": round(error.item(), DECIMALS),
            "gradient": _plain(weight.grad.flatten()),
            "limit": round(2 / torch.linalg.eigvalsh(curvature)[-1].item(), DECIMALS),
        }


def _same(x: Tensor, weight: Tensor) -> Tensor:
    return convolution(x, weight, None, stride=1, dilation=1, padding="zeros", groups=1)


def _design(x: Tensor, size: int) -> Tensor:
    """Return the outputs of every unit kernel, shape (L, K)."""
    units = torch.eye(size, dtype=torch.float64)[:, None, None]
    return torch.stack([_same(x, unit).flatten() for unit in units], dim=1)


def _rebuilt(
    signals: list[list[float]],
    kernels: list[list[list[float]]],
    biases: list[float],
    padding: str,
    relu: bool,
    kept: Any,
) -> Case:
    w = torch.tensor(kernels, dtype=torch.float64)
    x = torch.tensor(signals, dtype=torch.float64)
    rows = matrix(w, x.shape[-1], stride=1, dilation=1, padding=padding, groups=1).reshape(
        len(kernels), -1, x.numel()
    )
    z = rows @ x.flatten()  # without the bias, which is known
    exact, at_most = [], []
    for o in kept:
        for row, value in zip(rows[o], z[o], strict=True):
            clipped = relu and value + biases[o] <= 0
            (at_most if clipped else exact).append((row, -biases[o] if clipped else float(value)))
    found = _shortest(x.numel(), exact, at_most)
    return {
        "signals": signals,
        "kernels": kernels,
        "biases": biases,
        "padding": padding,
        "relu": relu,
        "kept": list(kept),
        "rebuilt": _plain(found.reshape(x.shape)),
    }


def _shortest(
    size: int, exact: list[tuple[Tensor, float]], at_most: list[tuple[Tensor, float]]
) -> Tensor:
    """Return the shortest vector that meets the conditions, by Hildreth's method on their dual."""
    conditions = [(*one, False) for one in exact] + [(*one, True) for one in at_most]
    conditions = [one for one in conditions if float(one[0] @ one[0]) > 1e-12]
    if not conditions:
        return torch.zeros(size, dtype=torch.float64)
    rows = torch.stack([row for row, _, _ in conditions])
    if not at_most:
        values = torch.tensor([value for _, value, _ in conditions], dtype=torch.float64)
        return torch.linalg.pinv(rows) @ values
    gram = (rows @ rows.T).tolist()
    force = [0.0] * len(conditions)
    product_ = [0.0] * len(conditions)  # rows · x
    for _ in range(SWEEPS):
        largest = 0.0
        for i, (_, value, one_sided) in enumerate(conditions):
            change = (value - product_[i]) / gram[i][i]
            if one_sided:
                change = min(0.0, force[i] + change) - force[i]
            if change:
                force[i] += change
                for j, entry in enumerate(gram[i]):
                    product_[j] += change * entry
                largest = max(largest, abs(change))
        if largest < 1e-13:
            break
    return torch.tensor(force, dtype=torch.float64) @ rows


def _draw(random: Random, *shape: int) -> Tensor:
    count = torch.Size(shape).numel()
    # Of Random, only random() is promised to be the same in every version of Python.
    values = [(int(random.random() * 61) - 30) / 10 for _ in range(count)]
    return torch.tensor(values, dtype=torch.float64).reshape(shape)


def _plain(values: Tensor) -> Any:
    """Return nested lists of rounded numbers, without a minus before zero."""
    return ((values * 10**DECIMALS).round() / 10**DECIMALS + 0.0).tolist()
