"""Why an export was not made: one sentence each, naming the thing and the way out."""


class ExportRefused(Exception):
    """The file was not written, and nothing half written is left behind."""


class FiguresUnfit(ExportRefused):
    """The figures are not what an export needs: a missing column, money that is no whole number, a wrong currency."""


class FiguresDoNotBalance(ExportRefused):
    """One part of the figures sums to something else than the turnover of the summary."""

    def __init__(self, part: str, part_sum: str, turnover: str) -> None:
        self.part, self.part_sum, self.turnover = part, part_sum, turnover
        super().__init__(
            f"The figures do not balance: {part} sum to {part_sum}, but the summary's turnover is {turnover}. "
            "Take the figures afresh; if they still differ, export the receipts alone and keep this sentence."
        )

    def __reduce__(self) -> tuple[type["FiguresDoNotBalance"], tuple[str, str, str]]:
        """Keep the three words when the error comes home from another process."""
        return type(self), (self.part, self.part_sum, self.turnover)
