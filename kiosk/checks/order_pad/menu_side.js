// The menu beside a check: fetched once, told of stock, offered by the clock, and what this person takes most.
import { MenuBook, toNextMinute } from "./menu_book.js";
import { TODAY } from "./offer.js";
import { isDraft, isLive, isWaiting } from "./sections.js";
import { fold, plural } from "./words.js";

const wordsOf = (text) => fold(text).split(/[^\p{L}]+/u).filter((word) => word.length > 2);
const isAlike = (one, other) => one.startsWith(other) || other.startsWith(one);

/** "2 not sent, 1 held". */
function waits(lines) {
  const count = (some) => some.reduce((sum, line) => sum + line.quantity, 0);
  const [drafts, held] = [count(lines.filter(isDraft)), count(lines.filter((line) => !isDraft(line)))];
  return [...(drafts ? [`${drafts} not sent`] : []), ...(held ? [`${held} held`] : [])].join(", ");
}

export class MenuSide {
  constructor(pad) {
    this.pad = pad;
    this.rows = Vue.computed(() => this.#rows());
    this.feared = Vue.computed(() => this.#feared());
  }

  get #state() {
    return this.pad.state;
  }

  /** Fetches and listens; answers with what stops the listening. */
  start() {
    this.#waitForMinute();
    this.load();
    this.loadToday();
    return [
      kiosk.on("me", () => this.lookAtClock()),
      kiosk.watch("menu", (message) => this.#hear(message.data), () => this.load()),
    ];
  }

  stop() {
    clearTimeout(this.minute);
  }

  /** Favourites follow what was rung, but only while nobody looks: no tile moves under a finger. */
  leave() {
    if (!this.hasRung) return;
    this.hasRung = false;
    this.loadToday();
  }

  async load() {
    try {
      const view = await kiosk.view("menu");
      this.#state.menuFailed = "";
      if (this.#state.book?.etag && this.#state.book.etag === view.etag) return this.#hear({ items: view.items });
      const before = this.#state.book;
      this.#state.book = Vue.markRaw(new MenuBook(view));
      this.open = null;
      this.lookAtClock();
      if (before) this.#warn(view.items.filter(({ id, is_out }) => is_out && !before.item(id)?.is_out));
    } catch (error) {
      if (!this.#state.book) this.#state.menuFailed = error.sentence || "Menu did not load.";
    }
  }

  /** What the house sells most and this person rang last; without an answer the screen does with what the menu says. */
  async loadToday() {
    const today = await kiosk.view("today").catch(() => null);
    if (Array.isArray(today?.favourites)) this.#state.today = Vue.markRaw(today);
  }

  #hear(data) {
    const { book } = this.#state;
    const before = book && new Set(data?.items?.filter(({ id }) => book.item(id)?.is_out).map(({ id }) => id));
    if (!book?.takeStock(data?.items)) return void this.load();
    this.#state.stock += 1;
    this.#warn(data.items.filter(({ id, is_out }) => is_out && !before.has(id)));
  }

  /** Lines of a dish that has just sold out, not sent or held: the waiter hears of it at once, whatever is on the screen. */
  #warn(gone) {
    const { book, lines } = this.#state;
    for (const { id } of gone) {
      const mine = lines.filter((line) => isWaiting(line) && line.item_id === id);
      if (mine.length) kiosk.toast({ kind: "warn", text: `${book.item(id).name} is sold out: ${waits(mine)}.`, small: "Change or remove it on the check.", seconds: 10 });
    }
  }

  #waitForMinute() {
    this.minute = setTimeout(() => {
      this.lookAtClock();
      this.#waitForMinute();
    }, toNextMinute(kiosk.now()) + 50);
  }

  /** Categories come and go with their hours by themselves. */
  lookAtClock() {
    const state = this.#state;
    state.tick += 1;
    if (!state.book) return;
    const open = state.book.openAt(kiosk.now(), kiosk.me?.venue?.timezone);
    if (open === this.open) return;
    this.open = open;
    state.offer = Vue.markRaw(state.book.offer(open));
    if (!state.offer.rail.some(({ id }) => id === state.category)) state.category = TODAY;
  }

  #rows() {
    const { offer, category, query, today } = this.#state;
    if (!offer) return [];
    return offer.find(query) ?? (category === TODAY ? offer.today(today) : offer.rows(category));
  }

  /** The words of this check's allergy notes. */
  #feared() {
    const notes = this.#state.lines.filter((line) => line.is_allergy && isLive(line)).map((line) => line.note);
    return [...new Set(notes.flatMap(wordsOf))];
  }

  /** The first allergen of an item that an allergy note of this check names; "" says nothing about the rest. */
  allergenOf(item) {
    if (!this.feared.value.length) return "";
    return item.allergens?.find((name) => wordsOf(name).some((word) => this.feared.value.some((fear) => isAlike(word, fear)))) ?? "";
  }

  /** What the search found, in words for those who cannot see the grid. */
  found() {
    const { query } = this.#state;
    return query && plural(this.rows.value.length, "dish", "dishes");
  }
}
