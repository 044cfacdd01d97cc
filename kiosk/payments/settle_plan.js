/** Who pays what of a check: payers, how the bill is divided among them, what is keyed for each. Pure; amounts are the server's. */

export const MOST = 50;
const LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ";

/** The payer's letter by place: A to Z, then AA, AB. */
export function letterAt(place) {
  return (place < 26 ? "" : letterAt(Math.floor(place / 26) - 1)) + LETTERS[place % 26];
}

/** One of the four looks of a payer; the letter always stands on it. */
export function lookOf(key) {
  const place = [...key].reduce((sum, letter) => sum * 26 + LETTERS.indexOf(letter) + 1, 0) - 1;
  return `is-${"abcd"[Math.max(0, place) % 4]}`;
}

const payer = (key, isPrinted = true) => ({ key, amount: null, tenders: [], tip: 0, tipKey: "none", isPrinted });

/**
 * A plan: `mode` is one, even, seat, dish or amount; `payers` have still to pay, `paying` is the one who is on; `given` says
 * who shares a line, `seats` whose a seat is; `paid` whose a receipt is, `took` who paid of a line. `parts` and `whole` are
 * what an even division began with, `totals` what each payer owed when last seen, `pending` a payment whose answer is not known.
 */
export function newPlan(taken = [], isPrinted = true) {
  const key = freshKey({ payers: [], paid: {} }, taken);
  return { mode: "one", payers: [payer(key, isPrinted)], paying: key, given: {}, seats: {}, paid: {}, took: {}, totals: {}, pending: null, parts: 1, whole: null };
}

/** The first letter nobody has. */
export function freshKey(plan, taken = []) {
  const used = new Set([...plan.payers.map(({ key }) => key), ...Object.values(plan.paid), ...taken]);
  for (let place = 0; ; place += 1) if (!used.has(letterAt(place))) return letterAt(place);
}

export const payerOf = (plan, key) => plan.payers.find((one) => one.key === key);

/** The payers in the order their shares are taken: who is on first; of those who pay an amount, whoever takes the rest last. */
export function inOrder(plan) {
  if (plan.mode === "amount") return [...plan.payers].sort((one, other) => (one.amount === null) - (other.amount === null));
  return [...plan.payers].sort((one, other) => (other.key === plan.paying) - (one.key === plan.paying));
}

/** Who shares a line, by letter; nobody yet when empty. */
export function sharersOf(plan, line) {
  const all = plan.payers.map(({ key }) => key);
  if (plan.mode === "even") return all;
  if (plan.mode !== "seat" && plan.mode !== "dish") return [];
  const known = plan.given[line.id] ?? (plan.mode === "seat" ? atSeat(plan, line) : []);
  return all.filter((key) => known.includes(key));
}

/** A seat's payer; what stands in the middle is shared by all who sit. Of a seat that has paid, or came later, nobody yet. */
function atSeat(plan, line) {
  if (!line.seat_no) return Object.values(plan.seats);
  return plan.seats[line.seat_no] ? [plan.seats[line.seat_no]] : [];
}

/** What a payer takes, as the server is asked: null is everything that is open; undefined when nobody gave the payer a line. */
export function shareOf(plan, key, lines) {
  const order = inOrder(plan).map((one) => one.key);
  const left = order.length - order.indexOf(key);
  if (plan.mode === "one") return null;
  if (plan.mode === "even") return left > 1 ? { even: left } : null;
  if (plan.mode === "amount") return amountOf(payerOf(plan, key));
  const parts = lines.flatMap((line) => partOf(sharersOf(plan, line), line.id, key, order));
  return parts.length ? { lines: parts } : undefined;
}

const amountOf = ({ amount }) => (amount === null ? null : { amount });

/** One of as many parts as payers share the line from this one on. */
function partOf(sharers, line_id, key, order) {
  if (!sharers.includes(key)) return [];
  const waiting = sharers.filter((one) => order.indexOf(one) >= order.indexOf(key));
  return [{ line_id, of: waiting.length }];
}

