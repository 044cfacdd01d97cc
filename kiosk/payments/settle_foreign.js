/** Cash in another currency: what was handed over, what it pays here at the rate in force. Change is in the house's money. */

import { foreignMoney } from "close_words";
import { TillDialog } from "till_parts";
import { typeOn } from "settle_rules";

const TYPING_MS = 150;

/** How many decimals a currency has, as browsers know it. */
export const decimalsOf = (currency) => new Intl.NumberFormat("en", { style: "currency", currency }).resolvedOptions().maximumFractionDigits;

const told = ({ currency, rate, age_days: age }) => `${currency} ${rate}${age > 1 ? `, ${age} days old` : ""}`;

export const ForeignSheet = {
  components: { TillDialog },
  props: ["sheet", "plan", "isLocked"],
  emits: ["close", "foreign"],
  data: (sheet) => ({ rate: sheet.sheet.rates[0], typed: 0, worth: null, trouble: "" }),
  template: `
<till-dialog :title="'Cash of ' + plan.paying + ' in another currency'" css="sd-sheet" @close="$emit('close')">
  <div class="sd-letters" role="radiogroup" aria-label="Currency"><button v-for="one in sheet.rates" :key="one.currency" class="k-chip" type="button" role="radio" :aria-checked="String(rate.currency === one.currency)" :class="{ 'is-on': rate.currency === one.currency }" @click="choose(one)">{{ told(one) }}</button></div>
  <div class="k-input sd-foreign"><span class="k-dim2">{{ rate.currency }}</span><b role="status">{{ shown }}</b></div>
  <div class="k-pad" dir="ltr"><button v-for="key in pad" :key="key" type="button" :aria-label="key === 'back' ? 'Delete' : null" @click="type(key)"><i v-if="key === 'back'" class="k-i" aria-hidden="true">backspace</i><template v-else>{{ key }}</template></button></div>
  <p v-if="trouble" class="k-note is-warn"><i class="k-i" aria-hidden="true">warning</i><span>{{ trouble }}</span></p>
  <button class="k-btn is-primary is-l is-block" type="button" :disabled="!worth || isLocked" @click="take">{{ words }}</button>
</till-dialog>`,
  computed: {
    shown() {
      return foreignMoney(this.typed, this.rate.decimals);
    },
    words() {
      if (!this.typed) return "Type what was handed over";
      return this.worth ? `${this.rate.currency} ${this.shown} pays ${window.kiosk.money(this.worth.given)}` : "Being reckoned";
    },
  },
  created() {
    this.pad = ["7", "8", "9", "4", "5", "6", "1", "2", "3", "00", "0", "back"];
  },
  unmounted() {
    clearTimeout(this.timer);
  },
  methods: {
    told,
    choose(rate) {
      Object.assign(this, { rate, typed: 0, worth: null, trouble: "" });
    },
    type(key) {
      this.typed = typeOn(this.typed, key);
      Object.assign(this, { worth: null, trouble: "" });
      clearTimeout(this.timer);
      if (this.typed) this.timer = setTimeout(this.reckon, TYPING_MS);
    },
    async reckon() {
      const { typed, rate } = this;
      try {
        const worth = await window.kiosk.view(`exchange?currency=${rate.currency}&given=${typed}`);
        if (typed === this.typed && rate === this.rate) this.worth = worth;
      } catch (refusal) {
        if (typed === this.typed) this.trouble = refusal.sentence;
      }
    },
    take() {
      const { currency, currency_given, given } = this.worth;
      this.$emit("foreign", { currency, currency_given, given });
    },
  },
};
