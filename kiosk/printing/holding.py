"""A job stopped inside the printer by paper or cover: nothing is sent again while the printer may still finish it."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

from kiosk.printing import queries
from kiosk.printing.delivery import Delivery, Memory, Went
from kiosk.printing.ground import Ground
from kiosk.printing.models import JobState, PrintJob
from kiosk.printing.status import Status
from kiosk.printing.talking import Silent, Talk
from kiosk.printing.transport_hand_over import Made

if TYPE_CHECKING:
    from kiosk.printing.feeder import Feeder

LOOK_S = 0.2


class Holding:
    """Waits on the open line for the printer to go on, for a person to decide, or for the backup's time to come."""

    def __init__(self, feeder: Feeder, ground: Ground, delivery: Delivery, memory: Memory) -> None:
        self._feeder, self._ground, self._delivery, self._memory = feeder, ground, delivery, memory
        self._place = feeder.place

    async def hold(self, talk: Talk, job: PrintJob, made: Made, status: Status) -> Went:
        """Until the job is on paper, in doubt, elsewhere or given up; or the line breaks, or the kiosk stops."""
        await self._delivery.held(job, status.sentence, len(made.data))
        try:
            return await self._wait(talk, job, made)
        except (OSError, asyncio.CancelledError) as broken:
            self._memory.is_torn = True
            if isinstance(broken, asyncio.CancelledError):
                raise
            return Went.NOT_NOW

    async def _wait(self, talk: Talk, job: PrintJob, made: Made) -> Went:
        loop = asyncio.get_running_loop()
        asked_at = loop.time()
        while not self._feeder.is_stopping:
            await talk.glance(LOOK_S)
            await self._feeder.kicks.carry_out(talk, self._feeder.printer)
            if loop.time() - asked_at < self._ground.limits.blocked_s:
                continue
            asked_at = loop.time()
            if not await self._is_mine(job):
                self._memory.must_clear = not await talk.clear()
                return Went.OVER
            if self._feeder.place != self._place:
                return await self._left(talk, job)
            if await self._feeder.stand_in(talk, job):
                return Went.OVER
            status = await talk.status()
            self._feeder.note(status, status.sentence)
            if status.is_ready:
                return await self._go_on(talk, job, made)
        return Went.NOT_NOW

    async def _is_mine(self, job: PrintJob) -> bool:
        """Whether the job is still held; somebody may have given it up, seen it on paper or sent it elsewhere."""
        now = await self._ground.look(lambda read: queries.job(read, job.id))
        return now.state is JobState.HELD

    async def _left(self, talk: Talk, job: PrintJob) -> Went:
        """Another device is this printer now: the one that waits for paper forgets the job, which comes there."""
        await talk.clear()
        return await self._delivery.doubted(job, "it was set up elsewhere while it held this", 0)

    async def _go_on(self, talk: Talk, job: PrintJob, made: Made) -> Went:
        """The printer goes on: its proof comes now, or the paper is in doubt."""
        try:
            status = await self._delivery.proof(talk, made)
        except Silent:
            return await self._delivery.doubted(job, "it works again and does not say that this was printed", 0)
        if status is None:
            return await self._delivery.printed(job, str(self._feeder.printer.ack.value), len(made.data))
        return await self._wait(talk, job, made)
