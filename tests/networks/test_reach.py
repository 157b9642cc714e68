import pytest
from torch import nn

from course_lib.networks.layers import Add, CropLike
from course_lib.networks.reach import reach_above, reach_of_input


def test_a_crop_moves_the_first_unit_by_the_border() -> None:
    reach = reach_above(CropLike(), [reach_of_input((1, 9, 8))], (1, 5, 2))
    assert reach is not None
    assert [field.start for field in reach.fields] == [2, 3]
    assert reach.sizes == (1, 1)


def test_a_sum_reads_what_either_branch_reads() -> None:
    image = reach_of_input((1, 12, 12))
    wide = reach_above(nn.Conv2d(1, 1, (3, 5), padding=(1, 2)), [image], (1, 12, 12))
    assert wide is not None
    both = reach_above(Add(), [image, wide], (1, 12, 12))
    assert both is not None
    assert both.sizes == (3, 5)


@pytest.mark.parametrize("layer", [nn.Softmax(dim=1), nn.AdaptiveAvgPool2d(5)])
def test_a_layer_whose_units_do_not_read_alike_has_no_reach(layer: nn.Module) -> None:
    assert reach_above(layer, [reach_of_input((1, 12, 12))], (1, 5, 5)) is None
