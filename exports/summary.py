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
from exports.balance import BALANCED, LINES, proof, verdict
from exports.cells import Pen, linked
from exports.chart import add_charts
from exports.figures import Figures, Kind, parts
from exports.grid import HEADER_HEIGHT, print_wide
from exports.looks import GREEN, RED, WHITE, Looks
from exports.tables import TITLES, Table
from exports.text import cell_text

TITLE: Final = "Summary"

_VERDICT_ROW: Final = 4
_HEADER_ROW: Final = 5
_FIRST_KEY_ROW: Final = _HEADER_ROW + 1
_WIDTHS: Final = {"A": 37, "B": 18, "C": 27, "D": 3}


@dataclass(frozen=True)
class Live:
    """A key figure that follows from other sheets: its formula, what it must come to, and where it comes from."""

    formula: str
    value: int
    origin: str


def write_summary(
    sheet: Worksheet, looks: Looks, figures: Figures, tables: dict[str, Table], sheets: dict[str, Worksheet]
) -> None:
    """Write the sheet; `sheets` are those that the charts are drawn from."""
    _set_up(sheet, figures)
    for row in (*_heading(sheet, looks, figures), *_keys(sheet, looks, figures, tables), []):
        sheet.append(row)
    for row in (*_proof(sheet, looks, figures, tables), [], *_cross_check(sheet, looks, figures, tables)):
        sheet.append(row)
    for cell in (f"A{_VERDICT_ROW}", f"C{_check_row(figures) + _checked(tables)}"):
        _colour_verdict(sheet, cell)
    add_charts(sheet, figures, tables, sheets, f"E{_HEADER_ROW}")


def _set_up(sheet: Worksheet, figures: Figures) -> None:
    for letter, width in _WIDTHS.items():
        sheet.column_dimensions[letter].width = width
    sheet.row_dimensions[1].height = 30
    sheet.row_dimensions[2].height = 20
    sheet.row_dimensions[_HEADER_ROW].height = HEADER_HEIGHT
    for row in (_proof_row(figures) - 1, _check_row(figures) - 1):
        sheet.row_dimensions[row].height = HEADER_HEIGHT
    sheet.sheet_view.showGridLines = False
    sheet.freeze_panes = f"A{_FIRST_KEY_ROW}"
    sheet.page_setup.orientation = "landscape"
    print_wide(sheet, figures)


def _heading(sheet: Worksheet, looks: Looks, figures: Figures) -> Iterator[list[Cell]]:
    made = figures.made_at.strftime("%Y-%m-%d %H:%M")
    lines = {"venue": figures.venue, "period": figures.period, "note": f"Amounts in {figures.currency}, as of {made}"}
    for look, line in lines.items():
        yield [Pen(sheet, looks, look, "text").put(cell_text(line))]
    yield [Pen(sheet, looks, "verdict", "text").formula(f"C{_check_row(figures) + _sheets_checked(figures)}")]
    yield _header(sheet, looks, "Key figures", "Value", "From")


def _header(sheet: Worksheet, looks: Looks, first: str, *others: str) -> list[Cell]:
    cells = [Pen(sheet, looks, "text header", "text").put(first)]
    return cells + [Pen(sheet, looks, "figure header", "text").put(other) for other in others]


def _keys(sheet: Worksheet, looks: Looks, figures: Figures, tables: dict[str, Table]) -> Iterator[list[Cell]]:
    live = _live_figures(figures, tables)
    for key, label, value, kind in figures.frame("summary").itertuples(index=False):
        source = live.get(key)
        follows = source if source and source.value == value else None
        number = Pen(sheet, looks, kind, kind)
        yield [
            Pen(sheet, looks, "key", "text").put(cell_text(str(label))),
            number.formula(follows.formula) if follows else number.put(_as_cell(int(value), kind, figures)),
            _origin(sheet, looks, follows.origin if follows else None),
        ]


def _origin(sheet: Worksheet, looks: Looks, title: str | None) -> Cell:
    """Return where a figure comes from, as a way there when it is a sheet."""
    if title in TITLES.values():
        return linked(Pen(sheet, looks, "origin link", "text").put(title), str(title))
    return Pen(sheet, looks, "origin", "text").put(title)


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
    keys = set(figures.summary["key"])
    if "checks" in keys:
        live["average"] = _average(figures)
    return live | (_profit(figures, items, tables["drawers"]) if "profit" in keys else {})


