"""The one picture of the workbook: when the money came in."""

from typing import Final

from openpyxl.chart import BarChart, Reference
from openpyxl.chart.axis import ChartLines
from openpyxl.chart.shapes import GraphicalProperties
from openpyxl.worksheet.worksheet import Worksheet

from exports.tables import Table

_BAR: Final = "2F6FDE"
_GRID: Final = "D5DBE5"
_WIDTH_CM: Final = 18
_HEIGHT_CM: Final = 9.5


def hours_chart(sheet: Worksheet, hours: Table, currency: str) -> BarChart:
    """Return bars of the turnover by hour, drawn from the cells of the sheet of hours."""
    chart = BarChart()
    chart.add_data(_column(sheet, hours, "turnover"), titles_from_data=False)
    chart.set_categories(_column(sheet, hours, "hour"))
    chart.title = f"Turnover by hour, {currency}"
    chart.legend = None
    chart.gapWidth = 45
    chart.width, chart.height = _WIDTH_CM, _HEIGHT_CM
    _colour(chart)
    _show_axes(chart)
    return chart


def _column(sheet: Worksheet, table: Table, column: str) -> Reference:
    place = list(table.columns).index(column) + 1
    return Reference(sheet, min_col=place, min_row=table.first_row, max_row=table.last_row)


def _colour(chart: BarChart) -> None:
    bars = chart.series[0].graphicalProperties
    bars.solidFill = _BAR
    bars.line.solidFill = _BAR


def _show_axes(chart: BarChart) -> None:
    """Excel hides both axes unless told not to."""
    chart.x_axis.delete = chart.y_axis.delete = False
    chart.x_axis.number_format = '00":00"'
    chart.y_axis.number_format = "#,##0"
    lines = GraphicalProperties()
    lines.line.solidFill = _GRID
    chart.y_axis.majorGridlines = ChartLines(lines)
