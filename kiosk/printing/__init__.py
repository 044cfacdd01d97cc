"""Paper: the printers, their queue in the database, the layouts of documents and the workers that feed them.

Words: printer, document, print job, layout, backup printer, re-sent mark.
Never: calls a printer inside a transaction, loses a job, knows what a check is; it prints documents. The only home of
escpos.
"""
