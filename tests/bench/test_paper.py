"""From a send to the last byte on paper, with one printer and with ten; how long composing a ticket takes."""

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import AsyncExitStack
from time import perf_counter
from typing import Any
from uuid import uuid4

import httpx
import pytest

from kiosk.core.actor import command_line
from kiosk.core.db import Database, Tx
from kiosk.printing import service
from kiosk.printing.documents import CourseGroup, KitchenDish, KitchenSlip
from kiosk.printing.models import Ack, PrinterKind
from tests.bench.telling import say
from tests.support import people
from tests.support.live import LiveKiosk
from tests.support.paper.printer import VirtualPrinter
from tests.support.rules import set_rules

pytestmark = pytest.mark.bench
STATIONS = ("cold", "pasta", "oven", "grill", "bar")
TICKETS_A_S = 10
SECONDS = 60
COMPOSED = 500


@pytest.fixture
async def ten() -> AsyncIterator[list[VirtualPrinter]]:
    async with AsyncExitStack() as stack:
        yield [await stack.enter_async_context(VirtualPrinter(columns=48, dots=576)) for _ in range(10)]


async def connect(url: str, printers: list[VirtualPrinter]) -> None:
    """Each has all stations, so that a send of one dish is a ticket at each of them."""
    db = Database(url)

    async def add(tx: Tx) -> None:
        by = command_line((await tx.venue()).id)
        words = {"kind": PrinterKind.TCP, "ack": Ack.PROCESS_ID, "columns": 48, "dots": 576}
        prints = [f"station:{code}" for code in STATIONS]
        for no, printer in enumerate(printers):
            await service.add_printer(
                tx, code=f"p{no}", name=f"P{no}", prints=prints, by=by, address=printer.address, **words
            )

    await db.run(add)
    await db.close()
    await set_rules(url, undo_s=0)


class Pass:
    """A waiter who sends, and when each send was tapped and answered, by what stands on its ticket."""

    def __init__(self, hand: httpx.AsyncClient, portion_id: int) -> None:
        self.hand, self.portion_id = hand, portion_id
        self.tapped: dict[str, float] = {}
        self.answered: dict[str, float] = {}

    async def act(self, name: str, **args: Any) -> dict[str, Any]:
        answer = await self.hand.post(f"/api/act/{name}", json={"key": str(uuid4()), "args": args})
        said = answer.json()
        assert said["ok"], said
        return dict(said["result"])

    async def order(self, label: str) -> int:
        """A check with a dish that is not sent yet."""
        check_id = int((await self.act("open_check", label=label))["check_id"])
        await self.act("ring", check_id=check_id, portion_id=self.portion_id)
        return check_id

    async def send(self, label: str, check_id: int) -> None:
        self.tapped[label] = perf_counter()
        await self.act("send", check_id=check_id)
        self.answered[label] = perf_counter()


@pytest.mark.parametrize("count", [1, 10])
async def test_from_a_send_to_the_last_byte(
    database_url: str, engine_name: str, live_kiosk: Callable[..., LiveKiosk], ten: list[VirtualPrinter], count: int
) -> None:
    kiosk = live_kiosk(database_url)
    printers = ten[:count]
    await connect(database_url, printers)
    hand = await people.client(kiosk.url, database_url, "Sofia")
    portion = await people.plain_portion(hand)
    waiter = Pass(hand, int(portion["id"]))
    await waiter.send("Warm", await waiter.order("Warm"))
    sends, every = TICKETS_A_S * SECONDS // count, count / TICKETS_A_S
    checks = {label: await waiter.order(label) for label in (f"N{number:03}" for number in range(sends))}
    await printers[0].printed(1)
    under_way = []
    for label, check_id in checks.items():
        under_way.append(asyncio.create_task(waiter.send(label, check_id)))
        await asyncio.sleep(every)
    await asyncio.gather(*under_way)
    for printer in printers:
        await printer.printed(sends + 1)
    await hand.aclose()
    tell(f"{engine_name}, {count} printers", waiter, printers)


def tell(what: str, waiter: Pass, printers: list[VirtualPrinter]) -> None:
    out: list[tuple[str, float]] = [
        (next(label for label in waiter.tapped if slip.holds(label)), slip.ended)
        for printer in printers
        for slip in printer.slips
    ]
    out = [(label, ended) for label, ended in out if label != "Warm"]
    taps = [(waiter.answered[label] - waiter.tapped[label]) * 1000 for label in waiter.tapped if label != "Warm"]
    say(f"{what}: send tapped -> answered", taps)
    say(f"{what}: send tapped -> last byte", [(ended - waiter.tapped[label]) * 1000 for label, ended in out])
    say(f"{what}: send answered -> last byte", [(ended - waiter.answered[label]) * 1000 for label, ended in out])


def test_composing_a_ticket() -> None:
    from kiosk.printing import encode, layouts

    dishes = tuple(
        KitchenDish(quantity=2, name=name, details=("+ Burrata", "- Chilli"), note="no nuts", is_allergy=not place)
        for place, name in enumerate(("Tagliata", "Soupe à l'oignon", "Käsespätzle", "Diavola", "Soup", "Tiramisù"))
    )
    words = {"act": "new", "station": "Grill", "table": "5", "covers": 2, "waiter": "Marco", "time": "20:15"}
    kept = KitchenSlip(number="#1-1", groups=(CourseGroup(name="Mains", dishes=dishes),), **words).to_json()
    took = []
    for _ in range(COMPOSED):
        began = perf_counter()
        encode.encode(layouts.lay_out(kept, layouts.Paper(), layouts.Copy()), encode.Speech())
        took.append((perf_counter() - began) * 1000)
    say("composing a ticket of six dishes", took)
