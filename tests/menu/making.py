"""Makes venues and menus for tests of the menu."""

from typing import Any

from sqlalchemy import insert, select

from kiosk.core.actor import Actor, command_line
from kiosk.core.db import Database, Tx
from kiosk.core.models import Venue
from kiosk.menu import service
from kiosk.menu.changes import MenuChange
from kiosk.menu.models import Item, Modifier, Portion
from menus.document import Category, Daypart, MenuDocument, ModifierGroup, Step, TaxClass, Window
from menus.document import Choice as Part
from menus.document import Item as Dish
from menus.document import Modifier as Choice
from menus.document import Portion as Size

VENUE = 1
OWNER: Actor = command_line(VENUE)


async def open_venue(db: Database, **differently: Any) -> None:
    """A venue in Rome that counts in euros, or as it is said."""
    venue = {"id": VENUE, "name": "Trattoria", "currency_code": "EUR", "locale": "en", "timezone": "Europe/Rome"}

    async def gesture(tx: Tx) -> None:
        await tx.change(insert(Venue).values(**{**venue, **differently}))

    await db.run(gesture)


def dish(code: str, price: int = 1200, **differently: Any) -> Dish:
    return Dish(**{"code": code, "name": code.title(), "portions": [Size(code="one", price=price)], **differently})


def menu(*categories: Category, **differently: Any) -> MenuDocument:
    return MenuDocument(
        **{"name": "Card", "currency": "EUR", "tax_classes": TAXES, "categories": categories, **differently}
    )


TAXES = [
    TaxClass(code="food", name="Food", eat_in_ppm=100_000, take_away_ppm=50_000),
    TaxClass(code="drinks", name="Drinks", eat_in_ppm=220_000, take_away_ppm=220_000),
]
DONENESS = ModifierGroup(
    code="doneness",
    name="how it is cooked",
    min=1,
    max=1,
    modifiers=[Choice(code="rare", name="Rare"), Choice(code="done", name="Well done", default=True)],
)
EXTRAS = ModifierGroup(
    code="extras",
    name="Extras",
    max=2,
    modifiers=[
        Choice(code="rucola", name="Rucola", price=100),
        Choice(code="grana", name="Grana", price=150),
        Choice(code="no-oil", name="No oil", price=-50),
    ],
)
LUNCH = Daypart(code="lunch", name="Lunch", start="12:00", end="15:00", weekdays=[1, 2, 3, 4, 5])
NIGHT = Daypart(
    code="night", name="Late", start="22:00", end="02:00", weekdays=[5, 6], more=[Window(start="22:00", end="23:30")]
)


def full_card(tagliata_price: int = 2150) -> MenuDocument:
    """A small menu that uses every word of the language."""
    tagliata = Dish(
        code="tagliata",
        name="Tagliata",
        names={"de": "Rinderstreifen", "ja": "タリアータ"},
        description="Sliced beef.\nWith rucola.",
        descriptions={"de": "Mit Rucola."},
        kitchen_name="TAGL",
        allergens=["milk"],
        modifier_groups=["doneness", "extras"],
        portions=[
            Size(code="half", name="Half", names={"de": "Halbe"}, price=1250),
            Size(code="full", name="Full", price=tagliata_price, default=True),
        ],
    )
    mains = Category(
        code="mains",
        name="Mains",
        names={"it": "Secondi"},
        course=2,
        stations=["grill"],
        icon="outdoor_grill",
        items=[tagliata, dish("fish", open_price=True, stations=["grill", "pass"], course=3)],
    )
    wine = Category(
        code="wine", name="Wine", items=[dish("house", 600, tax_class="drinks"), dish("port", 700, dayparts=["night"])]
    )
    drinks = Category(
        code="drinks",
        name="Drinks",
        course=0,
        stations=["bar"],
        dayparts=[],
        items=[dish("water", 250)],
        categories=[wine],
    )
    lunch = Category(code="menu", name="Lunch menu", dayparts=["lunch"], items=[dish("pasta", 900)])
    return menu(mains, drinks, lunch, dayparts=[LUNCH, NIGHT], modifier_groups=[DONENESS, EXTRAS])


async def load(db: Database, document: MenuDocument) -> MenuChange:
    async def gesture(tx: Tx) -> MenuChange:
        return await service.load_menu(tx, document, by=OWNER)

    return await db.run(gesture)


async def item_id(db: Database, code: str) -> int:
    async with db.read() as read:
        return int((await read.session.execute(select(Item.id).where(Item.code == code))).scalar_one())


async def portion_id(db: Database, item: str, code: str = "one") -> int:
    mine = select(Portion.id).join(Item, Item.id == Portion.item_id).where(Item.code == item, Portion.code == code)
    async with db.read() as read:
        return int((await read.session.execute(mine)).scalar_one())


async def modifier_ids(db: Database, *codes: str) -> list[int]:
    async with db.read() as read:
        rows = (await read.session.execute(select(Modifier.code, Modifier.id).where(Modifier.code.in_(codes)))).all()
    found = {row.code: row.id for row in rows}
    return [found[code] for code in codes]


async def stock(db: Database, item: int) -> tuple[bool, int | None]:
    """86 and countdown as the row has them."""
    async with db.read() as read:
        row = (await read.session.execute(select(Item.is_out, Item.portions_left).where(Item.id == item))).one()
    return row.is_out, row.portions_left


async def declare(db: Database, item: int, *, is_out: bool = False, left: int | None = None, by: Actor = OWNER) -> None:
    async def gesture(tx: Tx) -> None:
        await service.eighty_six(tx, item, is_out=is_out, portions_left=left, by=by)

    await db.run(gesture)


async def take(db: Database, counts: dict[int, int]) -> None:
    async def gesture(tx: Tx) -> None:
        await service.take_stock(tx, counts, by=OWNER)

    await db.run(gesture)


def lunch_card(price: int = 2000) -> MenuDocument:
    """Two dishes, a wine with a tax of its own, and a set menu of them at one price."""
    sizes = [Size(code="half", name="Half", price=800), Size(code="full", name="Full", price=1200)]
    pasta = dish("pasta", portions=sizes, stations=["pasta"], modifier_groups=["doneness", "extras"])
    food = Category(
        code="food", name="Food", course=2, stations=["grill"], items=[dish("soup", 600), pasta, dish("fish", 2000)]
    )
    wine = dish("wine", 500, tax_class="drinks", course=0, stations=["bar"], favourite=True)
    steps = [
        Step(code="starter", name="Starter", course=1, choices=[Part(item="soup"), Part(item="pasta", portion="half")]),
        Step(code="main", name="Main", choices=[Part(item="pasta", portion="full"), Part(item="fish", price=300)]),
        Step(code="drink", name="Drink", min=0, max=2, choices=[Part(item="wine", category="bar")]),
    ]
    return menu(
        food,
        Category(code="bar", name="Bar", items=[wine]),
        Category(code="sets", name="Set menus", items=[dish("lunch", price, combo=steps)]),
        modifier_groups=[DONENESS, EXTRAS],
    )
