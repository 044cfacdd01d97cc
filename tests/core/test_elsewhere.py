"""A server hears what a command beside it did."""

from kiosk.core.db import Database
from kiosk.core.elsewhere import Elsewhere
from kiosk.core.events import Fact
from kiosk.menu import service as menu
from kiosk.menu.events import MenuChanged
from tests.support.house import founded, small_menu


async def test_a_menu_imported_by_another_process_is_announced_once(db: Database, database_url: str) -> None:
    house = await founded(db)
    heard: list[Fact] = []
    db.bus.listen(heard.append)
    imports = Elsewhere(db, {"menu_imported": MenuChanged()})
    await imports.look()
    beside = Database(database_url)
    renamed = small_menu().model_copy(update={"name": "Smaller"})
    await beside.run(lambda tx: menu.load_menu(tx, renamed, by=house.by))
    await beside.close()
    assert heard == []
    await imports.look()
    await imports.look()
    assert heard == [MenuChanged()]


async def test_other_acts_are_not_announced(db: Database) -> None:
    house = await founded(db)
    heard: list[Fact] = []
    imports = Elsewhere(db, {"menu_imported": MenuChanged()})
    await imports.look()
    await house.act(menu.eighty_six, await house.item("Tagliata"), is_out=True, portions_left=None)
    db.bus.listen(heard.append)
    await imports.look()
    assert heard == []
