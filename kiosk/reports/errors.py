"""What the reports refuse."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from exports.errors import FiguresDoNotBalance
from kiosk.core.errors import Conflict, Refused

MOST_SHOWN = 50
MOST_NAMED = 5


@dataclass(frozen=True)
class SalesProblem:
    """One problem of a sales file: the row (the heading is row 1), the column, what stands there, and the way out."""

    row: int
    column: str
    value: str
    sentence: str

    def told(self, file: str) -> str:
        what = " ".join(part for part in (self.column, f"“{self.value}”" if self.value else "") if part)
        place = f"row {self.row}" if self.row else ""
        return ", ".join(part for part in (file, place, what) if part) + f": {self.sentence}"


class SalesRefused(Refused):
    """A sales file that was not taken, with its problems; `count` tells how many there are beyond those kept."""

    code = "sales_file"

    def __init__(self, file: str, problems: Sequence[SalesProblem], count: int | None = None) -> None:
        self.problems = tuple(problems)
        self.count = len(self.problems) if count is None else count
        lines = [problem.told(file) for problem in self.problems[:MOST_SHOWN]]
        if self.count > len(lines):
            lines.append(f"and {self.count - len(lines)} more")
        super().__init__("\n".join([*lines, "Nothing was imported."]))


class SalesAlreadyImported(Conflict):
    code = "sales_already_imported"

    def __init__(self, file: str, numbers: Sequence[str] = ()) -> None:
        self.numbers = tuple(numbers)
        named = ", ".join(self.numbers[:MOST_NAMED])
        more = f" and {len(self.numbers) - MOST_NAMED} more" if len(self.numbers) > MOST_NAMED else ""
        which = f"{file} has receipts that were imported before{f': {named}{more}' if named else ''}."
        super().__init__(f"{which} Nothing was imported; take them out of the file, or leave it at that.")


class ImportUnsure(Conflict):
    code = "import_unsure"

    def __init__(self, file: str) -> None:
        super().__init__(
            f"The database went away while {file} was being saved. Import it again: if it is in, that is refused."
        )


class DayUnreadable(Refused):
    def __init__(self, text: str) -> None:
        super().__init__(f"“{text}” is not a date. Write it like 2015-11-27, or “today”.")


class FilterUnreadable(Refused):
    def __init__(self, name: str, word: str, known: str) -> None:
        super().__init__(f"The {name} cannot be “{word[:40]}”. It is {known}.")


class CountUnreadable(Refused):
    def __init__(self, told: str) -> None:
        super().__init__(f"“{told[:40]}” is not a count. Write the till and its pieces like 1=50x7,20x15,0.50x8.")


class DaybookTooLong(Refused):
    def __init__(self, most: int) -> None:
        super().__init__(f"That is more than {most:,} movements. Name fewer days, or a kind or account.")


class RangeBackwards(Refused):
    def __init__(self, first: object, last: object) -> None:
        super().__init__(f"The range ends on {last}, before its first day {first}. Name the earlier day first.")


class ReportRefused(Refused):
    """A report or its file could not be made; the sentence says why."""

    code = "report"


class NoSuchForm(Refused):
    def __init__(self, ending: str, forms: str) -> None:
        super().__init__(f"There is no file .{ending[:20]} of these figures. Choose {forms}.")


class OutOfBalance(Refused, FiguresDoNotBalance):
    """A part of the ledger comes to something else than its receipts; no figures are better than wrong ones."""

    code = "out_of_balance"


class FileUnreadable(Refused):
    def __init__(self, path: Path, reason: object) -> None:
        super().__init__(f"{path} cannot be read: {reason}. Nothing was imported.")


class NotForMeasuring(ReportRefused):
    def __init__(self) -> None:
        super().__init__(
            "This kiosk has receipts already, and nothing made up may stand among them. "
            "Set KIOSK_HOME to an empty folder, or KIOSK_DATABASE_URL to an empty database, and fill that."
        )
