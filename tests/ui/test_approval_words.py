"""The approval sheet tells a manager what is approved, whichever permission the server names."""

import re

from kiosk.core.actor import Permission
from kiosk.ui import assets

SHEET = (assets.STATIC / "kiosk-approve.js").read_text(encoding="utf-8")


def words() -> dict[str, str]:
    table = re.search(r"const WORDS = \{(.*?)\n  \};", SHEET, re.DOTALL)
    assert table
    return dict(re.findall(r'(\w+): "([^"]+)"', table[1]))


def test_every_permission_has_words_of_its_own_on_the_approval_sheet() -> None:
    told = words()
    assert set(told) == {str(permission) for permission in Permission}
    assert len(set(told.values())) == len(told)
    assert (told["refund"], told["correct_tender"]) == ("Give money back", "Put right how it was paid")
