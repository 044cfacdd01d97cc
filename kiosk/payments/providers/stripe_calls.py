"""Calls to Stripe through its own SDK: loaded when first needed, timed, tried again, and known by what came of them."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from typing import Any

from pydantic import SecretStr
from tenacity import AsyncRetrying, retry_if_exception_type, stop_after_attempt, stop_after_delay
from tenacity.wait import wait_random_exponential

log = logging.getLogger(__name__)
TRIES = 3
BUSY = {408, 409, 429}
BUSY_CODES = {"lock_timeout", "rate_limit", "idempotency_key_in_use", "terminal_reader_timeout"}


class NoAnswer(Exception):
    """It may or may not have happened."""


class SaidNo(Exception):
    """It did not happen. `code` is Stripe's own word for why, `told` is a sentence for people."""

    def __init__(self, code: str, told: str) -> None:
        super().__init__(code)
        self.code = code
        self.told = told


@dataclass(frozen=True)
class Pace:
    """Seconds: one request may take so long, all tries of a call together, and the longest pause between them."""

    request_s: float = 10
    call_s: float = 25
    pause_s: float = 4


@dataclass
class Calls:
    """One account at Stripe, by its secret key; `url` is another address than Stripe's own, for tests and proxies."""

    key: SecretStr
    url: str = ""
    pace: Pace = field(default_factory=Pace)
    _client: Any = None
    _http: Any = None
    _loading: asyncio.Lock = field(default_factory=asyncio.Lock)

    async def ask(self, call: Callable[[Any], Awaitable[Any]]) -> Any:
        """What a call `call(client.v1)` answers. Raises SaidNo, or NoAnswer after a few tries."""
        client = await self._ready()
        tries = AsyncRetrying(
            retry=retry_if_exception_type(NoAnswer),
            wait=wait_random_exponential(multiplier=0.25, max=self.pace.pause_s),
            stop=stop_after_attempt(TRIES) | stop_after_delay(self.pace.call_s),
            reraise=True,
        )
        return await tries(self._once, client, call)

    async def _once(self, client: Any, call: Callable[[Any], Awaitable[Any]]) -> Any:
        import stripe

        try:
            async with asyncio.timeout(self.pace.request_s):
                return await call(client.v1)
        except TimeoutError as silence:
            raise NoAnswer("no answer in time") from silence
        except stripe.StripeError as trouble:
            # Its text may hold what was sent, down to the key; its class and code hold nothing of the kind.
            told = f"{type(trouble).__name__} {trouble.http_status or ''} {trouble.code or ''}".strip()
            log.warning("Stripe: %s", told)
            raise self._meaning(trouble) from None

    async def _ready(self) -> Any:
        """The SDK's client; the SDK is large, so it is loaded beside the tablets' work and only when it is used."""
        async with self._loading:
            if self._client is None:
                self._client = await asyncio.to_thread(self._load)
        return self._client

    def _load(self) -> Any:
        import stripe

        stripe.enable_telemetry = False
        # It logs what Stripe says word by word, and Stripe may repeat a key it does not know.
        logging.getLogger("stripe").setLevel(logging.CRITICAL)
        other = {"base_addresses": {"api": self.url}} if self.url else {}
        self._http = stripe.HTTPXClient(timeout=self.pace.request_s)
        key = self.key.get_secret_value()
        return stripe.StripeClient(key, http_client=self._http, max_network_retries=0, **other)

    def _meaning(self, trouble: Any) -> NoAnswer | SaidNo:
        import stripe

        status, code = trouble.http_status or 0, trouble.code or ""
        if isinstance(trouble, stripe.AuthenticationError | stripe.PermissionError):
            return SaidNo("key", "Stripe does not accept this kiosk's key. Check KIOSK_STRIPE_KEY.")
        if isinstance(trouble, stripe.IdempotencyError):
            return NoAnswer("the same key with other words")
        if code in BUSY_CODES or status in BUSY or not 400 <= status < 500:
            return NoAnswer(code or f"answer {status}")
        told = (trouble.user_message or "Stripe refused it.").replace(self.key.get_secret_value(), "…")
        return SaidNo(code or "refused", told[:300])

    async def close(self) -> None:
        """Let go of the connections."""
        http, self._http, self._client = self._http, None, None
        if http is not None:
            await http.close_async()
