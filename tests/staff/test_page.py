"""The sign-in page and what stands around it, behind the real door: from a stranger's first look to the lock."""

from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path
from types import SimpleNamespace
from typing import Any
from uuid import uuid4

import httpx
import pytest
from fastapi import FastAPI
from sqlalchemy import delete, update

from kiosk.core.actor import Actor, Role
from kiosk.core.models import Venue
from kiosk.core.settings import Settings
from kiosk.staff import page
from kiosk.staff import service as staff
from kiosk.staff.models import Person
from kiosk.ui.door import Doorkeeper
from kiosk.ui.gesture import Acts, Views
from tests.staff.conftest import PIN, Crew

pytestmark = pytest.mark.slow

HOUR = 3600


@pytest.fixture
def door(crew: Crew, tmp_path: Path) -> Doorkeeper:
    web = FastAPI(openapi_url=None)

    async def approve(person_id: int, pin: str, device_token: str) -> Any:
        return await staff.approve(crew.db, crew.pins, person_id=person_id, pin=pin, device_token=device_token)

    async def look(session: str, device: str) -> Actor | None:
        async with crew.db.read() as read:
            return await staff.look(read, session, device)

    acts = Acts(crew.db, identify=staff.identify, approve=approve)
    acts.register(web)
    kiosk: Any = SimpleNamespace(db=crew.db, pins=crew.pins, web=web, acts=acts, views=Views(crew.db, web))
    page.register(kiosk)
    web.add_api_route("/day", lambda: {"page": "day"})
    return Doorkeeper(web, settings=Settings(home=tmp_path), look=look)


@pytest.fixture
async def tablet(door: Doorkeeper) -> AsyncIterator[httpx.AsyncClient]:
    transport = httpx.ASGITransport(door)
    async with httpx.AsyncClient(transport=transport, base_url="http://localhost:8080") as client:
        yield client


async def sign_in(tablet: httpx.AsyncClient, crew: Crew, name: str, pin: str = "", **more: Any) -> httpx.Response:
    return await tablet.post("/signin", json={"person_id": crew.ids[name], "pin": pin or PIN[name], **more})


async def lock(tablet: httpx.AsyncClient) -> httpx.Response:
    return await tablet.post("/api/act/lock", json={"key": str(uuid4())})


async def test_a_stranger_sees_the_people_and_nothing_of_nicegui(tablet: httpx.AsyncClient) -> None:
    answer = await tablet.get("/signin")
    assert answer.status_code == 200
    for text in ("Aurora", "Marco", "Giulia", "Waiter", "Owner", "Kitchen"):
        assert text in answer.text
    assert "pbkdf2" not in answer.text
    assert "socket" not in answer.text
    assert "set-cookie" not in answer.headers
    assert "unsafe" not in answer.headers["content-security-policy"]


async def test_names_are_shown_as_written_and_never_as_markup(tablet: httpx.AsyncClient, crew: Crew) -> None:
    await crew.change(update(Person).where(Person.id == crew.ids["Marco"]).values(name='<img src=x onerror="a()">'))
    await crew.change(update(Person).where(Person.id == crew.ids["Elena"]).values(name="محمد الأمين"))
    text = (await tablet.get("/signin")).text
    assert "<img src=x" not in text
    assert "&lt;img src=x onerror=&#34;a()&#34;&gt;" in text
    assert '<b dir="auto">محمد الأمين</b>' in text


async def test_the_theme_is_in_the_page_from_its_first_byte(tablet: httpx.AsyncClient) -> None:
    for cookie, shown in (
        ("", "dark"),
        ("kiosk_theme=light", "light"),
        ("kiosk_theme=dark", "dark"),
        ("kiosk_theme=x", "dark"),
    ):
        text = (await tablet.get("/signin", headers={"Cookie": cookie})).text
        assert f'<html lang="en" data-theme="{shown}">' in text


