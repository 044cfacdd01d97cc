/** What a tile says: its state in a word, its clock, its badges, its next step. Pure; draws nothing. */

export const STATES = {
  available: { css: "is-free", icon: "chair_alt", word: "Available" },
  seated: { css: "is-seated", icon: "edit_note", word: "No order" },
  ordered: { css: "is-ordered", icon: "skillet", word: "Ordered" },
  served: { css: "is-served", icon: "restaurant", word: "Served" },
  billing: { css: "is-billing", icon: "receipt", word: "Bill out" },
  paid: { css: "is-dirty", icon: "cleaning_services", word: "To clear" },
  reserved: { css: "is-reserved", icon: "event_seat", word: "Reserved" },
  held: { css: "is-held", icon: "lock", word: "Held" },
};

const SOON = 0.75;
const PAPER_TOLD_FOR = 600;
const EMPTY = new Set(["available", "reserved", "held"]);

/** Whether nobody sits there. */
export const isEmpty = (state) => EMPTY.has(state);

export const some = (count, one, many) => `${count} ${count === 1 ? one : many}`;

/** Seconds until an instant by the kiosk's clock; negative when it has passed. */
export const until = (iso, kiosk) => Math.round((Date.parse(iso) - kiosk.now()) / 1000);

/** The booking or hold that an empty table shows now. Time passes on the tablet too: bookings begin, holds end. */
export function bookingOf(tile, house) {
  const own = house.booked.get(tile.id) ?? [];
  const kept = tile.booking && !own.some(({ id }) => id === tile.booking.id) ? [...own, tile.booking] : own;
  const shown = kept.filter((booking) => isShown(booking, house));
  return shown.sort((a, b) => (a.kind === "held" ? 1 : 0) - (b.kind === "held" ? 1 : 0) || a.due_at.localeCompare(b.due_at))[0] ?? null;
}

function isShown(booking, { kiosk, before }) {
  if (booking.kind === "held") return !booking.until_at || until(booking.until_at, kiosk) > 0;
  return until(booking.due_at, kiosk) <= before;
}

function stateOf(tile, booking) {
  if (!isEmpty(tile.state)) return tile.state;
  if (!booking) return "available";
  return booking.kind === "held" ? "held" : "reserved";
}

/** A clock of `age` seconds against its limit: share, "late" past it, "warn" from three quarters on. */
function clockAt(age, limit) {
  const over = Math.max(1, Math.floor((age - limit) / 60));
  const time = age > limit ? "late" : age >= limit * SOON ? "warn" : null;
  const minutes = Math.floor(age / 60);
  return { share: Math.min(1, age / limit), age, time, minutes, over, text: time === "late" ? `+${over}` : `${minutes}` };
}

function clockOf(tile, state, booking, { limits, kiosk }) {
  if (state === "reserved") return lateGuests(booking, kiosk);
  if (!tile.since || !limits[state]) return null;
  return clockAt(kiosk.seconds(tile.since), limits[state]);
}

/** Guests who have not come a minute past their time are late. */
function lateGuests(booking, kiosk) {
  const age = -until(booking.due_at, kiosk);
  return age < 60 ? null : { ...clockAt(age, 1), over: Math.floor(age / 60), text: `+${Math.floor(age / 60)}` };
}

/** When the next held course is to be fired: {name, in_s} or null while the kitchen is not to be told yet. */
export function courseDue(tile, kiosk) {
  const course = tile.next_course;
  return course?.fire_at ? { name: course.name, in_s: until(course.fire_at, kiosk) } : null;
}

/** The next step that the signed-in person may take: {name, label, now}. Guests who wait to pay come first. */
export function stepOf(tile, state, booking, kiosk) {
  if (state === "reserved") return kiosk.may("seat") ? { name: "seat_booking", label: `Seat ${booking.covers}`, now: until(booking.due_at, kiosk) <= 0 } : null;
  if (state === "billing" && kiosk.may("settle")) return { name: "settle", label: "Settle", now: true };
  if (tile.ready && kiosk.may("serve")) return { name: "serve", label: `Serve ${tile.ready}`, now: true };
  if (tile.next_course && kiosk.may("fire")) return fireStep(tile, kiosk);
  if (state === "served" && kiosk.may("ask_bill")) return { name: "bill", label: "Print bill", now: false };
  if (state === "paid" && kiosk.may("seat") && !tile.isCounter) return { name: "clear", label: "Cleared", now: true };
  return null;
}

function fireStep(tile, kiosk) {
  const due = courseDue(tile, kiosk);
  return { name: "fire", label: `Fire ${tile.next_course.name.toLocaleLowerCase()}`, now: Boolean(due && due.in_s <= 0) };
}

/** Everything one tile shows. `house`: {kiosk, limits, before, booked, hands}. */
export function faceOf(tile, house) {
  const { kiosk } = house;
  const booking = isEmpty(tile.state) ? bookingOf(tile, house) : null;
  const name = stateOf(tile, booking);
  const face = {
    tile, name, booking,
    state: STATES[name] ?? STATES.available,
    clock: clockOf(tile, name, booking, house),
    id: tile.id,
    label: tile.label,
    guests: guestsOf(tile, name, booking),
    paper: paperOf(tile, kiosk),
    badges: [],
    meta: metaOf(tile, name, booking, kiosk),
    sum: tile.total && name !== "paid" ? kiosk.money(tile.total) : "",
    step: stepOf(tile, name, booking, kiosk),
    isMine: isMine(tile, name, house),
  };
  face.badges = badgesOf(face);
  face.spoken = spoken(face);
  face.key = [face.spoken, face.clock?.share.toFixed(2), face.meta, face.step?.label, face.step?.now, tile.initials, tile.check_id, ...placeKey(tile)].join("|");
  return face;
}

