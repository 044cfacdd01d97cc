"""The order screen's component."""

from nicegui import ui


class OrderPad(ui.element, component="order_pad.js", esm={"kiosk-order-pad": "order_pad"}):
    """Menu and check side by side, for the check that the shell's route names.

    It reads the menu and the check from `/api/view/` and rings by `/api/act/`; the server builds this one element.
    """
