"""A Stripe of our own on this machine: speaks what the SDK sends and reads, keeps idempotency keys, has bad days.

Guests act through its account; trouble is ordered ahead with `next_time`.
"""

from __future__ import annotations

import asyncio
import hashlib
import hmac
import json
import re
import time
from collections import Counter, defaultdict
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from functools import partial
from typing import Any

from aiohttp import web

from tests.support.stripe_account import Account, Answer, Refusal

KEY = "sk_test_a_very_secret_one"
SECRET = "whsec_another_secret"
FORMS_AS_TEXT = "ignore:Use 'content=:DeprecationWarning"
"""The SDK hands its forms to httpx in the old way; for `pytest.mark.filterwarnings`."""
TROUBLE: Answer = (500, {"error": {"type": "api_error", "message": "Something went wrong."}})
TIMED_OUT = 0.3


def words_of(form: dict[str, str]) -> dict[str, Any]:
    """`a[b][0]=1` as {"a": {"b": {"0": "1"}}}."""
    told: dict[str, Any] = {}
    for name, value in form.items():
        *path, last = re.findall(r"[^\[\]]+", name)
        inner = told
        for step in path:
            inner = inner.setdefault(step, {})
        inner[last] = value
    return told


def sign(body: str, secret: str = SECRET, at: float | None = None) -> str:
    """The signature header of a message."""
    stamp = int(time.time() if at is None else at)
    mac = hmac.new(secret.encode(), f"{stamp}.{body}".encode(), hashlib.sha256).hexdigest()
    return f"t={stamp},v1={mac}"


@dataclass
class Stripe(Account):
    """An account behind its interface.

    Moods of a call: `500` before it acts, `500_stored` the same for ever under this key, `500_after` it acted, `cut`
    the connection after it acted or `cut_before`, `hang` after it acted until `released`, `slow`, `nonsense`.
    """

    calls: Counter[str] = field(default_factory=Counter)
    keys: list[str] = field(default_factory=list)
    reached: dict[str, asyncio.Event] = field(default_factory=lambda: defaultdict(asyncio.Event))
    released: asyncio.Event = field(default_factory=asyncio.Event)
    _stored: dict[str, tuple[str, Answer]] = field(default_factory=dict)
    _moods: dict[str, list[str]] = field(default_factory=lambda: defaultdict(list))

    def next_time(self, call: str, *moods: str) -> None:
        """How the next calls of this kind go, one mood a call."""
        self._moods[call].extend(moods)

    async def answer(self, call: str, request: web.Request) -> web.StreamResponse:
        self.calls[call] += 1
        said = request.headers.get("Authorization", "")
        if said != f"Bearer {KEY}":
            return _json(401, {"error": {"type": "invalid_request_error", "message": f"Invalid API Key: {said}"}})
        mood = self._moods[call].pop(0) if self._moods[call] else ""
        self.reached[call].set()
        if mood in {"500", "cut_before"}:
            return _json(*TROUBLE) if mood == "500" else _cut(request)
        status, content = await self._once(call, mood, request)
        if mood == "hang":
            await self.released.wait()
        if mood == "slow":
            await asyncio.sleep(TIMED_OUT)
        if mood in {"cut", "nonsense"}:
            return _cut(request) if mood == "cut" else web.Response(text="<h1>Bad gateway</h1>")
        return _json(*TROUBLE) if mood == "500_after" else _json(status, content)

    async def _once(self, call: str, mood: str, request: web.Request) -> Answer:
        """What was answered under this key before, else the answer, which is stored."""
        is_post = request.method == "POST"
        words = words_of(dict(await request.post() if is_post else request.query))  # type: ignore[arg-type]
        key = request.headers.get("Idempotency-Key", "") if is_post else ""
        self.keys.append(key)
        act = partial(self._act, call, words, request.match_info.get("name", ""))
        if not key:
            return act()
        meaning = json.dumps([request.path, words], sort_keys=True)
        before, answer = self._stored.get(key) or (meaning, TROUBLE if mood == "500_stored" else act())
        if before != meaning:
            return Refusal(400, "idempotency_error", "Other words, same key.", "idempotency_error").answer
        self._stored[key] = (meaning, json.loads(json.dumps(answer)))
        return answer

    def _act(self, call: str, words: dict[str, Any], name: str) -> Answer:
        try:
            status, content = getattr(self, call)(words, name)
        except Refusal as refusal:
            return refusal.answer
        return status, content


def _cut(request: web.Request) -> web.StreamResponse:
    assert request.transport is not None
    request.transport.abort()
    return web.Response()


def _json(status: int, content: dict[str, Any]) -> web.Response:
    return web.json_response(content, status=status, headers={"Request-Id": "req_1"})


ROUTES = (
    ("POST", "/v1/payment_intents", "create_intent"),
    ("GET", "/v1/payment_intents/{name}", "retrieve_intent"),
    ("POST", "/v1/payment_intents/{name}/capture", "capture_intent"),
    ("POST", "/v1/payment_intents/{name}/cancel", "cancel_intent"),
    ("GET", "/v1/terminal/readers/{name}", "retrieve_reader"),
    ("POST", "/v1/terminal/readers/{name}/process_payment_intent", "process_intent"),
    ("POST", "/v1/terminal/readers/{name}/cancel_action", "cancel_action"),
    ("POST", "/v1/payment_links", "create_link"),
    ("GET", "/v1/payment_links/{name}", "retrieve_link"),
    ("POST", "/v1/payment_links/{name}", "update_link"),
    ("GET", "/v1/checkout/sessions", "list_sessions"),
    ("POST", "/v1/checkout/sessions/{name}/expire", "expire_session"),
    ("GET", "/v1/refunds", "list_refunds"),
    ("POST", "/v1/refunds", "create_refund"),
)


@asynccontextmanager
async def served() -> AsyncIterator[Stripe]:
    """A Stripe that answers on a port of its own until the end."""
    stripe = Stripe()
    app = web.Application()
    for method, path, call in ROUTES:
        app.router.add_route(method, path, _handler(stripe, call))
    runner = web.AppRunner(app, access_log=None, handler_cancellation=True, shutdown_timeout=0.1)
    await runner.setup()
    site = web.TCPSite(runner, "127.0.0.1", 0)
    await site.start()
    stripe.url = f"http://127.0.0.1:{runner.addresses[0][1]}"
    yield stripe
    stripe.released.set()
    await runner.cleanup()


def _handler(stripe: Stripe, call: str) -> Callable[[web.Request], Awaitable[web.StreamResponse]]:
    async def handle(request: web.Request) -> web.StreamResponse:
        return await stripe.answer(call, request)

    return handle
