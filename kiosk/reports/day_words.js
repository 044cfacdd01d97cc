/** Words and scales of the day: dates, shares and the steps of a chart; whole minor units in, text out. */

const NAMED = { weekday: "long", day: "numeric", month: "long", timeZone: "UTC" };
const PARTS = 3;

/** "Friday 27 November", with the year when it is not this one's. */
export function dayName(iso, today) {
  const year = iso.slice(0, 4) === today?.slice(0, 4) ? {} : { year: "numeric" };
  return new Intl.DateTimeFormat("en-GB", { ...NAMED, ...year }).format(Date.parse(iso)).replace(",", "");
}

/** "Friday" */
export const weekday = (iso) => new Intl.DateTimeFormat("en-GB", { weekday: "long", timeZone: "UTC" }).format(Date.parse(iso));

/** An amount with its sign before it: +527.00. */
export const signed = (amount, kiosk) => (amount > 0 ? "+" : "") + kiosk.money(amount);

/** A part of a whole in percent with one decimal: "28.4 %". */
export function percent(part, whole) {
  if (!whole) return "";
  const tenths = Math.round((part * 1000) / whole);
  const size = Math.abs(tenths);
  return `${tenths < 0 ? "\u2212" : ""}${Math.floor(size / 10)}.${size % 10} %`;
}

/** A part of a whole as a CSS width, between nothing and everything. */
export const share = (part, whole) => (whole > 0 ? `${Math.min(100, Math.max(0, (part * 100) / whole)).toFixed(1)}%` : "0%");

/** The top of a chart in three round steps that no bar outgrows, in minor units. */
export function top(highest) {
  const least = Math.max(highest, PARTS) / PARTS;
  const power = 10 ** Math.floor(Math.log10(least));
  const step = [1, 2, 2.5, 3, 4, 5, 10].map((factor) => Math.ceil(factor * power)).find((size) => size >= least);
  return step * PARTS;
}

/** The figures beside a chart of this height, from the top down; without decimals where they are whole. */
export function marks(height, kiosk) {
  const unit = 10 ** (kiosk.me?.venue?.decimals ?? 2);
  const whole = new Intl.NumberFormat(kiosk.me?.venue?.locale ?? "en-GB", { numberingSystem: "latn" });
  const write = (amount) => (amount % unit ? kiosk.money(amount) : whole.format(amount / unit));
  return [3, 2, 1, 0].map((part) => write((height / PARTS) * part));
}

/** How a tax rate in parts per million is written: 81000 -> "8.1 %". */
export const rate = (ppm) => `${ppm / 10000} %`;

/** "1 check", "2 checks" */
export const many = (count, word) => `${count} ${word}${count === 1 ? "" : "s"}`;

/** An hour as a clock says it: "09". */
export const hourName = (hour) => String(hour).padStart(2, "0");

/** How long something took: "45 s", "9 min", "1 h 22". */
export function duration(seconds) {
  if (seconds < 60) return `${seconds} s`;
  const minutes = Math.round(seconds / 60);
  return minutes < 60 ? `${minutes} min` : `${Math.floor(minutes / 60)} h ${String(minutes % 60).padStart(2, "0")}`;
}

/** An amount that went out: 2900 -> "\u221229.00", nothing is nothing. */
export const gone = (amount, kiosk) => kiosk.money(-Math.abs(amount));
