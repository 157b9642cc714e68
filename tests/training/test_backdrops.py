"""What stands behind the objects of scenes while a network learns."""

import pytest
import torch

from course_lib.training.backdrops import Backdrops

KINDS = {
    "photographs": Backdrops(count=30, plain=0.0, collages=0.0, size=16),
    "plain": Backdrops(count=30, plain=1.0, collages=0.0, size=16),
    "collages": Backdrops(count=30, plain=0.2, collages=0.8, size=16),
    "all": Backdrops(count=30, size=16),
}


@pytest.mark.parametrize("name", KINDS)
def test_backdrops_are_many_and_the_same_every_time(name: str) -> None:
    pictures = KINDS[name]()
    assert pictures.shape == (30, 3, 16, 16)
    assert pictures.dtype == torch.uint8
    assert torch.equal(pictures, Backdrops(**vars(KINDS[name]))())
    assert len({bytes(picture.numpy().tobytes()) for picture in pictures}) == 30
    assert pictures.float().std(dim=(0, 2, 3)).min() > 30


def test_each_kind_is_another() -> None:
    first, *others = (KINDS[name]() for name in KINDS)
    assert all(not torch.equal(first[-1], other[-1]) for other in others)


def test_a_collage_has_more_edges_than_what_it_is_cut_from() -> None:
    def steps(pictures: torch.Tensor) -> float:
        return float(pictures.float().diff(dim=3).abs().gt(60).float().mean())

    wanted = Backdrops(count=100, plain=0.2, collages=0.5, size=48)
    pictures = wanted()
    assert steps(pictures[50:]) > 1.3 * steps(pictures[30:50])


def test_parts_are_parts_of_one_whole() -> None:
    with pytest.raises(ValueError, match=r"plain=0\.7, collages=0\.4: expected parts of one whole"):
        Backdrops(plain=0.7)
