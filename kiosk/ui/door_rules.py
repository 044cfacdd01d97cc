"""What the door decides, without I/O: whom a request names, where it comes from, what is open to strangers."""

from __future__ import annotations

import ipaddress
import re
import socket
from collections.abc import Mapping
from dataclasses import dataclass, field

import nicegui

from kiosk.core.settings import Settings
from kiosk.ui import assets

AUTHORITY = re.compile(r"(?P<name>\[[0-9a-f:.]+\]|[a-z0-9]([a-z0-9._-]*[a-z0-9])?)\.?(:(?P<port>[0-9]{1,5}))?")
DEFAULT_PORT = {"http": 80, "https": 443}
ANYWHERE = {"0.0.0.0", "::"}
SAFE = {"GET", "HEAD"}
PUBLIC = {"/health", "/favicon.ico", "/manifest.webmanifest", "/worker.js", "/offline"}
SIGN_IN = {"GET": {"/signin"}, "HEAD": {"/signin"}, "POST": {"/signin", "/signout"}}
ASSETS = (f"{assets.PREFIX}/", f"/_nicegui/{nicegui.__version__}/")
"""Styles, scripts, fonts: the same for everybody, cached by tablets, open to strangers."""
UPLOADS = "/_nicegui/client/"
HOOKS = "/hooks/"
"""Where outside services send signed messages; each checks the signature itself."""
GUESTS = "/r/"
"""Where guests open their receipt by a link nobody can guess; the only thing answered by the public name."""
MACHINES = ("/api/", HOOKS, "/_nicegui")
"""Asked by scripts, so answered in JSON and never sent to the sign-in page."""
LONGEST_PATH = 1000
ODD_PATH = re.compile(r"//|\\|[\x00-\x1f\x7f]|(^|/)\.{1,2}(/|$)")


@dataclass(frozen=True)
class Place:
    """The host a request names: its name without brackets, and the port if one is said."""

    name: str
    port: int | None = None

    def without(self, default: int) -> Place:
        """The same place, the port left out when it is the usual one."""
        return Place(self.name) if self.port == default else self


def place(text: str) -> Place | None:
    """What a Host header says, or nothing when it says no host."""
    match = AUTHORITY.fullmatch(text.lower())
    if match is None:
        return None
    port = match["port"]
    return Place(match["name"].strip("[]"), int(port) if port else None)


@dataclass
class Hosts:
    """The names this kiosk answers to; others may be a foreign page that had its own name point here."""

    settings: Settings
    own: set[str] = field(init=False)
    extra: set[Place] = field(init=False)
    public: Place | None = field(init=False)

    def __post_init__(self) -> None:
        self.own = {"localhost", "127.0.0.1", "::1"}
        if self.settings.host in ANYWHERE:
            machine = socket.gethostname().lower()
            self.own |= {machine, f"{machine.split('.')[0]}.local"}
        else:
            self.own.add(self.settings.host.lower())
        self.extra = {found for name in self.settings.allowed_hosts if (found := place(name))}
        self.public = place(self.settings.public_url.partition("://")[2])

    def allow(self, named: Place, scheme: str, local_address: str | None) -> bool:
        """Whether a host may be named. `local_address` is the one of this machine that was connected to."""
        if self.is_extra(named):
            return True
        port = DEFAULT_PORT[scheme] if named.port is None else named.port
        is_here = local_address is not None and _is_same_address(named.name, local_address)
        return port == self.settings.port and (named.name in self.own or is_here)

    def is_public(self, named: Place) -> bool:
        """Whether this is the name by which guests open their receipts."""
        return self.public is not None and named.name == self.public.name

    def is_extra(self, named: Place) -> bool:
        """Whether the settings name this host, with this port or with whatever a proxy makes of it."""
        usual = {None, self.settings.port, *DEFAULT_PORT.values()}
        return named in self.extra or (Place(named.name) in self.extra and named.port in usual)


def _is_same_address(name: str, local_address: str) -> bool:
    one, other = _address(name), _address(local_address)
    return one is not None and one == other


def _address(text: str) -> ipaddress.IPv4Address | ipaddress.IPv6Address | None:
    try:
        address = ipaddress.ip_address(text)
    except ValueError:
        return None
    return getattr(address, "ipv4_mapped", None) or address


def is_own_origin(origin: str, named: Place, scheme: str, *, is_extra: bool) -> bool:
    """Whether a page that calls came from this kiosk: same scheme, host and port.

    A host from the settings may stand behind a proxy that speaks TLS for us.
    """
    from_scheme, _, authority = origin.partition("://")
    from_place = place(authority)
    if from_scheme not in DEFAULT_PORT or from_place is None:
        return False
    if from_scheme != scheme and not (is_extra and from_scheme == "https"):
        return False
    return from_place.without(DEFAULT_PORT[from_scheme]) == named.without(DEFAULT_PORT[scheme])


def is_invited(method: str, headers: Mapping[str, str]) -> bool:
    """Whether a call without an Origin may come in: from our own pages, typed in, or by something that is no browser.

    Following a link from elsewhere is allowed (it brings no cookie); being built into a foreign page is not.
    """
    site = headers.get("sec-fetch-site")
    if site in {None, "same-origin"}:
        return True
    if method not in SAFE:
        return False
    is_visit = headers.get("sec-fetch-mode") == "navigate" and headers.get("sec-fetch-dest", "document") == "document"
    return site == "none" or is_visit


def is_asset(path: str) -> bool:
    return path.startswith(ASSETS)


def is_public(method: str, path: str) -> bool:
    """Whether anybody may ask for this, on a paired device or not."""
    if method == "POST":
        return path.startswith(HOOKS)
    return method in SAFE and (path in PUBLIC or is_asset(path) or is_for_guests(path))


def is_for_guests(path: str) -> bool:
    return path.startswith(GUESTS)


def is_for_signing_in(method: str, path: str) -> bool:
    """Whether this is how somebody who is not signed in gets in, or out."""
    return path in SIGN_IN.get(method, ())


def is_for_machines(path: str) -> bool:
    return path.startswith(MACHINES)


def is_odd(path: str) -> bool:
    """Whether a path tries to climb out of where it starts, or is longer than any of ours."""
    return len(path) > LONGEST_PATH or ODD_PATH.search(path) is not None
