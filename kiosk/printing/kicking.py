"""The drawer under a printer is opened when somebody asks, or not at all: never later, never a second time."""

from __future__ import annotations

import asyncio

from kiosk.printing.models import Ack, DrawerKick, Printer
from kiosk.printing.talking import Silent, Talk

PINS = {DrawerKick.PIN_2: 2, DrawerKick.PIN_5: 5}


class Kicks:
    """Who waits for the drawer. Each is answered once: nothing when it opened, else a sentence."""

    def __init__(self) -> None:
        self._asked: list[asyncio.Future[str]] = []

    @property
    def is_asked(self) -> bool:
        self._asked = [one for one in self._asked if not one.done()]
        return bool(self._asked)

    def ask(self) -> asyncio.Future[str]:
        """Somebody waits; whoever stops waiting cancels what is returned, and the drawer stays shut."""
        asked: asyncio.Future[str] = asyncio.get_running_loop().create_future()
        self._asked.append(asked)
        return asked

    async def carry_out(self, talk: Talk, printer: Printer) -> None:
        """Open it for each who still waits. Raises OSError when the line breaks before anything was sent."""
        while self.is_asked:
            asked = self._asked.pop(0)
            sentence = await _kicked(talk, printer, asked)
            if not asked.done():
                asked.set_result(sentence)

    def fail(self, sentence: str) -> None:
        """It does not open for anybody who waits."""
        for asked in self._asked:
            if not asked.done():
                asked.set_result(sentence)
        self._asked.clear()


async def _kicked(talk: Talk, printer: Printer, asked: asyncio.Future[str]) -> str:
    pin = PINS.get(printer.drawer_kick)
    if pin is None:
        return f"no drawer is set up at the printer {printer.name}"
    can_answer = printer.ack is not Ack.NONE
    try:
        if can_answer:
            # Whoever is not listening now must not open the drawer later, when nobody stands at it.
            await talk.status()
        if asked.done():
            return f"the printer {printer.name} answered too late"
        await talk.kick(pin)
        if can_answer:
            await talk.status()
    except Silent:
        return f"the printer {printer.name} does not answer"
    except OSError as broken:
        return f"the connection to the printer {printer.name} broke ({broken.strerror or broken})"
    return ""
