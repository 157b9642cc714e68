"""One photograph, many training examples: crops, mirror images and other light."""

from __future__ import annotations

from matplotlib.figure import Figure

from course_lib.figures.canvas import COLUMN, SMALL, Canvas
from course_lib.figures.registry import figure

IMAGE, CROP = 256, 224  # of the original and of what is cut out of it, as AlexNet's authors did
PIXELS = 34  # of a picture in the figure, a side
PITCH = 104.0
SIDE = 96.0
SPREAD = 0.3  # of the light, in standard deviations: more than the paper's, so that it is seen


def _check(count: int, seed: int) -> None:
    if not 1 <= count <= 12:
        raise ValueError(f"count={count}: expected a whole number from 1 to 12")
    if not 0 <= seed < 2**31:
        raise ValueError(f"seed={seed}: expected a whole number from 0")


def _alt(count: int, seed: int) -> str:
    _check(count, seed)
    shifts = IMAGE - CROP
    return (
        f"A photograph of a cat, and {count} examples made of it: crops of {CROP} × {CROP} pixels "
        f"from {IMAGE} × {IMAGE}, half of them mirrored, some lighter, darker or of another tint, "
        f"drawn with the seed {seed}. Below: {shifts} · {shifts} · 2 = {2 * shifts**2:,} crops and "
        f"mirror images, as the paper counts; {shifts + 1} offsets would make "
        f"{2 * (shifts + 1) ** 2:,}."
    )


@figure(
    "classification/augmentation",
    title="One photograph, many training examples",
    slide="Data augmentation",
    alt=_alt,
)
def augmentation(count: int = 7, seed: int = 3) -> Figure:
    """Draw a photograph and examples made of it by AlexNet's recipe.

    Parameters
    ----------
    count : int, 1 to 12
        Examples.
    seed : int
        Of the draws.
    """
    _check(count, seed)
    import torch
    from torch.nn.functional import interpolate

    from course_lib.figures.classification.crops import photograph

    chance = torch.Generator().manual_seed(seed)
    whole = photograph().float()
    flat = whole.flatten(1)
    values, vectors = torch.linalg.eigh(torch.cov(flat))
    # A vector's sign is the solver's choice: fixed, so that each machine draws the same.
    vectors = vectors * vectors.sum(0).sign()
    pictures = [whole]
    for _ in range(count):
        top, left = torch.randint(IMAGE - CROP + 1, (2,), generator=chance).tolist()
        part = whole[:, top : top + CROP, left : left + CROP]
        if torch.rand((), generator=chance) < 0.5:
            part = part.flip(-1)
        draws = SPREAD * torch.randn(3, generator=chance)
        light = vectors @ (draws * values.clamp(min=0).sqrt())
        pictures.append((part + light[:, None, None]).clamp(0, 255))
    rows = (len(pictures) + 3) // 4
    canvas = Canvas(COLUMN, 24 + PITCH * rows + 56)
    canvas.text(0, 10, "original", "muted", size=SMALL, anchor="start")
    canvas.text(PITCH, 10, "examples made of it", "muted", size=SMALL, anchor="start")
    for n, picture in enumerate(pictures):
        small = interpolate(picture[None], (PIXELS, PIXELS), mode="area")[0]
        pixels = small.round().to(torch.uint8).permute(1, 2, 0).numpy()
        canvas.image(PITCH * (n % 4), 24 + PITCH * (n // 4), SIDE, SIDE, pixels)
    y, shifts = 24 + PITCH * rows, IMAGE - CROP
    words = f"{shifts} · {shifts} · 2 = {2 * shifts**2:,} crops and mirror images"
    canvas.text(0, y + 14, words, size=SMALL, anchor="start")
    shifts += 1
    words = f"with all {shifts} offsets: {shifts} · {shifts} · 2 = {2 * shifts**2:,}"
    canvas.text(0, y + 38, words, "muted", size=SMALL, anchor="start")
    return canvas.figure
