"""Muon beside AdamW: whose weights are whose, and how far an update goes."""

import torch
from torch import nn

from course_lib.training import Muon
from course_lib.training.muon import MuonAndAdamW


def network() -> nn.Sequential:
    torch.manual_seed(0)
    return nn.Sequential(
        nn.Conv2d(3, 8, 3),
        nn.BatchNorm2d(8),
        nn.ConvTranspose2d(8, 6, 2),
        nn.Flatten(),
        nn.Linear(6 * 25, 4),
    )


def stepped(optimiser: Muon, rate: float) -> tuple[nn.Sequential, nn.Sequential, MuonAndAdamW]:
    """Return a network before and after one step."""
    before, after = network(), network()
    built = optimiser.build(after.parameters(), rate)
    assert isinstance(built, MuonAndAdamW)
    generator = torch.Generator().manual_seed(1)
    images = torch.rand(8, 3, 6, 6, generator=generator)
    loss = nn.functional.cross_entropy(after(images), torch.arange(8) % 4)
    loss.backward()  # type: ignore[no-untyped-call]
    built.step()
    return before, after, built


def moved_in(layer: str, before: nn.Module, after: nn.Module) -> torch.Tensor:
    """Return how far a layer's weights have gone."""
    name = f"{layer}.weight"
    return (after.get_parameter(name) - before.get_parameter(name)).detach()


def test_kernels_are_muon_s_and_all_else_adamw_s() -> None:
    _, after, built = stepped(Muon(), 1e-3)
    assert [tuple(kernel.shape) for kernel in built.kernels] == [(8, 3, 3, 3), (8, 6, 2, 2)]
    others = built.parts[0].param_groups[0]["params"]
    assert {id(p) for p in [*built.kernels, *others]} == {id(p) for p in after.parameters()}


def test_the_update_of_a_kernel_is_about_orthogonal() -> None:
    before, after, _ = stepped(Muon(ratio=5.0, weight_decay=0.0, iterations=5), 1e-3)
    moved = moved_in("0", before, after).flatten(1) / 5e-3
    spread = torch.linalg.svdvals(moved)
    # The iteration stops at values from about 0.7 to 1.2 (its coefficients are made for that).
    assert float(spread.min()) > 0.6
    assert float(spread.max()) < 1.3


def test_what_is_not_a_kernel_moves_as_with_adamw() -> None:
    before, after, _ = stepped(Muon(weight_decay=0.0), 1e-3)
    # The first step of Adam is the rate, whatever the gradient.
    moved = moved_in("4", before, after).abs()
    assert torch.allclose(moved[moved > 1e-6], torch.tensor(1e-3), rtol=0.02)


def test_the_rate_is_what_the_schedule_says() -> None:
    before, after, built = stepped(Muon(weight_decay=0.0), 1e-3)
    kept = [parameter.detach().clone() for parameter in after.parameters()]
    built.param_groups[0]["lr"] = 0.0
    built.step()
    assert all(torch.equal(a, b) for a, b in zip(kept, after.parameters(), strict=True))
    assert bool(moved_in("0", before, after).any())
