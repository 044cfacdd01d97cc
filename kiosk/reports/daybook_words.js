/** Words of the daybook: its ranges, the kinds of movements and how a row is told. Pure; dates as ISO text. */

import { shortDay } from "close_words";

const DAY_MS = 86_400_000;

export const RANGES = [
  { key: "today", word: "Today" },
  { key: "yesterday", word: "Yesterday" },
  { key: "week", word: "Week" },
  { key: "month", word: "Month" },
];

const KEPT = "kiosk_range";
const KEPT_MS = 1_800_000;

/** The range that all reports of this tablet share for half an hour: {range} or {from, to}. */
export const keepRange = (days) => sessionStorage.setItem(KEPT, JSON.stringify({ days, at: Date.now() }));

export function keptRange() {
  const { days, at } = JSON.parse(sessionStorage.getItem(KEPT) ?? "{}");
  return days && Date.now() - at < KEPT_MS ? days : {};
}

/** Every kind of movement: what it is called, its icon, and whether it reads as money in, money back, an expense or a move. */
export const KINDS = {
  sale: { word: "Sale", icon: "point_of_sale", css: "is-in" },
  return: { word: "Refund", icon: "undo", css: "is-out" },
  float: { word: "Float", icon: "flag", css: "is-mv" },
  pay_in: { word: "Paid in", icon: "add_card", css: "is-mv" },
  pay_out: { word: "Expense", icon: "shopping_bag", css: "is-exp" },
  tips: { word: "Tips paid out", icon: "volunteer_activism", css: "is-mv" },
  drop: { word: "To the safe", icon: "lock", css: "is-mv" },
  to_safe: { word: "Counted out", icon: "lock", css: "is-mv" },
  over_short: { word: "Over or short", icon: "balance", css: "is-exp" },
  no_sale: { word: "No sale", icon: "key", css: "is-mv" },
  hand_over: { word: "Hand over", icon: "swap_horiz", css: "is-mv" },
};

/** A tender that was put right goes out as it was and comes in as it is; it is no refund. */
const CORRECTED = { word: "Corrected", icon: "published_with_changes" };

const shifted = (iso, days) => new Date(Date.parse(iso) + days * DAY_MS).toISOString().slice(0, 10);

/** On which day weeks begin where the house is: 1 is Monday, 7 Sunday. */
function firstOfWeek() {
  const locale = new Intl.Locale((window.kiosk.me?.venue?.locale ?? "en-GB").replaceAll("_", "-"));
  return (locale.getWeekInfo?.() ?? locale.weekInfo)?.firstDay ?? 1;
}

/** The first and last business day of a named range, on this business day. */
export function spanOf(range, today) {
  if (range === "yesterday") return [shifted(today, -1), shifted(today, -1)];
  if (range === "week") return [shifted(today, -((new Date(Date.parse(today)).getUTCDay() - firstOfWeek() + 7) % 7)), today];
  if (range === "month") return [`${today.slice(0, 8)}01`, today];
  return [today, today];
}

/** "21 Nov", "16 to 21 Nov", "28 Oct to 3 Nov" */
export function spanName(from, to) {
  if (from === to) return shortDay(from);
  const sameMonth = from.slice(0, 7) === to.slice(0, 7);
  return `${sameMonth ? Number(from.slice(8)) : shortDay(from)} to ${shortDay(to)}`;
}

/** How a row is told: kind, what it was for, who, and the amount as in or out. */
export function toldOf(row) {
  const kind = row.is_correction ? { ...KINDS[row.kind], ...CORRECTED } : row.kind === "pay_out" && row.tip ? KINDS.tips : row.kind === "over_short" ? differed(row) : (KINDS[row.kind] ?? { word: row.kind, icon: "payments", css: "is-mv" });
  const about = [nameOf(row), row.reason].filter(Boolean).join(", ");
  return { ...row, ...kind, about, who: row.approver ? `${row.person}, approved by ${row.approver}` : row.person };
}

const differed = ({ amount }) => ({ ...KINDS.over_short, word: amount < 0 ? "Short" : "Over" });

/** What a sale was for: a table by its number, anything else by its name; of an expense the kind says it already. */
function nameOf({ kind, label }) {
  if (!label || kind === "pay_out") return "";
  return /^\p{L}?\d{1,4}$/u.test(label) ? `Table ${label}` : label;
}

