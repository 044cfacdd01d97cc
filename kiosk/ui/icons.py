"""The kiosk's mark as pictures for home screens: drawn here, from the same figures as `mark.svg`."""

from __future__ import annotations

import io
import math
from functools import cache
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from PIL import Image, ImageDraw

NAMES: Final = {"any-192": 192, "any-512": 512, "maskable-192": 192, "maskable-512": 512, "apple-180": 180}
"""Those that systems cut into a shape of their own are filled to the edge; "any" brings its own round corners."""
SIDE: Final = 32
"""The mark is drawn on a square of so many parts; all of it lies in the circle that no system cuts away."""
FINER: Final = 4
GROUND, TRACK, RUN, PLATE = "#0A1322", "#3A4E6E", "#5CC8F2", "#EFF4FB"
CORNER, RADIUS, WIDTH = 7.0, 10.0, 3.4
TOP, END = -90.0, 21.2
"""Where the bright part of the ring begins and ends, in degrees clockwise from the right."""


@cache
def png(name: str) -> bytes:
    """One of NAMES as a PNG."""
    from PIL import Image

    side = NAMES[name]
    picture = _drawn(side * FINER, is_round=name.startswith("any")).resize((side, side), Image.Resampling.LANCZOS)
    out = io.BytesIO()
    picture.save(out, "PNG", optimize=True)
    return out.getvalue()


def _drawn(side: int, *, is_round: bool) -> Image.Image:
    from PIL import Image, ImageDraw

    picture = Image.new("RGBA", (side, side), (0, 0, 0, 0))
    draw, scale = ImageDraw.Draw(picture), side / SIDE
    draw.rounded_rectangle((0, 0, side - 1, side - 1), CORNER * scale if is_round else 0, GROUND)
    _ring(draw, scale)
    draw.rounded_rectangle(_box(12.4, 19.6, scale), 1.8 * scale, PLATE)
    return picture


def _ring(draw: ImageDraw.ImageDraw, scale: float) -> None:
    outer, middle = RADIUS + WIDTH / 2, SIDE / 2
    box, width = _box(middle - outer, middle + outer, scale), round(WIDTH * scale)
    draw.arc(box, 0, 360, TRACK, width)
    draw.arc(box, TOP, END, RUN, width)
    for angle in (TOP, END):
        x, y = (middle + RADIUS * turn(math.radians(angle)) for turn in (math.cos, math.sin))
        cap = WIDTH / 2
        draw.ellipse(tuple(part * scale for part in (x - cap, y - cap, x + cap, y + cap)), RUN)


def _box(begin: float, end: float, scale: float) -> tuple[float, float, float, float]:
    return (begin * scale, begin * scale, end * scale, end * scale)
