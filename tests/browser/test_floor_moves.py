"""What is done with a table beside seating it: moving, joining, handing over, booking, holding, taking away."""

from tests.support.floor_cast import booking, card, drawn, floor, party, press_long, strip, table, taps, time_passes
from tests.support.order_stage import OpenTablet
from tests.support.shell_stage import Stage

FREE = table(3, "3", seats=2)
MINE = table(2, "2", check_id=12, **party("ordered", "19:05"))
ELENAS = table(5, "5", check_id=15, **party("served", "19:10", waiter="Elena Costa", waiter_id=8, initials="EC"))
JOINED = table(11, "11", check_id=15, **party("served", "19:10", waiter="Elena Costa", waiter_id=8, joined_to="5"))
HOST = {**ELENAS, "joined": ["11"]}
ANNA = card(71, "Anna", "ordered", "19:10", pickup_at="2026-11-21T19:16:00+00:00", ready=1)
BIANCHI = booking(52, "Bianchi", "19:45", covers=4, phone="06 1234", note="High chair")
LATE = booking(53, "Okafor", "19:00", covers=2)
WALK_IN = booking(54, "Rossi", "19:05", kind="walk_in", covers=3)
HOLD = booking(51, "For walk-in", "19:00", kind="held", table_id=3, until_at="2026-11-21T20:45:00+00:00", covers=0)


async def lit(stage: Stage) -> list[str]:
    """The tables that stand out as the ones to choose."""
    names = "tiles => tiles.map(tile => tile.dataset.table ?? tile.dataset.card)"
    return list[str](await stage.page.eval_on_selector_all(".k-tile.is-target", names))


async def choose(stage: Stage, key: str) -> None:
    await stage.page.get_by_role("dialog").get_by_role("button", name=key).click()
    await stage.page.evaluate("kiosk.idle()")


async def undo(stage: Stage) -> None:
    await stage.page.click("#k-toasts >> text=Undo")
    await stage.page.evaluate("kiosk.idle()")


async def test_a_party_moves_to_a_free_table_that_is_chosen_on_the_floor_and_back_again(tablet: OpenTablet) -> None:
    async with drawn(tablet, floor(FREE, MINE, HOST, JOINED)) as stage:
        await stage.page.get_by_label("More for table 2").click()
        await choose(stage, "Move to another table")
        assert await stage.page.inner_text(".k-choose b") == "Where does table 2 move?"
        assert await lit(stage) == ["3", "B1"]
        await stage.page.click("[data-table='5'] .k-tile__hit")
        assert taps(stage) == []
        await stage.page.click("[data-table='3'] .k-tile__hit")
        await stage.page.wait_for_selector(".k-choose", state="detached")
        await undo(stage)
        assert taps(stage) == [
            ("transfer", {"check_id": 12, "table_id": 3}),
            ("transfer", {"check_id": 12, "table_id": 2}),
        ]


async def test_choosing_a_table_can_be_left_and_nothing_has_happened(tablet: OpenTablet) -> None:
    async with drawn(tablet, floor(FREE, MINE)) as stage:
        await stage.page.get_by_label("More for table 2").click()
        await choose(stage, "Move to another table")
        await stage.page.click(".k-choose >> text=Cancel")
        assert (await lit(stage), taps(stage)) == ([], [])
        assert await stage.page.is_visible(".k-now__h")


async def test_tables_join_and_part_and_checks_merge_and_all_of_it_is_undone(tablet: OpenTablet) -> None:
    async with drawn(tablet, floor(FREE, MINE, HOST, JOINED, counter=[ANNA])) as stage:
        await press_long(stage, "2")
        await choose(stage, "Join a table to this one")
        assert await lit(stage) == ["3", "B1"]
        await stage.page.click("[data-table='3'] .k-tile__hit")
        await undo(stage)
        await press_long(stage, "5")
        await choose(stage, "Part 11 from here")
        await undo(stage)
        await press_long(stage, "2")
        await choose(stage, "Merge into another check")
        assert await lit(stage) == ["5", "11", "Anna"]
        await stage.page.click("[data-card='Anna'] .k-tile__hit")
        await undo(stage)
        assert taps(stage) == [
            ("join", {"table_id": 3, "to_table_id": 2}),
            ("part", {"table_id": 3}),
            ("part", {"table_id": 11}),
            ("join", {"table_id": 11, "to_table_id": 5}),
            ("merge", {"check_id": 12, "into_check_id": 71}),
            ("unmerge", {"check_id": 12}),
        ]


async def test_a_party_goes_to_the_counter_under_a_name(tablet: OpenTablet) -> None:
    async with drawn(tablet, floor(MINE)) as stage:
        await press_long(stage, "2")
        await choose(stage, "Move to the counter")
        await stage.page.get_by_label("Name on the check").fill("Bar, Verdi")
        await stage.page.keyboard.press("Enter")
        await stage.page.wait_for_selector(".k-table", state="detached")
        assert taps(stage) == [("to_counter", {"check_id": 12, "label": "Bar, Verdi"})]


