"""A printer in the network, by asyncio's own streams."""

from __future__ import annotations

import asyncio
import socket
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress

from kiosk.printing.limits import Limits
from kiosk.printing.rules import tcp_address

SLOWEST = 20_000
"""Bytes a second that a printer takes at the least while it prints them, as it has room for few."""


class TcpLine:
    """A connection that says what it could hand over; see `transport.Line`."""

    def __init__(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter, limits: Limits) -> None:
        self._reader, self._writer, self._limits = reader, writer, limits
        self.sent = 0
        # Whatever was not taken by this machine's network counts as not sent.
        writer.transport.set_write_buffer_limits(high=0)

    async def write(self, data: bytes) -> None:
        self._writer.write(data)
        try:
            async with asyncio.timeout(self._limits.write_s + len(data) / SLOWEST):
                await self._writer.drain()
        finally:
            self.sent += len(data) - self._writer.transport.get_write_buffer_size()

    async def read(self, most: int, seconds: float) -> bytes:
        try:
            async with asyncio.timeout(seconds):
                received = await self._reader.read(most)
        except TimeoutError:
            return b""
        if not received:
            raise ConnectionResetError("it hung up")
        return received


@asynccontextmanager
async def open_line(address: str, limits: Limits) -> AsyncIterator[TcpLine]:
    """A connection to `192.168.1.50:9100`, closed at the end. Raises OSError or AddressRefused."""
    host, port = tcp_address(address)
    async with asyncio.timeout(limits.connect_s):
        reader, writer = await asyncio.open_connection(host, port)
    writer.get_extra_info("socket").setsockopt(socket.SOL_SOCKET, socket.SO_KEEPALIVE, 1)
    try:
        yield TcpLine(reader, writer, limits)
        await _close(writer, limits)
    finally:
        writer.transport.abort()


async def _close(writer: asyncio.StreamWriter, limits: Limits) -> None:
    """Politely, so that the printer is free for the next at once."""
    writer.close()
    with suppress(OSError):
        async with asyncio.timeout(limits.connect_s):
            await writer.wait_closed()
