"""An account at a Stripe of our own: payments, links, refunds and a card reader, and the guests who pay there."""

from __future__ import annotations

import json
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import count
from typing import Any

READER = "tmr_counter"
Answer = tuple[int, dict[str, Any]]


class Refusal(Exception):
    def __init__(self, status: int, code: str, message: str, kind: str = "invalid_request_error") -> None:
        super().__init__(code)
        self.answer: Answer = (status, {"error": {"type": kind, "code": code, "message": message}})


@dataclass
class Account:
    """One account."""

    url: str = ""
    intents: dict[str, dict[str, Any]] = field(default_factory=dict)
    links: dict[str, dict[str, Any]] = field(default_factory=dict)
    sessions: dict[str, dict[str, Any]] = field(default_factory=dict)
    refunds: dict[str, dict[str, Any]] = field(default_factory=dict)
    action: dict[str, Any] | None = None
    refund_status: str = "succeeded"
    _numbers: Iterator[int] = field(default_factory=lambda: count(1))

    # What guests do.

    def tap_card(self) -> None:
        """The guest holds a good card to the reader."""
        assert self.action
        assert self.action["status"] == "in_progress"
        self.intents[self.action["process_payment_intent"]["payment_intent"]]["status"] = "requires_capture"
        self.action["status"] = "succeeded"

    def decline(self, message: str = "Your card was declined.") -> None:
        """The guest's card is refused."""
        assert self.action
        self.action |= {"status": "failed", "failure_code": "card_declined", "failure_message": message}

    def open_link(self, link: str) -> str:
        """The guest opens the link; returns the session."""
        assert self.links[link]["active"]
        session = self._new("cs")
        self.sessions[session] = {
            "id": session,
            "object": "checkout.session",
            "payment_link": link,
            "status": "open",
            "payment_status": "unpaid",
            "payment_intent": None,
            "metadata": self.links[link]["metadata"],
        }
        return session

    def pay(self, link: str, session: str = "") -> str:
        """The guest pays by the link; returns the payment."""
        of, found = self.links[link], self.sessions[session or self.open_link(link)]
        assert found["status"] == "open"
        intent = self._intent(of["amount"], of["currency"], of["payment_intent_data"].get("metadata", {}))
        intent |= {"status": "succeeded", "amount_received": intent["amount"]}
        for other in self.sessions.values():
            if other["payment_link"] == link and other["status"] == "open":
                other["status"] = "expired"
        found |= {"status": "complete", "payment_status": "paid", "payment_intent": intent["id"]}
        of["active"] = False
        return str(intent["id"])

    @property
    def taken(self) -> int:
        """All the money that was taken and not given back."""
        back = sum(one["amount"] for one in self.refunds.values() if one["status"] not in {"failed", "canceled"})
        return sum(one["amount_received"] for one in self.intents.values()) - back

    def message(self, kind: str, about: dict[str, Any]) -> str:
        """The body of a message about something."""
        return json.dumps({"id": self._new("evt"), "object": "event", "type": kind, "data": {"object": about}})

    # What it answers.

    def _new(self, prefix: str) -> str:
        return f"{prefix}_{next(self._numbers):06}"

    def _intent(self, amount: int, currency: str, metadata: dict[str, str]) -> dict[str, Any]:
        intent = {
            "id": self._new("pi"),
            "object": "payment_intent",
            "amount": amount,
            "amount_received": 0,
            "currency": currency,
            "metadata": metadata,
            "created": int(time.time()),
            "status": "requires_payment_method",
        }
        self.intents[intent["id"]] = intent
        return intent

    def create_intent(self, words: dict[str, Any], _name: str) -> Answer:
        assert words["payment_method_types"] == {"0": "card_present"}
        assert words["capture_method"] == "manual"
        return 200, self._intent(int(words["amount"]), words["currency"], words["metadata"])

    def retrieve_intent(self, _words: dict[str, Any], name: str) -> Answer:
        return 200, self._known(self.intents, name)

    def capture_intent(self, _words: dict[str, Any], name: str) -> Answer:
        intent = self._known(self.intents, name)
        if intent["status"] != "requires_capture":
            raise Refusal(400, "payment_intent_unexpected_state", f"This is {intent['status']}.")
        intent |= {"status": "succeeded", "amount_received": intent["amount"]}
        return 200, intent

    def cancel_intent(self, _words: dict[str, Any], name: str) -> Answer:
        intent = self._known(self.intents, name)
        if intent["status"] in {"succeeded", "canceled"}:
            raise Refusal(400, "payment_intent_unexpected_state", f"This is {intent['status']}.")
        intent["status"] = "canceled"
        return 200, intent

    def retrieve_reader(self, _words: dict[str, Any], name: str) -> Answer:
        if name != READER:
            raise Refusal(404, "resource_missing", f"No such terminal.reader: '{name}'")
        return 200, {"id": READER, "object": "terminal.reader", "action": self.action, "status": "online"}

    def process_intent(self, words: dict[str, Any], name: str) -> Answer:
        if self.action and self.action["status"] == "in_progress":
            raise Refusal(400, "terminal_reader_busy", "Reader is currently busy processing another request.")
        intent = self._known(self.intents, words["payment_intent"])
        if intent["status"] != "requires_payment_method":
            raise Refusal(400, "intent_invalid_state", "This cannot be paid.")
        about = {"payment_intent": intent["id"]}
        self.action = {"type": "process_payment_intent", "status": "in_progress", "process_payment_intent": about}
        return self.retrieve_reader({}, name)

    def cancel_action(self, _words: dict[str, Any], name: str) -> Answer:
        self.action = None
        return self.retrieve_reader({}, name)

    def create_link(self, words: dict[str, Any], _name: str) -> Answer:
        price = words["line_items"]["0"]["price_data"]
        name = self._new("plink")
        self.links[name] = {
            "id": name,
            "object": "payment_link",
            "active": True,
            "url": f"{self.url}/pay/{name}",
            "amount": int(price["unit_amount"]),
            "currency": price["currency"],
            "metadata": words["metadata"],
            "payment_intent_data": words["payment_intent_data"],
        }
        return 200, self.links[name]

    def retrieve_link(self, _words: dict[str, Any], name: str) -> Answer:
        return 200, self._known(self.links, name)

    def update_link(self, words: dict[str, Any], name: str) -> Answer:
        self._known(self.links, name)["active"] = words["active"] == "true"
        return 200, self.links[name]

    def list_sessions(self, words: dict[str, Any], _name: str) -> Answer:
        return 200, _list(one for one in self.sessions.values() if one["payment_link"] == words["payment_link"])

    def expire_session(self, _words: dict[str, Any], name: str) -> Answer:
        session = self._known(self.sessions, name)
        if session["status"] != "open":
            raise Refusal(400, "session_not_open", "Only open sessions can be expired.")
        session["status"] = "expired"
        return 200, session

    def list_refunds(self, words: dict[str, Any], _name: str) -> Answer:
        return 200, _list(one for one in self.refunds.values() if one["payment_intent"] == words["payment_intent"])

    def create_refund(self, words: dict[str, Any], _name: str) -> Answer:
        intent, amount = self._known(self.intents, words["payment_intent"]), int(words["amount"])
        given_back = (one for one in self.refunds.values() if one["status"] != "failed")
        done = [one["amount"] for one in given_back if one["payment_intent"] == intent["id"]]
        if amount + sum(done) > intent["amount_received"]:
            raise Refusal(400, "charge_already_refunded", "Refund amount is greater than what is left on the charge.")
        name = self._new("re")
        about = {"payment_intent": intent["id"], "amount": amount, "metadata": words["metadata"]}
        self.refunds[name] = {"id": name, "object": "refund", "status": self.refund_status, **about}
        return 200, self.refunds[name]

    def _known(self, kept: dict[str, dict[str, Any]], name: str) -> dict[str, Any]:
        if name not in kept:
            raise Refusal(404, "resource_missing", f"No such object: '{name}'")
        return kept[name]


def _list(found: Iterator[dict[str, Any]]) -> dict[str, Any]:
    return {"object": "list", "data": list(found), "has_more": False, "url": "/v1"}
