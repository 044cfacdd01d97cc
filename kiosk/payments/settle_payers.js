/** The payers: how the bill is divided, how much of it is paid, who has paid, who is on and who waits. */

import { lookOf, sharersOf } from "settle_plan";
import { toldLines, toldPart, toldTender } from "settle_rules";
import { SettlePayer } from "settle_payer";

const MOST_CARDS = 3;
const MOST_PAID = 2;
const SPLITS = [
  { name: "one", words: ["One", "bill"] },
  { name: "seat", words: ["By", "seat"] },
  { name: "dish", words: ["By", "dish"] },
  { name: "even", parts: 2, words: ["÷2"] },
  { name: "even", parts: 3, words: ["÷3"] },
  { name: "even", parts: 4, words: ["÷4"] },
];

export const SettlePayers = {
  components: { SettlePayer },
  props: { bill: Object, plan: Object, typed: Number, isLocked: Boolean, seats: Array, mayUndo: Boolean, openLines: Array },
  emits: ["split", "divide", "on", "add", "drop", "undo", "takeBack", "tip", "remove", "prints", "amount", "rest", "again"],
  data: () => ({ taking: null, showsAll: false }),
  template: `
<section class="k-col k-settle__pay" aria-label="Payers">
  <div class="k-keys sd-splits" role="radiogroup" aria-label="Split">
    <button v-for="split in splits" :key="split.name + split.parts" class="k-key2" type="button" role="radio" :class="{ 'is-on': isOn(split), 'is-words': split.words.length > 1 }" :aria-checked="String(isOn(split))" :disabled="isLocked || !mayBe(split)" @click="$emit('split', split)"><template v-for="(word, place) in split.words" :key="word"><br v-if="place">{{ word }}</template></button>
    <button class="k-key2" type="button" role="radio" :class="{ 'is-on': isOther }" :aria-checked="String(isOther)" aria-label="Other parts, or by amount" :disabled="isLocked" @click="$emit('divide')">{{ otherWord }}</button>
  </div>
  <div class="k-row sd-meter"><b>{{ money(bill.check.paid ?? 0) }} paid</b><div class="k-meter k-grow" aria-hidden="true"><i v-for="part in meter" :key="part.key" :style="{ width: part.width, background: 'var(--pay-' + part.look + ')' }"></i></div><span class="k-dim">{{ money(bill.open.total) }} open</span>
    <button class="k-btn is-icon is-quiet" type="button" aria-label="Undo the last step" :disabled="!mayUndo || isLocked" @click="$emit('undo')"><i class="k-i sd-turn" aria-hidden="true">undo</i></button></div>
  <div class="sd-cards" :class="{ 'is-many': isMany }">
    <button v-if="folded" class="k-btn is-line sd-folded" type="button" @click="showsAll = true"><i class="k-i s20" aria-hidden="true">expand_more</i>{{ folded }} more paid: {{ paid.slice(0, folded).map(({ key }) => key).join(", ") }}</button>
    <article v-for="one in paid.slice(folded)" :key="one.receipt_id" class="k-payer sd-paid" :aria-label="'Paid by ' + one.key">
      <div class="k-payer__h"><span class="k-p is-l" :class="lookOf(one.key)">{{ one.key }}</span><div><b>Paid {{ money(one.total) }}</b><small><span dir="auto">{{ toldPaid(one) }},</span> <span>receipt {{ one.number }}</span></small></div>
        <template v-if="taking === one.receipt_id"><button class="k-btn" type="button" @click="taking = null">Keep</button><button class="k-btn is-bad" type="button" :disabled="isLocked" @click="takeBack(one)">Give back {{ money(one.total + (one.tip ?? 0)) }}</button></template>
        <template v-else><span class="k-tag is-ok"><i class="k-i s18" aria-hidden="true">check</i>Paid</span><button class="k-btn is-icon sd-again" type="button" :disabled="isLocked" :aria-label="'Print the receipt of ' + one.key + ' again'" @click="$emit('again', one)"><i class="k-i" aria-hidden="true">print</i></button><button class="k-btn is-icon" type="button" :disabled="isLocked || !!one.returned" :aria-label="'Undo payment of ' + one.key" @click="taking = one.receipt_id"><i class="k-i sd-turn" aria-hidden="true">undo</i></button></template></div>
    </article>
    <settle-payer v-if="payer" :key="payer.key" v-bind="{ bill, payer, typed, isLocked, told: toldOf(payer), hasUngiven, mayDrop }" :data-payer="payer.key" @tip="(tip) => $emit('tip', tip)" @remove="(place) => $emit('remove', place)" @prints="(is) => $emit('prints', is)" @amount="$emit('amount')" @rest="$emit('rest')" @drop="$emit('drop', payer.key)" />
    <div v-if="waiting.length || mayAdd" class="sd-waiting">
      <button v-for="one in waiting" :key="one.key" class="k-payer sd-wait" type="button" :disabled="isLocked" :data-payer="one.key" :aria-label="'Payer ' + one.key + ', ' + money(totalOf(one))" @click="$emit('on', one.key)"><span class="k-payer__h"><span class="k-p is-l" :class="lookOf(one.key)">{{ one.key }}</span><span class="sd-wait__n"><small><template v-for="(piece, place) in toldOf(one)" :key="place">{{ place ? ", " : "" }}<template v-if="piece.frac"><span class="k-frac">{{ piece.frac }}</span>{{ " " }}</template><bdi>{{ piece.text }}</bdi></template></small></span><span class="k-payer__amt sd-wait__a">{{ money(totalOf(one)) }}</span></span></button>
      <button v-if="mayAdd" class="k-btn is-line sd-add" type="button" :disabled="isLocked" @click="$emit('add')"><i class="k-i s20" aria-hidden="true">person_add</i>Add payer</button>
    </div>
  </div>
</section>`,
  computed: {
    payer() {
      return this.plan.payers.find(({ key }) => key === this.plan.paying);
    },
    waiting() {
      return this.plan.payers.filter(({ key }) => key !== this.plan.paying);
    },
    paid() {
      return this.bill.paid.filter((one) => !one.refunded || this.plan.paid[one.receipt_id]).map((one) => ({ ...one, key: this.plan.paid[one.receipt_id] ?? "?" }));
    },
    /** How many of the first paid ones are folded away. */
    folded() {
      return this.showsAll || this.paid.length <= MOST_PAID + 1 ? 0 : this.paid.length - MOST_PAID;
    },
    isMany() {
      return this.waiting.length > MOST_CARDS - Math.min(this.paid.length, MOST_PAID);
    },
    mayAdd() {
      return ["dish", "seat"].includes(this.plan.mode);
    },
    mayDrop() {
      return this.mayAdd && this.plan.payers.length > 1;
    },
    hasUngiven() {
      return this.mayAdd && this.openLines.some((line) => !sharersOf(this.plan, line).length);
    },
    isOther() {
      return this.plan.mode === "amount" || (this.plan.mode === "even" && this.plan.parts > 4);
    },
    otherWord() {
      if (this.plan.mode === "amount") return "Amount";
      return this.plan.mode === "even" && this.plan.parts > 4 ? `÷${this.plan.parts}` : "÷n";
    },
    meter() {
      const whole = this.bill.open.total + (this.bill.check.paid ?? 0);
      const part = (key, amount) => ({ key, look: lookOf(key).slice(-1), width: `${whole ? (100 * amount) / whole : 0}%` });
      const now = this.bill.paying?.paid ? [part(this.plan.paying, this.bill.paying.paid)] : [];
      return [...this.paid.map((one) => part(one.key, one.total)), ...now];
    },
  },
  created() {
    this.splits = SPLITS;
  },
  watch: {
    "plan.paying": {
      flush: "post",
      handler() {
        this.$el.querySelector?.(".k-payer.is-on")?.scrollIntoView?.({ block: "nearest" });
      },
    },
  },
  methods: {
    lookOf,
    money: (amount) => window.kiosk.money(amount),
    mayBe(split) {
      return split.name !== "seat" || this.seats.length > 1;
    },
    isOn({ name, parts }) {
      return name === this.plan.mode && (name !== "even" || parts === this.plan.parts);
    },
    totalOf({ key }) {
      return this.bill.payers.find((one) => one.key === key)?.total ?? 0;
    },
    toldPaid(one) {
      const tip = one.tip ? `, tip ${this.money(one.tip)}` : "";
      const back = one.returned ? `, ${this.money(one.returned)} given back` : "";
      return `${one.tenders.map(toldTender).join(", ")}${tip}${back}`;
    },
    toldOf({ key, amount }) {
      const error = this.bill.payers.find((one) => one.key === key)?.error;
      if (error) return [{ text: error }];
      const { mode } = this.plan;
      if (mode === "even") return [{ text: this.toldEven() }];
      if (mode === "amount") return [{ text: amount === null ? "What is left" : "By amount" }];
      if (mode === "one") return [{ text: this.paid.length ? "What is left" : this.guests() }];
      const pieces = toldLines(key, this.openLines, (line) => sharersOf(this.plan, line));
      if (pieces.length > 3) pieces.splice(2, pieces.length, { text: `${pieces.length - 2} more` });
      return pieces.length ? pieces : [{ text: "Nothing yet" }];
    },
    /** The part of what the bill was when it was divided; of what is open now when dishes came or went since. */
    toldEven() {
      const { parts, whole, payers } = this.plan;
      const { total } = this.bill.open;
      const isAsDivided = whole === null || Math.abs(total * parts - whole * payers.length) < parts * parts;
      if (isAsDivided) return toldPart(parts, whole);
      return payers.length > 1 ? toldPart(payers.length, total) : "What is left";
    },
    guests() {
      const { covers } = this.bill.check;
      return covers ? `${covers} ${covers === 1 ? "guest" : "guests"}, one receipt` : "One receipt";
    },
    takeBack(one) {
      this.taking = null;
      this.$emit("takeBack", one);
    },
  },
};
