"""Writing one table: header, rows, totals, and how its sheet scrolls, filters and prints."""

from collections.abc import Iterator
from typing import Final

import pandas as pd
from openpyxl.cell import Cell
from openpyxl.worksheet.header_footer import HeaderFooterItem
from openpyxl.worksheet.properties import PageSetupProperties
from openpyxl.worksheet.worksheet import Worksheet

from exports.cells import Pen, Value, linked, look_of, row_heights, values_of, width_of
from exports.figures import Figures
from exports.looks import Looks
from exports.tables import HEADER_ROW, Table
from exports.text import one_line
from exports.weaving import MANY, MARK, Woven

HEADER_HEIGHT: Final = 21
_A4: Final = 9


def write_table(
    sheet: Worksheet, looks: Looks, table: Table, figures: Figures, receipts: Table | None = None
) -> Woven | None:
    """Write a whole sheet from top to bottom; the hours of one day lead to their first receipt.

    Returns the rows of a long list, to be woven in when the workbook is written.
    """
    values = {column: values_of(table.listed[column], kind, figures.decimals) for column, kind in table.columns.items()}
    widths = {column: width_of(table, column, values[column], figures.decimals) for column in table.columns}
    _set_up(sheet, table, figures, widths)
    sheet.append(_header(sheet, looks, table))
    woven = _write_rows(sheet, looks, table, values, receipts)
    if table.unlisted or table.frame.empty:
        sheet.append(_note(sheet, looks, table, figures))
    sheet.append(_totals(sheet, looks, table))
    return woven


def print_wide(sheet: Worksheet, figures: Figures) -> None:
    """Set the sheet up to print across one A4 page, whose and which sheet above, which day below."""
    sheet.page_setup.paperSize = _A4
    sheet.page_setup.fitToWidth = 1
    sheet.page_setup.fitToHeight = 0
    sheet.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)
    sheet.page_margins.left = sheet.page_margins.right = 0.5
    sheet.print_options.horizontalCentered = True
    terms = f"{figures.period}, amounts in {_print_text(figures.currency)}"
    _print_around(sheet.oddHeader, _print_text(figures.venue), "&A")
    _print_around(sheet.oddFooter, terms, "Page &P of &N")


def _print_around(item: HeaderFooterItem | None, left: str, right: str) -> None:
    if item is not None:
        item.left.text, item.right.text = left, right


def _print_text(text: str) -> str:
    """Double the ampersands, which begin the codes of a printed header, and stay within its 255 characters."""
    return one_line(text)[:60].replace("&", "&&")


def _set_up(sheet: Worksheet, table: Table, figures: Figures, widths: dict[str, int]) -> None:
    for column, width in widths.items():
        sheet.column_dimensions[table.letter(column)].width = width
    sheet.row_dimensions[HEADER_ROW].height = HEADER_HEIGHT
    sheet.freeze_panes = f"A{table.first_row}"
    sheet.auto_filter.ref = f"A{HEADER_ROW}:{table.letter(list(table.columns)[-1])}{table.last_row}"
    sheet.print_title_rows = f"{HEADER_ROW}:{HEADER_ROW}"
    sheet.page_setup.orientation = "landscape" if sum(widths.values()) > 100 else "portrait"
    print_wide(sheet, figures)


def _header(sheet: Worksheet, looks: Looks, table: Table) -> list[Cell]:
    return [
        Pen(sheet, looks, f"{kind} header", "text").put(table.header(column)) for column, kind in table.columns.items()
    ]


def _write_rows(
    sheet: Worksheet, looks: Looks, table: Table, values: dict[str, list[Value]], receipts: Table | None
) -> Woven | None:
    heights = row_heights([values[column] for column, kind in table.columns.items() if kind == "text"])
    pens = [Pen(sheet, looks, look_of(kind, values[column]), kind) for column, kind in table.columns.items()]
    if len(table.listed) >= MANY:
        sheet.append([Pen(sheet, looks, "text", "text").put(MARK)])
        return Woven(
            [(pen.kind, *pen.numbers()) for pen in pens],
            [table.letter(column) for column in table.columns],
            list(values.values()),
            heights,
        )
    for row, height in heights.items():
        sheet.row_dimensions[table.first_row + row].height = height
    places = _ways(table, values, receipts)
    for row, cells in enumerate(zip(*values.values(), strict=True)):
        line = [pen.put(value) for pen, value in zip(pens, cells, strict=True)]
        if receipts is not None and row in places:
            line[0] = linked(Pen(sheet, looks, "hour link", "hour").put(cells[0]), receipts.title, places[row])
        sheet.append(line)
    return None


def _ways(table: Table, values: dict[str, list[Value]], receipts: Table | None) -> dict[int, str]:
    """Return, by the rows of the sheet of hours, where the first receipt of the hour is listed."""
    if table.part != "hours" or receipts is None:
        return {}
    first: dict[int, str] = {}
    for row, closed_at in enumerate(receipts.listed["closed_at"], receipts.first_row):
        first.setdefault(pd.Timestamp(closed_at).hour, f"A{row}")
    return {row: first[int(str(hour))] for row, hour in enumerate(values["hour"]) if int(str(hour)) in first}


def _note(sheet: Worksheet, looks: Looks, table: Table, figures: Figures) -> list[Cell]:
    """Return the row that says what is not listed, with its sums, so that the totals are those of everything."""
    row = [_sum_cell(sheet, looks, table, column, figures) for column in table.columns]
    said = f"and {table.unlisted:,} more: the full list is in the CSV" if table.unlisted else table.nothing
    row[0] = Pen(sheet, looks, "note", "text").put(said)
    return row


def _sum_cell(sheet: Worksheet, looks: Looks, table: Table, column: str, figures: Figures) -> Cell:
    kind = table.columns[column]
    pen = Pen(sheet, looks, kind, kind)
    if not table.unlisted or not table.is_summed(column):
        return pen.put(None)
    rest = pd.Series([table.unlisted_sum(column)])
    return pen.put(values_of(rest, kind, figures.decimals)[0])


def _totals(sheet: Worksheet, looks: Looks, table: Table) -> list[Cell]:
    return list(_total_cells(sheet, looks, table))


def _total_cells(sheet: Worksheet, looks: Looks, table: Table) -> Iterator[Cell]:
    for place, (column, kind) in enumerate(table.columns.items()):
        if place == 0:
            yield linked(Pen(sheet, looks, "text total", "text").put("Total"), "Summary")
        elif table.is_summed(column):
            yield Pen(sheet, looks, f"{kind} total", kind).formula(f"SUM({table.cells(column)})")
        elif kind == "part":
            yield Pen(sheet, looks, f"{kind} total", kind).formula(table.margin())
        else:
            yield Pen(sheet, looks, f"{kind} total", kind).put(None)
