"""Pictures to put behind the objects of scenes while a network learns."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING

import torch
from torch import Tensor

if TYPE_CHECKING:
    from course_lib.datasets.scenes.chance import Mulberry32

_SHAPES = 14
"""Pasted one over the other into a collage."""


@dataclass(frozen=True)
class Backdrops:
    """Pictures to put behind the objects of scenes.

    Parts of the photographs that the scenes of training stand before, as they are; collages of
    shapes cut from such parts, from plain colours and from stripes; and plain ones, half of them
    parts in two colours alone, half soft discs and edges before a colour.

    A network that has seen a few photographs only takes anything else for an object. What it should
    learn is that objects have parts in their places, and that is what collages lack.
    """

    count: int = 2000
    plain: float = 0.25
    """The part that is plain."""
    collages: float = 0.4
    """The part that is collages."""
    size: int = 96

    def __post_init__(self) -> None:
        if min(self.plain, self.collages) < 0 or self.plain + self.collages > 1:
            raise ValueError(
                f"plain={self.plain!r}, collages={self.collages!r}: expected parts of one whole"
            )
        if round(self.count * self.collages) >= self.count:
            raise ValueError(
                f"collages={self.collages!r}: expected less than all, for they are cut from others"
            )

    def __call__(self) -> Tensor:
        """Return the pictures, shape (count, 3, size, size), uint8."""
        return _backdrops(self)


@cache
def _backdrops(wanted: Backdrops) -> Tensor:
    from course_lib.datasets.scenes.chance import Mulberry32

    random = Mulberry32(0)
    collages, plain = (round(wanted.count * part) for part in (wanted.collages, wanted.plain))
    photographs = [
        _part_of_a_photograph(random, wanted.size) for _ in range(wanted.count - collages - plain)
    ]
    pictures = list(photographs)
    for i in range(plain):
        draw = _in_two_colours if i % 2 else _discs_and_edges
        pictures.append(draw(random, wanted.size))
    generator = torch.Generator().manual_seed(0)
    cut_from = torch.stack(pictures)
    for first in range(0, collages, 50):  # as many as the processor's cache holds
        count = min(50, collages - first)
        pictures += list(_collages(cut_from, count, generator))
    return torch.stack(pictures).round().clamp(0, 255).to(torch.uint8)


def _part_of_a_photograph(random: Mulberry32, size: int) -> Tensor:
    from course_lib.datasets.photographs import background_names
    from course_lib.datasets.scenes.backgrounds import SHORT_SIDE, background_pixels, sampled

    name = random.choice(background_names("train"))
    height, width = background_pixels(name).shape[:2]
    side = random.uniform(0.2, 1)
    left = random.uniform(0, width / SHORT_SIDE - side)
    top = random.uniform(0, height / SHORT_SIDE - side)
    return torch.from_numpy(sampled(name, left, top, side, size)).float()


def _colour(random: Mulberry32) -> Tensor:
    return torch.tensor([random.uniform(0, 255) for _ in range(3)]).reshape(3, 1, 1)


def _in_two_colours(random: Mulberry32, size: int) -> Tensor:
    grey = _part_of_a_photograph(random, size).mean(0, keepdim=True) / 255
    dark, light = _colour(random), _colour(random)
    return dark + grey * (light - dark)


def _discs_and_edges(random: Mulberry32, size: int) -> Tensor:
    steps = torch.linspace(-1, 1, size)
    y, x = torch.meshgrid(steps, steps, indexing="ij")
    picture = _colour(random).expand(3, size, size)
    for _ in range(random.below(6)):
        u, v = random.uniform(-1, 1), random.uniform(-1, 1)
        if random.chance(0.5):
            away = ((x - u) ** 2 + (y - v) ** 2).sqrt() - random.uniform(0.05, 0.8)
        else:
            away = u * x + v * y - random.uniform(-0.5, 0.5)
        cover = (0.5 - away / random.uniform(0.03, 1.0)).clamp(0, 1)
        picture = picture + cover * (_colour(random) - picture)
    return picture


def _collages(pool: Tensor, count: int, generator: torch.Generator) -> Tensor:
    """Return collages, shape (count, 3, S, S): shapes cut from pictures of a pool and from colours.

    A shape is a disc, a box, a band or a ring, stretched and turned; large ones come first, as
    leaves that fall last are seen whole.
    """

    def drawn(low: float, high: float, channels: int = 1) -> Tensor:
        return low + (high - low) * torch.rand(count, channels, 1, 1, generator=generator)

    def some_of_the_pool() -> Tensor:
        which = torch.randint(len(pool), (count,), generator=generator)
        order = torch.rand(3, generator=generator).argsort()
        return pool[which][:, order]

    steps = torch.linspace(-1, 1, pool.shape[-1])
    y, x = torch.meshgrid(steps, steps, indexing="ij")
    pictures = some_of_the_pool()
    for place in range(_SHAPES):
        large = 0.9 * 0.85**place
        turn = drawn(0, torch.pi)
        u, v = x - drawn(-1, 1), y - drawn(-1, 1)
        along = (u * turn.cos() + v * turn.sin()) / (large * drawn(0.3, 1.2))
        across = (v * turn.cos() - u * turn.sin()) / (large * drawn(0.3, 1.2))
        round_ = (along**2 + across**2).sqrt()
        square = torch.maximum(along.abs(), across.abs())
        kind = drawn(0, 1)
        shape = torch.where(kind < 0.5, round_, square)
        shape = torch.where((kind > 0.4) & (kind < 0.5), (shape - 0.8).abs() * 4, shape)  # rings
        shape = torch.where(kind > 0.85, across.abs() * 3, shape)  # bands from edge to edge
        cover = ((1 - shape) / drawn(0.02, 0.3) + 0.5).clamp(0, 1)
        # Stripes with edges as soft as they are drawn, few of them a shade from side to side.
        shade = (0.5 + drawn(0.5, 3) * torch.sin(along * drawn(0.5, 9) + drawn(0, 6))).clamp(0, 1)
        one, other = drawn(0, 255, 3), drawn(0, 255, 3)
        painted = one + torch.where(drawn(0, 1) < 0.5, shade, 0.0) * (other - one)
        filling = torch.where(drawn(0, 1) < 0.5, some_of_the_pool(), painted)
        pictures = pictures + cover * (filling - pictures)
    return pictures
