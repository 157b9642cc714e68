"""The colour wheel of the scenes: 24 hues in five tones.

The tones have equal lightness all around (OKLCH; chroma is lowered where sRGB ends), so that no
hue stands out by being bright. They stand here as bytes, because a power or a cube root is not the
same to the last bit everywhere.
"""

from __future__ import annotations

Colour = tuple[int, int, int]
"""Red, green and blue, each from 0 to 255, as sRGB stores them."""

TONES = ("pale", "light", "vivid", "deep", "dark")
"""OKLCH lightness 0.93, 0.82, 0.67, 0.48 and 0.27."""

HUES = 24
"""Steps of 15° from hue 5°: 0 pink, 2 red, 4 orange, 7 yellow, 10 green, 16 sky, 20 violet."""

_WHEEL = (
    "ffdee4 ffa7bb f35285 9e2d52 3e1822",
    "ffdfde feaaa9 f85360 a12e39 3f191a",
    "fee0d8 ffac97 f75932 a03317 3f1a11",
    "ffe1d1 ffae81 e76d04 934302 3d1c08",
    "fee2c9 fab36d d37e01 864f04 3a1f00",
    "f8e5c7 edbb64 c18a04 7a5604 352300",
    "f1e8c7 dcc363 b09308 6f5c01 2f2601",
    "e9ebc9 c9cb6b 9b9c01 626202 282901",
    "e1eecd b2d279 7ea602 4e6801 202b06",
    "d9f0d3 9ad78c 42b123 227008 152d10",
    "d1f1db 80dba2 09b266 02703f 062f19",
    "cbf2e3 68ddb8 05af89 046e55 022e22",
    "c7f2ec 54ddce 01ac9f 026d64 022e29",
    "c6f2f4 4cdbe3 0fa9b0 076b6f 002d2f",
    "c7f0fb 54d8f4 03a7c2 03697b 022c34",
    "cdeefe 6fd2ff 0aa3d6 066788 002b3c",
    "d5ebfe 8ecbff 039cf4 02629c 062942",
    "dbe9ff a2c5ff 5192fe 2559b0 142643",
    "e1e7ff b3c0ff 7888fe 4851b0 1e2343",
    "e7e4fe c3baff 967bff 5f49ab 262041",
    "eee2ff d5b2ff b26df6 7241a0 2d1e3e",
    "f6dffb e7aaf5 c964e0 813b91 331c38",
    "fcddf4 f4a6e3 dc5bc5 8e357e 381a32",
    "ffddec ffa3cf ea55a6 973069 3b192a",
)


def wheel_colour(hue: int, tone: str) -> Colour:
    """Return one colour of the wheel.

    Parameters
    ----------
    hue : int
        From 0 to ``HUES`` − 1.
    tone : str
        One of ``TONES``.

    Raises
    ------
    ValueError
        If the wheel has no such hue or tone.
    """
    if tone not in TONES:
        raise ValueError(f"tone={tone!r}: expected one of {', '.join(TONES)}")
    if not 0 <= hue < HUES:
        raise ValueError(f"hue={hue}: expected a whole number from 0 to {HUES - 1}")
    code = _WHEEL[hue].split()[TONES.index(tone)]
    return int(code[0:2], 16), int(code[2:4], 16), int(code[4:6], 16)
