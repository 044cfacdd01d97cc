"""What a guest's phone reads from a slip: the codes in the picture of it, whoever drew them."""

from __future__ import annotations

from io import BytesIO

from PIL import Image

from tests.support.paper.slips import Slip


def read(slip: Slip) -> list[str]:
    """The texts of all QR codes on the slip, read from its PNG."""
    return _texts(Image.open(BytesIO(slip.png())))


def _texts(image: Image.Image) -> list[str]:
    import zxingcpp

    found = zxingcpp.read_barcodes(image, formats=zxingcpp.BarcodeFormat.QRCode)
    return [code.text for code in found]
