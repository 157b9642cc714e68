import pytest
import torch
from hypothesis import given, settings
from hypothesis import strategies as st
from torch import Tensor, nn
from torch.nn import functional

from course_lib.convolution.receptive_field_gradient import receptive_field_by_gradient


def inputs_by_trying(module: nn.Module, length: int, unit: int) -> list[int]:
    """Return which inputs change a unit when they become very large, in a network all positive."""
    with torch.no_grad():
        for parameter in module.parameters():
            parameter.uniform_(0.5, 1.5, generator=torch.Generator().manual_seed(0))
        base = torch.ones(1, 1, length, dtype=torch.float64)
        before = module(base)[0, :, unit]
        changed = []
        for position in range(length):
            x = base.clone()
            x[0, 0, position] = 1e6
            if not torch.equal(module(x)[0, :, unit], before):
                changed.append(position)
    return changed


@settings(max_examples=30)
@given(
    st.lists(
        st.tuples(
            st.sampled_from(["conv", "max", "mean"]),
            st.integers(1, 3),
            st.integers(1, 2),
            st.integers(1, 3),
        ),
        min_size=1,
        max_size=4,
    ),
    st.booleans(),
)
def test_the_inputs_found_are_those_that_change_the_unit(
    settings: list[tuple[str, int, int, int]], ceil_mode: bool
) -> None:
    modules: list[nn.Module] = []
    for kind, size, stride, dilation in settings:
        if kind == "conv":
            layer = nn.Conv1d(1, 1, size, stride, dilation=dilation, padding=1)
            modules += [layer, nn.ReLU(inplace=True)]
        elif kind == "max":
            modules.append(nn.MaxPool1d(size, stride, size // 2, dilation, ceil_mode=ceil_mode))
        else:
            modules.append(nn.AvgPool1d(size, stride, size // 2, ceil_mode))
    module = nn.Sequential(*modules).double().eval()
    try:
        units = module(torch.zeros(1, 1, 20, dtype=torch.float64)).shape[-1]
    except RuntimeError:
        return
    for unit in {0, units // 2, units - 1}:
        mask = receptive_field_by_gradient(module, (1, 20), unit, draws=1)
        assert mask.nonzero().flatten().tolist() == inputs_by_trying(module, 20, unit)


class DeadAtOnce(nn.Module):
    """Written with functions, with a bias that turns every ReLU off, and two paths that cancel."""

    def __init__(self) -> None:
        super().__init__()
        self.first = nn.Conv2d(2, 2, 3, padding=1)
        self.second = nn.Conv2d(2, 2, (1, 3), padding=(0, 1))
        nn.init.constant_(self.first.bias, -1e9)  # type: ignore[arg-type]
        self.second.weight.data.zero_()

    def forward(self, x: Tensor) -> Tensor:
        x = functional.max_pool2d(functional.relu(self.first(x)), 2, stride=2)
        x = torch.relu_(x + self.second(x)).relu()
        return functional.softmax(x, dim=1)


def test_accidental_zeros_do_not_hide_an_input() -> None:
    mask = receptive_field_by_gradient(DeadAtOnce(), (2, 12, 16), (2, 3), draws=1)
    expected = torch.zeros(12, 16, dtype=torch.bool)
    expected[3:7, 3:11] = True
    assert torch.equal(mask, expected)


def test_adaptive_and_global_maxima_count_every_input() -> None:
    module = nn.Sequential(nn.AdaptiveMaxPool2d(2), nn.ReLU6(), nn.Hardtanh())
    mask = receptive_field_by_gradient(module, (1, 4, 6), (0, 1), draws=1)
    assert mask.nonzero().tolist() == [[r, c] for r in (0, 1) for c in (3, 4, 5)]
    assert receptive_field_by_gradient(
        nn.Sequential(nn.AdaptiveMaxPool1d(1), nn.Flatten()), (3, 5), (), draws=1
    ).all()


class Unpooling(nn.Module):
    """Passes on the larger of two values, at its place, and averages the pair."""

    def forward(self, x: Tensor) -> Tensor:
        values, positions = functional.max_pool1d_with_indices(x, [2])
        return functional.avg_pool1d(functional.max_unpool1d(values, positions, [2]), 2)


def test_a_maximum_whose_position_is_asked_for_is_found_over_several_draws() -> None:
    once = receptive_field_by_gradient(Unpooling(), (1, 6), 1, draws=1)
    often = receptive_field_by_gradient(Unpooling(), (1, 6), 1, draws=20)
    assert int(once.sum()) == 1
    assert often.nonzero().flatten().tolist() == [2, 3]


def test_batch_normalisation_looks_at_no_other_position() -> None:
    module = nn.Sequential(nn.Conv1d(1, 4, 3), nn.BatchNorm1d(4), nn.Dropout(0.9))
    mask = receptive_field_by_gradient(module, (1, 9), 4, draws=1)
    assert mask.nonzero().flatten().tolist() == [4, 5, 6]


def test_instance_normalisation_looks_everywhere() -> None:
    module = nn.Sequential(nn.Conv1d(1, 4, 3), nn.InstanceNorm1d(4))
    assert receptive_field_by_gradient(module, (1, 9), 4).all()


def test_depth_does_not_underflow() -> None:
    module = nn.Sequential(*(nn.Conv1d(64, 64, 3, padding=1) for _ in range(60)))
    mask = receptive_field_by_gradient(module, (64, 141), 70, draws=1)
    assert int(mask.sum()) == 121


def test_the_module_and_the_global_random_state_stay_as_they_are() -> None:
    module = nn.Sequential(nn.Conv1d(1, 2, 3), nn.BatchNorm1d(2)).train()
    before = {name: tensor.clone() for name, tensor in module.state_dict().items()}
    state = torch.get_rng_state()
    receptive_field_by_gradient(module, (1, 9), 4)
    assert module.training
    assert torch.equal(torch.get_rng_state(), state)
    for name, tensor in module.state_dict().items():
        assert torch.equal(tensor, before[name])
    assert all(parameter.grad is None for parameter in module.parameters())


def test_a_unit_that_reads_only_padding_has_an_empty_field() -> None:
    mask = receptive_field_by_gradient(nn.Conv1d(1, 1, 1, padding=2), (1, 5), 0)
    assert not mask.any()


class Constant(nn.Module):
    def forward(self, x: Tensor) -> Tensor:
        return (x > 0).double()


def test_impossible_questions_are_refused_in_words() -> None:
    module = nn.Conv1d(1, 2, 3)
    with pytest.raises(ValueError, match=r"unit=7: the output has shape \(1, 2, 7\); expected"):
        receptive_field_by_gradient(module, (1, 9), 7)
    with pytest.raises(ValueError, match=r"unit=\(\): the output has shape"):
        receptive_field_by_gradient(module, (1, 9), ())
    with pytest.raises(ValueError, match=r"unit=-1: expected a whole number of at least 0"):
        receptive_field_by_gradient(module, (1, 9), -1)
    with pytest.raises(ValueError, match=r"input_shape=\(9,\): expected \(C, \*axes\)"):
        receptive_field_by_gradient(module, (9,), 0)
    with pytest.raises(ValueError, match=r"draws=0: expected"):
        receptive_field_by_gradient(module, (1, 9), 0, draws=0)
    with pytest.raises(ValueError, match=r"meta device; expected real ones"):
        receptive_field_by_gradient(module.to("meta"), (1, 9), 0)
    with pytest.raises(ValueError, match=r"module=Constant: its output has no gradient"):
        receptive_field_by_gradient(Constant(), (1, 9), 0)
    with pytest.raises(TypeError, match=r"module=3: expected an nn\.Module"):
        receptive_field_by_gradient(3, (1, 9), 0)  # type: ignore[arg-type]
