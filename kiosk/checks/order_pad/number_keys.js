// A number pad that types a whole number: an amount in minor units, or how many are left.

const LONGEST = 9;

export const NumberKeys = {
  props: { value: Number, zeros: { type: String, default: "" } },
  emits: ["update:value"],
  template: `
    <div class="k-pad k-op-pad" @mousedown.prevent @click="tap">
      <button v-for="digit in 9" :key="digit" type="button" :data-digits="digit">{{ digit }}</button>
      <button v-if="zeros" type="button" :data-digits="zeros">{{ zeros }}</button><span v-else></span>
      <button type="button" data-digits="0">0</button>
      <button type="button" data-digits="back" aria-label="Delete last digit"><i class="k-i s28" aria-hidden="true">backspace</i></button></div>`,
  methods: {
    tap(event) {
      const digits = event.target.closest("[data-digits]")?.dataset.digits;
      if (digits) this.type(digits);
    },
    type(digits) {
      const text = this.value ? String(this.value) : "";
      this.$emit("update:value", Number(digits === "back" ? text.slice(0, -1) : (text + digits).slice(0, LONGEST)));
    },
  },
};

/** What a key of a keyboard types on a number pad; null when it is none of its business. */
export function digitsOf({ key, target, ctrlKey, metaKey }) {
  if (ctrlKey || metaKey || target.closest("input")) return null;
  if (key === "Backspace") return "back";
  return /^\d$/.test(key) ? key : null;
}