/** The plan as the bill view reads it. Of a payer without a line nothing is asked. */
export function asked(plan, lines) {
  const share = {};
  for (const { key } of inOrder(plan)) {
    const wanted = shareOf(plan, key, lines);
    if (wanted !== undefined) share[key] = wanted;
  }
  const { tenders = [], tip = 0 } = payerOf(plan, plan.paying) ?? {};
  const paying = plan.paying in share ? plan.paying : null;
  return { payers: Object.keys(share), share, paying, tenders: paying ? tenders.map(bare) : [], tip: paying ? tip : 0 };
}

/** A tender without its note: a note changes no sum, and what guests are called stays out of addresses. */
const bare = ({ note, ...tender }) => tender;

/** As short as an address can carry it. */
export const written = (query) => JSON.stringify(query).replace(/[%#&+]/g, encodeURIComponent);

// ---- steps: each changes the plan it is given ----

/** Divide what is open, `whole`, anew; what the payer who is on has keyed stays with the first. */
export function divide(plan, mode, { parts = 1, seats = [], whole = null } = {}) {
  const { tenders, tip, tipKey, isPrinted } = payerOf(plan, plan.paying) ?? payer("");
  const count = Math.min(MOST, { seat: seats.length, dish: 2, even: parts }[mode] ?? 1);
  plan.payers = [];
  const keys = Array.from({ length: count }, () => add(plan, isPrinted));
  Object.assign(plan.payers[0], { tenders, tip, tipKey });
  Object.assign(plan, { mode, parts: count, whole, paying: keys[0], given: {} });
  plan.seats = Object.fromEntries(seats.map((no, place) => [no, keys[place]]));
}

/** One more payer at the end; returns the letter. */
export function add(plan, isPrinted = true) {
  const key = freshKey(plan);
  plan.payers.push(payer(key, isPrinted));
  return key;
}

/** From now on lines are given by hand, beginning as they are shared at this moment. */
function byHand(plan, lines) {
  if (plan.mode === "dish" || plan.mode === "seat") return;
  const given = plan.mode === "even" ? Object.fromEntries(lines.map((line) => [line.id, sharersOf(plan, line)])) : {};
  Object.assign(plan, { mode: "dish", given });
  for (const one of plan.payers) one.amount = null;
  if (plan.payers.length < 2) add(plan, plan.payers[0]?.isPrinted);
}

/** A tap on lines by the payer who is on: all of them the payer's, shared with whoever had them; once more, given back. */
export function tapLines(plan, tapped, lines) {
  byHand(plan, lines);
  const key = plan.paying;
  const had = new Map(tapped.map((line) => [line.id, sharersOf(plan, line)]));
  const isBack = tapped.every((line) => had.get(line.id).includes(key));
  for (const line of tapped) {
    const others = had.get(line.id).filter((one) => one !== key);
    plan.given[line.id] = isBack ? others : [...others, key];
  }
}

/** Lines dropped on a payer are that payer's alone. */
export function dropLines(plan, key, dropped, lines) {
  byHand(plan, lines);
  for (const line of dropped) plan.given[line.id] = [key];
  plan.paying = key;
}

/** Exactly these payers share a line. */
export function shareLine(plan, line, keys, lines) {
  byHand(plan, lines);
  plan.given[line.id] = [...keys];
}

/** What nobody was given goes to a payer. */
export function giveRest(plan, key, lines) {
  byHand(plan, lines);
  for (const line of lines) if (!sharersOf(plan, line).length) plan.given[line.id] = [key];
}

/** A payer pays an amount of what is open; whoever comes after takes the rest. */
export function payAmount(plan, key, amount) {
  if (plan.mode !== "amount") {
    const { isPrinted } = payerOf(plan, key);
    Object.assign(plan, { mode: "amount", given: {}, payers: [payer(key, isPrinted)], paying: key });
  }
  payerOf(plan, key).amount = amount;
  if (plan.payers.every((one) => one.amount !== null)) add(plan, payerOf(plan, key).isPrinted);
}

/** A payer who is not needed: the lines go back, what was keyed goes. */
export function drop(plan, key) {
  const place = plan.payers.findIndex((one) => one.key === key);
  if (place < 0 || plan.payers.length < 2) return;
  plan.payers.splice(place, 1);
  for (const id of Object.keys(plan.given)) plan.given[id] = plan.given[id].filter((one) => one !== key);
  if (plan.paying === key) plan.paying = plan.payers[Math.min(place, plan.payers.length - 1)].key;
}

/** The payer's receipt is there: the next one is on. When nobody is left to pay, somebody is for what is left. */
export function settled(plan, key, receiptId, lines = []) {
  const place = plan.payers.findIndex((one) => one.key === key);
  for (const line of lines) if (sharersOf(plan, line).includes(key)) plan.took[line.id] = [...(plan.took[line.id] ?? []), key];
  const [gone] = place < 0 ? [] : plan.payers.splice(place, 1);
  plan.paid[receiptId] = key;
  if (!plan.payers.length) {
    add(plan, gone?.isPrinted);
    plan.mode = "one";
  }
  if (!payerOf(plan, plan.paying)) plan.paying = plan.payers[Math.max(0, place) % plan.payers.length].key;
}

/** A payment was taken back: its payer is there again at the old place, and is on. */
export function unsettled(plan, receiptId, total) {
  const key = plan.paid[receiptId];
  delete plan.paid[receiptId];
  for (const id of Object.keys(plan.took)) plan.took[id] = plan.took[id].filter((one) => one !== key);
  if (!key || plan.mode === "one" || payerOf(plan, key)) return;
  plan.payers.push({ ...payer(key), amount: plan.mode === "amount" ? total : null });
  plan.payers.sort((one, other) => one.key.length - other.key.length || (one.key < other.key ? -1 : 1));
  plan.paying = key;
}

/**
 * Bring a plan up to what the bill says was paid: a corrected receipt hands its letter on, a payment that was taken back brings
 * its payer back; one whose answer was lost is its payer's; those of other tills take the place of a payer with the same total,
 * else get a letter of their own. Returns those of other tills.
 */
export function adopt(plan, bill) {
  const standing = bill.paid.filter((one) => !one.refunded);
  const known = new Set(Object.keys(plan.paid));
  const gone = bill.paid.filter((one) => one.refunded && known.has(String(one.receipt_id)));
  let unopened = (bill.check?.paid ?? 0) - standing.reduce((sum, { total }) => sum + total, 0);
  for (const receipt of gone) {
    const heir = standing.find((one) => one.share_no === receipt.share_no && !plan.paid[one.receipt_id]);
    if (heir) handOn(plan, receipt, heir);
    else if (receipt.total <= unopened) unopened -= receipt.total; // given back, but its lines stay paid
    else unsettled(plan, receipt.receipt_id, receipt.total);
  }
  const unknown = standing.filter((one) => !plan.paid[one.receipt_id]);
  for (const receipt of unknown) foreign(plan, receipt);
  plan.totals = Object.fromEntries(bill.payers.map(({ key, total }) => [key, total]));
  if (!plan.payers.length) plan.paying = add(plan);
  return unknown;
}

function handOn(plan, from, to) {
  plan.paid[to.receipt_id] = plan.paid[from.receipt_id];
  delete plan.paid[from.receipt_id];
}

function foreign(plan, receipt) {
  const { key, total } = plan.pending ?? {};
  plan.pending = null;
  if (payerOf(plan, key) && total === receipt.total) return settled(plan, key, receipt.receipt_id);
  const alike = plan.mode === "one" ? null : plan.payers.find((one) => !one.tenders.length && plan.totals[one.key] === receipt.total);
  if (alike && plan.payers.length > 1) settled(plan, alike.key, receipt.receipt_id);
  else giveLetter(plan, receipt);
}

/** Paid elsewhere, whoever it was: the letters follow the receipts, so an untouched payer moves on by one. */
function giveLetter(plan, receipt) {
  const untouched = plan.mode === "one" && plan.payers.length === 1 && !plan.payers[0].tenders.length ? plan.payers[0] : null;
  plan.paid[receipt.receipt_id] = untouched ? untouched.key : freshKey(plan);
  if (!untouched) return;
  untouched.key = freshKey({ payers: [], paid: plan.paid });
  plan.paying = untouched.key;
}
