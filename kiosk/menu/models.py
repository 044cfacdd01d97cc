"""Rows of the menu: categories, items, portions, modifiers, tax classes, dayparts."""

from __future__ import annotations

from datetime import date

from sqlalchemy import Boolean, Date, ForeignKey, Integer, Text, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column

from kiosk.core.tables import Amount, Base, Code, Document, Id, Name, table_args


class TaxClass(Base):
    """A tax class with its rates for eating in and taking away, in parts per million."""

    __tablename__ = "tax_classes"
    __table_args__ = table_args(UniqueConstraint("venue_id", "code"))

    id: Mapped[int] = mapped_column(Id, primary_key=True, autoincrement=False)
    venue_id: Mapped[int] = mapped_column(Id, ForeignKey("venues.id"))
    code: Mapped[str] = mapped_column(Code)
    name: Mapped[str] = mapped_column(Name)
    eat_in_ppm: Mapped[int] = mapped_column(Integer)
    take_away_ppm: Mapped[int] = mapped_column(Integer)
    position: Mapped[int] = mapped_column(Integer)
    active: Mapped[bool] = mapped_column(Boolean, default=True)


class Daypart(Base):
    """A time of day and week in which parts of the menu are offered; `windows` are {start, end, weekdays}."""

    __tablename__ = "dayparts"
    __table_args__ = table_args(UniqueConstraint("venue_id", "code"))

    id: Mapped[int] = mapped_column(Id, primary_key=True, autoincrement=False)
    venue_id: Mapped[int] = mapped_column(Id, ForeignKey("venues.id"))
    code: Mapped[str] = mapped_column(Code)
    name: Mapped[str] = mapped_column(Name)
    windows: Mapped[list[dict[str, object]]] = mapped_column(Document)
    position: Mapped[int] = mapped_column(Integer)
    active: Mapped[bool] = mapped_column(Boolean, default=True)


class Category(Base):
    """A part of the menu, nested once; its stations, course and dayparts are what its items fall back on.

    Its code is its own among the categories that lie beside it.
    """

    __tablename__ = "categories"
    __table_args__ = table_args(UniqueConstraint("venue_id", "parent_id", "code"))

    id: Mapped[int] = mapped_column(Id, primary_key=True, autoincrement=False)
    venue_id: Mapped[int] = mapped_column(Id, ForeignKey("venues.id"))
    parent_id: Mapped[int | None] = mapped_column(Id, ForeignKey("categories.id"), nullable=True)
    code: Mapped[str] = mapped_column(Code)
    name: Mapped[str] = mapped_column(Name)
    names: Mapped[dict[str, str]] = mapped_column(Document, default=dict)
    description: Mapped[str] = mapped_column(Text, default="")
    icon: Mapped[str | None] = mapped_column(Name, nullable=True)
    course: Mapped[int | None] = mapped_column(Integer, nullable=True)
    stations: Mapped[list[str]] = mapped_column(Document, default=list)
    dayparts: Mapped[list[str]] = mapped_column(Document, default=list)
    position: Mapped[int] = mapped_column(Integer)
    active: Mapped[bool] = mapped_column(Boolean, default=True)


