"""What a guest's phone reads from a slip: the codes in the picture of it, whoever drew them."""

from __future__ import annotations

from io import BytesIO

from PIL import Image

from tests.support.paper.drawing import picture_image
from tests.support.paper.slips import Picture, Slip

QUIET = 24
"""White around a picture that fills its own frame, in dots."""


def read(slip: Slip) -> list[str]:
    """The texts of all QR codes on the slip, read from its PNG."""
    return _texts(Image.open(BytesIO(slip.png())))


def read_picture(picture: Picture) -> list[str]:
    """The texts of the QR codes in one picture."""
    drawn = picture_image(picture)
    framed = Image.new("L", (drawn.width + 2 * QUIET, drawn.height + 2 * QUIET), 255)
    framed.paste(drawn, (QUIET, QUIET))
    return _texts(framed)


def _texts(image: Image.Image) -> list[str]:
    import zxingcpp

    found = zxingcpp.read_barcodes(image, formats=zxingcpp.BarcodeFormat.QRCode)
    return [code.text for code in found]
