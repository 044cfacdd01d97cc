"""What a party owes: checks, their lines, seats and courses, and the one function that adds them up.

Words: check, line, seat, cover, course, hold, fire, remove, void, comp, discount, split, merge.
Never: takes money (payments does), changes a fired line without a reason and a journal entry, sums in a second place.
"""
