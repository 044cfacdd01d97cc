/** Which sheet lies over the desk, and the small ones: more, other parts, an amount, who shares a line, a tender's note. */

import { DiscountSheet, ServiceSheet } from "settle_discount";
import { ForeignSheet } from "settle_foreign";
import { lookOf, MOST, sharersOf } from "settle_plan";
import { ReceiptsSheet } from "settle_receipts";
import { many, titleOf } from "settle_rules";
import { WaitingSheet } from "settle_waiting";
import { AmountPad, TillDialog } from "till_parts";
import { TillSheet } from "till_sheet";

const MoreSheet = {
  components: { TillDialog },
  props: ["sheet", "bill", "isLocked"],
  emits: ["close", "go", "choose", "order", "printBill"],
  template: `
<till-dialog :title="bill ? title : 'More'" css="sd-sheet" @close="$emit('close')">
  <div class="sd-menu"><button v-for="one in all" :key="one.word" class="k-btn is-l" type="button" :disabled="one.not" @click="one.run"><i class="k-i" aria-hidden="true">{{ one.icon }}</i><span class="k-grow">{{ one.word }}</span></button></div>
</till-dialog>`,
  computed: {
    title() {
      return titleOf(this.bill.check.label);
    },
    all() {
      const { kiosk } = window;
      const go = (kind, more) => () => this.$emit("go", { kind, ...more });
      const check = this.bill?.check;
      const isOpen = check?.state === "open";
      return [
        ...(isOpen ? [
          { word: "Discount…", icon: "percent", not: this.isLocked || !this.bill.open.total, run: go("discount") },
          { word: "Service charge…", icon: "room_service", not: this.isLocked || !this.bill.open.total, run: go("service") },
          { word: check.bill_asked_at ? "Print bill again" : "Print bill", icon: "receipt", not: this.isLocked, run: () => this.end("printBill") },
          { word: "Open check", icon: "edit_note", run: () => this.end("order") },
        ] : []),
        ...(check ? [{ word: "Life of this check", icon: "history", run: this.showLife }, { word: "Receipts of this check", icon: "receipt_long", run: go("receipts", { checkId: check.id }) }] : []),
        { word: "Receipts of today", icon: "receipt_long", run: go("receipts") },
        { word: "Drawers", icon: "point_of_sale", not: !kiosk.may("see_till"), run: go("drawer") },
        ...(check ? [{ word: "Other table", icon: "swap_horiz", run: () => this.end("choose") }] : []),
      ];
    },
  },
  methods: {
    end(what) {
      this.$emit("close");
      this.$emit(what);
    },
    showLife() {
      this.$emit("close");
      window.kiosk.lifeOf?.(this.bill.check.id);
    },
  },
};

const DivideSheet = {
  components: { TillDialog },
  props: ["bill", "plan"],
  emits: ["close", "divide", "go"],
  data: (sheet) => ({ parts: sheet.plan.mode === "even" ? sheet.plan.parts : sheet.bill.check.covers || 2 }),
  template: `
<till-dialog title="Into equal parts" css="sd-sheet" @close="$emit('close')">
  <p class="k-dim sd-say">{{ money(bill.open.total) }} are open.</p>
  <div class="k-grid4"><button v-for="no in 11" :key="no" class="k-key2" :class="{ 'is-go': no + 1 === usual }" type="button" @click="$emit('divide', no + 1)">÷{{ no + 1 }}<small v-if="no + 1 === usual">guests</small></button>
    <button class="k-key2" type="button" @click="$emit('go', { kind: 'amount' })">Amount<small>type it</small></button></div>
  <div class="k-row sd-say"><span class="sd-step"><button type="button" aria-label="One less" :disabled="parts <= 2" @click="parts -= 1"><i class="k-i" aria-hidden="true">remove</i></button><b role="status">{{ parts }}</b><button type="button" aria-label="One more" :disabled="parts >= most" @click="parts += 1"><i class="k-i" aria-hidden="true">add</i></button></span><button class="k-btn is-primary is-l k-grow" type="button" :disabled="parts < 2" @click="$emit('divide', parts)">Divide by {{ parts }}</button></div>
</till-dialog>`,
  computed: {
    usual() {
      return this.bill.check.covers;
    },
  },
  created() {
    this.most = MOST;
    this.parts = Math.min(MOST, Math.max(2, this.parts));
  },
  methods: { money: (amount) => window.kiosk.money(amount) },
};

