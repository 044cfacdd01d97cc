/** The steps by which a bill is divided, each with its undo. Methods of the desk. */

import { rememberPrints } from "settle_kept";
import { add, divide, drop, dropLines, giveRest, payAmount, payerOf, shareLine, tapLines } from "settle_plan";
import { typeOn } from "settle_rules";

const MOST_UNDOS = 30;

export const settleSteps = {
  /** Change the plan, remember how it was, and read what the shares come to. */
  step(change) {
    if (this.isLocked) return;
    this.undoable = [...this.undoable, JSON.stringify(this.plan)].slice(-MOST_UNDOS);
    change(this.plan);
    this.reckon();
  },
  /** The plan is another one: until the server has summed it, no key of money can be meant. */
  reckon() {
    Object.assign(this, { refusal: "", isStale: true });
    this.keep();
    this.read();
  },
  undo() {
    if (this.isLocked || !this.undoable.length) return;
    this.plan = JSON.parse(this.undoable.at(-1));
    this.undoable = this.undoable.slice(0, -1);
    this.typed = 0;
    this.reckon();
  },
  split({ name, parts }) {
    this.step((plan) => divide(plan, name, { parts, seats: this.seats, whole: this.bill.open.total }));
  },
  divideInto(parts) {
    this.sheet = null;
    this.split({ name: "even", parts });
  },
  putOn(key) {
    this.typed = 0;
    this.step((plan) => void (plan.paying = key));
  },
  addPayer() {
    this.step((plan) => void (plan.paying = add(plan, payerOf(plan, plan.paying)?.isPrinted)));
  },
  dropPayer(key) {
    this.step((plan) => drop(plan, key));
  },
  tap(lines) {
    this.step((plan) => tapLines(plan, lines, this.openLines));
  },
  dropOn({ key, lines }) {
    if (payerOf(this.plan, key)) this.step((plan) => dropLines(plan, key, lines, this.openLines));
  },
  shareLine({ line, keys }) {
    this.sheet = null;
    this.step((plan) => shareLine(plan, line, keys, this.openLines));
  },
  giveRest() {
    this.step((plan) => giveRest(plan, plan.paying, this.openLines));
  },
  payAmount(amount) {
    this.sheet = null;
    this.step((plan) => payAmount(plan, plan.paying, amount));
  },
  chooseTip({ key, tip }) {
    if (key === "other") this.typed = 0;
    this.step(() => Object.assign(this.payer, { tip, tipKey: key }));
  },
  choosePrint(isPrinted) {
    rememberPrints(isPrinted);
    for (const one of this.plan.payers) one.isPrinted = isPrinted;
    this.keep();
  },
  removeTender(place) {
    this.step(() => this.payer.tenders.splice(place, 1));
  },
  type(key) {
    if (!this.busy) this.typed = typeOn(this.typed, key);
  },
};
