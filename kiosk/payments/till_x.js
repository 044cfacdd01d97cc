/** The X: the day's figures so far, as paper. Looking changes nothing. */

import { ZPaper } from "close_paper";

export const XReport = {
  components: { ZPaper },
  data: () => ({ x: null, trouble: "", isPrinting: false }),
  template: `
<div class="ti-form ti-x">
  <z-paper v-if="x" :sheet="x"></z-paper>
  <p v-else-if="trouble" class="k-note is-warn"><i class="k-i" aria-hidden="true">warning</i><span class="k-grow">{{ trouble }}</span><button class="k-btn" type="button" @click="load">Load again</button></p>
  <div v-else class="k-sk" aria-label="Loading"><i></i><i></i><i></i></div>
  <button class="k-btn is-primary is-l is-block" type="button" :disabled="!x || isPrinting" @click="print"><span v-if="isPrinting" class="k-spin" aria-hidden="true"></span><i v-else class="k-i s20" aria-hidden="true">print</i>Print X</button>
</div>`,
  mounted() {
    this.load();
  },
  methods: {
    async load() {
      this.trouble = "";
      try {
        this.x = await window.kiosk.view("x");
      } catch (refusal) {
        this.trouble = refusal.sentence;
      }
    },
    async print() {
      this.isPrinting = true;
      try {
        await window.kiosk.act("print_x");
        window.kiosk.toast({ kind: "ok", text: "The X prints." });
      } catch {
        // the kiosk has shown why
      }
      this.isPrinting = false;
    },
  },
};
