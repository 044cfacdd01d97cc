"""The touch kit: frame and dock, gesture, live screens, grids, number pad, PIN pad, theme.

Words: tap, gesture, toast, banner, dock, tile, view.
Never: SQL, a slice's words, a decision about money or rights; it shows what it is given and hands taps on.
"""