const AmountSheet = {
  components: { AmountPad, TillDialog },
  props: ["bill", "plan"],
  emits: ["close", "amount"],
  data: () => ({ amount: 0 }),
  template: `
<till-dialog :title="'What ' + plan.paying + ' pays'" css="sd-sheet" @close="$emit('close')">
  <amount-pad v-model="amount" :label="'of ' + money(bill.open.total)" @enter="take"></amount-pad>
  <button class="k-btn is-primary is-l is-block" type="button" :disabled="!!refusal" @click="take">{{ refusal || plan.paying + " pays " + money(amount) }}</button>
</till-dialog>`,
  computed: {
    refusal() {
      if (!this.amount) return "Type the amount first";
      return this.amount > this.bill.open.total ? `Only ${this.money(this.bill.open.total)} is open` : "";
    },
  },
  methods: {
    take() {
      if (!this.refusal) this.$emit("amount", this.amount);
    },
    money: (amount) => window.kiosk.money(amount),
  },
};

const ShareSheet = {
  components: { TillDialog },
  props: ["sheet", "plan"],
  emits: ["close", "share"],
  data: (sheet) => ({ keys: sharersOf(sheet.plan, sheet.sheet.line) }),
  template: `
<till-dialog :title="'Who shares ' + sheet.line.name + '?'" css="sd-sheet" @close="$emit('close')">
  <div class="sd-letters"><button v-for="{ key } in plan.payers" :key="key" class="k-chip" type="button" :class="{ 'is-on': keys.includes(key) }" :aria-pressed="String(keys.includes(key))" @click="toggle(key)"><span class="k-p" :class="lookOf(key)">{{ key }}</span></button><button class="k-chip" type="button" @click="keys = plan.payers.map(({ key }) => key)">All</button></div>
  <button class="k-btn is-primary is-l is-block" type="button" @click="$emit('share', { line: sheet.line, keys })">{{ words }}</button>
</till-dialog>`,
  computed: {
    words() {
      if (!this.keys.length) return "Give it to nobody";
      return this.keys.length === 1 ? `${this.keys[0]} pays it` : `${many(this.keys.length, "equal part")}: ${this.keys.join(", ")}`;
    },
  },
  methods: {
    lookOf,
    toggle(key) {
      this.keys = this.plan.payers.map((one) => one.key).filter((one) => this.keys.includes(one) !== (one === key));
    },
  },
};

const NoteSheet = {
  components: { TillDialog },
  props: ["sheet", "plan"],
  emits: ["close", "note"],
  data: () => ({ note: "" }),
  template: `
<till-dialog :title="sheet.way.name + ' ' + money(sheet.given)" css="sd-sheet" @close="$emit('close')">
  <form @submit.prevent="take">
    <label class="k-field"><span>{{ label }}</span><input class="k-input" v-model="note" maxlength="100" dir="auto" autocomplete="off" autofocus enterkeyhint="done"></label>
    <button class="k-btn is-primary is-l is-block" :disabled="!note.trim()">{{ note.trim() ? "Take " + money(sheet.given) : label + " first" }}</button>
  </form>
</till-dialog>`,
  computed: {
    label() {
      return this.sheet.way.kind === "voucher" ? "Number of the voucher" : "Whose account";
    },
  },
  methods: {
    take() {
      if (this.note.trim()) this.$emit("note", { ...this.sheet, note: this.note.trim() });
    },
    money: (amount) => window.kiosk.money(amount),
  },
};

export const SettleSheets = {
  components: { AmountSheet, DiscountSheet, DivideSheet, ForeignSheet, MoreSheet, NoteSheet, ReceiptsSheet, ServiceSheet, ShareSheet, TillSheet, WaitingSheet },
  props: ["sheet", "bill", "plan", "openLines", "isLocked", "waiting"],
  emits: ["close", "go", "act", "divide", "amount", "share", "note", "foreign", "choose", "order", "printBill", "stop", "again", "confirm"],
  template: `
<till-sheet v-if="sheet.kind === 'drawer'" @close="$emit('close')"></till-sheet>
<component v-else :is="sheet.kind + '-sheet'" :key="sheet.kind" v-bind="{ sheet, bill, plan, openLines, isLocked, waiting }" @close="$emit('close')" @go="(next) => $emit('go', next)" @act="(act) => $emit('act', act)" @divide="(parts) => $emit('divide', parts)" @amount="(amount) => $emit('amount', amount)" @share="(share) => $emit('share', share)" @note="(noted) => $emit('note', noted)" @foreign="(cash) => $emit('foreign', cash)" @choose="$emit('choose')" @order="$emit('order')" @print-bill="$emit('printBill')" @stop="$emit('stop')" @again="$emit('again')" @confirm="$emit('confirm')"></component>`,
};
