/** A printer is added, set up otherwise, or taken away. */

import { ChoiceField, NumberField, PrinterSheet, TextField } from "printers_parts";
import { ACKS, BUZZERS, codeFor, CUTS, DRAWERS, KINDS, LANGUAGES, NAMES, PAGES, ROLES, WIDTHS } from "printers_words";

const NEW = {
  name: "", kind: "tcp", address: "", columns: 48, dots: 576, code_page: "CP858", code_page_no: 19, cut: "partial", ack: null, drawer_kick: "none",
  till: null, buzzer: "none", backup_id: null, backup_after_s: 15, language: "en", names: "kitchen", prints: [],
};
const MOST_TILLS = 4;

export const PrinterForm = {
  components: { ChoiceField, NumberField, PrinterSheet, TextField },
  props: { printer: Object, printers: Array, stations: Array, isOnline: Boolean },
  emits: ["close", "added"],
  data: (form) => ({ draft: { ...NEW, ...Object.fromEntries(Object.keys(NEW).filter((name) => form.printer).map((name) => [name, form.printer[name]])) }, busy: "", isRemoving: false }),
  template: `
<printer-sheet :title="printer ? 'Set up ' + printer.name : 'Add a printer'" css="is-wide" @close="$emit('close')">
  <form id="pr-form" class="pr-form" @submit.prevent="save">
    <text-field label="Name" v-model="draft.name" hint="As people call it: Grill, Bar, Counter"></text-field>
    <choice-field label="Prints" v-model="draft.prints" :choices="roles" several hint="A ticket comes out wherever its station is printed"></choice-field>
    <choice-field label="Reached by" v-model="draft.kind" :choices="kinds"></choice-field>
    <text-field label="Address" v-model="draft.address" :hint="kindNow.hint" :longest="200" plain></text-field>
    <choice-field label="Paper" :model-value="width" :choices="widths" @update:model-value="(key) => take(widths, key)"></choice-field>
    <choice-field label="Knife" v-model="draft.cut" :choices="cuts"></choice-field>
    <choice-field label="When it fails" v-model="draft.backup_id" :choices="backups" hint="The other one prints it then, marked BACKUP"></choice-field>
    <number-field v-if="draft.backup_id" label="Seconds until then" v-model="draft.backup_after_s" :least="5" :most="3600" :step="5"></number-field>
    <choice-field label="Cash drawer" v-model="draft.drawer_kick" :choices="drawers"></choice-field>
    <choice-field v-if="draft.drawer_kick !== 'none'" label="The drawer of" v-model="draft.till" :choices="tills"></choice-field>
    <choice-field label="Bell" v-model="draft.buzzer" :choices="buzzers"></choice-field>
    <choice-field label="Language on paper" v-model="draft.language" :choices="languages"></choice-field>
    <choice-field label="Dishes are called by the" v-model="draft.names" :choices="names"></choice-field>
    <details class="pr-more"><summary class="k-btn is-quiet"><i class="k-i s20" aria-hidden="true">expand_more</i>What a technician knows</summary>
      <div class="pr-form">
        <choice-field label="Letters" :model-value="page" :choices="pages" @update:model-value="(key) => take(pages, key)" hint="The test page shows which is right"></choice-field>
        <number-field label="Number of the code page" v-model="draft.code_page_no" :least="0" :most="255"></number-field>
        <number-field label="Letters in a row" v-model="draft.columns" :least="20" :most="64"></number-field>
        <number-field label="Dots across the paper" v-model="draft.dots" :least="160" :most="1024" :step="8"></number-field>
        <choice-field label="How it proves a print" v-model="draft.ack" :choices="proofs" hint="Without proof, what may have been printed comes again only when a person says so"></choice-field>
      </div>
    </details>
    <div v-if="printer" class="pr-remove"><button v-if="!isRemoving" class="k-btn is-line" type="button" @click="isRemoving = true"><i class="k-i s20" aria-hidden="true">delete</i>Take this printer away</button>
      <template v-else><p class="k-dim">{{ printer.waiting ? "First send elsewhere or cancel what waits there." : "What it printed stays in the books." }}</p><div class="pr-keys"><button class="k-btn" type="button" @click="isRemoving = false">Keep it</button><button class="k-btn is-bad" type="button" :disabled="!isOnline || !!busy" @click="remove"><bdi>Take away {{ printer.name }}</bdi></button></div></template></div>
  </form>
  <template #keys><span class="k-grow k-dim pr-why" role="status">{{ why }}</span><button class="k-btn is-primary is-l" type="submit" form="pr-form" :disabled="!!why || !!busy || !isOnline"><span v-if="busy === 'save'" class="k-spin" aria-hidden="true"></span>{{ word }}</button></template>
</printer-sheet>`,
  computed: {
    roles() {
      const stations = this.stations.map(({ code, name }) => ({ key: "station:" + code, word: name }));
      const known = [...stations, ...Object.entries(ROLES).map(([key, word]) => ({ key, word }))];
      const strange = this.draft.prints.filter((role) => !known.some(({ key }) => key === role));
      return [...known, ...strange.map((role) => ({ key: role, word: role }))];
    },
    kindNow() {
      return KINDS.find(({ key }) => key === this.draft.kind);
    },
    width() {
      return this.widths.find(({ set }) => this.isSet(set))?.key;
    },
    page() {
      return this.pages.find(({ set }) => this.isSet(set))?.key;
    },
    backups() {
      const others = this.printers.filter(({ id, active }) => active && id !== this.printer?.id);
      return [{ key: null, word: "It waits" }, ...others.map(({ id, name }) => ({ key: id, word: name }))];
    },
    proofs() {
      return this.printer ? ACKS : [{ key: null, word: "Tried out with the first test page" }, ...ACKS];
    },
    tills() {
      const most = Math.max(MOST_TILLS, this.draft.till ?? 0);
      return [{ key: null, word: "Every till" }, ...Array.from({ length: most }, (_, place) => ({ key: place + 1, word: `Till ${place + 1}` }))];
    },
    /** Only what was changed is sent, so that two who set up at once do not undo each other. */
    changes() {
      const was = this.printer ?? {};
      return Object.fromEntries(Object.entries(this.draft).filter(([name, value]) => JSON.stringify(value) !== JSON.stringify(was[name])));
    },
    why() {
      if (!this.draft.name.trim()) return "Give it a name first.";
      if (!this.draft.address.trim() && this.draft.kind !== "file") return "Say where it is.";
      return this.printer && !Object.keys(this.changes).length ? "Nothing is changed." : "";
    },
    word() {
      const name = this.draft.name.trim();
      return this.printer ? "Keep this" : `Add \u2068${name || "it"}\u2069`;
    },
  },
  created() {
    Object.assign(this, { kinds: KINDS, widths: WIDTHS, pages: PAGES, cuts: CUTS, drawers: DRAWERS, buzzers: BUZZERS, names: NAMES, languages: LANGUAGES });
  },
  methods: {
    isSet(wanted) {
      return Object.entries(wanted).every(([name, value]) => this.draft[name] === value);
    },
    take(choices, key) {
      Object.assign(this.draft, choices.find((one) => one.key === key).set);
    },
    async run(busy, name, args, said) {
      if (this.busy) return;
      this.busy = busy;
      const result = await window.kiosk.paper.act(name, args);
      this.busy = "";
      if (!result) return;
      window.kiosk.toast({ kind: "ok", text: said });
      if (result.printer_id) this.$emit("added", result.printer_id, !!args.ack);
      this.$emit("close");
    },
    save() {
      if (this.why) return undefined;
      const { name } = this.draft;
      if (this.printer) return this.run("save", "change_printer", { printer_id: this.printer.id, ...this.changes }, `${name} is set up so.`);
      const code = codeFor(name, this.printers.map((one) => one.code));
      const { ack, ...rest } = this.draft;
      return this.run("save", "add_printer", { code, ...rest, ...(ack && { ack }) }, `${name} is added. Print a test page to see whether it is right.`);
    },
    remove() {
      this.run("remove", "remove_printer", { printer_id: this.printer.id }, `${this.printer.name} is taken away.`);
    },
  },
};
