/** Words and choices of the settle desk: tips, cash keys with a tip, how far the keyed tenders go. Pure, whole minor units. */

export const KINDS = {
  cash: { name: "Cash", icon: "payments" },
  card: { name: "Card", icon: "credit_card" },
  wallet: { name: "Wallet", icon: "qr_code_2" },
  voucher: { name: "Voucher", icon: "confirmation_number" },
};

const MOST_DIGITS = 10;

/** A modifier as the guest reads it: "No chilli", "Extra burrata", "Burrata on the side". */
export function spoken({ name, prefix }) {
  if (!prefix) return name;
  if (prefix === "side") return `${name} on the side`;
  const inside = /^.\p{Lu}/u.test(name) ? name : name.charAt(0).toLowerCase() + name.slice(1);
  return `${prefix === "no" ? "No" : "Extra"} ${inside}`;
}

/** What keyed tenders pay of the bill; a tip is part of what was given, not of what pays. */
export function keyedSum(tenders) {
  return tenders.reduce((sum, tender) => sum + tender.given - tender.tip, 0);
}

/** The tip keys: none, 5 %, 10 %, and up to the next round amount. */
export function tipChoices(total, decimals) {
  const share = (percent) => Math.round((total * percent) / 100);
  const round = nextRound(total, decimals);
  return [
    { key: "none", tip: 0 },
    { key: "5", tip: share(5), word: "5 %" },
    { key: "10", tip: share(10), word: "10 %" },
    { key: "round", tip: round - total, upTo: round },
  ];
}

function nextRound(total, decimals) {
  const unit = decimals ? 10 ** decimals : 100;
  const step = total >= 20 * unit ? 5 * unit : unit;
  return (Math.floor(total / step) + 1) * step;
}

/** The tip as cash can pay it: what is due and the tip together come to whole coins. */
export function cashTip(bill, tip) {
  if (!tip) return 0;
  const step = bill.cash_step ?? 0;
  const whole = step > 1 ? Math.round((bill.due + tip) / step) * step : bill.due + tip;
  return Math.max(0, whole - bill.cash_due);
}

/** The quick cash keys; a tip moves every result by itself and has its own exact key. */
export function cashKeys(bill, tip) {
  if (!tip) return bill.cash_keys;
  const toPay = bill.cash_due + cashTip(bill, tip);
  const amounts = bill.cash_keys.map((key) => key.amount).filter((amount) => amount !== bill.cash_due);
  const all = [...new Set([...amounts, toPay])].sort((one, other) => one - other);
  return all.map((amount) => ({ amount, short: Math.max(0, toPay - amount), change: Math.max(0, amount - toPay) }));
}

/** Whether cash of this size, tip included, ends the bill. */
export function coversInCash(bill, given, tip) {
  return given - cashTip(bill, tip) >= bill.cash_due;
}

/** Why a card or wallet may not be keyed with this amount, tip included; empty when it may. */
export function refusalOf(bill, given, tip) {
  if (given <= tip) return "below tip";
  return given - tip > bill.due ? "too much" : "";
}

/** What is short (positive) or comes back (negative) when `typed` cash is handed over as well. */
export function openAmount(bill, typed, tip) {
  return typed ? bill.cash_due + cashTip(bill, tip) - typed : bill.due + tip;
}

/** A number pad's next amount: digits come in from the right, in minor units. */
export function typeOn(amount, key) {
  if (key === "back") return Math.floor(amount / 10);
  const next = Number(`${amount}${key}`);
  return String(next).length > MOST_DIGITS ? amount : next;
}

/** Lines under their seats, shared ones last, or under their courses. */
export function groupLines(lines, by, courseNames) {
  const of = by === "seat" ? (line) => line.seat_no ?? 0 : (line) => line.course ?? 0;
  const last = by === "seat" ? Infinity : -1;
  const keys = [...new Set(lines.map(of))].sort((one, other) => (one || last) - (other || last));
  return keys.map((key) => ({ key, name: groupName(by, key, courseNames), lines: lines.filter((line) => of(line) === key) }));
}

function groupName(by, key, courseNames) {
  if (by === "seat") return key ? `Seat ${key}` : "Shared";
  return courseNames[key] ?? (key ? `Course ${key}` : "Straight away");
}

/** How big the money in words may be drawn: long words and figures together must stay on one line. */
export function sizeOf(word, figure) {
  const letters = word.length + figure.length;
  if (letters > 13) return "is-longer";
  return letters > 11 ? "is-long" : "";
}
