/** Taking money: what a tap on a tender does, and what comes of it. Methods of the desk. */

import { isAsked } from "settle_asking";
import { remember } from "settle_kept";
import { payerOf, settled, shareOf } from "settle_plan";

const NO_TIP = { tip: 0, tipKey: "none" };
const DOUBLE_TAP_MS = 450;
const SAID_MS = 4000;

const pause = (ms) => new Promise((resolve) => setTimeout(resolve, ms));

export const settlePaying = {
  async payCash(given) {
    if (this.isLocked || !(await this.isStillDue())) return;
    this.takeCash(given);
  },
  payForeign({ given, ...foreign }) {
    this.sheet = null;
    this.takeCash(given, foreign);
  },
  /** Cash that covers the share settles it, tip included; cash that falls short becomes a chip and leaves the tip waiting. */
  takeCash(given, foreign = {}) {
    const { cash_due: due, cash_tip: tip = 0 } = this.bill.paying;
    const kind = this.bill.tenders.find((one) => one.kind === "cash").code;
    if (given >= due) this.settle(`cash${given}`, [{ kind, given, tip, ...foreign }]);
    else this.key({ kind, given, tip: 0, ...foreign });
  },
  async payOther(way) {
    if (this.isLocked || !(await this.isStillDue())) return;
    const given = this.typed || this.bill.paying.due;
    if (given > this.bill.paying.due) return;
    if (isAsked(way)) this.ask(way, given);
    else if (way.needs_note) this.sheet = { kind: "note", way, given };
    else this.take(way, given);
  },
  payNoted({ way, given, note }) {
    this.sheet = null;
    this.take(way, given, { note });
  },
  /** A tender that ends the share settles it, tip included; one that does not becomes a chip and leaves the tip waiting. */
  take(way, given, more = {}) {
    const { due, tip } = this.bill.paying;
    const tender = { kind: way.code, given, tip: given > due - tip ? tip : 0, ...more };
    if (given === due) this.settle(way.code, [tender]);
    else this.key(tender);
  },
  pay() {
    if (this.typed) this.payCash(this.typed);
    else this.settle("pay", []);
  },
  payTyped() {
    if (this.bill.paying && this.typed >= this.bill.paying.cash_due) this.pay();
  },
  /** Put a part aside on this tablet; the server hears of it when the share is covered. */
  key(tender) {
    this.typed = 0;
    this.holdTaps(DOUBLE_TAP_MS);
    this.step(() => {
      this.payer.tenders.push(tender);
      if (tender.tip) Object.assign(this.payer, NO_TIP);
    });
  },
  async settle(name, more) {
    if (this.isLocked) return;
    Object.assign(this, { busy: name, isPaying: true, refusal: "", changed: null });
    const { checkId, plan } = this;
    const { key, tenders, isPrinted } = this.payer;
    const words = { check_id: checkId, share: this.shareToSettle(), total: this.bill.paying?.total ?? 0, tenders: [...tenders, ...more], print: isPrinted, drawer_id: null };
    plan.pending = { key, total: words.total };
    this.keep();
    const rested = pause(DOUBLE_TAP_MS); // the second half of a double tap must find no key of the next payer
    try {
      const receipt = await window.kiosk.act("settle", words, { quiet: true });
      plan.pending = null;
      await this.finishPaying(checkId, plan, key, receipt);
    } catch (refusal) {
      plan.pending = null;
      await this.refuse(refusal);
    }
    await rested;
    Object.assign(this, { busy: "", isPaying: false });
  },
  /** Who takes the rest before the others have paid their amounts pays what the screen shows. */
  shareToSettle() {
    const wanted = shareOf(this.plan, this.plan.paying, this.openLines);
    const isRest = this.plan.mode === "amount" && wanted === null && this.plan.payers.length > 1;
    return isRest ? { amount: this.bill.paying.total } : (wanted ?? null);
  },
  async finishPaying(checkId, plan, key, receipt) {
    const { isPrinted } = payerOf(plan, key);
    if (receipt.closed) remember(checkId, null);
    if (checkId !== this.checkId) return;
    this.reading = null;
    this.undoable = [];
    this.typed = 0;
    if (receipt.closed) return void Object.assign(this, { done: { ...receipt, isPrinted }, confirmed: null, changed: null, sheet: null });
    settled(plan, key, receipt.receipt_id, this.openLines);
    Object.assign(this, { confirmed: { ...receipt, key, isPrinted }, expected: receipt.rest });
    this.keep();
    await this.read();
  },
  /** Say why nothing was done beside the keys, where a toast would hide PAY; a changed check shows both its figures. */
  async refuse(refusal, head = "Nothing was paid") {
    await this.read();
    if (!this.changed && refusal.code !== "not_approved") Object.assign(this, { refusal: refusal.sentence, refusalHead: head });
  },
  /** An act of this desk on the check: what it changes is not told as somebody else's doing. */
  async own(act, words) {
    if (this.isLocked) return;
    Object.assign(this, { busy: act, refusal: "" });
    try {
      await window.kiosk.act(act, words, { quiet: true });
      this.isOwn = true;
      await this.read();
    } finally {
      Object.assign(this, { busy: "", isOwn: false });
    }
  },
  async act({ act, words, done }) {
    this.sheet = null;
    try {
      await this.own(act, words);
      this.say(done);
    } catch (refusal) {
      await this.refuse(refusal, "Nothing was changed");
    }
  },
  /** Say something for a moment where no key is. */
  say(words) {
    clearTimeout(this.saying);
    this.said = words;
    this.saying = setTimeout(() => (this.said = ""), SAID_MS);
  },
  undiscount(discount) {
    this.act({ act: "undiscount", words: { discount_id: discount.id }, done: `${discount.name} is taken off.` });
  },
  takeBack(receipt) {
    this.undoable = [];
    this.act({ act: "undo_payment", words: { receipt_id: receipt.receipt_id }, done: `Payment of ${receipt.key} is given back.` });
  },
  printAgain(receipt) {
    this.act({ act: "reprint", words: { receipt_id: receipt.receipt_id }, done: `Receipt ${receipt.number} prints again.` });
  },
  printBill() {
    this.act({ act: "ask_bill", words: { check_id: this.checkId }, done: "The bill is out." });
  },
  async sendDrafts() {
    try {
      await this.own("send", { check_id: this.checkId });
    } catch (refusal) {
      await this.refuse(refusal);
    }
  },
};
