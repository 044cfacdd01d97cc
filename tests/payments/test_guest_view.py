"""What a guest reads of a receipt, in words and figures; how often an address may ask; who is meant by an address."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from kiosk.core.settings import Settings
from kiosk.payments import guest_links, guest_paper, guest_pdf, guest_view
from kiosk.payments.guest_limits import Allowance, network
from kiosk.printing.documents import DishLine, Receipt, TaxLine, TenderLine

pytestmark = pytest.mark.slow

PAID = Receipt(
    venue="Trattoria Aurora",
    currency_code="EUR",
    locale="en_IE",
    number="1042",
    issued="2026-11-21 20:41",
    label="12",
    covers=4,
    waiter="Marco",
    cashier="Ana",
    lines=(
        DishLine(2, "Diavola", "Large", 3000, ("+ Burrata",)),
        DishLine(2, "Chianti", "Bottle", 1600, (), "1/3"),
        DishLine(1, "كباب", "", 1850, ("بدون بصل",)),
    ),
    taxes=(TaxLine(100_000, 4409, 441, 4850), TaxLine(220_000, 1311, 289, 1600)),
    total=6449,
    tenders=(TenderLine("cash", 7000, 751), TenderLine("Card", 200)),
    tip=200,
    cash_rounding=1,
    discount=1,
    legal_lines=("VAT IT0123456789",),
)
BACK = replace(
    PAID,
    number="1050",
    heading="REFUND",
    of_number="1042",
    total=-1850,
    lines=(DishLine(-1, "كباب", "", -1850),),
    taxes=(TaxLine(100_000, -1682, -168, -1850),),
    tenders=(TenderLine("cash", -1850),),
    tip=0,
    cash_rounding=0,
    discount=0,
)


def shown(*refunds: Receipt, **changed: Any) -> guest_view.GuestReceipt:
    return guest_view.shown(replace(PAID, **changed), refunds, asked_for="1042")


def test_every_figure_of_the_paper_is_there() -> None:
    (part,) = shown().parts
    assert [(dish.quantity, dish.name, dish.amount) for dish in part.dishes] == [
        ("2", "Diavola Large", "30.00"),
        ("1/3 of 2", "Chianti Bottle", "16.00"),
        ("1", "كباب", "18.50"),
    ]
    assert [(one.label, one.amount) for one in part.sums] == [
        ("Discount", "−0.01"),
        ("Total", "€64.49"),
        ("Cash rounding", "0.01"),
        ("Tip", "2.00"),
    ]
    assert [(one.label, one.amount, one.details) for one in part.tenders] == [
        ("Cash", "70.00", ("Change 7.51",)),
        ("Card", "2.00", ()),
    ]
    assert part.tax_rows() == [("10 %", "44.09", "4.41", "48.50"), ("22 %", "13.11", "2.89", "16.00")]


def test_refunds_follow_the_receipt_and_what_stands_is_told() -> None:
    receipt = shown(BACK)
    assert receipt.notices == ("€18.50 was given back, see below.",)
    assert [(part.title, part.is_refund) for part in receipt.parts] == [("Receipt 1042", False), ("Refund 1050", True)]
    assert [(one.label, one.amount) for one in receipt.stands] == [
        ("Receipt 1042", "64.49"),
        ("Refund 1050", "−18.50"),
        ("What stands", "€45.99"),
    ]


def test_it_speaks_the_language_of_the_house() -> None:
    receipt = guest_view.shown(replace(PAID, locale="it_IT"), [], asked_for="1041")
    assert receipt.notices == ("La ricevuta 1041 è stata corretta dalla ricevuta 1042, che è quella valida.",)
    assert receipt.parts[0].title == "Ricevuta 1042"
    assert guest_paper.subject(receipt) == "Ricevuta 1042 di Trattoria Aurora"
    assert 'lang="it"' in guest_paper.page(receipt, "t")
    assert "Salva in PDF" in guest_paper.page(receipt, "t")


def test_the_letter_says_the_same_in_text() -> None:
    plain, html = guest_paper.letter(shown(BACK), "https://receipts.example/r/t")
    for row in (
        "2 Diavola Large                          30.00",
        "Total                                   €64.49",
        "What stands                             €45.99",
        "22 %                 13.11      2.89     16.00",
        "Open it online: https://receipts.example/r/t",
    ):
        assert row in plain.splitlines()
    assert "<script" not in html
    assert "Open it online" not in guest_paper.letter(shown(), "")[0]


def test_the_pdf_is_the_same_each_time_and_has_its_fonts_in_it() -> None:
    made = guest_pdf.pressed(shown(BACK))
    assert made == guest_pdf.pressed(shown(BACK))
    assert made.startswith(b"%PDF-1.")
    assert b"IBMPlexSansSemiBold" in made
    assert b"IBMPlexSansArabic" in made
    assert len(made) < 60_000


def test_a_long_receipt_takes_more_pages_and_odd_letters_stop_nothing() -> None:
    odd = DishLine(1, "\x1b@\u202e\U0001f355 \ue000 " + "W" * 300, "", 100, ("x" * 500,))
    made = guest_pdf.pressed(shown(lines=(odd,) * 60, venue="", label="", legal_lines=("",)))
    assert made.count(b"/Type /Page\n") > 1


def test_an_address_may_ask_often_and_not_for_ever() -> None:
    allowance = Allowance(most=3, a_second=1, addresses=2)
    assert [allowance.take("192.0.2.1", 1, now=0) for _ in range(4)] == [True, True, True, False]
    assert allowance.take("192.0.2.2", 3, now=0)
    assert allowance.take("192.0.2.1", 1, now=1)
    assert not allowance.take("192.0.2.1", 1, now=1.5)
    allowance.charge("192.0.2.3", 6, now=1.5)
    assert not allowance.take("192.0.2.3", 1, now=4)
    assert allowance.take("192.0.2.3", 1, now=6)
    assert len(allowance._left) == 2


def test_one_customer_of_an_internet_provider_is_one() -> None:
    assert network("2001:db8:1:2::1") == network("2001:db8:1:2:ffff::9") != network("2001:db8:1:3::1")
    assert network("::ffff:192.0.2.1") == network("192.0.2.1") == "192.0.2.1"
    assert network("testclient") == network("") == ""


@pytest.mark.parametrize(
    ("told", "base", "is_for_guests"),
    [
        ({}, "http://127.0.0.1:8080", False),
        ({"host": "192.168.1.20", "port": 80}, "http://192.168.1.20:80", True),
        ({"host": "::1"}, "http://[::1]:8080", False),
        ({"public_url": "https://receipts.example/"}, "https://receipts.example", True),
    ],
)
def test_links_name_the_address_guests_reach(
    tmp_path: Path, told: dict[str, Any], base: str, is_for_guests: bool
) -> None:
    settings = Settings(home=tmp_path, **told)
    assert guest_links.base_of(settings) == base
    assert guest_links.is_for_guests(settings) is is_for_guests


def test_a_kiosk_for_the_whole_network_is_named_by_its_own_address(tmp_path: Path) -> None:
    base = guest_links.base_of(Settings(home=tmp_path, host="0.0.0.0"))
    assert base.startswith("http://")
    assert base.endswith(":8080")
    assert "0.0.0.0" not in base
