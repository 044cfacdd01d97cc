"""The menu document: everything a menu says, typed and checked.

Prices are whole minor units of the menu's currency, tax rates whole parts per million. Whoever holds a `MenuDocument`
holds a menu without faults: codes are unique among their siblings and every reference finds what it names.
"""

from collections.abc import Iterator
from typing import Annotated, Self

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, field_validator, model_validator

from menus import faults, money, texts


def _once_each(entries: list[str]) -> list[str]:
    return list(dict.fromkeys(entries))


def _said(by_language: dict[str, str]) -> dict[str, str]:
    return {language: text for language, text in by_language.items() if text}


Name = Annotated[str, AfterValidator(texts.name)]
ShortName = Annotated[str, AfterValidator(texts.short_name)]
Paragraphs = Annotated[str, AfterValidator(texts.paragraphs)]
Code = Annotated[str, AfterValidator(texts.code)]
Language = Annotated[str, AfterValidator(texts.language)]
Names = Annotated[dict[Language, ShortName], AfterValidator(_said)]
Descriptions = Annotated[dict[Language, Paragraphs], AfterValidator(_said)]
Codes = Annotated[list[Code], AfterValidator(_once_each)]
Labels = Annotated[list[Name], AfterValidator(_once_each)]
Clock = Annotated[str, AfterValidator(texts.clock)]
Price = Annotated[int, Field(strict=True, ge=0, le=money.HIGHEST_PRICE)]
Surcharge = Annotated[int, Field(strict=True, ge=-money.HIGHEST_PRICE, le=money.HIGHEST_PRICE)]
Rate = Annotated[int, Field(strict=True, ge=0, le=1_000_000)]
Course = Annotated[int, Field(strict=True, ge=0, le=20)]
Count = Annotated[int, Field(strict=True, ge=0, le=1000)]
Flag = Annotated[bool, Field(strict=True)]
Weekday = Annotated[int, Field(strict=True, ge=1, le=7)]


class Part(BaseModel):
    """What every part of the document has in common: it cannot change, and takes no unknown words."""

    model_config = ConfigDict(frozen=True, extra="forbid")


class TaxClass(Part):
    """A class of goods and its tax rates in parts per million, eaten in and taken away."""

    code: Code
    name: Name
    eat_in_ppm: Rate
    take_away_ppm: Rate


class Window(Part):
    """Hours "HH:MM" on weekdays (1 is Monday) in the venue's time. An end before the start is on the next day."""

    start: Clock
    end: Clock
    weekdays: Annotated[list[Weekday], Field(min_length=1)] = [1, 2, 3, 4, 5, 6, 7]

    @field_validator("weekdays")
    @classmethod
    def _in_order(cls, weekdays: list[int]) -> list[int]:
        return sorted(set(weekdays))


class Daypart(Window):
    """A part of the day in which something is on the menu; `more` has the further windows of a divided one."""

    code: Code
    name: Name
    more: list[Window] = []

    @property
    def windows(self) -> list[Window]:
        """All its windows, the first included."""
        return [self, *self.more]


class Modifier(Part):
    """One choice of a group; its price in minor units is added to the line's and may be negative."""

    code: Code
    name: Name
    names: Names = {}
    price: Surcharge = 0
    default: Flag = False


class ModifierGroup(Part):
    """Choices on a line, of which at least `min` and at most `max` are taken.

    `prefixes`: may "no", "extra" and "on the side" be said of them? None means of those of an optional group.
    """

    code: Code
    name: Name
    names: Names = {}
    min: Count = 0
    max: Count = 1
    prefixes: Flag | None = None
    modifiers: list[Modifier]


class Portion(Part):
    """A size of an item with its price in minor units. The name of an item's only portion may be empty.

    `cost` is what the goods of one cost the house, tax apart; None where nobody has said so.
    """

    code: Code
    name: ShortName = ""
    names: Names = {}
    price: Price
    default: Flag = False
    cost: Price | None = None


class Choice(Part):
    """A dish that can be chosen in a step of a set menu, by codes, and what it costs on top in minor units.

    The category is named where the item's code alone does not tell; no portion means the one a tap rings.
    """

    item: Code
    category: Code | None = None
    portion: Code | None = None
    price: Price = 0


class Step(Part):
    """A part of a set menu, of whose choices at least `min` and at most `max` are taken; the same one may be twice.

    Its course is where its dishes are served in; without one each is served in its own.
    """

    code: Code
    name: Name
    min: Count = 1
    max: Count = 1
    course: Course | None = None
    choices: list[Choice]


class Item(Part):
    """What a guest can order. Empty stations and dayparts and no course mean its category's; no tax class the first.

    With a `combo` it is a set menu: its portions' prices are for all of it, its dishes are taxed and routed each alone.
    """

    code: Code
    name: Name
    names: Names = {}
    description: Paragraphs = ""
    descriptions: Descriptions = {}
    kitchen_name: Name | None = None
    tax_class: Code | None = None
    stations: Codes = []
    course: Course | None = None
    allergens: Labels = []
    dayparts: Codes = []
    modifier_groups: Codes = []
    portions: list[Portion]
    open_price: Flag = False
    favourite: Flag = False
    combo: list[Step] | None = None

    @field_validator("portions")
    @classmethod
    def _with_a_default(cls, portions: list[Portion]) -> list[Portion]:
        if not portions or any(portion.default for portion in portions):
            return portions
        return [portions[0].model_copy(update={"default": True}), *portions[1:]]

    @property
    def default_portion(self) -> Portion:
        """The portion one tap rings."""
        return next(portion for portion in self.portions if portion.default)


class Category(Part):
    """A page of the menu, its items, and the categories within it (one level only).

    Where an inner category has no stations, dayparts or course, those of the outer one hold.
    """

    code: Code
    name: Name
    names: Names = {}
    description: Paragraphs = ""
    icon: Name | None = None
    course: Course | None = None
    stations: Codes = []
    dayparts: Codes = []
    items: list[Item] = []
    categories: "list[Category]" = []


class MenuDocument(Part):
    """A whole menu. Raises pydantic's ValidationError, with all faults in one sentence each, when anything is wrong."""

    name: Name
    currency: Annotated[str, AfterValidator(money.currency_code)]
    tax_classes: Annotated[list[TaxClass], Field(min_length=1)]
    dayparts: list[Daypart] = []
    modifier_groups: list[ModifierGroup] = []
    categories: list[Category]

    @model_validator(mode="after")
    def _without_faults(self) -> Self:
        if found := list(faults.faults_of(self)):
            raise ValueError(" ".join(f"{fault.where}: {fault.sentence}" for fault in found))
        return self

    def all_categories(self) -> Iterator[tuple[Category | None, Category]]:
        """Every category with the one it lies in (None at the top), in the order of the menu."""
        for category in self.categories:
            yield None, category
            for inner in category.categories:
                yield category, inner

    def all_items(self) -> Iterator[tuple[Category, Item]]:
        """Every item with its category, in the order of the menu."""
        for _, category in self.all_categories():
            for item in category.items:
                yield category, item
