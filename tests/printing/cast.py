"""One document of every kind, and how a slip is drawn for the files in golden/: `python -m tests.printing.cast`."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from rich.cells import cell_len

from kiosk.printing import layouts
from kiosk.printing.documents import (
    AnyDocument,
    Bill,
    CourseGroup,
    DishLine,
    Figure,
    KitchenDish,
    KitchenSlip,
    Receipt,
    Sheet,
    TaxLine,
    TenderLine,
    TestPage,
)
from kiosk.printing.rows import Align, Copy, Paper, Part, QrCode, Raster, Row, Rule, Slip

GOLDEN = Path(__file__).parent / "golden"
WIDTHS = {32: 384, 42: 512, 48: 576}

BRUSCHETTA = KitchenDish(quantity=2, name="Bruschetta", seat=1, details=("+ Burrata", "- Garlic"))
BISTECCA = KitchenDish(
    quantity=1, name="Bistecca alla fiorentina con patate al rosmarino", portion="1 kg", seat=2, note="well done"
)
PAD_THAI = KitchenDish(
    quantity=1,
    name="Pad thai",
    details=("+ Lime",),
    note="Peanuts and all tree nuts, also in the oil; carries an EpiPen",
    is_allergy=True,
    seat=3,
)
TICKET = KitchenSlip(
    act="new",
    station="Grill",
    number="#1042-2",
    table="12",
    covers=4,
    waiter="Marco",
    time="20:14",
    groups=(
        CourseGroup(name="Starters", dishes=(BRUSCHETTA,)),
        CourseGroup(name="Mains", dishes=(BISTECCA, PAD_THAI, KitchenDish(quantity=12, name="Patate al forno"))),
    ),
    others=("Bar", "Pizza"),
)


def only(*dishes: KitchenDish, **words: object) -> KitchenSlip:
    """The ticket with these dishes and no course."""
    return replace(TICKET, groups=(CourseGroup(name="", dishes=dishes),), others=(), **words)  # type: ignore[arg-type]


SCRIPTS = only(
    KitchenDish(quantity=3, name="مشويات لحم 500 غ", menu_name="Mixed grill", seat=1),
    KitchenDish(quantity=1, name="שניצל 250 גרם", menu_name="Schnitzel", details=("+ לימון",)),
    KitchenDish(quantity=2, name="पनीर टिक्का", menu_name="Paneer tikka", note="तीखा नहीं"),
    KitchenDish(quantity=1, name="ผัดไทยกุ้งสด", menu_name="Pad thai", note="กุ้ง", is_allergy=True),
    KitchenDish(quantity=4, name="宫保鸡丁", menu_name="Kung pao"),
    KitchenDish(quantity=1, name="小エビのサラダ", menu_name="Shrimp salad"),
)
RECEIPT = Receipt(
    venue="Trattoria Aurora",
    currency_code="EUR",
    locale="en_IE",
    number="2026-000123",
    issued="2026-11-21 20:14",
    label="12",
    covers=2,
    waiter="Marco",
    cashier="Ana",
    lines=(
        DishLine(1, "Diavola", "Large", 1850, ("+ Burrata", "no chilli"), rate_ppm=100_000),
        DishLine(2, "Bistecca alla fiorentina con patate al rosmarino", "1 kg", 12_340, rate_ppm=100_000),
        DishLine(1, "Chianti Classico", "Bottle", 1067, part="1/3", rate_ppm=220_000),
    ),
    discount=500,
    service=300,
    taxes=(TaxLine(100_000, 12_718, 1272, 13_990), TaxLine(220_000, 875, 192, 1067)),
    total=15_057,
    tip=200,
    cash_rounding=-2,
    tenders=(
        TenderLine("card", 10_000),
        TenderLine("cash", 6000, 745, currency_code="USD", currency_given=6400, rate="1 EUR = 1.0667 USD"),
    ),
    address=("Via Aurora 1", "00100 Roma"),
    tax_number="P.IVA 01234567890",
    legal_lines=("Grazie e arrivederci",),
    link="https://aurora.example/r/Zm9vYmFyYmF6cXV4Zm9vYmFyYmF6",
    tip_line=True,
)
REFUND = replace(
    RECEIPT,
    number="2026-000131",
    heading="REFUND",
    of_number="2026-000123",
    reason="The steak was cold",
    lines=(DishLine(-1, "Bistecca alla fiorentina", "1 kg", -6170, part="part of"),),
    discount=0,
    service=0,
    taxes=(TaxLine(100_000, -5609, -561, -6170),),
    total=-6170,
    tip=0,
    cash_rounding=0,
    tenders=(TenderLine("card", -6170),),
    link="",
    tip_line=False,
)
BILL = Bill(
    venue=RECEIPT.venue,
    currency_code="EUR",
    locale="it_IT",
    number="#1042",
    label="Terrace 14",
    covers=2,
    waiter="Marco",
    time="2026-11-21 20:50",
    lines=RECEIPT.lines,
    discount=500,
    service=300,
    taxes=RECEIPT.taxes,
    total=15_057,
    paid=5000,
    tip_line=True,
    legal_lines=("Grazie e arrivederci",),
)
Z = Sheet(
    venue=RECEIPT.venue,
    currency_code="EUR",
    locale="de_DE",
    title="Z report 146",
    notes=("Friday 2026-03-06", "2026-03-06 10:02 to 23:41"),
    blocks=(
        (Figure("Gross sales", 691_480), Figure("Discounts, 7", -8430), Figure("Net sales", 683_050, bold=True)),
        (Figure("Net at 10 %", 620_955), Figure("Tax 10 %", 62_095)),
        (Figure("Drawer 1, Ana", bold=True), Figure("Float", 15_000), Figure("Expected", word="after the count")),
        (Figure("Guests", word="214"), Figure("Opened without a sale", word="3")),
    ),
    foot=("By Sofia", "Journal up to entry 88012", "3f2a 99c1 07be 4410"),
)
X = replace(Z, title="X report", blocks=Z.blocks[:2], foot=("By Ana",))
DRAWER = Sheet(
    venue=RECEIPT.venue,
    currency_code="EUR",
    locale="en_IE",
    title="Drawer 1: paid out",
    notes=("2026-11-21 18:05",),
    blocks=((Figure("Paid out", 4500, bold=True), Figure("Ice from the shop next door, because ours is broken")),),
    foot=("By Ana",),
)
DAY = replace(Z, title="Day summary", notes=("Friday 2026-03-06",), blocks=(Z.blocks[0], Z.blocks[3]), foot=())
TEST_PAGE = TestPage(printer="Grill", time="2026-11-21 15:00", ack="process_id", drawer="pin_2", buzzer="esc_a")

CAST: dict[str, tuple[AnyDocument, str, Copy]] = {
    "kitchen-new": (TICKET, "en", Copy()),
    "kitchen-german": (replace(TICKET, is_allergy=True), "de", Copy()),
    "kitchen-changed": (
        only(
            replace(BISTECCA, was="well done", note="medium rare, sliced for two"),
            replace(PAD_THAI, was="Peanuts"),
            replace(BRUSCHETTA, note="", was="no salt"),
            act="changed",
            by="Elena",
        ),
        "en",
        Copy(),
    ),
    "kitchen-void": (only(BISTECCA, PAD_THAI, act="void", reason="Guest left", by="Sofia"), "en", Copy()),
    "kitchen-moved": (only(act="moved", was_table="5", table="Terrace 14", by="Marco"), "en", Copy()),
    "kitchen-refire": (only(BISTECCA, act="refire", reason="Fell on the floor"), "fr", Copy()),
    "kitchen-takeaway": (
        replace(TICKET, is_take_away=True, table="Giovanna Bellini", pickup="20:45", covers=1),
        "it",
        Copy(),
    ),
    "kitchen-reprint": (only(BRUSCHETTA), "en", Copy(3, "BACKUP FROM GRILL", "Ana", "20:31")),
    "kitchen-scripts": (SCRIPTS, "en", Copy()),
    "bill": (BILL, "it", Copy()),
    "receipt": (RECEIPT, "en", Copy()),
    "receipt-copy": (replace(RECEIPT, tip_line=False, link="", copy_no=2), "es", Copy(2, asked_by="Ana", at="21:02")),
    "receipt-in-doubt": (replace(RECEIPT, tip_line=False, link="", tax_included=False), "fr", Copy(2)),
    "refund": (REFUND, "en", Copy()),
    "correction": (replace(REFUND, heading="CORRECTION", reason="Paid by card, not in cash"), "de", Copy()),
    "x": (X, "en", Copy()),
    "z": (Z, "de", Copy()),
    "drawer": (DRAWER, "en", Copy()),
    "day": (DAY, "it", Copy(2, asked_by="Sofia", at="09:10")),
    "test-page": (TEST_PAGE, "en", Copy()),
}


def slip_of(name: str, columns: int) -> Slip:
    """A document of the cast on paper of this width."""
    document, language, copy = CAST[name]
    names = "both" if name == "kitchen-scripts" else "kitchen"
    return layouts.laid_out(document, Paper(columns, WIDTHS[columns], language, names), copy)


def drawn(slip: Slip) -> list[str]:
    """The slip line by line between two edges, with the marks of every line behind it."""
    return [_drawn(part, slip.columns) for part in slip.rows]


def _drawn(part: Part, columns: int) -> str:
    match part:
        case Rule():
            return f"|{'-' * columns}|"
        case Raster():
            return f"({part.name})"
        case QrCode():
            return f"(QR {part.size} {part.text})"
        case Row():
            return _between_edges(part, columns // part.style.width)


def _between_edges(row: Row, width: int) -> str:
    line = row.line(row.style.width * width)
    before = (width - cell_len(line)) // 2 if row.style.align is Align.CENTER else 0
    style = row.style
    marks = [
        f"{style.width}x{style.height}" if (style.width, style.height) != (1, 1) else "",
        "inverse" if style.inverse else "",
        "bold" if style.bold else "",
    ]
    told = " ".join(filter(None, marks))
    return f"|{' ' * before}{line}{' ' * (width - before - cell_len(line))}|{' ' if told else ''}{told}"


def golden(name: str) -> str:
    """What the file of a document holds: the slip at all three widths."""
    return "\n".join("\n".join([f"== {columns} ==", *drawn(slip_of(name, columns)), ""]) for columns in WIDTHS)


if __name__ == "__main__":
    for each in CAST:
        (GOLDEN / f"{each}.txt").write_text(golden(each), encoding="utf-8")
