/** Words of the reports: what a range is told by, how columns and rows are called, how figures differ. Pure. */

import { shortDay } from "close_words";
import { spanName } from "daybook_words";

/** What a range is told by, in the order people ask for it. */
export const GROUPS = [
  { word: "When", of: [["day", "Days"], ["weekday", "Weekdays"], ["hour", "Hours"], ["month", "Months"]] },
  { word: "What", of: [["category", "Categories"], ["item", "Items"], ["whole_item", "Whole items"], ["best", "Best of month"], ["portion", "Portions"], ["modifier", "Modifiers"], ["course", "Courses"]] },
  { word: "Who, where, how paid", of: [["staff", "Staff"], ["tender", "Ways to pay"], ["table", "Tables"], ["section", "Sections"], ["tax", "Taxes"]] },
  { word: "Taken off", of: [["deed", "Leaks"], ["void_reason", "Voids"], ["comp_reason", "On the house"], ["discount_reason", "Discounts"], ["refund_reason", "Refunds"]] },
];
export const DIMENSIONS = Object.fromEntries(GROUPS.flatMap(({ of }) => of));

export const BESIDE = [
  { key: "nothing", word: "Not compared" },
  { key: "before", word: "Days before" },
  { key: "year", word: "A year before" },
];

/** The forms in which a range is taken away, by how the file ends. */
export const FILES = [
  { key: "xlsx", word: "Workbook" },
  { key: "pdf", word: "PDF on A4" },
  { key: "zip", word: "CSV, a file a sheet" },
];

const COLUMNS = {
  receipts: "Receipts", covers: "Guests", pieces: "Pieces", turnover: "Turnover", amount: "Amount", tips: "Tips", days: "Days", count: "Paid", refunds: "Refunds",
  net: "Net", tax: "Tax", gross: "Gross", times: "Times", after_bill: "After the bill", per_guest: "Per guest", voids: "Voids", comps: "On the house",
  discounts: "Discounts", price: "Price", surcharge: "Surcharge", hours: "Hours", commission: "Commission", cost: "Goods", margin: "Margin", margin_ppm: "Margin %",
};
export const columnName = (name) => COLUMNS[name] ?? name;

/** Figures of a person that the journal tells: what the sheet behind them is called. */
export const OF_STAFF = { voids: "Voids", comps: "On the house", discounts: "Discounts" };

/** Dimensions that are told as time goes by, so that they are drawn from left to right. */
export const IN_TIME = ["day", "month", "hour", "weekday"];

/** Dimensions whose figures cost something: more of them is bad. */
export const COSTLY = ["deed", "void_reason", "comp_reason", "discount_reason", "refund_reason"];

const capital = (text) => text.charAt(0).toUpperCase() + text.slice(1);
const inWords = (iso, how) => new Intl.DateTimeFormat("en-GB", { timeZone: "UTC", ...how }).format(Date.parse(iso)).replace(",", "").replace(/Sept\b/, "Sep");

/** "Sat 21 Nov", with the year where the range has more than one. */
const dayName = (iso, hasYears) => inWords(iso, { weekday: "short", day: "numeric", month: "short", ...(hasYears && { year: "numeric" }) });

/** "1 to 21 Nov", with the years where they are not this one's. */
export function rangeName([from, to], today) {
  const years = [...new Set([from, to].map((iso) => iso.slice(0, 4)))];
  if (years.length > 1) return `${shortDay(from)} ${years[0]} to ${shortDay(to)} ${years[1]}`;
  return spanName(from, to) + (years[0] === today.slice(0, 4) ? "" : ` ${years[0]}`);
}

const monthOf = (iso) => Number(iso.slice(0, 4)) * 12 + Number(iso.slice(5, 7)) - 1;
const dayIn = (month, day) => new Date(Date.UTC(Math.floor(month / 12), month % 12, day)).toISOString().slice(0, 10);

