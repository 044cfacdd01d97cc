// Rings on their way: shown as lines at once, replaced by the server's line when it comes, gone when it is refused.

let count = 0;

const sameAs = (ring) => (line) => {
  const { args } = ring;
  return line.state === "draft" && line.portion_id === args.portion_id && line.quantity === args.quantity
    && (line.note || "") === args.note && (line.seat_no ?? null) === (args.seat_no ?? null);
};

export class Rings {
  constructor(changed) {
    this.all = [];
    this.keys = new Map();
    this.changed = changed;
  }

  /** Shows the ring, sends it once, and forgets it when it is refused. */
  add({ item, portion, modifiers, args }, send) {
    const ring = { key: `r${(count += 1)}`, args, lineId: null, answered: false };
    ring.line = Object.freeze({
      key: ring.key, id: null, item_id: item.id, name: item.name, portion_id: portion.id,
      portion: item.portions.length > 1 ? portion.name : "", quantity: args.quantity, amount: null, modifiers,
      note: args.note, is_allergy: args.is_allergy, seat_no: args.seat_no, stations: item.stations, state: "saving",
    });
    this.all = [...this.all, ring];
    this.changed();
    send(args).then((result) => this.#answer(ring, result.line_id), () => this.#drop(ring));
  }

  #answer(ring, lineId) {
    this.#unguess(ring, lineId);
    ring.lineId = lineId;
    ring.answered = true;
    ring.line = Object.freeze({ ...ring.line, state: "draft" });
    this.keys.set(lineId, ring.key);
    if (this.seen?.has(lineId)) this.all = this.all.filter((other) => other !== ring);
    this.changed();
  }

  #drop(ring) {
    this.#unguess(ring, null);
    this.all = this.all.filter((other) => other !== ring);
    this.changed();
  }

  /** A new look at the check: rings that are on it now stand for their line no more. */
  match(before, check) {
    const known = new Set((before?.id === check.id ? before.lines : []).map((line) => line.id));
    const fresh = check.lines.filter((line) => !known.has(line.id) && !this.keys.has(line.id));
    for (const ring of this.all.filter((one) => one.args.check_id === check.id && !one.lineId)) {
      const place = fresh.findIndex(sameAs(ring));
      if (place >= 0) this.#guess(ring, fresh.splice(place, 1)[0]);
    }
    this.seen = new Set(check.lines.map((line) => line.id));
    this.all = this.all.filter((ring) => !(ring.answered && this.seen.has(ring.lineId)));
  }

  #guess(ring, line) {
    ring.lineId = line.id;
    this.keys.set(line.id, ring.key);
  }

  /** Rings the server has answered for, that the last look at the check did not show. */
  answered(checkId) {
    return this.all.filter((ring) => ring.answered && ring.args.check_id === checkId);
  }

  #unguess(ring, lineId) {
    if (ring.lineId && ring.lineId !== lineId) this.keys.delete(ring.lineId);
  }

  /** A fresh look decides: what it does not show of the answered ones is not there any more. */
  forget(rings, check) {
    const gone = new Set(rings.filter((ring) => ring.args.check_id === check.id));
    this.all = this.all.filter((ring) => !gone.has(ring));
  }

  /** Lines to show beside those of the server. */
  open(checkId) {
    const shown = (ring) => ring.args.check_id === checkId && !(ring.lineId && this.seen?.has(ring.lineId));
    return this.all.filter(shown).map((ring) => ring.line);
  }

  /** A key that stays the same when the server's line takes the place of the ring's. */
  keyOf(line) {
    return line.key ?? this.keys.get(line.id) ?? `l${line.id}`;
  }
}
