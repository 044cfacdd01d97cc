/** The forms of the drawer's sheet: open with a float, money in or out, no sale, hand over. Each emits "do" when it is ready. */

import { AmountPad, WhyLine } from "till_parts";

const SHOWN = 3;
const money = (amount) => window.kiosk.money(amount);

/** Where money by hand goes: the act, its words, and what is usually said. */
const WAYS = [
  { key: "pay_in", act: "pay_in", word: "Pay in", icon: "add_card", verb: "Pay in", usual: ["Change from the bank", "From the safe"] },
  { key: "pay_out", act: "pay_out", kind: "expense", word: "Expense", icon: "shopping_bag", verb: "Pay out", usual: ["Market", "Taxi home", "Repair"] },
  { key: "tips", act: "pay_out", kind: "tips", word: "Tips", icon: "volunteer_activism", verb: "Pay out tips of", usual: ["Tips of the day", "Card tips"] },
  { key: "drop", act: "drop", word: "Safe", icon: "lock", verb: "To the safe:", usual: [], label: "Bag number, if there is one" },
];

/** Begin a drawer with its float. */
export const OpenForm = {
  components: { AmountPad },
  props: { till: Number, taken: Array, busy: Boolean },
  emits: ["do"],
  data: (form) => ({ float: 0, at: form.till }),
  template: `
<div class="ti-form">
  <div class="ti-usual" role="group" aria-label="Drawer"><button v-for="one in shown" :key="one" class="k-chip" type="button" :class="{ 'is-on': one === at }" :aria-pressed="String(one === at)" @click="at = one">Drawer {{ one }}</button></div>
  <amount-pad v-model="float" label="Float" @enter="go"></amount-pad>
  <button class="k-btn is-primary is-xl is-block" type="button" :disabled="busy" @click="go">Open drawer {{ at }} with {{ money(float) }}</button>
</div>`,
  computed: {
    shown() {
      const tills = Array.from({ length: SHOWN + this.taken.length }, (_, place) => place + 1);
      return tills.filter((till) => !this.taken.includes(till)).slice(0, SHOWN);
    },
  },
  methods: {
    go() {
      if (!this.busy) this.$emit("do", { till: this.at, float: this.float });
    },
    money,
  },
};

/** Money put in or taken out by hand. Emits "do" with the act, its words and what to say of it. */
export const MoneyForm = {
  components: { AmountPad, WhyLine },
  props: { act: String, busy: Boolean },
  emits: ["do"],
  data: (form) => ({ key: WAYS.some(({ key }) => key === form.act) ? form.act : "pay_out", amount: 0, text: "" }),
  template: `
<div class="ti-form">
  <div class="k-seg k-seg--p ti-ways" role="group" aria-label="Money in or out" data-joined><button v-for="one in ways" :key="one.key" type="button" :class="{ 'is-on': one.key === key }" :aria-pressed="String(one.key === key)" @click="choose(one.key)"><i class="k-i s20" aria-hidden="true">{{ one.icon }}</i>{{ one.word }}</button></div>
  <amount-pad v-model="amount" label="Amount" @enter="go"></amount-pad>
  <why-line v-model="text" :usual="way.usual" :label="way.label ?? 'What for'" @enter="go"></why-line>
  <button class="k-btn is-primary is-xl is-block" type="button" :disabled="!!why || busy" @click="go"><span v-if="busy" class="k-spin" aria-hidden="true"></span><span class="k-btn__2">{{ way.verb }} {{ money(amount) }}<small v-if="why">{{ why }}</small></span></button>
</div>`,
  computed: {
    ways() {
      return WAYS.filter(({ act }) => window.kiosk.may(act));
    },
    way() {
      return this.ways.find(({ key }) => key === this.key) ?? this.ways[0];
    },
    words() {
      return this.text.trim();
    },
    why() {
      if (!this.amount) return "type the amount first";
      return this.words || this.way.act === "drop" ? "" : "say what it is for";
    },
  },
  methods: {
    choose(key) {
      Object.assign(this, { key, text: "" });
    },
    go() {
      if (this.why || this.busy) return;
      const { act, kind, word } = this.way;
      const args = act === "drop" ? { amount: this.amount, note: this.words } : { amount: this.amount, reason: this.words, ...(kind && { kind }) };
      this.$emit("do", act, args, `${word} ${money(this.amount)} is in the daybook.`);
    },
    money,
  },
};

/** Open the drawer without a sale. */
export const NoSaleForm = {
  components: { WhyLine },
  props: { busy: Boolean },
  emits: ["do"],
  data: () => ({ text: "" }),
  template: `
<div class="ti-form">
  <p class="k-dim ti-small">No money moves, but the daybook says that it was opened, by whom and why.</p>
  <why-line v-model="text" :usual="usual" @enter="go"></why-line>
  <button class="k-btn is-primary is-l is-block" type="button" :disabled="!text.trim() || busy" @click="go">{{ text.trim() ? "Open without a sale" : "Say why first" }}</button>
</div>`,
  created() {
    this.usual = ["Change for a guest", "Checking the coins", "Receipt roll"];
  },
  methods: {
    go() {
      if (this.text.trim() && !this.busy) this.$emit("do", { reason: this.text.trim() });
    },
  },
};

/** Somebody else answers for the drawer from now on. */
export const HandOverForm = {
  props: { holder: String, people: Array, busy: Boolean },
  emits: ["do"],
  template: `
<div class="ti-form">
  <p class="k-dim ti-small" dir="auto">{{ holder }} has it. Whoever takes it answers for what is in it.</p>
  <button class="k-btn is-primary is-l is-block" type="button" :disabled="busy || me === holder" @click="$emit('do', { person_id: null })">{{ me === holder ? "You have it already" : "I take it" }}</button>
  <button v-for="one in others" :key="one.id" class="k-btn is-line is-l is-block ti-person" type="button" :disabled="busy" @click="$emit('do', { person_id: one.id })"><span class="k-avatar s24">{{ one.initials }}</span><bdi class="k-grow">{{ one.name }}</bdi></button>
</div>`,
  computed: {
    others() {
      return this.people.filter(({ name }) => name !== this.holder && name !== this.me);
    },
  },
  created() {
    this.me = window.kiosk.me.name;
  },
};
