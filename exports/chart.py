"""The pictures of the workbook: when the money came in, what for, and how it was paid."""

from collections.abc import Callable
from typing import Final

from openpyxl.chart import BarChart, DoughnutChart, LineChart, Reference
from openpyxl.chart.axis import ChartLines
from openpyxl.chart.label import DataLabelList
from openpyxl.chart.legend import Legend
from openpyxl.chart.shapes import GraphicalProperties
from openpyxl.worksheet.worksheet import Worksheet

from exports.figures import TURNOVER, Figures
from exports.tables import Table
from exports.text import one_line

_BAR: Final = "2F6FDE"
_GRID: Final = "D5DBE5"
_WIDTH_CM: Final = 18
_HEIGHT_CM: Final = 9.5
_ROWS_HIGH: Final = 20
_MOST_BARS: Final = 12
_MOST_PARTS: Final = 6

Chart = BarChart | LineChart | DoughnutChart


def add_charts(
    sheet: Worksheet, figures: Figures, tables: dict[str, Table], sheets: dict[str, Worksheet], first: str
) -> None:
    """Put the pictures beside the key figures, one under the other; nothing sold, nothing drawn."""
    letter, row = first[0], int(first[1:])
    drawn = ["hours", "categories", "payments"] if figures.one_day else ["days", "hours", "categories", "payments"]
    for part in drawn if len(tables["hours"].frame) else []:
        sheet.add_chart(_chart(sheets[part], tables[part], one_line(figures.currency)), f"{letter}{row}")
        row += _ROWS_HIGH


def _chart(sheet: Worksheet, table: Table, currency: str) -> Chart:
    makers: dict[str, Callable[[Worksheet, Table], Chart]] = {
        "hours": _hours,
        "days": _days,
        "categories": _categories,
        "payments": _payments,
    }
    chart = makers[table.part](sheet, table)
    chart.title = f"{'Payments' if table.part == 'payments' else 'Turnover'} by {_BY[table.part]}, {currency}"
    chart.width, chart.height = _WIDTH_CM, _HEIGHT_CM
    return chart


_BY: Final = {"hours": "hour", "days": "day", "categories": "category", "payments": "tender"}


def _hours(sheet: Worksheet, table: Table) -> BarChart:
    chart = _bars(sheet, table, "hour", table.last_row)
    chart.x_axis.number_format = '00":00"'
    return chart


def _categories(sheet: Worksheet, table: Table) -> BarChart:
    chart = _bars(sheet, table, "category", min(table.last_row, table.first_row + _MOST_BARS - 1))
    chart.type = "bar"
    chart.x_axis.scaling.orientation = "maxMin"
    chart.y_axis.crosses = "max"
    return chart


def _bars(sheet: Worksheet, table: Table, label: str, last_row: int) -> BarChart:
    chart = BarChart()
    _fill(chart, sheet, table, label, last_row)
    chart.gapWidth = 45
    bars = chart.series[0].graphicalProperties
    bars.solidFill = bars.line.solidFill = _BAR
    _show_axes(chart)
    return chart


def _days(sheet: Worksheet, table: Table) -> LineChart:
    chart = LineChart()
    _fill(chart, sheet, table, "day", table.last_row)
    line = chart.series[0]
    line.smooth = False
    line.graphicalProperties.line.solidFill = _BAR
    _show_axes(chart)
    chart.x_axis.number_format = "d mmm"
    return chart


def _payments(sheet: Worksheet, table: Table) -> DoughnutChart:
    chart = DoughnutChart(holeSize=55)
    _fill(chart, sheet, table, "tender", min(table.last_row, table.first_row + _MOST_PARTS - 1))
    chart.legend = Legend(legendPos="r")
    chart.dataLabels = DataLabelList(showPercent=True, showVal=False, showCatName=False, showSerName=False)
    return chart


def _fill(chart: Chart, sheet: Worksheet, table: Table, label: str, last_row: int) -> None:
    chart.add_data(_column(sheet, table, TURNOVER[table.part], last_row), titles_from_data=False)
    chart.set_categories(_column(sheet, table, label, last_row))
    if not isinstance(chart, DoughnutChart):
        chart.legend = None


def _column(sheet: Worksheet, table: Table, column: str, last_row: int) -> Reference:
    place = list(table.columns).index(column) + 1
    return Reference(sheet, min_col=place, min_row=table.first_row, max_row=last_row)


def _show_axes(chart: BarChart | LineChart) -> None:
    """Excel hides both axes unless told not to."""
    chart.x_axis.delete = chart.y_axis.delete = False
    chart.y_axis.number_format = "#,##0"
    lines = GraphicalProperties()
    lines.line.solidFill = _GRID
    chart.y_axis.majorGridlines = ChartLines(lines)
