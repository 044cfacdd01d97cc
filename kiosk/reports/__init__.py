"""What happened: the figures of a day or a range, the daybook, and the sales history another system left.

Words: business day, turnover, average check, range, daybook, rollup, frame (a table of figures handed to exports/).
Never: writes a sale of its own making, computes with floats, shows a figure that differs from the receipts.
"""
