"""Letters: e-mail that waits in the database until the mail server of the house has taken it.

Words: letter, attachment, mail server. Never: sends inside a transaction, loses a letter, knows what a receipt is.
"""
