"""The first sheet: whose figures these are, the key figures, and whether all sheets agree."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from openpyxl.cell import Cell
from openpyxl.formatting.rule import Rule
from openpyxl.styles import Font, PatternFill
from openpyxl.styles.differential import DifferentialStyle
from openpyxl.worksheet.worksheet import Worksheet

from exports.amounts import amount_text
from exports.cells import Pen
from exports.chart import hours_chart
from exports.figures import Figures, Kind
from exports.grid import HEADER_HEIGHT, print_wide
from exports.looks import GREEN, RED, WHITE, Looks
from exports.tables import Table
from exports.text import cell_text, one_line

TITLE: Final = "Summary"
BALANCED: Final = "balanced"
UNBALANCED: Final = "NOT balanced"

_HEADER_ROW: Final = 5
_FIRST_KEY_ROW: Final = _HEADER_ROW + 1
_WIDTHS: Final = {"A": 24, "B": 18, "C": 20, "D": 3}


@dataclass(frozen=True)
class Live:
    """A key figure that follows from other sheets: its formula, what it must come to, and where it comes from."""

    formula: str
    value: int
    origin: str


def write_summary(sheet: Worksheet, looks: Looks, figures: Figures, tables: dict[str, Table], hours: Worksheet) -> None:
    """Write the sheet; `hours` is the sheet that the chart is drawn from."""
    _set_up(sheet, figures)
    for row in (*_heading(sheet, looks, figures), *_keys(sheet, looks, figures, tables), []):
        sheet.append(row)
    for row in _cross_check(sheet, looks, figures, tables):
        sheet.append(row)
    _colour_verdict(sheet, figures, sum(table.has_turnover for table in tables.values()))
    if len(tables["hours"].frame):
        sheet.add_chart(hours_chart(hours, tables["hours"], one_line(figures.currency)), f"E{_HEADER_ROW}")


def _set_up(sheet: Worksheet, figures: Figures) -> None:
    for letter, width in _WIDTHS.items():
        sheet.column_dimensions[letter].width = width
    sheet.row_dimensions[1].height = 30
    sheet.row_dimensions[2].height = 20
    sheet.row_dimensions[_HEADER_ROW].height = HEADER_HEIGHT
    sheet.row_dimensions[_check_row(figures) - 1].height = HEADER_HEIGHT
    sheet.sheet_view.showGridLines = False
    sheet.freeze_panes = f"A{_FIRST_KEY_ROW}"
    sheet.page_setup.orientation = "landscape"
    print_wide(sheet, figures)


def _heading(sheet: Worksheet, looks: Looks, figures: Figures) -> Iterator[list[Cell]]:
    made = figures.made_at.strftime("%Y-%m-%d %H:%M")
    lines = {"venue": figures.venue, "period": figures.period, "note": f"Amounts in {figures.currency}, as of {made}"}
    for look, line in lines.items():
        yield [Pen(sheet, looks, look, "text").put(cell_text(line))]
    yield []
    yield _header(sheet, looks, "Key figures", "Value", "From")


def _header(sheet: Worksheet, looks: Looks, first: str, *others: str) -> list[Cell]:
    cells = [Pen(sheet, looks, "text header", "text").put(first)]
    return cells + [Pen(sheet, looks, "figure header", "text").put(other) for other in others]


def _keys(sheet: Worksheet, looks: Looks, figures: Figures, tables: dict[str, Table]) -> Iterator[list[Cell]]:
    live = _live_figures(figures, tables)
    for key, label, value, kind in figures.frame("summary").itertuples(index=False):
        source = live.get(key)
        follows = source if source and source.value == value else None
        number, origin = Pen(sheet, looks, kind, kind), Pen(sheet, looks, "origin", "text")
        yield [
            Pen(sheet, looks, "key", "text").put(cell_text(str(label))),
            number.formula(follows.formula) if follows else number.put(_as_cell(int(value), kind, figures)),
            origin.put(follows.origin if follows else None),
        ]


def _as_cell(value: int, kind: Kind, figures: Figures) -> str | int:
    return amount_text(value, figures.decimals) if kind == "money" else value


def _live_figures(figures: Figures, tables: dict[str, Table]) -> dict[str, Live]:
    """Return the key figures that are sums of other sheets; one that comes to something else is written as it is."""
    receipts = tables["receipts"]
    sums = {"turnover": "total", "net": "net", "tax": "tax", "tips": "tip", "covers": "covers"}
    live = {key: Live(f"SUM({receipts.reference(of)})", receipts.sum(of), receipts.title) for key, of in sums.items()}
    items = tables["items"]
    live["pieces"] = Live(f"SUM({items.reference('pieces')})", items.sum("pieces"), items.title)
    live["checks"] = _count(receipts)
    live["receipts"], live["refunds_count"] = _of_kind(receipts, "Sale"), _of_kind(receipts, "Refund")
    if "checks" in set(figures.summary["key"]):
        live["average"] = _average(figures)
    return live


def _count(receipts: Table) -> Live:
    """Count the receipts by their closing times, which are numbers to a spreadsheet; the notes between are not."""
    beyond = f"+{len(receipts.unlisted)}" if len(receipts.unlisted) else ""
    return Live(f"COUNT({receipts.reference('closed_at')}){beyond}", len(receipts.frame), receipts.title)


def _of_kind(receipts: Table, kind: str) -> Live:
    """Count the receipts of a kind, those that the sheet does not list included."""
    beyond = int((receipts.unlisted["kind"] == kind).sum())
    formula = f'COUNTIF({receipts.reference("kind")},"{kind}")' + (f"+{beyond}" if beyond else "")
    return Live(formula, int((receipts.frame["kind"] == kind).sum()), receipts.title)


def _average(figures: Figures) -> Live:
    turnover, checks = (_key_cell(figures, key) for key in ("turnover", "checks"))
    formula = f"IF({checks}=0,0,ROUND({turnover}/{checks},{figures.decimals}))"
    return Live(formula, _divided(figures.figure("turnover"), figures.figure("checks")), "turnover / checks")


def _divided(amount: int, by: int) -> int:
    """Divide half away from zero, as a spreadsheet's ROUND does; nothing divided by no checks is nothing."""
    if by == 0:
        return 0
    rounded = (2 * abs(amount) + by) // (2 * by)
    return rounded if amount >= 0 else -rounded


