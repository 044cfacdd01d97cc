// The chooser of a set menu: one step after the other, one price, rung when every step has what it asks for.
import { changed, chose, isFull, missing, partOf, price, rungParts, wordsOf } from "./combo.js";
import { OptionGroup } from "./option_group.js";
import { PopOver } from "./pop_over.js";
import { MOST, NOTE_LENGTH, surcharge } from "./words.js";

export const ComboChooser = {
  components: { OptionGroup, PopOver },
  props: ["pad", "item", "tile"],
  emits: ["close", "stock"],
  template: `
    <pop-over :pad="pad" :tile="tile" :title="item.name" has-seat has-stock :seat="seat" @close="$emit('close')" @stock="$emit('stock')" @seat="seat = $event" @pick="pick" @done="add">
      <section v-for="step in steps" :key="step.code" class="k-op-combo" :data-combo="step.code">
        <fieldset><legend><span dir="auto">{{ step.name }}</span> <span :class="of(step).length < step.least ? 'k-warn' : 'k-dim2'" role="status">{{ wordsOf(step, of(step)) }}</span></legend><div class="k-opts">
          <button v-for="one in step.choices" :key="one.portion_id" class="k-opt" type="button" :data-step-code="step.code" :data-choice="one.portion_id" :class="css(step, one)" :aria-pressed="isOn(step, one)" :aria-disabled="isOff(step, one)">
            <span dir="auto">{{ one.name }}</span><small v-if="isOut(one)" class="k-bad">Sold out</small><small v-else><bdi v-if="one.portion">{{ one.portion }}, </bdi>{{ surcharge(one.price, 'included') }}</small></button></div></fieldset>
        <template v-for="part in of(step)" :key="part.choice.portion_id">
          <option-group v-for="group in part.asked" :key="group.code" class="k-op-combo__part" :group="group" :chosen="part.chosen" :name="part.item.name + ': ' + group.name" :part="part.choice.portion_id"></option-group></template>
      </section>
      <div class="k-op-note"><label class="k-input"><i class="k-i s20" aria-hidden="true">edit_note</i><input ref="note" v-model="note" type="text" :maxlength="noteLength" dir="auto" autocomplete="off" :placeholder="isAllergy ? 'Allergy: to what?' : 'Note for the kitchen'" aria-label="Note for the kitchen"></label>
        <button class="k-chip k-op-allergy" type="button" role="switch" data-allergy :aria-checked="isAllergy" :class="{ 'is-alert': isAllergy }"><i class="k-i s20" aria-hidden="true">warning</i>Allergy</button></div>
      <template #foot><span class="k-step"><button type="button" aria-label="One less" data-step="-1" :disabled="quantity <= 1"><i class="k-i" aria-hidden="true">remove</i></button><b role="status">{{ quantity }}</b>
        <button type="button" aria-label="One more" data-step="1" :disabled="quantity >= most"><i class="k-i" aria-hidden="true">add</i></button></span>
        <button class="k-btn is-primary is-l k-grow k-op-add" type="submit" :aria-disabled="Boolean(lacks)">{{ lacks || label }}</button></template>
    </pop-over>`,
  data() {
    return {
      steps: Vue.markRaw(this.item.combo), parts: Vue.markRaw(new Map()), seat: this.pad.state.seat, quantity: 1, note: "", isAllergy: false, noteLength: NOTE_LENGTH, most: MOST,
    };
  },
  computed: {
    book() { return this.pad.state.book; },
    portion() { return this.book.defaultPortion(this.item); },
    lacks() { return this.pad.state.stock >= 0 && missing(this.steps, this.parts); },
    label() { return `Add ${this.quantity}, ${kiosk.money(price(this.portion.price, this.parts, this.quantity))}`; },
  },
  methods: {
    surcharge, wordsOf,
    of(step) { return this.parts.get(step.code) ?? []; },
    isOn(step, one) { return this.of(step).some((part) => part.choice === one); },
    isOut(one) { return this.pad.state.stock >= 0 && Boolean(this.book.item(one.item_id)?.is_out); },
    isOff(step, one) { return !this.isOn(step, one) && (this.isOut(one) || (step.most > 1 && isFull(step, this.of(step)))); },
    css(step, one) { return { "is-on": this.isOn(step, one), "is-off": this.isOff(step, one), "is-86": this.isOut(one) }; },
    pick({ stepCode, choice, modifier, group, part, step, allergy }) {
      if (allergy !== undefined) this.turnAllergy();
      if (step) this.quantity = Math.max(1, Math.min(MOST, this.quantity + Number(step)));
      if (choice) this.take(this.steps.find((one) => one.code === stepCode), Number(choice));
      if (modifier) this.change(Number(part), group, Number(modifier));
    },
    take(step, portionId) {
      const choice = step.choices.find((one) => one.portion_id === portionId);
      if (this.isOff(step, choice)) return;
      this.keep(step.code, chose(step, this.of(step), partOf(this.book, choice)));
      this.showNext();
    },
    change(portionId, group, modifierId) {
      const step = this.steps.find((one) => this.of(one).some((part) => part.choice.portion_id === portionId));
      this.keep(step.code, changed(this.of(step), portionId, group, modifierId));
      this.showNext();
    },
    keep(code, parts) { this.parts = Vue.markRaw(new Map(this.parts).set(code, parts)); },
    /** The step that is asked next comes into view by itself. */
    async showNext() {
      const next = this.steps.find((step) => missing([step], this.parts) && step.least);
      await Vue.nextTick();
      if (next) this.$el.querySelector(`[data-combo="${CSS.escape(next.code)}"]`)?.scrollIntoView({ block: "nearest" });
    },
    turnAllergy() {
      this.isAllergy = !this.isAllergy;
      if (this.isAllergy && !this.note) this.$refs.note.focus();
    },
    add() {
      if (this.lacks) return;
      const { quantity, isAllergy, seat } = this;
      this.pad.ringCombo(this.item, this.portion, rungParts(this.steps, this.parts), { quantity, note: this.note.trim(), isAllergy, seat });
      this.$emit("close");
    },
  },
};
