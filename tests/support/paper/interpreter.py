"""From ESC/POS commands to rows on paper; what a printer would make rubbish of is told in `warnings`."""

from __future__ import annotations

import re
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace

from tests.support.paper.slips import Barcode, Line, Parted, Picture, QrCode, Row, Slip, Span, Style, dots_a_mm

EPSON: Mapping[int, str] = {
    **{0: "cp437", 2: "cp850", 3: "cp860", 4: "cp863", 5: "cp865", 13: "cp857", 14: "cp737", 15: "iso8859_7"},
    **{16: "cp1252", 17: "cp866", 18: "cp852", 19: "cp858", 32: "cp720", 33: "cp775", 34: "cp855", 35: "cp861"},
    **{36: "cp862", 37: "cp864", 38: "cp869", 39: "iso8859_2", 40: "iso8859_15", 44: "cp1125", 45: "cp1250"},
    **{46: "cp1251", 47: "cp1253", 48: "cp1254", 49: "cp1255", 50: "cp1256", 51: "cp1257", 52: "cp1258"},
}
"""Code pages by the number of `ESC t`, as Epson counts them."""
UNKNOWN = "\ufffd"
"""What stands on paper where a code page has no letter."""
NOT_OF_1987 = {"iso8859_7": {0xA4: UNKNOWN, 0xA5: UNKNOWN, 0xAA: UNKNOWN}}
"""Letters Python's table has and a printer's, which is older, has not: the euro."""
ALIGN = {0: "left", 48: "left", 1: "center", 49: "center", 2: "right", 50: "right"}
LEVELS = {48: "L", 49: "M", 50: "Q", 51: "H"}
KNIFE_MM = 10.0
"""How far the knife is above the head."""
SILENT = re.compile(rb"\x1b[ 23=RKr{Vcu]|\x1d[\x24/HLPTWfhw(I^b]|\x1c[.&!]|\x1b[BD(]")
"""Commands that put nothing on paper, or that only matter to a person's ear or eye."""


PLAIN = Style()


@dataclass
class Format:
    """What INIT sets back."""

    style: Style = PLAIN
    align: str = "left"
    code_page: str = "cp437"
    spacing: int = 30
    qr_text: str = ""
    qr_module: int = 3
    qr_level: str = "L"
    graphics: Picture | None = None


