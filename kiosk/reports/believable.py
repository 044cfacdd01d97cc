"""Years of trade that never were but could have been: seasons, weekdays, two rushes, favourites. Seeded, no I/O."""

from __future__ import annotations

import random
from collections.abc import Hashable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from itertools import accumulate, islice
from itertools import count as count_from
from typing import Any, Final, Generic, TypeVar
from zoneinfo import ZoneInfo

from kiosk.core.ids import new_id
from kiosk.core.money import Money, share_out, tax_inside

T = TypeVar("T", bound=Hashable)
Row = tuple[Any, ...]
Sums = tuple[Money, Money, Money]
"""Amount, net and tax."""
SERIES: Final = "bench"
DAYS: Final = 3 * 365 + 1
WEEKDAYS: Final = (72, 78, 86, 100, 142, 158, 114)
SEASONS: Final = (82, 84, 95, 102, 108, 112, 115, 105, 106, 98, 92, 110)
HOURS: Final = {11: 2, 12: 11, 13: 14, 14: 8, 15: 3, 16: 3, 17: 5, 18: 9, 19: 16, 20: 17, 21: 11, 22: 6, 23: 2}
COVERS: Final = {1: 14, 2: 44, 3: 14, 4: 18, 5: 5, 6: 5}
LINES: Final = {1: 12, 2: 24, 3: 27, 4: 20, 5: 11, 6: 6}
QUANTITIES: Final = {1: 78, 2: 17, 3: 4, 4: 1}
TENDERS: Final = {"card": 62, "cash": 27, "wallet": 9, "voucher": 2}
STAFF: Final = {f"Waiter {letter}": 6 + place for place, letter in enumerate("ABCDEFGHIJKL")}
CATEGORIES: Final = {
    **{"Antipasti": 900, "Primi": 1300, "Secondi": 2100, "Pizza": 1150},
    **{"Dolci": 700, "Vino": 650, "Birra": 480, "Bevande": 320},
}
"""With a usual price of their items."""
GOODS: Final = {
    **{"Antipasti": 30, "Primi": 26, "Secondi": 35, "Pizza": 23},
    **{"Dolci": 25, "Vino": 37, "Birra": 28, "Bevande": 22},
}
"""What the goods of a category cost, in hundredths of its net price."""
ITEMS_EACH: Final = 9
RARE: Final = ("Dolci", "Croquembouche", "Whole")
RARE_PRICE: Final[Money] = 9500
"""A dish that is sold every other month."""
PORTIONS: Final = {"Regular": 100, "Small": 70, "Large": 145}
RATES: Final = {"Vino": 220_000, "Birra": 220_000}
USUAL_RATE: Final = 100_000
OFF, TIPPED, TABLES = 0.04, 0.45, 40
"""How many receipts bear a discount of a tenth, how many cards leave a tip, at how many tables."""
NOTHING: Final[Sums] = (0, 0, 0)

COLUMNS: Final[dict[str, tuple[str, ...]]] = {
    "receipts": (
        *("id", "venue_id", "series", "number", "kind", "share_no", "label", "covers", "staff", "cashier"),
        *("closed_at", "business_day", "hour", "currency_code", "gross_lines", "discount", "service_charge"),
        *("net", "tax", "total", "cash_rounding", "tip"),
    ),
    "receipt_lines": (
        *("receipt_id", "position", "venue_id", "business_day", "category", "item", "portion_name"),
        *("quantity", "unit_price", "amount", "rate_ppm", "net", "tax", "less", "cost"),
    ),
    "receipt_taxes": ("receipt_id", "rate_ppm", "venue_id", "business_day", "net", "tax", "gross"),
    "tenders": (
        *("receipt_id", "position", "venue_id", "business_day"),
        *("kind", "name", "given", "change_due", "tip", "amount"),
    ),
}
"""The columns that a history fills, in the order that foreign keys ask for."""


@dataclass(frozen=True)
class Dish:
    """A portion of an item; `full` and `off` are its sums by quantity, without a discount and with one.

    `cost` is of the goods of one.
    """

    names: tuple[str, str, str]
    price: Money
    cost: Money
    rate_ppm: int
    full: tuple[Sums, ...]
    off: tuple[Sums, ...]


@dataclass
class Batch:
    """Rows for each table, in the order of COLUMNS."""

    rows: dict[str, list[Row]] = field(default_factory=lambda: {table: [] for table in COLUMNS})

    def take(self, other: Batch) -> None:
        """The rows of another, too."""
        for table, rows in other.rows.items():
            self.rows[table].extend(rows)

    @property
    def receipts(self) -> int:
        return len(self.rows["receipts"])

    @property
    def lines(self) -> int:
        return len(self.rows["receipt_lines"])


@dataclass(frozen=True)
class Place:
    """Whose history it is."""

    venue_id: int
    currency_code: str
    timezone: str


class Draw(Generic[T]):
    """Values by their weights, as many as are wanted at once."""

    def __init__(self, weights: Mapping[T, int], chance: random.Random) -> None:
        self._values, self._sums, self._chance = list(weights), list(accumulate(weights.values())), chance

    def __call__(self, count: int) -> list[T]:
        return self._chance.choices(self._values, cum_weights=self._sums, k=count)


@dataclass(frozen=True)
class Sold:
    """One receipt before it becomes rows; `minute` counts from the midnight at which its day began."""

    minute: int
    covers: int
    tender: str
    waiter: str
    ordered: list[tuple[Dish, int]]
    is_off: bool
    leaves_tip: bool