class Item(Base):
    """A dish or drink. `portions_left` counts down when it is not null; `is_out` is 86; both end on `back_on_day`.

    An item with a `combo` is a set menu: steps {code, name, least, most, choices}, priced as a whole.
    Its code is its own within its category; without a tax class it has the menu's first.
    """

    __tablename__ = "items"
    __table_args__ = table_args(UniqueConstraint("category_id", "code"))

    id: Mapped[int] = mapped_column(Id, primary_key=True, autoincrement=False)
    venue_id: Mapped[int] = mapped_column(Id, ForeignKey("venues.id"))
    category_id: Mapped[int] = mapped_column(Id, ForeignKey("categories.id"))
    tax_class_id: Mapped[int | None] = mapped_column(Id, ForeignKey("tax_classes.id"), nullable=True)
    code: Mapped[str] = mapped_column(Code)
    name: Mapped[str] = mapped_column(Name)
    names: Mapped[dict[str, str]] = mapped_column(Document, default=dict)
    description: Mapped[str] = mapped_column(Text, default="")
    descriptions: Mapped[dict[str, str]] = mapped_column(Document, default=dict)
    kitchen_name: Mapped[str | None] = mapped_column(Name, nullable=True)
    stations: Mapped[list[str]] = mapped_column(Document, default=list)
    course: Mapped[int | None] = mapped_column(Integer, nullable=True)
    allergens: Mapped[list[str]] = mapped_column(Document, default=list)
    dayparts: Mapped[list[str]] = mapped_column(Document, default=list)
    modifier_groups: Mapped[list[str]] = mapped_column(Document, default=list)
    open_price: Mapped[bool] = mapped_column(Boolean, default=False)
    position: Mapped[int] = mapped_column(Integer)
    active: Mapped[bool] = mapped_column(Boolean, default=True)
    is_out: Mapped[bool] = mapped_column(Boolean, default=False)
    portions_left: Mapped[int | None] = mapped_column(Integer, nullable=True)
    back_on_day: Mapped[date | None] = mapped_column(Date, nullable=True)
    is_favourite: Mapped[bool] = mapped_column(Boolean, default=False, server_default=text("0"))
    combo: Mapped[list[dict[str, object]] | None] = mapped_column(Document, nullable=True)


class Portion(Base):
    """A size of an item with its own price; every item has at least one.

    `cost` is what the goods of one cost the house, tax apart, in minor units; None where nobody has said so.
    """

    __tablename__ = "portions"
    __table_args__ = table_args(UniqueConstraint("item_id", "code"))

    id: Mapped[int] = mapped_column(Id, primary_key=True, autoincrement=False)
    item_id: Mapped[int] = mapped_column(Id, ForeignKey("items.id"))
    code: Mapped[str] = mapped_column(Code)
    name: Mapped[str] = mapped_column(Name)
    names: Mapped[dict[str, str]] = mapped_column(Document, default=dict)
    price: Mapped[int] = mapped_column(Amount)
    is_default: Mapped[bool] = mapped_column(Boolean, default=False)
    position: Mapped[int] = mapped_column(Integer)
    active: Mapped[bool] = mapped_column(Boolean, default=True)
    cost: Mapped[int | None] = mapped_column(Amount, nullable=True)


class ModifierGroup(Base):
    """A choice on a line: at least `least`, at most `most` of its modifiers.

    `prefixes` says whether no, extra and on the side may be said of them; null: of those of an optional group.
    """

    __tablename__ = "modifier_groups"
    __table_args__ = table_args(UniqueConstraint("venue_id", "code"))

    id: Mapped[int] = mapped_column(Id, primary_key=True, autoincrement=False)
    venue_id: Mapped[int] = mapped_column(Id, ForeignKey("venues.id"))
    code: Mapped[str] = mapped_column(Code)
    name: Mapped[str] = mapped_column(Name)
    names: Mapped[dict[str, str]] = mapped_column(Document, default=dict)
    least: Mapped[int] = mapped_column(Integer)
    most: Mapped[int] = mapped_column(Integer)
    position: Mapped[int] = mapped_column(Integer)
    active: Mapped[bool] = mapped_column(Boolean, default=True)
    prefixes: Mapped[bool | None] = mapped_column(Boolean, nullable=True)


class Modifier(Base):
    """One option of a modifier group, with what it adds to the price."""

    __tablename__ = "modifiers"
    __table_args__ = table_args(UniqueConstraint("group_id", "code"))

    id: Mapped[int] = mapped_column(Id, primary_key=True, autoincrement=False)
    group_id: Mapped[int] = mapped_column(Id, ForeignKey("modifier_groups.id"))
    code: Mapped[str] = mapped_column(Code)
    name: Mapped[str] = mapped_column(Name)
    names: Mapped[dict[str, str]] = mapped_column(Document, default=dict)
    price: Mapped[int] = mapped_column(Amount)
    is_default: Mapped[bool] = mapped_column(Boolean, default=False)
    position: Mapped[int] = mapped_column(Integer)
    active: Mapped[bool] = mapped_column(Boolean, default=True)
