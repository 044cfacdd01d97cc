"""What every page of the kiosk links: our own styles and scripts, and the icon font NiceGUI ships."""

import hashlib
from functools import cache
from pathlib import Path

import nicegui

STATIC = Path(__file__).parent / "static"
PREFIX = "/ui"
KIT = ("tokens.css", "kit.css", "frame.css")
"""Styles every page needs, in this order."""
SCREENS = (
    *("floor.css", "order.css", "kitchen.css", "settle.css", "door.css"),
    *("day.css", "close.css", "life.css", "paper.css"),
)
SCRIPTS = (
    "kiosk.js",
    "kiosk-net.js",
    "kiosk-live.js",
    "kiosk-wire.js",
    "kiosk-ui.js",
    "kiosk-approve.js",
    "kiosk-life.js",
    "kiosk-paper-sheets.js",
    "kiosk-paper.js",
    "kiosk-drawer.js",
    "kiosk-install.js",
)
BUNDLES = {"screens.css": (*KIT, *SCREENS), "screens.js": SCRIPTS}
"""What a browser has to have before it paints a page of NiceGUI's, each asked for and answered once."""
ICONS = f"/_nicegui/{nicegui.__version__}/static/fonts.css"
"""Declares 'Material Symbols Outlined' for pages that are not NiceGUI's own, such as the sign-in page."""


@cache
def version() -> str:
    """Ten letters that change with any of the files, so that tablets may keep them for ever."""
    digest = hashlib.sha256()
    for path in sorted(STATIC.rglob("*")):
        if path.is_file():
            digest.update(path.name.encode() + path.read_bytes())
    return digest.hexdigest()[:10]


def url(name: str) -> str:
    """Where a browser finds one of our static files."""
    return f"{PREFIX}/{version()}/{name}"


@cache
def bundle(name: str) -> str:
    """The files of a bundle, one after the other."""
    return "\n".join((STATIC / one).read_text(encoding="utf-8") for one in BUNDLES[name])


def styles(*names: str) -> str:
    """The <link> tags of these styles."""
    return "".join(f'<link rel="stylesheet" href="{url(name)}">' for name in names)


def scripts(*names: str) -> str:
    """The <script> tags of these scripts, run in order before the page is drawn."""
    return "".join(f'<script src="{url(name)}"></script>' for name in names)


THEME = """<script>(function(){
  var kept=/(?:^|; )kiosk_theme=(dark|light)/.exec(document.cookie),theme=kept?kept[1]:"dark";
  document.documentElement.dataset.theme=theme;
  var scheme=document.querySelector('meta[name="color-scheme"]');if(scheme)scheme.content=theme;
})();</script>
<style>html{background:#0A1322;color-scheme:dark}html[data-theme="light"]{background:#E8EDF4;color-scheme:light}</style>"""
"""Sets the remembered theme before the first paint; goes first into <head>."""
