// Small sheets over the order screen: guests, more, choosing a line to void, and the one line they hold.
import { LineSheet } from "./line_sheet.js";
import { CounterSheet, HandSheet, MergeSheet, MoveSheet, TransferSheet } from "./move_sheets.js";
import { isLive, isSent } from "./sections.js";
import { MOST, STATES, title } from "./words.js";

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
      <button v-for="one in all" :key="one.word" class="k-btn" :class="one.css" type="button" :disabled="one.not" @click="one.run"><i class="k-i" aria-hidden="true">{{ one.icon }}</i><span class="k-grow k-op-wrap" dir="auto">{{ one.word }}</span></button>
    </div>`,
  computed: {
    check() { return this.pad.state.check; },
    all() {
      const { check, pad } = this;
      const [sits, lines, sent] = [pad.tableId(), check.lines.some(isLive), voidable(check).length];
      return [
        { word: "Guests…", icon: "group", run: () => this.open("covers") },
        { word: "Repeat round", icon: "replay", css: "k-op-narrow", not: !pad.wasSent.value, run: () => this.end(pad.repeatRound()) },
        { word: lines ? "Move lines…" : "Move lines: there are none", icon: "drive_file_move", not: !lines, run: () => this.open("move") },
        { word: sits ? "To another table…" : "To a table…", icon: "table_restaurant", run: () => this.open("transfer") },
        { word: sits ? "To the counter…" : "Rename…", icon: sits ? "storefront" : "badge", run: () => this.open("counter") },
        { word: lines ? "Into another check…" : "Into another check: nothing is on this one", icon: "merge", not: !lines, run: () => this.open("merge") },
        ...(check.merged ?? []).map((one) => ({ word: `Take ${title(one.label)} apart again`, icon: "call_split", run: () => this.end(pad.unmerge(one.id)) })),
        this.isMine ? { word: "Hand over…", icon: "waving_hand", run: () => this.open("hand") }
          : { word: `Take over from ${check.waiter}`, icon: "waving_hand", run: () => this.end(pad.takeOver()) },
        ...(check.bill_asked_at ? [{ word: "Take the bill back", icon: "undo", run: () => this.end(pad.attempt("unask_bill", { check_id: check.id })) }] : []),
        { word: sent ? "Void…" : "Void: nothing was sent", icon: "block", not: !sent, run: () => this.open("void") },
      ];
    },
    isMine() { return !this.check.waiter_id || this.check.waiter_id === kiosk.me?.person_id; },
  },
  methods: {
    open(kind) { this.pad.state.sheet = { kind }; },
    /** The sheet is over when the key is tapped; what the server refuses is told in its own words. */
    end() { this.pad.state.sheet = null; },
  },
};

const voidable = (check) => (check?.lines ?? []).filter(isSent);

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
      if (key) this.pad.state.sheet = { kind: "line", id: Number(key.dataset.line), begins: "void" };
    },
  },
};

const TITLES = {
  covers: "Guests", more: "More", void: "Void", move: "Move lines", transfer: "To which table?", merge: "Into which check?", hand: "Hand over",
};

export const Sheets = {
  components: { CounterSheet, CoversSheet, HandSheet, LineSheet, MergeSheet, MoreSheet, MoveSheet, TransferSheet, VoidSheet },
  props: ["pad"],
  template: `
    <div v-if="sheet" class="k-op-veil is-dark" @click.self="close" @keydown.esc.stop="close">
      <section ref="box" class="k-op-sheet" role="dialog" aria-modal="true" tabindex="-1" :aria-label="name" :key="sheet.kind + (sheet.id || '')">
        <div class="k-pop__h"><b class="k-h2 k-grow" dir="auto">{{ name }}</b><button class="k-btn is-icon is-quiet" type="button" aria-label="Close" @click="close"><i class="k-i" aria-hidden="true">close</i></button></div>
        <component :is="sheet.kind + '-sheet'" :pad="pad" :id="sheet.id" @close="close"></component>
      </section></div>`,
  computed: {
    sheet() { return this.pad.state.sheet; },
    name() {
      if (this.sheet.kind === "counter") return this.pad.tableId() ? "To the counter" : "Rename";
      const line = this.pad.line(this.sheet.id);
      return TITLES[this.sheet.kind] ?? line?.combo_name ?? line?.name ?? "Line";
    },
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
