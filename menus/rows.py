"""Rows of a sheet or CSV file, read by their heading row into what each tells."""

from collections.abc import Iterable, Iterator, Sequence

from menus.columns import Columns, Target
from menus.entries import Cell, Desk, Entry

Parts = dict[str, Entry]
"""One row: the entry it tells of each thing, as "category", "item" and "portion"."""
COST: Target = ("portion", "cost", "")
_Heading = tuple[str, Target] | None


def parts_of(rows: Iterable[Sequence[Cell]], columns: Columns, desk: Desk, sheet: str = "") -> Iterator[Parts]:
    """What each row under the heading row tells, blank rows left out. Raises MenuRefused on unfit headings."""
    remaining = iter(rows)
    heading = next((row for row in remaining if any(cell.value is not None for cell in row)), None)
    before = len(desk.problems)
    targets = _targets(heading or [], columns, desk, sheet)
    if len(desk.problems) > before:
        desk.refuse_if_any()
    for row in remaining:
        parts = _parts(row, targets, desk)
        if parts:
            yield parts


def _targets(heading: Sequence[Cell], columns: Columns, desk: Desk, sheet: str) -> list[_Heading]:
    targets: list[_Heading] = []
    seen: set[Target] = set()
    for cell in heading:
        told = cell.value.strip() if isinstance(cell.value, str) else ""
        target = columns.target(told) if told else None
        if told and target is None:
            desk.problem(f"No column has this heading: {columns.unknown(told)}", cell.place, told)
        elif target in seen:
            desk.problem(f'The column "{told}" stands twice; keep one of them.', cell.place, told)
        targets.append((told, target) if target else None)
        if target:
            seen.add(target)
        desk.tells_costs |= target == COST
    for needed in columns.needed:
        if (*columns.known[needed], "") not in seen:
            desk.problem(f'There is no column "{needed}"; add it.', heading[0].place if heading else sheet, needed)
    return targets


def _parts(row: Sequence[Cell], targets: Sequence[_Heading], desk: Desk) -> Parts:
    parts: Parts = {}
    for number, cell in enumerate(row):
        if cell.blank:
            continue
        heading = targets[number] if number < len(targets) else None
        if heading is None:
            desk.at(cell, f"The column {number + 1} has no heading; give it one or empty it.")
            continue
        _place(cell, heading, parts)
    return parts


def _place(cell: Cell, heading: tuple[str, Target], parts: Parts) -> None:
    cell.column, (thing, word, language) = heading
    entry = parts.setdefault(thing, Entry(cell.place))
    if not language:
        entry.cells[word] = cell
        return
    told = entry.cells.setdefault(word, Cell(Entry(cell.place), cell.place, cell.column))
    if isinstance(told.value, Entry):
        told.value.cells[language] = cell
