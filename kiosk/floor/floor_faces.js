/** What a table's tile says: its state in a word, its clock, its next step. Pure; draws nothing. */

export const STATES = {
  available: { css: "is-free", icon: "chair_alt", word: "Available" },
  seated: { css: "is-seated", icon: "edit_note", word: "No order" },
  ordered: { css: "is-ordered", icon: "skillet", word: "Ordered" },
  served: { css: "is-served", icon: "restaurant", word: "Served" },
  billing: { css: "is-billing", icon: "receipt", word: "Bill out" },
  paid: { css: "is-dirty", icon: "cleaning_services", word: "To clear" },
  reserved: { css: "is-reserved", icon: "event_seat", word: "Reserved" },
};

const SOON = 0.75;
const WAITS = {
  seated: { title: "No order", label: "Take order" },
  ordered: { title: "Dishes due", label: "Open" },
  served: { title: "Finished eating?", label: "Open" },
  billing: { title: "Bill unpaid", label: "Open" },
  paid: { title: "To clear", label: "Open" },
};

/** The clock of the present state: share of its limit, "late" past it, "warn" from three quarters on. */
export function clockOf(tile, limits, kiosk) {
  const limit = limits[tile.state];
  if (!tile.since || !limit) return null;
  const age = kiosk.seconds(tile.since);
  const over = Math.max(1, Math.floor((age - limit) / 60));
  const time = age > limit ? "late" : age >= limit * SOON ? "warn" : null;
  const minutes = Math.floor(age / 60);
  return { share: Math.min(1, age / limit), age, time, minutes, over, text: time === "late" ? `+${over}` : `${minutes}` };
}

/** The next step of a table that the signed-in person may do: {name, label, now}. Guests who wait to pay come first. */
export function stepOf(tile, kiosk) {
  if (tile.state === "billing" && kiosk.may("settle")) return { name: "settle", label: "Settle", now: true };
  if (tile.ready && kiosk.may("serve")) return { name: "serve", label: `Serve ${tile.ready}`, now: true };
  if (tile.state === "served" && kiosk.may("ask_bill")) return { name: "bill", label: "Print bill", now: false };
  if (tile.state === "paid" && kiosk.may("seat")) return { name: "clear", label: "Cleared", now: true };
  return null;
}

/** Everything one tile shows. */
export function faceOf(tile, limits, kiosk) {
  const state = STATES[tile.state] ?? STATES.available;
  const clock = clockOf(tile, limits, kiosk);
  const face = {
    tile, state, clock,
    id: tile.id,
    label: tile.label,
    guests: tile.check_id && tile.state !== "paid" ? tile.covers : tile.state === "paid" ? 0 : tile.seats,
    seatedFor: tile.seated_at && tile.state !== "paid" ? hours(kiosk.minutes(tile.seated_at)) : "",
    sum: tile.total && tile.state !== "paid" ? kiosk.money(tile.total) : "",
    step: stepOf(tile, kiosk),
  };
  face.spoken = spoken(face);
  face.key = [face.spoken, clock?.share.toFixed(2), face.seatedFor, face.step?.label, tile.initials].join("|");
  return face;
}

function hours(minutes) {
  return `${Math.floor(minutes / 60)}:${String(minutes % 60).padStart(2, "0")}`;
}

const some = (count, one, many) => `${count} ${count === 1 ? one : many}`;

function spoken({ tile, state, clock, guests, sum }) {
  const said = [`Table ${tile.label}`, state.word];
  if (guests) said.push(tile.check_id ? some(guests, "guest", "guests") : some(guests, "chair", "chairs"));
  if (clock) said.push(clock.time === "late" ? `${some(clock.over, "minute", "minutes")} late` : some(clock.minutes, "minute", "minutes"));
  if (tile.ready) said.push(some(tile.ready, "dish ready", "dishes ready"));
  if (tile.draft) said.push(`${tile.draft} not sent`);
  if (sum) said.push(sum);
  if (tile.waiter) said.push(tile.waiter);
  return said.join(", ");
}

/** Whether a table is this person's to look after: their own, and every bill for whoever takes the money. */
export function isMine(tile, kiosk) {
  if (!tile.check_id) return false;
  return tile.waiter_id === kiosk.me?.person_id || (tile.state === "billing" && kiosk.may("settle"));
}

/** The cards of "Needs you", the most pressing first: late, then dishes at the pass, then soon due. */
export function needs(faces, kiosk) {
  const waiting = faces.filter(({ tile, clock }) => isMine(tile, kiosk) && (tile.ready || clock?.time));
  return waiting.map((face) => card(face)).sort((a, b) => a.rank - b.rank || b.pressing - a.pressing);
}

function card(face) {
  const { tile, clock, step } = face;
  const waits = WAITS[tile.state] ?? WAITS.seated;
  const late = clock?.time === "late";
  const ready = Boolean(tile.ready) && step?.name !== "settle";
  return {
    face,
    kind: late ? "is-late" : ready ? "is-ready" : "is-warn",
    rank: late ? 0 : ready ? 1 : 2,
    pressing: clock ? clock.age - (late ? 0 : 1e6) : 0,
    title: ready ? some(tile.ready, "dish ready", "dishes ready") : waits.title,
    minutes: `${clock?.minutes ?? 0} min`,
    over: late ? `${clock.over} over` : "",
    step: step ?? { name: "open", label: waits.label },
  };
}

/** Sections with their faces, in the order of the house; `rows` lets a long section take more of the height. */
export function areas(sections, faces) {
  return sections
    .map((section) => {
      const own = faces.filter(({ tile }) => tile.section_id === section.id);
      const taken = own.filter(({ tile }) => tile.state !== "available").length;
      return { ...section, faces: own, rows: Math.ceil(own.length / 6), taken: `${taken} of ${own.length}` };
    })
    .filter((area) => area.faces.length);
}

/** How many tables are in each state. */
export function counts(faces) {
  const found = Object.fromEntries(Object.keys(STATES).map((name) => [name, 0]));
  for (const { tile } of faces) found[tile.state] = (found[tile.state] ?? 0) + 1;
  return found;
}
