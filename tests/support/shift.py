"""A shift at once: many hands that do anything at any moment on few tables, remembering what they were answered."""

from __future__ import annotations

import asyncio
import random
from collections import Counter
from collections.abc import Awaitable, Callable
from contextlib import suppress
from dataclasses import dataclass, field
from typing import Any
from uuid import uuid4

from kiosk.checks import queries as check_queries
from kiosk.checks import service as checks
from kiosk.checks.service import Wish
from kiosk.core import commands
from kiosk.core.db import Tx
from kiosk.core.errors import KioskError
from kiosk.floor import service as floor
from kiosk.kitchen import service as kitchen
from kiosk.menu import service as menu
from kiosk.payments import service as payments
from kiosk.payments.rules import Given, TenderKind
from menus.document import MenuDocument
from tests.support.house import House

COUNTED = "Tiramisù"
PORTIONS = 100
DISHES = (("Diavola", "Medium"), ("Diavola", "Large"), (COUNTED, ""), ("Chianti", "Glass"))


@dataclass
class Shift:
    """What was acknowledged: checks opened, line -> check as rung, lines removed, dishes fired, receipts by check."""

    house: House
    chance: random.Random
    menus: tuple[MenuDocument, MenuDocument]
    portions: list[int] = field(default_factory=list)
    items: dict[str, int] = field(default_factory=dict)
    checks: list[int] = field(default_factory=list)
    rung: dict[int, int] = field(default_factory=dict)
    removed: set[int] = field(default_factory=set)
    fired: int = 0
    copies: int = 0
    receipts: dict[int, tuple[str, int, int]] = field(default_factory=dict)
    refusals: Counter[str] = field(default_factory=Counter)
    done: Counter[str] = field(default_factory=Counter)

    async def prepare(self) -> None:
        """Count the portions of one item, and know the menu."""
        self.portions = [await self.house.portion(*dish) for dish in DISHES]
        self.items = {name: await self.house.item(name) for name, _ in DISHES}
        await self.house.act(menu.eighty_six, self.items[COUNTED], is_out=False, portions_left=PORTIONS)

    async def work(self, hands: int, acts: int) -> None:
        """Let so many hands do so many acts each; anything but an answer or a refusal is raised."""
        async with asyncio.TaskGroup() as crew:
            for _ in range(hands):
                crew.create_task(self._hand(acts))

    async def _hand(self, acts: int) -> None:
        gestures = [
            *([self.ring] * 12 + [self.send] * 4 + [self.settle] * 6 + [self.seat] * 2 + [self.bump] * 2),
            *(self.serve, self.void, self.remove, self.change, self.ask, self.unask, self.cancel, self.clear),
            *(self.recall, self.dish, self.toggle, self.load, self.reprint, self.take_away),
        ]
        for _ in range(acts):
            gesture = self.chance.choice(gestures)
            try:
                await gesture()
            except KioskError as refusal:
                self.refusals[type(refusal).__name__] += 1
            else:
                self.done[gesture.__name__] += 1

    async def tap(self, gesture: Callable[..., Awaitable[Any]], *args: Any, **words: Any) -> Any:
        """One act under a key; one of four is sent twice at once and must be answered alike."""
        key, meaning = uuid4(), commands.meaning_of(gesture.__name__, repr((args, words)))

        async def act(tx: Tx) -> Any:
            return await gesture(tx, *args, **words, by=self.house.by)

        copies = 2 if self.chance.random() < 0.25 else 1
        sent = (commands.once(self.house.db, key, meaning, act) for _ in range(copies))
        answers = await asyncio.gather(*sent, return_exceptions=True)
        good = [answer for answer in answers if not isinstance(answer, BaseException)]
        if not good:
            assert isinstance(answers[0], BaseException)
            raise answers[0]
        assert all(answer == good[0] for answer in good)
        return good[0]

    def _check(self) -> int:
        return self.chance.choice(self.checks[-4:]) if self.checks else 0

    def _line(self) -> int:
        return self.chance.choice(list(self.rung)[-12:]) if self.rung else 0

    async def seat(self) -> None:
        check_id = await self.tap(floor.seat, self.chance.choice(list(self.house.tables.values())), 2)
        if check_id not in self.checks:
            self.checks.append(check_id)

    async def take_away(self) -> None:
        check_id = await self.tap(checks.open_check, "Take-away", 1)
        self.checks.append(check_id)

    async def ring(self) -> None:
        check_id = self._check()
        wish = Wish(self.chance.choice(self.portions), quantity=self.chance.randint(1, 3))
        line_id = await self.tap(checks.ring, check_id, wish)
        self.rung[line_id] = check_id

    async def change(self) -> None:
        await self.tap(checks.change_line, self._line(), quantity=self.chance.randint(1, 3))

    async def remove(self) -> None:
        line_id = self._line()
        await self.tap(checks.remove_line, line_id)
        self.removed.add(line_id)

    async def send(self) -> None:
        await self._send(self._check())

    async def _send(self, check_id: int) -> None:
        async def send(tx: Tx, **words: Any) -> int:
            return (await checks.send(tx, check_id, **words)).fired

        fired = await self.tap(send)  # others count meanwhile
        self.fired += fired

    async def serve(self) -> None:
        await self.tap(checks.serve, self._check())

    async def void(self) -> None:
        await self.tap(checks.void_line, self._line(), "fell down")

    async def ask(self) -> None:
        await self.tap(checks.ask_bill, self._check())

    async def unask(self) -> None:
        await self.tap(checks.withdraw_bill, self._check())

    async def cancel(self) -> None:
        await self.tap(checks.cancel_check, self._check())

    async def clear(self) -> None:
        await self.tap(floor.clear_table, self.chance.choice(list(self.house.tables.values())))

    async def settle(self) -> None:
        check_id = self._check()
        with suppress(KioskError):
            await self._send(check_id)
        total = (await self.house.look(check_queries.show_check, check_id))["sums"]["total"]
        card = self.chance.randint(0, total)
        paid = [Given(TenderKind.CARD, card + 100, 100)] if card else []
        paid += [Given(TenderKind.CASH, total - card + 500)] if card < total else []

        async def settle(tx: Tx, **words: Any) -> list[Any]:
            settled = await payments.settle(tx, check_id, total, paid, **words)
            return [settled.number, settled.total, settled.receipt_id]

        number, told, receipt_id = await self.tap(settle)
        assert check_id not in self.receipts
        self.receipts[check_id] = (number, told, receipt_id)

    async def reprint(self) -> None:
        if self.receipts:
            *_, receipt_id = self.chance.choice(list(self.receipts.values()))
            await self.tap(payments.reprint, receipt_id)
            self.copies += 1

    async def bump(self) -> None:
        await self.tap(kitchen.bump, (await self._ticket("tickets"))["id"])

    async def recall(self) -> None:
        await self.tap(kitchen.recall, (await self._ticket("bumped"))["id"])

    async def dish(self) -> None:
        lines = (await self._ticket("tickets")).get("lines") or [{"id": 0}]
        await self.tap(kitchen.mark_dish, self.chance.choice(lines)["id"], done=self.chance.random() < 0.7)

    async def _ticket(self, where: str) -> dict[str, Any]:
        return dict(self.chance.choice((await self.house.board())[where] or [{"id": 0}]))

    async def toggle(self) -> None:
        is_out = self.chance.random() < 0.5
        await self.tap(menu.eighty_six, self.items["Diavola"], is_out=is_out, portions_left=None)

    async def load(self) -> None:
        document = self.chance.choice(self.menus)

        async def load(tx: Tx, **words: Any) -> None:
            await menu.load_menu(tx, document, **words)

        await self.tap(load)
