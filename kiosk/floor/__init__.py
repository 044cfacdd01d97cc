"""The room: sections, tables, who sits where and for how long.

Words: section, table (DiningTable), seating, covers, table clock, join, part, transfer, available ... billing, paid.
Never: stores a table's state (it is derived from seating and check), opens two checks for one seating.
"""
