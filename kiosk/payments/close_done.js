/** The day is closed: its Z as paper, its workbook to take away; stays until it is left. */

import { CloseWorkbook, ZPaper } from "close_paper";
import { dayName } from "close_words";

const ASK_AGAIN_MS = 1500;

export const CloseDone = {
  components: { CloseWorkbook, ZPaper },
  props: { closed: Object, mayExport: Boolean, isOnline: Boolean },
  emits: ["next"],
  data: () => ({ z: null, trouble: "", isPrinting: false }),
  template: `
<section class="k-panel is-pad cl-done" aria-label="Closed">
  <div class="k-due is-ok cl-done__due" role="status" aria-live="assertive"><small>{{ dayName(closed.day) }}</small><small>{{ z ? "closed " + clock(z.closed_at) + " by " + z.closer : "" }}</small><b><i class="k-i" aria-hidden="true">task_alt</i>DAY {{ closed.number }} CLOSED</b></div>
  <ul v-if="z" class="cl-done__told">
    <li class="k-sum"><span class="k-dim">Turnover</span><span>{{ money(z.figures.turnover) }}</span></li>
    <li v-for="drawer in z.figures.drawers" :key="drawer.number" class="k-sum"><span class="k-dim">Drawer {{ drawer.till }}, {{ word(drawer.over_short ?? 0) }}</span><span>{{ money(drawer.counted) }}</span></li>
  </ul>
  <span class="k-bar__sp"></span>
  <button class="k-btn is-line is-l is-block" type="button" :disabled="isPrinting || !isOnline" @click="print"><span v-if="isPrinting" class="k-spin" aria-hidden="true"></span><i v-else class="k-i s20" aria-hidden="true">print</i>Print Z {{ closed.number }} again</button>
  <button class="k-btn is-line is-l is-block" type="button" @click="$emit('next')"><i class="k-i s20" aria-hidden="true">wb_twilight</i>Go on to the next day</button>
</section>
<section class="k-col k-close__z" aria-label="Z report">
  <z-paper v-if="z" :sheet="z"></z-paper>
  <p v-else-if="trouble" class="k-note is-warn k-grow"><i class="k-i" aria-hidden="true">receipt_long</i><span class="k-grow"><b>The Z did not load.</b> The day is closed and nothing is lost. {{ trouble }}</span><button class="k-btn" type="button" @click="load">Load again</button></p>
  <div v-else class="k-card k-grow k-sk"><i style="width:40%"></i><i></i><i></i></div>
  <close-workbook v-if="z" :workbook="z.workbook" :is-closed="true" :may-export="mayExport"></close-workbook>
</section>`,
  watch: { "closed.number": "load" },
  mounted() {
    this.load();
  },
  unmounted() {
    clearTimeout(this.waiting);
  },
  methods: {
    /** The workbook is written after the close without another tap; ask again until it is there. */
    async load() {
      clearTimeout(this.waiting);
      this.trouble = "";
      try {
        this.z = await window.kiosk.view("z/" + this.closed.number);
      } catch (refusal) {
        this.trouble = this.z ? "" : refusal.sentence;
      }
      if (this.mayExport && !this.z?.workbook?.url && !this.trouble) this.waiting = setTimeout(this.load, ASK_AGAIN_MS);
    },
    async print() {
      this.isPrinting = true;
      try {
        await window.kiosk.act("print_z", { number: this.closed.number });
        window.kiosk.toast({ kind: "ok", text: `Z ${this.closed.number} prints again.` });
      } catch {
        // the kiosk has shown why; the Z itself is safe and the key may be tapped again
      }
      this.isPrinting = false;
    },
    word(overShort) {
      if (!overShort) return "exact";
      return overShort < 0 ? `short ${this.money(-overShort)}` : `over ${this.money(overShort)}`;
    },
    dayName,
    clock: (at) => window.kiosk.clock(at),
    money: (amount) => window.kiosk.money(amount),
  },
};
