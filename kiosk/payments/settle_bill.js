/** The bill by seat: whose each line is, what of it is still open, and what the server summed. A tap or a drag gives a line away. */

import { dragging } from "settle_drag";
import { groupLines, spoken } from "settle_rules";
import { lookOf, sharersOf } from "settle_plan";

const MOST_LETTERS = 3;

export const SettleBill = {
  props: { bill: Object, plan: Object, courses: Array, isLocked: Boolean },
  emits: ["tap", "drop", "share", "undiscount", "order"],
  template: `
<section class="k-panel k-settle__lines" aria-label="Bill">
  <div class="k-card__h sd-bill__h"><h2>Bill by {{ grouped.by }}</h2><span class="k-bar__sp"></span><b>{{ money(bill.check.sums.total) }}</b></div>
  <p class="k-dim2 sd-hint">{{ hint }}</p>
  <div class="k-panel__s sd-lines">
    <template v-for="group in grouped.groups" :key="grouped.by + group.key">
      <button class="k-seath sd-seath" type="button" :disabled="isLocked || !openOf(group).length" :aria-label="'Give ' + group.name + ' to ' + plan.paying" @pointerdown="take($event, openOf(group), group.name)" @click="tap(openOf(group))"><i class="k-i s20 sd-grip" aria-hidden="true">{{ grouped.by === "seat" ? "event_seat" : "restaurant" }}</i><bdi class="k-grow">{{ group.name }}</bdi><span class="k-num k-dim">{{ money(sumOf(group)) }}</span></button>
      <component :is="isOpen(line) ? 'button' : 'div'" v-for="line in group.lines" :key="line.id" class="k-sline sd-line" :class="looksOf(line)" :type="isOpen(line) ? 'button' : null" :disabled="isOpen(line) && isLocked || null"
        :data-line="line.id" @pointerdown="isOpen(line) && take($event, [line], line.name)" @click="isOpen(line) && tap([line])" @contextmenu.prevent="isOpen(line) && !isLocked && $emit('share', line)">
        <i class="k-i s20" :class="{ 'sd-grip': isOpen(line) }" aria-hidden="true">{{ isOpen(line) ? "drag_indicator" : isPaid(line) ? "lock" : "" }}</i>
        <span class="k-grow sd-line__n"><template v-if="line.quantity !== 1">{{ line.quantity }} × </template><bdi>{{ line.name }} <span class="k-dim">{{ line.portion }}</span></bdi>
          <small v-for="(modifier, place) in line.modifiers" :key="place"><bdi>{{ spoken(modifier) }}</bdi></small>
          <small v-if="line.state === 'draft'" class="k-warn">not sent yet</small><small v-else-if="line.state === 'held'" class="k-warn">held</small>
          <small v-if="line.comped"><bdi>{{ line.comp_reason }}</bdi></small>
          <small v-else-if="lessOf(line)">less {{ money(lessOf(line)) }}</small>
          <small v-if="isPartly(line)">{{ money(openLine(line).gross) }} open</small></span>
        <span v-if="line.state === 'voided'" class="k-tag is-bad"><i class="k-i s16" aria-hidden="true">close</i>Void</span>
        <span v-else-if="line.comped" class="k-tag is-ok"><i class="k-i s16" aria-hidden="true">redeem</i>On the house</span>
        <template v-else><span class="k-num">{{ money(line.amount) }}</span>
          <span v-if="lettersOf(line).length" class="k-who" :aria-label="spokenOf(line)"><template v-if="lettersOf(line).length <= most"><span v-for="key in lettersOf(line)" :key="key" class="k-p" :class="lookOf(key)">{{ key }}</span></template><span v-else class="k-p sd-more">{{ lettersOf(line).length === plan.payers.length ? "all" : lettersOf(line).length }}</span></span>
          <small v-if="fractionOf(line)" class="k-frac sd-frac" aria-hidden="true">{{ fractionOf(line) }}</small></template>
      </component>
    </template>
    <p v-if="!shown.length" class="k-note k-empty sd-none"><i class="k-i s40" aria-hidden="true">receipt_long</i><b>Nothing is on this check.</b><button class="k-btn" type="button" @click="$emit('order')">Open check</button></p>
  </div>
  <dl class="sd-sums">
    <template v-for="one in bill.check.discounts ?? []" :key="one.id"><dt class="sd-less"><bdi>{{ one.name }}</bdi><template v-if="one.percent"> {{ one.percent }} %</template><button class="k-btn is-icon is-quiet" type="button" :disabled="isLocked" :aria-label="'Take off the discount ' + one.name" @click="$emit('undiscount', one)"><i class="k-i s20" aria-hidden="true">close</i></button></dt><dd>−{{ money(one.less) }}</dd></template>
    <template v-if="comped"><dt>On the house</dt><dd>−{{ money(comped) }}</dd></template>
    <template v-if="service"><dt>Service</dt><dd>{{ money(service) }}</dd></template>
    <template v-if="!bill.check.sums.tax_included"><dt>Net</dt><dd>{{ money(bill.check.sums.net) }}</dd></template>
    <dt>{{ bill.check.sums.tax_included ? "Tax, included" : "Tax" }}</dt><dd>{{ money(bill.check.sums.tax) }}</dd>
    <dt class="is-total">Total</dt><dd class="is-total">{{ money(bill.check.sums.total) }}</dd>
    <template v-if="bill.check.paid"><dt>Paid</dt><dd>{{ money(bill.check.paid) }}</dd><dt class="sd-open">Open</dt><dd class="sd-open">{{ money(bill.open.total) }}</dd></template>
  </dl>
</section>`,
  computed: {
    shown() {
      return this.bill.check.lines;
    },
    grouped() {
      return groupLines(this.shown, this.courses);
    },
    byId() {
      return new Map(this.bill.open.lines.map((line) => [line.id, line]));
    },
    hint() {
      if (!this.bill.open.lines.length) return "Nothing is open";
      return `Tap or drag ${this.plan.paid && Object.keys(this.plan.paid).length ? "an open dish" : "a dish"} to give it to ${this.plan.paying}`;
    },
    service() {
      return this.bill.check.sums.service ?? 0;
    },
    comped() {
      return this.shown.filter((line) => line.comped && line.state !== "voided").reduce((sum, line) => sum + line.amount, 0);
    },
  },
  created() {
    this.most = MOST_LETTERS;
    Object.assign(this, dragging(this));
  },
  methods: {
    spoken,
    lookOf,
    money: (amount) => window.kiosk.money(amount),
    openLine(line) {
      return this.byId.get(line.id);
    },
    isOpen(line) {
      return (this.openLine(line)?.gross ?? 0) > 0;
    },
    isPaid: (line) => !!line.paid,
    isPartly(line) {
      return this.isPaid(line) && this.isOpen(line);
    },
    lessOf: (line) => (line.comped ? 0 : line.less ?? 0),
    openOf(group) {
      return group.lines.filter(this.isOpen);
    },
    sumOf(group) {
      const seat = this.grouped.by === "seat" ? (this.bill.check.seats ?? []).find(({ no }) => (no ?? 0) === group.key) : null;
      return seat?.total ?? group.lines.filter((line) => line.state !== "voided" && !line.comped).reduce((sum, line) => sum + line.amount, 0);
    },
    looksOf(line) {
      return { "is-void": line.state === "voided", "is-draft": line.state === "draft", "is-paid": this.isPaid(line) && !this.isOpen(line), "is-mine": this.isOpen(line) && this.plan.mode !== "even" && this.sharersOf(line).includes(this.plan.paying) };
    },
    sharersOf(line) {
      return this.isOpen(line) ? sharersOf(this.plan, line) : [];
    },
    /** Who pays of it: those to come, and on what is paid those who did. */
    lettersOf(line) {
      return this.isOpen(line) ? this.sharersOf(line) : (this.plan.took[line.id] ?? []);
    },
    fractionOf(line) {
      const { length } = this.sharersOf(line);
      return length > 1 ? `1/${length}` : "";
    },
    spokenOf(line) {
      const letters = this.lettersOf(line);
      return `${this.isOpen(line) ? (letters.length > 1 ? "shared by" : "of") : "paid by"} ${letters.join(", ")}`;
    },
    take(event, lines, name) {
      if (!this.isLocked && lines.length) this.pickUp(event, lines, name);
    },
    tap(lines) {
      if (!this.isLocked && lines.length && !this.wasDragged()) this.$emit("tap", lines);
    },
  },
};
