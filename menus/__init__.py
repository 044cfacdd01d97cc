"""The menu language: what a menu file may say, reading and checking it, and writing it back.

Knows menus; knows no database and no screen. Start at `menus.document` for the words and `menus.files` for files.

YAML says everything. XLSX says everything too, in sheets: "Menu" has a row a portion (with the columns "open price"
and "favourite"), "Modifiers" a row a modifier (with the group's "prefixes"), "Set menus" a row for every dish of a step
of a set menu; beside them are "Categories", "Tax classes", "Dayparts" and "About". CSV is the sheet "Menu" alone: it
holds favourites and open prices, and refuses to be written where the menu has more (set menus, modifier groups,
dayparts). A CSV file, and a workbook without the sheet "Set menus", says nothing of set menus: an import leaves those
there are.
"""
