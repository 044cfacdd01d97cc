"""From figures to files people take away: the workbook of a day or a range, and the list of its receipts.

Its words: figures (frames of whole minor units), sheet, total, cross-check. It knows no database, no screen and
nothing of the kiosk; whoever has figures may call it.
"""
