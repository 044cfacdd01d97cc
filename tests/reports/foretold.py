"""A forecast as it might have been made, for tests of those who read it."""

from datetime import date

from kiosk.reports.forecast_rules import AHEAD, Errors, Forecast, How, Outlook

TODAY, TOMORROW = date(2026, 11, 21), date(2026, 11, 22)


def outlook(*hours: tuple[int, int, int], how: How = How.LEARNED, own: Errors | None = None) -> Outlook:
    """The same on all days ahead: low, middle, high of each hour."""
    low, middle, high = ([[hour[place] for hour in hours]] * AHEAD for place in range(3))
    return Outlook(how, middle, low, high, own, Errors(95.2, 1.55) if own else None, 2730 if own else 0)


def made(how: How = How.LEARNED, holidays: dict[date, str] | None = None) -> Forecast:
    """Three hours of a trade of which the one at 3 brings next to nothing, and two items."""
    sales = outlook((5000, 9000, 14000), (2000, 4000, 7000), (0, 10, 90), how=how, own=Errors(70.05, 1.33))
    guests = outlook((4, 6, 9), (1, 3, 5), (0, 0, 1), how=how)
    pieces = outlook((0, 2, 4), (9, 12, 17), how=how, own=Errors(1.5, 0.6))
    items = [("Dolci", "Tiramisù"), ("Pizza", "=Diavola")]
    return Forecast(TOMORROW, "EUR", "covers", [12, 20, 3], guests, sales, items, pieces, 365, holidays)