async def test_the_right_pin_gives_both_cookies_and_opens_the_kiosk(tablet: httpx.AsyncClient, crew: Crew) -> None:
    assert (await tablet.get("/day")).status_code == 303
    answer = await sign_in(tablet, crew, "Marco")
    assert answer.json() == {"ok": True, "next": "/"}
    session, device = answer.headers.get_list("set-cookie")
    assert session.startswith("kiosk_session=")
    assert session.endswith("; HttpOnly; Max-Age=43200; Path=/; SameSite=strict")
    assert device.startswith("kiosk_device=")
    assert device.endswith("; HttpOnly; Max-Age=34560000; Path=/; SameSite=strict")
    assert (await tablet.get("/day")).json() == {"page": "day"}


async def test_under_tls_the_cookies_are_secure(door: Doorkeeper, crew: Crew) -> None:
    transport = httpx.ASGITransport(door)
    async with httpx.AsyncClient(transport=transport, base_url="https://localhost:8080") as tablet:
        answer = await sign_in(tablet, crew, "Marco")
    assert all(cookie.endswith("; Secure") for cookie in answer.headers.get_list("set-cookie"))


async def test_each_sign_in_makes_a_new_session_and_the_old_cookie_is_worth_nothing(
    tablet: httpx.AsyncClient, crew: Crew
) -> None:
    await sign_in(tablet, crew, "Marco")
    old = dict(tablet.cookies)
    await sign_in(tablet, crew, "Giulia")
    assert tablet.cookies["kiosk_session"] != old["kiosk_session"]
    assert tablet.cookies["kiosk_device"] == old["kiosk_device"]
    stale = "; ".join(f"{name}={value}" for name, value in old.items())
    tablet.cookies.clear()
    assert (await tablet.get("/api/view/me", headers={"Cookie": stale})).status_code == 401


async def test_a_session_cookie_somebody_planted_before_is_not_taken_over(
    tablet: httpx.AsyncClient, crew: Crew
) -> None:
    tablet.cookies.set("kiosk_session", "planted", domain="localhost.local", path="/")
    answer = await sign_in(tablet, crew, "Marco")
    assert "planted" not in answer.headers.get_list("set-cookie")[0]


async def test_wrong_pins_are_answered_with_the_wait(tablet: httpx.AsyncClient, crew: Crew) -> None:
    answers = [await sign_in(tablet, crew, "Marco", "0000") for _ in range(4)]
    assert [answer.status_code for answer in answers] == [401, 401, 401, 429]
    assert answers[0].json() == {
        "ok": False,
        "code": "wrong_pin",
        "sentence": "Wrong PIN.",
        "said": "Wrong PIN.",
        "wait_s": 0,
    }
    assert answers[2].json()["sentence"] == "Wrong PIN. Next try in 1 s."
    assert answers[3].json() | {"ok": False, "code": "pin_wait", "wait_s": 1} == answers[3].json()
    assert answers[3].headers["retry-after"] == "1"
    assert not [answer for answer in answers if "set-cookie" in answer.headers]


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"{}",
        b"[]",
        b'{"person_id":"1","pin":"1111"}',
        b'{"person_id":1,"pin":1111}',
        b'{"person_id":1,"pin":"1","x":1}',
    ],
)
async def test_what_the_page_would_never_send_is_refused_in_a_sentence(tablet: httpx.AsyncClient, body: bytes) -> None:
    answer = await tablet.post("/signin", content=body)
    assert (answer.status_code, answer.json()["code"]) == (422, "unreadable")


async def test_a_pin_out_of_shape_is_refused(tablet: httpx.AsyncClient, crew: Crew) -> None:
    answer = await sign_in(tablet, crew, "Marco", "12")
    assert (answer.status_code, answer.json()["sentence"]) == (422, "A PIN has 4 to 8 digits.")


@pytest.mark.parametrize(
    ("name", "lands"), [("Marco", "/"), ("Dario", "/#/kitchen"), ("Giulia", "/day"), ("Sofia", "/")]
)
async def test_everybody_lands_where_their_work_is(
    tablet: httpx.AsyncClient, crew: Crew, name: str, lands: str
) -> None:
    assert (await sign_in(tablet, crew, name)).json()["next"] == lands


async def test_the_same_person_comes_back_to_where_she_wanted_to_go(tablet: httpx.AsyncClient, crew: Crew) -> None:
    assert (await sign_in(tablet, crew, "Sofia", next="/day?from=1")).json()["next"] == "/day?from=1"
    assert (await sign_in(tablet, crew, "Sofia", next="/day?from=1")).json()["next"] == "/day?from=1"
    assert (await sign_in(tablet, crew, "Marco", next="/day?from=1")).json()["next"] == "/"


