/** How it is paid: what is due in words, one-tap cash, the other tenders for the rest, a typed amount, PAY. */

import { iconOf, sizeOf } from "settle_rules";

const PAD = ["7", "8", "9", "4", "5", "6", "1", "2", "3", "00", "0", "back"];

export const SettleTender = {
  props: { bill: Object, payer: Object, typed: Number, busy: String, isPaying: Boolean, isOnline: Boolean, isWaiting: Boolean, takesForeign: Boolean },
  emits: ["cash", "other", "type", "clear", "pay", "foreign"],
  template: `
<section class="k-panel is-pad k-settle__ten" aria-label="Tender" :aria-busy="String(!!busy)">
  <div class="k-due" :class="[{ 'is-ok': open <= 0, 'is-none': !paying.total && !paying.due && !typed }, size]" role="status" aria-live="polite"><small>Payer {{ payer?.key }}<template v-if="paying.tip">, tip {{ money(paying.tip) }}</template></small><small>{{ money(paying.paid) }} of {{ money(paying.total) }} paid</small><b><i class="k-i" aria-hidden="true">{{ open > 0 ? "hourglass_bottom" : "payments" }}</i>{{ word }}<span v-if="paying.total || paying.due || typed">{{ money(Math.abs(open)) }}</span></b></div>
  <span class="k-label">Cash, one tap pays</span>
  <div class="k-grid3 sd-cash">
    <button v-for="key in paying.cash_keys" :key="key.amount" class="k-key2" :class="{ 'is-go': isExact(key), 'is-busy': busy === 'cash' + key.amount }" type="button" :disabled="isLocked || !cash" @click="$emit('cash', key.amount)"><span v-if="busy === 'cash' + key.amount" class="k-spin" aria-label="Paying"></span>{{ isExact(key) ? money(key.amount) : short(key.amount) }}<small>{{ result(key) }}</small></button>
    <p v-if="!paying.cash_keys.length" class="k-note sd-nocash">{{ nothing }}</p>
  </div>
  <span class="k-label">{{ typed ? "Other tenders, typed amount" : "Other tenders, for the rest" }}</span>
  <div class="k-tenders sd-kinds">
    <button v-for="(way, place) in others" :key="way.code" :class="place ? 'k-key2' : ['k-btn is-l', { 'is-primary': !isRefused }]" type="button" :disabled="isLocked || isRefused || paying.due <= 0" :aria-label="way.name + ' ' + (refusal || money(amount))" @click="$emit('other', way)">
      <span v-if="busy === way.code" class="k-spin" aria-label="Paying"></span><i v-else class="k-i" aria-hidden="true">{{ iconOf(way.kind) }}</i><template v-if="place"><small><bdi>{{ way.name }}</bdi></small></template><template v-else><bdi>{{ way.name }}</bdi> {{ refusal || money(amount) }}</template></button>
  </div>
  <div class="k-input sd-typed" :class="{ 'is-long': money(typed).length > 9 }"><span v-if="!typed" class="k-dim2">Typed<span class="sd-roomy"> amount</span></span><b class="k-num">{{ money(typed) }}</b><button v-if="typed" class="k-btn is-icon is-quiet" type="button" aria-label="Clear the typed amount" @click="$emit('clear')"><i class="k-i" aria-hidden="true">close</i></button>
    <button v-if="cash" class="k-btn sd-typed__k" type="button" :disabled="isLocked || !typed || paying.due <= 0" @click="$emit('cash', typed)"><i class="k-i s20" aria-hidden="true">payments</i><bdi>{{ cash.name }}</bdi></button><button v-if="cash && takesForeign" class="k-btn is-icon sd-typed__f" type="button" aria-label="Cash in another currency" :disabled="isLocked || paying.due <= 0" @click="$emit('foreign')"><i class="k-i s20" aria-hidden="true">currency_exchange</i></button></div>
  <div class="k-pad k-grow" aria-label="Number pad"><button v-for="key in pad" :key="key" type="button" :aria-label="key === 'back' ? 'Delete' : null" @click="$emit('type', key)"><i v-if="key === 'back'" class="k-i sd-turn" aria-hidden="true">backspace</i><template v-else>{{ key }}</template></button></div>
  <button class="k-btn is-xl is-block sd-pay" :class="{ 'is-primary': !lock }" type="button" :disabled="isLocked || !!lock" @click="$emit('pay')"><span v-if="isPaying" class="k-spin" aria-hidden="true"></span><i v-else class="k-i" aria-hidden="true">{{ lock ? "lock" : "payments" }}</i>{{ payWords }}</button>
</section>`,
  computed: {
    isLocked() {
      return !!this.busy || !this.isOnline || this.isWaiting;
    },
    /** A payer without a line owes nothing yet. */
    paying() {
      return this.bill.paying ?? { total: 0, paid: 0, due: 0, tip: 0, cash_due: 0, cash_keys: [], change: 0 };
    },
    cash() {
      return this.bill.tenders.find(({ kind }) => kind === "cash");
    },
    others() {
      return this.bill.tenders.filter(({ kind }) => kind !== "cash");
    },
    amount() {
      return this.typed || this.paying.due;
    },
    /** Why a card may not take the typed amount: it gives no change. */
    refusal() {
      return this.typed > this.paying.due ? "too much" : "";
    },
    isRefused() {
      return !!this.refusal;
    },
    /** What is short (positive) or comes back (negative) when what is typed is handed over in cash. */
    open() {
      if (this.typed) return this.paying.cash_due - this.typed;
      return this.paying.due || -this.paying.change;
    },
    word() {
      if (this.open > 0) return "SHORT";
      if (this.open < 0) return "CHANGE";
      return this.paying.total || this.typed ? "EXACT" : "Nothing due";
    },
    size() {
      return sizeOf(this.word, this.money(Math.abs(this.open)));
    },
    isFree() {
      return !this.bill.open.total && this.bill.check.lines.some(({ state }) => state !== "voided");
    },
    lock() {
      if (!this.isOnline) return "Pay: no connection";
      if (this.isFree && this.paying.due <= 0) return "";
      if (!this.bill.open.total && !this.isFree) return "Pay: nothing is on the check";
      if (!this.bill.paying) return `Pay: ${this.payer?.key} has no dish yet`;
      const isCovered = this.typed ? this.cash && this.open <= 0 : this.paying.due <= 0;
      return isCovered ? "" : `Pay: still short ${this.money(Math.max(0, this.open))}`;
    },
    nothing() {
      if (this.isFree) return "All of it is on the house. Close it without payment.";
      if (!this.bill.open.total) return "Nothing is on this check.";
      return this.bill.paying ? "Covered." : "Nothing is due yet.";
    },
    payWords() {
      if (this.isPaying) return "Paying";
      if (this.lock) return this.lock;
      if (this.isFree && this.paying.due <= 0) return `Close at ${this.money(0)}`;
      if (!this.typed) return `Pay ${this.money(this.paying.total)}`;
      return this.open ? `Cash ${this.money(this.typed)}, change ${this.money(-this.open)}` : `Cash ${this.money(this.typed)}, exact`;
    },
  },
  created() {
    this.pad = PAD;
  },
  methods: {
    iconOf,
    isExact: (key) => !key.short && !key.change,
    result(key) {
      if (key.short) return `short ${this.short(key.short)}`;
      return key.change ? `change ${this.short(key.change)}` : "exact";
    },
    money: (amount) => window.kiosk.money(amount),
    /** Whole amounts without their noughts, as they stand on notes: 50, 7.50. */
    short(amount) {
      const { decimals } = window.kiosk.me.venue;
      const whole = 10 ** decimals;
      return amount % whole ? this.money(amount) : window.kiosk.money(amount).slice(0, decimals ? -decimals - 1 : undefined);
    },
  },
};
