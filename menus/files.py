"""Menu files: reading one into a document, writing a document, and the sample menu people start from."""

from dataclasses import dataclass
from importlib.resources import files
from pathlib import Path

from menus.csv_file import csv_of, decoded, read_csv
from menus.document import MenuDocument
from menus.drafts import UNTAXED
from menus.entries import Desk
from menus.errors import refuse
from menus.money import currency_code
from menus.yaml_file import read_yaml
from menus.yaml_text import yaml_of

LARGEST = 10_000_000
"""Bytes of the largest menu file that is read."""

_SUFFIXES = ".yaml, .yml, .xlsx or .csv"


@dataclass(frozen=True)
class ReadMenu:
    """A menu that was read, the portions left out for want of a price, and what else its owner should know."""

    document: MenuDocument
    skipped: list[str]
    notes: list[str]
    tells_set_menus: bool = True
    """Whether the file has a place for set menus; one that has none says nothing of them."""
    tells_costs: bool = True
    """Whether the file has a place for what goods cost."""

    @property
    def is_untaxed(self) -> bool:
        """Whether the file says nothing of taxes."""
        return UNTAXED in self.notes


def read_menu(path: Path | str, *, currency: str | None = None, skip_unpriced: bool = False) -> ReadMenu:
    """The menu of a .yaml, .yml, .xlsx or .csv file.

    `currency` (ISO 4217) stands in where the file names none; `skip_unpriced` leaves out portions without a price and
    items left without any. Raises MenuRefused with every problem of the file.
    """
    path = Path(path)
    desk = Desk(path.name, _asked_currency(path, currency), skip_unpriced)
    data = _bytes_of(path)
    match path.suffix.casefold():
        case ".yaml" | ".yml":
            document = read_yaml(decoded(data, desk), desk)
        case ".xlsx":
            from menus.xlsx_file import read_xlsx

            document = read_xlsx(data, desk, path.stem)
        case ".csv":
            document = read_csv(data, desk, path.stem)
        case _:
            raise refuse(path.name, f"No menu is read from such a file; give it as {_SUFFIXES}.")
    return ReadMenu(document, desk.skipped, desk.notes, desk.tells_set_menus, desk.tells_costs)


def write_menu(document: MenuDocument, path: Path | str) -> None:
    """Write the menu to a .yaml, .yml, .xlsx or .csv file. Raises MenuRefused where CSV would lose something."""
    path = Path(path)
    match path.suffix.casefold():
        case ".yaml" | ".yml":
            data = yaml_of(document).encode()
        case ".xlsx":
            from menus.xlsx_form import xlsx_of

            data = xlsx_of(document)
        case ".csv":
            data = csv_of(document, path.name).encode("utf-8-sig")
        case _:
            raise refuse(path.name, f"No menu is written to such a file; name it {_SUFFIXES}.")
    try:
        path.write_bytes(data)
    except OSError as error:
        raise refuse(path.name, f"It cannot be written ({error.strerror}); choose another place.") from error


def sample_menu() -> MenuDocument:
    """The menu of the Trattoria Aurora, which people start from."""
    told = files("menus").joinpath("samples/trattoria.yaml").read_text(encoding="utf-8")
    return read_yaml(told, Desk("trattoria.yaml"))


def _asked_currency(path: Path, currency: str | None) -> str | None:
    try:
        return None if currency is None else currency_code(currency)
    except ValueError as refusal:
        raise refuse(path.name, str(refusal), column="currency", value=currency or "") from refusal


def _bytes_of(path: Path) -> bytes:
    try:
        if path.stat().st_size > LARGEST:
            raise refuse(path.name, "It is over 10 MB, too much for a menu; take out what is no menu.")
        return path.read_bytes()
    except OSError as error:
        raise refuse(path.name, f"It cannot be opened ({error.strerror}); look whether it is there.") from error
