"""The accountant's journal as CSV: double entry, every document in balance to the unit."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import groupby
from pathlib import Path
from typing import BinaryIO, Final

from exports.amounts import amount_text
from exports.csv_file import write_csv
from exports.errors import ExportRefused
from exports.text import csv_text

COLUMNS: Final = ("date", "document", "account", "account_name", "text", "tax_rate", "debit", "credit", "currency")


@dataclass(frozen=True)
class Posting:
    """One line of a document: what an account is debited (above zero) or credited (below), in minor units.

    `tax_rate` is in percent as text, empty where none is meant.
    """

    day: date
    document: str
    account: str
    account_name: str
    text: str
    amount: int
    tax_rate: str = ""


class JournalOutOfBalance(ExportRefused):
    """A document's debits are something else than its credits: the ledger and the daybook tell different stories."""

    def __init__(self, day: date, document: str, debits: str, credits_: str) -> None:
        super().__init__(
            f"The books of {day} disagree: {document} has debits of {debits} and credits of {credits_}. "
            "Nothing was written. Type kiosk audit verify to find what was changed."
        )


def write_journal(postings: Iterable[Posting], currency: str, decimals: int, target: Path | BinaryIO) -> None:
    """Write postings, those of a document one after the other, as `write_receipts_csv` writes receipts.

    Raises JournalOutOfBalance before anything is left behind, and ExportRefused as `write_workbook`.
    """
    write_csv(COLUMNS, _balanced(postings, currency, decimals), target)


def _balanced(postings: Iterable[Posting], currency: str, decimals: int) -> Iterator[Sequence[str]]:
    for (day, document), lines in groupby(postings, lambda one: (one.day, one.document)):
        whole = [line for line in lines if line.amount]
        _must_balance(day, document, whole, decimals)
        yield from _rows(whole, currency, decimals)


def _must_balance(day: date, document: str, lines: Sequence[Posting], decimals: int) -> None:
    debits = sum(line.amount for line in lines if line.amount > 0)
    credits_ = -sum(line.amount for line in lines if line.amount < 0)
    if debits != credits_:
        raise JournalOutOfBalance(day, document, amount_text(debits, decimals), amount_text(credits_, decimals))


def _rows(lines: Sequence[Posting], currency: str, decimals: int) -> Iterator[Sequence[str]]:
    for line in lines:
        amount = amount_text(abs(line.amount), decimals)
        sides = (amount, "") if line.amount > 0 else ("", amount)
        words = (csv_text(word) for word in (line.document, line.account, line.account_name, line.text))
        yield (line.day.isoformat(), *words, line.tax_rate, *sides, currency)
