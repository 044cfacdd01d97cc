/** Money that goes back, whole or by line, and a wrong tender put right. What is left to give is the server's to say. */

import { iconOf, many } from "settle_rules";
import { AmountPad, WhyLine } from "till_parts";

const REFUND_REASONS = ["Complaint", "Not as ordered", "Charged twice", "Charged too much"];
const CORRECT_REASONS = ["Wrong key", "Guest paid otherwise", "Terminal refused later"];

export const RefundForm = {
  components: { AmountPad, WhyLine },
  props: { told: Object, isBusy: Boolean },
  emits: ["do"],
  data: (form) => ({ positions: null, part: 0, isPart: false, withTip: form.told.left.tip > 0, tender: null, reason: "" }),
  template: `
<div class="sd-rf">
  <p class="k-label">What goes back of receipt {{ told.number }}</p>
  <div class="sd-rf__lines" role="group" aria-label="Lines">
    <button class="k-tender" type="button" :class="{ 'is-on': !positions }" :aria-pressed="String(!positions)" @click="all"><i class="k-i" aria-hidden="true">{{ positions ? "radio_button_unchecked" : "check_circle" }}</i><span class="k-grow">All that is left of it</span><span class="k-num">{{ money(told.left.total) }}</span></button>
    <button v-for="line in lines" :key="line.position" class="k-tender" type="button" :disabled="!line.left" :class="{ 'is-on': has(line) }" :aria-pressed="String(has(line))" @click="toggle(line)"><i class="k-i" aria-hidden="true">{{ has(line) ? "check_box" : "check_box_outline_blank" }}</i><span class="k-grow">{{ line.quantity > 1 ? line.quantity + " × " : "" }}<bdi>{{ line.name }} <span class="k-dim">{{ line.portion }} {{ line.part }}</span></bdi></span><span class="k-num">{{ money(line.left) }}</span></button>
  </div>
  <template v-if="only"><button v-if="!isPart" class="k-btn is-line" type="button" @click="isPart = true">Only a part of {{ only.name }}</button><amount-pad v-else v-model="part" :label="'of ' + money(only.left)"></amount-pad></template>
  <label v-if="told.left.tip" class="k-tender sd-rf__tip"><input type="checkbox" v-model="withTip"><span class="k-grow">The tip, too</span><span class="k-num">{{ money(told.left.tip) }}</span></label>
  <template v-if="open.length > 1"><p class="k-label">By which tender</p><div class="ti-usual"><button class="k-chip" type="button" :class="{ 'is-on': !tender }" @click="tender = null">As it was paid, cash last</button><button v-for="one in open" :key="one.position" class="k-chip" type="button" :class="{ 'is-on': tender?.position === one.position }" :disabled="one.left < total" @click="tender = one"><bdi>{{ one.name }}</bdi> {{ money(one.left) }}</button></div></template>
  <why-line v-model="reason" :usual="reasons" @enter="give"></why-line>
  <button class="k-btn is-bad is-l is-block" type="button" :disabled="!!lock || isBusy" @click="give">{{ lock || words }}</button>
</div>`,
  computed: {
    lines() {
      const service = this.told.service ? [{ position: -1, name: "Service charge", portion: "", part: "", quantity: 1, left: this.told.service }] : [];
      return [...this.told.lines, ...service];
    },
    chosen() {
      return (this.positions ?? []).map((position) => this.lines.find((line) => line.position === position));
    },
    only() {
      return this.chosen.length === 1 && this.chosen[0].position >= 0 ? this.chosen[0] : null;
    },
    open() {
      return this.told.tenders.filter(({ left }) => left > 0);
    },
    total() {
      if (!this.positions) return this.told.left.total;
      if (this.only && this.isPart) return this.part;
      return this.chosen.reduce((sum, { left }) => sum + left, 0);
    },
    lock() {
      if (!this.total) return "Choose what goes back";
      if (this.only && this.isPart && this.part > this.only.left) return `Only ${this.money(this.only.left)} is left of it`;
      return this.reason.trim() ? "" : "Say why first";
    },
    words() {
      const tip = this.withTip && this.told.left.tip ? ` and the tip ${this.money(this.told.left.tip)}` : "";
      const what = this.positions ? ` for ${many(this.positions.length, "line")}` : "";
      return `Give back ${this.money(this.total)}${tip}${what}`;
    },
  },
  created() {
    this.reasons = REFUND_REASONS;
  },
  methods: {
    has(line) {
      return !!this.positions?.includes(line.position);
    },
    all() {
      Object.assign(this, { positions: null, isPart: false });
    },
    toggle({ position }) {
      const now = this.positions ?? [];
      const next = now.includes(position) ? now.filter((one) => one !== position) : [...now, position];
      Object.assign(this, { positions: next.length ? next : null, isPart: false, part: 0, tender: null, withTip: false });
    },
    give() {
      if (this.lock || this.isBusy) return;
      const lines = this.positions && this.chosen.filter(({ position }) => position >= 0).map(({ position }) => ({ position, amount: this.isPart ? this.part : null }));
      const service = this.positions?.includes(-1) ? this.told.service : 0;
      const tip = this.withTip ? this.told.left.tip : 0;
      const tenders = this.tender ? [{ position: this.tender.position, amount: this.total + tip }] : null;
      const done = ({ number }) => `${this.words.replace("Give back", "Given back:")}. Refund ${number}.`;
      this.$emit("do", { act: "refund", words: { lines, service, tenders, with_tip: this.withTip, reason: this.reason.trim() }, done });
    },
    money: (amount) => window.kiosk.money(amount),
  },
};

