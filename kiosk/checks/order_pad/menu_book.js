// The menu as the order screen reads it: what is offered now, by category, and found by a few letters.
import { Offer } from "./offer.js";
import { fold, icon } from "./words.js";

const MINUTE = 60_000;

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

  /** Takes what is sold out, how many are left and until when; false when the menu must be fetched again. */
  takeStock(items) {
    for (const { id, is_out, left, back_on_day = null } of items || []) {
      const item = this.items.get(id);
      if (item) Object.assign(item, { is_out, left, back_on_day });
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
    return modifiers.filter((one) => one.prefix || one.price || !usual.has(one.name));
  }

  groupsOf(item) {
    const groups = (item.modifier_groups || []).map((code) => this.groups[code]).filter(Boolean);
    return groups.sort((one, other) => (other.least > 0) - (one.least > 0));
  }
}

/** Milliseconds until the clock's next full minute. */
export const toNextMinute = (now) => MINUTE - (now % MINUTE);
