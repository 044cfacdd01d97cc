"""Who is asked for money that is no cash in the drawer: the protocol, and those who speak it. No rows, no database."""
