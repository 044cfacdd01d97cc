/** What is behind a row: its receipt as paper, the life of its check, a copy. */

import { paperOf, TillDialog } from "till_parts";

export const ReceiptSheet = {
  components: { TillDialog },
  props: { row: Object },
  emits: ["close"],
  data: () => ({ told: null, trouble: "", isPrinting: false }),
  template: `
<teleport to="body">
<till-dialog :title="row.word + ' ' + row.number" css="db-receipt" @close="$emit('close')">
  <p class="k-dim ti-small" dir="auto">{{ row.about }}{{ row.about ? ", " : "" }}{{ row.who }}</p>
  <pre v-if="told" class="k-paper db-paper" dir="ltr" tabindex="0" :aria-label="'Receipt ' + told.number">{{ paperOf(told.paper) }}</pre>
  <p v-else-if="trouble" class="k-note is-warn"><i class="k-i" aria-hidden="true">receipt</i><span class="k-grow">{{ trouble }}</span><button class="k-btn" type="button" @click="load">Load again</button></p>
  <div v-else class="k-sk" aria-label="Loading"><i></i><i></i><i></i></div>
  <div class="k-row db-keys">
    <button v-if="checkId" class="k-btn is-line is-l k-grow" type="button" @click="life"><i class="k-i s20" aria-hidden="true">history</i>Life story</button>
    <button v-if="mayPrint" class="k-btn is-line is-l k-grow" type="button" :disabled="!told || isPrinting" @click="print"><span v-if="isPrinting" class="k-spin" aria-hidden="true"></span><i v-else class="k-i s20" aria-hidden="true">print</i>Print again</button>
  </div>
</till-dialog>
</teleport>`,
  computed: {
    checkId() {
      return this.row.check_id ?? this.told?.check_id;
    },
  },
  created() {
    this.mayPrint = window.kiosk.may("reprint");
  },
  mounted() {
    this.load();
  },
  methods: {
    paperOf,
    async load() {
      this.trouble = "";
      try {
        this.told = await window.kiosk.view("receipt/" + this.row.receipt_id);
      } catch (refusal) {
        this.trouble = refusal.sentence;
      }
    },
    life() {
      this.$emit("close");
      window.kiosk.lifeOf(this.checkId);
    },
    async print() {
      this.isPrinting = true;
      try {
        await window.kiosk.act("reprint", { receipt_id: this.row.receipt_id });
        window.kiosk.toast({ kind: "ok", text: `Receipt ${this.row.number} prints again.` });
      } catch {
        // the kiosk has shown why
      }
      this.isPrinting = false;
    },
  },
};
