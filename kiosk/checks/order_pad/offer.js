// The part of the menu that is offered now: Today, the categories of the rail, and what a search finds.
import { fold, searchable } from "./words.js";

export const TODAY = 0;
export const ALL = -1;
const FAVOURITES = 24;
const OF_EACH = 3;
const COLUMNS = 4;

/** Neighbours that fit into one row stand under one heading, so that more of the favourites are in view. */
function joined(groups) {
  return groups.reduce((rows, { id, name, items }) => {
    const last = rows.at(-1);
    if (!last || last.items.length + items.length > COLUMNS) return [...rows, { id, name, items }];
    return [...rows.slice(0, -1), { id: last.id, name: `${last.name}, ${name}`, items: [...last.items, ...items] }];
  }, []);
}

const tile = (item) => ({ key: `i${item.id}`, item });

export class Offer {
  constructor(book, sections) {
    this.book = book;
    this.sections = [...sections].filter(([, items]) => items.length);
    this.ids = new Set(this.sections.flatMap(([, items]) => items.map((item) => item.id)));
    this.rail = [{ id: TODAY, name: "Today", icon: "star" }, ...this.#tops(), { id: ALL, name: "All", icon: "apps" }];
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
    return mine.flatMap(([id, items]) => [...(headed ? [this.#heading(this.book.categories.get(id))] : []), ...items.map(tile)]);
  }

  #heading({ id, name }) {
    return { key: `h${id}`, heading: name };
  }

  /**
   * Favourites under the headings of their categories, and above them what this person rang last and is no favourite:
   * no dish stands there twice. Without an answer of the kiosk, the menu's own favourites or the first of every category.
   */
  today(told) {
    const favourites = new Set(told?.favourites?.filter((id) => this.ids.has(id)));
    if (!favourites.size) this.#guess().forEach((id) => favourites.add(id));
    const last = (told?.last ?? []).filter((id) => this.ids.has(id) && !favourites.has(id)).slice(0, COLUMNS);
    const again = last.length ? [{ key: "h-last", heading: "Last rung" }, ...last.map((id) => tile(this.book.item(id)))] : [];
    return [...again, ...this.#headed(favourites)];
  }

  #guess() {
    const items = this.sections.flatMap(([, all]) => all);
    const pinned = items.filter((item) => item.is_favourite);
    const first = pinned.length ? pinned : this.sections.flatMap(([, all]) => all.slice(0, OF_EACH));
    return first.slice(0, FAVOURITES).map((item) => item.id);
  }

  #headed(ids) {
    const groups = new Map();
    for (const [id, items] of this.sections) {
      const top = this.#top(id);
      groups.set(top, [...(groups.get(top) ?? []), ...items.filter((item) => ids.has(item.id))]);
    }
    const filled = [...groups].filter(([, items]) => items.length).map(([{ id, name }, items]) => ({ id, name, items }));
    return joined(filled).flatMap(({ id, name, items }) => [this.#heading({ id, name }), ...items.map(tile)]);
  }

  /** Items with every word of the text in their names or code; those that begin with it first. Null: too short to say. */
  find(text) {
    if (!searchable(text)) return null;
    const words = fold(text).split(" ");
    const hits = this.book.index.filter((entry) => this.ids.has(entry.item.id) && words.every((word) => entry.words.includes(word)));
    const rank = ({ words: all }) => (all.startsWith(` ${words[0]}`) ? 0 : all.includes(` ${words[0]}`) ? 1 : 2);
    return hits.map((entry) => [rank(entry), entry.item]).sort((one, other) => one[0] - other[0]).map(([, item]) => tile(item));
  }
}
