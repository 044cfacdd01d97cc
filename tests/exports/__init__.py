"""The files people take away, read back cell by cell and reckoned by LibreOffice."""
