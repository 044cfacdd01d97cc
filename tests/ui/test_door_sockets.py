"""Before NiceGUI's own events: a page hears only the session that opened it, and a handshake asks whether it lasts."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any

import pytest
from nicegui import Client
from socketio import AsyncServer

from kiosk.core.actor import Actor, Role
from kiosk.ui import door_sockets

ANA = Actor(1, 2, "Ana", Role.CASHIER, session_id=3, device_id=4)
MARCO = Actor(1, 5, "Marco", Role.WAITER, session_id=6, device_id=7)
SOCKETS = {"ana": ANA, "marco": MARCO, "nobody": None}
PAGE = "page-of-ana"


class Guarded:
    """NiceGUI's events behind the guard; remembers which of them came through, and whose session has ended."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        self.heard: list[str] = []
        self.ended: set[Actor] = set()
        self.sio = AsyncServer(async_mode="asgi")
        monkeypatch.setattr(self.sio, "get_environ", self._environ)
        page: Any = SimpleNamespace(_request=SimpleNamespace(state=SimpleNamespace(actor=ANA)))
        monkeypatch.setitem(Client.instances, PAGE, page)
        for name in ("connect", "handshake", *door_sockets.OWN_PAGE_ONLY):
            self.sio.on(name, self._hears(name))
        door_sockets.guard(self.sio, self._lasts)

    def _environ(self, sid: str) -> dict[str, Any]:
        return {"asgi.scope": {"state": {"actor": SOCKETS[sid]}}}

    def _hears(self, name: str) -> Any:
        def hear(_sid: str, *_: Any) -> bool:
            self.heard.append(name)
            return True

        async def hear_later(sid: str, *words: Any) -> bool:
            return hear(sid, *words)

        return hear_later if name in {"connect", "handshake"} else hear

    async def _lasts(self, actor: Actor) -> bool:
        return actor not in self.ended

    async def fire(self, name: str, sid: str, message: Any) -> Any:
        return await self.sio.handlers["/"][name](sid, message)


@pytest.fixture
def guarded(monkeypatch: pytest.MonkeyPatch) -> Guarded:
    return Guarded(monkeypatch)


@pytest.mark.parametrize("name", ["handshake", *door_sockets.OWN_PAGE_ONLY])
async def test_only_the_session_that_opened_a_page_speaks_to_it(guarded: Guarded, name: str) -> None:
    for sid in ("marco", "nobody"):
        assert not await guarded.fire(name, sid, {"client_id": PAGE})
    for odd in (None, [], "x", {}, {"client_id": "no-such-page"}, {"client_id": [PAGE]}):
        assert not await guarded.fire(name, "ana", odd)
    assert guarded.heard == []
    assert await guarded.fire(name, "ana", {"client_id": PAGE}) is True
    assert guarded.heard == [name]


async def test_a_socket_that_was_opened_while_its_session_ended_is_turned_away(guarded: Guarded) -> None:
    guarded.ended.add(ANA)
    assert await guarded.fire("connect", "ana", {}) is False
    assert await guarded.fire("handshake", "ana", {"client_id": PAGE}) is False
    assert await guarded.fire("connect", "nobody", {}) is False
    assert guarded.heard == []


async def test_a_socket_cannot_name_another_persons_page_as_it_connects(guarded: Guarded) -> None:
    naming = {"QUERY_STRING": f"client_id={PAGE}&implicit_handshake=true"}
    assert await guarded.fire("connect", "marco", naming) is False
    assert guarded.heard == []
    assert await guarded.fire("connect", "ana", naming) is True
    assert await guarded.fire("connect", "marco", {"QUERY_STRING": "client_id=long-gone"}) is True


async def test_what_a_page_logs_stays_on_one_line(guarded: Guarded) -> None:
    message = {"client_id": PAGE, "level": "error", "message": "a\nERROR forged\x1b[2J" + "x" * 10_000}
    await guarded.fire("log", "ana", message)
    assert message["message"].startswith("a ERROR forged[2Jxx")
    assert len(message["message"]) == 500
