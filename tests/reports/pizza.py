"""A pizza place's year, as it was published, turned into a sales history. The data is not ours and stays outside."""

import csv
import gzip
import os
from collections.abc import Iterator
from pathlib import Path

import pytest

DATA = Path(__file__).parents[3] / "shared" / "data"
COLUMNS = ("receipt", "closed_at", "item", "quantity", "unit_price", "category", "portion")
VENUE = {"currency_code": "USD", "locale": "en_US", "timezone": "America/New_York", "name": "Pizza Place"}


def folder(name: str) -> Path:
    """Where published data lies; skips the test where it was not delivered, fails it where it must be."""
    found = DATA / name
    if not found.is_dir():
        reason = f"The published data {name}/ is not beside the repository."
        if os.environ.get("CI"):
            pytest.fail(reason)
        pytest.skip(reason)
    return found


def write_history(path: Path, day: str | None = None) -> Path:
    """Write the year, or one day of it, as the sales file that `kiosk sales import` reads."""
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(COLUMNS)
        writer.writerows(_lines(folder("pizza"), day))
    return path


def _lines(data: Path, day: str | None) -> Iterator[tuple[str, ...]]:
    types = {row["pizza_type_id"]: row for row in _rows(data / "pizza_types.csv", "cp1252")}
    pizzas = {row["pizza_id"]: row for row in _rows(data / "pizzas.csv")}
    orders = {row["order_id"]: row for row in _rows(data / "orders.csv") if day in (None, row["date"])}
    for line in _rows(data / "order_details.csv.gz"):
        if order := orders.get(line["order_id"]):
            pizza = pizzas[line["pizza_id"]]
            kind = types[pizza["pizza_type_id"]]
            closed_at = f"{order['date']} {order['time']}"
            sold = (kind["name"], line["quantity"], pizza["price"], kind["category"], pizza["size"])
            yield (line["order_id"], closed_at, *sold)


def _rows(path: Path, encoding: str = "utf-8") -> Iterator[dict[str, str]]:
    opened = gzip.open if path.suffix == ".gz" else open
    with opened(path, "rt", encoding=encoding, newline="") as file:
        yield from csv.DictReader(file)
