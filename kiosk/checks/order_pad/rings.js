// Rings on their way: shown as lines at once, replaced by the server's lines when they come, gone when refused.

let count = 0;

const sameAs = ({ args }) => (line) => line.state === "draft" && !line.combo_id && line.portion_id === args.portion_id
  && line.quantity === args.quantity && (line.note || "") === args.note && (line.seat_no ?? null) === (args.seat_no ?? null);

/** The fresh lines that may be this ring's: one, or for a combo one for every part. */
function found(ring, fresh) {
  if (!ring.args.parts) return fresh.filter(sameAs(ring)).slice(0, 1);
  const wanted = ring.args.parts.map((part) => part.portion_id).sort().join();
  const ids = new Set(fresh.map((line) => line.combo_id).filter(Boolean));
  const combos = [...ids].map((id) => fresh.filter((line) => line.combo_id === id && line.quantity === ring.args.quantity));
  return combos.find((lines) => lines.map((line) => line.portion_id).sort().join() === wanted) ?? [];
}

export class Rings {
  constructor(changed) {
    this.all = [];
    this.keys = new Map();
    this.changed = changed;
  }

  /** Shows the ring as `look` says, sends it once, and forgets it when it is refused. */
  add(args, look, send) {
    const ring = { key: `r${(count += 1)}`, args, ids: null, answered: false };
    ring.line = Object.freeze({
      key: ring.key, id: null, quantity: args.quantity, amount: null, note: args.note, is_allergy: args.is_allergy,
      seat_no: args.seat_no, state: "saving", ...look,
    });
    this.all = [...this.all, ring];
    this.changed();
    send(args).then((result) => this.#answer(ring, result.line_ids ?? [result.line_id]), () => this.#drop(ring));
  }

  #answer(ring, ids) {
    this.#know(ring, ids);
    ring.answered = true;
    ring.line = Object.freeze({ ...ring.line, state: "draft" });
    if (this.#isSeen(ring)) this.all = this.all.filter((other) => other !== ring);
    this.changed();
  }

  #drop(ring) {
    this.#know(ring, []);
    this.all = this.all.filter((other) => other !== ring);
    this.changed();
  }

  /** Which lines the ring became; its key stays with the first of them. */
  #know(ring, ids) {
    if (ring.ids?.length && ring.ids[0] !== ids[0]) this.keys.delete(ring.ids[0]);
    ring.ids = ids;
    if (ids.length) this.keys.set(ids[0], ring.key);
  }

  #isSeen(ring) {
    return Boolean(ring.ids?.length && ring.ids.every((id) => this.seen?.has(id)));
  }

  /** A new look at the check: rings that are on it now stand for their lines no more. */
  match(before, check) {
    const known = new Set((before?.id === check.id ? before.lines : []).map((line) => line.id));
    let fresh = check.lines.filter((line) => !known.has(line.id) && !this.keys.has(line.id));
    for (const ring of this.all.filter((one) => one.args.check_id === check.id && !one.ids)) {
      const mine = found(ring, fresh);
      if (mine.length) this.#know(ring, mine.map((line) => line.id));
      fresh = fresh.filter((line) => !mine.includes(line));
    }
    this.seen = new Set(check.lines.map((line) => line.id));
    this.all = this.all.filter((ring) => !(ring.answered && this.#isSeen(ring)));
  }

  /** Rings the server has answered for, that the last look at the check did not show. */
  answered(checkId) {
    return this.all.filter((ring) => ring.answered && ring.args.check_id === checkId);
  }

  /** A fresh look decides: what it does not show of the answered ones is not there any more. */
  forget(rings, check) {
    const gone = new Set(rings.filter((ring) => ring.args.check_id === check.id));
    this.all = this.all.filter((ring) => !gone.has(ring));
  }

  /** Lines to show beside those of the server. */
  open(checkId) {
    return this.all.filter((ring) => ring.args.check_id === checkId && !this.#isSeen(ring)).map((ring) => ring.line);
  }

  /** A key that stays the same when the server's line takes the place of the ring's. */
  keyOf(line) {
    return line.key ?? this.keys.get(line.id) ?? `l${line.id}`;
  }
}
