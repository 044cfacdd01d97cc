/** What the sheets of the till are made of: the sheet itself, an amount with its pad, and a reason as keys or typed. */

const MOST_DIGITS = 10;
const LONGEST = 200;

/** A modal sheet with a title. Emits "close" for its key, Escape, and a tap beside it. */
export const TillDialog = {
  props: { title: String, css: { type: String, default: "" } },
  emits: ["close"],
  template: `
<dialog ref="dialog" class="k-sheet ti-sheet" :class="css" tabindex="-1" :aria-label="title" @cancel.prevent="$emit('close')" @pointerdown.self="armed = true" @click.self="beside">
  <div class="k-card__h"><h2 class="k-h2 k-grow" dir="auto">{{ title }}</h2>
    <button class="k-btn is-icon is-quiet" type="button" aria-label="Close" @click="$emit('close')"><i class="k-i" aria-hidden="true">close</i></button></div>
  <slot></slot>
</dialog>`,
  mounted() {
    const { dialog } = this.$refs;
    dialog.showModal();
    if (!dialog.querySelector("[autofocus]")) dialog.focus();
  },
  beforeUnmount() {
    this.$refs.dialog.close(); // gives the focus back
  },
  methods: {
    beside() {
      if (this.armed) this.$emit("close");
    },
  },
};

/** An amount typed from the right, as at the counter: 1 2 5 0 is 12.50. */
export const AmountPad = {
  props: { modelValue: Number, label: String },
  emits: ["update:modelValue", "enter"],
  template: `
<div class="ti-amount" tabindex="0" role="group" :aria-label="label + ' ' + shown" @keydown="typed">
  <div class="k-input ti-figure"><span class="k-dim">{{ label }}</span><b role="status">{{ shown }}</b></div>
  <div class="k-pad">
    <button v-for="digit in 9" :key="digit" type="button" tabindex="-1" @click="press(String(digit))">{{ digit }}</button>
    <button type="button" tabindex="-1" aria-label="Two zeros" @click="press('00')">00</button>
    <button type="button" tabindex="-1" @click="press('0')">0</button>
    <button type="button" tabindex="-1" aria-label="Delete last digit" @click="press('back')"><i class="k-i" aria-hidden="true">backspace</i></button>
  </div>
</div>`,
  computed: {
    shown() {
      return window.kiosk.money(this.modelValue);
    },
  },
  mounted() {
    this.$nextTick(() => this.$el.focus({ preventScroll: true })); // figures typed are the amount, whatever was open before
  },
  methods: {
    press(key) {
      const text = key === "back" ? String(this.modelValue).slice(0, -1) : `${this.modelValue || ""}${key}`;
      if (text.length <= MOST_DIGITS) this.$emit("update:modelValue", Number(text || 0));
    },
    typed(event) {
      if (event.ctrlKey || event.altKey || event.metaKey) return;
      if (/^\d$/.test(event.key)) this.press(event.key);
      else if (event.key === "Backspace") this.press("back");
      else if (event.key === "Enter") this.$emit("enter");
      else return;
      event.preventDefault();
    },
  },
};

/** A few words on why: keys for the usual ones, and a line to type others. */
export const WhyLine = {
  props: { modelValue: String, usual: Array, label: { type: String, default: "Reason" } },
  emits: ["update:modelValue", "enter"],
  template: `
<div class="ti-why">
  <div v-if="usual?.length" class="ti-usual"><button v-for="word in usual" :key="word" class="k-chip" type="button" :class="{ 'is-on': word === modelValue }" :aria-pressed="String(word === modelValue)" @click="$emit('update:modelValue', word === modelValue ? '' : word)">{{ word }}</button></div>
  <label class="k-input ti-line"><span class="k-sr">{{ label }}</span><input :value="modelValue" :maxlength="longest" :placeholder="label" dir="auto" autocomplete="off" enterkeyhint="done" @input="$emit('update:modelValue', $event.target.value)" @keydown.enter.prevent="$emit('enter')"></label>
</div>`,
  created() {
    this.longest = LONGEST;
  },
};

/** A sheet that asks why: a usual reason does it at once, a typed one with the key. Emits "say" with the words. */
export const WhySheet = {
  components: { TillDialog, WhyLine },
  props: { title: String, small: String, usual: Array, word: String, was: { type: String, default: "" }, busy: Boolean },
  emits: ["say", "close"],
  data: (sheet) => ({ text: sheet.was }),
  template: `
<till-dialog :title="title" @close="$emit('close')">
  <p v-if="small" class="k-dim ti-small" dir="auto">{{ small }}</p>
  <button v-for="one in usual" :key="one" class="k-btn is-l is-block ti-one" type="button" :disabled="busy" @click="$emit('say', one)">{{ one }}</button>
  <why-line v-model="text" label="Another reason" @enter="say"></why-line>
  <button class="k-btn is-primary is-l is-block" type="button" :disabled="!words || busy" @click="say">{{ words ? word : "Say why first" }}</button>
</till-dialog>`,
  computed: {
    words() {
      return this.text.trim();
    },
  },
  methods: {
    say() {
      if (this.words && !this.busy) this.$emit("say", this.words);
    },
  },
};

const RIGHT_TO_LEFT = /[\p{Script=Hebrew}\p{Script=Arabic}](?:[^\n]*[\p{Script=Hebrew}\p{Script=Arabic}])?/gu;

/** Paper for a screen: words that run from right to left stand by themselves, so that figures beside them keep their column. */
export function paperOf(rows) {
  return rows.join("\n").replace(RIGHT_TO_LEFT, "\u2068$&\u2069");
}
