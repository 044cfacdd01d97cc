"""`kiosk printers` as it is typed."""

import os

from sqlalchemy import create_engine, select

from kiosk.core.migrate import sync_url
from kiosk.printing.models import Ack, Printer
from tests.support.typed import Typed


def test_a_printer_is_added_shown_tried_and_its_queue_seen(typed: Typed) -> None:
    assert typed("printers", "queue") == (0, "Nothing waits.\n")
    place = ("--address", "192.168.1.50", "--prints", "station:grill, bill", "--backup", "counter")
    code, shown = typed("printers", "add", "grill", "Grill", *place)
    assert code == 0
    assert shown.splitlines()[-1].split() == [
        *("grill", "Grill", "tcp", "192.168.1.50", "48", "station:grill,", "bill", "counter", "0"),
    ]
    assert typed("printers")[1] == shown == typed("printers", "list")[1]
    assert typed("printers", "test", "grill") == (0, "A test page waits for Grill.\n")
    code, waiting = typed("printers", "queue", "grill")
    assert waiting.splitlines()[1].split() == ["grill", "test", "Grill", "0", "min", "queued", "0"]
    assert typed("printers", "retry") == (0, "Tried again: 0.\n")


def test_a_printer_proves_what_it_prints_unless_told_otherwise(typed: Typed) -> None:
    typed("printers", "add", "grill", "Grill", "--address", "192.168.1.50")
    typed("printers", "add", "bar", "Bar", "--address", "192.168.1.51", "--ack", "none")
    engine = create_engine(sync_url(os.environ["KIOSK_DATABASE_URL"]))
    with engine.connect() as connection:
        found = connection.execute(select(Printer.code, Printer.ack).where(Printer.code != "counter"))
        assert {code: ack for code, ack in found} == {"grill": Ack.GS_R, "bar": Ack.NONE}
    engine.dispose()


def test_what_cannot_be_is_one_sentence(typed: Typed) -> None:
    assert typed("printers", "test", "grill") == (
        2,
        "There is no printer grill. Known are: counter. `kiosk printers add` adds one.\n",
    )
    code, told = typed("printers", "add", "bar", "Bar", "--address", "203.0.113.9")
    assert (code, told) == (2, "203.0.113.9 is outside the house. A printer has an address such as 192.168.1.50.\n")
    assert typed("printers", "add", "counter", "Counter 2", "--kind", "file")[0] == 2