class Interpreter:
    """The part of a printer that prints: give it whole commands with `obey`."""

    def __init__(self, columns: int, dots: int, code_pages: Mapping[int, str] = EPSON) -> None:
        self.columns, self.dots, self._code_pages = columns, dots, code_pages
        self.slips: list[Slip] = []
        self.strip = Slip(dots=dots)
        self.warnings: list[str] = []
        self.pulse: Callable[[int, int], None] = lambda _pin, _ms: None
        self.rang = 0
        self.job = 0
        self._format = Format()
        self._spans: list[Span] = []
        self._is_picture_line = False
        self._orders = self._by_prefix()

    def forget(self) -> None:
        """What power off forgets: the line that is not printed yet, every setting."""
        self._format, self._spans = Format(), []

    def tear(self, how: Parted) -> None:
        """The slip comes off; what follows is on the next."""
        if self.strip.rows:
            self.strip.parted, self.strip.ended = how, time.perf_counter()
            self.slips.append(self.strip)
        self.strip = Slip(dots=self.dots)

    def obey(self, command: bytes) -> None:
        """Do what a whole command says."""
        if command[0] >= 0x20:
            self._text(command)
        elif order := self._orders.get(command[:2]) or self._orders.get(command[:1]):
            order(command)
        elif not SILENT.match(command):
            self.warnings.append(f"unknown command {command[:8].hex(' ')}")

    def _by_prefix(self) -> dict[bytes, Callable[[bytes], None]]:
        orders: dict[bytes, Callable[[bytes], None]] = {
            b"\n": lambda _: self._end_line(),
            b"\r": lambda _: None,
            b"\0": lambda _: None,
            b"\t": lambda _: self._tab(),
            b"\x1b@": lambda _: self._init(),
            b"\x1b!": self._select,
            b"\x1b-": lambda command: self._style(is_underlined=command[2] in {1, 2, 49, 50}),
            b"\x1bE": lambda command: self._style(is_bold=bool(command[2] & 1)),
            b"\x1bG": lambda command: self._style(is_bold=bool(command[2] & 1)),
            b"\x1bM": lambda command: self._style(is_small=command[2] in {1, 49}),
            b"\x1dB": lambda command: self._style(is_inverse=bool(command[2] & 1)),
            b"\x1d!": lambda command: self._style(width=(command[2] >> 4 & 7) + 1, height=(command[2] & 7) + 1),
            b"\x1b2": lambda _: self._space(30),
            b"\x1b3": lambda command: self._space(command[2]),
            b"\x1bJ": lambda command: self._feed(command[2]),
            b"\x1bd": lambda command: self._feed_lines(command[2]),
            b"\x1ba": self._align,
            b"\x1bt": self._select_page,
            b"\x1bp": lambda command: self.pulse(5 if command[2] in {1, 49} else 2, 2 * command[3]),
            b"\x1bB": lambda _: self._ring(),
            b"\x1b(": lambda command: self._ring() if command[2:3] == b"A" else None,
            b"\x1bi": lambda _: self._cut(Parted.FULL, is_fed=False),
            b"\x1bm": lambda _: self._cut(Parted.PARTIAL, is_fed=False),
            b"\x1b*": self._column_picture,
            b"\x1dV": self._cut_as,
            b"\x1dv": self._raster,
            b"\x1dk": self._barcode,
            b"\x1d(": self._extended,
            b"\x1d8": lambda command: self._graphics(command[7:]),
        }
        return orders

    def _init(self) -> None:
        self._spans = []
        self._format = Format()
        self.job += 1

    def _style(self, **words: bool | int) -> None:
        self._format.style = replace(self._format.style, **words)  # type: ignore[arg-type]

    def _select(self, command: bytes) -> None:
        bits = command[2]
        size = {"width": 2 if bits & 0x20 else 1, "height": 2 if bits & 0x10 else 1}
        marks = {"is_small": bool(bits & 1), "is_bold": bool(bits & 8), "is_underlined": bool(bits & 0x80)}
        self._style(**marks, **size)

    def _space(self, dots: int) -> None:
        self._format.spacing = dots

    def _ring(self) -> None:
        self.rang += 1

    def _align(self, command: bytes) -> None:
        if self._spans:
            self.warnings.append("ESC a inside a line is ignored")
        else:
            self._format.align = ALIGN.get(command[2], "left")

    def _select_page(self, command: bytes) -> None:
        if page := self._code_pages.get(command[2]):
            self._format.code_page = page
        else:
            self.warnings.append(f"no code page {command[2]}")

    def _text(self, letters: bytes) -> None:
        page = self._format.code_page
        for byte in letters:
            letter = NOT_OF_1987.get(page, {}).get(byte) or bytes((byte,)).decode(page, "replace")
            if letter == UNKNOWN or not letter.isprintable():
                self.warnings.append(f"{page} has no letter {byte:#04x}")
            self._add(letter)

    def _add(self, letter: str) -> None:
        style = self._format.style
        if self._used + style.cell[0] > self.dots:
            self.warnings.append(f"text beyond the width: {self._line_text!r}")
            self._end_line()
        if self._spans and self._spans[-1].style == style:
            self._spans[-1] = Span(self._spans[-1].text + letter, style)
        else:
            self._spans.append(Span(letter, style))

    @property
    def _used(self) -> int:
        return sum(len(span.text) * span.style.cell[0] for span in self._spans)

    @property
    def _line_text(self) -> str:
        return "".join(span.text for span in self._spans)

    def _tab(self) -> None:
        for _ in range(8 - len(self._line_text) % 8):
            self._add(" ")

    def _end_line(self) -> None:
        if self._is_picture_line and not self._spans:
            self._is_picture_line = False
            return
        advance = max([self._format.spacing, *(span.style.cell[1] for span in self._spans)])
        self._print(Line(tuple(self._spans), self._format.align, self.job, advance))
        self._spans = []

    def _print(self, row: Row) -> None:
        self.strip.began = self.strip.began or time.perf_counter()
        self.strip.rows.append(row)

    def _feed(self, dots: int) -> None:
        self._end_line() if self._spans else self._print(Line((), "left", self.job, dots))

    def _feed_lines(self, lines: int) -> None:
        if self._spans:
            self._end_line()
            lines -= 1
        for _ in range(lines):
            self._print(Line((), "left", self.job, self._format.spacing))

    def _cut_as(self, command: bytes) -> None:
        mode = command[2]
        self._cut(Parted.FULL if mode in {0, 48, 65, 97} else Parted.PARTIAL, is_fed=mode not in {0, 1, 48, 49})

    def _cut(self, how: Parted, *, is_fed: bool) -> None:
        if self._spans:
            self.warnings.append(f"a cut inside a line is ignored: {self._line_text!r}")
            return
        if not is_fed and self._mm_since_ink() < KNIFE_MM:
            self.warnings.append("the knife goes through the last lines: feed before the cut")
        self.tear(how)

    def _mm_since_ink(self) -> float:
        fed = 0
        for row in reversed(self.strip.rows):
            if not isinstance(row, Line) or row.text.strip():
                break
            fed += row.advance
        return fed / dots_a_mm(self.dots)

    def _picture(self, picture: Picture) -> None:
        if self._spans:
            self.warnings.append(f"a picture inside a line: {self._line_text!r}")
            self._end_line()
        if picture.width > (self.dots + 7) // 8 * 8:
            self.warnings.append(f"a picture of {picture.width} dots on paper of {self.dots}")
        self._print(picture)

    def _raster(self, command: bytes) -> None:
        across, down = 8 * int.from_bytes(command[4:6], "little"), int.from_bytes(command[6:8], "little")
        scale = (2 if command[3] & 1 else 1, 2 if command[3] & 2 else 1)
        self._picture(Picture(across, down, command[8:], self._format.align, self.job, scale))

    def _column_picture(self, command: bytes) -> None:
        across, deep = command[3] + 256 * command[4], 3 if command[2] >= 32 else 1
        scale = (1 if command[2] & 1 else 2, 1 if deep == 3 else 3)
        picture = turned(command[5:], across, deep)
        self._picture(replace(picture, align=self._format.align, job=self.job, scale=scale))
        self._is_picture_line = True

    def _graphics(self, parts: bytes) -> None:
        """`GS ( L` and `GS 8 L`: store a picture, print the one that is stored."""
        if parts[1] == 112:
            across, down = int.from_bytes(parts[6:8], "little"), int.from_bytes(parts[8:10], "little")
            self._format.graphics = Picture(across, down, parts[10:], scale=(parts[3], parts[4]))
        elif parts[1] in {2, 50} and self._format.graphics:
            self._picture(replace(self._format.graphics, align=self._format.align, job=self.job))
            self._format.graphics = None

    def _extended(self, command: bytes) -> None:
        kind, parts = command[2:3], command[5:]
        if kind == b"k" and parts[:1] == b"1":
            self._qr(parts[1], parts[2:])
        elif kind == b"L":
            self._graphics(parts)
        elif kind not in {b"D", b"E", b"K", b"H", b"C"}:
            self.warnings.append(f"unknown command {command[:8].hex(' ')}")

    def _qr(self, what: int, parts: bytes) -> None:
        if what == 67:
            self._format.qr_module = parts[0]
        elif what == 69:
            self._format.qr_level = LEVELS[parts[0]]
        elif what == 80:
            self._format.qr_text = parts[1:].decode("utf-8", "replace")
        elif what == 81:
            self._print_qr()

    def _print_qr(self) -> None:
        from tests.support.paper.drawing import qr_squares

        form = self._format
        if self._spans or not form.qr_text:
            self.warnings.append("a QR code inside a line, or of nothing, is not printed")
            return
        side = len(qr_squares(form.qr_text, form.qr_level)) * form.qr_module
        if side > self.dots:
            self.warnings.append(f"a QR code of {side} dots on paper of {self.dots} is not printed")
            return
        self._print(QrCode(form.qr_text, form.qr_module, form.qr_level, form.align, self.job, side))

    def _barcode(self, command: bytes) -> None:
        text = command[4:] if command[2] >= 65 else command[3:-1]
        self._print(Barcode(text.decode("ascii", "replace"), self._format.align, self.job, 162))


def turned(columns: bytes, across: int, deep: int) -> Picture:
    """A picture that came column by column, `deep` bytes each, row by row."""
    wide = (across + 7) // 8
    bits = bytearray(wide * 8 * deep)
    for x in range(across):
        column = int.from_bytes(columns[x * deep : (x + 1) * deep], "big")
        for y in range(8 * deep):
            if column >> (8 * deep - 1 - y) & 1:
                bits[y * wide + x // 8] |= 0x80 >> x % 8
    return Picture(wide * 8, 8 * deep, bytes(bits))
