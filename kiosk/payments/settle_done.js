/** Nothing is left to pay: the change to hand back, the receipt's number and its paper. Change stays until "Next" is tapped. */

import { GuestKeys } from "settle_guest";
import { iconOf, sizeOf } from "settle_rules";
import { paperOf } from "till_parts";

const TOO_SOON_MS = 700;
const SECONDS = 3;

export const SettleDone = {
  components: { GuestKeys },
  props: { receipt: Object, label: String, tenders: Array, isOnline: Boolean },
  emits: ["next"],
  data: (done) => ({ paper: null, columns: 42, trouble: "", isPrinting: false, left: done.receipt.change_due ? 0 : SECONDS }),
  template: `
<section class="sd-done" aria-label="Paid" @pointerdown="left = 0" @keydown="left = 0">
  <div class="sd-done__l">
    <div class="k-due is-ok sd-done__due" :class="size" role="status" aria-live="assertive"><small>{{ label }}</small><small>Receipt {{ receipt.number }}</small><b><i class="k-i" aria-hidden="true">{{ receipt.change_due ? "payments" : "check_circle" }}</i>{{ word }}<span>{{ figure }}</span></b></div>
    <div v-if="receipt.paid.length" class="k-panel sd-done__how">
      <div v-if="receipt.change_due" class="k-tender"><i class="k-i k-ok" aria-hidden="true">check_circle</i>Paid<span class="k-num">{{ money(receipt.total) }}</span></div>
      <div v-for="(tender, place) in receipt.paid" :key="place" class="k-tender"><i class="k-i" aria-hidden="true">{{ icon(tender) }}</i><span><bdi>{{ name(tender) }}</bdi><small v-if="tender.tip" class="k-dim"> with tip {{ money(tender.tip) }}</small></span><span class="k-num">{{ money(tender.given) }}</span></div>
    </div>
    <span class="k-bar__sp"></span>
    <div class="sd-done__keys sd-done__ways" role="group" aria-label="Receipt for the guest">
      <guest-keys :receipt="{ id: receipt.receipt_id, number: receipt.number }" css="is-xl is-line k-grow" :is-locked="!isOnline" @open="left = 0"></guest-keys>
    </div>
    <div class="sd-done__keys">
      <button class="k-btn is-xl is-line" type="button" :disabled="isPrinting || !isOnline" @click="reprint"><span v-if="isPrinting" class="k-spin" aria-hidden="true"></span><i v-else class="k-i" aria-hidden="true">print</i>Print again</button>
      <button ref="next" class="k-btn is-xl is-primary k-grow" type="button" @click="next">Next<i class="k-i sd-turn" aria-hidden="true">arrow_forward</i><span v-if="left" class="sd-left" aria-hidden="true">{{ left }}</span></button>
    </div>
  </div>
  <div class="sd-done__r">
    <pre v-if="paper" class="k-paper sd-paper" dir="ltr" :style="{ '--columns': columns }" :aria-label="'Receipt ' + receipt.number">{{ paper }}</pre>
    <p v-else-if="trouble" class="k-note is-warn"><i class="k-i" aria-hidden="true">receipt</i><span><b>The receipt did not load.</b> It is paid and numbered. {{ trouble }}</span><button class="k-btn" type="button" @click="load">Load again</button></p>
    <div v-else class="k-sk sd-sk"><i></i><i></i><i></i></div>
  </div>
</section>`,
  computed: {
    word() {
      return this.receipt.change_due ? "CHANGE" : "PAID";
    },
    figure() {
      return window.kiosk.money(this.receipt.change_due || this.receipt.total);
    },
    size() {
      return sizeOf(this.word, this.figure);
    },
  },
  created() {
    this.shownAt = performance.now();
  },
  mounted() {
    this.load();
    this.counting = setInterval(this.count, 1000);
    this.$refs.next.focus({ preventScroll: true });
  },
  unmounted() {
    clearInterval(this.counting);
  },
  methods: {
    /** Where nothing has to be handed back the desk leaves by itself, unless somebody touches it. */
    count() {
      if (!this.left) return;
      this.left -= 1;
      if (!this.left) this.$emit("next");
    },
    way({ kind }) {
      return this.tenders.find(({ code }) => code === kind);
    },
    icon(tender) {
      return iconOf(this.way(tender)?.kind);
    },
    name(tender) {
      return this.way(tender)?.name ?? tender.kind;
    },
    async load() {
      this.trouble = "";
      try {
        const { paper, columns } = await window.kiosk.view(`receipt/${this.receipt.receipt_id}`);
        this.paper = paperOf(paper);
        this.columns = columns;
      } catch (trouble) {
        this.trouble = trouble?.sentence ?? "";
      }
    },
    async reprint() {
      if (this.isPrinting) return;
      this.isPrinting = true;
      try {
        await window.kiosk.act("reprint", { receipt_id: this.receipt.receipt_id });
        window.kiosk.toast({ kind: "ok", text: `Receipt ${this.receipt.number} prints again.` });
      } catch {
        // the kiosk has shown why; the receipt itself is safe and the key may be tapped again
      } finally {
        this.isPrinting = false;
      }
    },
    next() {
      // the second half of a double tap on PAY must not carry the change away
      if (performance.now() - this.shownAt > TOO_SOON_MS) this.$emit("next");
    },
    money: (amount) => window.kiosk.money(amount),
  },
};
