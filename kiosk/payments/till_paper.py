"""X and Z as sheets of figures for paper and screen. Pure."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from kiosk.core import clock
from kiosk.core.journal_chain import grouped
from kiosk.core.models import Venue
from kiosk.core.money import divide_rounded
from kiosk.payments.till_foreign import told as foreign_told
from kiosk.payments.till_rules import difference_word
from kiosk.printing.sheets import Figure, Sheet

COLUMNS = 42
Figures = dict[str, Any]


@dataclass(frozen=True)
class Heading:
    """What a sheet is called: X, or Z with its number; since when, until when, by whom."""

    title: str
    day: date
    opened_at: datetime | None
    at: datetime
    by: str


def sheet_of(venue: Venue, heading: Heading, figures: Figures) -> Sheet:
    """The paper of a day's figures."""
    blocks = (_sales(figures), _taxes(figures), _tenders(figures), *_drawers(figures, venue.locale), _counts(figures))
    return Sheet(
        venue=venue.name,
        currency_code=venue.currency_code,
        locale=venue.locale,
        title=heading.title,
        notes=(f"{heading.day:%A %Y-%m-%d}", _span(venue, heading)),
        blocks=tuple(block for block in (*blocks, _carried(figures)) if block),
        foot=(f"By {heading.by}", *_anchor(figures)),
    )


def _anchor(told: Figures) -> Iterator[str]:
    """Where the journal ended: on paper it proves later that nothing before was written anew."""
    seq, _, figures = told.get("journal", "").partition(":")
    if figures:
        yield f"Journal up to entry {seq}"
        yield grouped(figures)


def _span(venue: Venue, heading: Heading) -> str:
    until = clock.local(heading.at, venue.timezone)
    if heading.opened_at is None:
        return f"{until:%Y-%m-%d %H:%M}"
    since = clock.local(heading.opened_at, venue.timezone)
    return f"{since:%Y-%m-%d %H:%M} to " + (
        f"{until:%H:%M}" if since.date() == until.date() else f"{until:%m-%d %H:%M}"
    )


def _sales(told: Figures) -> tuple[Figure, ...]:
    rows = [Figure("Gross sales", told["gross_lines"])]
    rows += _unless_zero(_many("Discounts and on the house", told["discounted"]), -told["discounts"])
    rows += _unless_zero("Service charge", told["service"])
    rows += _unless_zero("Tax added", told["tax_added"])
    rows += _unless_zero(_many("Refunds", told["returns_count"]), told["returns"])
    rows.append(Figure("Net sales", told["turnover"], bold=True))
    if told["difference"]:
        rows.append(Figure("The books differ by", told["difference"], bold=True))
    return tuple(rows)


def _taxes(told: Figures) -> tuple[Figure, ...]:
    rows = []
    for tax in told["taxes"]:
        rate = f"{tax['rate_ppm'] / 10_000:g} %"
        rows += [Figure(f"Net at {rate}", tax["net"]), Figure(f"Tax {rate}", tax["tax"])]
    return tuple(rows)


def _tenders(told: Figures) -> tuple[Figure, ...]:
    rows = [Figure(_tender(one), one["amount"], "after the count") for one in told["tenders"]]
    if any(one["amount"] is None for one in told["tenders"]):
        return tuple(rows)
    paid = sum(one["amount"] for one in told["tenders"])
    rows.append(Figure("Tenders", paid, bold=True))
    return (*rows, *_unless_zero("Tips", told["tips"]), *_unless_zero("Cash rounding", told["rounding"]))


def _tender(one: Figures) -> str:
    """A way to pay with how often it paid, and how often something was given back by it."""
    back = one["refunds"]
    return _many(one["name"], one["count"]) + (f", {back} refund{'s' if back > 1 else ''}" if back else "")


def _drawers(told: Figures, locale: str) -> Iterator[tuple[Figure, ...]]:
    for drawer in told["drawers"]:
        yield (*_drawer(drawer, locale),)


DRAWER_ROWS = (
    ("brought", "From the day before"),
    ("float", "Float"),
    ("cash", "Cash sales"),
    ("returns", "Cash refunded"),
    ("pay_ins", "Paid in"),
    ("expenses", "Expenses"),
    ("tips_out", "Tips paid out"),
    ("drops", "To the safe"),
)


def _drawer(drawer: Figures, locale: str) -> Iterator[Figure]:
    yield Figure(f"Drawer {drawer['till']}, {drawer['holder']}", bold=True)
    for key, label in DRAWER_ROWS:
        if drawer[key] or key == "float":
            yield Figure(label, drawer[key], "counted later" if drawer[key] is None else "")
    yield Figure("Expected", drawer["expected"], "after the count", bold=True)
    yield from _foreign(drawer, "expected", locale)
    if drawer["counted"] is None:
        yield Figure("Not counted")
        return
    yield Figure(f"Counted by {drawer['counted_by']}", drawer["counted"])
    yield from _foreign(drawer, "counted", locale)
    yield Figure(difference_word(drawer["over_short"]).capitalize(), drawer["over_short"], bold=True)
    if drawer["reason"]:
        yield Figure(drawer["reason"])


def _foreign(drawer: Figures, how: str, locale: str) -> Iterator[Figure]:
    """The notes of other currencies within what was expected or counted, and what they are worth."""
    for one in drawer["foreign"]:
        yield Figure(f"of it {foreign_told(one['code'], one[how], locale)}", one[f"{how}_worth"])


def _counts(told: Figures) -> tuple[Figure, ...]:
    rows = [Figure("Guests", word=str(told["covers"])), Figure("Receipts", word=str(told["receipts"]))]
    if told["returns_count"]:
        rows.append(Figure("Receipts of refunds", word=str(told["returns_count"])))
    if told["corrections"]:
        rows.append(Figure("Tenders corrected", word=str(told["corrections"])))
    if told["first_number"]:
        rows.append(Figure("Numbers", word=f"{told['first_number']} to {told['last_number']}"))
    if told["covers"]:
        rows.append(Figure("Per guest", divide_rounded(told["turnover"], told["covers"])))
    for key, label in (("voids", "Voids after send"), ("comps", "On the house")):
        if told[key]["count"]:
            rows.append(Figure(_many(label, told[key]["count"]), told[key]["amount"]))
    if told["no_sales"]["count"]:
        rows.append(Figure("Opened without a sale", word=str(told["no_sales"]["count"])))
    return tuple(rows)


def _carried(told: Figures) -> tuple[Figure, ...]:
    if not told["carried"]:
        return ()
    rows = [Figure(f"{one['label']} ({one['by']})", one["total"]) for one in told["carried"]]
    return (Figure("Carried over", bold=True), *rows)


def _unless_zero(label: str, amount: int) -> list[Figure]:
    return [Figure(label, amount)] if amount else []


def _many(label: str, count: int) -> str:
    return f"{label}, {count}" if count else label
