/** Less to pay, on the check or on one line, and the service charge of this check. A manager's PIN is asked for by itself. */

import { AmountPad, TillDialog, WhyLine } from "till_parts";

const REASONS = ["Regular guest", "Waited too long", "Not as it should be", "Staff", "Offer of the house"];
const HUNDRED = 10000;

/** Hundredths of a per cent as they are typed from the right: 1250 is "12.5". */
const percentOf = (typed) => String(typed / 100);

export const DiscountSheet = {
  components: { AmountPad, TillDialog, WhyLine },
  props: ["sheet", "bill", "openLines", "isLocked"],
  emits: ["close", "act"],
  data: () => ({ lineId: null, chosen: null, way: "percent", percent: "", amount: 0, reason: "" }),
  template: `
<till-dialog title="Discount" css="sd-sheet is-wide" @close="$emit('close')">
  <label class="k-field"><span>On</span><select class="k-input" v-model="lineId"><option :value="null">the whole check, {{ money(bill.open.total) }} open</option><option v-for="line in openLines" :key="line.id" :value="line.id">{{ nameOf(line) }}, {{ money(line.gross) }}</option></select></label>
  <div class="k-grid4 sd-presets" role="radiogroup" aria-label="How much">
    <button v-for="preset in bill.discounts" :key="preset.name" class="k-key2" type="button" role="radio" :aria-checked="String(chosen?.name === preset.name)" :class="{ 'is-on': chosen?.name === preset.name }" @click="choose(preset)">{{ preset.percent ? preset.percent + " %" : money(preset.amount) }}<small><bdi>{{ preset.name }}</bdi></small></button>
    <button class="k-key2" type="button" role="radio" :aria-checked="String(!chosen && way === 'percent')" :class="{ 'is-on': !chosen && way === 'percent' }" @click="type('percent')">% <small>typed</small></button>
    <button class="k-key2" type="button" role="radio" :aria-checked="String(!chosen && way === 'amount')" :class="{ 'is-on': !chosen && way === 'amount' }" @click="type('amount')">Amount<small>typed</small></button>
  </div>
  <label v-if="!chosen && way === 'percent'" class="k-field"><span>Per cent</span><input class="k-input" v-model="percent" inputmode="decimal" maxlength="5" placeholder="10" autocomplete="off"></label>
  <amount-pad v-if="!chosen && way === 'amount'" v-model="amount" label="Less" @enter="give"></amount-pad>
  <why-line v-model="reason" :usual="reasons" @enter="give"></why-line>
  <button class="k-btn is-primary is-l is-block" type="button" :disabled="!!lock" @click="give">{{ lock || words }}</button>
</till-dialog>`,
  computed: {
    asPercent() {
      if (this.chosen) return this.chosen.percent ?? null;
      return this.way === "percent" ? this.percent.trim().replace(",", ".") : null;
    },
    asAmount() {
      if (this.chosen) return this.chosen.percent ? null : this.chosen.amount;
      return this.way === "amount" ? this.amount : null;
    },
    lock() {
      if (this.asPercent !== null && !/^\d{1,3}(\.\d{1,2})?$/.test(this.asPercent)) return "How much?";
      if (this.asPercent !== null && !(Number(this.asPercent) > 0 && Number(this.asPercent) * 100 <= HUNDRED)) return "Between 0 and 100 per cent";
      if (this.asAmount !== null && !this.asAmount) return "How much?";
      return this.reason.trim() ? "" : "Say why first";
    },
    words() {
      const what = this.asPercent === null ? this.money(this.asAmount) : `${this.asPercent} %`;
      const line = this.openLines.find(({ id }) => id === this.lineId);
      return `Take ${what} off ${line ? this.nameOf(line) : "the check"}`;
    },
  },
  created() {
    this.reasons = REASONS;
    this.chosen = this.bill.discounts[0] ?? null;
  },
  methods: {
    choose(preset) {
      this.chosen = preset;
    },
    type(way) {
      Object.assign(this, { chosen: null, way });
    },
    nameOf({ id }) {
      return this.bill.check.lines.find((line) => line.id === id)?.name ?? "line";
    },
    give() {
      if (this.lock) return;
      const words = { check_id: this.bill.check.id, line_id: this.lineId, name: this.chosen?.name ?? "Discount", percent: this.asPercent, amount: this.asAmount, reason: this.reason.trim() };
      this.$emit("act", { act: "discount", words, done: `${this.words.replace("Take ", "")} is done.` });
    },
    money: (amount) => window.kiosk.money(amount),
  },
};

export const ServiceSheet = {
  components: { AmountPad, TillDialog },
  props: ["bill"],
  emits: ["close", "act"],
  data: () => ({ typed: "" }),
  template: `
<till-dialog title="Service charge" css="sd-sheet" @close="$emit('close')">
  <p class="k-dim sd-say">{{ standing }}</p>
  <div class="k-grid4">
    <button class="k-key2" type="button" :class="{ 'is-on': now === null }" @click="set(null)">House<small>as usual</small></button>
    <button v-for="percent in usual" :key="percent" class="k-key2" type="button" :class="{ 'is-on': now === percent }" @click="set(percent)">{{ percent }} %<small v-if="percent === '0'">none</small></button>
  </div>
  <form class="k-row sd-say" @submit.prevent="set(text)"><label class="k-input k-grow"><span class="k-sr">Per cent</span><input v-model="typed" inputmode="decimal" maxlength="5" placeholder="Other per cent" autocomplete="off"></label><button class="k-btn is-primary is-l" :disabled="!isPercent">{{ isPercent ? text + " %" : "Type it" }}</button></form>
</till-dialog>`,
  computed: {
    now() {
      const ppm = this.bill.check.service_ppm ?? null;
      return ppm === null ? null : percentOf(ppm / 100);
    },
    standing() {
      const { service } = this.bill.check.sums;
      return service ? `Now ${window.kiosk.money(service)} on this check.` : "There is none on this check now.";
    },
    text() {
      return this.typed.trim().replace(",", ".");
    },
    isPercent() {
      return /^\d{1,3}(\.\d{1,2})?$/.test(this.text) && Number(this.text) <= 100;
    },
  },
  created() {
    this.usual = ["0", "5", "10", "12.5", "15", "20"];
  },
  methods: {
    set(percent) {
      const done = percent === null ? "The service charge is the house's." : percent === "0" ? "There is no service charge on this check." : `The service charge is ${percent} %.`;
      this.$emit("act", { act: "set_service", words: { check_id: this.bill.check.id, percent }, done });
    },
  },
};