/** The days of a month that lie in a range, null where none do. */
function daysIn(month, [first, last]) {
  const days = [[dayIn(month, 1), first].sort()[1], [dayIn(month + 1, 0), last].sort()[0]];
  return days[0] <= days[1] ? days : null;
}

/** A day and a month have days of their own, and others that they stand beside: {key, days, before}. */
export function spansOf(by, { day, month }, { from, to, beside }) {
  if (by === "best") return { before: null };
  if (by === "month") {
    const at = monthOf(month);
    return { key: {}, days: daysIn(at, [from, to]), before: beside && daysIn(at - monthOf(from) + monthOf(beside[0]), beside) };
  }
  if (by !== "day") return {};
  const before = beside && new Date(Date.parse(day) - Date.parse(from) + Date.parse(beside[0])).toISOString().slice(0, 10);
  return { key: {}, days: [day, day], before: before && [before, before] };
}

const BEST_BY = { turnover: "most turnover", pieces: "most pieces" };

/** What stands out of a time, in the order it is told: {what, word, figure}. */
export const PEAKS = [
  { what: "busiest", word: "Busiest", figure: "receipts" },
  { what: "best", word: "Best", figure: "turnover" },
  { what: "quietest", word: "Quietest", figure: "receipts" },
];

/** How a row is called: {name, small}, and the `parts` of what is small, each of which may run its own way. */
export function nameOf(by, key, hasYears = false) {
  const named = {
    day: () => [dayName(key.day, hasYears)],
    month: () => [inWords(`${key.month}-01`, { month: "long", year: "numeric" })],
    hour: () => [`${String(key.hour).padStart(2, "0")}:00`],
    tax: () => [`${key.rate_ppm / 10000} %`],
    item: () => [key.portion ? `${key.item}, ${key.portion}` : key.item, key.category === key.item ? "" : key.category],
    best: () => [inWords(`${key.month}-01`, { month: "long", year: "numeric" }), key.item, BEST_BY[key.most]],
    whole_item: () => [key.item, key.category === key.item ? "" : key.category],
    modifier: () => [key.prefix ? `${capital(key.prefix)} ${key.modifier}` : key.modifier],
    deed: () => [capital(key.kind), key.reason, key.person],
  }[by];
  const [name, ...more] = named ? named() : [Object.values(key)[0]];
  const parts = more.filter(Boolean);
  return { name: name || "No reason given", small: parts.join(", "), parts };
}

/** A part of a whole as a CSS width, between nothing and everything. */
export const share = (part, whole) => (whole > 0 ? `${Math.min(100, Math.max(0, (part * 100) / whole)).toFixed(1)}%` : "0%");

/** How much more or less it is than before: {text, part, css}; `isCost` turns good and bad around. */
export function difference(now, before, write, isCost = false) {
  const more = now - before;
  if (!more) return { text: "as before", part: "", css: "" };
  const isGood = more > 0 !== isCost;
  const tenths = before > 0 ? Math.round((more * 1000) / before) : 0;
  const size = Math.abs(tenths);
  const part = before > 0 ? `${more < 0 ? "\u2212" : "+"}${Math.floor(size / 10)}.${size % 10} %` : "";
  return { text: (more > 0 ? "+" : "") + write(more), part, css: isGood ? "k-ok" : "k-bad" };
}

/** A figure as its column is written. */
export function written(kind, value) {
  if (value === null || value === undefined) return "";
  if (kind === "money") return window.kiosk.money(value);
  if (kind === "rate") return `${(value / 10000).toFixed(1).replace("-", "\u2212")} %`;
  const locale = (window.kiosk.me?.venue?.locale ?? "en-GB").replaceAll("_", "-");
  if (kind === "hours") return new Intl.NumberFormat(locale, { numberingSystem: "latn", minimumFractionDigits: 2, maximumFractionDigits: 2 }).format(value / 60);
  return (value < 0 ? "\u2212" : "") + new Intl.NumberFormat(locale, { numberingSystem: "latn" }).format(Math.abs(value));
}
