"""The menu language: what a menu file may say, reading and checking it, and writing it back.

Knows menus; knows no database and no screen. Start at `menus.document` for the words and `menus.files` for files.
"""
