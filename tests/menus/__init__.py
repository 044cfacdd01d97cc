"""The menu language: documents, files, refusals and round trips."""
