import numpy as np
import pytest
from numpy.typing import NDArray

from course_lib.datasets.scenes import FAMILIES, Texture
from course_lib.datasets.scenes.textures import texture_cover


def within(size: int) -> NDArray[np.bool_]:
    """Return what lies on a ball, the only place where gores are drawn."""
    u, v = grid(size)
    return np.asarray(u * u + v * v < 0.45**2)


def grid(size: int) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    centres = (np.arange(size) + 0.5) / size - 0.5
    u, v = np.meshgrid(centres, centres)
    return u, v


@pytest.mark.parametrize("family", FAMILIES)
def test_every_texture_shows_both_colours_and_nothing_beyond(family: str) -> None:
    cover = texture_cover(Texture(family, 5.0, 20.0, 0.5, 7), *grid(96), 1 / 96)
    assert np.isfinite(cover).all()
    assert cover.min() == 0
    assert cover.max() == 1
    assert 0.05 < cover.mean() < 0.9


@pytest.mark.parametrize("family", FAMILIES)
def test_a_texture_at_low_resolution_is_the_average_of_itself_at_high(family: str) -> None:
    texture = Texture(family, 4.0, 15.0, 0.5, 3)
    low = texture_cover(texture, *grid(48), 1 / 48)
    high = texture_cover(texture, *grid(384), 1 / 384)
    average = high.reshape(48, 8, 48, 8).mean(axis=(1, 3))
    assert abs(low - average)[within(48)].mean() < 0.04


@pytest.mark.parametrize("family", FAMILIES)
def test_a_texture_has_no_hard_edges(family: str) -> None:
    # From one fine pixel to the next the cover changes by no more than the ramp's slope allows.
    cover = texture_cover(Texture(family, 4.0, 0.0, 0.5, 3), *grid(400), 1 / 50)
    steps = np.abs(np.diff(cover, axis=0))[within(400)[1:]]
    assert steps.max() < 0.4


def test_stripes_repeat_as_often_as_their_frequency_says_and_take_their_share() -> None:
    along = np.linspace(0, 1, 8001)[:-1]
    cover = texture_cover(Texture("stripes", 6.0, 0.0, 0.4, 0), along, along * 0, 1e-4)
    assert (np.diff((cover > 0.5).astype(int)) == 1).sum() == 6
    assert cover.mean() == pytest.approx(0.4, abs=0.002)


def test_a_texture_turns_clockwise() -> None:
    u, v = grid(64)
    upright = texture_cover(Texture("stripes", 5.0, 0.0, 0.5, 0), u, v, 1 / 64)
    turned = texture_cover(Texture("stripes", 5.0, 90.0, 0.5, 0), u, v, 1 / 64)
    np.testing.assert_allclose(turned, upright.T, atol=1e-12)


def test_a_dial_shows_the_time() -> None:
    def dark(hour_angle: float, clock_angle: float, radius: float) -> bool:
        angle = np.radians(clock_angle)
        u, v = np.array([radius * np.sin(angle)]), np.array([-radius * np.cos(angle)])
        cover = texture_cover(Texture("dial", 4.0, hour_angle, 0.5, 0), u, v, 1e-3)
        return bool(cover[0] > 0.5)

    # At four o'clock the hour hand is at 120° and the minute hand at 0°; a quarter past, at 90°.
    assert dark(120, 120, 0.18)
    assert dark(120, 0, 0.28)
    assert not dark(120, 120, 0.28)
    assert not dark(120, 240, 0.18)
    assert dark(127.5, 90, 0.28)
    assert all(dark(100, hour * 30, 0.35) for hour in range(12))
    assert not any(dark(100, hour * 30 + 15, 0.36) for hour in range(12))
