// The chooser of an item: portion, required choices, extras, note, allergy, how many, for which seat.
import { defaults, isSettled, isShort, isFull, most, priceOf, toggled, wordsFor } from "./choosing.js";
import { MOST, NOTE_LENGTH, surcharge } from "./words.js";

const GAP = 8;
const ABOVE = 0.66;

const edges = ({ left, right, top, bottom }, zoom) => ({ left: left / zoom, right: right / zoom, top: top / zoom, bottom: bottom / zoom });

export const Chooser = {
  props: ["pad", "item", "tile", "closesItself"],
  emits: ["close"],
  template: `
    <div class="k-op-veil" @click.self="$emit('close')" @keydown.esc.stop="$emit('close')">
    <form ref="box" class="k-pop k-op-pop" :class="place.side" :style="place.style" role="dialog" aria-modal="true" :aria-label="item.name" tabindex="-1" @submit.prevent="add" @click="pick">
      <div class="k-pop__h"><b class="k-h2 k-grow" dir="auto">{{ item.name }}</b>
        <button class="k-btn" type="button" data-seats :aria-expanded="showsSeats"><i class="k-i s20" aria-hidden="true">event_seat</i>{{ seat ? 'Seat ' + seat : 'All' }}</button>
        <button class="k-btn is-icon is-quiet" type="button" aria-label="Close" data-close><i class="k-i" aria-hidden="true">close</i></button></div>
      <div class="k-op-pop__body">
        <fieldset v-if="showsSeats"><legend>Seat</legend><div class="k-op-seatrow">
          <button v-for="no in covers + 1" :key="no" class="k-chip" type="button" :data-seat="no - 1" :class="{ 'is-on': (seat || 0) === no - 1 }" :aria-pressed="(seat || 0) === no - 1">{{ no > 1 ? no - 1 : 'All' }}</button></div></fieldset>
        <fieldset v-if="item.portions.length > 1"><legend>Portion</legend><div class="k-opts">
          <button v-for="one in item.portions" :key="one.id" class="k-opt" type="button" :data-portion="one.id" :class="{ 'is-on': one === portion }" :aria-pressed="one === portion">
            <span dir="auto">{{ one.name }}</span><small>{{ money(one.price) }}</small></button></div></fieldset>
        <fieldset v-for="group in groups" :key="group.code"><legend><span dir="auto">{{ group.name }}</span> <span :class="isShort(group) ? 'k-warn' : 'k-dim2'" role="status">{{ wordsFor(group, chosen) }}</span></legend><div class="k-opts">
          <button v-for="one in group.modifiers" :key="one.id" class="k-opt" type="button" :data-group="group.code" :data-modifier="one.id" :class="{ 'is-on': chosen.has(one.id), 'is-off': isOff(group, one), 'is-without': isFree(group) }"
            :aria-pressed="chosen.has(one.id)" :aria-disabled="isOff(group, one)"><span dir="auto">{{ one.name }}</span><small v-if="one.price || group.least">{{ surcharge(one.price, 'included') }}</small></button></div></fieldset>
        <div class="k-op-note"><label class="k-input"><i class="k-i s20" aria-hidden="true">edit_note</i><input ref="note" v-model="note" type="text" :maxlength="noteLength" dir="auto" autocomplete="off" :placeholder="isAllergy ? 'Allergy: to what?' : 'Note for the kitchen'" aria-label="Note for the kitchen"></label>
          <button class="k-chip k-op-allergy" type="button" role="switch" data-allergy :aria-checked="isAllergy" :class="{ 'is-alert': isAllergy }"><i class="k-i s20" aria-hidden="true">warning</i>Allergy</button></div>
      </div>
      <div class="k-row k-op-pop__f"><span class="k-step"><button type="button" aria-label="One less" data-step="-1" :disabled="quantity <= 1"><i class="k-i" aria-hidden="true">remove</i></button><b role="status">{{ quantity }}</b>
        <button type="button" aria-label="One more" data-step="1" :disabled="quantity >= most"><i class="k-i" aria-hidden="true">add</i></button></span>
        <button class="k-btn is-primary is-l k-grow k-op-add" type="submit" :aria-disabled="Boolean(missing)">{{ missing || label }}</button></div>
    </form></div>`,
  data() {
    const { book, seat } = this.pad.state;
    const groups = Vue.markRaw(book.groupsOf(this.item));
    return {
      groups, portion: Vue.markRaw(book.defaultPortion(this.item)), chosen: Vue.markRaw(defaults(groups)), seat, quantity: 1, note: "",
      isAllergy: false, showsSeats: false, place: { side: "", style: {} }, noteLength: NOTE_LENGTH, most: MOST,
    };
  },
  computed: {
    covers() { return this.pad.state.check?.covers ?? 0; },
    missing() {
      const short = this.groups.find((group) => isShort(group, this.chosen));
      return short ? `${short.name}: ${wordsFor(short, this.chosen)}` : "";
    },
    label() {
      const name = this.item.portions.length > 1 && this.portion.name ? ` ${this.portion.name}` : "";
      return `Add ${this.quantity}${name}, ${kiosk.money(priceOf(this.portion, this.groups, this.chosen, this.quantity))}`;
    },
  },
  mounted() {
    this.watcher = new ResizeObserver(() => this.put());
    this.watcher.observe(this.$refs.box);
    this.back = document.activeElement;
    this.$refs.box.focus({ preventScroll: true });
  },
  unmounted() {
    this.watcher.disconnect();
    this.back?.focus?.({ preventScroll: true });
  },
  methods: {
    surcharge, wordsFor,
    money: (amount) => kiosk.money(amount),
    isShort(group) { return isShort(group, this.chosen); },
    isFree: (group) => group.least === 0 && group.modifiers.every((one) => one.price === 0),
    isOff(group, one) { return most(group) > 1 && isFull(group, this.chosen) && !this.chosen.has(one.id); },
    /** Beside the tile where there is room; on narrow screens the style sheet lays it at the bottom. */
    put() {
      const { box } = this.$refs;
      const stage = this.$el.closest(".k-order__l");
      if (!this.tile?.isConnected) return;
      const zoom = box.currentCSSZoom || 1;
      const [veil, outer, tile] = [this.$el, stage, this.tile].map((one) => edges(one.getBoundingClientRect(), zoom));
      const [width, height] = [box.offsetWidth, box.offsetHeight];
      const fits = { right: tile.right + GAP + width <= outer.right, left: tile.left - GAP - width >= outer.left };
      const left = fits.right ? tile.right + GAP : fits.left ? tile.left - GAP - width : outer.left;
      const middle = (tile.top + tile.bottom) / 2;
      const top = Math.max(outer.top, Math.min(outer.bottom - height, middle - height * ABOVE));
      const arrow = Math.max(16, Math.min(height - 32, middle - top - 8));
      const side = fits.right ? "is-right" : fits.left ? "is-left" : "is-over";
      this.place = { side, style: { left: `${left - veil.left}px`, bottom: `${veil.bottom - top - height}px`, "--arrow": `${arrow}px` } };
    },
    pick(event) {
      const key = event.target.closest("button");
      if (!key) return;
      const { seat, portion, modifier, group, step } = key.dataset;
      if ("close" in key.dataset) this.$emit("close");
      if ("seats" in key.dataset) this.showsSeats = !this.showsSeats;
      if ("allergy" in key.dataset) this.turnAllergy();
      if (seat !== undefined) [this.seat, this.showsSeats] = [Number(seat) || null, false];
      if (portion) this.portion = Vue.markRaw(this.item.portions.find((one) => one.id === Number(portion)));
      if (step) this.quantity = Math.max(1, Math.min(MOST, this.quantity + Number(step)));
      if (modifier) this.take(this.groups.find((one) => one.code === group), Number(modifier));
    },
    take(group, id) {
      this.chosen = Vue.markRaw(toggled(group, this.chosen, id));
      if (this.closesItself && isSettled(this.groups, this.chosen)) this.add();
    },
    turnAllergy() {
      this.isAllergy = !this.isAllergy;
      if (this.isAllergy && !this.note) this.$refs.note.focus();
    },
    add() {
      if (this.missing) return;
      const modifiers = this.groups.flatMap((group) => group.modifiers).filter((one) => this.chosen.has(one.id));
      this.pad.ring(this.item, this.portion, { quantity: this.quantity, modifiers, note: this.note.trim(), isAllergy: this.isAllergy, seat: this.seat });
      this.$emit("close");
    },
  },
};
