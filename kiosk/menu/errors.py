"""What the menu refuses."""

from __future__ import annotations

from kiosk.core.errors import NotFound, Refused


class PortionGone(NotFound):
    def __init__(self) -> None:
        super().__init__("This is no longer on the menu. Look at the menu again and choose something else.")


class ItemUnknown(NotFound):
    def __init__(self) -> None:
        super().__init__("There is no such item on the menu any more. Look at the menu again.")


class SoldOut(Refused):
    def __init__(self, name: str) -> None:
        super().__init__(f"{name} is sold out. Take it off or offer something else.")
        self.name = name


class NotEnoughLeft(Refused):
    def __init__(self, name: str, left: int) -> None:
        few = f"Only {left} of {name} are left" if left > 1 else f"Only one {name} is left"
        few = few if left else f"{name} is sold out"
        super().__init__(f"{few}. Nothing was sent; change the check and send again.")
        self.name = name
        self.left = left


class NotServedNow(Refused):
    def __init__(self, name: str, daypart: str) -> None:
        super().__init__(f"{name} is served at {daypart}, not now. Offer something else.")
        self.name = name
        self.daypart = daypart


class ModifierForeign(Refused):
    def __init__(self, item: str) -> None:
        super().__init__(f"One of the choices does not belong to {item} (any more). Open it again and choose.")


class ChoiceMissing(Refused):
    def __init__(self, group: str, item: str, least: int) -> None:
        many = "" if least == 1 else f"{least} times "
        super().__init__(f"Choose {many}“{group}” for {item}.")
        self.group = group


class ChoiceTooMany(Refused):
    def __init__(self, group: str, item: str, most: int) -> None:
        super().__init__(f"At most {most} of “{group}” can be chosen for {item}. Take some back.")
        self.group = group


class PrefixUnfit(Refused):
    def __init__(self, modifier: str, item: str) -> None:
        super().__init__(f"No, extra and on the side cannot be said of “{modifier}” for {item}. Choose it or leave it.")


class PrefixTwice(Refused):
    def __init__(self, modifier: str, item: str) -> None:
        super().__init__(f"“{modifier}” is said twice for {item}. Keep one of no, extra and on the side.")


class ComboUnopened(Refused):
    def __init__(self, name: str) -> None:
        super().__init__(f"{name} is a set menu. Open it and choose its dishes.")


class ComboEmpty(Refused):
    def __init__(self, name: str) -> None:
        super().__init__(f"Nothing is chosen of {name}. Choose at least one dish.")


class NotACombo(Refused):
    def __init__(self, name: str) -> None:
        super().__init__(f"{name} is not a set menu (any more). Look at the menu again and ring it as it is.")


class ComboNotCounted(Refused):
    def __init__(self, name: str) -> None:
        super().__init__(f"{name} is a set menu: its dishes are counted, not itself. Say how many are left of a dish.")


class PortionsLeftOutOfRange(Refused):
    def __init__(self, most: int) -> None:
        super().__init__(f"The portions left are a number from 0 to {most}. Type another, or none for no limit.")


class CurrencyDiffers(Refused):
    def __init__(self, written: str, kept: str, venue: str) -> None:
        super().__init__(f"The menu's prices are in {written}, but {venue} counts in {kept}. Correct its currency.")


class NoMenuYet(Refused):
    def __init__(self) -> None:
        super().__init__("There is no menu yet. Import one with: kiosk menu import FILE")
