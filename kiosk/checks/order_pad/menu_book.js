// The menu as the order screen reads it: what is offered now, by category, and found by a few letters.
import { fold, icon, searchable } from "./words.js";

const MINUTE = 60_000;
const ALL = 0;

/** Minutes after midnight and the weekday (1 is Monday) at the venue. */
export function venueClock(instant, timezone) {
  const format = new Intl.DateTimeFormat("en-GB", {
    timeZone: timezone || undefined, weekday: "short", hour: "2-digit", minute: "2-digit", hourCycle: "h23",
  });
  const part = Object.fromEntries(format.formatToParts(instant).map(({ type, value }) => [type, value]));
  const weekday = ["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"].indexOf(part.weekday) + 1;
  return { weekday, minutes: Number(part.hour) * 60 + Number(part.minute) };
}

const minutesOf = (text) => text.split(":").reduce((hours, minutes) => Number(hours) * 60 + Number(minutes));

/** Is a window open? One that ends before it starts ends on the next day; one that ends as it starts is open all day. */
export function isOpen({ start, end, weekdays }, { weekday, minutes }) {
  const [from, to] = [minutesOf(start), minutesOf(end)];
  const today = !weekdays?.length || weekdays.includes(weekday);
  const yesterday = !weekdays?.length || weekdays.includes(((weekday + 5) % 7) + 1);
  if (from < to) return today && minutes >= from && minutes < to;
  return (today && minutes >= from) || (yesterday && minutes < to);
}

export class MenuBook {
  constructor(view) {
    this.etag = view.etag;
    this.groups = view.modifier_groups || {};
    this.courses = view.courses || [];
    this.stations = Object.fromEntries((view.stations || []).map(({ code, name }) => [code, name]));
    this.dayparts = Object.fromEntries((view.dayparts || []).map((daypart) => [daypart.code, daypart.windows]));
    this.categories = new Map(view.categories.map((category) => [category.id, { ...category, icon: icon(category.icon) }]));
    this.items = new Map(view.items.map((item) => [item.id, item]));
    this.index = view.items.map((item) => ({ item, words: ` ${fold(this.#wordsOf(item))}` }));
  }

  #wordsOf({ name, names, code, kitchen_name }) {
    return [name, ...Object.values(names || {}), kitchen_name || "", (code || "").replace(/[-_/]/g, " "), code || ""].join(" ");
  }

  item(id) {
    return this.items.get(id);
  }

  course(no) {
    return this.courses.find((course) => course.no === no)?.name ?? (no ? `Course ${no}` : "Other");
  }

  station(code) {
    return this.stations[code] ?? code.replace(/[-_]/g, " ");
  }

  /** Which dayparts are open at an instant, as one text: when it changes, what is offered changes. */
  openAt(instant, timezone) {
    const clock = venueClock(instant, timezone);
    const open = Object.entries(this.dayparts).filter(([, windows]) => windows.some((window) => isOpen(window, clock)));
    return open.map(([code]) => code).join(" ");
  }

  /** What is offered while `open` dayparts last: the categories of the rail, and their items under headings. */
  offer(open) {
    const now = new Set(open.split(" "));
    const isOn = (codes) => !codes?.length || codes.some((code) => now.has(code) || !(code in this.dayparts));
    const sections = new Map([...this.categories.keys()].map((id) => [id, []]));
    for (const item of this.items.values()) {
      if (item.portions.length && isOn(this.#dayparts(item))) sections.get(item.category_id)?.push(item);
    }
    return new Offer(this, sections);
  }

  /** An item's own dayparts count before those of the category it lies in. */
  #dayparts(item) {
    const category = this.categories.get(item.category_id);
    return [item, category, this.categories.get(category?.parent_id)].map((one) => one?.dayparts).find((codes) => codes?.length);
  }

  /** Takes what is sold out and how many are left from a live message; false when the menu must be fetched again. */
  takeStock(items) {
    for (const { id, is_out, left } of items || []) {
      const item = this.items.get(id);
      if (item) Object.assign(item, { is_out, left });
    }
    return Boolean(items);
  }

  /** The portion one tap rings. */
  defaultPortion(item) {
    return item.portions.find((portion) => portion.is_default) ?? item.portions[0];
  }

  /** The modifiers of a line that are worth saying: not those everybody gets unless they ask for something else. */
  special({ item_id, modifiers }) {
    const item = this.item(item_id);
    const usual = new Set((item ? this.groupsOf(item) : []).flatMap((group) => group.modifiers).filter((one) => one.is_default).map((one) => one.name));
    return modifiers.filter((one) => !usual.has(one.name) || one.price);
  }

  groupsOf(item) {
    const groups = (item.modifier_groups || []).map((code) => this.groups[code]).filter(Boolean);
    return groups.sort((one, other) => (other.least > 0) - (one.least > 0));
  }
}

/** The part of the menu that is offered now. */
export class Offer {
  constructor(book, sections) {
    this.book = book;
    this.sections = [...sections].filter(([, items]) => items.length);
    this.ids = new Set(this.sections.flatMap(([, items]) => items.map((item) => item.id)));
    this.rail = [{ id: ALL, name: "All", icon: "apps" }, ...this.#tops()];
  }

  #top(id) {
    const category = this.book.categories.get(id);
    return this.book.categories.get(category.parent_id) ?? category;
  }

  #tops() {
    const used = new Set(this.sections.map(([id]) => this.#top(id).id));
    return [...this.book.categories.values()].filter((category) => used.has(category.id));
  }

  /** Headings and items of a category and those within it, in one list as the grid shows them. */
  rows(categoryId) {
    const mine = this.sections.filter(([id]) => categoryId === ALL || this.#top(id).id === categoryId);
    const headed = categoryId === ALL || mine.length > 1;
    return mine.flatMap(([id, items]) => [...(headed ? [this.#heading(id)] : []), ...items.map((item) => ({ key: `i${item.id}`, item }))]);
  }

  #heading(id) {
    const { name } = this.book.categories.get(id);
    return { key: `h${id}`, heading: name };
  }

  /** Items with every word of the text in their names or code; those that begin with it first. Null: too short to say. */
  find(text) {
    if (!searchable(text)) return null;
    const words = fold(text).split(" ");
    const hits = this.book.index.filter((entry) => this.ids.has(entry.item.id) && words.every((word) => entry.words.includes(word)));
    const rank = ({ words: all }) => (all.startsWith(` ${words[0]}`) ? 0 : all.includes(` ${words[0]}`) ? 1 : 2);
    return hits.map((entry) => [rank(entry), entry.item]).sort((one, other) => one[0] - other[0])
      .map(([, item]) => ({ key: `i${item.id}`, item }));
  }
}

/** Milliseconds until the clock's next full minute. */
export const toNextMinute = (now) => MINUTE - (now % MINUTE);
