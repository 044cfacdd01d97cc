/** Words of the close: days, pieces of money, what a count came to. Pure; whole minor units in, text out. */

const NAMED = { weekday: "long", day: "numeric", month: "long", timeZone: "UTC" };
const SHORTLY = { day: "numeric", month: "short", timeZone: "UTC" };

/** "Friday 21 November" */
export const dayName = (iso) => new Intl.DateTimeFormat("en-GB", NAMED).format(Date.parse(iso)).replace(",", "");

/** "21 Nov" */
export const shortDay = (iso) => new Intl.DateTimeFormat("en-GB", SHORTLY).format(Date.parse(iso)).replace("Sept", "Sep");

/** "1 line", "2 lines"; the plural is said where it is not just an s more. */
export const many = (count, word, plural = `${word}s`) => `${count} ${count === 1 ? word : plural}`;

/** How long ago: "9 min", "1 h 22". */
export function lasting(minutes) {
  return minutes < 60 ? `${minutes} min` : `${Math.floor(minutes / 60)} h ${String(minutes % 60).padStart(2, "0")}`;
}

/** Whether a count names a piece of our own money; else it names another currency. */
const isOurs = (piece) => /^\d+$/.test(piece);

/** What is written on a coin or note: 5000 -> "50", 50 -> "0.50"; another currency is called by its code. */
export function face(piece) {
  if (!isOurs(piece)) return piece;
  const { decimals = 2, locale = "en-GB" } = window.kiosk.me?.venue ?? {};
  const unit = 10 ** decimals;
  if (piece % unit) return window.kiosk.money(piece);
  return new Intl.NumberFormat(locale.replaceAll("_", "-"), { numberingSystem: "latn" }).format(piece / unit);
}

/** Minor units of any currency as text, with as many decimals as it has. */
export function foreignMoney(amount, decimals) {
  const digits = String(amount).padStart(decimals + 1, "0");
  return decimals ? `${digits.slice(0, -decimals)}.${digits.slice(-decimals)}` : digits;
}

/** What counted pieces of our own money come to: {"5000": 7, "USD": 2000} -> 35000. */
export function sumOf(pieces) {
  return Object.entries(pieces).filter(([piece]) => isOurs(piece)).reduce((sum, [piece, count]) => sum + Number(piece) * Number(count), 0);
}

/** A difference in words: SHORT, OVER or EXACT, with how it looks and what it amounts to. */
export function verdict(overShort) {
  if (overShort < 0) return { word: "SHORT", icon: "arrow_downward", css: "", amount: -overShort };
  if (overShort > 0) return { word: "OVER", icon: "arrow_upward", css: "", amount: overShort };
  return { word: "EXACT", icon: "check_circle", css: "is-ok", amount: 0 };
}

/** How big money in words may be drawn, so that it stays on one line. */
export function sizeOf(word, figure) {
  const letters = word.length + figure.length;
  if (letters > 17) return "is-longer";
  return letters > 13 ? "is-long" : "";
}
