/** The sheet that every question of the floor stands in, and the pads for guests and for a table's number. */

const MOST_SHOWN = 12;
const MOST = 99;

/** A modal sheet with a title. Emits "close" for its key, Escape, and a tap beside it. */
export const FloorSheet = {
  props: { title: String, css: String },
  emits: ["close"],
  template: `
<dialog ref="dialog" class="k-sheet k-fs" :class="css" tabindex="-1" :aria-label="title" @cancel.prevent="$emit('close')" @pointerdown.self="armed = true" @click.self="beside">
  <div class="k-card__h"><h2 class="k-h2 k-grow" dir="auto"><slot name="title">{{ title }}</slot></h2>
    <button class="k-btn is-icon is-quiet" type="button" aria-label="Close" @click="$emit('close')"><i class="k-i" aria-hidden="true">close</i></button></div>
  <slot></slot>
</dialog>`,
  mounted() {
    const { dialog } = this.$refs;
    dialog.showModal();
    if (!dialog.querySelector("[autofocus]")) dialog.focus(); // keys typed are the question's, not a press on Close
  },
  beforeUnmount() {
    this.$refs.dialog.close(); // gives the focus back
  },
  methods: {
    /** The finger that opened the sheet by a long press, lifted beside it, does not close it. */
    beside() {
      if (this.armed) this.$emit("close");
    },
  },
};

/** The number of guests as keys; emits "pick" with it. `usual` is the key that stands out. */
export const CoversKeys = {
  props: { usual: Number, busy: Boolean, focus: Boolean, word: { type: String, default: "Seat" } },
  emits: ["pick"],
  template: `
<div class="k-covers">
  <div class="k-grid4">
    <button v-for="n in shown" :key="n" class="k-key2" :class="{ 'is-go': n === usual }" type="button" :disabled="busy"
      :aria-label="n + (n === 1 ? ' guest' : ' guests')" :autofocus="(focus && n === usual) || null" @click="$emit('pick', n)">{{ n }}</button>
  </div>
  <button v-if="!many" class="k-btn is-line is-block" type="button" @click="many = true">More than {{ most }}</button>
  <div v-else class="k-row">
    <input ref="typed" class="k-input k-grow" inputmode="numeric" maxlength="2" aria-label="Guests" v-model="text" @keydown.enter="pickTyped">
    <button class="k-btn is-primary is-l" type="button" :disabled="!typed || busy" @click="pickTyped">{{ word }} {{ typed || "" }}</button>
  </div>
</div>`,
  data: () => ({ many: false, text: "" }),
  computed: {
    most() {
      return Math.max(MOST_SHOWN, Math.min(24, this.usual ?? 0));
    },
    shown() {
      return Array.from({ length: this.most }, (_, i) => i + 1);
    },
    typed() {
      const number = Number.parseInt(this.text, 10);
      return number > 0 && number <= MOST ? number : 0;
    },
  },
  watch: {
    many() {
      this.$nextTick(() => this.$refs.typed?.focus());
    },
  },
  methods: {
    pickTyped() {
      if (this.typed && !this.busy) this.$emit("pick", this.typed);
    },
  },
};

/** A pad for a table's number. Emits "pick" with the table, or "close". */
export const JumpSheet = {
  components: { FloorSheet },
  props: { tables: Array },
  emits: ["pick", "close"],
  template: `
<floor-sheet css="k-jump" title="Table number" @close="$emit('close')" @keydown="typed">
  <template #title>Table <b class="k-jump__no">{{ text || "…" }}</b></template>
  <div class="k-jump__hits" role="status">
    <button v-for="(table, at) in hits" :key="table.id" class="k-chip" :class="{ 'is-on': at === 0 }" type="button" @click="$emit('pick', table)"><bdi>{{ table.label }}</bdi></button>
    <span v-if="text && !hits.length" class="k-dim">No table begins with {{ text }}.</span>
  </div>
  <div class="k-pad">
    <button v-for="letter in letters" :key="letter" type="button" @click="press(letter)">{{ letter }}</button>
  </div>
  <div class="k-pad">
    <button v-for="digit in 9" :key="digit" type="button" @click="press(String(digit))">{{ digit }}</button>
    <button type="button" aria-label="Delete last" @click="text = text.slice(0, -1)"><i class="k-i s28" aria-hidden="true">backspace</i></button>
    <button type="button" @click="press('0')">0</button>
    <button type="button" aria-label="Open the first" :disabled="!hits.length" @click="$emit('pick', hits[0])"><i class="k-i s28" aria-hidden="true">arrow_forward</i></button>
  </div>
</floor-sheet>`,
  data: () => ({ text: "" }),
  computed: {
    letters() {
      const first = this.tables.map(({ label }) => label.match(/^\p{L}+/u)?.[0]).filter(Boolean);
      return [...new Set(first)].slice(0, 6);
    },
    hits() {
      if (!this.text) return [];
      const wanted = this.text.toLowerCase();
      const found = this.tables.filter(({ label }) => label.toLowerCase().startsWith(wanted));
      return found.sort((a, b) => a.label.length - b.label.length).slice(0, 8);
    },
  },
  methods: {
    press(key) {
      this.text = (this.text + key).slice(0, 12);
    },
    typed(event) {
      if (event.key === "Enter" && event.target.tagName !== "BUTTON" && this.hits.length) this.$emit("pick", this.hits[0]);
      else if (event.key === "Backspace") this.text = this.text.slice(0, -1);
      else if (event.key.length === 1 && event.key !== " ") this.press(event.key);
    },
  },
};
