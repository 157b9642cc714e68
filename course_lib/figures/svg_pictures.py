"""Pictures within the small SVG: few colours, few bytes."""

from __future__ import annotations

from base64 import b64decode, b64encode
from io import BytesIO

SHARP = "image-rendering:pixelated"
COLOURS = 64
_HEAD = "data:image/png;base64,"


def smaller_picture(address: str) -> str:
    """Return a PNG that is written as a data address with a palette of at most 64 colours."""
    # Pillow takes a fifth of a second to load; most figures hold no picture.
    from PIL import Image

    picture = Image.open(BytesIO(b64decode("".join(address[len(_HEAD) :].split())))).convert("RGB")
    few = picture.quantize(COLOURS, method=Image.Quantize.MEDIANCUT, dither=Image.Dither.NONE)
    file = BytesIO()
    few.save(file, format="PNG", optimize=True)
    return _HEAD + b64encode(file.getvalue()).decode("ascii")
