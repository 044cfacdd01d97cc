/** The two questions of the floor: how many guests sit down, and which table number. */

const MOST_SHOWN = 12;
const MOST = 99;

/** Asks for the number of guests; one tap seats them. Emits "seat" with the number, or "close". */
export const CoversSheet = {
  props: { table: Object, busy: Boolean },
  emits: ["seat", "close"],
  template: `
<dialog ref="dialog" class="k-sheet k-covers" :aria-label="'Guests at table ' + table.label" @cancel.prevent="$emit('close')" @click.self="$emit('close')">
  <div class="k-card__h"><h2 class="k-h2 k-grow">Table <bdi>{{ table.label }}</bdi>: how many guests?</h2>
    <button class="k-btn is-icon is-quiet" type="button" aria-label="Close" @click="$emit('close')"><i class="k-i" aria-hidden="true">close</i></button></div>
  <div class="k-grid4">
    <button v-for="n in shown" :key="n" class="k-key2" :class="{ 'is-go': n === table.seats }" type="button" :disabled="busy"
      :aria-label="n + (n === 1 ? ' guest' : ' guests') + (n === table.seats ? ', as many as chairs' : '')" :autofocus="n === table.seats || null"
      @click="$emit('seat', n)">{{ n }}<small v-if="n === table.seats">{{ n === 1 ? "chair" : "chairs" }}</small></button>
  </div>
  <button v-if="!many" class="k-btn is-line is-block" type="button" @click="many = true">More than {{ most }}</button>
  <div v-else class="k-row">
    <input ref="typed" class="k-input k-grow" inputmode="numeric" maxlength="2" aria-label="Guests" v-model="text" @keydown.enter="seatTyped">
    <button class="k-btn is-primary is-l" type="button" :disabled="!typed || busy" @click="seatTyped">Seat {{ typed || "" }}</button>
  </div>
</dialog>`,
  data: () => ({ many: false, text: "" }),
  computed: {
    most() {
      return Math.max(MOST_SHOWN, Math.min(24, this.table.seats ?? 0));
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
  mounted() {
    this.$refs.dialog.showModal();
  },
  beforeUnmount() {
    this.$refs.dialog.close(); // gives the focus back
  },
  methods: {
    seatTyped() {
      if (this.typed && !this.busy) this.$emit("seat", this.typed);
    },
  },
};

/** A pad for a table's number. Emits "pick" with the table, or "close". */
export const JumpSheet = {
  props: { tables: Array },
  emits: ["pick", "close"],
  template: `
<dialog ref="dialog" class="k-sheet k-jump" tabindex="-1" aria-label="Table number" @cancel.prevent="$emit('close')" @click.self="$emit('close')" @keydown="typed">
  <div class="k-card__h"><h2 class="k-h2 k-grow">Table <b class="k-jump__no">{{ text || "…" }}</b></h2>
    <button class="k-btn is-icon is-quiet" type="button" aria-label="Close" @click="$emit('close')"><i class="k-i" aria-hidden="true">close</i></button></div>
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
</dialog>`,
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
  mounted() {
    this.$refs.dialog.showModal();
    this.$refs.dialog.focus(); // so that keys typed are the number, not a press on Close
  },
  beforeUnmount() {
    this.$refs.dialog.close(); // gives the focus back
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
