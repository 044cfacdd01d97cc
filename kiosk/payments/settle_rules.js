/** Words and looks of the settle desk. Pure; amounts are whole minor units and come from the server. */

const ICONS = { cash: "payments", card: "credit_card", wallet: "qr_code_2", voucher: "confirmation_number", other: "account_balance" };
const PARTS = { 2: "Half", 3: "One third", 4: "One quarter" };
const MOST_DIGITS = 10;

/** How a way to pay looks; by its kind, or by its name where only that is known. */
export const iconOf = (kind) => ICONS[kind] ?? "payments";

/** A modifier as the guest reads it: "No chilli", "Extra burrata", "Burrata on the side". */
export function spoken({ name, prefix }) {
  if (!prefix) return name;
  if (prefix === "side") return `${name} on the side`;
  const inside = /^.\p{Lu}/u.test(name) ? name : name.charAt(0).toLowerCase() + name.slice(1);
  return `${prefix === "no" ? "No" : "Extra"} ${inside}`;
}

/** A bare number is a table's. */
export const titleOf = (label) => (/^\d+\p{L}?$/u.test(label) ? `Table ${label}` : label);

/** "1 line", "3 lines" */
export const many = (count, word, plural = `${word}s`) => `${count} ${count === 1 ? word : plural}`;

/** A number pad's next amount: digits come in from the right, in minor units. */
export function typeOn(amount, key) {
  if (key === "back") return Math.floor(amount / 10);
  const next = Number(`${amount}${key}`);
  return String(next).length > MOST_DIGITS ? amount : next;
}

/** Lines under their seats, shared ones last; under their courses when nobody has a seat. */
export function groupLines(lines, courses = []) {
  const by = lines.some((line) => line.seat_no) ? "seat" : "course";
  const of = by === "seat" ? (line) => line.seat_no ?? 0 : (line) => line.course ?? 0;
  const last = by === "seat" ? Infinity : -1;
  const keys = [...new Set(lines.map(of))].sort((one, other) => (one || last) - (other || last));
  const nameOf = by === "seat" ? (key) => (key ? `Seat ${key}` : "Shared") : (key) => courses.find(({ no }) => no === key)?.name ?? `Course ${key}`;
  return { by, groups: keys.map((key) => ({ key, name: nameOf(key), lines: lines.filter((line) => of(line) === key) })) };
}

/** A tender as a receipt's card tells it: "Cash 50.00, change 20.00". */
export function toldTender({ name, given, change_due }) {
  const { money } = window.kiosk;
  return `${name} ${money(given)}${change_due ? `, change ${money(change_due)}` : ""}`;
}

/** "One third of 90.00", "1 of 7 parts of 90.00" */
export function toldPart(parts, whole) {
  const part = PARTS[parts] ?? `1 of ${parts} parts`;
  return whole === null ? part : `${part} of ${window.kiosk.money(whole)}`;
}

/** What a payer takes of the lines: "Seat 3 and ⅓ of Montepulciano" as pieces {text, frac}. */
export function toldLines(key, lines, sharersOf) {
  const mine = lines.map((line) => ({ line, among: sharersOf(line) })).filter(({ among }) => among.includes(key));
  const alone = mine.filter(({ among }) => among.length === 1).map(({ line }) => line);
  const seats = [...new Set(alone.map((line) => line.seat_no).filter(Boolean))];
  const whole = seats.filter((no) => lines.every((line) => line.seat_no !== no || alone.includes(line)));
  const single = alone.filter((line) => !whole.includes(line.seat_no));
  const shared = mine.filter(({ among }) => among.length > 1);
  return [
    ...(whole.length ? [{ text: `Seat ${listed(whole.map(String))}` }] : []),
    ...single.map((line) => ({ text: line.name })),
    ...shared.map(({ line, among }) => ({ frac: `1/${among.length}`, text: `of ${line.name}` })),
  ];
}

/** "1", "1 and 2", "1, 2 and 3" */
export function listed(words) {
  return words.length < 2 ? words.join("") : `${words.slice(0, -1).join(", ")} and ${words.at(-1)}`;
}

/** How big the money in words may be drawn: long words and figures together must stay on one line. */
export function sizeOf(word, figure) {
  const letters = word.length + figure.length;
  if (letters > 13) return "is-longer";
  return letters > 11 ? "is-long" : "";
}
