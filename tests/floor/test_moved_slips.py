"""Parties that change tables: paper says so once, of what still cooks and nothing else."""

from kiosk.checks import service as checks
from kiosk.floor import service
from tests.support.floor import Floor
from tests.support.slips import told, with_printers


async def test_a_party_that_changes_tables_takes_what_still_cooks_along_on_paper(floor: Floor) -> None:
    await with_printers(floor.house, "grill")
    check_id = await floor.party("1", "Tiramisù")
    await floor.house.act(checks.serve, check_id, await floor.lines(check_id))
    await floor.house.ring(check_id, "Diavola", "Medium")
    await floor.house.send(check_id)
    await floor.transfer(check_id, "3")
    assert (await told(floor.house.db))[2:] == [("Grill", "moved", "1 to 3", ["1 Diavola"])]
    await floor.transfer(check_id, "1")
    assert (await told(floor.house.db))[3:] == [("Grill", "moved", "3 to 1", ["1 Diavola"])]


async def test_checks_that_become_one_and_two_again_move_one_party_only(floor: Floor) -> None:
    await with_printers(floor.house, "grill")
    first, second = await floor.party("1", "Tiramisù"), await floor.party("2", "Diavola")
    await floor.house.act(service.merge, second, first)
    assert (await told(floor.house.db))[2:] == [("Grill", "moved", "2 to 1", ["1 Diavola"])]
    await floor.house.act(service.unmerge, second)
    assert (await told(floor.house.db))[3:] == [("Grill", "moved", "1 to 2", ["1 Diavola"])]
    assert len(await told(floor.house.db)) == 4
