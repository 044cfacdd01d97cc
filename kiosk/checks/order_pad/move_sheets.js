// Lines that move to another check, and whole checks that move: to a table, to the counter, into another check, to a waiter.
import { Places } from "./places.js";
import { isLive, rowsOf } from "./sections.js";
import { plural, STATES } from "./words.js";

const LABEL_LENGTH = 40;

const NameField = {
  props: ["modelValue", "word", "icon", "busy"],
  emits: ["update:modelValue", "done"],
  template: `
    <form class="k-row k-op-name" @submit.prevent="modelValue.trim() && !busy && $emit('done', modelValue.trim())"><label class="k-input"><i class="k-i s20" aria-hidden="true">{{ icon }}</i><input :value="modelValue" @input="$emit('update:modelValue', $event.target.value)"
      type="text" maxlength="${LABEL_LENGTH}" dir="auto" autocomplete="off" placeholder="Name" aria-label="Name"></label>
      <button class="k-btn is-primary" type="submit" :disabled="!modelValue.trim() || busy">{{ word }}</button></form>`,
};

export const MoveSheet = {
  components: { NameField, Places },
  props: ["pad"],
  emits: ["close"],
  template: `
    <div v-if="!goes" class="k-op-sheet__b k-op-menu">
      <div class="k-op-menu" @click="tick"><button v-for="row in rows" :key="row[0].id" class="k-btn" type="button" role="checkbox" :aria-checked="isChosen(row)" :class="{ 'is-on': isChosen(row) }" :data-line="row[0].id">
        <i class="k-i" aria-hidden="true">{{ isChosen(row) ? 'check_box' : 'check_box_outline_blank' }}</i><span class="k-grow k-op-wrap"><bdi>{{ row[0].quantity }} {{ row.length > 1 ? row[0].combo_name : row[0].name }}</bdi> <em dir="auto">{{ row[0].portion }}</em></span><i class="k-i s18" aria-hidden="true">{{ icon(row[0]) }}</i></button></div>
      <div class="k-row k-op-sheet__f k-op-stick"><button class="k-btn" type="button" @click="all">{{ ids.size === count ? 'None' : 'All' }}</button>
        <button class="k-btn is-primary is-l k-grow" type="button" :disabled="!ids.size" @click="goes = true">{{ ids.size ? 'Move ' + plural(chosen.length, 'line') + ' to…' : 'Choose what moves' }}</button></div></div>
    <div v-else class="k-op-sheet__b">
      <fieldset><legend>A new check</legend><name-field v-model="name" word="Open" icon="badge" :busy="busy" @done="move({ label: $event }, $event)"></name-field></fieldset>
      <fieldset><legend>Or {{ plural(chosen.length, 'line') }} to</legend><places :pad="pad" :kinds="['taken', 'free']" :busy="busy" @pick="move($event.to, $event.name)"></places></fieldset></div>`,
  data() {
    const { ids = [] } = this.pad.state.sheet;
    return { ids: new Set(ids), goes: ids.length > 0, name: "" };
  },
  computed: {
    lines() { return (this.pad.state.check?.lines ?? []).filter(isLive); },
    /** A combo moves whole. */
    rows() { return rowsOf(this.lines, true); },
    count() { return this.lines.length; },
    chosen() { return this.rows.filter((row) => this.isChosen(row)); },
    busy() { return this.pad.state.busy === "move_lines"; },
  },
  methods: {
    plural,
    icon: (line) => (STATES[line.state] ?? STATES.fired).icon,
    isChosen(row) { return this.ids.has(row[0].id); },
    tick(event) {
      const key = event.target.closest("[data-line]");
      const row = key && this.rows.find(([line]) => line.id === Number(key.dataset.line));
      if (row) this.put(row, !this.isChosen(row));
    },
    all() {
      const every = this.ids.size !== this.count;
      this.rows.forEach((row) => this.put(row, every));
    },
    put(row, on) { row.forEach((line) => (on ? this.ids.add(line.id) : this.ids.delete(line.id))); },
    async move(to, where) {
      const ids = this.chosen.flat().map((line) => line.id);
      if (await this.pad.moveLines(ids, to, where)) this.$emit("close");
    },
  },
};

/** A sheet that is one list of places. */
const placeSheet = (kinds, lead, go) => ({
  components: { Places },
  props: ["pad"],
  emits: ["close"],
  template: `<div class="k-op-sheet__b"><p class="k-dim">${lead}</p><places :pad="pad" :kinds="${JSON.stringify(kinds).replaceAll('"', "'")}" :busy="Boolean(pad.state.busy)" @pick="pick"></places></div>`,
  methods: {
    async pick(place) {
      if (await go(this.pad, place)) this.$emit("close");
    },
  },
});

export const TransferSheet = placeSheet(["free"], "The party moves with everything on the check.", (pad, { to, name }) => pad.transfer(to.table_id, name));
export const MergeSheet = placeSheet(["taken"], "Everything on this check goes to the other one. Nothing is sent to the kitchen again.", (pad, { to, name }) => pad.merge(to.check_id, name));

/** The name of a check without a table: given when its party leaves the table for the counter, or changed. */
export const CounterSheet = {
  components: { NameField },
  props: ["pad"],
  emits: ["close"],
  template: `
    <div class="k-op-sheet__b"><p class="k-dim">{{ leaves ? 'The table is free then; the check goes on under this name.' : 'This is what the kitchen and the receipt call it.' }}</p>
      <name-field v-model="name" :word="leaves ? 'To the counter' : 'Rename'" icon="badge" :busy="Boolean(pad.state.busy)" @done="keep"></name-field></div>`,
  data() { return { name: this.pad.tableId() ? "" : this.pad.state.check?.label ?? "" }; },
  computed: { leaves() { return Boolean(this.pad.tableId()); } },
  methods: {
    async keep(label) {
      if (await (this.leaves ? this.pad.toCounter(label) : this.pad.rename(label))) this.$emit("close");
    },
  },
};

/** Who waits on this check from now on, or on all that this person has. */
export const HandSheet = {
  props: ["pad"],
  emits: ["close"],
  template: `
    <div class="k-op-sheet__b k-op-menu">
      <div class="k-seg k-seg--fill" role="radiogroup" aria-label="What is handed over" data-joined>
        <button v-for="(word, what) in kinds" :key="what" type="button" role="radio" :class="{ 'is-on': kind === what }" :aria-checked="kind === what" @click="kind = what">{{ word }}</button></div>
      <p v-if="failed" class="k-note is-bad" role="alert"><span>{{ failed }}</span></p>
      <button v-for="one in people" :key="one.id" class="k-btn" type="button" :disabled="Boolean(pad.state.busy)" @click="give(one)"><span class="k-avatar">{{ one.initials }}</span><span class="k-grow k-op-wrap" dir="auto">{{ one.name }}</span></button></div>`,
  data: () => ({ people: [], failed: "", kind: "one", kinds: { one: "This check", all: "All of mine" } }),
  async mounted() {
    try {
      this.people = (await kiosk.view("floor")).people.filter((one) => one.id !== kiosk.me.person_id);
    } catch (refusal) {
      this.failed = refusal.sentence || "The floor did not load.";
    }
  },
  methods: {
    async give(person) {
      if (await this.pad.handOver(person, this.kind === "all")) this.$emit("close");
    },
  },
};