def _key_cell(figures: Figures, key: str) -> str:
    return f"$B${_FIRST_KEY_ROW + figures.summary['key'].tolist().index(key)}"


def _cross_check(sheet: Worksheet, looks: Looks, figures: Figures, tables: dict[str, Table]) -> Iterator[list[Cell]]:
    """Yield each sheet's turnover beside its difference from the key figure, and the verdict over them all."""
    first = _check_row(figures)
    yield _header(sheet, looks, "Cross-check", "Turnover", "Difference")
    checked = [table for table in tables.values() if table.has_turnover]
    for row, table in enumerate(checked, first):
        difference = f"ROUND(B{row}-{_key_cell(figures, 'turnover')},{figures.decimals})"
        yield [
            Pen(sheet, looks, "key", "text").put(table.title),
            Pen(sheet, looks, "money", "money").formula(table.turnover_total()),
            Pen(sheet, looks, "money", "money").formula(difference),
        ]
    yield _verdict(sheet, looks, f"C{first}:C{first + len(checked) - 1}")


def _verdict(sheet: Worksheet, looks: Looks, differences: str) -> list[Cell]:
    verdict = f'IF(COUNTIF({differences},"<>0")=0,"{BALANCED}","{UNBALANCED}")'
    return [
        Pen(sheet, looks, "text total", "text").put("All sheets"),
        Pen(sheet, looks, "money total", "money").put(None),
        Pen(sheet, looks, "money total", "money").formula(verdict),
    ]


def _check_row(figures: Figures) -> int:
    """Return the first row of the cross-check, under the key figures, a gap and its own header."""
    return _FIRST_KEY_ROW + len(figures.summary) + 2


def _colour_verdict(sheet: Worksheet, figures: Figures, sheets: int) -> None:
    cell = f"C{_check_row(figures) + sheets}"
    green, red = PatternFill(bgColor=GREEN), PatternFill(bgColor=RED)
    white = Font(bold=True, color=WHITE)
    for verdict, fill in ((BALANCED, green), (UNBALANCED, red)):
        look = DifferentialStyle(font=white, fill=fill)
        rule = Rule(type="cellIs", operator="equal", formula=[f'"{verdict}"'], dxf=look)
        sheet.conditional_formatting.add(cell, rule)
