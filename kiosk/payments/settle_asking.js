/** Money a provider is asked for: waited for without losing it, used once, or given back. Methods of the desk. */

const LOOK_AGAIN_MS = 2000;
const BY_HAND = ["cash", "manual"];

/** Whether somebody else than the cashier says that it is paid. */
export const isAsked = ({ provider }) => !BY_HAND.includes(provider);

export const settleAsking = {
  /** Ask for `given` by a way to pay; the sheet stays until it is known. */
  async ask(way, given) {
    const waiting = this.wait({ way, given });
    try {
      const words = { check_id: this.checkId, kind: way.code, amount: given, key: window.kiosk.newKey() };
      const payment = await window.kiosk.act("start_payment", words, { quiet: true });
      this.look({ ...payment, id: payment.payment_id }, waiting);
    } catch (refusal) {
      if (this.waiting?.since === waiting.since) this.waiting = { ...waiting, refusal: refusal.sentence };
    }
  },
  wait(what) {
    clearTimeout(this.looking);
    this.waiting = { since: performance.now(), payer: this.plan.paying, tip: this.bill.paying?.tip ?? 0, payment: null, refusal: "", ...what };
    this.sheet = { kind: "waiting" };
    return this.waiting;
  },
  /** How a payment stands now; looked at again until it is known how it ended. */
  look(payment, { since } = this.waiting ?? {}) {
    if (!this.waiting || this.waiting.since !== since) return;
    this.waiting = { ...this.waiting, payment };
    clearTimeout(this.looking);
    if (payment.is_paid) this.usePaid(payment);
    else if (payment.is_waiting) this.looking = setTimeout(this.lookAgain, LOOK_AGAIN_MS);
  },
  async lookAgain() {
    const { waiting } = this;
    if (!waiting?.payment) return;
    try {
      this.look(await window.kiosk.view(`payment/${waiting.payment.id}`), waiting);
    } catch {
      this.looking = setTimeout(this.lookAgain, LOOK_AGAIN_MS); // the connection is told by the banner; the payment is safe
    }
  },
  /** It is paid: take it for the payer it was asked for, where that still fits. Else it stands on the bill until somebody does. */
  async usePaid(payment) {
    const { way, given, tip, payer } = this.waiting;
    this.forgetWaiting();
    this.sheet = null;
    await this.read();
    const fits = payer === this.plan.paying && this.bill?.paying && tip === this.bill.paying.tip && given <= this.bill.paying.due;
    if (fits && !this.isLocked) this.take(way, given, { payment_id: payment.id });
  },
  /** Money that was paid and is on no receipt yet, for the payer who is on. */
  usePayment(payment) {
    const way = this.bill.tenders.find(({ code }) => code === payment.kind);
    const { due = 0 } = this.bill.paying ?? {};
    if (way && payment.amount <= due) this.take(way, payment.amount, { payment_id: payment.id });
    else Object.assign(this, { refusalHead: "Nothing was paid", refusal: `${window.kiosk.money(payment.amount)} is more than ${this.plan.paying} owes. Divide the bill differently, or give it back.` });
  },
  returnPayment(payment) {
    this.act({ act: "refund_payment", words: { payment_id: payment.id, reason: "Not used at the counter" }, done: `${window.kiosk.money(payment.amount)} goes back.` });
  },
  /** Look at one that still waits. */
  openPayment(payment) {
    const way = this.bill.tenders.find(({ code }) => code === payment.kind) ?? { code: payment.kind, name: payment.kind };
    this.wait({ way, given: payment.amount, payment });
    this.lookAgain();
  },
  async tellPayment(act) {
    const { waiting } = this;
    const { id } = waiting.payment;
    try {
      this.look({ ...(await window.kiosk.act(act, { payment_id: id })), id }, waiting);
    } catch {
      this.lookAgain(); // why not was said in a toast
    }
  },
  askAgain() {
    const { way, given } = this.waiting;
    this.ask(way, given);
  },
  forgetWaiting() {
    clearTimeout(this.looking);
    this.waiting = null;
  },
};