@pytest.mark.parametrize("wanted", ["//evil.example", "https://evil.example", "/\\evil.example", "javascript:a()"])
async def test_nobody_is_led_to_another_site(tablet: httpx.AsyncClient, crew: Crew, wanted: str) -> None:
    assert (await sign_in(tablet, crew, "Marco", next=wanted)).json()["next"] == "/"
    assert 'data-next=""' in (await tablet.get("/signin", params={"next": wanted})).text


async def test_where_to_go_next_is_kept_in_the_page(tablet: httpx.AsyncClient) -> None:
    assert 'data-next="/day?a=1&amp;b=2"' in (await tablet.get("/signin", params={"next": "/day?a=1&b=2"})).text


async def test_the_last_person_on_this_tablet_is_chosen_already(tablet: httpx.AsyncClient, crew: Crew) -> None:
    assert 'class="k-person is-on"' not in (await tablet.get("/signin")).text
    await sign_in(tablet, crew, "Elena")
    text = (await tablet.get("/signin")).text
    assert text.count('class="k-person is-on"') == 1
    assert f'class="k-person is-on" type="button" data-id="{crew.ids["Elena"]}"' in text


async def test_the_screens_learn_who_is_there(tablet: httpx.AsyncClient, crew: Crew) -> None:
    await sign_in(tablet, crew, "Dario")
    me = (await tablet.get("/api/view/me")).json()
    assert me.pop("server_now").endswith("+00:00")
    assert me == {
        "person_id": crew.ids["Dario"],
        "name": "Dario",
        "initials": "D",
        "role": "kitchen",
        "permissions": ["bump", "eighty_six", "refire", "see_kitchen", "serve"],
        "device": "Device 1",
        "idle_lock_s": 12 * HOUR,
        "venue": {"name": "Aurora", "currency": "EUR", "decimals": 2, "locale": "en-IE", "timezone": "Europe/Rome"},
    }


async def test_the_screens_learn_who_may_approve(tablet: httpx.AsyncClient, crew: Crew) -> None:
    await sign_in(tablet, crew, "Sofia")
    assert (await tablet.get("/api/view/approvers")).json() == [
        {"id": crew.ids["Giulia"], "name": "Giulia", "role": "owner"}
    ]


async def test_locking_ends_the_session_for_every_page_and_act(tablet: httpx.AsyncClient, crew: Crew) -> None:
    await sign_in(tablet, crew, "Marco")
    assert (await lock(tablet)).json() == {"ok": True, "result": {}}
    assert len(crew.ended) == 1
    assert (await lock(tablet)).status_code == 401
    assert (await tablet.get("/api/view/me")).json()["code"] == "signed_out"
    assert (await tablet.get("/day")).headers["location"] == "/signin?next=/day"


async def test_signing_out_forgets_the_session_and_keeps_the_device(tablet: httpx.AsyncClient, crew: Crew) -> None:
    await sign_in(tablet, crew, "Marco")
    answer = await tablet.post("/signout")
    assert (answer.status_code, answer.headers["location"]) == (303, "/signin")
    assert "kiosk_session" not in tablet.cookies
    assert "kiosk_device" in tablet.cookies
    assert len(crew.ended) == 1
    assert (await tablet.post("/signout")).status_code == 303


async def test_a_role_change_throws_the_person_out_at_the_next_request(tablet: httpx.AsyncClient, crew: Crew) -> None:
    await sign_in(tablet, crew, "Marco")
    await crew.act(staff.change_role, crew.ids["Marco"], Role.CASHIER, by=crew.by)
    assert (await tablet.get("/api/view/me")).status_code == 401


async def test_before_there_is_a_restaurant_the_page_says_so(tablet: httpx.AsyncClient, crew: Crew) -> None:
    await crew.change(delete(Person))
    assert "There is no restaurant in this database yet." in (await tablet.get("/signin")).text
    await crew.change(delete(Venue))
    assert "There is no restaurant in this database yet." in (await tablet.get("/signin")).text
