"""The fonts of this machine: which of them has a letter. Pillow takes no second font by itself, so we choose."""

from __future__ import annotations

import os
import sys
import unicodedata
from collections.abc import Iterator
from functools import cache, lru_cache
from pathlib import Path

from PIL import ImageFont, features

SHIPPED = tuple(Path(__file__).parents[1] / folder for folder in ("ui/static/fonts", "payments/fonts"))
"""Our own, for machines that have none: Latin, Greek, Cyrillic and Arabic letters."""
SHAPED = {
    *("ARABIC", "HEBREW", "SYRIAC", "THAANA"),
    *("DEVANAGARI", "BENGALI", "GURMUKHI", "GUJARATI", "ORIYA", "TAMIL", "TELUGU", "KANNADA", "MALAYALAM", "SINHALA"),
    *("THAI", "LAO", "TIBETAN", "MYANMAR", "KHMER"),
}
"""Scripts whose letters change with their neighbours or run to the left: without RAQM they would come out wrong."""
_COMMON = (
    "NotoSans-Bold.ttf",
    "DejaVuSans-Bold.ttf",
    "LiberationSans-Bold.ttf",
    "Arialbd.ttf",
    "Arial Bold.ttf",
    "NotoSans-Regular.ttf",
    "DejaVuSans.ttf",
    "LiberationSans-Regular.ttf",
    "IBMPlexSans-SemiBold.ttf",
    "IBMPlexSansArabic-SemiBold.ttf",
    "ibm-plex-sans-latin-wdth-normal.woff2",
    "ibm-plex-sans-latin-ext-wdth-normal.woff2",
    "ibm-plex-sans-cyrillic-wdth-normal.woff2",
    "ibm-plex-sans-greek-wdth-normal.woff2",
    "ibm-plex-sans-vietnamese-wdth-normal.woff2",
)
_OF_MANY = (
    "NotoSansCJK-Bold.ttc",
    "NotoSansCJK-Regular.ttc",
    "NotoSansCJK-VF.ttc",
    "wqy-microhei.ttc",
    "wqy-zenhei.ttc",
    "DroidSansFallbackFull.ttf",
    "DroidSansFallback.ttf",
    "NotoSansSymbols-Regular.ttf",
    "NotoSansSymbols2-Regular.ttf",
    "Arial Unicode.ttf",
    "Arialuni.ttf",
    "Arial.ttf",
    "Nirmala.ttf",
    "Nirmala.ttc",
    "Leelawui.ttf",
    "Tahoma.ttf",
    "msyh.ttc",
    "msgothic.ttc",
    "malgun.ttf",
    "PingFang.ttc",
    "Hiragino Sans GB.ttc",
    "AppleSDGothicNeo.ttc",
)
_STYLES = (
    "NotoSans{}-Bold.ttf",
    "NotoSans{}-Regular.ttf",
    "NotoSans{}[wght].ttf",
    "NotoSans{}[wdth,wght].ttf",
    "NotoSans{}-VF.ttf",
    "NotoSerif{}-Regular.ttf",
)
_EXAMPLES = {
    "Arabic": "\u0645",
    "Hebrew": "\u05de",
    "Devanagari (Hindi)": "\u0930",
    "Thai": "\u0e04",
    "Chinese": "\u53a8",
    "Japanese": "\u30ad",
    "Korean": "\ud55c",
    "Greek": "\u03a9",
    "Cyrillic": "\u041a",
}
_NOTHING = "\uffff"


def missing_scripts() -> list[str]:
    """The scripts that no font of this machine has, for people who set up printers."""
    return [script for script, letter in _EXAMPLES.items() if file_for(letter) is None]


@lru_cache(8192)
def file_for(letter: str) -> Path | None:
    """The font file that has this letter, the heaviest first; None where none has it or it cannot be shaped."""
    script = unicodedata.name(letter, "").partition(" ")[0]
    if script in SHAPED and not shapes():
        return None
    return next((path for path in _candidates(script) if has(path, letter)), None)


@cache
def shapes() -> bool:
    """Whether Pillow can shape letters and let them run to the left: its RAQM finds FriBidi on this machine."""
    return bool(features.check("raqm"))


def _candidates(script: str) -> Iterator[Path]:
    names = (*_COMMON, *(style.format(script.title()) for style in _STYLES), *_OF_MANY)
    found = installed()
    return (found[name.lower()] for name in names if name.lower() in found)


@lru_cache(8192)
def has(path: Path, letter: str) -> bool:
    """Whether a font has a letter: what it lacks, it draws like what no font has."""
    nothing = _nothing(path)
    return nothing is not None and _drawn(path, letter) != nothing


@lru_cache(256)
def _nothing(path: Path) -> tuple[tuple[int, int], bytes] | None:
    return _drawn(path, _NOTHING)


def _drawn(path: Path, letter: str) -> tuple[tuple[int, int], bytes] | None:
    try:
        mask = opened(path, 12).getmask(letter)
    except OSError:
        return None
    return mask.size, bytes(mask)


@lru_cache(256)
def opened(path: Path, size: int) -> ImageFont.FreeTypeFont:
    """A font at a height in dots."""
    engine = ImageFont.Layout.RAQM if shapes() else ImageFont.Layout.BASIC
    return ImageFont.truetype(path, size, layout_engine=engine)


@cache
def installed() -> dict[str, Path]:
    """Every font file of this machine and of ours, by its name in small letters."""
    found: dict[str, Path] = {}
    for folder in (*_folders(), *SHIPPED):
        for inside, _, names in os.walk(folder):
            found |= {name.lower(): Path(inside, name) for name in names}
    return found


def _folders() -> Iterator[Path]:
    """Where fontconfig looks, and where Windows and macOS keep theirs; what stands later wins."""
    home = Path.home()
    if sys.platform == "win32":
        yield Path(os.environ.get("WINDIR", "C:/Windows"), "Fonts")
        return
    yield from (Path("/System/Library/Fonts"), Path("/Library/Fonts"), home / "Library/Fonts")
    shared = os.environ.get("XDG_DATA_DIRS") or "/usr/local/share:/usr/share"
    yield from (Path(folder, "fonts") for folder in reversed(shared.split(":")))
    yield from (home / ".fonts", Path(os.environ.get("XDG_DATA_HOME") or home / ".local/share", "fonts"))
