import pytest
from hypothesis import given
from hypothesis import strategies as st

from kiosk.core.money import Currency
from kiosk.payments.errors import Overpaid, StillShort, TenderUnreadable
from kiosk.payments.rules import CashKey, Given, Paid, TenderKind, TipKey, Way, cash_keys, cash_tip, pay, tip_keys

EUR = Currency("EUR")
CASH, CARD, WALLET = TenderKind.CASH, TenderKind.CARD, TenderKind.WALLET


def test_4_92_by_card_is_4_92() -> None:
    assert pay(492, [Given(CARD, 492)], cash_step=5, currency=EUR) == [Paid(CARD, 492, 492, 0, 0, 0)]


def test_4_92_in_cash_is_4_90_and_the_rounding_is_its_own_figure() -> None:
    assert pay(492, [Given(CASH, 500)], cash_step=5, currency=EUR) == [Paid(CASH, 500, 492, 0, 10, -2)]


def test_change_comes_from_cash_after_the_card_has_paid() -> None:
    paid = pay(9000, [Given(CASH, 5000), Given(CARD, 6000)], cash_step=0, currency=EUR)
    assert paid == [Paid(CARD, 6000, 6000, 0, 0, 0), Paid(CASH, 5000, 3000, 0, 2000, 0)]


def test_a_tip_is_apart_from_what_is_owed() -> None:
    paid = pay(3000, [Given(CARD, 3300, 300)], cash_step=0, currency=EUR)
    assert paid == [Paid(CARD, 3300, 3000, 300, 0, 0)]
    paid = pay(3000, [Given(CASH, 5000, 300)], cash_step=0, currency=EUR)
    assert paid == [Paid(CASH, 5000, 3000, 300, 1700, 0)]


def test_pay_is_impossible_while_short() -> None:
    with pytest.raises(StillShort, match=r"Still short 20\.00"):
        pay(3000, [Given(CASH, 1000)], cash_step=0, currency=EUR)
    with pytest.raises(StillShort, match=r"Still short 30\.00"):
        pay(3000, [], cash_step=0, currency=EUR)


@pytest.mark.parametrize("kind", [CARD, WALLET])
def test_a_card_or_wallet_is_never_overpaid(kind: TenderKind) -> None:
    with pytest.raises(Overpaid, match=r"takes at most 30\.00"):
        pay(3000, [Given(kind, 3001)], cash_step=0, currency=EUR)


def test_cash_on_top_of_a_card_that_paid_all_is_refused() -> None:
    with pytest.raises(Overpaid, match=r"takes at most 0\.00"):
        pay(3000, [Given(CARD, 3000), Given(CASH, 1000)], cash_step=0, currency=EUR)


@pytest.mark.parametrize("tender", [Given(CASH, 0), Given(CASH, -500), Given(CARD, 100, 200), Given(CARD, 100, -1)])
def test_an_amount_nobody_can_give_is_refused(tender: Given) -> None:
    with pytest.raises(TenderUnreadable):
        pay(100, [tender], cash_step=0, currency=EUR)


def test_nothing_to_pay_needs_no_tender() -> None:
    assert pay(0, [], cash_step=0, currency=EUR) == []


@given(
    st.integers(1, 10**6),
    st.lists(st.builds(Given, st.sampled_from(TenderKind), st.integers(1, 10**6), st.integers(0, 500)), max_size=5),
    st.sampled_from([0, 5, 10, 100]),
)
def test_whatever_is_accepted_pays_the_total_to_the_last_coin(total: int, tenders: list[Given], step: int) -> None:
    try:
        paid = pay(total, tenders, cash_step=step, currency=EUR)
    except (StillShort, Overpaid, TenderUnreadable):
        return
    rounding = sum(one.rounding for one in paid)
    assert total == sum(one.stays for one in paid) - sum(one.tip for one in paid) - rounding
    assert abs(rounding) <= step / 2
    assert sum(one.amount for one in paid) == total
    assert all(one.given == one.amount + one.rounding + one.tip + one.change_due for one in paid)
    assert all(one.change_due == 0 == one.rounding for one in paid if one.kind is not CASH)
    assert all(one.amount >= 0 and one.change_due >= 0 for one in paid)


def test_cash_between_what_is_owed_and_what_coins_can_pay_says_what_is_missing() -> None:
    with pytest.raises(StillShort, match=r"Still short 0\.01"):
        pay(498, [Given(CASH, 499)], cash_step=5, currency=EUR)
    with pytest.raises(StillShort, match=r"Still short 0\.01"):
        pay(498, [Given(CASH, 499), Given(CASH, 1)], cash_step=5, currency=EUR)
    assert [(one.amount, one.rounding) for one in pay(498, [Given(CASH, 500)], cash_step=5, currency=EUR)] == [(498, 2)]


