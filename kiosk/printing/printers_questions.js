/** After a test page: six questions with yes or no, from which the set-up is put right. */

import { PrinterSheet } from "printers_parts";

const WORDS = {
  columns: (value) => `${value} letters in a row`, dots: (value) => `${value} dots`, code_page: (value) => value, code_page_no: (value) => `code page no. ${value}`,
  cut: (value) => ({ partial: "cuts and leaves a bridge", full: "cuts all through", none: "does not cut" })[value],
  buzzer: (value) => ({ none: "stays silent", esc_b: "rings", esc_a: "rings as Epson's do" })[value],
  drawer_kick: (value) => ({ none: "opens no drawer", pin_2: "opens the drawer by pin 2", pin_5: "opens the drawer by pin 5" })[value],
};

export const PrinterQuestions = {
  components: { PrinterSheet },
  props: { printer: Object, isOnline: Boolean },
  emits: ["close"],
  data: () => ({ questions: null, trouble: "", answers: {}, busy: false, isKicking: false }),
  template: `
<printer-sheet :title="'Test page of ' + printer.name" css="is-wide" @close="$emit('close')">
  <p class="k-dim">Take the page in your hand. Each “no” puts the set-up right and prints another.</p>
  <p v-if="trouble" class="k-note is-warn" role="alert"><i class="k-i" aria-hidden="true">warning</i><span class="k-grow">{{ trouble }}</span><button class="k-btn" type="button" @click="load">Load again</button></p>
  <div v-else-if="!questions" class="k-sk" aria-label="Loading"><i></i><i></i><i></i></div>
  <ol v-else class="pr-asked">
    <li v-for="(one, place) in questions" :key="one.key" class="pr-ask" :class="{ 'is-done': one.key in answers }">
      <div class="k-grow"><b>{{ place + 1 }}. {{ one.ask }}</b><small>{{ one.look }}</small><button v-if="one.key === 'drawer' && printer.drawer_kick !== 'none'" class="k-btn is-line pr-kick" type="button" :disabled="!isOnline || isKicking" @click="kick">Open the drawer</button></div>
      <div class="k-seg" role="group" :aria-label="one.ask" data-joined><button v-for="yes in [true, false]" :key="yes" type="button" :class="{ 'is-on': answers[one.key] === yes }" :aria-pressed="String(answers[one.key] === yes)" @click="answers[one.key] = yes">{{ yes ? "Yes" : "No" }}</button></div>
    </li>
  </ol>
  <template #keys><span class="k-grow k-dim pr-why" role="status" dir="auto">{{ told }}</span><button class="k-btn is-primary is-l" type="button" :disabled="!questions || left > 0 || busy || !isOnline" @click="keep"><span v-if="busy" class="k-spin" aria-hidden="true"></span>{{ changed.length ? "Change it, print again" : "All is right" }}</button></template>
</printer-sheet>`,
  computed: {
    left() {
      return (this.questions ?? []).filter(({ key }) => !(key in this.answers)).length;
    },
    changes() {
      const chosen = (this.questions ?? []).filter(({ key }) => key in this.answers).map((one) => (this.answers[one.key] ? one.yes : one.no));
      return Object.assign({}, ...chosen);
    },
    changed() {
      return Object.entries(this.changes).map(([name, value]) => WORDS[name]?.(value) ?? `${name} ${value}`);
    },
    told() {
      if (this.left) return this.left === 1 ? "One question is left." : `${this.left} questions are left.`;
      return this.changed.length ? `Then: ${this.changed.join(", ")}.` : "It is set up right.";
    },
  },
  created() {
    this.load();
  },
  methods: {
    async load() {
      Object.assign(this, { questions: null, trouble: "", answers: {} });
      try {
        this.questions = (await window.kiosk.view(`printers/${this.printer.id}/questions`)).questions;
      } catch (refusal) {
        this.trouble = refusal.sentence;
      }
    },
    async keep() {
      if (!this.changed.length) return this.$emit("close");
      this.busy = true;
      const told = await window.kiosk.paper.act("answer_test_page", { printer_id: this.printer.id, answers: this.answers });
      this.busy = false;
      if (!told) return undefined;
      window.kiosk.toast({ kind: "info", text: "Changed. Another test page is on its way." });
      return this.load();
    },
    async kick() {
      this.isKicking = true;
      await window.kiosk.paper.act("try_drawer", { printer_id: this.printer.id });
      this.isKicking = false;
    },
  },
};
