// What the order screen knows: the check as the server last told it, the rings on their way to it, and what is chosen here.
import { gestures } from "./gestures.js";
import { MenuSide } from "./menu_side.js";
import { Rings } from "./rings.js";
import { draftCounts, forecast, isDraft, isLive, isWaiting, sendable } from "./sections.js";

const SETTLE_DOWN = 700;

export class Pad {
  constructor() {
    this.heard = 0;
    this.settleDown = SETTLE_DOWN;
    this.stops = [];
    this.rings = new Rings(() => this.#redraw());
    this.state = Vue.shallowReactive({
      checkId: null, check: null, failed: "", lines: [], tick: 0,
      book: null, offer: null, today: null, stock: 0, menuFailed: "",
      seat: null, course: null, category: 0, query: "",
      chooser: null, sheet: null, sending: 0, busy: "", isCheckOpen: false,
    });
    this.counts = Vue.computed(() => draftCounts(this.state.lines));
    this.drafts = Vue.computed(() => this.state.lines.filter(isDraft));
    this.menu = new MenuSide(this);
    this.rows = this.menu.rows;
    this.toSend = Vue.computed(() => sendable(this.drafts.value, (line) => this.isSoldOut(line)));
    this.plan = Vue.computed(() => forecast(this.state.lines, this.toSend.value, this.state.check?.hold_courses));
    this.wasSent = Vue.computed(() => Boolean(this.state.check?.lines.some((line) => !isDraft(line))));
    this.isClosed = Vue.computed(() => Boolean(this.state.check && this.state.check.state !== "open"));
  }

  // ---- life ---------------------------------------------------------------
  /** Begins as soon as it is known who is here; whoever may not ring has no use for menu and check. */
  async start() {
    await kiosk.ready;
    if (this.isStopped || !kiosk.may("order")) return;
    this.stops = [
      kiosk.on("route", () => this.#follow()),
      kiosk.on("tick", () => this.#tick()),
      ...this.menu.start(),
    ];
    this.#follow();
  }

  stop() {
    this.isStopped = true;
    this.menu.stop();
    this.stops.forEach((stop) => stop());
    this.stopCheck?.();
  }

  #follow() {
    const { view, params } = kiosk.route || {};
    const id = Number(params?.check_id);
    if (view !== "order") this.#leave();
    else if (!id) kiosk.go("floor");
    else if (id === this.state.checkId) this.load();
    else this.#open(id);
  }

  #leave() {
    Object.assign(this.state, { chooser: null, sheet: null });
    this.menu.leave();
  }

  #open(id) {
    this.stopCheck?.();
    Object.assign(this.state, {
      checkId: id, check: null, failed: "", lines: [], seat: null, course: null, query: "",
      chooser: null, sheet: null, sending: 0, busy: "", isCheckOpen: false,
    });
    this.stopCheck = kiosk.watch(`check:${id}`, (message) => this.#hear(message.data), () => this.load());
    this.load();
  }

  // ---- the check ----------------------------------------------------------
  async load() {
    const id = this.state.checkId;
    const [settled, heard] = [this.rings.answered(id), this.heard];
    try {
      const check = await kiosk.view(`check/${id}`);
      if (this.#isOlder(check, heard)) return;
      this.rings.forget(settled, check);
      this.#take(check);
    } catch (error) {
      if (id === this.state.checkId && !this.state.check) this.state.failed = error.sentence || "The check did not load.";
    }
  }

  /** What the kitchen changes has no version of its own: a look is not newer than news of the same version that overtook it. */
  #isOlder(check, heard) {
    const known = this.state.check;
    return known?.id === check.id && (check.v < known.v || (check.v === known.v && heard !== this.heard));
  }

  #hear(check) {
    this.heard += 1;
    this.#take(check);
  }