export const CorrectForm = {
  components: { WhyLine },
  props: { told: Object, ways: Array, isBusy: Boolean },
  emits: ["do"],
  data: (form) => ({ wrong: form.told.tenders[0], right: null, note: "", reason: "", known: form.ways }),
  template: `
<div class="sd-rf">
  <p class="k-label">Which tender was wrong</p>
  <div class="sd-rf__lines"><button v-for="one in told.tenders" :key="one.position" class="k-tender" type="button" :class="{ 'is-on': wrong?.position === one.position }" :aria-pressed="String(wrong?.position === one.position)" @click="choose(one)"><i class="k-i" aria-hidden="true">{{ wrong?.position === one.position ? "check_circle" : "radio_button_unchecked" }}</i><span class="k-grow"><bdi>{{ one.name }}</bdi></span><span class="k-num">{{ money(one.amount + one.tip) }}</span></button></div>
  <p class="k-label">It really was</p>
  <div class="ti-usual"><button v-for="way in others" :key="way.code" class="k-chip" type="button" :class="{ 'is-on': right?.code === way.code }" :aria-pressed="String(right?.code === way.code)" @click="right = way"><i class="k-i s20" aria-hidden="true">{{ iconOf(way.kind) }}</i><bdi>{{ way.name }}</bdi></button></div>
  <label v-if="right?.needs_note" class="k-field"><span>{{ right.kind === "voucher" ? "Number of the voucher" : "Whose account" }}</span><input class="k-input" v-model="note" maxlength="100" dir="auto" autocomplete="off"></label>
  <why-line v-model="reason" :usual="reasons" @enter="put"></why-line>
  <button class="k-btn is-primary is-l is-block" type="button" :disabled="!!lock || isBusy" @click="put">{{ lock || words }}</button>
</div>`,
  computed: {
    others() {
      return (this.known ?? []).filter(({ code }) => code !== this.wrong?.kind);
    },
    lock() {
      if (!this.right) return "Choose what it really was";
      if (this.right.needs_note && !this.note.trim()) return "Write the note first";
      return this.reason.trim() ? "" : "Say why first";
    },
    words() {
      return `${this.wrong.name} was ${this.right.name}, ${this.money(this.wrong.amount + this.wrong.tip)}`;
    },
  },
  async created() {
    this.reasons = CORRECT_REASONS;
    this.known ??= await this.readWays();
  },
  methods: {
    iconOf,
    /** Without a bill at hand the ways to pay are read from the receipt's own. */
    async readWays() {
      if (!this.told.check_id) return [];
      const { tenders } = await window.kiosk.view(`bill/${this.told.check_id}`).catch(() => ({ tenders: [] }));
      return tenders;
    },
    choose(one) {
      Object.assign(this, { wrong: one, right: null });
    },
    put() {
      if (this.lock || this.isBusy) return;
      const words = { position: this.wrong.position, kind: this.right.code, note: this.right.needs_note ? this.note.trim() : "", reason: this.reason.trim() };
      this.$emit("do", { act: "correct_tender", words, done: ({ number }) => `${this.words}. Receipt ${number} holds now.` });
    },
    money: (amount) => window.kiosk.money(amount),
  },
};
