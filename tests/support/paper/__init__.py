"""A printer without paper: a server on loopback that understands ESC/POS and misbehaves on order; see printer.py."""
