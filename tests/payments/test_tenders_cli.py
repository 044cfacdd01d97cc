"""`kiosk tenders` as it is typed."""

from tests.support.typed import Typed


def test_ways_to_pay_are_shown_added_and_taken_off(typed: Typed) -> None:
    code, shown = typed("tenders")
    assert code == 0
    assert [line.split()[0] for line in shown.splitlines()[1:]] == ["cash", "card", "wallet", "voucher", "account"]
    code, shown = typed("tenders", "add", "meal_card", "Meal card", "--kind", "card")
    assert " ".join(shown.splitlines()[-1].split()) == "meal_card Meal card card manual yes"
    code, shown = typed("tenders", "off", "wallet")
    (line,) = [line for line in shown.splitlines() if line.split()[:1] == ["wallet"]]
    assert line.split()[-1] == "no"


def test_a_name_with_brackets_is_shown_as_it_was_typed(typed: Typed) -> None:
    _, shown = typed("tenders", "add", "bon", "Bon [/red] :x:")
    assert " ".join(shown.splitlines()[-1].split()) == "bon Bon [/red] :x: other manual yes"
    _, shown = typed("rules", "accounts", "tips=2310 [/red]")
    assert "2310 [/red]" in " ".join(shown.split())


def test_a_way_nobody_knows_is_one_sentence(typed: Typed) -> None:
    code, said = typed("tenders", "off", "gold")
    assert (code, said) == (2, "“gold” is no way to pay here. Take cash, card, wallet, voucher or account.\n")