  #take(check) {
    if (!check || check.id !== this.state.checkId) return;
    if (this.state.check && check.v < this.state.check.v) return;
    this.#keepLines(check);
    this.rings.match(this.state.check, check);
    if (this.state.seat > check.covers) this.state.seat = null;
    if (check.state !== "open") Object.assign(this.state, { chooser: null, sheet: null });
    if (this.state.check && check.v > this.state.check.v) this.#settle(check);
    Object.assign(this.state, { check, failed: "" });
    this.#redraw();
  }

  /** Lines that are as they were stay the same objects, so that only what changed is drawn again. */
  #keepLines(check) {
    const before = new Map((this.state.check?.lines || []).map((line) => [line.id, line]));
    check.lines = check.lines.map((line) => {
      const old = before.get(line.id);
      return old && JSON.stringify(old) === JSON.stringify(line) ? old : line;
    });
  }

  /** What a key did is on the check: it may be tapped again. */
  #settle(check) {
    if (this.turn?.isDone) this.state.busy = "";
    if (!check.lines.some((line) => line.state === "draft")) this.state.sending = 0;
  }

  #redraw() {
    const { check, checkId } = this.state;
    this.state.lines = [...(check?.lines || []), ...this.rings.open(checkId)];
  }

  /** Runs an act on this check and makes sure that its outcome is seen even when the live message gets lost. */
  async act(name, args) {
    const { checkId, check } = this.state;
    const result = await kiosk.act(name, args);
    setTimeout(() => {
      if (this.state.checkId === checkId && this.state.check?.v === check?.v) this.load();
    }, SETTLE_DOWN);
    return result;
  }

  /**
   * Like act, for keys: the server's answer, or null when it refused, which was already shown. The key stays busy until
   * the check shows what came of it, so that the second half of a double tap does nothing.
   */
  async attempt(name, args) {
    const { check } = this.state;
    const turn = (this.turn = { isDone: false });
    const free = () => this.turn === turn && (this.state.busy = "");
    this.state.busy = name;
    try {
      const answer = (await this.act(name, args)) ?? {};
      turn.isDone = true;
      if (this.state.check !== check) free();
      else setTimeout(free, SETTLE_DOWN);
      return answer;
    } catch {
      free();
      return null;
    }
  }

  /**
   * Rings a portion. `modifiers` as the menu has them; those said with a word ("no", "extra", "side") carry it as
   * `prefix` and are sent as such; `price` only for an item whose price is said when it is rung.
   */
  ring(item, portion, { quantity = 1, modifiers = [], note = "", isAllergy = false, seat = this.state.seat, price = null } = {}) {
    const { checkId, course } = this.state;
    const said = modifiers.filter((one) => one.prefix).map(({ id, prefix }) => ({ id, prefix }));
    const args = {
      check_id: checkId, portion_id: portion.id, quantity, modifier_ids: modifiers.filter((one) => !one.prefix).map((one) => one.id),
      note, is_allergy: isAllergy, seat_no: seat, course, ...(said.length && { prefixed: said }), ...(price !== null && { price }),
    };
    const look = {
      item_id: item.id, name: item.name, portion_id: portion.id, portion: item.portions.length > 1 ? portion.name : "",
      modifiers, stations: item.stations, course: course ?? item.course,
    };
    this.menu.hasRung = true;
    this.rings.add(args, look, (wire) => this.act("ring", wire));
  }

  /** Rings a combo: `parts` are [{step, item, portion, modifiers?, note?}], one for every choice of every step. */
  ringCombo(item, portion, parts, { quantity = 1, note = "", isAllergy = false, seat = this.state.seat } = {}) {
    const sent = parts.map(({ step, portion: { id }, modifiers = [], note: words = "" }) => (
      { step, portion_id: id, modifier_ids: modifiers.map((one) => one.id), ...(words && { note: words }) }));
    const args = { check_id: this.state.checkId, portion_id: portion.id, quantity, parts: sent, seat_no: seat, note, is_allergy: isAllergy };
    const look = {
      item_id: item.id, name: item.name, portion_id: portion.id, portion: "", stations: [], course: parts[0]?.item.course ?? item.course,
      combo_name: item.name, modifiers: parts.map((part) => ({ name: part.item.name, price: 0 })),
    };
    this.menu.hasRung = true;
    this.rings.add(args, look, (wire) => this.act("ring_combo", wire));
  }

  /** Sold out before the kitchen was told of it. */
  isSoldOut(line) {
    return this.state.stock >= 0 && isWaiting(line) && Boolean(this.state.book?.item(line.item_id)?.is_out);
  }

  line(id) {
    return this.state.check?.lines.find((line) => line.id === id);
  }

  /** The table the party sits at; null at the counter. */
  tableId() {
    const { check } = this.state;
    return check?.table_id === undefined ? kiosk.route.params?.table_id ?? null : check.table_id;
  }

  seatsWithAllergy() {
    return new Set(this.state.lines.filter((line) => isLive(line) && line.is_allergy && line.seat_no).map((line) => line.seat_no));
  }

  may(permission) {
    return Boolean(kiosk.me?.permissions?.includes(permission));
  }

  /** The kiosk ticks every second; the minutes on this screen need a look every ten. */
  #tick() {
    const tens = Math.floor(kiosk.now() / 10_000);
    if (tens === this.tens || kiosk.route.view !== "order") return;
    this.tens = tens;
    this.state.tick += 1;
  }
}

Object.assign(Pad.prototype, gestures);