/** faceOf that draws up each tile once for the same house, so that news of one table leave the others as they are. */
export function faceKeeper() {
  let known = new WeakMap(), seen = null;
  return (tile, house) => {
    if (seen !== house) [known, seen] = [new WeakMap(), house];
    if (!known.has(tile)) known.set(tile, faceOf(tile, house));
    return known.get(tile);
  };
}

const placeKey = ({ x, y, width, height, shape }) => [x, y, width, height, shape];

function guestsOf(tile, name, booking) {
  if (name === "paid" || name === "held") return 0;
  if (name === "reserved") return booking.covers;
  return tile.check_id ? tile.covers : tile.seats;
}

/** What became of a slip or bill that did not come as it should; where it went instead is told for ten minutes. */
function paperOf({ paper }, kiosk) {
  return paper && (paper.state !== "rerouted" || kiosk.seconds(paper.since) < PAPER_TOLD_FOR) ? paper : null;
}

/** What waits on the check: paper that did not come, ready dishes, then sold-out warnings or else unsent lines. */
function badgesOf({ tile: { ready, warned, draft }, paper }) {
  const badges = paper ? [{ css: paper.state === "rerouted" ? "" : "is-warned", icon: "print_error", count: paper.count }] : [];
  if (ready) badges.push({ css: "is-ready", icon: "room_service", count: ready });
  if (warned) badges.push({ css: "is-warned", icon: "production_quantity_limits", count: warned });
  else if (draft) badges.push({ css: "", icon: "edit", count: draft });
  return badges;
}

function metaOf(tile, name, booking, kiosk) {
  if (name === "held") return `${booking.name}${booking.until_at ? `, till ${kiosk.clock(booking.until_at)}` : ""}`;
  if (name === "reserved") return `${kiosk.clock(booking.due_at)} ${booking.name}`;
  if (tile.isCounter) return tile.pickup_at ? kiosk.clock(tile.pickup_at) : "";
  if (tile.joined_to) return `with ${tile.joined_to}`;
  const joined = tile.joined?.length ? `+ ${tile.joined.join(" ")}` : "";
  const stay = tile.seated_at && name !== "paid" ? hours(kiosk.minutes(tile.seated_at)) : "";
  return [stay, joined].filter(Boolean).join(" ");
}

function hours(minutes) {
  return `${Math.floor(minutes / 60)}:${String(minutes % 60).padStart(2, "0")}`;
}

function spoken({ tile, state, clock, guests, sum, booking, name, paper }) {
  const said = [tile.isCounter ? tile.label : `Table ${tile.label}`, state.word];
  if (guests && !tile.isCounter) said.push(tile.check_id || booking ? some(guests, "guest", "guests") : some(guests, "chair", "chairs"));
  if (clock) said.push(clock.time === "late" ? `${some(clock.over, "minute", "minutes")} late` : some(clock.minutes, "minute", "minutes"));
  if (booking) said.push(booking.name);
  if (paper) said.push(paper.says.replace(/\.$/, ""));
  if (tile.ready) said.push(some(tile.ready, "dish ready", "dishes ready"));
  if (tile.draft) said.push(`${tile.draft} not sent`);
  if (tile.warned) said.push(`${tile.warned} sold out`);
  if (tile.held) said.push(`${tile.held} held`);
  if (tile.joined_to) said.push(`joined to ${tile.joined_to}`);
  if (sum) said.push(sum);
  if (tile.waiter && name !== "available") said.push(tile.waiter);
  return said.join(", ");
}

/** Whether this person looks after it: their own checks, every bill for whoever takes the money, free tables in their hands. */
function isMine(tile, name, { kiosk, hands }) {
  const me = kiosk.me?.person_id;
  if (!tile.check_id) return me !== undefined && hands.get(tile.section_id) === me;
  return tile.waiter_id === me || (name === "billing" && kiosk.may("settle"));
}

/** Sections with their faces, in the order of the house; `rows` lets a long section take more of the height. */
export function areas(sections, faces) {
  return sections
    .map((section) => {
      const own = faces.filter(({ tile }) => tile.section_id === section.id);
      const taken = own.filter(({ name }) => name !== "available").length;
      return { ...section, faces: own, rows: Math.ceil(own.length / 6), taken: `${taken} of ${own.length}` };
    })
    .filter((area) => area.faces.length);
}

/** How many tables are in each state. */
export function counts(faces) {
  const found = Object.fromEntries(Object.keys(STATES).map((name) => [name, 0]));
  for (const { name } of faces) found[name] += 1;
  return found;
}

/** What stands for a check without a table: fetched, or eaten at the counter. */
export const iconOf = ({ dining }) => (dining === "eat_in" ? "local_bar" : "takeout_dining");

/** A check without a table, as something a tile can show. */
export function asTile(card) {
  return { ...card, id: `c${card.check_id}`, isCounter: true };
}
