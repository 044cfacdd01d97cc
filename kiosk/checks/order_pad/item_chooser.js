// The chooser of an item: price, portion, required choices, extras and how they are said, note, allergy, how many, for which seat.
import { defaults, isSettled, isShort, mayBeSaid, picked, spoken, sum, toggled, wordsFor } from "./choosing.js";
import { digitsOf, NumberKeys } from "./number_keys.js";
import { OptionGroup } from "./option_group.js";
import { PopOver } from "./pop_over.js";
import { MOST, NOTE_LENGTH, PREFIXES } from "./words.js";

export const ItemChooser = {
  components: { NumberKeys, OptionGroup, PopOver },
  props: ["pad", "item", "tile", "closesItself"],
  emits: ["close", "stock"],
  template: `
    <pop-over :pad="pad" :tile="tile" :title="item.name" has-seat has-stock :seat="seat" @close="$emit('close')" @stock="$emit('stock')" @seat="seat = $event" @pick="pick" @done="add" @keydown="type">
      <fieldset v-if="item.open_price"><legend>Price</legend><output class="k-op-figure" :class="{ 'is-none': !amount }">{{ money(amount) }}</output>
        <number-keys ref="keys" v-model:value="amount" :zeros="zeros"></number-keys></fieldset>
      <fieldset v-if="item.portions.length > 1"><legend>Portion</legend><div class="k-opts">
        <button v-for="one in item.portions" :key="one.id" class="k-opt" type="button" :data-portion="one.id" :class="{ 'is-on': one === portion }" :aria-pressed="one === portion">
          <span dir="auto">{{ one.name }}</span><small>{{ money(one.price) }}</small></button></div></fieldset>
      <template v-for="group in groups" :key="group.code">
        <div v-if="group === firstSaid" class="k-seg k-seg--fill k-op-said" role="radiogroup" aria-label="How the next extra is said">
          <button v-for="(text, one) in words" :key="one" type="button" role="radio" :data-word="one" :class="{ 'is-on': word === one }" :aria-checked="word === one">{{ text }}</button></div>
        <option-group :group="group" :chosen="chosen" :said="said" :word="word"></option-group>
      </template>
      <div class="k-op-note"><label class="k-input"><i class="k-i s20" aria-hidden="true">edit_note</i><input ref="note" v-model="note" type="text" :maxlength="noteLength" dir="auto" autocomplete="off" :placeholder="isAllergy ? 'Allergy: to what?' : 'Note for the kitchen'" aria-label="Note for the kitchen"></label>
        <button class="k-chip k-op-allergy" type="button" role="switch" data-allergy :aria-checked="isAllergy" :class="{ 'is-alert': isAllergy }"><i class="k-i s20" aria-hidden="true">warning</i>Allergy</button></div>
      <template #foot><span class="k-step"><button type="button" aria-label="One less" data-step="-1" :disabled="quantity <= 1"><i class="k-i" aria-hidden="true">remove</i></button><b role="status">{{ quantity }}</b>
        <button type="button" aria-label="One more" data-step="1" :disabled="quantity >= most"><i class="k-i" aria-hidden="true">add</i></button></span>
        <button class="k-btn is-primary is-l k-grow k-op-add" type="submit" :aria-disabled="Boolean(missing)"><template v-if="missing">{{ missing }}</template><span v-else>Add {{ quantity }}{{ named && " " }}<bdi>{{ named }}</bdi>, {{ total }}</span></button></template>
    </pop-over>`,
  data() {
    const { book, seat } = this.pad.state;
    const groups = Vue.markRaw(book.groupsOf(this.item));
    return {
      groups, portion: Vue.markRaw(book.defaultPortion(this.item)), chosen: Vue.markRaw(defaults(groups)), said: Vue.markRaw(new Map()), word: "",
      seat, quantity: 1, note: "", isAllergy: false, amount: 0, words: { "": "Add", ...PREFIXES }, noteLength: NOTE_LENGTH, most: MOST,
    };
  },
  computed: {
    firstSaid() { return this.groups.find(mayBeSaid); },
    zeros() { return kiosk.me?.venue?.decimals === 3 ? "000" : "00"; },
    modifiers() { return picked(this.groups, this.chosen, this.said); },
    missing() {
      if (this.pad.state.stock >= 0 && this.item.is_out) return "Sold out";
      if (this.item.open_price && !this.amount) return "Type the price";
      const short = this.groups.find((group) => isShort(group, this.chosen));
      return short ? `${short.name}: ${wordsFor(short, this.chosen)}` : "";
    },
    named() { return this.item.portions.length > 1 ? this.portion.name : ""; },
    total() {
      const price = this.item.open_price ? this.amount : this.portion.price;
      return kiosk.money(sum(price, this.modifiers, this.quantity));
    },
  },
  methods: {
    money: (amount) => kiosk.money(amount),
    type(event) {
      const digits = this.item.open_price && digitsOf(event);
      if (digits) this.$refs.keys.type(digits);
    },
    pick({ portion, modifier, group, step, word, allergy }) {
      if (allergy !== undefined) this.turnAllergy();
      if (word !== undefined) this.word = word;
      if (portion) this.portion = Vue.markRaw(this.item.portions.find((one) => one.id === Number(portion)));
      if (step) this.quantity = Math.max(1, Math.min(MOST, this.quantity + Number(step)));
      if (modifier) this.take(this.groups.find((one) => one.code === group), Number(modifier));
    },
    take(group, id) {
      if (mayBeSaid(group) && (this.word || this.said.has(id))) return this.say(id);
      this.chosen = Vue.markRaw(toggled(group, this.chosen, id));
      if (this.closesItself && !this.item.open_price && isSettled(this.groups, this.chosen)) this.add();
    },
    say(id) {
      const next = spoken({ chosen: this.chosen, said: this.said }, id, this.word);
      Object.assign(this, { chosen: Vue.markRaw(next.chosen), said: Vue.markRaw(next.said) });
    },
    turnAllergy() {
      this.isAllergy = !this.isAllergy;
      if (this.isAllergy && !this.note) this.$refs.note.focus();
    },
    add() {
      if (this.missing) return;
      const { quantity, modifiers, isAllergy, seat } = this;
      this.pad.ring(this.item, this.portion, { quantity, modifiers, note: this.note.trim(), isAllergy, seat, price: this.item.open_price ? this.amount : null });
      this.$emit("close");
    },
  },
};
