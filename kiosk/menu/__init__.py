"""What the house sells: categories, items, portions and prices, modifiers, tax classes, dayparts, 86 and countdown.

Words: category, item, portion, modifier group, tax class, daypart, 86, portions left, skip unpriced.
Never: reads a file itself (menus/ does), changes the price of a line that was already rung, deletes what was once sold.
"""
