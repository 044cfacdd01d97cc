"""What a refund is made of: pure arithmetic, never more than is left, and all of it in the end."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kiosk.core.money import Currency
from kiosk.payments.refund_errors import LineLeft, NothingLeft, TenderLeft, TendersDiffer
from kiosk.payments.refunding import SERVICE, Asked, Back, Open, OpenLine, OpenTender, take_back
from kiosk.payments.rules import Given, pay

EUR = Currency("EUR")


def after(left: Open, back: Back) -> Open:
    """What is left when this has gone back, as the rows of both receipts say."""
    lines = {line.position: line for line in back.lines}
    given_back = {one.position: one for one in back.tenders}
    service = left.service.minus(back.service) if left.service and back.service else left.service
    return Open(
        tuple(line.minus(lines[line.position]) if line.position in lines else line for line in left.lines),
        tuple(
            replace(
                tender,
                amount=tender.amount - given_back[tender.position].amount,
                tip=tender.tip - given_back[tender.position].tip,
                stays=tender.stays - given_back[tender.position].given,
            )
            if tender.position in given_back
            else tender
            for tender in left.tenders
        ),
        service if service and service.gross else None,
    )


def test_the_tax_of_a_part_is_in_proportion_and_the_last_part_takes_what_is_left_of_it() -> None:
    line = OpenLine(0, 100_000, net=636, tax=64, whole=1)
    assert [(part.net, part.tax, part.whole) for part in (line.part(250), line.part(700))] == [
        (227, 23, 0),
        (636, 64, 1),
    ]
    assert line.minus(line.part(250)) == OpenLine(0, 100_000, net=409, tax=41, whole=1)


def test_4_98_paid_with_5_00_in_coins_of_5_goes_back_as_5_00() -> None:
    left = Open((OpenLine(0, 0, 498, 0, whole=1),), (OpenTender(0, "cash", True, 498, 0, 500),))
    back = take_back(left, Asked(), cash_step=5, currency=EUR)
    assert [(one.amount, one.given, one.rounding) for one in back.tenders] == [(498, 500, 2)]


def test_cents_that_no_coin_pays_come_with_the_last_refund() -> None:
    left = Open((OpenLine(0, 0, 498, 0, whole=1),), (OpenTender(0, "cash", True, 498, 0, 500),))
    for _ in range(3):
        back = take_back(left, Asked({0: 2}), cash_step=5, currency=EUR)
        assert [one.given for one in back.tenders] == [0]
        left = after(left, back)
    assert [one.given for one in take_back(left, Asked(), cash_step=5, currency=EUR).tenders] == [500]


def test_coins_rounded_up_never_give_more_than_was_taken() -> None:
    left = Open((OpenLine(0, 0, 8, 0, whole=1),), (OpenTender(0, "cash", True, 8, 0, 10),))
    given_back = 0
    for amount in (3, 3, 2):
        back = take_back(left, Asked({0: amount}), cash_step=5, currency=EUR)
        given_back += sum(one.given for one in back.tenders)
        left = after(left, back)
    assert given_back == 10
    assert left.is_used_up


amounts = st.integers(1, 10**5)
lines = st.lists(st.tuples(amounts, st.sampled_from([0, 40_000, 100_000, 220_000])), min_size=1, max_size=5)


@st.composite
def receipts(draw: st.DrawFn) -> Open:
    """A paid receipt: lines at several rates, a service charge or none, mixed tenders with tips and cash in coins."""
    step = draw(st.sampled_from([0, 5, 10]))
    rows = [
        OpenLine(at, rate, gross - gross * rate // (10**6 + rate), gross * rate // (10**6 + rate), whole=1)
        for at, (gross, rate) in enumerate(draw(lines))
    ]
    service = draw(st.none() | st.builds(OpenLine, st.just(SERVICE), st.just(220_000), amounts, st.just(22)))
    total = sum(row.gross for row in rows) + (service.gross if service else 0)
    cards = [draw(st.integers(1, total)) for _ in range(draw(st.integers(0, 2)))]
    tenders, rest = [], total
    for card in cards:
        if card <= rest:
            tip = draw(st.integers(0, 500))
            tenders.append(Given("card", card + tip, tip))
            rest -= card
    if rest:
        tenders.append(Given("cash", rest + draw(st.integers(0, 2000)) + 20, 0))
    paid = pay(total, tenders, cash_step=step, currency=EUR)
    opened = [
        OpenTender(at, one.kind, one.kind == "cash", one.amount, one.tip, one.stays) for at, one in enumerate(paid)
    ]
    return Open(tuple(rows), tuple(opened), service)


@given(receipts(), st.data())
def test_whatever_goes_back_in_whatever_order_it_is_all_of_it_and_no_more(first: Open, data: st.DataObject) -> None:
    step = data.draw(st.sampled_from([0, 5, 10]))
    left, backs = first, []
    for _ in range(data.draw(st.integers(0, 6))):
        wanted = {
            line.position: data.draw(st.none() | st.integers(1, 10**5))
            for line in data.draw(st.lists(st.sampled_from(first.lines), max_size=3, unique=True))
        }
        service = data.draw(st.integers(0, left.service.gross)) if left.service else 0
        try:
            backs.append(take_back(left, Asked(wanted, service), cash_step=step, currency=EUR))
        except (LineLeft, NothingLeft):
            continue
        left = after(left, backs[-1])
        assert min(value for row in left.rows for value in (row.net, row.tax, row.whole, 0)) == 0
        assert min(value for one in left.tenders for value in (one.amount, one.tip, one.stays, 0)) == 0
    if not left.is_used_up:
        backs.append(take_back(left, Asked(with_tip=True), cash_step=step, currency=EUR))
        left = after(left, backs[-1])
    assert left.is_used_up
    assert sum(back.total for back in backs) == first.total
    assert sum(back.tip for back in backs) == first.tip
    assert sum(line.whole for back in backs for line in back.lines) == len(first.lines)
    stays = sum(tender.stays for tender in first.tenders)
    assert sum(one.given for back in backs for one in back.tenders) == stays
    assert all(one.given == one.amount + one.tip + one.rounding for back in backs for one in back.tenders)
    assert all(sum(one.amount for one in back.tenders) == back.total for back in backs)


@given(receipts(), st.data())
def test_tenders_named_by_hand_must_come_to_what_goes_back(first: Open, data: st.DataObject) -> None:
    named = {one.position: data.draw(st.integers(0, one.amount + 1)) for one in first.tenders}
    try:
        back = take_back(first, Asked(tenders=named), cash_step=0, currency=EUR)
    except TenderLeft:
        assert any(named[one.position] > one.amount for one in first.tenders)
    except TendersDiffer:
        assert sum(named.values()) != first.total
    else:
        assert {one.position: one.amount for one in back.tenders} == {at: part for at, part in named.items() if part}


def test_what_is_used_up_gives_nothing_more() -> None:
    with pytest.raises(NothingLeft):
        take_back(Open((OpenLine(0, 0, 0, 0),), ()), Asked(), cash_step=0, currency=EUR)
