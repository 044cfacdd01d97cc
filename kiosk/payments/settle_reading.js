/** How the desk reads the bill and hears of changes: the plan stays, and what others did is told. Methods of the desk. */

import { prints, recall, remember } from "settle_kept";
import { adopt, asked, newPlan, written } from "settle_plan";

const UNDER_THE_FINGER_MS = 700;

export const settleReading = {
  begin(checkId) {
    this.unwatch?.();
    Object.assign(this, { checkId, bill: null, done: null, confirmed: null, changed: null, refusal: "", trouble: "", typed: 0, undoable: [], sheet: null, waiting: null, isStale: false });
    if (!checkId) return;
    this.plan = recall(checkId) ?? newPlan([], prints());
    this.unwatch = window.kiosk.watch(`check:${checkId}`, this.hearOfCheck, this.read);
    this.read();
    this.readCourses();
    this.readRates();
  },
  hearOfCheck() {
    if (!this.busy) this.read();
  },
  /** Fetch the bill as the plan divides it; only the newest answer counts. */
  read() {
    return (this.fetching = this.fetchBill());
  },
  /** A tap while the bill is being fetched waits for it, and counts only when what it was meant to pay is still due. */
  async isStillDue() {
    const due = this.bill?.paying?.due;
    while (this.isReading) await this.fetching;
    return !this.busy && !this.isHeld && due !== undefined && this.bill?.paying?.due === due;
  },
  async fetchBill() {
    const reading = (this.reading = Symbol(this.checkId));
    const isNewest = () => reading === this.reading;
    this.isReading = true;
    try {
      const query = asked(this.plan, this.openLines);
      const bill = await window.kiosk.view(`bill/${this.checkId}?plan=${written(query)}`);
      if (isNewest() && !this.done) this.show(query.paying ? bill : { ...bill, paying: null }, query);
    } catch (trouble) {
      if (isNewest()) this.fail(trouble);
    } finally {
      if (isNewest()) this.isReading = false;
    }
  },
  fail(trouble) {
    this.trouble = trouble.sentence;
    if (trouble.code !== "offline") this.bill = null;
  },
  /** Show a bill that answers a query; where it makes the plan another one, for what somebody else paid or rang, ask again. */
  show(bill, query) {
    const before = this.bill;
    Object.assign(this, { bill: Object.freeze(bill), trouble: "" });
    const elsewhere = adopt(this.plan, bill);
    if (before) this.compare(before, bill, elsewhere);
    this.isStale = written(asked(this.plan, this.openLines)) !== written(query);
    if (this.isStale) this.read();
    this.keep();
  },
  /** Tell what somebody else changed, and let no tap that was meant for the figures of before count for the new ones. */
  compare(before, bill, elsewhere) {
    const was = this.expected ?? before.open.total;
    this.expected = null;
    if (was === bill.open.total && !elsewhere.length) return;
    if (this.isOwn) return;
    this.changed = { was: this.changed?.was ?? was, is: bill.open.total, elsewhere: [...(this.changed?.elsewhere ?? []), ...elsewhere] };
    this.holdTaps(UNDER_THE_FINGER_MS);
  },
  /** Money keys are dead for a moment; they show it. */
  holdTaps(ms) {
    clearTimeout(this.holding);
    this.isHeld = true;
    this.holding = setTimeout(() => (this.isHeld = false), ms);
  },
  keep() {
    if (!this.checkId || this.done) return;
    if (!this.isPayable && this.bill) return remember(this.checkId, null);
    const { mode, payers, paid } = this.plan;
    const isPlain = mode === "one" && !Object.keys(paid).length && payers.every(({ tenders, tip, isPrinted }) => !tenders.length && !tip && isPrinted);
    remember(this.checkId, isPlain ? null : this.plan);
  },
  seen() {
    Object.assign(this, { changed: null, refusal: "" });
  },
  /** The currencies whose cash is taken; where they cannot be read, only the house's own is. */
  async readRates() {
    const { rates } = await window.kiosk.view("rates").catch(() => ({ rates: [] }));
    this.rates = rates;
  },
  async readCourses() {
    if (this.courses.length) return;
    try {
      this.courses = (await window.kiosk.view("menu")).courses;
    } catch {
      this.courses = []; // lines are then under "Course 1"; the bill itself does not need the menu
    }
  },
};
