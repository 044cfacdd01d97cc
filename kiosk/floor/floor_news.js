/** How the board hears of the floor, and what it tells the dock. Methods of the board. */

const kiosk = window.kiosk;

/** `known` with the changed ones in their places, new ones at the end. */
function changedIn(known, changed, id) {
  const fresh = new Map(changed.map((one) => [id(one), Object.freeze(one)]));
  const kept = known.map((one) => {
    const found = fresh.get(id(one));
    fresh.delete(id(one));
    return found ?? one;
  });
  return [...kept, ...fresh.values()];
}

const byId = ({ id }) => id;
const byCheck = ({ check_id }) => check_id;

export const floorNews = {
  follow() {
    this.stopNews?.();
    this.stopNews = kiosk.follow("floor", {
      load: () => kiosk.view("floor"),
      snapshot: this.show,
      change: this.change,
      failed: (refusal) => void (this.failure = this.loaded ? "" : refusal.sentence),
    });
  },
  show({ sections, limits, tables, counter = [], bookings = [], people = [], reserved_before_s = 1800, plan }) {
    const frozen = (rows) => rows.map(Object.freeze);
    Object.assign(this, { sections, limits, people, before: reserved_before_s, plan: plan ?? this.plan, loaded: true, failure: "" });
    Object.assign(this, { tables: frozen(tables), counter: frozen(counter), bookings: frozen(bookings) });
    if (this.section > 0 && !sections.some(({ id }) => id === this.section)) this.section = this.editing ? sections[0]?.id ?? 0 : 0;
  },
  change({ tables, counter, gone_checks = [], bookings, gone_bookings = [], sections, reload }) {
    if (reload) return this.follow(); // the layout is another: read it, with the news that come meanwhile kept
    if (tables?.length) this.tables = changedIn(this.tables, tables, byId);
    if (counter?.length || gone_checks.length) this.counter = changedIn(this.counter, counter ?? [], byCheck).filter(({ check_id }) => !gone_checks.includes(check_id));
    if (bookings?.length || gone_bookings.length) this.bookings = changedIn(this.bookings, bookings ?? [], byId).filter(({ id }) => !gone_bookings.includes(id));
    if (sections) this.sections = sections;
  },
  /** Where the manager has just put tables, seen before the server's answer. */
  placed(places) {
    const moved = new Map(places.map((place) => [place.id, place]));
    this.tables = this.tables.map((tile) => (moved.has(tile.id) ? Object.freeze({ ...tile, ...moved.get(tile.id) }) : tile));
  },

  /** What the dock says under its keys: the table at hand, its unsent lines, the dishes at the pass. */
  showInDock() {
    const checks = [...this.tables.filter(({ joined_to }) => !joined_to), ...this.counter];
    const ready = checks.reduce((sum, tile) => sum + (tile.ready ?? 0), 0);
    kiosk.dock("kitchen", { small: ready ? `${ready} ready` : "" });
    const check_id = kiosk.atHand?.check_id;
    const tile = checks.find((one) => check_id && one.check_id === check_id);
    if (tile && tile.state !== "paid") this.nameInDock(tile);
    else if (this.named === check_id) this.nameInDock(null);
    else if (check_id) kiosk.dock("settle");
  },
  /** A check that no table holds is named by its own screen; one that left its table is not at hand any more. */
  nameInDock(tile) {
    this.named = tile?.check_id ?? null;
    if (!tile) kiosk.atHand = null;
    const small = tile?.label ?? "";
    kiosk.dock("order", { small, count: tile?.draft ?? 0 });
    kiosk.dock("settle", { small });
  },
};
