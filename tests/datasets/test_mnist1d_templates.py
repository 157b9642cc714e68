import numpy as np
import pytest
from mnist1d import get_templates

from course_lib.datasets import TEMPLATE_NAMES, template, templates


def test_the_ten_templates_are_those_of_the_published_package() -> None:
    published = get_templates()
    np.testing.assert_array_equal(templates(), published["x"])
    assert list(published["y"]) == list(range(len(TEMPLATE_NAMES)))


def test_a_template_starts_and_ends_at_zero_with_a_sixth_as_standard_deviation() -> None:
    np.testing.assert_allclose(templates()[:, [0, -1]], 0, atol=1e-15)
    np.testing.assert_allclose(templates().std(axis=1), 1 / 6, rtol=1e-14)


def test_a_template_is_found_by_its_class_and_by_its_name() -> None:
    for label, name in enumerate(TEMPLATE_NAMES):
        np.testing.assert_array_equal(template(label), templates()[label])
        np.testing.assert_array_equal(template(name), templates()[label])
    assert TEMPLATE_NAMES[7] == "seven"


def test_changing_a_template_changes_none_that_is_asked_for_later() -> None:
    template(3)[:] = 9
    assert abs(templates()).max() < 1


@pytest.mark.parametrize("digit", [-1, 10, "ten", True, "3"])
def test_a_digit_that_does_not_exist_is_refused(digit: int | str) -> None:
    with pytest.raises(ValueError, match=r"digit=.*expected a class from 0 to 9 or one of zero"):
        template(digit)
