/** What people earn: a wage an hour and a part of their net sales, each from a day on. For owners. */

import { shortDay } from "close_words";
import { AmountPad, TillDialog } from "till_parts";

const kiosk = window.kiosk;
const HUNDRED = 100;
const PERCENT = /^\d{1,3}(\.\d{1,2})?$/;

/** "12.50 an hour and 2.5 %"; nothing is "nothing". */
const inWords = ({ wage, commission }) => [wage === null ? "" : `${kiosk.money(wage)} an hour`, commission === null ? "" : `${commission} % of sales`].filter(Boolean).join(" and ") || "nothing";
const dayName = (iso) => `${shortDay(iso)} ${iso.slice(0, 4)}`;

/** What one person earns: what was agreed, and the form of what is agreed next. */
const PayForm = {
  components: { AmountPad },
  props: { person: Object, today: String, busy: Boolean },
  emits: ["do"],
  data: ({ person, today }) => ({ from: today, hasWage: person.wage !== null, wage: person.wage ?? 0, percent: person.commission ?? "" }),
  template: `
<form class="ti-form" @submit.prevent="agree">
  <ul v-if="person.rates.length" class="rp-list"><li v-for="one in person.rates" :key="one.from_day"><span class="rp-one rp-pay__was"><i class="k-i s20" :class="one.is_now ? 'k-ok' : 'k-dim'" aria-hidden="true">{{ one.is_now ? "check_circle" : "history" }}</i><span class="rp-one__t"><b>{{ inWords(one) }}</b><small>from {{ dayName(one.from_day) }}{{ one.is_now ? ", now" : one.from_day > today ? ", to come" : "" }}</small></span></span><button class="k-btn is-icon is-quiet" type="button" :disabled="busy" :aria-label="'Take back what holds from ' + dayName(one.from_day)" @click="$emit('do', 'drop_pay', { from_day: one.from_day }, one)"><i class="k-i" aria-hidden="true">delete</i></button></li></ul>
  <p v-else class="k-dim ti-small">Nothing was agreed yet.</p>
  <div class="rp-pay__two"><label class="k-field"><span>From business day</span><span class="k-input"><input v-model="from" type="date" required></span></label>
    <label class="k-field"><span>% of net sales</span><span class="k-input"><input v-model="percent" inputmode="decimal" maxlength="6" placeholder="none" autocomplete="off"></span></label></div>
  <div class="k-seg rp-seg" role="group" aria-label="Wage" data-joined><button type="button" :class="{ 'is-on': !hasWage }" :aria-pressed="String(!hasWage)" @click="hasWage = false">No wage</button><button type="button" :class="{ 'is-on': hasWage }" :aria-pressed="String(hasWage)" @click="hasWage = true">Wage an hour</button></div>
  <amount-pad v-if="hasWage" v-model="wage" label="An hour" @enter="agree"></amount-pad>
  <button class="k-btn is-primary is-l is-block rp-pay__do" type="submit" :disabled="Boolean(lock) || busy">{{ lock || words }}</button>
</form>`,
  computed: {
    part() {
      return this.percent.trim().replace(",", ".").replace(/%$/, "").trim() || null;
    },
    terms() {
      return { wage: this.hasWage ? this.wage : null, commission: this.part };
    },
    lock() {
      if (!this.from) return "From which day?";
      if (this.part !== null && !(PERCENT.test(this.part) && Number(this.part) <= HUNDRED)) return "0 to 100 per cent, like 2.5";
      return "";
    },
    words() {
      return `From ${dayName(this.from)}: ${inWords(this.terms)}`;
    },
  },
  methods: {
    inWords,
    dayName,
    agree() {
      if (!this.lock && !this.busy) this.$emit("do", "set_pay", { from_day: this.from, ...this.terms });
    },
  },
};

export const ReportPay = {
  components: { PayForm, TillDialog },
  emits: ["close", "changed"],
  data: () => ({ told: null, id: null, trouble: "", said: null, busy: false }),
  template: `
<teleport to="body">
<till-dialog :title="person ? person.name : 'What people earn'" css="rp-behind rp-pay" @close="person ? (id = null) : $emit('close')">
  <p v-if="trouble" class="k-note is-warn" role="alert"><i class="k-i" aria-hidden="true">warning</i><span class="k-grow">{{ trouble }}</span><button class="k-btn" type="button" @click="read">Load again</button></p>
  <div v-else-if="!told" class="k-sk" aria-label="Loading"><i v-for="n in 4" :key="n"></i></div>
  <pay-form v-else-if="person" :key="id + String(person.rates.length)" :person="person" :today="told.today" :busy="busy" @do="carryOut"></pay-form>
  <template v-else>
    <p v-if="said" class="k-note is-ok" role="status"><i class="k-i" aria-hidden="true">check_circle</i><span class="k-grow" dir="auto">{{ said.text }}</span><button v-if="said.again" class="k-btn" type="button" :disabled="busy" @click="carryOut('set_pay', said.again)">Undo</button></p>
    <p class="k-dim ti-small">Hours run from the first to the last tap of a business day; pauses of two hours and more are left out. A commission is of the net of a person's receipts.</p>
    <ul class="rp-list"><li v-for="one in told.people" :key="one.id"><button class="rp-one" type="button" :aria-label="one.name + ', ' + inWords(one) + ': change it'" @click="choose(one)"><i class="k-i s20" aria-hidden="true">person</i><span class="rp-one__t"><b dir="auto">{{ one.name }}</b><small>{{ one.role }}</small></span><span class="rp-one__r"><b>{{ one.wage === null ? "" : money(one.wage) }}</b><small>{{ one.wage === null && one.commission === null ? "nothing agreed" : [one.wage === null ? "" : "an hour", one.commission === null ? "" : one.commission + " %"].filter(Boolean).join(", ") }}</small></span></button></li></ul>
  </template>
</till-dialog>
</teleport>`,
  computed: {
    person() {
      return this.told?.people.find(({ id }) => id === this.id) ?? null;
    },
  },
  mounted() {
    this.read();
  },
  methods: {
    inWords,
    money: (amount) => kiosk.money(amount),
    choose({ id }) {
      Object.assign(this, { id, said: null });
    },
    async read() {
      try {
        Object.assign(this, { told: await kiosk.view("pay"), trouble: "" });
      } catch (refusal) {
        this.trouble = refusal.sentence;
      }
    },
    /** Agree or take back; what was taken back can be agreed again at once. */
    async carryOut(act, words, was) {
      const person = this.person ?? this.said.person;
      this.busy = true;
      try {
        await kiosk.act(act, { person_id: person.id, ...words });
        this.said = { person, ...this.telling(act, words, person.name, was) };
        await this.read();
        this.id = null;
        this.$emit("changed");
      } catch {
        this.trouble = ""; // the kiosk has said why
      }
      this.busy = false;
    },
    telling(act, words, name, was) {
      const day = dayName(words.from_day);
      if (act === "set_pay") return { text: `From ${day} ${name} earns ${inWords(words)}.` };
      return { text: `What ${name} earned from ${day} is taken back.`, again: { ...words, wage: was.wage, commission: was.commission } };
    },
  },
};
