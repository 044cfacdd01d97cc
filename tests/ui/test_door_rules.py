"""What the door decides: names, origins, open paths."""

from pathlib import Path
from typing import Any

import nicegui
import pytest

from kiosk.core.settings import Settings
from kiosk.ui.door_rules import Hosts, Place, is_for_signing_in, is_invited, is_odd, is_own_origin, is_public, place


def hosts(tmp_path: Path, **told: Any) -> Hosts:
    return Hosts(Settings(home=tmp_path, **told))


@pytest.mark.parametrize(
    ("said", "meant"),
    [
        ("localhost:8080", Place("localhost", 8080)),
        ("LocalHost", Place("localhost")),
        ("kiosk.example.:80", Place("kiosk.example", 80)),
        ("[::1]:8080", Place("::1", 8080)),
    ],
)
def test_a_host_is_read_with_its_port(said: str, meant: Place) -> None:
    assert place(said) == meant


@pytest.mark.parametrize(
    "said", ["", ":8080", "a b", "a/b", "user@host", "host:port", "host:123456", "ho\nst", "::1", "a,b"]
)
def test_what_is_no_host_is_none(said: str) -> None:
    assert place(said) is None


@pytest.mark.parametrize("said", ["localhost:8080", "127.0.0.1:8080", "[::1]:8080"])
def test_this_computer_is_always_answered_on_our_port(tmp_path: Path, said: str) -> None:
    named = place(said)
    assert named is not None
    assert hosts(tmp_path).allow(named, "http", None)
    assert not hosts(tmp_path, port=9000).allow(named, "http", None)


def test_a_foreign_name_is_not_answered_even_on_our_port(tmp_path: Path) -> None:
    assert not hosts(tmp_path, host="0.0.0.0").allow(Place("evil.example", 8080), "http", "192.168.1.5")


@pytest.mark.parametrize("local", ["192.168.1.5", "::ffff:192.168.1.5"])
def test_an_address_is_answered_when_the_request_arrived_there(tmp_path: Path, local: str) -> None:
    known = hosts(tmp_path, host="0.0.0.0")
    assert known.allow(Place("192.168.1.5", 8080), "http", local)
    assert not known.allow(Place("192.168.1.6", 8080), "http", local)
    assert not known.allow(Place("192.168.1.5", 8080), "http", None)


def test_the_machines_name_is_answered_only_when_it_serves_the_network(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("socket.gethostname", lambda: "Till.lan")
    for name in ("till.lan", "till.local"):
        assert hosts(tmp_path, host="0.0.0.0").allow(Place(name, 8080), "http", None)
        assert not hosts(tmp_path).allow(Place(name, 8080), "http", None)


def test_names_from_the_settings_are_answered_on_our_port_and_behind_a_proxy(tmp_path: Path) -> None:
    known = hosts(tmp_path, allowed_hosts="kiosk.example,till:8443")
    for named in (
        Place("kiosk.example"),
        Place("kiosk.example", 8080),
        Place("kiosk.example", 443),
        Place("till", 8443),
    ):
        assert known.allow(named, "http", None)
    for named in (Place("kiosk.example", 9999), Place("till"), Place("till", 8080)):
        assert not known.allow(named, "http", None)


def test_without_a_port_the_usual_one_must_be_ours(tmp_path: Path) -> None:
    assert hosts(tmp_path, port=80).allow(Place("localhost"), "http", None)
    assert hosts(tmp_path, port=443).allow(Place("localhost"), "https", None)
    assert not hosts(tmp_path, port=443).allow(Place("localhost"), "http", None)


def test_an_origin_is_ours_with_the_same_scheme_host_and_port() -> None:
    named = Place("till.lan", 8080)
    assert is_own_origin("http://till.lan:8080", named, "http", is_extra=False)
    for foreign in ("https://till.lan:8080", "http://till.lan", "http://till.lan:9090", "http://evil.example:8080"):
        assert not is_own_origin(foreign, named, "http", is_extra=False)
    for odd in ("null", "", "file://", "http://", "chrome-extension://abc", "http://till.lan:8080/x", "several"):
        assert not is_own_origin(odd, named, "http", is_extra=False)


def test_the_usual_port_may_be_said_or_not() -> None:
    assert is_own_origin("http://till", Place("till", 80), "http", is_extra=False)
    assert is_own_origin("https://till:443", Place("till"), "https", is_extra=False)


def test_a_proxy_may_speak_tls_for_a_name_from_the_settings_only() -> None:
    assert is_own_origin("https://kiosk.example", Place("kiosk.example"), "http", is_extra=True)
    assert not is_own_origin("https://kiosk.example", Place("kiosk.example"), "http", is_extra=False)


@pytest.mark.parametrize("method", ["GET", "POST"])
def test_calls_without_an_origin_may_come_from_our_own_pages_and_from_what_is_no_browser(method: str) -> None:
    assert is_invited(method, {})
    assert is_invited(method, {"sec-fetch-site": "same-origin"})


@pytest.mark.parametrize("site", ["cross-site", "same-site"])
def test_foreign_pages_may_link_here_but_build_nothing_of_ours_in(site: str) -> None:
    link = {"sec-fetch-site": site, "sec-fetch-mode": "navigate", "sec-fetch-dest": "document"}
    assert is_invited("GET", link)
    assert not is_invited("POST", link)
    assert not is_invited("GET", {**link, "sec-fetch-dest": "iframe"})
    assert not is_invited("GET", {"sec-fetch-site": site, "sec-fetch-mode": "no-cors", "sec-fetch-dest": "image"})


def test_typed_addresses_may_read_and_not_change() -> None:
    assert is_invited("GET", {"sec-fetch-site": "none"})
    assert not is_invited("POST", {"sec-fetch-site": "none"})


def test_only_health_icons_and_assets_are_for_every_device() -> None:
    version = nicegui.__version__
    for path in ("/health", "/favicon.ico", "/ui/abc/kit.css", f"/_nicegui/{version}/static/vue.js"):
        assert is_public("GET", path)
        assert not is_public("POST", path)
    for path in (
        "/",
        "/day",
        "/api/view/me",
        "/_nicegui/client/x/upload/1",
        "/_nicegui_ws/socket.io/",
        "/healthy",
        "/ui",
    ):
        assert not is_public("GET", path)


def test_only_the_sign_in_page_is_for_people_who_are_not_signed_in() -> None:
    assert is_for_signing_in("GET", "/signin")
    assert is_for_signing_in("POST", "/signin")
    assert is_for_signing_in("POST", "/signout")
    for method, path in (
        ("GET", "/signout"),
        ("GET", "/signin/x"),
        ("DELETE", "/signin"),
        ("", "/signin"),
        ("GET", "/"),
    ):
        assert not is_for_signing_in(method, path)


@pytest.mark.parametrize("path", ["/_nicegui/3/../client/x", "//evil", "/a/./b", "/a\\b", "/a\x00", "/..", "/a\n"])
def test_paths_that_climb_are_odd(path: str) -> None:
    assert is_odd(path)


@pytest.mark.parametrize("path", ["/", "/day", "/ui/a.b/kit.css", "/...", "/_nicegui_ws/socket.io/"])
def test_ordinary_paths_are_not(path: str) -> None:
    assert not is_odd(path)
