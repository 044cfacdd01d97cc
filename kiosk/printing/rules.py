"""What a printer can be set up as; no rows, no clock."""

from __future__ import annotations

import ipaddress
import re
import unicodedata
from collections.abc import Mapping
from pathlib import PurePath
from typing import Any

from kiosk.printing import codepages
from kiosk.printing.errors import AddressRefused, PrinterCodeRefused, PrinterNeedsName, SetUpRefused

RAW_PORT = 9100
INSIDE = [
    ipaddress.ip_network(net)
    for net in ("10.0.0.0/8", "172.16.0.0/12", "192.168.0.0/16", "169.254.0.0/16", "127.0.0.0/8")
] + [ipaddress.ip_network(net) for net in ("::1/128", "fc00::/7", "fe80::/10")]
"""Networks of a house. A printer takes orders from anybody, and the kiosk sends guests' names to no stranger."""
LIMITS = {
    "columns": (20, 64),
    "dots": (160, 1024),
    "code_page_no": (0, 255),
    "till": (1, 99),
    "backup_after_s": (5, 3600),
}
"""The least and the most of each figure of a set-up."""
CODE = re.compile(r"[a-z0-9][a-z0-9-]{0,39}")
ROLE = re.compile(r"[a-z0-9][a-z0-9_:.-]{0,79}")
LANGUAGE = re.compile(r"[a-z]{2,3}([-_][A-Za-z0-9]{2,8})?")
USB = re.compile(r"[0-9a-f]{4}:[0-9a-f]{4}", re.IGNORECASE)
SERIAL = re.compile(r"(?P<port>(/dev/|COM)[\w./-]+)(@(?P<baud>\d{3,7}))?")
CUPS = re.compile(r"[A-Za-z0-9_][A-Za-z0-9_.-]{0,126}")


def tcp_address(address: str) -> tuple[str, int]:
    """Host and port of `192.168.1.50`, `192.168.1.50:9100` or `[fd00::50]:9100`. Raises AddressRefused."""
    host, port = _parted(address.strip())
    try:
        number = ipaddress.ip_address(host)
    except ValueError as unknown:
        raise AddressRefused(
            f"“{address}” is no address of a printer. Write its number, such as 192.168.1.50."
        ) from unknown
    if not any(number in net for net in INSIDE if net.version == number.version):
        raise AddressRefused(f"{host} is outside the house. A printer has an address such as 192.168.1.50.")
    if not 1024 <= port <= 65535:
        raise AddressRefused(f"{port} is no port of a printer. Most listen on {RAW_PORT}.")
    return str(number), port


def _parted(address: str) -> tuple[str, int]:
    if address.startswith("["):
        host, _, port = address[1:].partition("]")
        port = port.removeprefix(":")
    elif address.count(":") > 1:
        host, port = address, ""
    else:
        host, _, port = address.partition(":")
    return host, int(port) if port.isascii() and port.isdigit() else (0 if port else RAW_PORT)


def usb_address(address: str) -> tuple[int, int]:
    """Maker and model of `04b8:0e15`. Raises AddressRefused."""
    if not USB.fullmatch(address.strip()):
        raise AddressRefused(f"“{address}” is no USB printer. Write its maker and model, such as 04b8:0e15.")
    maker, _, model = address.strip().partition(":")
    return int(maker, 16), int(model, 16)


def serial_address(address: str) -> tuple[str, int]:
    """Port and speed of `/dev/ttyUSB0` or `/dev/ttyUSB0@19200`; 9600 where none is named. Raises AddressRefused."""
    found = SERIAL.fullmatch(address.strip())
    if not found or ".." in found["port"]:
        raise AddressRefused(f"“{address}” is no serial port. Write one such as /dev/ttyUSB0@19200 or COM3@9600.")
    return found["port"], int(found["baud"] or 9600)


def cups_address(address: str) -> str:
    """The name of a print queue of this computer. Raises AddressRefused."""
    if not CUPS.fullmatch(address.strip()):
        raise AddressRefused(f"“{address}” is no print queue. Write its name as the computer knows it.")
    return address.strip()


def folder_address(address: str) -> str:
    """A folder by its whole path, or nothing for the kiosk's own. Raises AddressRefused."""
    if address and not PurePath(address).is_absolute():
        raise AddressRefused(f"“{address}” is no whole path of a folder. Leave it empty to use the kiosk's own.")
    return address


READ_AS = {
    "tcp": tcp_address,
    "usb": usb_address,
    "serial": serial_address,
    "cups": cups_address,
    "file": folder_address,
}
"""How the address of each kind is read."""


def check_code(code: str) -> str:
    """A short name. Raises PrinterCodeRefused."""
    if not CODE.fullmatch(code):
        raise PrinterCodeRefused
    return code


def clean_name(name: str) -> str:
    """A name as it is kept. Raises PrinterNeedsName."""
    clean = " ".join(unicodedata.normalize("NFC", name).split())
    if not 0 < len(clean) <= 60 or any(unicodedata.category(one)[0] == "C" for one in clean):
        raise PrinterNeedsName
    return clean


def check_set_up(told: Mapping[str, Any]) -> None:
    """Refuse figures and words no printer has; `told` is only what is said. Raises SetUpRefused."""
    for name, (least, most) in LIMITS.items():
        value = told.get(name)
        if value is not None and not (type(value) is int and least <= value <= most):
            raise SetUpRefused(f"{_said(name)} must be between {least} and {most}.")
    if told.get("dots", 8) % 8:
        raise SetUpRefused("The dots across the paper are a multiple of 8, such as 512.")
    if not LANGUAGE.fullmatch(told.get("language", "en")):
        raise SetUpRefused(f"“{told['language']}” is no language. Write it as en, it or de.")
    _check_code_page(told.get("code_page", "CP858"))
    for role in told.get("prints", ()):
        if not isinstance(role, str) or not ROLE.fullmatch(role):
            raise SetUpRefused(f"“{role}” is nothing a printer prints. Known are receipt, bill, report and stations.")


def _check_code_page(name: str) -> None:
    try:
        codepages.page(name)
    except LookupError as unknown:
        raise SetUpRefused(f"“{name}” is no code page. Most printers know CP858 or WPC1252.") from unknown


def _said(name: str) -> str:
    words = {"columns": "The letters in a row", "dots": "The dots across the paper", "till": "The till"}
    words |= {"code_page_no": "The number of the code page", "backup_after_s": "The seconds until the backup prints"}
    return words[name]