def _profit(figures: Figures, items: Table, drawers: Table) -> dict[str, Live]:
    """Return the profit with what it is made of; wages are written as they are."""
    cost, margin = (f"SUM({items.reference(column)})" for column in ("cost", "margin"))
    less = [key for key in ("goods", "wages", "expenses") if key in set(figures.summary["key"])]
    left = figures.figure("net") - sum(figures.figure(key) for key in less)
    formula = "-".join(_key_cell(figures, key) for key in ("net", *less))
    return {
        "costed": Live(f"{cost}+{margin}", items.sum("cost") + items.sum("margin"), items.title),
        "goods": Live(cost, items.sum("cost"), items.title),
        "expenses": Live(f"-SUM({drawers.reference('expenses')})", -drawers.sum("expenses"), drawers.title),
        "profit": Live(formula, left, f"net less {', '.join(less)}"),
    }


def _count(receipts: Table) -> Live:
    """Count the receipts by their closing times, which are numbers to a spreadsheet; the notes between are not."""
    beyond = f"+{receipts.unlisted}" if receipts.unlisted else ""
    listed = len(receipts.listed) + receipts.unlisted
    return Live(f"COUNT({receipts.reference('closed_at')}){beyond}", listed, receipts.title)


def _of_kind(receipts: Table, kind: str) -> Live:
    """Count the receipts of a kind, those that the sheet does not list included."""
    beyond = receipts.unlisted_of(kind)
    formula = f'COUNTIF({receipts.reference("kind")},"{kind}")' + (f"+{beyond}" if beyond else "")
    return Live(formula, int((receipts.listed["kind"] == kind).sum()) + beyond, receipts.title)


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


def _proof(sheet: Worksheet, looks: Looks, figures: Figures, tables: dict[str, Table]) -> Iterator[list[Cell]]:
    """Yield the lines of the balance: what was sold, how it was paid, what the drawers say of it."""
    keys = {key: _key_cell(figures, key) for key in figures.summary["key"]}
    yield _header(sheet, looks, "Balance", "Amount", "Difference")
    for line in proof(figures, tables, keys, _proof_row(figures)):
        apart = Pen(sheet, looks, "money", "money")
        yield [
            linked(Pen(sheet, looks, "key link", "text").put(line.label), line.sheet),
            Pen(sheet, looks, "money", "money").formula(line.amount),
            apart.formula(line.difference) if line.difference else apart.put(None),
        ]


def _cross_check(sheet: Worksheet, looks: Looks, figures: Figures, tables: dict[str, Table]) -> Iterator[list[Cell]]:
    """Yield each sheet's turnover beside its difference from the key figure, and the verdict over them all."""
    first = _check_row(figures)
    yield _header(sheet, looks, "Cross-check", "Turnover", "Difference")
    for row, table in enumerate((table for table in tables.values() if table.has_turnover), first):
        difference = f"ROUND(B{row}-{_key_cell(figures, 'turnover')},{figures.decimals})"
        yield [
            linked(Pen(sheet, looks, "key link", "text").put(table.title), table.title),
            Pen(sheet, looks, "money", "money").formula(table.turnover_total()),
            Pen(sheet, looks, "money", "money").formula(difference),
        ]
    yield [
        Pen(sheet, looks, "text total", "text").put("All sheets"),
        Pen(sheet, looks, "money total", "money").put(None),
        Pen(sheet, looks, "money total", "money").formula(_verdict(figures, tables)),
    ]


def _verdict(figures: Figures, tables: dict[str, Table]) -> str:
    last = _check_row(figures) + _checked(tables) - 1
    return verdict(figures, f"C{_proof_row(figures)}:C{last}")


def _checked(tables: dict[str, Table]) -> int:
    return sum(table.has_turnover for table in tables.values())


def _sheets_checked(figures: Figures) -> int:
    return sum(1 for _ in parts(figures))


def _proof_row(figures: Figures) -> int:
    """Return the first row of the balance, under the key figures, a gap and its own header."""
    return _FIRST_KEY_ROW + len(figures.summary) + 2


def _check_row(figures: Figures) -> int:
    """Return the first row of the cross-check, under the balance, a gap and its own header."""
    return _proof_row(figures) + LINES + 2


def _colour_verdict(sheet: Worksheet, cell: str) -> None:
    fills = {f'{cell}="{BALANCED}"': PatternFill(bgColor=GREEN), f'{cell}<>"{BALANCED}"': PatternFill(bgColor=RED)}
    for formula, fill in fills.items():
        look = DifferentialStyle(font=Font(bold=True, color=WHITE), fill=fill)
        sheet.conditional_formatting.add(cell, Rule(type="expression", formula=[formula], dxf=look))
