// A group of modifiers in a chooser: how many are asked for, and each with its surcharge or the word it is said with.
import { isFull, isShort, most, wordsFor } from "./choosing.js";
import { said, surcharge } from "./words.js";

export const OptionGroup = {
  props: { group: Object, chosen: Set, said: Map, word: String, name: String, part: Number },
  template: `
    <fieldset><legend><span dir="auto">{{ name || group.name }}</span> <span :class="isShort ? 'k-warn' : 'k-dim2'" role="status">{{ words }}</span></legend><div class="k-opts">
      <button v-for="one in group.modifiers" :key="one.id" class="k-opt" type="button" :data-group="group.code" :data-modifier="one.id" :data-part="part" :class="css(one)"
        :aria-pressed="isOn(one)" :aria-disabled="isOff(one)"><span dir="auto">{{ label(one) }}</span><small v-if="price(one)">{{ price(one) }}</small></button></div></fieldset>`,
  computed: {
    isShort() { return isShort(this.group, this.chosen); },
    words() { return wordsFor(this.group, this.chosen); },
    isFree() { return this.group.least === 0 && this.group.modifiers.every((one) => one.price === 0); },
  },
  methods: {
    prefix(one) { return this.said?.get(one.id) ?? (this.group.prefixes && !this.chosen.has(one.id) ? this.word : ""); },
    isOn(one) { return this.chosen.has(one.id) || Boolean(this.said?.has(one.id)); },
    isOff(one) { return !this.prefix(one) && most(this.group) > 1 && isFull(this.group, this.chosen) && !this.chosen.has(one.id); },
    css(one) { return { "is-on": this.isOn(one), "is-off": this.isOff(one), "is-without": this.isFree || this.prefix(one) === "no" }; },
    label(one) { return said({ name: one.name, prefix: this.prefix(one) }); },
    price(one) {
      if (this.prefix(one) === "no") return "";
      return one.price || this.group.least ? surcharge(one.price, "included") : "";
    },
  },
};
