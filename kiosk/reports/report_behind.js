/** What is behind a number of a report: receipts, or entries of the journal; each opens its receipt and the life of its check. */

import { shortDay } from "close_words";
import { ReceiptSheet } from "daybook_receipt";
import { OF_STAFF, rangeName } from "report_words";
import { TillDialog } from "till_parts";

const kiosk = window.kiosk;
const ICONS = { void: "block", comp: "redeem", removal: "remove_circle", discount: "percent", "open price": "edit", "no sale": "key", reprint: "print", correction: "published_with_changes", "undone payment": "undo", refund: "currency_exchange" };
const tableName = (label) => (/^\p{L}?\d{1,4}$/u.test(label) ? `Table ${label}` : label);

export const ReportBehind = {
  components: { ReceiptSheet, TillDialog },
  props: { asked: Object, today: String },
  emits: ["close"],
  data: (sheet) => ({ days: sheet.asked.isGone ? 1 : 0, figure: sheet.asked.figure ?? "", of: "receipts", rows: null, next: null, trouble: "", isReading: false, opened: null }),
  template: `
<teleport to="body">
<till-dialog :title="asked.title" css="rp-behind" @close="$emit('close')">
  <p v-if="subtitle" class="k-dim ti-small" dir="auto">{{ subtitle }}</p>
  <div v-if="asked.before" class="k-seg rp-seg" role="group" aria-label="Days" data-joined><button v-for="(span, at) in [asked.days, asked.before]" :key="at" type="button" :class="{ 'is-on': days === at }" :aria-pressed="String(days === at)" @click="turn({ days: at })">{{ nameOfDays(span) }}</button></div>
  <div v-if="kinds.length" class="k-seg rp-seg" role="group" aria-label="What" data-joined><button v-for="one in kinds" :key="one.key" type="button" :class="{ 'is-on': figure === one.key }" :aria-pressed="String(figure === one.key)" @click="turn({ figure: one.key })">{{ one.word }}</button></div>
  <p v-if="trouble" class="k-note is-warn" role="alert"><i class="k-i" aria-hidden="true">warning</i><span class="k-grow">{{ trouble }}</span><button class="k-btn" type="button" @click="read()">Load again</button></p>
  <div v-else-if="!rows" class="k-sk" aria-label="Loading"><i v-for="n in 4" :key="n"></i></div>
  <p v-else-if="!rows.length" class="k-note k-empty"><i class="k-i s32" aria-hidden="true">{{ of === "deeds" ? "history" : "receipt_long" }}</i><b>{{ of === "deeds" ? "The journal has no such entry" : "No receipt of these days counts here" }}</b></p>
  <ul v-if="rows" class="rp-list">
    <li v-for="one in told" :key="one.id"><button class="rp-one" type="button" :disabled="!one.isKnown" :aria-label="one.spoken" @click="open(one)"><i class="k-i s20" :class="one.css" aria-hidden="true">{{ one.icon }}</i><span class="rp-one__t"><b dir="auto">{{ one.title }}</b><small dir="auto">{{ one.small }}</small></span><span class="rp-one__r"><b :class="one.css">{{ one.amount }}</b><small>{{ one.when }}</small></span></button>
      <button v-if="one.hasBoth" class="k-btn is-icon is-quiet" type="button" :aria-label="'Receipt ' + one.receipt" @click="receipt(one)"><i class="k-i" aria-hidden="true">receipt_long</i></button></li>
  </ul>
  <button v-if="next !== null" class="k-btn is-line is-l is-block" type="button" :disabled="isReading" @click="read(next)"><span v-if="isReading" class="k-spin" aria-hidden="true"></span>Show earlier ones</button>
</till-dialog>
<receipt-sheet v-if="opened" :row="opened" @close="opened = null"></receipt-sheet>
</teleport>`,
  computed: {
    span() {
      return this.days ? this.asked.before : this.asked.days;
    },
    subtitle() {
      return [this.asked.small, this.asked.before ? "" : this.nameOfDays(this.span)].filter(Boolean).join(", ");
    },
    /** Of a person there are sales, and what was taken off. */
    kinds() {
      if (this.asked.by !== "staff") return [];
      return [{ key: "", word: "Receipts" }, ...Object.entries(OF_STAFF).map(([key, word]) => ({ key, word }))];
    },
    told() {
      return this.rows.map(this.of === "deeds" ? this.deed : this.sale);
    },
  },
  mounted() {
    if (this.asked.by === "staff" && !(this.figure in OF_STAFF)) this.figure = "";
    this.read();
  },
  methods: {
    nameOfDays(span) {
      return rangeName(span, this.today);
    },
    turn(what) {
      Object.assign(this, what, { rows: null, next: null });
      this.read();
    },
    path(before) {
      const [from, to] = this.span;
      const { by, key } = this.asked;
      return "report_behind?" + new URLSearchParams({ from, to, by, key: JSON.stringify(key), ...(this.figure && { figure: this.figure }), ...(before && { before }), ...(this.days && this.asked.until && { until: this.asked.until }) });
    },
    async read(before = null) {
      const path = this.path(before);
      Object.assign(this, { trouble: "", isReading: true });
      try {
        const { of, rows, next } = await kiosk.view(path);
        if (path === this.path(before)) Object.assign(this, { of, rows: before ? [...this.rows, ...rows] : rows, next });
      } catch (refusal) {
        this.trouble = refusal.sentence;
      }
      this.isReading = false;
    },
    when: ({ day, at }) => `${shortDay(day)} ${day.slice(0, 4)}, ${kiosk.clock(at)}`,
    sale(one) {
      const css = one.kind === "Sale" ? "" : "k-bad";
      const title = [one.label && tableName(one.label), one.staff].filter(Boolean).join(", ") || one.kind;
      const small = [`${one.kind} ${one.number}`, one.tenders.join(", "), one.tip ? `tip ${kiosk.money(one.tip)}` : "", one.discount ? `taken off ${kiosk.money(one.discount)}` : ""].filter(Boolean).join(", ");
      const amount = kiosk.money(one.total);
      return { ...one, css, title, small, amount, when: this.when(one), icon: one.kind === "Sale" ? "receipt_long" : "undo", receipt_id: one.id, receipt: one.number, isKnown: true, spoken: `${one.kind} ${one.number}, ${title}, ${amount}: open the receipt` };
    },
    deed(one) {
      const line = [one.quantity > 1 ? `${one.quantity} x ${one.line}` : one.line, one.portion].filter(Boolean).join(", ");
      const title = [line || one.kind.charAt(0).toUpperCase() + one.kind.slice(1), one.reason].filter(Boolean).join(": ");
      const who = one.approver ? `${one.person}, approved by ${one.approver}` : one.person;
      const place = one.label ? `${tableName(one.label)}, check ${one.check}` : one.check ? `Check ${one.check}` : one.till ? `Drawer ${one.till}` : "";
      const small = [one.is_taken_back ? "taken back" : line ? one.kind : "", who, place, one.after_bill ? "after the bill" : "", one.receipt ? `receipt ${one.receipt}` : "", `entry ${one.seq}`].filter(Boolean).join(", ");
      const amount = one.amount ? kiosk.money(one.amount) : "";
      const isKnown = Boolean(one.check_id || one.receipt_id);
      return { ...one, id: one.seq, title, small, amount, css: one.after_bill ? "k-bad" : "", when: this.when(one), icon: ICONS[one.kind] ?? "history", isKnown, hasBoth: Boolean(one.check_id && one.receipt_id), spoken: `${title}, ${small}` + (isKnown ? ": open it" : "") };
    },
    /** A receipt opens as paper, an entry the life of its check. */
    open(one) {
      if (this.of === "deeds" && one.check_id) kiosk.lifeOf(one.check_id);
      else this.receipt(one);
    },
    receipt(one) {
      const isSale = this.of === "receipts";
      this.opened = { receipt_id: one.receipt_id, check_id: one.check_id, number: one.receipt, word: isSale ? one.kind : "Receipt", about: one.label ? tableName(one.label) : "", who: isSale ? one.staff : one.person };
    },
  },
};
