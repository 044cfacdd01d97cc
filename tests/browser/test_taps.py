"""What becomes of a tap: its key, its order, lost answers, refusals, a manager's PIN."""

from collections.abc import AsyncIterator

import pytest

from tests.support.order_stage import OpenTablet
from tests.support.shell_stage import Stage, opened

LOST = (0, None)
DONE = (200, {"ok": True, "result": {"line_id": 9}})
NEEDS_MANAGER = (
    403,
    {"ok": False, "code": "needs_manager", "sentence": "This needs a manager's PIN.", "permission": "comp"},
)
WRONG_PIN = (422, {"ok": False, "code": "wrong_pin", "sentence": "Wrong PIN."})


@pytest.fixture
async def stage(tablet: OpenTablet) -> AsyncIterator[Stage]:
    async with opened(tablet) as stage:
        yield stage


async def toast(stage: Stage) -> str:
    return await stage.page.inner_text("#k-toasts .k-toast__txt")


async def test_a_tap_whose_answer_is_lost_is_sent_again_with_the_same_key_until_it_is_answered(stage: Stage) -> None:
    stage.answers = [LOST, LOST, DONE]
    assert await stage.act("ring", check_id=7) == {"line_id": 9}
    assert [tap["name"] for tap in stage.taps] == ["ring", "ring", "ring"]
    assert len({tap["key"] for tap in stage.taps}) == 1
    assert [tap["args"] for tap in stage.taps] == [{"check_id": 7}] * 3
    assert stage.taps[0]["waited_ms"] < stage.taps[1]["waited_ms"] < stage.taps[2]["waited_ms"]


async def test_two_taps_have_two_keys_and_go_one_after_the_other(stage: Stage) -> None:
    stage.answers = [LOST, DONE]
    await stage.page.evaluate("() => Promise.all([kiosk.act('ring'), kiosk.act('send')])")
    assert [tap["name"] for tap in stage.taps] == ["ring", "ring", "send"]
    assert stage.taps[1]["key"] != stage.taps[2]["key"]


async def test_a_gateway_that_cannot_reach_the_kiosk_is_no_answer(stage: Stage) -> None:
    stage.answers = [(502, None), DONE]
    assert await stage.act("ring") == {"line_id": 9}
    assert stage.taps[0]["key"] == stage.taps[1]["key"]


async def test_a_refusal_is_told_in_its_sentence_and_the_next_tap_goes_on(stage: Stage) -> None:
    stage.answers = [(422, {"ok": False, "code": "refused", "sentence": "Table 4 is taken."}), DONE]
    assert await stage.act("seat") == "refused"
    assert await toast(stage) == "Table 4 is taken."
    assert await stage.act("ring") == {"line_id": 9}


async def test_words_of_people_in_a_refusal_are_shown_as_text_and_never_as_markup(stage: Stage) -> None:
    sentence = "There is no <img src=x onerror=alert(1)> here."
    stage.answers = [(422, {"ok": False, "code": "refused", "sentence": sentence})]
    await stage.act("seat")
    assert await toast(stage) == sentence


async def test_a_tap_without_connection_is_refused_at_once_and_never_sent(stage: Stage) -> None:
    await stage.page.evaluate("stage.silent = true")
    await stage.page.wait_for_selector("#k-banner:not([hidden])")
    assert await stage.act("ring") == "offline"
    assert await toast(stage) == "No connection: this tap was not carried out."
    assert stage.taps == []


async def test_a_tap_under_way_when_the_connection_goes_is_answered_when_it_is_back(stage: Stage) -> None:
    stage.answers = [LOST]
    await stage.start_act("send")
    await stage.page.evaluate("stage.silent = true")
    await stage.page.wait_for_function("document.querySelector('#k-banner').innerText.includes('1 tap waits')")
    stage.answers = [DONE]
    await stage.page.evaluate("stage.silent = false")
    await stage.page.wait_for_function("window.done === 'done'")
    assert len({tap["key"] for tap in stage.taps}) == 1
    await stage.page.wait_for_selector("#k-banner", state="hidden")


async def test_a_managers_pin_sends_the_same_act_again_under_a_new_key(stage: Stage) -> None:
    stage.answers = [NEEDS_MANAGER, DONE]
    await stage.start_act("void_line")
    await stage.page.click(".k-sheet .k-chip")
    for digit in "6666":
        await stage.page.click(f".k-sheet .k-pad >> text='{digit}'")
    await stage.page.click("text=Approve this one")
    await stage.page.wait_for_function("window.done === 'done'")
    first, second = stage.taps
    assert second["approval"] == {"person_id": 5, "pin": "6666"}
    assert first["key"] != second["key"]
    assert await stage.page.locator(".k-sheet").count() == 0


async def test_the_approval_sheet_says_what_is_approved(stage: Stage) -> None:
    stage.answers = [NEEDS_MANAGER]
    await stage.start_act("comp_line")
    assert await stage.page.inner_text(".k-sheet .k-pin__h b") == "On the house"
    assert await stage.page.inner_text(".k-sheet .k-pin__h span") == (
        "A manager is needed for this one act. Both names are written down."
    )


async def test_a_wrong_pin_is_told_in_the_sheet_and_another_may_be_typed(stage: Stage) -> None:
    stage.answers = [NEEDS_MANAGER, WRONG_PIN, DONE]
    await stage.start_act("void_line")
    await stage.page.click(".k-sheet .k-chip")
    await stage.page.keyboard.type("1111")
    await stage.page.keyboard.press("Enter")
    await stage.page.wait_for_selector(".k-sheet >> text=Wrong PIN.")
    assert await stage.page.locator(".k-sheet .k-dots .is-on").count() == 0
    await stage.page.keyboard.type("66666")
    await stage.page.keyboard.press("Enter")
    await stage.page.wait_for_function("window.done === 'done'")
    assert stage.taps[2]["approval"]["pin"] == "66666"


async def test_who_refuses_to_approve_changes_nothing(stage: Stage) -> None:
    stage.answers = [NEEDS_MANAGER]
    await stage.start_act("void_line")
    await stage.page.click(".k-sheet >> text=Refuse")
    await stage.page.wait_for_function("window.done === 'not_approved'")
    assert len(stage.taps) == 1


async def test_whoever_is_signed_out_is_led_to_the_sign_in_page(stage: Stage) -> None:
    stage.answers = [(401, {"ok": False, "code": "signed_out", "sentence": "You are signed out."})]
    await stage.start_act("ring")
    await stage.page.wait_for_url("**/signin?next=%2F**")
