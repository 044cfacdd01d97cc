"""`kiosk rates` as it is typed."""

import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, HTTPServer

import pytest

from tests.support.typed import Typed

FILE = b"""<Envelope xmlns="http://www.ecb.int/vocabulary/2002-08-01/eurofxref"><Cube><Cube time="2026-11-20">
<Cube currency="USD" rate="1.0832"/><Cube currency="JPY" rate="162.35"/></Cube></Cube></Envelope>"""


class Bank(BaseHTTPRequestHandler):
    def do_GET(self) -> None:
        self.send_response(200 if self.path == "/daily.xml" else 404)
        self.end_headers()
        self.wfile.write(FILE)

    def log_message(self, format: str, *args: object) -> None:
        """Says nothing."""


@pytest.fixture
def bank() -> Iterator[str]:
    """The address of a bank."""
    with HTTPServer(("127.0.0.1", 0), Bank) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}"
        server.shutdown()


def test_rates_are_fetched_shown_set_by_hand_and_followed_again(
    typed: Typed, bank: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert typed("rates") == (0, "There are no rates yet. Type: kiosk rates fetch, or kiosk rates set USD 1.08\n")
    monkeypatch.setenv("KIOSK_RATES_URL", f"{bank}/daily.xml")
    assert typed("rates", "fetch") == (0, "2 rates of 2026-11-20, 2 of them new.\n")
    code, shown = typed("rates", "set", "usd", "1.10")
    rows = {line.split()[0]: line.split()[1:3] for line in shown.splitlines()[1:]}
    assert (code, rows["USD"][0], rows["JPY"]) == (0, "1.10", ["162.35", "2026-11-20"])
    assert shown.splitlines()[0].split()[:4] == ["currency", "for", "1", "EUR"]
    code, shown = typed("rates", "follow", "USD")
    assert [line.split()[1] for line in shown.splitlines() if line.split()[0] == "USD"] == ["1.0832"]


def test_what_cannot_be_is_one_sentence(typed: Typed, bank: str, monkeypatch: pytest.MonkeyPatch) -> None:
    assert typed("rates", "set", "EUR", "1") == (
        2,
        "Rates say what one euro is worth, so the euro's own is always 1.\n",
    )
    assert typed("rates", "set", "QQQ", "1")[1].startswith("“QQQ” is no currency.")
    assert typed("rates", "set", "USD", "cheap") == (
        2,
        "“cheap” is no rate. Write what one euro is worth, like 1.0832.\n",
    )
    assert typed("rates", "follow", "USD") == (2, "No rate for USD was set by hand.\n")
    monkeypatch.setenv("KIOSK_RATES_URL", f"{bank}/gone.xml")
    monkeypatch.setattr("kiosk.payments.rates.TRIES", 1)
    assert typed("rates", "fetch") == (
        2,
        "The exchange rates could not be fetched (answer 404). The last known ones stay in force.\n",
    )
