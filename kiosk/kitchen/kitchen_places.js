/** Where tickets hang. A ticket keeps its place until it goes; a new one takes the first free place. */

const ON_WALL = 10;
const IN_ROW = 5;
const BODY_OF_ONE_PLACE = 322;
const NAME_FITS = 21;
const NAMED_HEADER_MORE = 40;
const HELD_ROW = 36;
const HEADING = 28;

/** How long after something came to a place a tap there is not yet meant for it, in milliseconds. */
export const SETTLING = 700;

/** Places of one tab: ten on the wall, in two rows; as many as needed where tickets flow. */
export function newPlaces(isWall) {
  return { isWall, held: isWall ? Array(ON_WALL).fill(null) : [], waiting: [], last: {}, since: {}, heights: {}, under: {} };
}

/** Take away what is gone, hang what is new, oldest first; what finds no place waits in line. `under` is held below whom. */
export function hang(places, tickets, under, now) {
  places.under = under;
  const open = new Set(tickets.map((ticket) => ticket.id));
  places.held = places.held.map((id) => (open.has(id) ? id : null));
  const hung = new Set(places.held);
  for (const ticket of tickets) if (!hung.has(ticket.id)) put(places, ticket, now);
  if (places.isWall) tickets.forEach((ticket) => stretch(places, ticket));
  else while (places.held.length && places.held.at(-1) === null) places.held.pop();
  const placed = new Set(places.held);
  places.waiting = tickets.filter((ticket) => !placed.has(ticket.id)).map((ticket) => ticket.id);
}

/** Whether a ticket came to its place too recently for a tap there to be meant for it. */
export function isJustHung(places, id, now) {
  return now - (places.since[id] ?? 0) < SETTLING;
}

/** Who stands at each place of the pass and since when, {id, since}: who moved up came there now. */
export function stood(before, ids, now) {
  return ids.map((id, place) => (before[place]?.id === id ? before[place] : { id, since: now }));
}

/** What the board draws: {place, id, isTall} for every place, null ids for free ones, then those in line. */
export function cells(places) {
  const drawn = [];
  places.held.forEach((id, place) => {
    if (id !== null && isLowerHalf(places, place)) return;
    drawn.push({ place, id, isTall: places.isWall && id !== null && places.held[place + IN_ROW] === id });
  });
  return drawn;
}

/** The id hanging at a place, null for a free one. */
export function at(places, place) {
  return places.held[place] ?? null;
}

/** Grid lines of a place on the wall. */
export function wallStyle({ place, isTall }) {
  const row = Math.floor(place / IN_ROW) + 1;
  return { gridColumn: (place % IN_ROW) + 1, gridRow: isTall ? "1 / 3" : row };
}

/** Whether a ticket's dishes, and what is held below them, need two places to be read without scrolling. */
export function isLong(ticket, held = []) {
  const courses = new Set(ticket.lines.map((line) => line.course)).size + new Set(held.map((line) => line.course)).size;
  const header = ticket.label.length > 4 || ticket.is_take_away ? NAMED_HEADER_MORE : 0;
  const dishes = ticket.lines.reduce((sum, line) => sum + heightOf(line), 0);
  return header + courses * HEADING + dishes + held.length * HELD_ROW > BODY_OF_ONE_PLACE;
}

function heightOf(line) {
  const rows = (text) => (text ? Math.ceil(text.length / 26) : 0);
  const name = Math.ceil((line.name.length + line.portion.length) / NAME_FITS) * 32 + 16;
  const said = rows(line.modifiers.join(", ")) + rows(line.note) + rows(line.was) + rows(line.meant_for);
  const seat = line.seat_no && !line.is_allergy ? 24 : 0;
  return name + said * 24 + seat + (line.is_allergy ? 74 : 0);
}

function put(places, ticket, now) {
  const place = freePlace(places, ticket);
  if (place === null) return;
  places.held[place] = ticket.id;
  places.last[ticket.id] = place;
  places.since[ticket.id] = now;
  if (places.isWall) stretch(places, ticket);
}

function freePlace(places, ticket) {
  const isFree = (place) => (places.held[place] ?? null) === null;
  const before = places.last[ticket.id];
  if (before !== undefined && isFree(before)) return before;
  if (!places.isWall) return firstFree(places.held) ?? places.held.length;
  const column = places.held.findIndex((_, place) => place < IN_ROW && isFree(place) && isFree(place + IN_ROW));
  return isLong(ticket, places.under[ticket.id]) && column >= 0 ? column : firstFree(places.held);
}

function firstFree(held) {
  const place = held.indexOf(null);
  return place < 0 ? null : place;
}

function stretch(places, ticket) {
  const place = places.held.indexOf(ticket.id);
  const isTop = place >= 0 && place < IN_ROW;
  if (isTop && places.held[place + IN_ROW] === null && isLong(ticket, places.under[ticket.id])) places.held[place + IN_ROW] = ticket.id;
}

function isLowerHalf(places, place) {
  return places.isWall && place >= IN_ROW && places.held[place - IN_ROW] === places.held[place];
}
