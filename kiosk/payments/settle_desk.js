/** The counter: choose a check, see the bill, key tenders, pay, hand back the change. Nothing is paid before the server says so. */

import { SettleBill } from "settle_bill";
import { SettleDone } from "settle_done";
import { recall, remember } from "settle_keyed";
import { SettlePayer } from "settle_payer";
import { SettlePick } from "settle_pick";
import { cashTip, coversInCash, keyedSum, refusalOf, typeOn } from "settle_rules";
import { SettleTender } from "settle_tender";

const NO_TIP = { tip: 0, tipKey: "none" };
const NOTHING_KEYED = () => ({ tenders: [], typed: 0, ...NO_TIP });

export default {
  components: { SettleBill, SettleDone, SettlePayer, SettlePick, SettleTender },
  template: `
<main v-if="isShown" class="k-app k-settle is-fixed sd" :class="{ 'is-pick': !checkId }">
  <settle-pick v-if="!checkId" @pick="open" @leave="toFloor" />
  <template v-else>
    <header class="k-bar">
      <button class="k-btn is-icon is-quiet" type="button" aria-label="Back to floor" @click="toFloor"><i class="k-i sd-turn" aria-hidden="true">arrow_back</i></button>
      <div class="k-th sd-th"><b dir="auto">{{ bill ? title : "Settle" }}</b><small v-if="bill"><bdi>{{ bill.check.waiter }}</bdi>, check {{ bill.check.number }}</small></div>
      <span class="k-bar__sp"></span>
      <span v-if="!isOnline" class="k-pill is-bad" role="status"><i class="k-i s20" aria-hidden="true">cloud_off</i>No connection</span>
      <button class="k-chip" type="button" aria-label="Other table" @click="choose"><i class="k-i s20" aria-hidden="true">swap_horiz</i><span class="sd-word">Other table</span></button>
      <button v-if="isPayable && !done" class="k-chip" aria-label="Open check" type="button" :disabled="!!busy" @click="toOrder"><i class="k-i s20" aria-hidden="true">receipt_long</i><span class="sd-word">Open check</span></button>
    </header>
    <settle-done v-if="done" :receipt="done" :label="doneLabel" :is-online="isOnline" @next="finish" />
    <template v-else-if="isPayable">
      <settle-bill :bill="bill" :course-names="courseNames" />
      <settle-payer v-bind="{ bill, tenders, tip, tipKey, typed, changed, refusal, decimals }" :is-locked="isLocked" @remove="removeTender" @tip="chooseTip" @send="sendDrafts" @order="toOrder" @seen="seen" />
      <settle-tender v-bind="{ bill, tip, typed, busy, isOnline }" :keyed-count="tenders.length" @cash="payCash" @electronic="payElectronic" @type="type" @clear="typed = 0" @pay="pay" />
    </template>
    <section v-else-if="bill" class="k-note k-empty sd-state"><i class="k-i s40" aria-hidden="true">check_circle</i><b>Check {{ bill.check.number }} is settled.</b><span class="k-dim">Another till was first, or it was paid before. Nothing is due here.</span><button class="k-btn is-primary" type="button" @click="choose">Other table</button></section>
    <section v-else class="k-note sd-state" :class="{ 'k-empty': trouble }" :aria-busy="!trouble">
      <template v-if="trouble"><i class="k-i s40" aria-hidden="true">error</i><b>The bill did not load.</b><span class="k-dim">{{ trouble }}</span><span class="k-row"><button class="k-btn" type="button" @click="read">Load again</button><button class="k-btn is-primary" type="button" @click="choose">Other table</button></span></template>
      <div v-else class="k-sk sd-sk"><i></i><i></i><i></i></div>
    </section>
  </template>
</main>`,
  data: () => ({
    isShown: false,
    isOnline: true,
    checkId: null,
    bill: null,
    done: null,
    changed: null,
    refusal: "",
    busy: "",
    isReading: false,
    trouble: "",
    courseNames: {},
    decimals: 2,
    ...NOTHING_KEYED(),
  }),
  computed: {
    isPayable() {
      return this.bill?.check.state === "open";
    },
    isLocked() {
      return !!this.busy || !this.isOnline;
    },
    title() {
      const label = this.bill?.check.label ?? "";
      return /^\d+\p{L}?$/u.test(label) ? `Table ${label}` : label;
    },
    doneLabel() {
      return this.bill ? `${this.title}, check ${this.bill.check.number}` : "";
    },
  },
  watch: {
    tenders: { deep: true, handler: "keep" },
    tip: "keep",
  },
  mounted() {
    const { kiosk } = window;
    this.isOnline = kiosk.online;
    this.offs = [
      kiosk.on("route", this.takeRoute),
      kiosk.on("online", (isOnline) => (this.isOnline = isOnline)),
    ];
    window.addEventListener("keydown", this.press);
    kiosk.ready.then((me) => {
      this.decimals = me.venue.decimals;
      this.takeRoute(kiosk.route);
    });
  },
  unmounted() {
    this.offs.forEach((off) => off());
    window.removeEventListener("keydown", this.press);
    this.unwatch?.();
  },
  methods: {
    takeRoute({ view, params }) {
      const isShown = view === "settle";
      const checkId = isShown ? Number(params.check_id) || null : this.checkId;
      if (isShown && (checkId !== this.checkId || !this.isShown)) this.begin(checkId);
      if (!isShown) this.unwatch?.();
      this.isShown = isShown;
    },
    begin(checkId) {
      this.unwatch?.();
      Object.assign(this, { checkId, bill: null, done: null, changed: null, refusal: "", trouble: "", ...NOTHING_KEYED() });
      if (!checkId) return;
      Object.assign(this, recall(checkId));
      this.unwatch = window.kiosk.watch(`check:${checkId}`, this.hearOfCheck, this.read);
      this.read();
      this.readCourses();
    },
    keep() {
      if (this.checkId && !this.done) remember(this.checkId, this);
    },
    hearOfCheck() {
      if (!this.busy) this.read();
    },
    /** Fetch the bill with what is keyed taken off; only the newest answer counts. */
    read() {
      return (this.fetching = this.fetchBill());
    },
    /** A tap while the bill is being fetched waits for it, and counts only when what it was meant to pay is still due. */
    async isStillDue() {
      const due = this.bill?.due;
      while (this.isReading) await this.fetching;
      return !this.busy && due !== undefined && this.bill?.due === due;
    },
    async fetchBill() {
      const reading = (this.reading = Symbol(this.checkId));
      this.isReading = true;
      try {
        const bill = await window.kiosk.view(`bill/${this.checkId}?paid=${keyedSum(this.tenders)}`);
        if (reading === this.reading && !this.done) this.show(bill);
      } catch (trouble) {
        if (reading === this.reading) this.trouble = trouble.sentence;
        if (reading === this.reading && trouble.code !== "offline") this.bill = null;
      } finally {
        if (reading === this.reading) this.isReading = false;
      }
    },
    show(bill) {
      const was = this.bill?.sums.total;
      if (was !== undefined && was !== bill.sums.total) this.changed = { was, is: bill.sums.total };
      this.bill = bill;
      this.trouble = "";
    },
    async readCourses() {
      try {
        const menu = await window.kiosk.view("menu");
        this.courseNames = Object.fromEntries(menu.courses.map((course) => [course.no, course.name]));
      } catch {
        this.courseNames = {}; // lines are then under "Course 1"; the bill itself does not need the menu
      }
    },
    type(key) {
      if (!this.busy) this.typed = typeOn(this.typed, key);
    },
    chooseTip({ key, tip }) {
      Object.assign(this, { tip, tipKey: key });
      if (key === "other") this.typed = 0;
    },
    removeTender(place) {
      this.tenders.splice(place, 1);
      this.read();
    },
    async payCash(given) {
      if (this.busy || !(await this.isStillDue())) return;
      if (coversInCash(this.bill, given, this.tip)) this.settle(`cash${given}`, [{ kind: "cash", given, tip: cashTip(this.bill, this.tip) }]);
      else this.key({ kind: "cash", given, tip: 0 });
    },
    async payElectronic(kind) {
      if (this.busy || !(await this.isStillDue())) return;
      const given = this.typed || this.bill.due + this.tip;
      if (refusalOf(this.bill, given, this.tip)) return;
      const tender = { kind, given, tip: this.tip };
      if (given - this.tip === this.bill.due) this.settle(kind, [tender]);
      else this.key(tender);
    },
    pay() {
      if (this.typed) this.payCash(this.typed);
      else if (this.bill.due <= 0) this.settle("pay", []);
    },
    /** Put a part aside on this tablet; the server hears of it when the bill is covered. Cash that falls short leaves the tip waiting. */
    key(tender) {
      this.tenders.push(tender);
      this.typed = 0;
      if (tender.tip) Object.assign(this, NO_TIP);
      this.read();
    },
    async settle(name, more) {
      if (this.busy || !this.isOnline) return;
      Object.assign(this, { busy: name, refusal: "", changed: null });
      const { checkId } = this;
      const tenders = [...this.tenders, ...more].map(({ kind, given, tip }) => ({ kind, given, tip }));
      try {
        const receipt = await window.kiosk.act("settle", { check_id: checkId, total: this.bill.sums.total, tenders }, { quiet: true });
        this.finishPaying(checkId, receipt);
      } catch (refusal) {
        await this.refuse(refusal);
      } finally {
        this.busy = "";
      }
    },
    /** Say why nothing was paid beside the keys, where a toast would hide PAY; a changed check shows both its figures. */
    async refuse(refusal) {
      await this.read();
      if (!this.changed && refusal.code !== "not_approved") this.refusal = refusal.sentence;
    },
    seen() {
      Object.assign(this, { changed: null, refusal: "" });
    },
    finishPaying(checkId, receipt) {
      remember(checkId, NOTHING_KEYED());
      if (checkId !== this.checkId) return;
      this.reading = null;
      Object.assign(this, { done: receipt, changed: null, ...NOTHING_KEYED() });
    },
    async sendDrafts() {
      Object.assign(this, { busy: "send", refusal: "" });
      try {
        await window.kiosk.act("send", { check_id: this.checkId }, { quiet: true });
        await this.read();
      } catch (refusal) {
        await this.refuse(refusal);
      } finally {
        this.busy = "";
      }
    },
    press(event) {
      const isOurs = this.isShown && this.isPayable && !this.done && !event.repeat && !event.ctrlKey && !event.altKey && !event.metaKey;
      if (!isOurs || event.target.closest?.("input, textarea, dialog")) return;
      if (/^[0-9]$/.test(event.key)) this.type(event.key);
      else if (event.key === "Backspace") this.type("back");
      else if (event.key === "Escape") this.typed = 0;
      else if (event.key === "Enter" && !event.target.closest?.("button") && this.typed) this.payTyped();
    },
    payTyped() {
      if (coversInCash(this.bill, this.typed, this.tip)) this.pay();
    },
    open(checkId) {
      window.kiosk.go("settle", { check_id: checkId });
    },
    choose() {
      window.kiosk.go("settle");
    },
    toFloor() {
      window.kiosk.go("floor");
    },
    toOrder() {
      window.kiosk.go("order", { check_id: this.checkId });
    },
    finish() {
      this.begin(null);
      this.toFloor();
    },
  },
};
