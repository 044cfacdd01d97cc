/** The blind count of a drawer: pieces of money, a number pad with Next, and the sum so far. What is expected is not known here. */

import { recallCount, rememberCount } from "close_kept";
import { face, foreignMoney, sumOf } from "close_words";

const MOST_DIGITS = 5;
const MOST_FOREIGN = 9;
const TALL = 14;
const KEYS = ["7", "8", "9", "back", "4", "5", "6", "0", "1", "2", "3", "next"];
const FLAT = ["1", "2", "3", "4", "5", "back", "6", "7", "8", "9", "0", "next"];

export const CloseCount = {
  props: { drawer: Object, name: String, pieces: Array, isOnline: Boolean, busy: String },
  emits: ["confirm"],
  data: () => ({ typed: {}, at: 0, isFresh: true }),
  template: `
<div class="cl-count" @keydown="press">
  <div class="k-card__h cl-h"><h2>{{ drawer.counts?.length ? "Recount" : "Count" }} <bdi>{{ name }}</bdi>, the expected sum stays hidden</h2></div>
  <div ref="grid" class="k-denom cl-denom" :style="{ '--rows': Math.ceil(fields.length / 2) }">
    <label v-for="(piece, place) in fields" :key="piece" class="k-den"><span>{{ face(piece) }}</span>
      <input inputmode="none" autocomplete="off" :value="typed[piece] ?? ''" :class="{ 'is-on': place === at }" :aria-label="(decimalsOf(piece) === undefined ? 'Count of ' : 'All cash in ') + face(piece)" :maxlength="mostOf(piece)" @focus="come(place)" @input="write($event)">
      <span class="k-num">{{ typed[piece] ? amountOf(piece) : "–" }}</span></label>
  </div>
  <div class="k-sum cl-sofar"><span class="k-dim">Counted so far</span><span role="status">{{ money(sum) }}{{ others }}</span></div>
  <div class="k-pad cl-pad" :class="{ 'is-flat': isTall }" @pointerdown.prevent>
    <button v-for="key in keys" :key="key" type="button" tabindex="-1" :class="{ 'cl-next': key === 'next' }" :aria-label="words[key]" @click="tap(key)"><i v-if="key === 'back'" class="k-i" aria-hidden="true">backspace</i><template v-else>{{ key === "next" ? "Next" : key }}</template></button>
  </div>
  <span class="k-bar__sp"></span>
  <button ref="confirm" class="k-btn is-primary is-xl is-block cl-go" type="button" :disabled="!!why || !!busy" @click="$emit('confirm', counted)">
    <span v-if="busy" class="k-spin" aria-hidden="true"></span><i v-else class="k-i" aria-hidden="true">{{ why ? "lock" : "visibility" }}</i>
    <span class="k-btn__2">{{ busy ? "Confirming" : "Confirm count" }}<small>{{ why || hint }}</small></span></button>
</div>`,
  computed: {
    /** Our coins and notes, then the other currencies that lie in the drawer, each counted as one amount. */
    fields() {
      return [...this.pieces, ...(this.drawer.foreign ?? []).map(({ code }) => code)];
    },
    sum() {
      return sumOf(this.counted);
    },
    others() {
      const typed = this.fields.filter((piece) => this.decimalsOf(piece) !== undefined && this.typed[piece]);
      return typed.map((code) => ` and ${code} ${this.amountOf(code)}`).join("");
    },
    /** What the kiosk is told: whole numbers of the pieces that are there. */
    counted() {
      const found = Object.entries(this.typed).filter(([, count]) => Number(count) > 0);
      return Object.fromEntries(found.map(([piece, count]) => [piece, Number(count)]));
    },
    isTall() {
      return this.fields.length > TALL;
    },
    keys() {
      return this.isTall ? FLAT : KEYS;
    },
    why() {
      if (!this.isOnline) return "no connection, the count is kept on this tablet";
      return Object.keys(this.typed).length ? "" : "nothing is counted yet; type 0 for an empty drawer";
    },
    hint() {
      return this.drawer.counts?.length ? "the second count is the one that stands" : "shows the expected sum, cannot be changed after";
    },
  },
  watch: {
    "drawer.id": "begin",
    "drawer.counts.length": "begin",
    typed(typed) {
      rememberCount(this.drawer, typed);
    },
  },
  created() {
    this.words = { back: "Delete last digit", next: "Next piece" };
    this.begin();
  },
  methods: {
    begin() {
      this.typed = recallCount(this.drawer);
      const first = this.fields.findIndex((piece) => this.typed[piece] === undefined);
      Object.assign(this, { at: Math.max(0, first), isFresh: true });
    },
    come(place) {
      Object.assign(this, { at: place, isFresh: true });
    },
    put(piece, text) {
      const { [piece]: _, ...rest } = this.typed;
      this.typed = text === "" ? rest : { ...rest, [piece]: text };
      this.isFresh = false;
    },
    /** Typed on a keyboard: only digits stay. */
    write({ target }) {
      const piece = this.fields[this.at], text = target.value.replace(/\D/g, "").slice(0, this.mostOf(piece));
      this.put(piece, text);
      target.value = text;
    },
    /** The pad: the first digit replaces what a field held when it was come to. */
    tap(key) {
      if (key === "next") return this.next();
      const piece = this.fields[this.at];
      const was = this.typed[piece] ?? "";
      if (key === "back") this.put(piece, was.slice(0, -1));
      else this.put(piece, (this.isFresh ? key : was + key).slice(0, this.mostOf(piece)));
    },
    next() {
      if (this.at + 1 < this.fields.length) this.go(this.at + 1);
      else this.$refs.confirm.focus();
    },
    go(place) {
      this.come(place);
      const field = this.$refs.grid.querySelectorAll("input")[place];
      field?.focus({ preventScroll: true });
      field?.scrollIntoView({ block: "nearest" });
    },
    press(event) {
      const step = { Enter: 1, ArrowDown: 1, ArrowUp: -1 }[event.key];
      if (!step || event.target.tagName !== "INPUT") return;
      event.preventDefault();
      if (step > 0) this.next();
      else if (this.at) this.go(this.at - 1);
    },
    /** How many decimals another currency has; nothing for a piece of our own money. */
    decimalsOf(piece) {
      return this.drawer.foreign?.find(({ code }) => code === piece)?.decimals;
    },
    mostOf(piece) {
      return this.decimalsOf(piece) === undefined ? MOST_DIGITS : MOST_FOREIGN;
    },
    amountOf(piece) {
      const decimals = this.decimalsOf(piece), typed = Number(this.typed[piece]);
      return decimals === undefined ? this.money(piece * typed) : foreignMoney(typed, decimals);
    },
    face,
    money: (amount) => window.kiosk.money(amount),
  },
};
