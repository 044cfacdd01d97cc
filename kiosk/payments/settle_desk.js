/** The counter: choose a check, divide its bill, take the money of each payer. Nothing is paid before the server says so. */

import { settleAsking } from "settle_asking";
import { SettleBill } from "settle_bill";
import { SettleConfirm } from "settle_confirm";
import { SettleDone } from "settle_done";
import { settlePaying } from "settle_paying";
import { SettlePayers } from "settle_payers";
import { SettlePick } from "settle_pick";
import { newPlan, payerOf } from "settle_plan";
import { settleReading } from "settle_reading";
import { SettleSheets } from "settle_sheets";
import { settleSteps } from "settle_steps";
import { SettleTender } from "settle_tender";
import { SettleTold } from "settle_told";
import { titleOf } from "settle_rules";

export default {
  components: { SettleBill, SettleConfirm, SettleDone, SettlePayers, SettlePick, SettleSheets, SettleTender, SettleTold },
  template: `
<main v-if="isShown" class="k-app k-settle is-fixed sd" :class="{ 'is-pick': !checkId, 'is-giving': isGiving }">
  <settle-pick v-if="!checkId" @pick="open" @leave="toFloor" @sheet="(kind) => (sheet = { kind })" />
  <template v-else>
    <header class="k-bar">
      <button class="k-btn is-icon is-quiet" type="button" aria-label="Back to floor" @click="toFloor"><i class="k-i sd-turn" aria-hidden="true">arrow_back</i></button>
      <div class="k-th sd-th"><b dir="auto">{{ bill ? title : "Settle" }}</b><small v-if="bill"><bdi>{{ bill.check.waiter }}</bdi>, check {{ bill.check.number }}</small></div>
      <span class="k-bar__sp"></span>
      <span v-if="!isOnline" class="k-pill is-bad" role="status"><i class="k-i s20" aria-hidden="true">cloud_off</i>No connection</span>
      <template v-if="isPayable && !done">
        <button class="k-chip sd-wide" type="button" :disabled="isLocked || !bill.open.total" @click="sheet = { kind: 'discount' }"><i class="k-i s20" aria-hidden="true">percent</i>Discount</button>
        <button class="k-chip sd-wide" type="button" :disabled="isLocked || !bill.open.total" @click="sheet = { kind: 'service' }"><i class="k-i s20" aria-hidden="true">room_service</i>{{ serviceWord }}</button>
        <button class="k-chip sd-wide sd-bill" type="button" :disabled="isLocked" @click="printBill"><i class="k-i s20" aria-hidden="true">receipt</i>{{ bill.check.bill_asked_at ? "Print bill again" : "Print bill" }}</button>
        <button class="k-chip is-icon" type="button" aria-label="Open check" :disabled="!!busy" @click="toOrder"><i class="k-i" aria-hidden="true">edit_note</i></button>
      </template>
      <button class="k-chip is-icon" type="button" aria-label="More" @click="sheet = { kind: 'more' }"><i class="k-i" aria-hidden="true">more_horiz</i></button>
    </header>
    <settle-done v-if="done" :receipt="done" :label="doneLabel" :tenders="bill.tenders" :is-online="isOnline" @next="finish" />
    <template v-else-if="isPayable">
      <settle-bill v-bind="{ bill, plan, courses, isLocked }" @tap="tap" @drop="dropOn" @share="(line) => (sheet = { kind: 'share', line })" @undiscount="undiscount" @order="toOrder" />
      <div class="sd-mid">
        <settle-told v-bind="{ bill, plan, changed, refusal, refusalHead, isLocked }" @send="sendDrafts" @order="toOrder" @seen="seen" @use="usePayment" @return="returnPayment" @look="openPayment" />
        <settle-payers v-bind="{ bill, plan, typed, isLocked, seats, openLines }" :may-undo="undoable.length > 0" @split="split" @divide="sheet = { kind: 'divide' }" @on="putOn" @add="addPayer" @drop="dropPayer" @undo="undo" @take-back="takeBack" @again="printAgain" @tip="chooseTip" @remove="removeTender" @prints="choosePrint" @amount="sheet = { kind: 'amount' }" @rest="giveRest" />
      </div>
      <settle-tender v-bind="{ bill, payer, typed, busy, isPaying, isOnline }" :is-waiting="isHeld || isStale" :takes-foreign="rates.length > 0" @cash="payCash" @other="payOther" @type="type" @clear="typed = 0" @pay="pay" @foreign="sheet = { kind: 'foreign', rates }" />
      <settle-confirm v-if="confirmed" :receipt="confirmed" :class="{ 'is-aside': !bill.paying }" @ended="confirmed = null" />
    </template>
    <section v-else-if="bill" class="k-note k-empty sd-state"><i class="k-i s40" aria-hidden="true">check_circle</i><b>Check {{ bill.check.number }} is {{ bill.check.state === "cancelled" ? "not there any more" : "settled" }}.</b><span class="k-dim">Another till was first, or it was paid before. Nothing is due here.</span><span class="k-row"><button class="k-btn" type="button" @click="sheet = { kind: 'receipts', checkId }">Its receipts</button><button class="k-btn is-primary" type="button" @click="choose">Other table</button></span></section>
    <section v-else class="k-note sd-state" :class="{ 'k-empty': trouble }" :aria-busy="String(!trouble)">
      <template v-if="trouble"><i class="k-i s40" aria-hidden="true">error</i><b>The bill did not load.</b><span class="k-dim">{{ trouble }}</span><span class="k-row"><button class="k-btn" type="button" @click="read">Load again</button><button class="k-btn is-primary" type="button" @click="choose">Other table</button></span></template>
      <div v-else class="k-sk sd-sk"><i></i><i></i><i></i></div>
    </section>
  </template>
  <p v-if="said" class="k-pill is-ok sd-said" role="status" dir="auto"><i class="k-i s20" aria-hidden="true">check</i>{{ said }}</p>
  <settle-sheets v-if="sheet" v-bind="{ sheet, bill, plan, openLines, isLocked, waiting }" @close="closeSheet" @go="(next) => (sheet = next)" @act="act" @divide="divideInto" @amount="payAmount" @share="shareLine" @note="payNoted" @foreign="payForeign" @choose="choose" @order="toOrder" @print-bill="printBill" @stop="tellPayment('cancel_payment')" @confirm="tellPayment('confirm_payment')" @again="askAgain" />
</main>`,
  data: () => ({
    isShown: false,
    isOnline: true,
    checkId: null,
    bill: null,
    plan: newPlan(),
    undoable: [],
    typed: 0,
    confirmed: null,
    done: null,
    changed: null,
    refusal: "",
    refusalHead: "",
    said: "",
    busy: "",
    isPaying: false,
    isHeld: false,
    isStale: false,
    isReading: false,
    trouble: "",
    courses: [],
    rates: [],
    sheet: null,
    waiting: null,
  }),
  computed: {
    isPayable() {
      return this.bill?.check.state === "open";
    },
    isLocked() {
      return !!this.busy || !this.isOnline;
    },
    payer() {
      return payerOf(this.plan, this.plan.paying);
    },
    /** What can be given to a payer: open lines with their names. */
    openLines() {
      if (!this.bill) return [];
      const names = new Map(this.bill.check.lines.map(({ id, name }) => [id, name]));
      return this.bill.open.lines.filter(({ gross }) => gross > 0).map((line) => ({ ...line, name: names.get(line.id) }));
    },
    seats() {
      return [...new Set(this.openLines.map(({ seat_no }) => seat_no).filter(Boolean))].sort((one, other) => one - other);
    },
    /** Dishes are being given to payers, so on a phone the bill comes before the keys. */
    isGiving() {
      return !this.done && (this.plan.mode === "dish" || this.plan.mode === "seat");
    },
    title() {
      return titleOf(this.bill?.check.label ?? "");
    },
    doneLabel() {
      return this.bill ? `${this.title}, check ${this.bill.check.number}` : "";
    },
    serviceWord() {
      const ppm = this.bill.check.service_ppm;
      return ppm === null || ppm === undefined ? "Service" : `Service ${ppm / 10000} %`;
    },
  },
  mounted() {
    const { kiosk } = window;
    this.isOnline = kiosk.online;
    this.offs = [kiosk.on("route", this.takeRoute), kiosk.on("online", (isOnline) => (this.isOnline = isOnline))];
    window.addEventListener("keydown", this.press);
    kiosk.ready.then(() => this.takeRoute(kiosk.route));
  },
  unmounted() {
    this.offs.forEach((off) => off());
    window.removeEventListener("keydown", this.press);
    this.unwatch?.();
  },
  methods: {
    ...settleReading,
    ...settleSteps,
    ...settlePaying,
    ...settleAsking,
    takeRoute({ view, params }) {
      const isShown = view === "settle";
      const checkId = isShown ? Number(params.check_id) || null : this.checkId;
      if (isShown && (checkId !== this.checkId || !this.isShown)) this.begin(checkId);
      if (!isShown) this.leave();
      this.isShown = isShown;
    },
    leave() {
      this.unwatch?.();
      this.forgetWaiting();
      Object.assign(this, { sheet: null, confirmed: null });
    },
    closeSheet() {
      this.forgetWaiting();
      if (this.sheet?.kind === "receipts" && this.checkId) this.read(); // a corrected tender is no news of the check
      this.sheet = null;
    },
    press(event) {
      const isOurs = this.isShown && this.isPayable && !this.done && !this.sheet && !event.repeat && !event.ctrlKey && !event.altKey && !event.metaKey;
      if (!isOurs || event.target.closest?.("input, textarea, dialog")) return;
      if (/^[0-9]$/.test(event.key)) this.type(event.key);
      else if (event.key === "Backspace") this.type("back");
      else if (event.key === "Escape") this.typed = 0;
      else if (event.key === "Enter" && !event.target.closest?.("button") && this.typed) this.payTyped();
    },
    open(checkId) {
      window.kiosk.go("settle", { check_id: checkId });
    },
    choose() {
      this.sheet = null;
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
