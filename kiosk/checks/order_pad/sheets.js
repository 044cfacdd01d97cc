// Small sheets over the order screen: guests, more, choosing a line to void, and the one line they hold.
import { LineSheet } from "./line_sheet.js";
import { MOST, STATES } from "./words.js";

export const CoversSheet = {
  props: ["pad"],
  emits: ["close"],
  template: `
    <div class="k-op-sheet__b" @click="pick"><div class="k-op-covers"><button v-for="no in quick" :key="no" class="k-chip" type="button" :data-covers="no" :class="{ 'is-on': no === covers }" :aria-pressed="no === covers">{{ no }}</button></div>
      <div class="k-row k-op-sheet__f"><span class="k-step"><button type="button" aria-label="One less" data-step="-1" :disabled="covers <= 1"><i class="k-i" aria-hidden="true">remove</i></button><b role="status">{{ covers }}</b>
        <button type="button" aria-label="One more" data-step="1" :disabled="covers >= most"><i class="k-i" aria-hidden="true">add</i></button></span>
        <button class="k-btn is-primary is-l k-grow" type="button" data-keep>{{ covers === 1 ? '1 guest' : covers + ' guests' }}</button></div></div>`,
  data() { return { covers: this.pad.state.check?.covers || 1, quick: 12, most: MOST }; },
  methods: {
    pick(event) {
      const { covers, step, keep } = event.target.closest("button")?.dataset ?? {};
      if (step) this.covers = Math.max(1, Math.min(MOST, this.covers + Number(step)));
      if (covers) this.covers = Number(covers);
      if (covers || keep !== undefined) this.keep();
    },
    keep() {
      const { checkId, check } = this.pad.state;
      if (this.covers !== check?.covers) this.pad.attempt("set_covers", { check_id: checkId, covers: this.covers });
      this.$emit("close");
    },
  },
};

export const MoreSheet = {
  props: ["pad"],
  template: `
    <div class="k-op-sheet__b k-op-menu">
      <button class="k-btn" type="button" @click="open('covers')"><i class="k-i" aria-hidden="true">group</i>Guests…</button>
      <button v-if="check.bill_asked_at" class="k-btn" type="button" @click="unask"><i class="k-i" aria-hidden="true">undo</i>Take the bill back</button>
      <button class="k-btn" type="button" :disabled="!sent.length" @click="open('void')"><i class="k-i" aria-hidden="true">block</i>{{ sent.length ? 'Void…' : 'Void: nothing was sent' }}</button>
    </div>`,
  computed: {
    check() { return this.pad.state.check; },
    sent() { return voidable(this.check); },
  },
  methods: {
    open(kind) { this.pad.state.sheet = { kind }; },
    unask() {
      this.pad.attempt("unask_bill", { check_id: this.pad.state.checkId });
      this.pad.state.sheet = null;
    },
  },
};

const voidable = (check) => (check?.lines ?? []).filter((line) => !["draft", "voided"].includes(line.state));

export const VoidSheet = {
  props: ["pad"],
  template: `
    <div class="k-op-sheet__b k-op-menu" @click="pick"><p class="k-dim">Which line?</p>
      <button v-for="line in lines" :key="line.id" class="k-btn" type="button" :data-line="line.id"><i class="k-i" aria-hidden="true">{{ icon(line) }}</i><span class="k-grow k-op-wrap"><bdi>{{ line.quantity }} {{ line.name }}</bdi> <em dir="auto">{{ line.portion }}</em></span><span>{{ money(line.amount) }}</span></button></div>`,
  computed: { lines() { return voidable(this.pad.state.check); } },
  methods: {
    money: (amount) => kiosk.money(amount),
    icon: (line) => (STATES[line.state] ?? STATES.fired).icon,
    pick(event) {
      const key = event.target.closest("[data-line]");
      if (key) this.pad.state.sheet = { kind: "line", id: Number(key.dataset.line), isVoiding: true };
    },
  },
};

const TITLES = { covers: "Guests", more: "More", void: "Void" };

export const Sheets = {
  components: { CoversSheet, MoreSheet, VoidSheet, LineSheet },
  props: ["pad"],
  template: `
    <div v-if="sheet" class="k-op-veil is-dark" @click.self="close" @keydown.esc.stop="close">
      <section ref="box" class="k-op-sheet" role="dialog" aria-modal="true" tabindex="-1" :aria-label="name" :key="sheet.kind + (sheet.id || '')">
        <div class="k-pop__h"><b class="k-h2 k-grow" dir="auto">{{ name }}</b><button class="k-btn is-icon is-quiet" type="button" aria-label="Close" @click="close"><i class="k-i" aria-hidden="true">close</i></button></div>
        <component :is="sheet.kind + '-sheet'" :pad="pad" :id="sheet.id" @close="close"></component>
      </section></div>`,
  computed: {
    sheet() { return this.pad.state.sheet; },
    name() { return TITLES[this.sheet.kind] ?? this.pad.line(this.sheet.id)?.name ?? "Line"; },
  },
  watch: {
    sheet: {
      handler(now, before) {
        if (now && !before) this.back = document.activeElement;
        if (now) this.$refs.box?.focus({ preventScroll: true });
        else this.back?.focus?.({ preventScroll: true });
      },
      flush: "post",
    },
  },
  methods: { close() { this.pad.state.sheet = null; } },
};