async def test_checks_and_sections_go_into_other_hands(tablet: OpenTablet) -> None:
    async with drawn(tablet, floor(MINE, ELENAS)) as stage:
        await press_long(stage, "5")
        await choose(stage, "Take over")
        await press_long(stage, "2")
        await choose(stage, "Hand over")
        await choose(stage, "Elena")
        await stage.page.get_by_label("Section Sala").click()
        await stage.page.get_by_role("dialog").get_by_role("button", name="Elena").first.click()
        await stage.page.evaluate("kiosk.idle()")
        await stage.page.get_by_label("Section Sala").click()
        await stage.page.get_by_role("dialog").get_by_role("button", name="Elena").last.click()
        await stage.page.evaluate("kiosk.idle()")
        assert taps(stage) == [
            ("take_over", {"check_id": 15}),
            ("hand_over", {"check_id": 12, "section_id": None, "from_id": None, "to_id": 8}),
            ("hand_over", {"section_id": 1, "from_id": None, "to_id": 8}),
            ("hand_over", {"section_id": None, "from_id": 1, "to_id": 8}),
        ]


async def test_a_take_away_check_is_a_name_and_one_tap_and_lives_beside_the_tables(tablet: OpenTablet) -> None:
    async with drawn(tablet, floor(MINE, counter=[ANNA])) as stage:
        assert (await strip(stage))[0] == "takeout_dining Anna: 1 dish ready 4 min Serve 1"
        assert await stage.page.inner_text("[data-card='Anna'] .k-tile__meta") == "takeout_dining\nMR\n20:16"
        await time_passes(stage, 240)
        await stage.page.evaluate("stage.news('floor', 2, {counter: [], gone_checks: [71]})")
        await stage.page.wait_for_selector("[data-card='Anna']", state="detached")
        stage.answers = [(200, {"ok": True, "result": {"check_id": 99}})]
        await stage.page.get_by_label("New take-away").click()
        await stage.page.keyboard.type("Verdi")
        await stage.page.click(".k-key2 >> text=in 20 min")
        await stage.page.wait_for_function("location.hash === '#/order/99'")
        words = {"label": "Verdi", "covers": 1, "take_away": True, "pickup_at": "2026-11-21T19:40:00.000Z"}
        assert taps(stage) == [("open_check", words)]


async def test_the_list_of_who_comes_is_by_time_and_seats_cancels_and_forgives(tablet: OpenTablet) -> None:
    async with drawn(tablet, floor(FREE, MINE, bookings=[BIANCHI, LATE, WALK_IN])) as stage:
        await stage.page.click("text=Bookings")
        rows = [" ".join(row.split()) for row in await stage.page.locator(".k-bk__row").all_inner_texts()]
        assert [row.split(" Seat")[0] for row in rows] == [
            "20:00 14 min late Okafor person2",
            "20:05 waits 9 min Rossi person3",
            "20:45 in 31 min Bianchi person4, 06 1234 High chair",
        ]
        await stage.page.get_by_label("No-show: Okafor").click()
        await undo(stage)
        await stage.page.click("text=Bookings")
        await stage.page.get_by_label("Seat Rossi").click()
        await stage.page.wait_for_selector(".k-choose")
        stage.answers = [(200, {"ok": True, "result": {"check_id": 99}})]
        await stage.page.click("[data-table='3'] .k-tile__hit")
        await stage.page.wait_for_function("location.hash === '#/order/99?table_id=3'")
        assert taps(stage) == [
            ("no_show", {"id": 53}),
            ("unno_show", {"id": 53}),
            ("seat_booking", {"id": 54, "table_id": 3}),
        ]


async def test_a_booking_is_made_with_a_name_and_taps_and_changed(tablet: OpenTablet) -> None:
    async with drawn(tablet, floor(FREE, MINE, bookings=[BIANCHI])) as stage:
        await stage.page.click("text=Bookings")
        await stage.page.click("text=New booking")
        await stage.page.keyboard.type("Verdi")
        await stage.page.click(".k-bform >> text='6'")
        await stage.page.click(".k-bform >> text=Tomorrow")
        await stage.page.get_by_label("20 o'clock").click()
        await stage.page.click(".k-bform >> text='20:30'")
        await stage.page.click("text=Book 6 at tomorrow 20:30")
        await stage.page.wait_for_selector(".k-bk__row")
        await stage.page.get_by_label("Change Bianchi").click()
        await stage.page.get_by_label("One guest more").click()
        await stage.page.click("text=Change 5 at 20:45")
        await stage.page.wait_for_selector(".k-bk__row")
        made = {"name": "Verdi", "covers": 6, "phone": "", "note": "", "table_id": None}
        kept = {"id": 52, "name": "Bianchi", "covers": 5, "phone": "06 1234", "note": "High chair", "table_id": None}
        assert taps(stage) == [
            ("book", {**made, "due_at": "2026-11-22T19:30:00.000Z"}),
            ("change_booking", {**kept, "due_at": "2026-11-21T19:45:00+00:00"}),
        ]


async def test_a_table_is_held_till_an_hour_that_is_tapped_and_released(tablet: OpenTablet) -> None:
    async with drawn(tablet, floor(FREE)) as stage:
        await press_long(stage, "3")
        await choose(stage, "Hold this table")
        await choose(stage, "20:44")
        await stage.page.evaluate("hold => stage.news('floor', 2, {bookings: [hold]})", HOLD)
        await stage.page.click("[data-table='3'].is-held .k-tile__hit")
        await choose(stage, "Release the table")
        until = stage.taps[0]["args"].pop("until_at")
        assert until.startswith("2026-11-21T19:44:0")
        assert taps(stage) == [
            ("hold_table", {"table_id": 3, "reason": "For walk-in"}),
            ("release_table", {"table_id": 3}),
        ]
