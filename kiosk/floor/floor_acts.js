/** What the floor's taps do: one act each, an undo where there is one, then where to go. Methods of the board. */

import { isEmpty } from "floor_faces";

const kiosk = window.kiosk;
const undoes = (name, args) => () => kiosk.act(name, args).catch(() => null);

/** Say what was done; with `undo` it can be taken back for five seconds, or until an instant. */
function done(text, undo, until) {
  const seconds = until ? Math.floor((Date.parse(until) - kiosk.now()) / 1000) : 5;
  if (undo && seconds > 0) kiosk.toast({ kind: "ok", text, seconds, action: { label: "Undo", run: undo } });
  else kiosk.toast({ kind: "ok", text });
}

/** Back at the pass: what was served since an instant. */
async function unserve(check_id, since) {
  const { lines } = await kiosk.view(`check/${check_id}`);
  const line_ids = lines.filter(({ served_at }) => served_at && Date.parse(served_at) >= since).map(({ id }) => id);
  if (line_ids.length) await kiosk.act("unserve", { check_id, line_ids }).catch(() => null);
}

const place = ({ isCounter, label }) => (isCounter ? label : `table ${label}`);

export const floorActs = {
  /** Carry out a step on a table or check; one tap at a time for each. */
  perform(step, face) {
    const act = this[`do_${step.name}`];
    return this.once(face?.id ?? step.booking?.id ?? 0, () => act.call(this, step, face?.tile));
  },
  async once(id, tap) {
    if (this.busy[id]) return;
    this.busy[id] = true;
    try {
      await tap();
    } catch (refusal) {
      if (!refusal.code) throw refusal; // a refusal has already been told
    } finally {
      delete this.busy[id];
    }
  },
  closeSheets() {
    Object.assign(this, { sheet: null, choosing: null });
  },
  toOrder(check_id, table_id) {
    this.closeSheets();
    kiosk.go("order", { check_id, table_id });
  },

  // ---- sitting down, eating, leaving ----
  do_open(_step, { check_id, id, isCounter }) {
    this.toOrder(check_id, isCounter ? undefined : id);
  },
  async do_seat({ covers }, tile) {
    const { check_id } = await kiosk.act("seat", { table_id: tile.id, covers });
    this.toOrder(check_id, tile.id);
  },
  async do_serve(_step, tile) {
    const { check_id } = tile;
    const since = kiosk.now() - 1000;
    const { served } = await kiosk.act("serve", { check_id, line_ids: null });
    this.closeSheets();
    if (served) done(`${served} served, ${place(tile)}`, () => unserve(check_id, since));
  },
  async do_fire(_step, tile) {
    const { check_id, next_course } = tile;
    const { fired, fire_no, undo_until } = await kiosk.act("fire_course", { check_id, course: next_course.no });
    this.closeSheets();
    const undo = undo_until ? undoes("take_back", { check_id, fire_no }) : null;
    done(`${next_course.name} of ${place(tile)} fired${fired ? `: ${fired}` : ""}`, undo, undo_until);
  },
  async do_bill(_step, tile) {
    const { check_id } = tile;
    await kiosk.act("ask_bill", { check_id });
    this.closeSheets();
    done(`Bill for ${place(tile)} is out`, undoes("unask_bill", { check_id }));
  },
  async do_unask_bill(_step, { check_id }) {
    await kiosk.act("unask_bill", { check_id });
    this.closeSheets();
  },
  do_settle(_step, { check_id }) {
    this.closeSheets();
    kiosk.go("settle", { check_id });
  },
  async do_clear(_step, { id }) {
    await kiosk.act("clear_table", { table_id: id });
    this.closeSheets();
  },
  async do_open_check({ label, take_away, pickup_at }) {
    const { check_id } = await kiosk.act("open_check", { label, covers: 1, take_away, pickup_at });
    this.toOrder(check_id);
  },

  // ---- moving ----
  do_transfer(_step, tile) {
    const { check_id } = tile;
    const pick = async (to) => {
      await kiosk.act("transfer", { check_id, table_id: to.id });
      const back = tile.isCounter ? undoes("to_counter", { check_id, label: tile.label }) : undoes("transfer", { check_id, table_id: tile.id });
      done(`${tile.isCounter ? tile.label : `Table ${tile.label}`} moved to ${to.label}`, back);
    };
    this.choose({ title: `Where does ${place(tile)} move?`, fits: ({ name }) => name === "available", pick });
  },
  async do_to_counter({ label }, tile) {
    await kiosk.act("to_counter", { check_id: tile.check_id, label });
    this.closeSheets();
    done(`Table ${tile.label} is now “${label}” at the counter`, undoes("transfer", { check_id: tile.check_id, table_id: tile.id }));
  },
  do_join(_step, tile) {
    const fits = ({ id, name, tile: other }) => id !== tile.id && name === "available" && !other.joined_to && !other.joined?.length;
    const pick = async (other) => {
      await kiosk.act("join", { table_id: other.id, to_table_id: tile.id });
      done(`${other.label} joined to ${tile.label}`, undoes("part", { table_id: other.id }));
    };
    this.choose({ title: `Which table joins ${tile.label}?`, fits, pick });
  },
  async do_part({ table_id, of }) {
    const parted = table_id ?? this.tables.find(({ label }) => label === of)?.id;
    const host = this.tables.find(({ label }) => label === this.tables.find(({ id }) => id === parted)?.joined_to);
    await kiosk.act("part", { table_id: parted });
    this.closeSheets();
    done("Tables parted", host && undoes("join", { table_id: parted, to_table_id: host.id }));
  },
  do_merge(_step, tile) {
    const fits = ({ tile: other, name }) => Boolean(other.check_id) && other.check_id !== tile.check_id && name !== "paid";
    const pick = async (into) => {
      await kiosk.act("merge", { check_id: tile.check_id, into_check_id: into.check_id });
      done(`${tile.label} is on the check of ${into.label} now`, undoes("unmerge", { check_id: tile.check_id }));
    };
    this.choose({ title: `Whose check takes in ${place(tile)}?`, fits, pick });
  },

  // ---- hands ----
  async do_take_over(_step, { check_id, label }) {
    await kiosk.act("take_over", { check_id });
    this.closeSheets();
    done(`${label} is yours now`);
  },
  async do_hand_over_check({ to_id }, { check_id, label }) {
    await kiosk.act("hand_over", { check_id, section_id: null, from_id: null, to_id });
    this.closeSheets();
    done(`${label} is in the hands of ${this.nameOf(to_id)} now`);
  },
  async do_hand_over({ section_id, from_id, to_id }) {
    const { checks = 0 } = await kiosk.act("hand_over", { section_id, from_id, to_id });
    this.closeSheets();
    done(`${this.nameOf(to_id)} takes over, with ${checks} open ${checks === 1 ? "check" : "checks"}`);
  },
  nameOf(person_id) {
    return this.people.find(({ id }) => id === person_id)?.name ?? "The other waiter";
  },

  // ---- bookings and holds ----
  /** A booking with a free table of its own sits down in one tap; else the floor asks for a table. */
  async do_seat_booking({ booking: given }, tile) {
    const booking = given ?? this.faces.find(({ id }) => id === tile?.id)?.booking;
    const table = tile && isEmpty(tile.state) ? tile : this.tables.find(({ id, state }) => id === booking.table_id && isEmpty(state));
    if (table) return this.seatGuests(booking, table);
    this.chooseFor(booking);
  },
  chooseFor(booking) {
    const fits = ({ name, booking: kept }) => name === "available" || (name === "reserved" && kept.id === booking.id);
    this.choose({ title: `Where do ${booking.name}, ${booking.covers}, sit?`, fits, pick: (table) => this.seatGuests(booking, table) });
  },
  async seatGuests({ id }, table) {
    const { check_id } = await kiosk.act("seat_booking", { id, table_id: table.id });
    this.toOrder(check_id, table.id);
  },
  do_new_booking(_step, tile) {
    this.sheet = { name: "bookings", draft: { table_id: tile?.id ?? null, covers: tile?.seats ?? 2 } };
  },
  do_change_booking({ booking }) {
    this.sheet = { name: "bookings", draft: { ...booking } };
  },
  async do_save_booking({ act, args }) {
    await kiosk.act(act, args);
    this.sheet = { name: "bookings", saved: kiosk.now() };
  },
  /** The sheet goes, for its undo lies below it. A cancelled booking comes back as a new one. */
  async do_cancel_booking({ booking }) {
    const { id, name, covers, phone = "", note = "", due_at, table_id, kind } = booking;
    await kiosk.act("cancel_booking", { id });
    this.closeSheets();
    const who = { name, covers, phone, note };
    done(`${name}, ${kiosk.clock(due_at)}, is cancelled`, kind === "walk_in" ? undoes("wait", who) : undoes("book", { ...who, due_at, table_id }));
  },
  async do_no_show({ booking }) {
    await kiosk.act("no_show", { id: booking.id });
    this.closeSheets();
    done(`${booking.name} did not come`, undoes("unno_show", { id: booking.id }));
  },
  async do_hold_table({ reason, until_at }, { id, label }) {
    await kiosk.act("hold_table", { table_id: id, reason, until_at });
    this.closeSheets();
    done(`Table ${label} is held till ${kiosk.clock(until_at)}`, undoes("release_table", { table_id: id }));
  },
  async do_release_table(_step, { id, label }) {
    await kiosk.act("release_table", { table_id: id });
    this.closeSheets();
    done(`Table ${label} is free again`);
  },

  // ---- choosing a table: the whole floor is the question ----
  choose(choosing) {
    Object.assign(this, { sheet: null, choosing, section: 0, state: null, onlyMine: false });
  },
  chosen(face) {
    const { fits, pick } = this.choosing;
    if (!fits(face)) return;
    this.once(face.id, async () => {
      await pick(face.tile);
      this.choosing = null;
    });
  },
};
