"""Our own files as browsers ask for them."""

from kiosk.ui import assets


def test_a_page_waits_for_two_files_of_ours_with_every_style_and_script_in_its_order() -> None:
    sheet, script = assets.bundle("screens.css"), assets.bundle("screens.js")
    for whole, names in ((sheet, (*assets.KIT, *assets.SCREENS)), (script, assets.SCRIPTS)):
        places = [whole.index((assets.STATIC / name).read_text(encoding="utf-8")) for name in names]
        assert places == sorted(places)