def test_quick_keys_offer_two_notes_below_the_exact_amount_and_three_above() -> None:
    assert cash_keys(9000, cash_step=0, currency=EUR) == [
        CashKey(2000, 7000, 0),
        CashKey(5000, 4000, 0),
        CashKey(9000, 0, 0),
        CashKey(10_000, 0, 1000),
        CashKey(20_000, 0, 11_000),
        CashKey(50_000, 0, 41_000),
    ]


@pytest.mark.parametrize(
    ("code", "amount"), [("JPY", 2350), ("BHD", 12_750), ("VND", 55_000), ("EUR", 1), ("EUR", 10**9)]
)
def test_quick_keys_fit_every_currency(code: str, amount: int) -> None:
    keys = cash_keys(amount, cash_step=0, currency=Currency(code))
    assert [key.amount for key in keys] == sorted({key.amount for key in keys})
    assert CashKey(amount, 0, 0) in keys
    assert sum(key.change > 0 for key in keys) == 3


def test_nothing_open_offers_no_key() -> None:
    assert cash_keys(0, cash_step=0, currency=EUR) == []


@given(
    st.integers(1, 10**5),
    st.lists(st.tuples(st.sampled_from(TenderKind), st.integers(1, 10**5), st.integers(0, 50)), max_size=4),
    st.sampled_from([0, 5, 10]),
)
def test_what_is_keyed_so_far_and_the_exact_rest_pay_the_total(
    total: int, keyed: list[tuple[TenderKind, int, int]], step: int
) -> None:
    tenders = [Given(kind, amount, min(tip, amount)) for kind, amount, tip in keyed]
    try:
        paid = pay(total, tenders, cash_step=step, currency=EUR, is_final=False)
    except (StillShort, Overpaid):
        return
    rest = total - sum(one.amount for one in paid)
    assert 0 <= rest <= total
    if rest and not any(tender.is_cash for tender in tenders):
        whole = pay(total, [*tenders, Given(CARD, rest)], cash_step=step, currency=EUR)
        assert sum(one.amount for one in whole) == total


def test_a_way_of_the_houses_own_pays_as_its_kind_does() -> None:
    petty, meals = Way("petty", "Petty cash", CASH), Way("meals", "Meal card", CARD)
    tenders = [Given("petty", 2000, way=petty), Given("meals", 500, way=meals)]
    assert pay(1230, tenders, cash_step=0, currency=EUR) == [
        Paid("meals", 500, 500, 0, 0, 0),
        Paid("petty", 2000, 730, 0, 1270, 0),
    ]
    with pytest.raises(Overpaid, match=r"The Meal card takes at most 5\.00"):
        pay(500, [Given("meals", 501, way=meals)], cash_step=0, currency=EUR)


def test_tips_are_offered_by_rate_and_up_to_the_next_round_amount() -> None:
    assert tip_keys(3000, (50_000, 100_000), EUR) == [
        TipKey(150, "5", False),
        TipKey(300, "10", False),
        TipKey(500, None, True),
    ]
    assert tip_keys(1320, (125_000,), EUR) == [TipKey(165, "12.5", False), TipKey(80, None, True)]
    assert tip_keys(2350, (100_000,), Currency("JPY")) == [TipKey(235, "10", False), TipKey(150, None, True)]
    assert tip_keys(0, (50_000,), EUR) == tip_keys(1000, (), EUR) == []


def test_a_tip_in_cash_brings_the_bill_to_whole_coins() -> None:
    assert cash_tip(492, 50, 5) == 50
    assert cash_tip(492, 49, 5) == 50
    assert cash_tip(492, 1, 5) == 5
    assert cash_tip(490, 1, 10) == 0
    assert cash_tip(492, 37, 0) == 37
    assert cash_tip(492, 0, 5) == 0


@pytest.mark.parametrize("kind", [CASH, CARD])
def test_a_bill_of_nothing_takes_a_tip(kind: TenderKind) -> None:
    assert pay(0, [Given(kind, 500, 500)], cash_step=5, currency=EUR) == [Paid(kind, 500, 0, 500, 0, 0)]


def test_change_comes_from_the_note_that_a_tip_on_a_bill_of_nothing_is_paid_with() -> None:
    assert pay(0, [Given(CASH, 2000, 500)], cash_step=5, currency=EUR) == [Paid(CASH, 2000, 0, 500, 1500, 0)]
    with pytest.raises(Overpaid):
        pay(0, [Given(CASH, 2000)], cash_step=5, currency=EUR)


def test_a_sentence_groups_thousands_as_the_screens_of_the_house_do() -> None:
    with pytest.raises(StillShort, match=r"Still short 1,234\.50\."):
        pay(123_450, [], cash_step=0, currency=EUR)
    with pytest.raises(StillShort, match=r"Still short 1\.234,50\."):
        pay(123_450, [], cash_step=0, currency=Currency("EUR", "it_IT"))
    with pytest.raises(StillShort, match=r"Still short 123,450\."):
        pay(123_450, [], cash_step=0, currency=Currency("JPY"))
