// The stock of a dish from the pad: sold out, so many left, until tomorrow or for good, and back again.
import { digitsOf, NumberKeys } from "./number_keys.js";
import { PopOver } from "./pop_over.js";

const MOST_LEFT = 9999;
const UNTIL = { tomorrow: "Until tomorrow", "": "Until somebody says so" };

export const StockSheet = {
  components: { NumberKeys, PopOver },
  props: ["pad", "item", "tile"],
  emits: ["close"],
  template: `
    <pop-over :pad="pad" :tile="tile" :title="'Stock: ' + item.name" @close="$emit('close')" @pick="pick" @done="set" @keydown="type">
      <div class="k-row k-op-stock"><span class="k-tag" :class="tag.css"><i class="k-i s16" aria-hidden="true">{{ tag.icon }}</i>{{ tag.word }}</span><span v-if="item.back_on_day" class="k-dim">Back by itself on {{ day }}</span>
        <button v-if="isLimited" class="k-btn is-line" type="button" data-back><i class="k-i s20" aria-hidden="true">undo</i>Back again</button></div>
      <fieldset><legend>For how long</legend><div class="k-seg k-seg--fill" role="radiogroup" aria-label="For how long">
        <button v-for="(text, one) in words" :key="one" type="button" role="radio" :data-until="one" :class="{ 'is-on': until === one }" :aria-checked="until === one">{{ text }}</button></div></fieldset>
      <fieldset><legend>How many are left</legend><div class="k-op-left"><span class="k-step"><button type="button" aria-label="One less" data-step="-1" :disabled="left <= 0"><i class="k-i" aria-hidden="true">remove</i></button>
        <b role="status">{{ left }}</b><button type="button" aria-label="One more" data-step="1" :disabled="left >= most"><i class="k-i" aria-hidden="true">add</i></button></span>
        <number-keys ref="keys" :value="left" @update:value="left = Math.min(most, $event)"></number-keys></div></fieldset>
      <template #foot><button class="k-btn is-bad is-l k-grow" type="button" data-out :disabled="item.is_out"><i class="k-i s20" aria-hidden="true">block</i>{{ item.is_out ? 'Is sold out' : 'Sold out' }}</button>
        <button class="k-btn is-primary is-l k-grow" type="submit" :disabled="!left">{{ left ? 'Only ' + left + ' left' : 'Type how many' }}</button></template>
    </pop-over>`,
  data() { return { left: this.item.left ?? 0, until: "tomorrow", words: UNTIL, most: MOST_LEFT }; },
  computed: {
    isOut() { return this.pad.state.stock >= 0 && this.item.is_out; },
    isLimited() { return this.isOut || (this.pad.state.stock >= 0 && this.item.left != null); },
    tag() {
      if (this.isOut) return { word: "Sold out", icon: "block", css: "is-bad" };
      if (this.isLimited) return { word: `${this.item.left} left`, icon: "inventory_2", css: "is-warn" };
      return { word: "On the menu, not counted", icon: "check", css: "is-ok" };
    },
    day() {
      const format = new Intl.DateTimeFormat("en-GB", { weekday: "short", day: "numeric", month: "short", timeZone: "UTC" });
      return this.item.back_on_day && format.format(Date.parse(this.item.back_on_day));
    },
  },
  methods: {
    type(event) {
      const digits = digitsOf(event);
      if (digits) this.$refs.keys.type(digits);
    },
    pick({ until, step, out, back }) {
      if (until !== undefined) this.until = until;
      if (step) this.left = Math.max(0, Math.min(MOST_LEFT, this.left + Number(step)));
      if (out !== undefined) this.keep({ is_out: true, portions_left: null, until: this.until || null }, "is sold out");
      if (back !== undefined) this.keep({ is_out: false, portions_left: null, until: null }, "is back on the menu");
    },
    set() {
      if (this.left) this.keep({ is_out: false, portions_left: this.left, until: this.until || null }, `: ${this.left} left`);
    },
    /** Done at once, with a way back for a moment; every tablet hears of it, this one too. */
    async keep(stock, words) {
      const { id, name, is_out, left, back_on_day } = this.item;
      const before = { is_out, portions_left: left ?? null, until: back_on_day ? "tomorrow" : null };
      this.$emit("close");
      try {
        await kiosk.act("eighty_six", { item_id: id, ...stock });
      } catch {
        return;
      }
      const undo = () => kiosk.act("eighty_six", { item_id: id, ...before }).catch(() => {});
      kiosk.toast({ kind: "ok", text: `${name} ${words}`.replace(" :", ":"), action: { label: "Undo", run: undo } });
    },
  },
};