class History:
    """So many receipts over three years that end on `last`; the same seed makes the same but for the ids."""

    def __init__(self, place: Place, last: date, count: int, seed: int) -> None:
        self._place, self._count = place, count
        self._first = last - timedelta(days=DAYS - 1)
        self._chance = chance = random.Random(seed)
        self._hours, self._covers, self._lines = Draw(HOURS, chance), Draw(COVERS, chance), Draw(LINES, chance)
        self._tenders, self._waiters = Draw(TENDERS, chance), Draw(STAFF, chance)
        self._dishes, self._quantities = Draw(dishes(chance), chance), Draw(QUANTITIES, chance)
        self._numbers = count_from(1)

    def days(self) -> Iterator[Batch]:
        """The rows of one day after the other."""
        days = [self._first + timedelta(days=number) for number in range(DAYS)]
        usual = [WEEKDAYS[day.weekday()] * SEASONS[day.month - 1] for day in days]
        counts = share_out(self._count, [weight * self._chance.randint(80, 120) for weight in usual])
        for day, count in zip(days, counts, strict=True):
            batch, clock = Batch(), Clock(day, self._place.timezone)
            for sold in self._sold(count):
                self._write(batch, clock, sold)
            yield batch

    def _sold(self, count: int) -> Iterator[Sold]:
        minutes = sorted(hour * 60 + self._chance.randrange(60) for hour in self._hours(count))
        lines = self._lines(count)
        ordered = zip(self._dishes(sum(lines)), self._quantities(sum(lines)), strict=True)
        drawn = zip(minutes, self._covers(count), self._tenders(count), self._waiters(count), lines, strict=True)
        for minute, covers, tender, waiter, many in drawn:
            is_off, leaves_tip = self._chance.random() < OFF, tender == "card" and self._chance.random() < TIPPED
            yield Sold(minute, covers, tender, waiter, list(islice(ordered, many)), is_off, leaves_tip)

    def _write(self, batch: Batch, clock: Clock, sold: Sold) -> None:
        receipt_id, number, venue_id = new_id(), next(self._numbers), self._place.venue_id
        key, rates, full = (venue_id, clock.day), dict[int, Sums](), 0
        for position, (dish, quantity) in enumerate(sold.ordered):
            sums = (dish.off if sold.is_off else dish.full)[quantity]
            known, before = rates.get(dish.rate_ppm, NOTHING), dish.full[quantity][0]
            rates[dish.rate_ppm] = (known[0] + sums[0], known[1] + sums[1], known[2] + sums[2])
            full += before
            figures = (quantity, dish.price, sums[0], dish.rate_ppm, sums[1], sums[2], before - sums[0])
            line = (receipt_id, position, *key, *dish.names, *figures, dish.cost * quantity)
            batch.rows["receipt_lines"].append(line)
        total, net, tax = (sum(part) for part in zip(*rates.values(), strict=True))
        tip = total // 12 if sold.leaves_tip else 0
        taxes = ((receipt_id, rate, *key, sums[1], sums[2], sums[0]) for rate, sums in rates.items())
        batch.rows["receipt_taxes"].extend(taxes)
        batch.rows["tenders"].append((receipt_id, 0, *key, sold.tender, sold.tender, total + tip, 0, tip, total))
        who = (SERIES, str(number), "sale", 1, str(1 + number % TABLES), sold.covers, sold.waiter, "Cashier")
        when = (clock.at(sold.minute), clock.day, sold.minute // 60, self._place.currency_code)
        batch.rows["receipts"].append(
            (receipt_id, venue_id, *who, *when, full, full - total, 0, net, tax, total, 0, tip)
        )


class Clock:
    """The instants of a day, in the database's own words."""

    def __init__(self, day: date, timezone: str) -> None:
        self.day = day.isoformat()
        noon = datetime.combine(day, time(12), ZoneInfo(timezone)).astimezone(UTC).replace(tzinfo=None)
        self._midnight = noon - timedelta(hours=12)

    def at(self, minute: int) -> str:
        """An instant of the waking day, by its minute on the venue's clock."""
        return f"{self._midnight + timedelta(minutes=minute)}.000000"


def dishes(chance: random.Random) -> dict[Dish, int]:
    """Everything on the menu with its weight: a few favourites, a long tail."""
    found: dict[Dish, int] = {}
    for category, usual in CATEGORIES.items():
        for place in range(1, ITEMS_EACH + 1):
            price = usual * chance.randint(70, 140) // 100 // 10 * 10
            for portion, percent in PORTIONS.items():
                dish = _dish((category, f"{category} {place}", portion), price * percent // 100)
                found[dish] = 1 + 6000 // place // (1 if portion == "Regular" else 7)
    found[_dish(RARE, RARE_PRICE)] = 1
    return found


def _dish(names: tuple[str, str, str], price: Money) -> Dish:
    rate = RATES.get(names[0], USUAL_RATE)
    quantities = range(max(QUANTITIES) + 1)
    full = tuple(_sums(price * quantity, rate) for quantity in quantities)
    off = tuple(_sums(price * quantity - price * quantity // 10, rate) for quantity in quantities)
    return Dish(names, price, full[1][1] * GOODS[names[0]] // 100, rate, full, off)


def _sums(amount: Money, rate_ppm: int) -> Sums:
    tax = tax_inside(amount, rate_ppm)
    return amount, amount - tax, tax
